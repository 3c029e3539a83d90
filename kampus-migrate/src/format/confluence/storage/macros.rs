//! Macros.

use super::super::super::html::{escaped, put, quoted};
use super::super::super::tree::Element;
use super::{Writer, links};

impl Writer<'_> {
    /// A call of a macro.
    pub(super) fn call(&mut self, call: &Element) {
        let name = call.attribute("ac:name").unwrap_or("macro").to_lowercase();
        let rich = call.child("ac:rich-text-body");
        let plain = call.child("ac:plain-text-body").map(Element::text);
        match name.as_str() {
            "info" | "note" | "warning" | "tip" | "panel" | "success" | "error" => {
                self.out.push_str("<blockquote>");
                self.title(call);
                self.body(rich, plain.as_deref());
                self.out.push_str("</blockquote>");
            }
            "code" | "noformat" => {
                self.title(call);
                let text = plain.unwrap_or_else(|| rich.map(Element::text).unwrap_or_default());
                put!(self.out, "<pre>{}</pre>", escaped(text.trim_matches('\n')));
            }
            "expand" | "ui-expand" => {
                let title = parameter(call, "title").unwrap_or_else(|| "…".to_owned());
                put!(self.out, "<details><summary>{}</summary>", escaped(&title));
                self.body(rich, plain.as_deref());
                self.out.push_str("</details>");
            }
            "status" => {
                let title = parameter(call, "title").or_else(|| parameter(call, "colour"));
                put!(self.out, "<strong>{}</strong>", escaped(&title.unwrap_or_default()));
            }
            "anchor" => {
                let id = parameter(call, "").or_else(|| parameter(call, "anchor")).unwrap_or_default();
                put!(self.out, "<a id=\"{}\"></a>", quoted(&links::anchor(&id)));
            }
            "toc" if rich.is_none() && plain.is_none() => {}
            "excerpt" | "section" | "column" | "toc-zone" | "div" | "span" | "center" | "align"
            | "indent"
                if rich.is_some() =>
            {
                self.body(rich, None);
            }
            "html" if rich.is_none() => self.out.push_str(&plain.unwrap_or_default()),
            "view-file" | "viewpdf" | "viewdoc" | "viewxls" | "viewppt" if self.file(call) => {}
            _ => self.unknown(&name, call),
        }
    }

    /// The title of a panel or of code.
    fn title(&mut self, call: &Element) {
        if let Some(title) = parameter(call, "title") {
            put!(self.out, "<p><strong>{}</strong></p>", escaped(&title));
        }
    }

    fn body(&mut self, rich: Option<&Element>, plain: Option<&str>) {
        if let Some(rich) = rich {
            self.nodes(&rich.nodes);
        }
        if let Some(plain) = plain.filter(|plain| !plain.trim().is_empty()) {
            put!(self.out, "<pre>{}</pre>", escaped(plain.trim_matches('\n')));
        }
    }

    /// A file that is shown in the page: a link to it. Tells whether the call names one.
    fn file(&mut self, call: &Element) -> bool {
        let Some(named) = call.all("ac:parameter").find(|own| own.attribute("ac:name") == Some("name"))
        else {
            return false;
        };
        let name = named.text();
        if named.has_elements() {
            self.nodes(&named.nodes);
        } else if name.trim().is_empty() {
            return false;
        } else {
            let href = self.here.index.download(self.here.page, &name);
            put!(self.out, "<a href=\"{}\">{}</a>", quoted(&href), escaped(name.trim()));
        }
        true
    }

    /// A macro that only Confluence can carry out: the text that calls it, then its text.
    fn unknown(&mut self, name: &str, call: &Element) {
        *self.macros.entry(name.chars().take(60).collect()).or_default() += 1;
        let mut told = Vec::new();
        for own in call.all("ac:parameter").chain(call.all("ac:default-parameter")) {
            let value = self.apart(&own.nodes);
            let value = value.trim();
            match own.attribute("ac:name") {
                _ if value.is_empty() => {}
                Some(key) => told.push(format!("{}={value}", escaped(key))),
                None => told.push(value.to_owned()),
            }
        }
        let colon = if told.is_empty() { "" } else { ": " };
        put!(self.out, "<code>{{{}{colon}{}}}</code>", escaped(name), told.join(", "));
        let plain = call.child("ac:plain-text-body").map(Element::text);
        self.body(call.child("ac:rich-text-body"), plain.as_deref());
    }
}

/// The text of a parameter; none when it is empty.
fn parameter(call: &Element, name: &str) -> Option<String> {
    let found = call.all("ac:parameter").find(|own| own.attribute("ac:name").unwrap_or_default() == name)?;
    let text = found.text();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
