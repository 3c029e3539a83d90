//! The table of actions, compiled: from what a person holds on a scope and what an item is, to a mask of actions.
//!
//! `access::rules` says the same in words; the property tests hold the two equal.

use super::super::grant::{Action, Role};
use crate::content::{Classification, Item, SectionVisibility, Status, WorkspaceVisibility};

/// One bit an [`Action`], by its number.
pub(super) type Mask = u16;

/// The bit of an action.
pub(super) const fn bit(action: Action) -> Mask {
    1 << action as u16
}

/// What a person holds on a scope, in a byte: the role (2 to 6, 0 for none, [`LOOK`], [`BARRED`]), and whether it was given
/// in that very place to them by name; then what the scope is: a workspace, an archived one.
pub(super) type Hold = u8;

/// The role's bits.
pub(super) const ROLE: Hold = 0b111;
/// Less than a Reader: broken glass lets somebody read, and nothing else (rule 11).
pub(super) const LOOK: Hold = 1;
/// Stands for a role where rule 9 bars a guest.
pub(super) const BARRED: Hold = 7;
/// A role given in the very container, not by way of everybody or an organisation (rule 8).
pub(super) const NAMED: Hold = 1 << 3;
/// In a workspace.
pub(super) const IN_WORKSPACE: Hold = 1 << 4;
/// In an archived workspace.
pub(super) const ARCHIVED: Hold = 1 << 5;
/// How many holds there are.
const HOLDS: usize = 1 << 6;

/// The number of a role.
pub(super) const fn rank(role: Role) -> Hold {
    role as Hold + 1 + LOOK
}

/// The role of a hold.
pub(super) fn role_of(hold: Hold) -> Option<Role> {
    match hold & ROLE {
        LOOK | 2 => Some(Role::Reader),
        3 => Some(Role::Contributor),
        4 => Some(Role::Editor),
        5 => Some(Role::Publisher),
        6 => Some(Role::Manager),
        _ => None,
    }
}

/// What an item is, in six bits: phase, classification, whether comments are open; and a seventh for [`ASK`].
pub(super) type Gates = u8;

/// Where an item stands.
const PHASE: Gates = 0b111;
const DRAFT: Gates = 0;
const IN_REVIEW: Gates = 1;
/// Published and shown.
const OUT: Gates = 2;
/// Published, but not shown.
const NOT_NOW: Gates = 3;
const PUT_AWAY: Gates = 4;
/// Needs a role by name (rule 8).
const NON_PUBLIC: Gates = 1 << 3;
/// Needs a clearance besides (rule 8).
const SECURITY_IV: Gates = 2 << 3;
/// Comments are open.
const OPEN_COMMENTS: Gates = 1 << 5;
/// How many combinations there are.
const GATES: usize = 1 << 6;
/// Time alone may change the answer, or the item does not fit into the index: the rules are asked.
pub(super) const ASK: Gates = 1 << 6;

/// The gates of an item whose schedule shows it, or does not, at the time in question.
pub(super) fn gates_of(item: &Item, shows: bool) -> Gates {
    let phase = match item.status {
        Status::Draft => DRAFT,
        Status::InReview => IN_REVIEW,
        Status::Published if shows => OUT,
        Status::Published => NOT_NOW,
        Status::Archived => PUT_AWAY,
    };
    let classification = match item.classification {
        Classification::Public | Classification::Internal => 0,
        Classification::NonPublic => NON_PUBLIC,
        Classification::SecurityIv => SECURITY_IV,
    };
    phase | classification | if item.comments_open { OPEN_COMMENTS } else { 0 }
}

/// Whether every Reader sees an item with these gates.
pub(super) fn is_plain(gates: Gates) -> bool {
    gates & !OPEN_COMMENTS == OUT
}

/// Masks for every hold and every combination of gates.
pub(super) type Masks = [Mask; HOLDS * GATES];

/// Masks by whether the person is cleared (1) and the item's author (2).
static MASKS: [Masks; 4] = [table(false, false), table(true, false), table(false, true), table(true, true)];

