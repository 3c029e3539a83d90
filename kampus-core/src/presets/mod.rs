//! Ready-made directories.

use serde::Deserialize;

use crate::change::NewNode;
use crate::directory::{DatedName, OrganisationKind};

/// A row of a preset's data file.
#[derive(Deserialize)]
struct Row {
    code: String,
    kind: OrganisationKind,
    parent: Option<String>,
    order: u32,
    names: Vec<DatedName>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    region: Option<String>,
    #[serde(default)]
    time_zone: Option<String>,
}

/// The Finnish Government as it was when its staff moved to one desktop (2018–2020): twelve ministries in
/// protocol order, the Office of the President, the Office of the Chancellor of Justice, Valtori, and the missions
/// abroad with their time zones and regions. Names are in Finnish, Swedish and English, with former ones.
///
/// ```
/// use kampus_core::{Actor, Command, Kampus, presets};
/// let kampus = Kampus::in_memory();
/// let operator = Actor::Operator("setup".into());
/// kampus.execute(&operator, "2018-03-01T06:00:00Z".parse()?, Command::Found(presets::finland()))?;
/// assert!(kampus.snapshot().directory().organisation_by_code("VM").is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn finland() -> Vec<NewNode> {
    // The file is part of this crate and a test reads it, so it cannot fail for a user.
    let rows: Vec<Row> = serde_json::from_str(include_str!("finland.json")).unwrap_or_default();
    rows.into_iter()
        .map(|row| NewNode {
            code: row.code,
            kind: row.kind,
            parent: row.parent,
            order: row.order,
            names: row.names,
            aliases: row.aliases,
            region: row.region,
            time_zone: row.time_zone,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finland_has_its_ministries_in_protocol_order_and_its_missions() {
        let nodes = finland();
        let ministries: Vec<&str> = nodes
            .iter()
            .filter(|node| node.kind == OrganisationKind::Ministry)
            .map(|node| node.code.as_str())
            .collect();
        assert_eq!(
            ministries,
            ["VNK", "UM", "OM", "SM", "PLM", "VM", "OKM", "MMM", "LVM", "TEM", "STM", "YM"]
        );
        let missions = nodes.iter().filter(|node| node.kind == OrganisationKind::Mission);
        assert!(missions.count() > 85);
        assert_eq!(nodes.first().map(|node| node.code.as_str()), Some("VN"));
    }
}
