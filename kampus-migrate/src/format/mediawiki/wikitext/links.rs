//! Links in double brackets: pages, files, categories, other languages ("Help:Links", "Help:Images").

use super::super::site::{CATEGORY, FILE, MEDIA, Title, anchor};
use super::{Parser, escaped, put, quoted};

/// A link as HTML.
pub(super) struct Link {
    pub(super) html: String,
    pub(super) is_block: bool,
    /// Whether letters that follow are a part of it.
    pub(super) takes_trail: bool,
}

/// Codes of languages (ISO 639-1, and those of Sámi) that wikis link to.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
    it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na \
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu simple sme smn \
    sms nds gsw";

/// Words that say how a picture is shown, in English, Finnish and Swedish ("Help:Images/frame"; MediaWiki's message files).
const SHOWN: [&str; 47] = [
    "thumb",
    "thumbnail",
    "frame",
    "framed",
    "enframed",
    "frameless",
    "border",
    "left",
    "right",
    "center",
    "centre",
    "none",
    "baseline",
    "sub",
    "super",
    "sup",
    "top",
    "text-top",
    "middle",
    "bottom",
    "text-bottom",
    "upright",
    "pienoiskuva",
    "pienois",
    "kehys",
    "kehystetty",
    "kehyksetön",
    "reunus",
    "vasen",
    "oikea",
    "keskitetty",
    "keski",
    "tyhjä",
    "perustaso",
    "alhaalla",
    "ylhäällä",
    "pystysuora",
    "yläreuna",
    "alareuna",
    "miniatyr",
    "mini",
    "ram",
    "ramlös",
    "höger",
    "vänster",
    "centrerad",
    "ingen",
];
/// Those that set a picture apart with its caption.
const APART: [&str; 11] = [
    "thumb",
    "thumbnail",
    "frame",
    "framed",
    "enframed",
    "pienoiskuva",
    "pienois",
    "kehys",
    "kehystetty",
    "miniatyr",
    "mini",
];
/// What has a value that is no caption.
const VALUES: [&str; 11] = [
    "alt=",
    "link=",
    "class=",
    "lang=",
    "page=",
    "thumb=",
    "upright=",
    "thumbtime=",
    "start=",
    "end=",
    "sivu=",
];
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "tif", "tiff"];

