//! What Criterion measured.

use std::error::Error;
use std::path::Path;

use serde_json::Value;

/// The medians of a run, the quickest first.
pub(crate) struct Results(Vec<Measured>);

struct Measured {
    group: String,
    function: String,
    /// In nanoseconds.
    took: f64,
    /// What was done in that time.
    work: Option<Work>,
}

/// What was done, where the bench says.
#[derive(Clone, Copy)]
enum Work {
    Bytes(f64),
    Pages(f64),
}

impl Work {
    /// As Criterion writes it.
    fn read(about: &Value) -> Option<Self> {
        let amount = |key: &str| about.pointer(&format!("/throughput/{key}")).and_then(Value::as_f64);
        amount("Bytes").map(Self::Bytes).or_else(|| amount("Elements").map(Self::Pages))
    }
}

impl Results {
    /// Reads every result that Criterion keeps below a folder.
    pub(crate) fn read(home: &Path) -> Result<Self, Box<dyn Error>> {
        let mut results = Vec::new();
        for group in folders(home)? {
            for function in folders(&group)? {
                let new = function.join("new");
                // A folder that Criterion keeps for something else has no benchmark in it.
                if !new.join("benchmark.json").is_file() {
                    continue;
                }
                let about = json(&new.join("benchmark.json"))?;
                let estimates = json(&new.join("estimates.json"))?;
                let text = |key: &str| about.get(key).and_then(Value::as_str).map(str::to_owned);
                let median = estimates.pointer("/median/point_estimate").and_then(Value::as_f64);
                if let (Some(group), Some(function), Some(median)) =
                    (text("group_id"), text("function_id"), median)
                {
                    results.push(Measured { group, function, took: median, work: Work::read(&about) });
                }
            }
        }
        results.sort_by(|one: &Measured, other| one.took.total_cmp(&other.took));
        Ok(Self(results))
    }

    /// How long a function took.
    pub(crate) fn of(&self, group: &str, function: &str) -> Option<f64> {
        self.find(group, function).map(|measured| measured.took)
    }

    /// How much a function did in a second, where the bench says what it did.
    pub(crate) fn rate(&self, group: &str, function: &str) -> Option<String> {
        let measured = self.find(group, function)?;
        let seconds = measured.took / 1e9;
        Some(match measured.work? {
            Work::Bytes(bytes) => format!("{} MB/s", ratio(bytes / 1e6 / seconds)),
            Work::Pages(pages) => format!("{} pages/s", ratio(pages / seconds)),
        })
    }

    fn find(&self, group: &str, function: &str) -> Option<&Measured> {
        self.0.iter().find(|measured| measured.group == group && measured.function == function)
    }

    /// The results of a group, the quickest first.
    pub(crate) fn group(&self, group: &str) -> impl Iterator<Item = (&str, f64)> {
        self.0
            .iter()
            .filter(move |measured| measured.group == group)
            .map(|measured| (measured.function.as_str(), measured.took))
    }
}

impl<const N: usize> From<[(&str, &str, f64); N]> for Results {
    fn from(results: [(&str, &str, f64); N]) -> Self {
        let measured = results.map(|(group, function, took)| Measured {
            group: group.to_owned(),
            function: function.to_owned(),
            took,
            work: None,
        });
        Self(measured.into())
    }
}

fn folders(home: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(home)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    Ok(folders)
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

/// A time in the unit that suits it, to two figures.
pub(crate) fn duration(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        0.0..1e3 => (nanoseconds, "ns"),
        1e3..1e6 => (nanoseconds / 1e3, "µs"),
        1e6..1e9 => (nanoseconds / 1e6, "ms"),
        _ => (nanoseconds / 1e9, "s"),
    };
    format!("{} {unit}", ratio(value))
}

/// A number to two figures, thousands apart.
pub(crate) fn ratio(value: f64) -> String {
    let magnitude = value.abs().max(1e-9).log10().floor();
    let scale = 10_f64.powf(magnitude - 1.0);
    let rounded = (value / scale).round() * scale;
    let decimals = match rounded {
        10.0.. => 0,
        1.0.. => 1,
        0.1.. => 2,
        0.01.. => 3,
        _ => 5,
    };
    let text = format!("{rounded:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_told_by_the_second() {
        let mut results = Results::from([("g", "bytes", 5e8), ("g", "pages", 2e9), ("g", "neither", 1.0)]);
        for (measured, about) in results.0.iter_mut().zip([
            serde_json::json!({ "throughput": { "Bytes": 82_000_000 } }),
            serde_json::json!({ "throughput": { "Elements": 3_000 } }),
            serde_json::json!({ "throughput": null }),
        ]) {
            measured.work = Work::read(&about);
        }
        assert_eq!(results.rate("g", "bytes").as_deref(), Some("160 MB/s"));
        assert_eq!(results.rate("g", "pages").as_deref(), Some("1,500 pages/s"));
        assert_eq!(results.rate("g", "neither"), None);
    }

    #[test]
    fn numbers_have_two_figures_and_times_their_unit() {
        assert_eq!(ratio(0.957), "0.96");
        assert_eq!(ratio(0.00022), "0.00022");
        assert_eq!(ratio(2_719.6), "2,700");
        assert_eq!(ratio(8_712_345.0), "8,700,000");
        assert_eq!(duration(2.54), "2.5 ns");
        assert_eq!(duration(50.0), "50 ns");
        assert_eq!(duration(676_000_000.0), "680 ms");
        assert_eq!(duration(1_050_000_000.0), "1.1 s");
    }
}
