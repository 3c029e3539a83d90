//! What a rollback says on the terminal when it is done.

use super::table::{counted, one_line};
use super::text::push;
use crate::outcome::{Kept, RollbackOutcome};

/// What a rollback says: what is gone, what is as it was, and what stays, one by one and for which reason. `next` is the
/// command to type next.
pub fn rollback_text(outcome: &RollbackOutcome, next: &str) -> String {
    let mut text = String::new();
    let how = if outcome.resumed { "; an interrupted rollback was taken up again" } else { "" };
    push(&mut text, &format!("{} was taken back{how}.\n", outcome.run));
    let removed = outcome.removed.named().into_iter().filter(|(number, ..)| *number > 0);
    let removed: Vec<String> = removed.map(|(number, one, many)| counted(number, one, many)).collect();
    let removed = if removed.is_empty() { "nothing".to_owned() } else { removed.join(", ") };
    push(&mut text, &format!("Gone:      {removed} that it had made"));
    let restored = outcome.restored;
    if restored.items + restored.comments > 0 {
        let items = counted(restored.items, "item", "items");
        let comments = counted(restored.comments, "comment", "comments");
        push(&mut text, &format!("As before: {items} and {comments} of earlier runs"));
    }
    push_kept(&mut text, &outcome.kept);
    push(&mut text, "");
    push(&mut text, &format!("Store:     {}", outcome.store.display()));
    push(&mut text, &format!("Next:      {next}"));
    text
}

/// All of them: whoever takes a run back has to look at each.
fn push_kept(text: &mut String, kept: &[Kept]) {
    if kept.is_empty() {
        return;
    }
    let number = counted(kept.len() as u64, "thing stays", "things stay");
    push(text, &format!("\n{number} as this run left them, so that nothing that people did is lost:"));
    for kept in kept {
        let title = kept.title.as_deref().map(|title| format!(" `{title}`")).unwrap_or_default();
        let address = kept.address.as_deref().map(|address| format!(" ({address})")).unwrap_or_default();
        push(text, &format!("  {}", one_line(&format!("{}{title}{address}: {}", kept.thing, kept.reason()))));
    }
}
