//! Nothing that an author writes breaks out of its place, in any file of either site.
//!
//! Each site is built twice, with a harmless word in each field and with text that attackers use there. Both must be
//! made of the same parts: the same elements, keys, lines and properties, with other texts in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use candor::output::Route;
use candor::source::Source;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

use crate::support::{build, files};

/// `ends` are what ends the place in which a text stands, in some format; `words` what then stands outside. A browser is
/// given the same: `tests/outside/injection.mjs`.
const TEXTS: &str = include_str!("injection.json");

/// Every end with every word behind it.
pub fn payloads() -> Vec<String> {
    let texts: Value = serde_json::from_str(TEXTS).expect("JSON");
    let of = |name: &str| texts[name].as_array().expect("a list").iter().map(|text| text.as_str().expect("a text"));
    of("ends").flat_map(|end| of("words").map(move |word| format!("{end}{word}"))).collect()
}

/// JSON that is YAML too: that has no control characters, escaped or not in JSON.
pub fn yaml(value: &Value) -> String {
    let escaped =
        |c: char| if matches!(c, '\u{7f}'..='\u{9f}') { format!("\\u{:04x}", c as u32) } else { c.to_string() };
    value.to_string().chars().map(escaped).collect()
}

/// A theme that is not ours, and careless but for one thing: it never says `safe`. Each of its pages prints all that its
/// template is given, as text and in attributes.
const FOREIGN: &str = "<!DOCTYPE html>{% set all = __tera_context %}<main title=\"{{ all }}\" data-all='{{ all }}'>\n";

/// The files of the foreign theme: one in the place of each template that makes a page.
fn foreign_theme() -> Vec<(String, String)> {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    let names = files(&templates).into_keys().filter(|name| !name.contains("parts") && !name.contains("-lists"));
    names.map(|name| (format!("themes/foreign/templates/{name}"), FOREIGN.to_owned())).collect()
}

/// A site with a text in every field that takes one: the n-th of these in the n-th entry of each kind. With the files of a
/// theme, if there are any.
fn site(texts: &[String], theme: &[(String, String)]) -> Source {
    let all = || texts.iter().enumerate();
    let components: Vec<Value> = all()
        .map(|(n, text)| {
            json!({ "id": format!("c{n}"), "name": format!("{text} {n}"), "description": text, "group": "g",
            "depends_on": [{ "name": format!("x {text}"), "url": "https://status.example.net/" }] })
        })
        .collect();
    let first = &texts[0];
    let settings = json!({
        "theme": if theme.is_empty() { "default" } else { "foreign" }, "name": format!("x {first}"), "description": first, "url": "https://status.example.org/",
        "wiki": { "url": "https://wiki.example.org/" },
        "brand": { "footer": [format!("x {first}")], "home": "https://www.example.org/" },
        "groups": [{ "id": "g", "name": format!("g {first}") }], "components": components,
    });
    let mut files = vec![("content/site.yaml".to_owned(), yaml(&settings))];
    files.extend_from_slice(theme);
    for (n, text) in all() {
        let component = format!("c{n}");
        let title = format!("x {text}");
        let incident = json!({ "title": title, "updates": [
            { "at": "2026-11-22T15:00Z", "status": "investigating", "components": { &*component: "partial_outage" },
              "body": title },
            { "at": "2026-11-22T15:10Z", "status": "resolved", "body": title },
        ] });
        let work = json!({ "title": title, "components": [component],
            "scheduled": { "from": "2026-12-01T15:00Z", "until": "2026-12-01T16:00Z" },
            "updates": [{ "at": "2026-11-20T15:00Z", "status": "scheduled", "body": title }] });
        files.push((format!("content/incidents/i{n}.yaml"), yaml(&incident)));
        files.push((format!("content/maintenance/m{n}.yaml"), yaml(&work)));
        let front = json!({ "title": title });
        files.push((format!("content/pages/p{n}.md"), format!("---\n{}\n---\n\n{title}\n", yaml(&front))));
        let front = json!({ "title": title, "from": "2026-11-20T15:00Z", "until": "2026-12-20T15:00Z" });
        files.push((format!("content/announcements/a{n}.md"), format!("---\n{}\n---\n\n{title}\n", yaml(&front))));
        let front = json!({ "title": title, "incident": format!("i{n}") });
        files.push((
            format!("content/postmortems/r{n}.md"),
            format!("---\n{}\n---\n\n## Summary\n\n{title}\n", yaml(&front)),
        ));
    }
    Source::from_files(files)
}

/// The files of both sites.
fn made(texts: &[String], theme: &[(String, String)]) -> BTreeMap<String, String> {
    let built = build(&site(texts, theme));
    assert!(!built.routes.is_empty(), "{:#?}", built.diagnostics);
    let file = |folder: &str, route: &Route| {
        let bytes = route.make().unwrap_or_else(|faults| panic!("{faults:?}"));
        (format!("{folder}/{}", route.path), String::from_utf8_lossy(&bytes).into_owned())
    };
    // The index of the search is files by what words begin with.
    let wiki = built.wiki.iter().filter(|route| !route.path.contains("/search.")).map(|route| file("wiki", route));
    built.routes.iter().map(|route| file("public", route)).chain(wiki).collect()
}

