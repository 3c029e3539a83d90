//! Texts as they should stand: links turned, and others merged in.

use kampus_core::{ItemId, Kampus};

use super::super::address;
use super::super::error::MigrateError;
use super::super::ledger::{self, PageEntry};
use crate::clean;
use crate::outcome::Links;

/// A body as it should be.
#[derive(Debug, Default)]
pub(in super::super) struct Composed {
    pub(in super::super) html: String,
    pub(in super::super) links: Links,
    /// Links to old pages that no export holds.
    pub(in super::super) dead: Vec<String>,
}

/// An item's own clean text, then the texts merged into it under their titles, all links turned.
pub(in super::super) fn compose(
    store: &Kampus,
    item: ItemId,
    page: &PageEntry,
) -> Result<Composed, MigrateError> {
    let mut composed = Composed::default();
    composed.html = turned(store, page, &mut composed)?;
    for key in ledger::merged_into(store, item)? {
        let Some(entry) = ledger::record(store, &key)? else { continue };
        let Some(merged) = entry.page.as_ref() else { continue };
        let text = turned(store, merged, &mut composed)?;
        let title = clean::clean(crate::record::Markup::Text, &entry.title).html;
        let title = title.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned();
        composed.html = format!("{}\n<h2>{title}</h2>\n{text}", composed.html);
    }
    Ok(composed)
}

/// One clean text with its links turned.
pub(in super::super) fn turned(
    store: &Kampus,
    page: &PageEntry,
    composed: &mut Composed,
) -> Result<String, MigrateError> {
    let bytes = store.snapshot().untrimmed().blob(page.clean)?.unwrap_or_default();
    let html = String::from_utf8_lossy(&bytes).into_owned();
    let mut failure = None;
    let turned = clean::rewrite_links(&html, |link| match lead(store, link, page.base.as_deref()) {
        Ok(Lead::To(new)) => {
            composed.links.rewritten += 1;
            Some(new)
        }
        Ok(Lead::Dead) => {
            composed.links.unresolved += 1;
            composed.dead.push(link.to_owned());
            None
        }
        Ok(Lead::Out) => {
            composed.links.external += 1;
            None
        }
        Ok(Lead::Within) => None,
        Err(error) => {
            failure = Some(error);
            None
        }
    });
    match failure {
        Some(error) => Err(error),
        None => Ok(turned),
    }
}

/// Where a link leads.
enum Lead {
    /// To an item of ours.
    To(String),
    /// To an old page that is nowhere.
    Dead,
    /// Out of the old intranets.
    Out,
    /// Within the same text.
    Within,
}

fn lead(store: &Kampus, link: &str, base: Option<&str>) -> Result<Lead, MigrateError> {
    if link.starts_with('#') {
        return Ok(Lead::Within);
    }
    let Some(url) = address::absolute(link, base) else { return Ok(Lead::Out) };
    if let Some(compared) = address::compared_url(&url)
        && let Some(found) = ledger::address(store, &compared)?
    {
        let fragment = url.fragment().map_or_else(String::new, |fragment| format!("#{fragment}"));
        return Ok(Lead::To(format!("{}{fragment}", address::new_address(found.item))));
    }
    let old = match address::host(&url) {
        Some(host) => ledger::is_old_host(store, &host)?,
        None => false,
    };
    Ok(if old { Lead::Dead } else { Lead::Out })
}
