//! Bodies that are mostly plain, with breakage here and there.

use proptest::prelude::*;

/// Bodies: a few blocks, and sometimes something of them missing, doubled or out of place.
pub(super) fn bodies() -> impl Strategy<Value = String> {
    let breakage = prop::collection::vec((any::<prop::sample::Index>(), stray()), 0..3);
    let broken = prop_oneof![3 => Just(Vec::new()), 2 => breakage];
    (prop::collection::vec(block(), 0..4), broken).prop_map(|(blocks, broken)| {
        let mut tokens: Vec<String> = blocks.into_iter().flatten().collect();
        for (place, stray) in broken {
            let place = place.index(tokens.len() + 1);
            match stray {
                Some(stray) => tokens.insert(place, stray),
                None if place < tokens.len() => drop(tokens.remove(place)),
                None => {}
            }
        }
        tokens.concat()
    })
}

/// A token that does not belong where it stands; or one that is left out.
fn stray() -> impl Strategy<Value = Option<String>> {
    let names = prop::sample::select(vec![
        "p", "div", "span", "b", "i", "a", "li", "ul", "dl", "dd", "dt", "h1", "h2", "pre", "table", "tbody",
        "tr", "td", "th", "caption", "colgroup", "col", "font", "figure", "hr", "br", "img", "video", "svg",
        "form", "button", "select", "option", "textarea", "noscript", "section", "o:p", "strike", "template",
        "object", "body", "frameset", "math", "nobr", "iframe", "style", "script", "title", "blink",
        "source",
    ]);
    let tag =
        (names, prop::sample::select(vec!["<", "</"])).prop_map(|(name, open)| format!("{open}{name}>"));
    let other = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "&amp",
        "&#13;",
        "&#10;",
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\u{c}",
        "\u{feff}",
        "<!-",
        "<!--",
        "-->",
        "--!>",
        "<!>",
        "</>",
        "<?x?>",
        "<![CDATA[x]]>",
        "\"",
        "'",
        "=",
        "/",
        "<p a",
        "<p a=\"",
        "\u{2003}",
        "<br/",
        "<a href=x",
        "&ampx;",
        "&notin;",
        "&not",
        "&lt",
        "&NotEqualTilde;",
        "&Tab;",
        "&NewLine;",
    ])
    .prop_map(str::to_owned);
    prop_oneof![2 => Just(None), 3 => tag.prop_map(Some), 2 => other.prop_map(Some)]
}

/// What stands before, between and after blocks.
fn blank() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "", "\n", " ", "\n\n", "\t", "<!-- wp:x {\"a\":1} -->", "<!---->\n"])
        .prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "&amp;",
        "&nbsp;",
        "&lt;",
        "&gt;",
        "&quot;",
        "&auml;",
        "&#8211;",
        "&#x2019;",
        "&hellip;",
        "&#10;",
        "& ",
        "&",
        "> ",
        "< ",
        "<3",
        "\u{a0}",
        "\u{ad}",
        "\u{2003}",
        "§ 1",
        "R&D",
        "&notit;",
        "&#128;",
        "&#55296;",
        "&ouml",
        "&Aacute;",
        "&apos;",
        "[gallery]",
        "]]>",
        "'\"",
        "\n",
        "\n\n",
        "€",
        "😀",
    ])
    .prop_map(str::to_owned);
    prop_oneof![5 => "[a-zäö ]{1,12}", 1 => special]
}

/// Attributes, most of them tame.
fn attributes() -> impl Strategy<Value = String> {
    let one = prop::sample::select(vec![
        " class=\"a b\"",
        " style=\"color: red; background: url('x')\"",
        " id=\"kohta-1\"",
        " title=\"&lt;Otsikko&gt; &amp; \u{a0}'muu'\"",
        " title='\"lainaus\" <b>'",
        " lang=\"sv\"",
        " LANG=fi",
        " onclick=\"x('a')\"",
        " OnLoad='y()'",
        " data-id=\"{&quot;a&quot;:1}\"",
        " href=\"https://intra.example/sivu?a=1&amp;b=2\"",
        " href=\"/suhteellinen/\"",
        " href='?a=1&b=2&copy=3'",
        " href=\"javascript:alert(1)\"",
        " href=\"https://[x/\"",
        " href=\" https://a.example\n\"",
        " href=mailto:a@b.example",
        " src=\"kuva.png\"",
        " src=\"data:image/png;base64,AA\"",
        " src=\"&copy\"",
        " alt=\"\"",
        " alt",
        " width=\"1\"",
        " width=300",
        " height=\"1px\"",
        " height=\" 0 \"",
        " colspan=\"2\"",
        " scope = \"col\"",
        " start=\"3\"",
        " span=2",
        " datetime=\"2017-01-01\"",
        " nowrap",
        "\n\ta:b=\"c\"",
        " x.y=\"z\"",
        "title=\"ilman väliä\"",
        " /",
        " \"",
    ]);
    let some = prop::collection::vec(one, 1..4).prop_map(|all| all.concat());
    prop_oneof![3 => Just(String::new()), 2 => some]
}

