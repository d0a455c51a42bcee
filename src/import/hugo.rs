//! Files as Hugo and programs like it read them: front matter between `---` in YAML, between `+++` in TOML, or a
//! mapping of JSON, perhaps below blank lines and a byte order mark; settings in each of these. They become YAML here,
//! each key on the line on which it stood, so that every importer reads one form.

use std::borrow::Cow;

use serde_json::{Deserializer, Value};

use super::front_comments::FrontComment;
use super::json::Tree;
use super::toml;
use crate::document::Node;
use crate::yaml::write;

/// A mapping of JSON as YAML.
///
/// # Errors
/// Says where and why it is none.
pub(super) fn json_as_yaml(text: &str) -> serde_json::Result<String> {
    Ok(lines(text, &node(serde_json::from_str(text)?)))
}

/// A Markdown file whose front matter is YAML from its first line on. What cannot be read stays as it is.
pub(super) fn with_yaml(text: &str) -> Cow<'_, str> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = bare.trim_start();
    let above = bare[..bare.len() - start.len()].matches('\n').count();
    if start.starts_with("---") && above > 0 {
        let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
        return Cow::Owned(format!("{first}\n{}{rest}", "\n".repeat(above)));
    }
    let found = if start.starts_with("+++") {
        between_pluses(start)
    } else if start.starts_with('{') {
        braces(start)
    } else {
        None
    };
    found
        .map_or(Cow::Borrowed(text), |(front, body)| Cow::Owned(format!("---\n{}{front}---{body}", "\n".repeat(above))))
}

/// The same, of the bytes of a file.
pub(super) fn file_with_yaml(bytes: &[u8]) -> Cow<'_, [u8]> {
    match std::str::from_utf8(bytes).map(with_yaml) {
        Ok(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// Settings in YAML, by the ending of their name.
///
/// # Errors
/// The line, if it is known, and why they cannot be read.
pub(super) fn settings<'b>(path: &str, bytes: &'b [u8]) -> Result<Cow<'b, [u8]>, (Option<usize>, String)> {
    let text = || std::str::from_utf8(bytes).map_err(|_| (None, "it is not valid UTF-8".to_owned()));
    let parsed = if path.ends_with(".toml") {
        let text = text()?;
        (text, toml::parse(text.strip_prefix('\u{feff}').unwrap_or(text))?)
    } else if path.ends_with(".json") {
        let text = text()?;
        let tree: Tree = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| (Some(error.line()), error.to_string()))?;
        (text, node(tree))
    } else {
        return Ok(Cow::Borrowed(bytes));
    };
    Ok(Cow::Owned(lines(parsed.0, &parsed.1).into_bytes()))
}

/// The front matter between two lines `+++`, and what stands behind the second.
fn between_pluses(text: &str) -> Option<(String, &str)> {
    let mut end = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index > 0 && line.trim_end() == "+++" {
            let front = &text[text.find('\n')? + 1..end];
            let keys = lines(front, &toml::parse(front).ok()?);
            return Some((with_comments(keys, &toml::comments(front)), &text[end + 3..]));
        }
        end += line.len();
    }
    None
}

/// A mapping of JSON, and what stands behind it.
fn braces(text: &str) -> Option<(String, &str)> {
    let mut trees = Deserializer::from_str(text).into_iter::<Tree>();
    let tree = trees.next()?.ok().filter(|tree| matches!(tree, Tree::Map(_)))?;
    let (front, body) = text.split_at(trees.byte_offset());
    // The line of the first brace becomes the one that opens, and that of the last the one that closes.
    let inner = front.split_once('\n').map_or("", |(_, inner)| inner);
    Some((lines(inner.rsplit_once('\n').map_or("", |(inner, _)| inner), &node(tree)), body))
}