/// The masks for a person, on items of others and on their own.
pub(super) fn masks(cleared: bool) -> (&'static Masks, &'static Masks) {
    let [open, open_cleared, own, own_cleared] = &MASKS;
    if cleared { (open_cleared, own_cleared) } else { (open, own) }
}

/// The actions that a hold and gates allow.
#[inline]
pub(super) fn on_item(masks: &Masks, hold: Hold, gates: Gates) -> Mask {
    let place = (hold as usize % HOLDS) * GATES + gates as usize % GATES;
    masks.get(place).copied().unwrap_or_default()
}

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "evaluated by the compiler, and both numbers are below 64"
)]
const fn table(cleared: bool, author: bool) -> Masks {
    let mut masks = [0; HOLDS * GATES];
    let mut place = 0;
    while place < HOLDS * GATES {
        masks[place] = item_mask((place / GATES) as Hold, (place % GATES) as Gates, cleared, author);
        place += 1;
    }
    masks
}

/// Rules 4, 7 and 8 and the table of actions, for one item.
const fn item_mask(hold: Hold, gates: Gates, cleared: bool, author: bool) -> Mask {
    let role = hold & ROLE;
    if role == 0 || role == BARRED {
        return 0;
    }
    let in_workspace = hold & IN_WORKSPACE != 0;
    let phase = gates & PHASE;
    let rule_7 = phase == OUT || (author && phase != PUT_AWAY) || role >= rank(Role::Editor);
    let named = hold & NAMED != 0;
    let rule_8 = match gates & (NON_PUBLIC | SECURITY_IV) {
        0 => true,
        NON_PUBLIC => named,
        _ => named && cleared,
    };
    if !(rule_7 && rule_8) {
        return 0;
    }
    let mut mask = bit(Action::Discover) | bit(Action::View);
    if role >= rank(Role::Manager) {
        mask |= bit(Action::Delete) | bit(Action::Manage) | bit(Action::Grant);
    }
    if hold & ARCHIVED != 0 {
        return mask;
    }
    if role >= rank(Role::Reader) {
        mask |= bit(Action::React) | bit(Action::Acknowledge);
        if gates & OPEN_COMMENTS != 0 {
            mask |= bit(Action::Comment);
        }
    }
    let editor = role >= rank(Role::Editor);
    if editor || (in_workspace && role >= rank(Role::Contributor)) {
        mask |= bit(Action::Create);
    }
    let own = author && in_workspace;
    if editor || own {
        mask |= bit(Action::Edit) | bit(Action::Submit);
    }
    if role >= rank(Role::Publisher) || (in_workspace && editor) || own {
        mask |= bit(Action::Publish);
    }
    mask
}

/// What a scope is that is no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Organisation,
    Section(SectionVisibility),
    Workspace(WorkspaceVisibility),
}

/// The table of actions, for a scope that is no item.
pub(super) fn on_place(place: Place, hold: Hold, guest: bool, administrator: bool) -> Mask {
    let role = hold & ROLE;
    if role == BARRED {
        return 0;
    }
    let at_least = |needed: Role, actions: Mask| if role >= rank(needed) { actions } else { 0 };
    let manages = at_least(Role::Manager, bit(Action::Delete) | bit(Action::Manage) | bit(Action::Grant));
    let reads = if role >= LOOK { bit(Action::View) | bit(Action::Discover) } else { 0 };
    match place {
        Place::Organisation => bit(Action::Discover) | reads | manages,
        Place::Section(_) => reads | manages | at_least(Role::Editor, bit(Action::Create)),
        Place::Workspace(visibility) => {
            let hidden = visibility == WorkspaceVisibility::Hidden;
            let archived = hold & ARCHIVED != 0;
            let card = if !guest && (!hidden || administrator) { bit(Action::Discover) } else { 0 };
            let door = if !guest && !hidden && !archived { bit(Action::Join) } else { 0 };
            let work = if archived {
                0
            } else {
                at_least(Role::Contributor, bit(Action::Create))
                    | at_least(Role::Manager, bit(Action::Invite))
            };
            reads | manages | card | door | work
        }
    }
}
