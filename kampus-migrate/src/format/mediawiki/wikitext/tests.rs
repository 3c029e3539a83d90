use proptest::prelude::*;

use super::super::site::Site;
use super::*;

fn site() -> Site {
    let mut site = Site::default();
    site.set_base("https://wiki.example/wiki/Etusivu");
    site.add_namespace(6, "Tiedosto", None);
    site.add_namespace(14, "Luokka", None);
    site
}

fn converted(text: &str) -> Converted {
    let site = site();
    let page = site.title("Ohjeet/Matkat").unwrap();
    convert(&site, &page, text)
}

fn html(text: &str) -> String {
    converted(text).html.trim().to_owned()
}

#[test]
fn emphasis_headings_and_paragraphs() {
    assert_eq!(
        html(
            "Eka '''lihava''' ja ''kursiivi''.\njatkuu\n\n== Otsikko ''yksi'' ==\nToka '''''molemmat''' i'' loppu"
        ),
        "<p>Eka <b>lihava</b> ja <i>kursiivi</i>.\njatkuu</p>\n<h2 id=\"Otsikko_yksi\">Otsikko <i>yksi</i></h2>\n\
         <p>Toka <b><i>molemmat</i></b><i> i</i> loppu</p>"
    );
    assert_eq!(html("a ''b"), "<p>a <i>b</i></p>");
    assert_eq!(html("= Ei otsikko"), "<p>= Ei otsikko</p>");
    assert_eq!(html(" rivi\n toinen"), "<pre>rivi\ntoinen\n</pre>");
}

#[test]
fn lists_are_nested() {
    assert_eq!(
        html("* a\n** b\n** c\n*# d\n* e\n; termi : selitys\n:: syvä"),
        "<ul><li>a<ul><li>b</li>\n<li>c</li></ul>\n<ol><li>d</li></ol>\n</li>\n<li>e</li></ul>\n\
         <dl><dt>termi</dt>\n<dd>selitys<dl><dd>syvä</dd></dl>\n</dd></dl>"
    );
}

#[test]
fn links_lead_to_pages_and_sites() {
    assert_eq!(
        html("[[matkat]]illa [[Työ ja loma#Kohta 1|lomalla]] [[/Liite]] [[../]] [[#Alku]]"),
        "<p><a href=\"https://wiki.example/wiki/Matkat\">matkatilla</a> \
         <a href=\"https://wiki.example/wiki/Ty%C3%B6_ja_loma#Kohta_1\">lomalla</a> \
         <a href=\"https://wiki.example/wiki/Ohjeet/Matkat/Liite\">/Liite</a> \
         <a href=\"https://wiki.example/wiki/Ohjeet\">../</a> <a href=\"#Alku\">#Alku</a></p>"
    );
    assert_eq!(
        html("[https://a.fi/x?y=1&z=2 Sivu] https://b.fi/c. [mailto:a@b.fi] [ei linkki] [javascript:x y]"),
        "<p><a href=\"https://a.fi/x?y=1&amp;z=2\">Sivu</a> <a href=\"https://b.fi/c\">https://b.fi/c</a>. \
         <a href=\"mailto:a@b.fi\">mailto:a@b.fi</a> [ei linkki] [javascript:x y]</p>"
    );
    assert_eq!(html("[[Ohjeet/Matkat|tämä]] [[<b>]]"), "<p><strong>tämä</strong> [[<b>]]</p>");
}

#[test]
fn categories_and_languages_stand_beside_the_text() {
    let found = converted(
        "Teksti\n[[Luokka:Ohjeet|Matkat]]\n[[category:talous]]\n[[sv:Resor]]\nloppu [[:Luokka:Ohjeet]]",
    );
    assert_eq!(found.categories, ["Ohjeet", "Talous"]);
    assert_eq!(found.languages, ["sv:Resor"]);
    assert_eq!(
        found.html.trim(),
        "<p>Teksti\nloppu <a href=\"https://wiki.example/wiki/Luokka:Ohjeet\">Luokka:Ohjeet</a></p>"
    );
}

#[test]
fn pictures_keep_their_captions_with_links_in_them() {
    assert_eq!(
        html("[[Kuva:a.png|thumb|200px|alt=Puu|Iso [[puu|mänty]]\nja toinen]]"),
        "<figure><img src=\"https://wiki.example/wiki/Tiedosto:A.png\" alt=\"Puu\"><figcaption>Iso \
         <a href=\"https://wiki.example/wiki/Puu\">mänty</a>\nja toinen</figcaption></figure>"
    );
    assert_eq!(
        html("[[File:ohje.pdf|Ohje]] [[Media:ohje.pdf]]"),
        "<p><a href=\"https://wiki.example/wiki/Tiedosto:Ohje.pdf\">Ohje</a> \
         <a href=\"https://wiki.example/wiki/Tiedosto:Ohje.pdf\">Media:ohje.pdf</a></p>"
    );
}

#[test]
fn templates_stay_as_text_and_are_told() {
    let found = converted(
        "A {{Laatikko|x=[[b]]|{{c}}}} {{!}} {{PAGENAME}}\n{{Infobox\n| a = 1\n}}\n{{#if:x|y}} {{DEFAULTSORT:q}}",
    );
    assert_eq!(
        found.html.trim(),
        "<p>A <code>{{Laatikko|x=[[b]]|{{c}}}}</code> | Ohjeet/Matkat</p>\n<pre>{{Infobox\n| a = 1\n}}</pre>\n\
         <p><code>{{#if:x|y}}</code></p>"
    );
    let told: Vec<(&str, u32)> =
        found.templates.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    assert_eq!(told, [("#if", 1), ("Infobox", 1), ("Laatikko", 1)]);
    assert_eq!(found.dropped.get("{{DEFAULTSORT}}"), Some(&1));
}

