//! May: who may do what, and why.
//!
//! [`rules`] is the law written to be read. A [`Decision`] says which rule let somebody do something and
//! through which grant, or what is missing; [`Decision::explain`] puts it into words.

mod decision;
mod explain;
mod grant;
mod index;
pub mod rules;
mod subject;

pub use decision::{Allowed, Decision, Denied, GrantChain, GrantSource, Missing, Rule};
pub use grant::{Action, Grant, Principal, Role, Scope};
pub(crate) use index::{Index, Sight};
pub use subject::{HeldPrincipal, Subject};
