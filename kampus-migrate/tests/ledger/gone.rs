//! What a source no longer holds is told, and only when that is certain.

use kampus_migrate::inventory::Decisions;
use kampus_migrate::outcome::{Gone, RunOutcome, Side};
use kampus_migrate::report::{run_text, verify_text};

use super::desk::{Desk, Page, decided, export, merge_into, page, remark};

fn ids(gone: &[Gone]) -> Vec<&str> {
    gone.iter().map(|gone| gone.id.as_str()).collect()
}

fn three() -> [Page; 3] {
    let comments = vec![remark(7, "Kiitos", 0)];
    [page(1, "Yksi"), Page { comments, ..page(2, "Kaksi") }, page(3, "Kolme")]
}

#[test]
fn what_is_no_longer_in_the_export_is_listed_by_every_run_and_stays() {
    let desk = Desk::new();
    assert!(desk.run(&three()).gone.is_empty());
    for text in ["Yksi", "Yksi, uudempi"] {
        let outcome = desk.run(&[page(1, text), page(4, "Neljä")]);
        assert_eq!(ids(&outcome.gone), ["comment:7", "post:2", "post:3"]);
        let gone = &outcome.gone[1];
        assert_eq!((gone.source.as_str(), gone.kind.as_str(), gone.title.as_str()), ("ym", "page", "Sivu 2"));
        assert_eq!(gone.item, desk.item(2).id.to_string());
        assert_eq!(desk.body(2), "<p>Kaksi</p>");
        let told = run_text(&outcome, "next");
        assert!(told.contains("3 records that were loaded before are no longer in their sources"), "{told}");
        assert!(told.contains("ym post:3 `Sivu 3`: item:3"), "{told}");
        let verified = desk.verify();
        assert!(verified.proven(), "{verified:?}");
        assert_eq!(ids(&verified.gone), ["comment:7", "post:2", "post:3"]);
        assert!(verify_text(&verified).contains("no longer"), "{}", verify_text(&verified));
    }
    assert!(desk.run(&[three().as_slice(), &[page(4, "Neljä")]].concat()).gone.is_empty(), "all are back");
}

#[test]
fn what_went_into_another_page_can_be_gone_too() {
    let desk = Desk::new();
    let decisions = || decided(&[(1, merge_into(3))]);
    desk.run_as(&three(), decisions(), Side::Target);
    assert!(desk.run_as(&three(), decisions(), Side::Target).gone.is_empty());
    let outcome = desk.run_as(&three()[1..], decisions(), Side::Target);
    assert_eq!(ids(&outcome.gone), ["post:1"]);
    assert_eq!(outcome.gone[0].item, desk.item(3).id.to_string());
}

#[test]
fn a_file_that_breaks_off_or_holds_nothing_proves_nothing() {
    let desk = Desk::new();
    desk.run(&three());
    let nothing = |outcome: RunOutcome| assert!(outcome.gone.is_empty(), "{:?}", outcome.gone);
    let whole = export(&[page(1, "Yksi")]);
    desk.write(&whole[..whole.len() - "</channel></rss>\n".len()]);
    let broken = desk.run_what_is_there(Decisions::default(), Side::Target);
    assert!(broken.sources[0].stopped.is_some());
    nothing(broken);
    assert!(desk.verify().gone.is_empty());
    nothing(desk.run(&[]));
    desk.write("ei mitään");
    nothing(desk.run_what_is_there(Decisions::default(), Side::Target));
}

#[test]
fn a_record_that_is_there_and_refused_is_not_gone() {
    let desk = Desk::new();
    desk.run(&three());
    let marked = Page { title: "SALASSA PIDETTÄVÄ".to_owned(), ..page(3, "Kolme") };
    let [first, second, _] = three();
    let outcome = desk.run(&[first, second, marked]);
    assert_eq!((outcome.rejections.len(), outcome.gone.len()), (1, 0), "{outcome:?}");
    assert!(desk.verify().gone.is_empty());
}

#[test]
fn broken_records_without_an_id_make_it_doubtful_and_that_is_said() {
    let desk = Desk::new();
    desk.run(&three());
    let broken = export(&three()).replace("<wp:post_id>3</wp:post_id>", "");
    desk.write(&broken);
    let outcome = desk.run_what_is_there(Decisions::default(), Side::Target);
    assert_eq!((ids(&outcome.gone), outcome.rejections.len()), (vec!["post:3"], 1), "{outcome:?}");
    assert!(
        outcome.notices.first().iter().any(|notice| notice.text.contains("may be among")),
        "{:?}",
        outcome.notices
    );
}