#[test]
fn tables_have_captions_heads_spans_and_tables_in_them() {
    assert_eq!(
        html(
            "{| class=\"wikitable\"\n|+ Otsikko\n! A !! B\n|-\n| colspan=2 | '''x''' | y\n|-\n| 1\n* kohta\n|\n{|\n| sisä\n|}\n|}\njälkeen"
        ),
        "<table class=\"wikitable\">\n<caption>Otsikko</caption>\n<tr>\n<th>A</th>\n<th>B</th>\n</tr>\n<tr>\n\
         <td colspan=\"2\"><b>x</b> | y</td>\n</tr>\n<tr>\n<td>1\n<ul><li>kohta</li></ul></td>\n<td>\n<table>\n<tr>\n\
         <td>sisä</td>\n</tr>\n</table></td>\n</tr>\n</table>\n<p>jälkeen</p>"
    );
}

#[test]
fn what_is_no_wikitext_inside_is_shown_as_it_is() {
    assert_eq!(
        html(
            "<nowiki>'''a''' [[b]] &amp; <i></nowiki> <tuntematon> 1 < 2 & 3 &auml; <br/> <span onclick=x title=\"t\">s</span>"
        ),
        "<p>'''a''' [[b]] &amp; &lt;i&gt; &lt;tuntematon&gt; 1 &lt; 2 &amp; 3 &auml; <br> <span title=\"t\">s</span></p>"
    );
    assert_eq!(html("<pre>\n* a\n  b\n</pre>"), "<pre>* a\n  b</pre>");
    assert_eq!(html("a <!-- ei -->b__EISISLUETT__\n<!-- rivi -->\nc"), "<p>a b\nc</p>");
    assert_eq!(html("a <!-- auki"), "<p>a &lt;!-- auki</p>");
}

#[test]
fn notes_are_numbered_and_listed() {
    assert_eq!(
        html(
            "Yksi<ref>Lähde ''a''</ref> kaksi<ref name=x>Toinen [[b]]</ref> taas<ref name=\"x\" />.\n\n<references/>\nloppu<ref>Myöhä</ref>"
        ),
        "<p>Yksi<sup><a href=\"#note-1\">[1]</a></sup> kaksi<sup><a href=\"#note-2\">[2]</a></sup> \
         taas<sup><a href=\"#note-2\">[2]</a></sup>.</p>\n<ol start=\"1\">\n<li id=\"note-1\">Lähde <i>a</i></li>\n\
         <li id=\"note-2\">Toinen <a href=\"https://wiki.example/wiki/B\">b</a></li>\n</ol>\n\n\
         <p>loppu<sup><a href=\"#note-3\">[3]</a></sup></p>\n<ol start=\"3\">\n<li id=\"note-3\">Myöhä</li>\n</ol>"
    );
}

#[test]
fn hostile_text_comes_to_an_end() {
    for piece in [
        "{{",
        "}}",
        "[[",
        "]]",
        "{|",
        "<ref>",
        "<!--",
        "'",
        "=",
        "<",
        "[[a|",
        "[http://a ",
        "[// ",
        "<a",
        "<ref name=a/>",
        "[[Category:a]]",
        "{{{",
        "[[File:a|",
        "*",
        "\n{|\n|",
        "<gallery>\n",
    ] {
        let text = piece.repeat(60_000);
        let found = converted(&text);
        assert!(found.html.len() < 40 * text.len(), "{piece}: {} of {}", found.html.len(), text.len());
    }
    let nested = format!("{}a{}", "[[File:a.png|thumb|".repeat(10_000), "]]".repeat(10_000));
    assert!(converted(&nested).html.len() < 20 * nested.len());
    let nested = format!("{}a{}", "<poem>".repeat(10_000), "</poem>".repeat(10_000));
    assert!(converted(&nested).html.len() < 20 * nested.len());
}

/// Words of letters alone, so that nothing can part them.
fn word(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
    format!("q{}{}x", letter(number / 26), letter(number))
}

/// Wikitext with words that are told apart: each stands as a blank sheet and is numbered afterwards.
fn wikitextish() -> impl Strategy<Value = (String, usize)> {
    let piece = prop_oneof![
        Just("\u{3}"),
        prop::sample::select(vec![
            " ",
            "\n",
            "''",
            "'''",
            "* ",
            "# ",
            ": ",
            "; ",
            "\n* ",
            "\n== ",
            " ==\n",
            "{| class=\"x\"\n",
            "\n|-\n",
            "\n| ",
            " || ",
            "\n|}\n",
            "\n! ",
            "[[",
            "]]",
            "|",
            "{{",
            "}}",
            "<ref>",
            "</ref>",
            "<nowiki>",
            "</nowiki>",
            "<b>",
            "</b>",
            "<div>",
            "</div>",
            "<poem>",
            "</poem>",
            "[https://a.fi ",
            "]",
            "<references/>",
            "&amp;",
            "<",
            ">",
            "\u{1}0\u{2}",
            "[[File:a.png|thumb|",
        ]),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| {
        let mut words = 0;
        let text = pieces.into_iter().map(|piece| {
            words += usize::from(piece == "\u{3}");
            if piece == "\u{3}" { word(words) } else { piece.to_owned() }
        });
        (text.collect(), words)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost_and_no_mark_is_left((text, words) in wikitextish()) {
        let html = converted(&text).html;
        prop_assert!(!html.contains(['\u{1}', '\u{2}']), "{}", html);
        // What a link leads to stands in its address, with a capital letter; the last caption of a picture counts.
        let kept = html.to_lowercase();
        if !text.contains("[[File:") {
            for word in 1..=words {
                prop_assert!(kept.contains(&self::word(word)), "{}: {}", word, html);
            }
        }
    }
}
