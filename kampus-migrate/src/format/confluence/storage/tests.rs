//! The storage format, part by part.

use super::super::index::Index;
use super::{Converted, Here, convert};

fn converted(text: &str) -> Converted {
    let index = Index::default();
    convert(text, &Here { index: &index, page: 7, space: None })
}

fn html(text: &str) -> String {
    converted(text).html
}

#[test]
fn macros_become_what_they_show() {
    for (storage, shown) in [
        (
            "<ac:structured-macro ac:name=\"info\"><ac:parameter ac:name=\"title\">Muista</ac:parameter>\
             <ac:rich-text-body><p>Teksti &auml;&nbsp;&lt;</p></ac:rich-text-body></ac:structured-macro>",
            "<blockquote><p><strong>Muista</strong></p><p>Teksti ä\u{a0}&lt;</p></blockquote>",
        ),
        (
            "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[a < b && c[d[1]] > &auml;]] >\
             </ac:plain-text-body></ac:structured-macro>",
            "<pre>a &lt; b &amp;&amp; c[d[1]] &gt; &amp;auml;</pre>",
        ),
        (
            "<ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">VALMIS</ac:parameter>\
             </ac:structured-macro>",
            "<strong>VALMIS</strong>",
        ),
        (
            "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">Lisää</ac:parameter>\
             <ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>",
            "<details><summary>Lisää</summary><p>x</p></details>",
        ),
        (
            "<ac:structured-macro ac:name=\"toc\"><ac:parameter ac:name=\"maxLevel\">2</ac:parameter></ac:structured-macro>",
            "",
        ),
        (
            "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status>\
             <ac:task-body>a</ac:task-body></ac:task></ac:task-list>",
            "<ul><li>☑ a</li></ul>",
        ),
        (
            "<h2>Liite 1</h2><p><ac:link ac:anchor=\"Liite 1\"><ac:plain-text-link-body><![CDATA[alla]]>\
             </ac:plain-text-link-body></ac:link></p>",
            "<h2 id=\"Liite1\">Liite 1</h2><p><a href=\"#Liite1\">alla</a></p>",
        ),
        (
            "<p>a<br/><ac:emoticon ac:name=\"tick\"/><ac:placeholder>kirjoita</ac:placeholder></p>",
            "<p>a<br>✔</p>",
        ),
        ("<p><time datetime=\"2024-02-01\" /></p>", "<p><time datetime=\"2024-02-01\">2024-02-01</time></p>"),
    ] {
        assert_eq!(html(storage), shown, "{storage}");
    }
}

#[test]
fn unknown_macros_are_told_and_lose_no_word() {
    let found = converted(
        "<ac:structured-macro ac:name=\"Ruutu\"><ac:parameter ac:name=\"koko\">suuri</ac:parameter>\
         <ac:rich-text-body><p>sana</p></ac:rich-text-body></ac:structured-macro>",
    );
    assert_eq!(found.html, "<code>{ruutu: koko=suuri}</code><p>sana</p>");
    assert!(found.notices[0].ends_with("1 × ruutu"), "{:?}", found.notices);
}

#[test]
fn pictures_and_files_lead_to_their_page() {
    assert_eq!(
        html("<ac:image ac:width=\"40\"><ri:attachment ri:filename=\"A b.png\"/></ac:image>"),
        "<img src=\"/download/attachments/7/A%20b.png\" alt=\"A b.png\" width=\"40\">"
    );
    assert_eq!(
        html("<ac:link><ri:attachment ri:filename=\"a.pdf\"/></ac:link>"),
        "<a href=\"/download/attachments/7/a.pdf\">a.pdf</a>"
    );
}

#[test]
fn what_is_not_well_formed_keeps_its_words() {
    for broken in ["<p>yksi <b>kaksi</p> <![CDATA[<kolme>]] >", "</p> yksi", "<p>yksi"] {
        let found = converted(broken);
        assert!(found.html.contains("yksi"), "{}", found.html);
        assert!(found.notices[0].contains("not well-formed"), "{:?}", found.notices);
    }
    assert!(html("<p>yksi <b>kaksi</p> <![CDATA[<kolme>]] >").contains("&lt;kolme&gt;"));
    let deep = "<b>".repeat(1_000);
    assert!(converted(&deep).notices[0].contains("not well-formed"));
}
