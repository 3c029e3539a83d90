//! What Criterion measured.

use std::error::Error;
use std::path::Path;

use serde_json::Value;

/// The medians of a run in nanoseconds, with group and function, the quickest first.
pub(crate) struct Results(Vec<(String, String, f64)>);

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
                    results.push((group, function, median));
                }
            }
        }
        results.sort_by(|(.., one): &(_, _, f64), (.., other)| one.total_cmp(other));
        Ok(Self(results))
    }

    /// How long a function took.
    pub(crate) fn of(&self, group: &str, function: &str) -> Option<f64> {
        self.0.iter().find(|(known, name, _)| known == group && name == function).map(|(_, _, took)| *took)
    }

    /// The results of a group, the quickest first.
    pub(crate) fn group(&self, group: &str) -> impl Iterator<Item = (&str, f64)> {
        self.0
            .iter()
            .filter(move |(known, ..)| known == group)
            .map(|(_, function, took)| (function.as_str(), *took))
    }
}

impl<const N: usize> From<[(&str, &str, f64); N]> for Results {
    fn from(results: [(&str, &str, f64); N]) -> Self {
        Self(results.map(|(group, function, took)| (group.to_owned(), function.to_owned(), took)).into())
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
