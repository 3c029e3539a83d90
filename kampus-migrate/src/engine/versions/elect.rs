//! Which version becomes the item, and which of the others go into it.

use kampus_core::Language;

use crate::record::{LegacyStatus, LegacyTime};

/// A version, as far as it matters for whether it can be one item with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) id: Box<str>,
    pub(super) language: Language,
    pub(super) status: LegacyStatus,
    /// What is not out yet is out at this time.
    pub(super) at: Option<LegacyTime>,
    /// The target that it goes to.
    pub(super) target: Option<Box<str>>,
    pub(super) past: Past,
}

/// What the ledger knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Past {
    /// Nothing that matters.
    #[default]
    None,
    /// It is the item that the others are in.
    Main,
    /// It is an item of its own.
    Item,
    /// It could not be loaded.
    Rejected,
    /// It is in the item of the others.
    Joined,
}

/// What becomes of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// It is the item.
    Main,
    /// It goes into the item that the record of that id is.
    Of(Box<str>),
    /// It is an item of its own, for that reason.
    Apart(String),
}

/// Decides on the versions of one page, of which the first `present` are in the export at hand; `preferred` is the
/// language of the source. The parts come in the order of the members; without a main one, all stand alone.
///
/// One item has one state, one place and one classification: what is not for the same people at the same time does not
/// go into it.
pub(super) fn elect(members: &[Member], present: usize, preferred: Language) -> Vec<Option<Part>> {
    let mut parts = vec![None; members.len()];
    let Some(main) = main_of(members, preferred) else { return parts };
    let mut taken: Vec<(Language, &str)> = vec![(main.language, &main.id)];
    taken.extend(members.iter().skip(present).map(|member| (member.language, &*member.id)));
    // What is in the item already comes before what is new in the same language.
    for was_joined in [true, false] {
        for (member, part) in members.iter().zip(&mut parts).take(present) {
            if (member.past == Past::Joined) != was_joined {
                continue;
            }
            *part = Some(if member.id == main.id {
                Part::Main
            } else if let Some(why) = apart(member, main, &taken) {
                Part::Apart(why)
            } else {
                taken.push((member.language, &member.id));
                Part::Of(main.id.clone())
            });
        }
    }
    parts
}

/// The version that is the item already, or else the one that most people read: what is out comes before what is not,
/// and the source's own language before the others.
fn main_of(members: &[Member], preferred: Language) -> Option<&Member> {
    let rank = |member: &Member| {
        let past = match member.past {
            Past::Main => 0,
            Past::Item => 1,
            Past::None => 2,
            Past::Rejected | Past::Joined => return None,
        };
        let status = match member.status {
            LegacyStatus::Published => 0,
            LegacyStatus::Scheduled => 1,
            LegacyStatus::Archived => 2,
            LegacyStatus::Pending => 3,
            LegacyStatus::Draft => 4,
            LegacyStatus::Private => 5,
            LegacyStatus::Password => 6,
            LegacyStatus::Trash => 7,
        };
        Some((past, status, (member.language != preferred, member.language)))
    };
    // The first of equal ones.
    members
        .iter()
        .filter_map(|member| Some((rank(member)?, member)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, main)| main)
}

/// Why a version cannot go into the item; `None` when it can.
fn apart(member: &Member, main: &Member, taken: &[(Language, &str)]) -> Option<String> {
    let of = &main.id;
    if member.past == Past::Item {
        return Some(format!("it is a version of `{of}`, but was an item of its own before: it stays one"));
    }
    if member.status != main.status {
        return Some(format!(
            "it is a version of `{of}`, but {}, and the other {}: it stays an item of its own, so that nobody sees more",
            state(member.status),
            state(main.status)
        ));
    }
    if member.status == LegacyStatus::Scheduled && member.at != main.at {
        return Some(format!(
            "it is a version of `{of}`, but comes out at another time: it stays an item of its own"
        ));
    }
    if member.target != main.target {
        return Some(format!(
            "it is a version of `{of}`, but goes to another place: it stays an item of its own"
        ));
    }
    let (_, other) = taken.iter().find(|(language, _)| *language == member.language)?;
    Some(format!(
        "it is a version of `{of}`, but `{other}` is so in {} too: it stays an item of its own",
        member.language
    ))
}

