//! The tour of the access rules, as a newcomer reads it.

#[path = "../examples/access_tour.rs"]
#[expect(dead_code, reason = "its `main` is for those who run the example")]
mod access_tour;

#[test]
fn the_tour_tells_what_it_told_when_it_was_read_through() {
    let mut out = Vec::new();
    access_tour::tour(&mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}
