//! Later decisions about what was loaded before.

use kampus_core::access::Scope;
use kampus_core::content::{CommentState, Status};
use kampus_core::{Command, CommentId, Period};
use kampus_migrate::inventory::Decisions;
use kampus_migrate::outcome::{RunOutcome, Side, Wish};

use super::desk::{Desk, Page, Picture, address, decided, discard, merge_into, page, remark};

fn kept(outcome: &RunOutcome, wish: Wish) {
    let [conflict] = &outcome.conflicts[..] else { panic!("{:?}", outcome.conflicts) };
    assert_eq!((conflict.wish, conflict.prevails), (wish, Side::Target));
    assert_eq!((outcome.total.counts.discarded, outcome.withdrawn, outcome.rejections.len()), (0, 0, 0));
}

/// Page 1 with a comment that is answered, and page 2 with a link to it.
fn pages() -> [Page; 2] {
    let comments = vec![remark(1, "Hyvä", 0), remark(2, "Samaa mieltä", 1)];
    [Page { comments, ..page(1, "Ensimmäinen") }, page(2, "Lue <a href=\"/sivu-1/\">ensimmäinen</a>")]
}

fn comments(desk: &Desk, page: u32) -> Vec<(String, Option<CommentId>, CommentState)> {
    let snapshot = desk.kampus().snapshot();
    let all = snapshot.untrimmed();
    all.comments_on(desk.item(page).id)
        .map(|comment| {
            let text = all.blob(comment.body.hash).unwrap().unwrap();
            (String::from_utf8(text).unwrap(), comment.parent, comment.state)
        })
        .collect()
}

#[test]
fn what_is_left_behind_later_is_put_away_and_comes_back_when_it_is_kept_after_all() {
    let desk = Desk::new();
    desk.run(&pages());
    let before = Picture::of(&desk.store());
    assert!(desk.body(2).contains("/items/1\""), "{}", desk.body(2));
    let outcome = desk.run_as(&pages(), decided(&[(1, discard())]), Side::Target);
    assert_eq!((outcome.total.by_kind["page"].discarded, outcome.withdrawn), (1, 1));
    assert!(!outcome.nothing_new() && outcome.rejections.is_empty());
    assert_eq!(desk.item(1).status, Status::Archived);
    assert_eq!(desk.leads(1), None, "its old address leads nowhere");
    assert!(!desk.body(2).contains("/items/1\""), "nor does a link to it: {}", desk.body(2));
    assert!(desk.verify().proven(), "{:?}", desk.verify());
    let again = desk.run_as(&pages(), decided(&[(1, discard())]), Side::Target);
    assert!(again.withdrawn == 0 && again.total.by_kind["page"].discarded == 1);
    let back = desk.run(&pages());
    assert_eq!((back.total.by_kind["page"].updated, desk.item(1).status), (1, Status::Published));
    let mut after = Picture::of(&desk.store());
    after.ignore_fates();
    let mut before = before;
    before.ignore_fates();
    assert_eq!(after, before);
}

#[test]
fn what_people_use_is_not_left_behind_later() {
    let desk = Desk::new();
    desk.run(&pages());
    let item = desk.item(1).id;
    let decision = || decided(&[(1, discard())]);
    desk.edit(1, "Muokattu");
    kept(&desk.run_as(&pages(), decision(), Side::Target), Wish::Discard);
    assert_eq!(desk.item(1).status, Status::Published);
    let outcome = desk.run_as(&pages(), decision(), Side::Source);
    assert_eq!((outcome.withdrawn, outcome.conflicts[0].prevails), (1, Side::Source));
    assert_eq!(desk.item(1).status, Status::Archived);

    let desk = Desk::new();
    desk.run(&pages());
    let grant = Command::Grant {
        principal: kampus_core::access::Principal::Everyone,
        role: kampus_core::access::Role::Reader,
        scope: Scope::Item(item),
        period: Period::ALWAYS,
    };
    desk.act(grant);
    kept(&desk.run_as(&pages(), decision(), Side::Target), Wish::Discard);
}