impl Parser<'_> {
    /// The link between two pairs of brackets, and letters behind it; `None` for what shows nothing in the text.
    pub(super) fn link(&mut self, inside: &str, trail: &str) -> Option<Link> {
        let (target, text) = match inside.split_once('|') {
            Some((target, text)) => (target, Some(text)),
            None => (inside, None),
        };
        let target = self.stash.plain(target.trim());
        let inline = |html| Some(Link { html, is_block: false, takes_trail: true });
        if let Some(place) = target.strip_prefix('#') {
            let shown = self.shown(text, &target, trail);
            return inline(format!("<a href=\"#{}\">{shown}</a>", quoted(&anchor(place))));
        }
        if target.starts_with("http://") || target.starts_with("https://") {
            let shown = self.shown(text, &target, trail);
            return inline(format!("<a href=\"{}\">{shown}</a>", quoted(&target)));
        }
        let is_shown = target.starts_with(':');
        if !is_shown
            && let Some((code, title)) = target.split_once(':')
            && LANGUAGES.split_whitespace().any(|known| known == code.trim())
            && self.site.namespace(code).is_none()
        {
            self.told.languages.push(format!("{}:{}", code.trim(), title.trim()));
            return None;
        }
        let Some(title) = self.target(&target) else {
            // It is no link: its brackets are text.
            let html = format!("[[{}]]", self.inline(inside, false));
            return Some(Link { html, is_block: false, takes_trail: false });
        };
        match title.namespace {
            CATEGORY if !is_shown => {
                if self.categories.insert(title.name.clone()) {
                    self.told.categories.push(title.name);
                }
                None
            }
            FILE if !is_shown => Some(self.file(&title, inside.split_once('|').map(|(_, rest)| rest))),
            _ => {
                let shown = self.shown(text, target.trim_start_matches(':'), trail);
                // A page that links to itself shows the words ("Help:Self link").
                if title.full == self.page.full && title.fragment.is_none() && title.namespace != MEDIA {
                    return inline(format!("<strong>{shown}</strong>"));
                }
                inline(format!("<a href=\"{}\">{shown}</a>", quoted(&self.site.address(&title))))
            }
        }
    }

    /// The page that is meant, from where the link stands.
    fn target(&self, target: &str) -> Option<Title> {
        let here = self.page.full.as_str();
        if let Some(below) = target.strip_prefix('/') {
            return self.site.title(&format!("{here}/{}", below.trim_end_matches('/')));
        }
        let (mut above, mut rest) = (here, target);
        while let Some(after) = rest.strip_prefix("../") {
            above = above.rsplit_once('/')?.0;
            rest = after;
        }
        if rest.len() == target.len() {
            return self.site.title(target);
        }
        let rest = rest.trim_end_matches('/');
        self.site.title(&if rest.is_empty() { above.to_owned() } else { format!("{above}/{rest}") })
    }

    /// The text of a link.
    fn shown(&mut self, text: Option<&str>, target: &str, trail: &str) -> String {
        let shown = match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => self.inline(text, false),
            None => escaped(target),
        };
        format!("{shown}{}", escaped(trail))
    }

    /// Whether the inside of a link names a file.
    pub(super) fn is_file(&self, inside: &str) -> bool {
        let target = inside.split('|').next().unwrap_or_default();
        target.split_once(':').is_some_and(|(prefix, _)| self.site.namespace(prefix) == Some(FILE))
    }

    /// A picture with its caption, or a link to what is no picture.
    fn file(&mut self, title: &Title, parameters: Option<&str>) -> Link {
        let (mut is_apart, mut alternative, mut caption) = (false, None, None);
        for parameter in parameters.map(split).unwrap_or_default() {
            let parameter = parameter.trim();
            let word = parameter.to_lowercase();
            if APART.contains(&word.as_str()) {
                is_apart = true;
            } else if let Some(text) = parameter.strip_prefix("alt=") {
                alternative = Some(self.stash.plain(text));
            } else if !SHOWN.contains(&word.as_str())
                && !is_size(&word)
                && !VALUES.iter().any(|key| word.starts_with(key))
            {
                caption = Some(parameter);
            }
        }
        let caption = caption.filter(|caption| !caption.is_empty());
        let address = quoted(&self.site.address(title));
        let ending = title.name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if !PICTURES.contains(&ending.as_str()) {
            let shown = match caption {
                Some(caption) => self.nested(caption),
                None => escaped(&title.name),
            };
            return Link {
                html: format!("<a href=\"{address}\">{shown}</a>"),
                is_block: false,
                takes_trail: false,
            };
        }
        let told = alternative.unwrap_or_default();
        let html = match caption {
            Some(caption) if is_apart => {
                let shown = self.nested(caption);
                format!(
                    "<figure><img src=\"{address}\" alt=\"{}\"><figcaption>{shown}</figcaption></figure>",
                    quoted(&told)
                )
            }
            _ => {
                let told = if told.is_empty() {
                    caption.map(|text| self.stash.plain(text)).unwrap_or_default()
                } else {
                    told
                };
                format!("<img src=\"{address}\" alt=\"{}\">", quoted(&told))
            }
        };
        let is_block = html.starts_with("<figure>");
        Link { html, is_block, takes_trail: false }
    }

    /// A row of pictures, one a line ("Help:Images#Rendering a gallery of images").
    pub(super) fn gallery(&mut self, content: &str) -> String {
        let mut html = String::new();
        for line in content.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (name, caption) = line.split_once('|').unwrap_or((line, ""));
            let name =
                if self.is_file(name) { name.trim().to_owned() } else { format!("File:{}", name.trim()) };
            if let Some(title) = self.site.title(&name) {
                let parameters = format!("thumb|{caption}");
                html.push_str(&self.file(&title, Some(&parameters)).html);
            } else {
                put!(html, "<p>{}</p>", escaped(line));
            }
            html.push('\n');
        }
        html
    }
}

/// Parameters of a file; bars in links inside are none of theirs.
fn split(parameters: &str) -> Vec<&str> {
    let bytes = parameters.as_bytes();
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    for at in memchr::memchr3_iter(b'|', b'[', b']', bytes) {
        let next = bytes.get(at + 1);
        match bytes.get(at) {
            Some(b'[') if next == Some(&b'[') => depth += 1,
            Some(b']') if next == Some(&b']') => depth = depth.saturating_sub(1),
            Some(b'|') if depth == 0 => {
                parts.push(parameters.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(parameters.get(from..).unwrap_or_default());
    parts
}

/// `200px`, `x150px`, `200x150px`.
fn is_size(word: &str) -> bool {
    let Some(size) = word.strip_suffix("px") else { return false };
    let size = size.trim();
    !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x')
}
