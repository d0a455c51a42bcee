//! A file with front matter in YAML, TOML or JSON, which its first line names: `---`, `---toml`, `---json`.

use std::collections::BTreeMap;

use crate::document::{Document, Node};
use crate::import::front::{Front, LARGEST, Repeated, repeated};
use crate::import::front_comments::FrontComment;
use crate::import::hugo::{json_as_yaml, key};
use crate::import::toml;

/// A file, split and parsed.
pub(super) struct ParsedFile {
    pub root: Node,
    /// The line of each key.
    pub lines: BTreeMap<String, usize>,
    /// Keys that come twice, of which the first was taken.
    pub repeated: Vec<Repeated>,
    /// What stands between the keys as comments.
    pub comments: Vec<FrontComment>,
    pub body: String,
    /// How many lines stand above the body.
    pub body_line: usize,
}

/// The line, if there is one, and why a file cannot be read.
pub(super) type Fault = (Option<usize>, String);

impl ParsedFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Says where and why it cannot be read.
    pub(super) fn read(bytes: &[u8]) -> Result<ParsedFile, Fault> {
        if bytes.len() > LARGEST {
            return Err((None, "it is larger than 1 MiB, the most that Candor reads".to_owned()));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            (Some(line), "it is not valid UTF-8".to_owned())
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let (format, front, body) = split(&text)?;
        let Parsed { root, repeated, comments } = parse(format, front)?;
        if !matches!(root, Node::Map(_) | Node::Null) {
            return Err((Some(1), "its front matter is no mapping of keys to values".to_owned()));
        }
        let lines = front.lines().enumerate().filter_map(|(index, line)| Some((key(line)?.to_owned(), index + 2)));
        let lines = lines.collect::<Vec<_>>().into_iter().rev().collect();
        let body_line = text[..text.len() - body.len()].matches('\n').count();
        let comments = comments.into_iter().map(|found| FrontComment { line: found.line + 1, ..found }).collect();
        Ok(ParsedFile { root, lines, repeated, comments, body: body.to_owned(), body_line })
    }
}

/// The format, the front matter and the body.
fn split(text: &str) -> Result<(&str, &str, &str), Fault> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let format = first.strip_prefix("---").map(str::trim).ok_or((Some(1), "it has no front matter".to_owned()))?;
    let mut end = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Ok((format, &text[first.len()..end], &text[end + line.len()..]));
        }
        end += line.len();
    }
    Err((Some(1), "its front matter is not closed".to_owned()))
}

struct Parsed {
    root: Node,
    repeated: Vec<Repeated>,
    comments: Vec<FrontComment>,
}

fn parse(format: &str, front: &str) -> Result<Parsed, Fault> {
    match format.to_ascii_lowercase().as_str() {
        "" | "yaml" | "yml" => yaml(front),
        "toml" => match toml::parse(front) {
            Ok(root) => Ok(Parsed { root, repeated: Vec::new(), comments: toml::comments(front) }),
            Err((line, why)) => Err((line.map(|line| line + 1), format!("its front matter is no TOML: {why}"))),
        },
        "json" => {
            let is_none =
                |error: serde_json::Error| (Some(error.line() + 1), format!("its front matter is no JSON: {error}"));
            yaml(&json_as_yaml(front).map_err(is_none)?)
        }
        other => Err((Some(1), format!("its front matter is in `{other}`, which Statusfy does not know"))),
    }
}

fn yaml(front: &str) -> Result<Parsed, Fault> {
    let document = Document::read("front.yaml", front.as_bytes()).map_err(|faults| {
        let line = faults.first().and_then(|fault| fault.place.as_ref()).map(|place| place.line + 1);
        (line, faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("; "))
    })?;
    let comments = Front::of(&document).map(|front| front.comments()).unwrap_or_default();
    Ok(Parsed { root: document.root().clone(), repeated: repeated(&document), comments })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::front::shown;

    #[test]
    fn three_formats_read_the_same() {
        let yaml = "---\r\ntitle: A\r\nlist:\r\n  - x\r\nresolved: true\r\n---\r\nBody.\r\n";
        let toml = "---toml\ntitle = \"A\"\nlist = [\n  \"x\"\n]\nresolved = true\n---\nBody.\n";
        let json = "---json\n{\n  \"title\": \"A\",\n  \"list\": [\"x\"],\n  \"resolved\": true\n}\n---\nBody.\n";
        for (text, line) in [(yaml, 2), (toml, 2), (json, 3)] {
            let matter = ParsedFile::read(text.as_bytes()).unwrap_or_else(|(_, why)| panic!("{why}"));
            let mut keys: Vec<String> = match &matter.root {
                Node::Map(entries) => entries.iter().map(|(key, node)| format!("{key}={}", shown(node))).collect(),
                _ => Vec::new(),
            };
            keys.sort();
            assert_eq!(keys, ["list=[x]", "resolved=true", "title=A"]);
            assert_eq!((matter.body.as_str(), matter.lines["title"]), ("Body.\n", line));
        }
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let line = |text: &[u8]| ParsedFile::read(text).err().and_then(|(line, _)| line);
        assert_eq!(line(b"---\na: b\n\xff"), Some(3));
        assert_eq!(line(b"---toml\na = 1\na = 2\n---\n"), Some(3));
        assert_eq!(line(b"---json\n{\n]\n---\n"), Some(3));
        assert_eq!(line(b"---\na: [\n---\n"), Some(2));
        assert_eq!(line(b"---lisp\n---\n"), Some(1));
        assert_eq!(line(b"title: A"), Some(1));
    }
}
