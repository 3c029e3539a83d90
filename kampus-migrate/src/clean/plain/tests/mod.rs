//! The short way held against the long one.

mod generate;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::profile::{self, sanitise_parsed};
use super::super::{Dropped, Tally, text};
use super::{address, clean, sanitise, text as plain_text};

/// What the long way makes of a body and lists.
fn long(html: &str) -> (String, Vec<Dropped>) {
    let mut tally = Tally::default();
    let clean = sanitise_parsed(html, &mut tally);
    (clean, tally.into_dropped())
}

/// What the short way makes of it.
fn short(html: &str) -> Option<(String, Vec<Dropped>)> {
    let mut tally = Tally::default();
    let clean = clean(html, &mut tally)?;
    Some((clean, tally.into_dropped()))
}

/// Bodies as people write them.
const ORDINARY: [&str; 46] = [
    "",
    "Pelkkää tekstiä ilman merkintöjä.",
    "a < b, c > d & e\u{a0}f",
    "<p>Kappale</p>\n<p>Toinen<br>rivi<br />kolmas</p>\n",
    "<p>&auml;&amp;&#8211;&#x2019;&nbsp;&lt;b&gt; R&D AT&T &foo; &#60;</p>",
    "<h2>Otsikko</h2><p>Teksti <strong>vahva <em>korostus</em></strong></p><hr><h3>Toinen</h3>",
    "<ul><li>yksi</li><li>kaksi<ul><li>kolme</li></ul></li></ul>",
    "<ul>\n<li>yksi\n<li>kaksi <p>kappale\n<li>kolme\n</ul>",
    "<ol start=\"3\" class=\"x\"><li><p>yksi</p></li></ol>",
    "<dl><dt>käsite<dd>selite<dt>toinen<dd>selite</dl>",
    "<a href=\"https://intra.example/sivu?a=1&amp;b=2#c\" target=\"_blank\" rel=\"noopener\">linkki</a>",
    "<a href='/sivu' title='Kuin \"tämä\"'>linkki</a> <a href=/sivu/>toinen</a> <a name=\"kohta\"></a>",
    "<a href=\"javascript:alert(1)\">paha</a> <a href=\"mailto:a@b.example\">posti</a> <a href=\"\">tyhjä</a>",
    "<a href=\"https://a.example/?x=1&y=2&copy=3\">osoite</a>",
    "<img src=\"kuva.png\" alt=\"Kuva\" width=\"640\" height=480 class=\"alignleft\" srcset=\"a 1x, b 2x\" />",
    "<img src=\"https://t.example/p.gif\" width=\"1\" height=\"1\" onload=\"x()\" alt=\"\">",
    "<IMG SRC=\"A.PNG\" ALT='x'><P ALIGN=center>Vanhaa<BR>HTML:ää</P>",
    "<figure class=\"wp-block-image\"><a href=\"x.png\"><img src=\"x.png\"/></a><figcaption>k</figcaption></figure>",
    "<!-- wp:paragraph {\"dropCap\":true} -->\n<p class=\"has-drop-cap\">a</p>\n<!-- /wp:paragraph -->",
    "<table><tr><td>a</td><td>b</td></tr></table>",
    "<table border=1>\n<caption>Nimi</caption>\n<colgroup><col span=2><col></colgroup>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td colspan=\"2\">b<p>c</td>\n</tr>\n</tbody>\n</table>",
    "<table><tbody><tr><td><table><tr><td>sisä</td></tr></table></td></tr></tbody></table>",
    "<div class=\"a\"><div>yksi</div><div>kaksi</div> <span style=\"color:red\">kolme</span></div>",
    "<div><p>auki jäi<div>toinen",
    "<p>Ensimmäinen<p>Toinen<ul><li>Lista</ul></p>",
    "teksti</div></span></b></li></p>",
    "<blockquote><p>Lainaus</p><cite>Joku</cite></blockquote>",
    "<pre>&lt;\n</pre><pre>\nrivi\n  toinen</pre><pre><code>\nkoodi</code></pre>",
    "<details><summary>Lisää</summary><p>Sisältö</p></details>",
    "<b><p>lohko vahvan sisällä</p></b><a href=\"#x\"><h2>otsikko linkissä</h2></a>",
    "<section><article><header><h1>a</h1></header><nav><ul><li>b</li></ul></nav></article></section>",
    "<center><font color=\"red\" style=\"x\">Vanha</font> <big>iso</big> <strike>yli</strike></center>",
    "<p><o:p></o:p></p><p class=\"MsoNormal\" style=\"margin:0cm\" onclick='x()'>Word<o:p>&nbsp;</o:p></p>",
    "<iframe width=\"560\" src=\"https://video.example/1\" allowfullscreen></iframe><p>a</p>",
    "<video controls src=\" https://video.example/2 \"><source src=\"v.mp4\" type=\"video/mp4\">ei tuettu</video>",
    "<style>p > a { }</style><script type=\"text/javascript\">if (a < b) { c(\"</p>\"); }</script><p>a</p>",
    "<style><!-- p {} --></style>\n<p>a</p>",
    "<!-- a -- b --><!----><p>a<!-- c > d -->b</p>",
    "<?xml:namespace prefix = o ns = \"a\" /><!--[if gte mso 9]><xml>a</xml><![endif]--><![if !a]>b<![endif]>",
    "<![CDATA[a > b]]>",
    "<noscript><img src=\"a.png\"></noscript>",
    "<p lang=\"sv\" id=\"a\" title=\"&lt;&quot;&gt;\u{a0}\">a</p>",
    "<h1>Otsikko</h2> jatkuu",
    "rivi\r\ntoinen\rkolmas",
    "<p>1 <2 <3 << 4</p>",
    "a\u{1c}b\u{b}c<a href=\"/\u{1}\" title=\"\u{7f}\">d</a>",
];

