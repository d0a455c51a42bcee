//! Markdown becomes HTML that harms nobody.

use candor::markdown::{self, Links};
use proptest::prelude::*;

use crate::support::cases;

/// Markdown with the pieces that attackers and careless pastes are made of.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<script>",
        "</script>",
        "<SCRIPT SRC=x>",
        "<img src=x onerror=alert(1)>",
        "<b onclick='x'>",
        "<svg/onload=x>",
        "<!--",
        "-->",
        "<a href=",
        "javascript:alert(1)",
        "JaVaScRiPt:",
        "data:text/html,x",
        "vbscript:x",
        "java\tscript:x",
        "&#106;avascript:x",
        "&Tab;",
        "[",
        "]",
        "](",
        ")",
        "<",
        ">",
        "\"",
        "'",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "    ",
        "# ",
        "> ",
        "* ",
        "1. ",
        "|a|b|\n|-|-|\n",
        "![",
        "x",
        "a b",
        "[x]: javascript:y\n",
        "[x]",
        "//evil.example",
        "/\\evil.example",
        "https://a.example/",
        "mailto:a@b.example",
        "<a@b.example>",
        "<https://a.example/?\"onmouseover=x>",
        "\\",
        "\u{1}",
        "é",
        "~~",
        "**",
        "\" onmouseover=\"x",
        "/incidents/x/",
        "#x",
        "\" onclick=x",
        "](x \"",
        "\")",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// The opening tags of a piece of HTML: name and attributes, values decoded.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\n', '\t', '/']);
            let key: String = rest.chars().take_while(|c| !c.is_whitespace() && !"=>/".contains(*c)).collect();
            rest = &rest[key.len()..];
            if let Some(value) = rest.strip_prefix("=\"") {
                let end = value.find('"').expect("a closed value");
                attributes.push((key, decoded(&value[..end])));
                rest = &value[end + 1..];
            } else if key.is_empty() {
                break;
            } else {
                attributes.push((key, String::new()));
            }
        }
        if !name.is_empty() {
            tags.push((name.to_lowercase(), attributes));
        }
    }
    tags
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}

#[test]
fn the_scanner_sees_what_a_browser_would() {
    let found = tags("<p>a &lt;b></p><a href=\"java&amp;x\" onclick=\"y\">x</a><img src=\"z\" />");
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["p", "a", "img"]);
    assert_eq!(found[1].1, [("href".to_owned(), "java&x".to_owned()), ("onclick".to_owned(), "y".to_owned())]);
}

/// Whether a browser would follow `link` without running anything: no scheme, or an allowed one.
fn is_harmless(link: &str) -> bool {
    let folded: String =
        link.chars().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).collect();
    let scheme = folded.split(['/', '?', '#']).next().and_then(|start| start.split_once(':')).map(|(scheme, _)| scheme);
    scheme.is_none_or(|scheme| ["https", "http", "mailto", "tel"].contains(&scheme)) && !folded.starts_with("//")
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn markdown_becomes_harmless_html(text in prop_oneof![hostile(), "\\PC{0,60}"]) {
        for links in [Links::FromPage("../../"), Links::Absolute("https://status.example.org/")] {
            let html = markdown::html(&text, links, 2);
            prop_assert!(!html.to_lowercase().contains("<script"), "{html}");
            for (name, attributes) in tags(&html) {
                let is_known = [
                    "p", "br", "hr", "a", "img", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "h2", "h3",
                    "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div",
                ].contains(&name.as_str());
                prop_assert!(is_known, "<{name}> in {html}");
                for (key, value) in attributes {
                    prop_assert!(!key.to_lowercase().starts_with("on"), "{key} in {html}");
                    if key == "href" {
                        prop_assert!(is_harmless(&value), "{value} in {html}");
                    }
                    if key == "src" {
                        prop_assert!(value.starts_with("../../") || value.starts_with("https://status.example.org/"), "{value} in {html}");
                    }
                }
            }
        }
    }

    #[test]
    fn plain_text_is_one_line_without_comments(text in hostile()) {
        let plain = markdown::plain(&text);
        prop_assert!(!plain.contains('\n'), "{plain:?}");
        prop_assert_eq!(plain.trim(), &plain);
    }
}
