//! Bodies in the markups that old intranets hold.
//!
//! The mix is that of WordPress' own theme unit test data and of the sample of the Ministry of the Environment, which was
//! written after such intranets. Bodies are longer than theirs (3.7 kB in the mean; 2.4 and 1.2 there), so more of them
//! have a bit of everything. Of a hundred pages and posts there have:
//!
//! | | theme unit test | sample | generated |
//! |---|---|---|---|
//! | block editor | 17 | 3 | 30 |
//! | links | 39 | 64 | 73 |
//! | headings | 17 | 37 | 47 |
//! | lists | 19 | 32 | 43 |
//! | tables; without `tbody` | 7; 0 | 23; 19 | 28; 21 |
//! | pictures | 15 | 6 | 18 |
//! | shortcodes | 12 | 6 | 18 |
//! | preformatted text | 11 | 7 | 12 |
//! | fonts, styles, Word's remnants | 14 | 10 | 9 |
//! | references to entities | 24 | 13 | 30 |
//! | scripts; frames | 0; 0 | 2; 2 | 4; 4 |
//!
//! A kilobyte holds 23, 18 and 17 tags: what sanitisers spend their time on.

mod pieces;

use std::fmt::Write as _;

use super::dice::{Dice, Purpose};
use super::links;
use super::page::{Fate, Page};
use super::prose::{self, Tongue};
use super::site::Site;

/// What wrote a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// WordPress' block editor: comments around each block, classes.
    Blocks,
    /// WordPress' classic editor: blank lines are paragraphs.
    Classic,
    /// An editor that writes plain HTML.
    Html,
    /// Pasted from Word.
    Word,
    /// By hand, long ago.
    Broken,
}

/// Styles of WordPress, in hundredths.
pub(super) const WORDPRESS: [(Style, u32); 4] =
    [(Style::Blocks, 30), (Style::Classic, 60), (Style::Word, 6), (Style::Broken, 4)];

/// Styles of other systems.
pub(super) const HTML: [(Style, u32); 3] = [(Style::Html, 86), (Style::Word, 9), (Style::Broken, 5)];

#[derive(Debug, Clone, Copy)]
enum Piece {
    Paragraph,
    Heading,
    List,
    Table,
    Picture,
    Quote,
    Shortcode,
    Preformatted,
    Frame,
    Script,
    Rule,
}

const PIECES: [(Piece, u32); 11] = [
    (Piece::Paragraph, 780),
    (Piece::Heading, 75),
    (Piece::List, 46),
    (Piece::Table, 24),
    (Piece::Picture, 12),
    (Piece::Quote, 14),
    (Piece::Shortcode, 10),
    (Piece::Preformatted, 9),
    (Piece::Frame, 3),
    (Piece::Script, 4),
    (Piece::Rule, 16),
];

/// The body of a page in one of these styles, with a link to its attachment. A longer one than `most` bytes is not
/// begun.
pub(super) fn body(
    (site, neighbours): (&Site, &[Site]),
    page: &Page,
    styles: &[(Style, u32)],
    most: usize,
    attachment: Option<&str>,
) -> String {
    let purpose = if page.fate == Fate::Changed { Purpose::NewText } else { Purpose::Text };
    let mut dice = site.dice(purpose, page.number);
    let style = dice.weighed(styles).unwrap_or(Style::Html);
    // One in a thousand is a whole handbook.
    let length = if dice.per_mille(1) { 4 } else { 1 };
    let bytes = (dice.size() * length).min(most);
    Writer { site, neighbours, tongue: page.tongue, style, dice }.body(bytes, page.mark, attachment)
}

/// What a body is written about, and with.
struct Writer<'a> {
    site: &'a Site,
    neighbours: &'a [Site],
    tongue: Tongue,
    style: Style,
    dice: Dice,
}

