//! What several tests need: the corpus, stores as they are, exports of any size.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kampus_core::{Kampus, State};
use kampus_migrate::plan::{CheckedPlan, Plan};

/// A folder of the exports that others published; `None`, said plainly, where they are not at hand.
pub(crate) fn corpus(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("KAMPUS_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"), PathBuf::from);
    let found = root.join(folder);
    if found.is_dir() {
        return Some(found.canonicalize().unwrap());
    }
    println!("skipped: there is no corpus at {} (KAMPUS_CORPUS can name one)", found.display());
    None
}

/// The files of a folder and those below it, by name.
pub(crate) fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_in(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// What a store shows.
pub(crate) fn state(store: &Path) -> State {
    Kampus::open(store).unwrap().snapshot().untrimmed().state().clone()
}

/// A page with a line for each of its parts and without its style sheet, so that a change can be read.
pub(crate) fn in_lines(page: &str) -> String {
    let (before, style) = page.split_once("<style>").unwrap();
    let (_, after) = style.split_once("</style>").unwrap();
    let mut lines = format!("{before}{after}");
    for tag in
        ["body", "header", "h1", "h2", "h3", "p", "nav", "main", "section", "div", "dl", "li", "tr", "tbody"]
    {
        for begin in [format!("<{tag}>"), format!("<{tag} ")] {
            lines = lines.replace(&begin, &format!("\n{begin}"));
        }
    }
    lines
}

/// What people read of a page: its text, a line for each part, cells apart.
pub(crate) fn as_text(page: &str) -> String {
    let mut text = String::new();
    for line in
        in_lines(page).split_once("<body>").unwrap().1.replace("</th>", " | ").replace("</td>", " | ").lines()
    {
        let line = kampus_migrate::clean::text_of(line);
        let line = line.trim_end_matches([' ', '|']);
        if !line.is_empty() {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// The plan of the samples, checked.
pub(crate) fn sample_plan() -> CheckedPlan {
    plan(&samples().join("ministries.toml"))
}

/// A plan, checked against the organisations of the preset.
pub(crate) fn plan(path: &Path) -> CheckedPlan {
    let known = kampus_core::presets::finland().into_iter().map(|node| node.code).collect();
    Plan::read(path).unwrap().check(&known).unwrap()
}

/// A folder of the samples.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// A WordPress export of that many pages: each under one of the first ten, with links to others, every third with a
/// comment. The same number gives the same bytes.
pub(crate) fn wxr(pages: usize) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel><wp:wxr_version>1.2</wp:wxr_version>\
         <wp:base_blog_url>https://intra.example</wp:base_blog_url>\
         <wp:author><wp:author_login>maija</wp:author_login><wp:author_email>maija@ym.example</wp:author_email>\
         <wp:author_display_name>Maija Meikäläinen</wp:author_display_name></wp:author>\n",
    );
    for id in 1..=pages {
        let parent = if id > 10 { id % 10 + 1 } else { 0 };
        let (day, other) = (id % 28 + 1, id * 7 % pages + 1);
        write!(
            xml,
            "<item><title>Ohje {id}</title><link>https://intra.example/ohje-{id}/</link>\
             <dc:creator>maija</dc:creator><content:encoded><![CDATA[<p>Tämä on ohje numero {id}. Lue myös \
             <a href=\"/ohje-{other}/\">ohje {other}</a>.</p>{}]]></content:encoded><wp:post_id>{id}</wp:post_id>\
             <wp:post_date>2017-03-{day:02} 10:00:00</wp:post_date>\
             <wp:post_date_gmt>2017-03-{day:02} 08:00:00</wp:post_date_gmt><wp:post_type>page</wp:post_type>\
             <wp:status>publish</wp:status><wp:post_parent>{parent}</wp:post_parent>",
            "<p>Ohjetta sovelletaan kaikissa yksiköissä, ellei toisin sovita.</p>".repeat(id % 5),
        )
        .unwrap();
        if id.is_multiple_of(3) {
            write!(
                xml,
                "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>Antti {}</wp:comment_author>\
                 <wp:comment_author_email>antti{}@ym.example</wp:comment_author_email>\
                 <wp:comment_date_gmt>2017-04-{day:02} 09:00:00</wp:comment_date_gmt>\
                 <wp:comment_content>Kiitos ohjeesta {id}</wp:comment_content>\
                 <wp:comment_approved>1</wp:comment_approved></wp:comment>",
                id % 40,
                id % 40,
            )
            .unwrap();
        }
        xml.push_str("</item>\n");
    }
    xml.push_str("</channel></rss>\n");
    xml
}
