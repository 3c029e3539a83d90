//! Links, pictures, and what they lead to.

use super::super::super::html::{escaped, put, quoted};
use super::super::super::tree::Element;
use super::Writer;

/// What something leads to: its address, and what it is called.
struct Target {
    href: Option<String>,
    label: String,
}

/// The name of a place in a page.
pub(super) fn anchor(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).take(200).collect()
}

/// Whether a key stands for the space in which it is written.
fn is_here(key: &str) -> bool {
    key == "@self" || key.contains("currentSpace")
}

impl Writer<'_> {
    pub(super) fn link(&mut self, link: &Element) {
        let target =
            link.elements().find(|child| child.name.starts_with("ri:")).map(|child| self.target(child));
        let place = link.attribute("ac:anchor").map(anchor);
        let label = match (link.child("ac:link-body"), link.child("ac:plain-text-link-body")) {
            (Some(body), _) => self.apart(&body.nodes),
            (None, Some(plain)) => escaped(&plain.text()),
            (None, None) => String::new(),
        };
        let (href, own) = match (target, place) {
            (Some(target), place) => {
                let place = place.map(|place| format!("#{place}")).unwrap_or_default();
                (target.href.map(|href| href + &place), target.label)
            }
            (None, Some(place)) => {
                (Some(format!("#{place}")), link.attribute("ac:anchor").unwrap_or_default().to_owned())
            }
            (None, None) => (None, String::new()),
        };
        let label = if label.trim().is_empty() { escaped(&own) } else { label };
        match href {
            Some(href) => put!(self.out, "<a href=\"{}\">{label}</a>", quoted(&href)),
            None => self.out.push_str(&label),
        }
    }

    /// A reference that stands by itself.
    pub(super) fn reference(&mut self, element: &Element) {
        let target = self.target(element);
        match target.href {
            Some(href) => put!(self.out, "<a href=\"{}\">{}</a>", quoted(&href), escaped(&target.label)),
            None => self.out.push_str(&escaped(&target.label)),
        }
    }

    pub(super) fn image(&mut self, image: &Element) {
        let target =
            image.elements().find(|child| child.name.starts_with("ri:")).map(|child| self.target(child));
        let Some(Target { href: Some(src), label }) = target else {
            self.nodes(&image.nodes);
            return;
        };
        let alt = image.attribute("ac:alt").or_else(|| image.attribute("ac:title")).unwrap_or(&label);
        let mut tag = format!("<img src=\"{}\" alt=\"{}\"", quoted(&src), quoted(alt));
        for (key, own) in [("width", "ac:width"), ("height", "ac:height")] {
            let size = image.attribute(own).filter(|size| size.bytes().all(|byte| byte.is_ascii_digit()));
            if let Some(size) = size {
                put!(tag, " {key}=\"{size}\"");
            }
        }
        tag.push('>');
        match image.child("ac:caption") {
            Some(caption) => {
                let caption = self.apart(&caption.nodes);
                put!(self.out, "<figure>{tag}<figcaption>{caption}</figcaption></figure>");
            }
            None => self.out.push_str(&tag),
        }
    }

    fn target(&mut self, element: &Element) -> Target {
        let own = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        match element.name.as_str() {
            "ri:page" | "ri:blog-post" => {
                let (_, href) = self.page(element);
                Target { href: Some(href), label: own("ri:content-title") }
            }
            "ri:attachment" => {
                let name = own("ri:filename");
                let holder = element
                    .elements()
                    .find(|child| matches!(child.name.as_str(), "ri:page" | "ri:blog-post"));
                let page = match holder {
                    Some(holder) => self.page(holder).0,
                    None => Some(self.here.page),
                };
                let href = page.map(|page| self.here.index.download(page, &name));
                self.lost += u32::from(page.is_none_or(|page| !self.here.index.has_file(page, &name)));
                Target { href, label: name }
            }
            "ri:content-entity" => {
                let id = element.attribute("ri:content-id").and_then(|id| id.parse().ok());
                Target { href: id.map(|id| self.here.index.by_number(id)), label: own("ri:content-id") }
            }
            "ri:user" => {
                let key = element.attribute("ri:userkey").or_else(|| element.attribute("ri:account-id"));
                let label = self.here.index.people.called(key, element.attribute("ri:username"));
                Target { href: None, label: label.unwrap_or_default() }
            }
            "ri:space" => {
                let index = self.here.index;
                let here = self.here.space.and_then(|space| index.spaces.get(&space));
                let key = own("ri:space-key");
                let key = here.filter(|_| is_here(&key)).map_or(key, |space| space.key.clone());
                Target { href: Some(index.of_space(&key)), label: key }
            }
            "ri:url" => Target { href: Some(own("ri:value")), label: own("ri:value") },
            "ri:shortcut" => {
                Target { href: None, label: format!("{}@{}", own("ri:parameter"), own("ri:key")) }
            }
            _ => Target { href: None, label: element.text() },
        }
    }

    /// The page that a reference means, if it is in the export, and its address.
    fn page(&mut self, element: &Element) -> (Option<u64>, String) {
        let index = self.here.index;
        let title = element.attribute("ri:content-title").unwrap_or_default();
        let key = element.attribute("ri:space-key").filter(|key| !is_here(key));
        let space = match key {
            Some(key) => index.space_called(key),
            None => self.here.space,
        };
        if title.is_empty() && key.is_none() {
            return (Some(self.here.page), index.by_number(self.here.page));
        }
        if let Some(page) = index.page_called(space, title) {
            return (Some(page), index.by_number(page));
        }
        self.lost += 1;
        // Another export may hold it.
        let own = space.and_then(|space| index.spaces.get(&space)).map(|space| space.key.clone());
        let key = key.map(str::to_owned).or(own).unwrap_or_default();
        (None, index.by_title(&key, title))
    }
}