impl Writer<'_> {
    fn body(&mut self, bytes: usize, mark: Option<&str>, attachment: Option<&str>) -> String {
        let mut out = String::with_capacity(bytes + 600);
        if let Some(mark) = mark {
            self.block("paragraph", "p", &format!("<strong>{mark}</strong>"), &mut out);
        }
        loop {
            self.piece(&mut out);
            if out.len() + 300 >= bytes {
                break;
            }
        }
        if let Some(address) = attachment {
            self.block("paragraph", "p", &format!("<a href=\"{address}\">{address}</a>"), &mut out);
        }
        out.truncate(out.trim_end().len());
        out
    }

    fn piece(&mut self, out: &mut String) {
        match self.dice.weighed(&PIECES) {
            Some(Piece::Heading) => self.heading(out),
            Some(Piece::List) => self.list(out),
            Some(Piece::Table) => self.table(out),
            Some(Piece::Picture) => self.picture(out),
            Some(Piece::Quote) => {
                let text = prose::sentences(&mut self.dice, self.tongue, 2);
                self.block("quote", "blockquote", &format!("<p>{text}</p>"), out);
            }
            Some(Piece::Shortcode) => self.shortcode(out),
            Some(Piece::Preformatted) => self.block("preformatted", "pre", FORMULA, out),
            Some(Piece::Frame) => {
                let number = self.dice.below(90_000);
                let frame =
                    format!("<iframe src=\"https://video.example/upota/{number}\" width=\"560\"></iframe>");
                self.raw("html", &frame, out);
            }
            Some(Piece::Script) => {
                let script = self.dice.one_of(&SCRIPTS);
                self.raw("html", script, out);
            }
            Some(Piece::Rule) => self.raw("separator", "<hr />", out),
            Some(Piece::Paragraph) | None => self.paragraph(out),
        }
    }

    fn paragraph(&mut self, out: &mut String) {
        let count = self.dice.between(1, 4);
        let text = self.text(count);
        match self.style {
            Style::Blocks if self.dice.per_mille(60) => {
                let _ = write!(
                    out,
                    "<!-- wp:paragraph {{\"align\":\"center\",\"fontSize\":\"small\"}} -->\n<p \
                     class=\"has-text-align-center has-small-font-size\">{text}</p>\n<!-- /wp:paragraph -->\n\n"
                );
            }
            Style::Blocks | Style::Html => self.block("paragraph", "p", &text, out),
            Style::Classic => {
                out.push_str(&text);
                out.push_str("\n\n");
            }
            Style::Word => {
                let _ = writeln!(
                    out,
                    "<p class=\"MsoNormal\" style=\"margin:0cm 0cm 8pt\"><span lang=\"FI\" \
                     style=\"font-family:&quot;Verdana&quot;,sans-serif;mso-fareast-language:FI\">{text}<o:p></o:p>\
                     </span></p>"
                );
            }
            Style::Broken => {
                let form: (&str, &str) = self.dice.one_of(&UNTIDY);
                let _ = writeln!(out, "{}{text}{}", form.0, form.1);
            }
        }
    }

    /// Sentences with what people put into them.
    fn text(&mut self, count: u32) -> String {
        let mut out = String::new();
        for at in 0..count {
            if at > 0 {
                // Editors turn two blanks into one that does not break.
                out.push_str(if self.dice.per_mille(12) { "&nbsp; " } else { " " });
            }
            match self.dice.below(100) {
                0..10 => {
                    let tag = if self.dice.per_mille(600) { "strong" } else { "em" };
                    let _ = write!(out, "<{tag}>");
                    prose::sentence(&mut self.dice, self.tongue, &mut out);
                    let _ = write!(out, "</{tag}>");
                }
                10..16 => self.link(&mut out),
                // Who writes by hand breaks lines by hand.
                16..19 => out.push_str("<br />"),
                _ => prose::sentence(&mut self.dice, self.tongue, &mut out),
            }
        }
        out
    }

    /// `Katso lomake.`, with the link on the last words.
    fn link(&mut self, out: &mut String) {
        let address = links::address(self.site, self.neighbours, &mut self.dice);
        let (see, end) = match self.tongue {
            Tongue::Finnish => ("Katso", "."),
            Tongue::Swedish => ("Se", "."),
            Tongue::English => ("See", " &gt;&gt;"),
        };
        let words = self.dice.one_of(&self.tongue.words().links);
        let target = if self.dice.per_mille(150) { " target=\"_blank\" rel=\"noopener\"" } else { "" };
        let _ = write!(out, "{see} <a href=\"{address}\"{target}>{words}</a>{end}");
    }

    /// An element on its own.
    fn block(&self, name: &str, tag: &str, inner: &str, out: &mut String) {
        let class = match (self.style, name) {
            (Style::Blocks, "quote") => " class=\"wp-block-quote\"",
            (Style::Blocks, "preformatted") => " class=\"wp-block-preformatted\"",
            _ => "",
        };
        self.raw(name, &format!("<{tag}{class}>{inner}</{tag}>"), out);
    }

    fn raw(&self, name: &str, html: &str, out: &mut String) {
        let _ = match self.style {
            Style::Blocks => write!(out, "<!-- wp:{name} -->\n{html}\n<!-- /wp:{name} -->\n\n"),
            _ => writeln!(out, "{html}"),
        };
    }
}

/// A spreadsheet's formula, which holds the end mark of CDATA.
const FORMULA: &str = "=JOS([@[Matkapäivät]]>0;\n     [@Kulut] * [@[Osuus %]] / 100;\n     0)\n\n   YM     60   312,40\n   LIFE   40   208,27";

const SCRIPTS: [&str; 3] = [
    "<script type=\"text/javascript\">var _laskuri = _laskuri || []; _laskuri.push(['sivu', 1]);</script>",
    "<style>.nosto { background: #eee; border-left: 4px solid #003366 }</style>",
    "<img src=\"https://tilasto.laskuri.example/kuva.gif\" width=\"1\" height=\"1\" alt=\"\">",
];

/// What stands around a paragraph that was written by hand, not always closed.
const UNTIDY: [(&str, &str); 5] = [
    ("<p>", ""),
    ("<font color=#003366 face=Verdana>", "</font><br><br>"),
    ("<p align=justify><b>", "</p>"),
    ("<div><span style=\"font-size:11px\">", "</div>"),
    ("<center><blink>", "</center>"),
];