/// Puts tags round tokens; the end tag of some may be missing.
fn element(
    name: &'static str,
    inside: impl Strategy<Value = Vec<String>>,
) -> impl Strategy<Value = Vec<String>> {
    (attributes(), inside, 0..12_u8).prop_map(move |(attributes, inside, luck)| {
        let mut tokens = vec![format!("<{name}{attributes}>")];
        tokens.extend(inside);
        let may_be_open = matches!(name, "p" | "li" | "dt" | "dd");
        if luck > 2 || (luck > 0 && !may_be_open) {
            tokens.push(if luck == 11 {
                format!("</{}>", name.to_uppercase())
            } else {
                format!("</{name}>")
            });
        }
        tokens
    })
}

/// One of several elements round the same.
fn any_of<S: Strategy<Value = Vec<String>> + Clone + 'static>(
    names: &[&'static str],
    inside: &S,
) -> impl Strategy<Value = Vec<String>> + use<S> {
    let all: Vec<_> = names.iter().map(|name| element(name, inside.clone()).boxed()).collect();
    prop::strategy::Union::new(all)
}

fn many(one: impl Strategy<Value = Vec<String>>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec((blank(), one), 0..3)
        .prop_map(|all| all.into_iter().flat_map(|(blank, one)| std::iter::once(blank).chain(one)).collect())
}

fn phrasing() -> BoxedStrategy<Vec<String>> {
    let void = (prop::sample::select(vec!["br", "img", "wbr", "BR", "embed"]), attributes(), any::<bool>())
        .prop_map(|(name, attributes, closed)| {
            vec![format!("<{name}{attributes}{}>", if closed { " /" } else { "" })]
        });
    let leaf = prop_oneof![5 => text().prop_map(|text| vec![text]), 1 => void];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let inside = prop::collection::vec(inner, 0..4).prop_map(|all| all.concat());
        let names = [
            "b", "strong", "em", "i", "u", "a", "span", "code", "sup", "abbr", "font", "label", "big",
            "small", "q", "o:p", "video", "time", "noscript",
        ];
        any_of(&names, &inside.boxed())
    })
    .boxed()
}

fn block() -> BoxedStrategy<Vec<String>> {
    let line = prop::collection::vec(phrasing(), 0..4).prop_map(|all| all.concat()).boxed();
    let raw = prop::sample::select(vec![
        "<style>p > a {}</style>",
        "<script>if (a<b) {}</script>",
        "<iframe src=\"https://v.example/1\"></iframe>",
        "<iframe src=\"data:x\"></iframe>",
        "<hr/>",
        "<!-- more -->",
        "<style>a</stylex></style>",
    ])
    .prop_map(|raw| vec![raw.to_owned()]);
    let leaf = prop_oneof![
        4 => element("p", line.clone()),
        2 => line.clone(),
        2 => any_of(&["h1", "h2", "h6", "pre", "summary", "figcaption"], &line),
        1 => raw,
    ];
    leaf.prop_recursive(3, 24, 3, move |inner| {
        let blocks = many(inner).boxed();
        let either = prop_oneof![blocks.clone(), line.clone()].boxed();
        let row = element("tr", many(any_of(&["td", "th"], &either))).boxed();
        let columns = element("colgroup", many(attributes().prop_map(|all| vec![format!("<col{all}>")])));
        let part = prop_oneof![
            3 => row.clone(),
            3 => any_of(&["thead", "tbody", "tfoot"], &many(row).boxed()),
            1 => element("caption", line.clone()),
            1 => columns,
        ];
        prop_oneof![
            3 => any_of(&["div", "section", "blockquote", "figure", "details", "b", "a", "center"], &blocks),
            2 => any_of(&["ul", "ol"], &many(element("li", either.clone())).boxed()),
            1 => element("dl", many(any_of(&["dt", "dd"], &either))),
            2 => element("table", many(part)),
            1 => blocks,
        ]
    })
    .boxed()
}