fn state(status: LegacyStatus) -> &'static str {
    match status {
        LegacyStatus::Published => "published",
        LegacyStatus::Scheduled => "scheduled",
        LegacyStatus::Archived => "archived",
        LegacyStatus::Pending => "in review",
        LegacyStatus::Draft => "a draft",
        LegacyStatus::Private => "private",
        LegacyStatus::Password => "behind a password",
        LegacyStatus::Trash => "thrown away",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn member(id: &str, language: Language) -> Member {
        Member {
            id: id.into(),
            language,
            status: LegacyStatus::Published,
            at: None,
            target: None,
            past: Past::None,
        }
    }

    /// Tests put what is not at hand last, and call it `absent`.
    fn present(members: &[Member]) -> usize {
        members.iter().take_while(|member| !member.id.starts_with("absent")).count()
    }

    /// Ids of the main version and of those that go into it.
    fn joined(members: &[Member]) -> (Option<String>, BTreeSet<String>) {
        let mut found = (None, BTreeSet::new());
        for (member, part) in members.iter().zip(elect(members, present(members), Language::Fi)) {
            match part {
                Some(Part::Main) => found.0 = Some(member.id.to_string()),
                Some(Part::Of(_)) => drop(found.1.insert(member.id.to_string())),
                Some(Part::Apart(_)) | None => {}
            }
        }
        found
    }

    #[test]
    fn the_sources_language_leads_and_what_is_out_comes_before_it() {
        let mut fi = member("fi", Language::Fi);
        let (sv, en) = (member("sv", Language::Sv), member("en", Language::En));
        assert_eq!(joined(&[sv.clone(), fi.clone(), en.clone()]).0.as_deref(), Some("fi"));
        fi.status = LegacyStatus::Draft;
        let (main, others) = joined(&[sv, fi, en]);
        assert_eq!((main.as_deref(), others), (Some("sv"), ["en".to_owned()].into()));
    }

    #[test]
    fn what_is_an_item_already_stays_one() {
        let mut sv = member("sv", Language::Sv);
        sv.past = Past::Main;
        let fi = member("fi", Language::Fi);
        assert_eq!(joined(&[fi.clone(), sv.clone()]).0.as_deref(), Some("sv"));
        let mut own = fi;
        own.past = Past::Item;
        assert_eq!(joined(&[own, sv]), (Some("sv".to_owned()), BTreeSet::new()));
    }

    #[test]
    fn a_second_version_in_a_language_stays_apart_though_the_first_is_not_at_hand() {
        let fi = member("fi", Language::Fi);
        let (mut known, new) = (member("absent", Language::Sv), member("sv-2", Language::Sv));
        known.past = Past::Joined;
        assert_eq!(joined(&[fi.clone(), new.clone(), known.clone()]).1, BTreeSet::new());
        known.id = "sv".into();
        assert_eq!(joined(&[fi, new, known]).1, ["sv".to_owned()].into());
    }

    fn members() -> impl Strategy<Value = Vec<Member>> {
        let languages = prop::sample::select(Language::ALL.to_vec());
        let statuses = prop::sample::select(vec![
            LegacyStatus::Published,
            LegacyStatus::Draft,
            LegacyStatus::Private,
            LegacyStatus::Archived,
        ]);
        let targets = prop::option::of(prop::sample::select(vec!["a", "b"]));
        prop::collection::vec((languages, statuses, targets), 0..8).prop_map(|all| {
            // One of each language, so that the order does not decide which of two is the second.
            let mut seen = BTreeSet::new();
            let mut members = Vec::new();
            for (number, (language, status, target)) in all.into_iter().enumerate() {
                if seen.insert(language) {
                    let target = target.map(Box::from);
                    members.push(Member { status, target, ..member(&number.to_string(), language) });
                }
            }
            members
        })
    }

    proptest! {
        #[test]
        fn the_order_of_the_export_does_not_matter(members in members(), by in 0_usize..8) {
            let mut turned = members.clone();
            turned.rotate_left(by.min(members.len()));
            prop_assert_eq!(joined(&members), joined(&turned));
        }

        #[test]
        fn what_goes_into_an_item_is_for_the_same_people(members in members()) {
            let parts = elect(&members, members.len(), Language::Fi);
            let main = members.iter().zip(&parts).find(|(_, part)| **part == Some(Part::Main)).map(|(main, _)| main);
            prop_assert_eq!(main.is_some(), !members.is_empty());
            for (member, part) in members.iter().zip(&parts) {
                if matches!(part, Some(Part::Of(_))) {
                    let main = main.unwrap();
                    prop_assert_eq!((member.status, &member.target), (main.status, &main.target));
                    prop_assert_ne!(member.language, main.language);
                }
            }
        }
    }
}