/// What a file is made of, without its texts; nothing if its texts are all that there is.
pub fn parts(path: &str, text: &str) -> Vec<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or(name, |(_, ending)| ending) {
        "html" => tags(text),
        "rss" | "atom" | "xml" | "svg" => elements(text),
        "json" if !path.contains("search") => {
            let mut keys = Vec::new();
            shape(&serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}")), &mut keys);
            keys
        }
        "ics" => {
            let unfolded = text.replace("\r\n ", "");
            unfolded.split("\r\n").map(|line| line.split([':', ';']).next().unwrap_or_default().to_owned()).collect()
        }
        "_headers" | "_redirects" => {
            text.lines().map(|line| line.split(": ").next().unwrap_or(line).to_owned()).collect()
        }
        "metrics" | "prom" => {
            let lines = text.lines().filter(|line| !line.starts_with("# HELP"));
            lines.map(|line| line.split(['{', ' ']).next().unwrap_or_default().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// The keys of a value, at any depth, in order.
pub fn shape(value: &Value, keys: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| shape(item, keys)),
        Value::Object(entries) => entries.iter().for_each(|(key, value)| {
            keys.push(key.clone());
            shape(value, keys);
        }),
        _ => {}
    }
}

fn elements(text: &str) -> Vec<String> {
    let (mut reader, mut found) = (Reader::from_str(text), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{text}")) {
            Event::Start(tag) | Event::Empty(tag) => {
                let names = tag.attributes().map(|attribute| attribute.expect("an attribute").key.as_ref().to_vec());
                let names: Vec<String> = names.map(|name| String::from_utf8_lossy(&name).into_owned()).collect();
                found.push(format!("{} {names:?}", String::from_utf8_lossy(tag.name().as_ref())));
            }
            Event::DocType(_) | Event::PI(_) => found.push("declaration".to_owned()),
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The tags that a browser sees, with the names of their attributes, and where scripts and links lead.
pub fn tags(html: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name: String = rest.chars().take_while(|c| !c.is_whitespace() && !"/>".contains(*c)).collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        rest = &rest[name.len()..];
        let (attributes, after) = attributes(rest);
        rest = after;
        for raw in ["script", "style", "title", "textarea"].into_iter().filter(|raw| name.eq_ignore_ascii_case(raw)) {
            let end = rest.to_ascii_lowercase().find(&format!("</{raw}")).expect("an end");
            rest = &rest[end..];
        }
        found.push(format!("{name} {attributes:?}"));
    }
    found
}

/// The names of attributes as far as the end of the tag, and what follows it.
fn attributes(mut rest: &str) -> (Vec<String>, &str) {
    let mut names = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return (names, rest.get(1..).unwrap_or_default());
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c)).unwrap_or(rest.len()).max(1);
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| "\"'".contains(*c));
            let inside = quote.map_or(after, |_| &after[1..]);
            let end = quote.map_or_else(|| inside.find(['>', ' ']), |quote| inside.find(quote)).unwrap_or(inside.len());
            value = &inside[..end];
            rest = &inside[end + usize::from(quote.is_some() && end < inside.len())..];
        }
        let scheme = value.trim_start().bytes().take(11).map(|byte| byte.to_ascii_lowercase());
        let is_script = scheme.eq(*b"javascript:");
        assert!(!(is_script && ["href", "src", "action"].contains(&name)), "{name}={value}");
        names.push(name.to_owned());
    }
}

/// Markdown makes elements of what an author writes, and some texts more of them than others do; what nobody may make is
/// listed here.
pub fn is_harmful(tag: &str) -> bool {
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    ["script", "style", "svg", "iframe", "object", "form", "input", "meta", "base", "link"].contains(&name)
        || attributes.split('"').any(|attribute| attribute.starts_with("on") || attribute == "style")
}

#[test]
fn no_text_breaks_out_of_its_place_in_any_file() {
    let compared = compare_all(&[], is_harmful);
    assert!(compared > 5_000, "only {compared} files have parts");
}

#[test]
fn no_text_breaks_out_of_a_theme_that_is_not_ours() {
    let compared = compare_all(&foreign_theme(), |_| true);
    assert!(compared > 5_000, "only {compared} files have parts");
}

/// Holds both sites of every payload against the same sites with harmless words, in the theme of these files: of pages the
/// tags that `is_compared`, of other files all parts. Answers how many files had any.
fn compare_all(theme: &[(String, String)], is_compared: fn(&str) -> bool) -> usize {
    let payloads = payloads();
    assert!(payloads.len() >= 300);
    let size = 28;
    let words = made(&vec!["word".to_owned(); size], theme);
    let harmless: BTreeMap<&String, Vec<String>> = words.iter().map(|(path, text)| (path, parts(path, text))).collect();
    let mut compared = 0;
    for texts in payloads.chunks(size) {
        let hostile = made(texts, theme);
        let paths = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<BTreeSet<_>>();
        let others: Vec<String> = paths(&words).symmetric_difference(&paths(&hostile)).cloned().collect();
        assert!(others.is_empty(), "{others:?}");
        for (path, text) in &hostile {
            let is_control = |c: char| c.is_control() && !"\n\t\r".contains(c);
            let found = text.find(is_control).map(|at| text[at..].chars().take(30).collect::<String>());
            assert_eq!(found, None, "{path} holds a control character");
            let [mut theirs, mut ours] = [parts(path, text), harmless[path].clone()];
            if path.ends_with(".html") {
                theirs.retain(|tag| is_compared(tag));
                ours.retain(|tag| is_compared(tag));
            }
            assert_eq!(theirs, ours, "{path}");
            compared += usize::from(!ours.is_empty());
        }
    }
    compared
}

#[test]
fn what_would_break_out_is_seen() {
    for broken in
        ["<img src=x onerror=pwn()>", "<p title=\"\"onmouseover=x>", "<a href='x'onclick=y>", "</p><SCRIPT>x</SCRIPT>"]
    {
        assert!(tags(&broken.to_ascii_lowercase()).iter().any(|tag| is_harmful(tag)), "{broken}");
    }
    assert!(!tags("<p title=\"<script>\">&lt;script></p><!-- <script> -->").iter().any(|tag| is_harmful(tag)));
    assert_ne!(elements("<a>&lt;b/></a>"), elements("<a><b/></a>"));
}