/// The keys of a mapping, each on the line on which `source` has it; those that it has on no line of their own follow.
fn lines(source: &str, root: &Node) -> String {
    let Node::Map(entries) = root else { return String::new() };
    let mut placed: Vec<Option<String>> = source.lines().map(|_| None).collect();
    let mut others = Vec::new();
    for (name, value) in entries {
        let written = format!("{}: {}", write::inline(name), write::flow(value));
        let mut lines = source.lines().enumerate().filter(|(_, line)| key(line) == Some(name)).map(|(line, _)| line);
        match lines.find(|line| placed[*line].is_none()) {
            Some(line) => placed[line] = Some(written),
            None => others.push(written),
        }
    }
    let placed = placed.into_iter().map(Option::unwrap_or_default);
    placed.chain(others).map(|line| line + "\n").collect()
}

/// Lines of YAML with comments behind those on whose lines they stood.
fn with_comments(keys: String, comments: &[FrontComment]) -> String {
    if comments.is_empty() {
        return keys;
    }
    let mut lines: Vec<String> = keys.lines().map(str::to_owned).collect();
    for comment in comments {
        // Characters that YAML forbids are none that TOML does.
        lines[comment.line - 1] += &format!(" {}", write::comment(&comment.text).trim_end());
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The key that a line of YAML, TOML or JSON begins with.
pub(super) fn key(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t', '{', '"', '\'', '[']);
    let end = line.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))?;
    let behind = line[end..].trim_start_matches(['"', '\'', ' ']);
    (end > 0 && behind.starts_with([':', '=', ']'])).then(|| &line[..end])
}

/// The same tree as that of YAML; a key that stands twice does so here too.
fn node(tree: Tree) -> Node {
    match tree {
        Tree::Leaf(value) => leaf(value),
        Tree::List(items) => Node::List(items.into_iter().map(node).collect()),
        Tree::Map(entries) => Node::Map(entries.into_iter().map(|(key, tree)| (key, node(tree))).collect()),
    }
}

fn leaf(value: Value) -> Node {
    match value {
        Value::Null => Node::Null,
        Value::Bool(value) => Node::Bool(value),
        Value::Number(number) => number
            .as_i64()
            .map(Node::Int)
            .or(number.as_f64().map(Node::Float))
            .unwrap_or_else(|| Node::Text(number.to_string())),
        Value::String(text) => Node::Text(text),
        Value::Array(_) | Value::Object(_) => Node::Null,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Document;
    use crate::import::front::{Front, shown};

    /// Title, systems, the line of the title, and the body with its line.
    fn read(text: &str) -> Option<(String, String, Option<usize>, String, usize)> {
        let text = with_yaml(text);
        let document = Document::read("a.md", text.as_bytes()).ok()?;
        let front = Front::of(&document)?;
        let body = document.body().to_owned();
        let line = text[..text.len() - body.len()].matches('\n').count() + 1;
        Some((front.text("title")?, front.get("affected").map(shown)?, front.line("title"), body, line))
    }

    #[test]
    fn front_matter_reads_the_same_in_each_form() {
        for (text, title, line) in [
            ("---\ntitle: 'It''s \"A\": b'\naffected:\n  - x\n---\nBody.\n", 2, 6),
            ("\u{feff}\n \n---\ntitle: \"It's \\\"A\\\": b\"\naffected: [x]\n---\nBody.\n", 4, 7),
            ("+++\n# why\ntitle = '''It's \"A\": b'''\naffected = [\n  \"x\"\n]\n+++\nBody.\n", 3, 8),
            ("+++\naffected = [ \"x\" ]\ntitle = \"It's \\\"A\\\": b\" # so\n+++  \nBody.\n", 3, 5),
            ("\n{\n  \"title\": \"It's \\\"A\\\": b\",\n  \"affected\": [\"x\"]\n}\nBody.\n", 3, 6),
        ] {
            let expected = ("It's \"A\": b".to_owned(), "[x]".to_owned(), Some(title), "Body.\n".to_owned(), line);
            assert_eq!(read(text), Some(expected), "{text}");
        }
        for text in
            ["+++\ntitle = \n+++\nBody.\n", "+++\ntitle = \"A\"\n", "{\"title\": \"A\"", "{{< x >}}", "", "Body.", "-"]
        {
            assert_eq!(with_yaml(text), text);
        }
    }

    #[test]
    fn a_key_that_stands_twice_does_so_in_yaml_too() {
        let json = "{\n\"title\": \"A\",\n\"b\": {\"c\": 1, \"c\": 2},\n\"title\": \"B\"\n}\n";
        let yaml = json_as_yaml(json).unwrap_or_default();
        let document = Document::read("a.yaml", yaml.as_bytes()).unwrap_or_else(|_| panic!("{yaml}"));
        let front = Front::of(&document).unwrap();
        let twice: Vec<_> = front.repeated().into_iter().map(|twice| (twice.key, twice.line, twice.text)).collect();
        assert_eq!(front.text("title").as_deref(), Some("A"));
        assert_eq!(twice.len(), 2, "{yaml}");
        assert!(twice.contains(&("title".to_owned(), Some(4), "title: B".to_owned())), "{twice:?}");
    }

    #[test]
    fn settings_read_the_same_in_each_form() {
        let shown = |path: &str, text: &str| {
            let yaml = settings(path, text.as_bytes()).unwrap_or_else(|(_, why)| panic!("{why}"));
            let document = Document::read("config.yml", &yaml).unwrap_or_else(|_| panic!("no YAML: {text}"));
            let front =
                Front::of(&document).map(|front| (front.get("title").map(shown), front.get("params").map(shown)));
            (front, Front::of(&document).and_then(|front| front.line("params")))
        };
        let yaml = shown("config.yml", "title: A\nparams:\n  systems: [{name: X}]\n");
        assert_eq!(yaml, shown("hugo.toml", "title = \"A\"\n[params]\n  [[params.systems]]\n    name = \"X\"\n"));
        assert_eq!(
            yaml.0,
            shown("config.json", "{\"title\": \"A\",\n \"params\": {\"systems\": [{\"name\": \"X\"}]}}").0
        );
        assert_eq!(settings("config.toml", b"a = 1\na = 2\n").err().and_then(|(line, _)| line), Some(2));
    }

    proptest! {
        #[test]
        fn comments_of_toml_stand_in_yaml_on_their_lines(comment in "[^\u{0}-\u{1f}\u{7f}]{0,12}", value in "[a-z# ]{0,9}") {
            let text = format!("+++\n# first\na = [\n  \"{value}\" # {comment}\n]\n+++\nBody.\n");
            let yaml = with_yaml(&text);
            let document = Document::read("a.md", yaml.as_bytes()).unwrap_or_else(|_| panic!("{yaml}"));
            let front = Front::of(&document).unwrap();
            let found: Vec<_> = front.comments().into_iter().map(|found| (found.line, found.text)).collect();
            let mut expected = vec![(2, "first".to_owned())];
            let comment = write::comment(comment.trim_start_matches(['#', ' ']).trim());
            let comment = comment.trim_start_matches(['#', ' ']).trim();
            expected.extend((!comment.is_empty()).then(|| (4, comment.to_owned())));
            prop_assert_eq!(found, expected);
            prop_assert_eq!(front.get("a").map(shown), Some(format!("[{}]", value.split_whitespace().collect::<Vec<_>>().join(" "))));
        }

        #[test]
        fn any_text_keeps_its_body(front in "[-+{}a-z:= \"\n]{0,30}", body in "[-+{}a-z \n]{0,30}") {
            let text = format!("{front}{body}");
            let _ = with_yaml(&text);
            let toml = format!("+++\na = {}\n+++\n{body}", Value::String(front));
            let yaml = with_yaml(&toml);
            let document = Document::read("a.md", yaml.as_bytes()).unwrap_or_else(|_| panic!("{yaml}"));
            prop_assert_eq!(document.body(), body);
        }
    }
}
