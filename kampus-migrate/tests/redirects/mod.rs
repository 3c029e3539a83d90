//! Redirects in the three forms.

use kampus_migrate::redirects::{Redirect, RedirectFormat, render};

fn redirects() -> Vec<Redirect> {
    [
        ("https://intra.ym.fi/ohjeet/matkat/", "/items/1"),
        ("https://intra.ym.fi/?p=12", "/items/1"),
        ("http://intra.mmm.fi/sivu.asp?nodeid=12&contentlan=1", "/items/2"),
        ("http://intra.mmm.fi/sivu.asp?nodeid=12&contentlan=2", "/items/3"),
        ("https://intra.lvm.fi/Työajat ja lomat?haku=\"a;b\"", "/items/4"),
        ("https://intra.lvm.fi/Ohje", "/items/5"),
        ("https://intra.lvm.fi/ohje", "/items/6"),
        ("https://intra.lvm.fi/a'b;return 301 $host{}`\\", "/items/7"),
        ("/wp-content/uploads/2015/03/ruoka+lista.pdf", "/items/8"),
        ("/evil\"; } server { listen 80;", "/items/9"),
        ("http://intra.mmm.fi/a\nRewriteRule ^ http://evil.example/", "/items/10"),
        ("javascript:alert(1)", "/items/11"),
        ("https://intra.ym.fi/muu", "/items/12\" ; evil"),
    ]
    .map(|(from, to)| Redirect { from: from.to_owned(), to: to.to_owned() })
    .to_vec()
}

#[test]
fn nginx_gets_maps() {
    insta::assert_snapshot!(render(RedirectFormat::Nginx, &redirects(), "").text);
}

#[test]
fn apache_gets_rules() {
    insta::assert_snapshot!(render(RedirectFormat::Apache, &redirects(), "https://kampus.example").text);
}

#[test]
fn a_table_is_a_table() {
    insta::assert_snapshot!(render(RedirectFormat::Csv, &redirects(), "").text);
}

#[test]
fn what_cannot_be_written_safely_is_handed_back() {
    let refused = render(RedirectFormat::Csv, &redirects(), "").refused;
    let reasons: Vec<String> =
        refused.iter().map(|refused| format!("{:?}: {}", refused.redirect.from, refused.reason)).collect();
    insta::assert_snapshot!(reasons.join("\n"));
}

proptest::proptest! {
    #[test]
    fn no_address_writes_configuration(from in "/\\PC{0,40}") {
        let redirects = [Redirect { from, to: "/items/1".to_owned() }];
        let nginx = render(RedirectFormat::Nginx, &redirects, "");
        for line in nginx.text.lines().filter(|line| line.contains("/items/1")) {
            let inner = line.trim().strip_prefix('"').unwrap().strip_suffix("\" \"/items/1\";").unwrap();
            proptest::prop_assert!(!inner.replace("\\\\", "").replace("\\\"", "").contains(['"', '\n']));
        }
        let apache = render(RedirectFormat::Apache, &redirects, "");
        for line in apache.text.lines().filter(|line| line.starts_with("Rewrite")) {
            proptest::prop_assert!(line.split(' ').count() <= 4);
            proptest::prop_assert!(!line.contains(['"', '\'', '`']));
        }
    }
}
