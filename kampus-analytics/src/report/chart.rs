//! Charts: SVG through plotters, in the colours of the page around them.

use jiff::ToSpan;
use jiff::civil::Date;
use plotters::prelude::*;

use crate::words::Words;

/// A colour that stands for that of the page's text, light or dark.
const INK: RGBColor = RGBColor(1, 2, 3);
/// Readable on light and dark: 4:1 on either.
const SERIES: RGBColor = RGBColor(0x2f, 0x81, 0xc9);

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("cannot draw a chart")]
pub struct ChartError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl<E: std::error::Error + Send + Sync + 'static> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self(Box::new(error))
    }
}

/// What the numbers of a chart are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    People,
    Share,
}

impl Unit {
    fn label(self, words: &Words, value: f64) -> String {
        match self {
            Self::People => words.count(value),
            Self::Share => words.percent(value),
        }
    }
}

/// A line over weeks. It is broken where a week is missing.
pub(super) struct OverTime<'a> {
    pub(super) points: &'a [(Date, f64)],
    pub(super) unit: Unit,
    /// The greatest value that there is room for.
    pub(super) top: f64,
    /// The first and the last week of the axis.
    pub(super) weeks: (Date, Date),
    pub(super) size: (u32, u32),
    /// What it shows, for those who do not see it.
    pub(super) text: &'a str,
}

impl OverTime<'_> {
    pub(super) fn draw(&self, words: &Words) -> Result<String, ChartError> {
        let mut svg = String::new();
        let small = self.size.0 < 400;
        {
            let root = SVGBackend::with_string(&mut svg, self.size).into_drawing_area();
            let first = number_of(self.weeks.0);
            let last = number_of(self.weeks.1).max(first + 7);
            let ticks = ticks(self.weeks, if small { 6 } else { 3 });
            let mut chart = ChartBuilder::on(&root)
                .margin(6)
                .margin_right(24)
                .x_label_area_size(26)
                .y_label_area_size(50)
                .build_cartesian_2d((first..last).with_key_points(ticks), 0.0..self.top)?;
            chart
                .configure_mesh()
                .disable_x_mesh()
                .light_line_style(INK.mix(0.0))
                .bold_line_style(INK.mix(0.15))
                .axis_style(INK.mix(0.5))
                .label_style(("sans-serif", 13, &INK))
                .y_labels(if small { 3 } else { 6 })
                .x_label_formatter(&|day| date_of(*day).map(|date| words.month(date)).unwrap_or_default())
                .y_label_formatter(&|value| self.unit.label(words, *value))
                .draw()?;
            for run in runs(self.points) {
                if let [only] = run.as_slice() {
                    chart.draw_series([Circle::new(*only, 2, SERIES.filled())])?;
                }
                chart.draw_series(
                    AreaSeries::new(run, 0.0, SERIES.mix(0.2)).border_style(SERIES.stroke_width(2)),
                )?;
            }
            root.present()?;
        }
        Ok(themed(&svg, self.text))
    }
}

/// Bars of shares, one for each organisation; `None` where the share may not be shown.
pub(super) fn bars(
    shares: &[(String, Option<f64>)],
    text: &str,
    hidden: &str,
    words: &Words,
) -> Result<String, ChartError> {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (760, 300)).into_drawing_area();
        let places: Vec<i32> = (0..shares.len()).map(middle).collect();
        let width = middle(shares.len()) - BAR / 2;
        let mut chart = ChartBuilder::on(&root)
            .margin(6)
            .margin_top(14)
            .x_label_area_size(26)
            .y_label_area_size(50)
            .build_cartesian_2d((0..width.max(BAR)).with_key_points(places.clone()), 0.0..1.0)?;
        let code = |place: &i32| {
            let index = places.iter().position(|known| known == place);
            index.and_then(|index| shares.get(index)).map(|(code, _)| code.clone()).unwrap_or_default()
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(INK.mix(0.0))
            .bold_line_style(INK.mix(0.15))
            .axis_style(INK.mix(0.5))
            .label_style(("sans-serif", 13, &INK))
            .x_label_formatter(&code)
            .y_label_formatter(&|value| Unit::Share.label(words, *value))
            .draw()?;
        let style =
            ("sans-serif", 12, &INK).into_text_style(&root).pos(plotters::style::text_anchor::Pos::new(
                plotters::style::text_anchor::HPos::Center,
                plotters::style::text_anchor::VPos::Bottom,
            ));
        for ((_, share), place) in shares.iter().zip(&places) {
            let height = share.unwrap_or_default();
            chart
                .draw_series([Rectangle::new([(place - 35, 0.0), (place + 35, height)], SERIES.filled())])?;
            let label = share.map_or_else(|| hidden.to_owned(), |share| words.count(share * 100.0));
            chart.draw_series([Text::new(label, (*place, height + 0.01), style.clone())])?;
        }
        root.present()?;
    }
    Ok(themed(&svg, text))
}

/// How much of the axis a bar has for itself.
const BAR: i32 = 100;

/// The middle of the bar of that index.
fn middle(index: usize) -> i32 {
    i32::try_from(index).unwrap_or_default() * BAR + BAR / 2
}

/// Stretches without a missing week.
fn runs(points: &[(Date, f64)]) -> Vec<Vec<(i32, f64)>> {
    let mut runs: Vec<Vec<(i32, f64)>> = Vec::new();
    for (date, value) in points {
        let point = (number_of(*date), *value);
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| point.0 - last.0 <= 7) => run.push(point),
            _ => runs.push(vec![point]),
        }
    }
    runs
}

/// The first days of every `step`th month of a period.
fn ticks((first, last): (Date, Date), step: i32) -> Vec<i32> {
    let mut ticks = Vec::new();
    let mut next = first.first_of_month().checked_add(1.month()).ok();
    while let Some(date) = next.filter(|date| *date <= last) {
        ticks.push(number_of(date));
        next = date.checked_add(step.months()).ok();
    }
    if ticks.is_empty() {
        ticks.push(number_of(first));
    }
    ticks
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

fn number_of(date: Date) -> i32 {
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

fn date_of(number: i32) -> Option<Date> {
    EPOCH.checked_add(number.days()).ok()
}

/// Fits a drawing into the page: as wide as there is room, in the page's colours, with its text.
fn themed(svg: &str, text: &str) -> String {
    let inside = svg.split_once('>').map_or("", |(_, inside)| inside);
    let size = attribute(svg, "viewBox").unwrap_or("0 0 100 100");
    let inside = inside.replace("#010203", "currentColor");
    let text = maud::html! { (text) }.into_string();
    format!("<svg viewBox=\"{size}\" role=\"img\" aria-label=\"{text}\">{inside}")
}

fn attribute<'a>(svg: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = svg.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kampus_core::Language;

    use super::*;

    #[test]
    fn a_missing_week_breaks_the_line() {
        let week = |day: i8, value: f64| (date(2018, 3, day), value);
        let found = runs(&[week(5, 1.0), week(12, 2.0), week(26, 3.0)]);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn a_chart_of_a_single_week_is_drawn_with_its_text() {
        let monday = date(2018, 3, 5);
        let chart = OverTime {
            points: &[(monday, 7.0)],
            unit: Unit::People,
            top: 10.0,
            weeks: (monday, monday),
            size: (640, 280),
            text: "7 people \"only\"",
        };
        let svg = chart.draw(&Words::of(Language::En)).unwrap();
        assert!(svg.contains("aria-label=\"7 people &quot;only&quot;\"") && svg.contains("<circle"), "{svg}");
        assert!(!svg.contains("#010203"));
    }
}
