use proptest::prelude::*;

use super::*;

fn html(text: &str) -> String {
    let here = Reference::read("Ohjeet.Matkat.WebHome", &[]).unwrap();
    convert(text, &here).html.trim().to_owned()
}

#[test]
fn headings_paragraphs_styles_and_lists() {
    assert_eq!(
        html(
            "= Otsikko =\n\n**lihava** //kursiivi// --pois--\ntoinen rivi -- ajatusviiva\n\n* a\n** b\n1. c\n11. d\n; termi\n: selitys\n----\n> lainaus\n> jatkuu"
        ),
        "<h1 id=\"HOtsikko\">Otsikko</h1>\n<p><b>lihava</b> <i>kursiivi</i> <s>pois</s><br>toinen rivi -- ajatusviiva</p>\n\
         <ul><li>a<ul><li>b</li></ul>\n</li></ul>\n<ol><li>c<ol><li>d</li></ol>\n</li></ol>\n\
         <dl><dt>termi</dt>\n<dd>selitys</dd></dl>\n<hr>\n<blockquote><p>lainaus<br>jatkuu</p></blockquote>"
    );
}

#[test]
fn links_pictures_and_tables() {
    assert_eq!(
        html(
            "[[Etusivu>>Main.WebHome||anchor=\"HAlku\"]] [[Liite]] [[doc:A.B]] [[attach:a.pdf]] [[x>>https://a.fi/?a=1&b=2]] image:k.png https://b.fi."
        ),
        "<p><a href=\"/xwiki/bin/view/Main/#HAlku\">Etusivu</a> <a href=\"/xwiki/bin/view/Ohjeet/Matkat/Liite\">Liite</a> \
         <a href=\"/xwiki/bin/view/A/B\">A.B</a> <a href=\"/xwiki/bin/download/Ohjeet/Matkat/WebHome/a.pdf\">attach:a.pdf</a> \
         <a href=\"https://a.fi/?a=1&amp;b=2\">x</a> <img src=\"/xwiki/bin/download/Ohjeet/Matkat/WebHome/k.png\" alt=\"\"> \
         <a href=\"https://b.fi\">https://b.fi</a>.</p>"
    );
    assert_eq!(
        html("|=A|=B\n|1|**2**"),
        "<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>1</td><td><b>2</b></td></tr>\n</table>"
    );
}

#[test]
fn macros_are_known_or_kept_as_text() {
    let here = Reference::read("A.B", &[]).unwrap();
    let found = convert(
        "{{toc/}}\n{{info}}\nHuom **tämä**\n{{/info}}\n\n{{velocity}}\n$doc <x>\n{{/velocity}}\n{{code}}a<b{{/code}} {{{**x**}}} ~*~* (% style=\"a\" %)teksti\n{{html}}<p>suora</p>{{/html}}",
        &here,
    );
    assert_eq!(
        found.html.trim(),
        "<blockquote><p>Huom <b>tämä</b></p>\n</blockquote>\n<pre>{{velocity}}\n$doc &lt;x&gt;\n{{/velocity}}</pre>\n\
         <p><code>a&lt;b</code> **x** ** teksti</p>\n<p>suora</p>"
    );
    assert_eq!(found.macros, BTreeMap::from([("velocity".to_owned(), 1)]));
}

#[test]
fn hostile_text_comes_to_an_end() {
    for piece in [
        "{{", "{{{", "{{a}}", "[[", "]]", "(((", "(%", "~", "**", "|", "*", "=", "{{info}}", "{{a ", "{{ ",
        "[[.", "hfmi", "(% a", ">", "--", "\\\\",
    ] {
        let text = piece.repeat(60_000);
        assert!(html(&text).len() < 40 * text.len(), "{piece}");
    }
    let nested = format!("{}a{}", "{{info}}".repeat(5_000), "{{/info}}".repeat(5_000));
    assert!(html(&nested).len() < 20 * nested.len());
}

/// Words of letters alone, so that nothing can part them.
fn word(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
    format!("q{}{}x", letter(number / 26), letter(number))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost_and_no_mark_is_left(pieces in prop::collection::vec(prop_oneof![
        Just("\u{3}"),
        prop::sample::select(vec![
            " ", "\n", "**", "//", "--", "* ", "1. ", "; ", "\n= ", " =\n", "|", "|=", "[[", "]]", ">>", "{{info}}",
            "{{/info}}", "{{x}}", "{{/x}}", "{{{", "}}}", "(((", ")))", "~", "> ", "\\\\", "<", "&", "{{html}}", "{{/html}}",
            "\u{1}0\u{2}",
        ]),
    ], 0..30)) {
        let mut words = 0;
        let text: String = pieces.into_iter().map(|piece| {
            words += usize::from(piece == "\u{3}");
            if piece == "\u{3}" { self::word(words) } else { piece.to_owned() }
        }).collect();
        let html = html(&text);
        prop_assert!(!html.contains(['\u{1}', '\u{2}']), "{}", html);
        for number in 1..=words {
            prop_assert!(html.contains(&word(number)), "{}: {}", number, html);
        }
    }
}
