//! Breaking the glass: reading without being let in, in an emergency (rule 11).

use jiff::{SignedDuration, Timestamp};

use super::access::next_grant;
use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use crate::access::{Grant, Principal, Role};
use crate::content::{GlassBreak, WorkspaceVisibility};
use crate::id::WorkspaceId;
use crate::time::Period;

/// How long broken glass lets somebody read.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// An administrator reads a closed or hidden workspace for an hour. The journal keeps why, and its managers are told.
pub(super) fn break_glass(cx: &Context<'_>, id: WorkspaceId, reason: String) -> Result<Plan, CommandError> {
    let subject = cx.person()?;
    cx.keeper()?;
    if reason.trim().is_empty() {
        return Err(CommandError::Empty("reason"));
    }
    let Some(workspace) = cx.state.workspaces.get(&id) else {
        return Err(CommandError::NotFound(id.to_string()));
    };
    if workspace.visibility == WorkspaceVisibility::Open {
        // There is no glass: everybody reads it.
        return Err(CommandError::NothingToSettle);
    }
    let grant = next_grant(cx);
    let until = cx.at.checked_add(HOUR).unwrap_or(Timestamp::MAX);
    let broken = GlassBreak { grant, person: subject.person, reason, at: cx.at, until };
    Ok(Plan::many(vec![
        Change::GlassBroken(id, broken),
        Change::Granted(Grant {
            id: grant,
            principal: Principal::Person(subject.person),
            role: Role::Reader,
            scope: id.into(),
            period: Period::between(cx.at, until),
        }),
    ]))
}
