//! A bar for each result, on a logarithmic scale: a step to the right is ten times as long.

use std::error::Error;

use plotters::prelude::*;

use crate::results::{Results, duration};

const WIDTH: i32 = 860;
const ROW: i32 = 20;
/// Where bars begin, and how much is left for their numbers.
const LEFT: i32 = 190;
const RIGHT: i32 = 90;
const TOP: i32 = 26;

const INK: RGBColor = RGBColor(0x24, 0x29, 0x2f);
const OURS: RGBColor = RGBColor(0x1f, 0x6f, 0xb2);
const THEIRS: RGBColor = RGBColor(0xb5, 0xbc, 0xc4);

/// What is not Kampus.
const PEERS: [&str; 5] = ["walk", "array", "cedar", "casbin", "cedar_upsert"];

/// Draws the results of these groups as SVG.
pub(crate) fn draw(results: &Results, groups: &[&str]) -> Result<String, Box<dyn Error>> {
    let rows = rows(results, groups);
    let decades = rows.iter().filter_map(|row| row.took).fold(1.0_f64, f64::max).log10().ceil().max(1.0);
    let height = TOP + ROW * i32::try_from(rows.len())? + 8;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (u32::try_from(WIDTH)?, u32::try_from(height)?))
            .into_drawing_area();
        root.fill(&WHITE)?;
        let text = ("sans-serif", 13).into_font().color(&INK);
        let mut decade = 0.0;
        while decade <= decades {
            let x = along(decade / decades);
            root.draw(&PathElement::new([(x, TOP - 6), (x, height - 8)], INK.mix(0.15)))?;
            root.draw(&Text::new(duration(10_f64.powf(decade)), (x - 12, 4), text.clone()))?;
            decade += 1.0;
        }
        let mut y = TOP;
        for row in &rows {
            if let Some(took) = row.took {
                let end = along(took.max(1.0).log10() / decades).max(LEFT + 2);
                let colour = if PEERS.contains(&row.name.as_str()) { THEIRS } else { OURS };
                root.draw(&Rectangle::new([(LEFT, y + 3), (end, y + ROW - 4)], colour.filled()))?;
                root.draw(&Text::new(duration(took), (end + 6, y + 3), text.clone()))?;
                root.draw(&Text::new(row.name.clone(), (24, y + 3), text.clone()))?;
            } else {
                let heading = ("sans-serif", 13).into_font().style(FontStyle::Bold).color(&INK);
                root.draw(&Text::new(row.name.clone(), (8, y + 3), heading))?;
            }
            y += ROW;
        }
        root.present()?;
    }
    Ok(svg)
}

#[expect(clippy::cast_possible_truncation, reason = "a place in the picture, which is small")]
fn along(fraction: f64) -> i32 {
    LEFT + (fraction * f64::from(WIDTH - LEFT - RIGHT)) as i32
}

/// A heading, which took no time, or a result.
struct Row {
    name: String,
    took: Option<f64>,
}

fn rows(results: &Results, groups: &[&str]) -> Vec<Row> {
    let mut rows = Vec::new();
    for group in groups {
        let mut measured = results.group(group).peekable();
        if measured.peek().is_some() {
            rows.push(Row { name: (*group).to_owned(), took: None });
        }
        rows.extend(measured.map(|(name, took)| Row { name: name.to_owned(), took: Some(took) }));
    }
    rows
}