#[test]
fn a_page_that_goes_into_another_one_later_takes_its_text_address_and_comments_along() {
    let desk = Desk::new();
    desk.run(&pages());
    let before = Picture::of(&desk.store());
    let outcome = desk.run_as(&pages(), decided(&[(1, merge_into(2))]), Side::Target);
    assert_eq!((outcome.total.by_kind["page"].merged, outcome.withdrawn), (1, 1), "{outcome:?}");
    assert!(outcome.rejections.is_empty(), "{:?}", outcome.rejections);
    assert!(desk.body(2).contains("<p>Ensimmäinen</p>"), "{}", desk.body(2));
    assert_eq!(desk.item(1).status, Status::Archived);
    assert_eq!(desk.leads(1), Some(format!("/items/{}", desk.item(2).id.get())));
    let moved = comments(&desk, 2);
    assert_eq!(moved.len(), 2, "{moved:?}");
    assert!(moved[0].1.is_none() && moved[1].1.is_some(), "the answer still answers: {moved:?}");
    assert!(comments(&desk, 1).is_empty());
    assert!(desk.verify().proven(), "{:?}", desk.verify());
    let again = desk.run_as(&pages(), decided(&[(1, merge_into(2))]), Side::Target);
    assert!(again.nothing_new(), "{again:?}");
    // And back again.
    desk.run(&pages());
    assert!(!desk.body(2).contains("<p>Ensimmäinen</p>"), "{}", desk.body(2));
    let (mut before, mut after) = (before, Picture::of(&desk.store()));
    before.ignore_fates();
    after.ignore_fates();
    assert_eq!(after, before);
}

#[test]
fn pages_that_go_into_each_other_in_a_row_end_in_the_last_and_in_a_circle_nowhere() {
    let three = [page(1, "Yksi"), page(2, "Kaksi"), page(3, "Kolme")];
    let desk = Desk::new();
    desk.run(&three);
    let row = decided(&[(1, merge_into(2)), (2, merge_into(3))]);
    let outcome = desk.run_as(&three, row, Side::Target);
    assert_eq!(outcome.total.by_kind["page"].merged, 2, "{outcome:?}");
    for text in ["<p>Yksi</p>", "<p>Kaksi</p>", "<p>Kolme</p>"] {
        assert!(desk.body(3).contains(text), "{}", desk.body(3));
    }
    assert!(desk.verify().proven(), "{:?}", desk.verify());

    let desk = Desk::new();
    desk.run(&three);
    let before = Picture::of(&desk.store());
    let circle = decided(&[(1, merge_into(2)), (2, merge_into(1))]);
    let outcome = desk.run_as(&three, circle, Side::Target);
    assert_eq!(outcome.total.by_kind["page"].rejected, 2, "{outcome:?}");
    assert_eq!(Picture::of(&desk.store()), before, "pages of their own stay that");
    assert!(desk.run(&three).nothing_new());
}

#[test]
fn nothing_is_put_into_a_page_that_people_wrote_in() {
    let desk = Desk::new();
    desk.run(&pages());
    desk.edit(2, "Oma teksti");
    let outcome = desk.run_as(&pages(), decided(&[(1, merge_into(2))]), Side::Target);
    assert_eq!(outcome.total.by_kind["page"].rejected, 1, "{outcome:?}");
    assert!(outcome.rejections[0].reason.contains("was edited in Kampus"), "{:?}", outcome.rejections);
    assert_eq!((desk.item(1).status, desk.body(2).as_str()), (Status::Published, "<p>Oma teksti</p>"));
}

#[test]
fn a_comment_that_became_spam_is_held_and_one_on_a_page_that_comes_back_is_loaded() {
    let desk = Desk::new();
    let [mut first, second] = pages();
    desk.run(&[first.clone(), second.clone()]);
    first.comments[1].approved = "spam";
    let outcome = desk.run(&[first.clone(), second.clone()]);
    assert_eq!(outcome.total.by_kind["comment"].discarded, 1, "{outcome:?}");
    assert_eq!(comments(&desk, 1)[1].2, CommentState::Held);

    let desk = Desk::new();
    let outcome = desk.run_as(&pages(), decided(&[(1, discard())]), Side::Target);
    assert_eq!(outcome.total.by_kind["comment"].discarded, 2);
    let outcome = desk.run_as(&pages(), Decisions::default(), Side::Target);
    assert_eq!(outcome.total.by_kind["comment"].loaded, 2, "{outcome:?}");
    assert_eq!(comments(&desk, 1).len(), 2);
}

#[test]
fn nothing_is_put_into_a_page_that_people_deleted_and_the_run_goes_on() {
    let desk = Desk::new();
    desk.run(&pages());
    desk.act(Command::DeleteItem(desk.item(2).id));
    let three = [pages().as_slice(), &[page(3, "Kolme")]].concat();
    let outcome = desk.run_as(&three, decided(&[(1, merge_into(2))]), Side::Target);
    let reasons: Vec<_> = outcome.rejections.iter().map(|rejection| rejection.reason.as_str()).collect();
    assert_eq!(reasons, [format!("it was to go into `{}`, but item:2 was deleted in Kampus", address(2))]);
    assert_eq!((desk.item(1).status, desk.body(3).as_str()), (Status::Published, "<p>Kolme</p>"));
    assert_eq!(comments(&desk, 1).len(), 2);
}
