//! Pieces of a body that are more than a paragraph.

use std::fmt::Write as _;

use super::super::prose;
use super::{Style, Writer};

impl Writer<'_> {
    pub(super) fn heading(&mut self, out: &mut String) {
        let level = self.dice.weighed(&[(2, 6), (3, 4), (4, 1)]).unwrap_or(2);
        let text = self.dice.one_of(&self.tongue.words().headings);
        match self.style {
            Style::Blocks => {
                let attributes = if level == 2 { String::new() } else { format!("{{\"level\":{level}}} ") };
                let _ = write!(
                    out,
                    "<!-- wp:heading {attributes}-->\n<h{level}>{text}</h{level}>\n<!-- /wp:heading -->\n\n"
                );
            }
            Style::Word | Style::Broken => {
                let _ = writeln!(out, "<p><b><font size=4>{text}</font></b></p>");
            }
            Style::Classic | Style::Html => {
                let _ = writeln!(out, "<h{level}>{text}</h{level}>");
            }
        }
    }

    pub(super) fn list(&mut self, out: &mut String) {
        let tag = if self.dice.per_mille(300) { "ol" } else { "ul" };
        let mut items = String::new();
        for _ in 0..self.dice.between(3, 7) {
            items.push_str("\n\t<li>");
            if self.dice.per_mille(200) {
                self.link(&mut items);
            } else {
                prose::sentence(&mut self.dice, self.tongue, &mut items);
            }
            if self.style != Style::Broken {
                items.push_str("</li>");
            }
        }
        items.push('\n');
        self.block("list", tag, &items, out);
    }

    /// A table of three columns. Only the block editor knows that rows are in a `tbody`.
    pub(super) fn table(&mut self, out: &mut String) {
        let blocks = self.style == Style::Blocks;
        let words = self.tongue.words();
        let mut table =
            String::from(if blocks { "<table><tbody>" } else { "<table border=\"1\" cellpadding=\"4\">\n" });
        for row in 0..self.dice.between(3, 8) {
            let cell = if row == 0 { "th" } else { "td" };
            // Old tables are coloured row by row, and nobody closed what may stay open.
            let open = self.style == Style::Broken;
            table.push_str(if open { "<tr bgcolor=#dddddd>" } else { "<tr>" });
            for text in [&words.objects, &words.actors, &words.manners].map(|all| self.dice.one_of(all)) {
                let _ = write!(table, "<{cell}>{text}");
                if !open {
                    let _ = write!(table, "</{cell}>");
                }
            }
            table.push_str(if open { "\n" } else { "</tr>" });
        }
        table.push_str(if blocks { "</tbody></table>" } else { "</table>" });
        if blocks {
            let _ = write!(
                out,
                "<!-- wp:table -->\n<figure class=\"wp-block-table\">{table}</figure>\n<!-- /wp:table -->\n\n"
            );
        } else {
            self.raw("table", &table, out);
        }
    }

    pub(super) fn picture(&mut self, out: &mut String) {
        let (number, base) = (self.dice.below(4_000), self.site.base());
        let source = format!("{base}/wp-content/uploads/kuva-{number}.jpg");
        let text = prose::sentences(&mut self.dice, self.tongue, 1);
        match self.style {
            Style::Blocks => {
                let _ = write!(
                    out,
                    "<!-- wp:image {{\"id\":{number}}} -->\n<figure class=\"wp-block-image\"><img src=\"{source}\" \
                     alt=\"\" class=\"wp-image-{number}\"/><figcaption>{text}</figcaption></figure>\n<!-- /wp:image \
                     -->\n\n"
                );
            }
            Style::Classic => {
                let _ = write!(
                    out,
                    "[caption id=\"attachment_{number}\" align=\"alignright\" width=\"300\"]<img src=\"{source}\" \
                     alt=\"\" width=\"300\" height=\"200\" /> {text}[/caption]\n\n"
                );
            }
            _ => self.raw("html", &format!("<img src=\"{source}\" alt=\"{text}\" border=0 hspace=8>"), out),
        }
    }

    /// What plug-ins had written; other systems have none.
    pub(super) fn shortcode(&mut self, out: &mut String) {
        if !matches!(self.style, Style::Blocks | Style::Classic) {
            return self.paragraph(out);
        }
        let number = self.dice.below(4_000);
        let code = match self.dice.below(4) {
            0 => format!("[gallery columns=\"2\" ids=\"{number},{}\"]", number + 1),
            1 => format!("[contact-form-7 id=\"{number}\" title=\"Palaute\"]"),
            2 => format!("[embed]https://video.example/{number}[/embed]"),
            _ => "[yhteystiedot yksikko=\"hallinto\"]".to_owned(),
        };
        self.raw("shortcode", &code, out);
    }
}
