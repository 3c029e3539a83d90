//! A record as a small tree, bounded in what it takes.

use super::xml::{Broken, Token, Tokens};

/// What an element takes beside its texts, so that a record of nothing but tags is bounded too.
const ELEMENT: usize = 128;

/// An element with all that is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Element {
    /// As written, prefix and all.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) nodes: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Reads the element that has just begun to its end; larger ones than the limit are none.
    pub(super) fn read(
        tokens: &mut Tokens,
        name: String,
        attributes: Vec<(String, String)>,
        limit: usize,
    ) -> Result<Self, Broken> {
        let mut taken = 0_usize;
        let mut open = vec![Self { name, attributes, nodes: Vec::new() }];
        loop {
            match tokens.next()? {
                Token::Start(name, attributes) => {
                    taken += ELEMENT + name.len();
                    taken += attributes
                        .iter()
                        .map(|(key, value)| ELEMENT + key.len() + value.len())
                        .sum::<usize>();
                    open.push(Self { name, attributes, nodes: Vec::new() });
                }
                Token::Text(text) => {
                    taken += text.len();
                    if let Some(top) = open.last_mut() {
                        top.push(text);
                    }
                }
                Token::End(_) => {
                    let Some(done) = open.pop() else { return Err(tokens.truncated()) };
                    match open.last_mut() {
                        Some(above) => above.nodes.push(Node::Element(done)),
                        None => return Ok(done),
                    }
                }
                Token::Eof => return Err(tokens.truncated()),
            }
            if taken > limit {
                return Err(tokens.too_large());
            }
        }
    }

    fn push(&mut self, text: String) {
        match self.nodes.last_mut() {
            Some(Node::Text(before)) => before.push_str(&text),
            _ => self.nodes.push(Node::Text(text)),
        }
    }

    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        let own: usize = self.attributes.iter().map(|(key, value)| ELEMENT + key.len() + value.len()).sum();
        let inside = self.nodes.iter().map(|node| match node {
            Node::Element(element) => element.weight(),
            Node::Text(text) => text.len(),
        });
        ELEMENT + own + inside.sum::<usize>()
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it that are called so.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element in it that is called so.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The value of an attribute, without blanks around it; none when it is empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        super::xml::attribute(&self.attributes, name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text
    }

    fn gather(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.gather(out),
            }
        }
    }

    /// The text of the first element in it that is called so, without blanks around it; none when it is empty.
    pub(super) fn text_of(&self, name: &str) -> Option<String> {
        let text = self.child(name)?.text();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Whether there are elements in it.
    pub(super) fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    /// What is in it as markup, names without their prefixes.
    pub(super) fn markup(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(&quick_xml::escape::partial_escape(text)),
                Node::Element(element) => {
                    let name = local(&element.name);
                    out.push('<');
                    out.push_str(name);
                    for (key, value) in element.attributes.iter().filter(|(key, _)| !key.starts_with("xmlns"))
                    {
                        out.push(' ');
                        out.push_str(local(key));
                        out.push_str("=\"");
                        out.push_str(&quick_xml::escape::escape(value));
                        out.push('"');
                    }
                    out.push('>');
                    element.write(out);
                    // Readers of HTML take an end of these for another beginning.
                    if !matches!(name, "br" | "hr" | "img" | "col" | "wbr" | "area" | "input") {
                        out.push_str("</");
                        out.push_str(name);
                        out.push('>');
                    }
                }
            }
        }
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::*;

    fn element(xml: &str, limit: usize) -> Result<Element, Broken> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), xml).unwrap();
        let mut tokens = Tokens::open(file.path(), Limits::default()).unwrap();
        let Ok(Token::Start(name, attributes)) = tokens.next() else { panic!("no element") };
        Element::read(&mut tokens, name, attributes, limit)
    }

    #[test]
    fn markup_is_written_as_readers_of_html_expect_it() {
        let found =
            element("<d>a &amp; <x:b y:c=\"&quot;1\">e</x:b><br/><![CDATA[<i>]]></d>", 10_000).unwrap();
        assert_eq!(found.markup(), "a &amp; <b c=\"&quot;1\">e</b><br>&lt;i&gt;");
        assert_eq!(found.text(), "a & e<i>");
    }

    #[test]
    fn tags_alone_are_bounded_too() {
        let many = format!("<d>{}</d>", "<a/>".repeat(1_000));
        assert!(element(&many, 10_000).unwrap_err().reason.contains("larger than"));
        assert!(element(&many, 1_000_000).is_ok());
    }
}
