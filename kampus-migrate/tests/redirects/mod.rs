//! Redirects in the three forms.

mod interpreters;
mod servers;

use interpreters::{Apache, Nginx};
use jiff::Timestamp;
use kampus_migrate::engine::{self, RunOptions};
use kampus_migrate::redirects::{Landing, Redirect, RedirectFormat, render};
use servers::Server;
use tempfile::TempDir;
use url::Url;

use crate::support::sample_plan;

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

/// What a browser asks a server for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Request {
    host: String,
    uri: String,
}

/// The ways in which browsers may ask for an old address: with and without `www.` and a slash at the end.
fn requests(from: &str) -> Vec<Request> {
    let url = Url::parse(from).or_else(|_| Url::parse(&format!("http://any.example{from}"))).unwrap();
    let host = url.host_str().unwrap();
    let hosts = [host.to_owned(), format!("www.{}", host.trim_start_matches("www."))];
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let slashes: &[&str] = if path.is_empty() {
        &["/"]
    } else if is_file {
        &[""]
    } else {
        &["", "/"]
    };
    hosts
        .iter()
        .flat_map(|host| slashes.iter().map(|slash| (host.clone(), format!("{path}{slash}{query}"))))
        .map(|(host, uri)| Request { host, uri })
        .collect()
}

/// Addresses that nobody ever had, beside those that somebody had.
const STRANGE: [(&str, &str); 5] = [
    ("intra.ym.fi", "/ohjeet"),
    ("intra.ym.fi", "/ohjeet/matkat?x=1"),
    ("intra.mmm.fi", "/sivu.asp?nodeid=12&contentlan=3"),
    ("evil.example", "/ohjeet/matkat"),
    ("xintra.ym.fi", "/ohjeet/matkat"),
];

const BASE: &str = "https://kampus.example";

/// The redirects of the samples with those that are written to do harm.
fn all() -> Vec<Redirect> {
    let folder = TempDir::new().unwrap();
    let store = folder.path().join("kampus.db");
    let options = RunOptions {
        dry_run: false,
        decisions: None,
        prefer: kampus_migrate::outcome::Side::Target,
        now: Timestamp::UNIX_EPOCH,
    };
    engine::run(&sample_plan(), &store, &options, &mut |_| {}).unwrap();
    let mut all = engine::redirects(&store).unwrap();
    assert!(all.len() > 300);
    all.extend(redirects());
    all
}

/// Reads rules and tells where they lead a request; nothing when there is nothing here that could read them.
type Reads = fn(&str) -> Option<Box<dyn Fn(&Request) -> Option<String>>>;

/// Holds the rules of a form against what was asked for: each address leads where it should, and others nowhere.
fn each_leads_where_it_should(form: RedirectFormat, reads: Reads) {
    let redirects = all();
    let rendered = render(form, &redirects, BASE);
    let Some(answer) = reads(&rendered.text) else { return };
    let refused =
        |redirect: &&Redirect| rendered.refused.iter().any(|refused| refused.redirect == **redirect);
    let written: Vec<&Redirect> = redirects.iter().filter(|redirect| !refused(redirect)).collect();
    assert_eq!((rendered.refused.len(), written.len()), (3, rendered.written));
    let mut asked = 0;
    for redirect in written {
        for request in requests(&redirect.from) {
            let place = answer(&request);
            assert_eq!(place.as_deref(), Some(&*format!("{BASE}{}", redirect.to)), "{request:?}");
            asked += 1;
        }
    }
    assert!(asked > 900, "{asked} requests");
    for (host, uri) in STRANGE {
        let request = Request { host: host.to_owned(), uri: uri.to_owned() };
        assert_eq!(answer(&request), None, "{request:?}");
    }
}

#[test]
fn the_table_leads_each_old_address_where_it_should() {
    each_leads_where_it_should(RedirectFormat::Csv, |table| {
        let landing = Landing::read(table).unwrap();
        Some(Box::new(move |request| {
            let on_host = landing.of(&format!("http://{}{}", request.host, request.uri));
            on_host.or_else(|| landing.of(&request.uri)).map(str::to_owned)
        }))
    });
}

#[test]
fn the_maps_lead_each_old_address_where_it_should() {
    each_leads_where_it_should(RedirectFormat::Nginx, |rules| {
        let nginx = Nginx::read(rules);
        Some(Box::new(move |request| nginx.answer(request)))
    });
}

#[test]
fn the_rewrite_rules_lead_each_old_address_where_it_should() {
    each_leads_where_it_should(RedirectFormat::Apache, |rules| {
        let apache = Apache::read(rules);
        Some(Box::new(move |request| apache.answer(request)))
    });
}

#[test]
fn nginx_itself_leads_each_old_address_where_it_should() {
    each_leads_where_it_should(RedirectFormat::Nginx, |rules| {
        let server = Server::nginx(rules)?;
        Some(Box::new(move |request| server.ask(request)))
    });
}

#[test]
fn apache_itself_leads_each_old_address_where_it_should() {
    each_leads_where_it_should(RedirectFormat::Apache, |rules| {
        let server = Server::apache(rules)?;
        Some(Box::new(move |request| server.ask(request)))
    });
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