#[test]
fn ordinary_bodies_are_plain_and_come_out_as_the_long_way_writes_them() {
    for html in ORDINARY {
        assert_eq!(short(html), Some(long(html)), "{html}");
    }
}

#[test]
fn what_the_parser_takes_apart_is_not_plain() {
    for html in [
        "<b>a<i>b</b>c</i>",
        "<p><b>a</p>b",
        "<a href=\"/a\">x<a href=\"/b\">y</a></a>",
        "<table>a<tr><td>b</table>",
        "<table><div>a</div></table>",
        "<h1><div><h2>a</h2></div></h1>",
        "<li>a</li>",
        "<div><li>a</div>",
        "<p><span><ul></ul></span></p>",
        "<pre>\n\na</pre>",
        "<pre>&#10;a</pre>",
        "<pre><div>a</div></pre>",
        "<svg><p>a</p></svg>",
        "<form><input></form>",
        "<!doctype html>",
        "<!a>",
        "<![endif]",
        "<p a=\"1\" a=\"2\">b</p>",
        "<p>&copy 2017 &notit; &#1; &#x80; &#xd800;</p>",
        "<!--> a --> b",
        "<!-- a --!> b -->",
        "\u{feff}a",
        "<div>\u{feff}</div>",
        "a\0b",
        "a\u{c}b",
        "<script><!-- <script> </script> --></script>",
        "<iframe>a</iframe>",
        "<a href=\"/a\"><iframe src=\"b\"></iframe></a>",
        "a<br",
        "a<",
        "</br>",
        "<p title=\"a>b",
    ] {
        assert_eq!(short(html), None, "{html}");
    }
}

#[test]
fn a_body_as_deep_as_it_may_be_is_plain_and_a_deeper_one_is_not() {
    let nested = |depth: usize| format!("{}a{}", "<b>".repeat(depth), "</b>".repeat(depth));
    let deep = nested(super::tree::DEPTH);
    assert_eq!(short(&deep), Some(long(&deep)));
    assert_eq!(short(&nested(super::tree::DEPTH + 1)), None);
}

#[test]
fn every_attribute_that_stays_somewhere_stays_or_goes_alike_everywhere() {
    let own = profile::ATTRIBUTES.iter().flat_map(|(_, names)| names.iter());
    let names: BTreeSet<&str> = own.chain(&profile::GENERIC_ATTRIBUTES).copied().collect();
    let all = names.into_iter().map(|name| format!("{name}=\"2\"")).collect::<Vec<_>>().join(" ");
    for name in profile::TAGS {
        let tag = format!("<{name} {all}>");
        let html = match name {
            "td" | "th" => format!("<table><tr>{tag}</{name}></tr></table>"),
            "tr" | "caption" | "colgroup" | "tbody" | "thead" | "tfoot" => {
                format!("<table>{tag}</{name}></table>")
            }
            "col" => format!("<table><colgroup>{tag}</colgroup></table>"),
            "li" => format!("<ul>{tag}</{name}></ul>"),
            "dt" | "dd" => format!("<dl>{tag}</{name}></dl>"),
            "br" | "hr" | "img" | "wbr" => tag,
            _ => format!("{tag}</{name}>"),
        };
        assert_eq!(short(&html), Some(long(&html)), "{html}");
    }
}

/// Addresses of all kinds.
fn addresses() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "http",
        "https",
        "HTTP",
        "mailto",
        "tel",
        "javascript",
        "data",
        "ftp",
        "file",
        "x",
        ":",
        "//",
        "/",
        "\\",
        "#",
        "?",
        ".",
        "..",
        "-",
        "_",
        "a",
        "b1",
        "1",
        "0x1",
        "1.2.3.4",
        "256",
        "xn--",
        "xn--a",
        "[",
        "]",
        "::1",
        "@",
        ":80",
        ":x",
        "%41",
        "%zz",
        " ",
        "\t",
        "\n",
        "ä",
        "intra.example",
        "https://",
    ]);
    prop::collection::vec(pieces, 0..7).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_plain_comes_out_as_the_long_way_writes_it(html in generate::bodies()) {
        if let Some(short) = short(&html) {
            prop_assert_eq!(short, long(&html));
        }
    }

    #[test]
    fn whatever_is_plain_and_prepared_is_sanitised_as_the_sanitiser_does(html in generate::bodies()) {
        let mut tally = Tally::default();
        let prepared = profile::prepared(&html, &mut tally);
        for html in [&html, &prepared] {
            if let Some(clean) = sanitise(html) {
                prop_assert_eq!(clean, profile::sanitise_prepared(html));
            }
        }
        prop_assert_eq!(profile::sanitise(&html, &mut Tally::default()), long(&html).0);
    }

    #[test]
    fn the_words_of_whatever_is_plain_are_those_of_the_long_way(html in generate::bodies()) {
        if let Some(text) = plain_text(&html) {
            prop_assert_eq!(text::split(&text), text::split(&text::visible(&html)));
        }
    }

    #[test]
    fn addresses_that_surely_stay_do(address in addresses()) {
        prop_assert_eq!(address::stays(&address), address::by_parsing(&address));
    }
}

#[test]
fn the_generator_makes_both_kinds_in_numbers() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let plain = (0..1000)
        .filter(|_| {
            let html = generate::bodies().new_tree(&mut runner).unwrap().current();
            short(&html).is_some()
        })
        .count();
    assert!((300..900).contains(&plain), "{plain} of 1000 are plain");
}
