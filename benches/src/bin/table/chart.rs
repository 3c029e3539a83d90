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
const PEERS: [&str; 12] = [
    "walk",
    "array",
    "cedar",
    "casbin",
    "cedar_upsert",
    "quick_xml",
    "lxml",
    "calamine",
    "openpyxl",
    "ammonia",
    "nh3",
    "ammonia_all_cores",
];

/// Draws the results of these groups as SVG.
pub(crate) fn draw(results: &Results, groups: &[&str]) -> Result<String, Box<dyn Error>> {
    let rows = rows(results, groups);
    let scale = Scale::of(&rows);
    let height = TOP + ROW * i32::try_from(rows.len())? + 8;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (u32::try_from(WIDTH)?, u32::try_from(height)?))
            .into_drawing_area();
        root.fill(&WHITE)?;
        let text = ("sans-serif", 13).into_font().color(&INK);
        let mut decade = scale.first;
        while decade <= scale.last {
            let x = scale.along(10_f64.powf(decade));
            root.draw(&PathElement::new([(x, TOP - 6), (x, height - 8)], INK.mix(0.15)))?;
            root.draw(&Text::new(duration(10_f64.powf(decade)), (x - 12, 4), text.clone()))?;
            decade += 1.0;
        }
        let mut y = TOP;
        for row in &rows {
            if let Some(took) = row.took {
                let end = scale.along(took).max(LEFT + 2);
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

/// From which power of ten of a nanosecond to which.
struct Scale {
    first: f64,
    last: f64,
}

impl Scale {
    /// Holds every result, and a decade at least.
    fn of(rows: &[Row]) -> Self {
        let powers = || rows.iter().filter_map(|row| row.took).map(|took| took.max(1.0).log10());
        let first = powers().fold(f64::INFINITY, f64::min).floor();
        let first = if first.is_finite() { first } else { 0.0 };
        Self { first, last: powers().fold(first, f64::max).ceil().max(first + 1.0) }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a place in the picture, which is small")]
    fn along(&self, took: f64) -> i32 {
        let fraction = (took.max(1.0).log10() - self.first) / (self.last - self.first);
        LEFT + (fraction * f64::from(WIDTH - LEFT - RIGHT)) as i32
    }
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
