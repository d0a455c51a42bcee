//! A content file as text.

use crate::document::Node;
use crate::markdown;
use crate::model::Visibility;
use crate::time::Time;
use crate::yaml::write as yaml;

/// The largest text that a file of a site can hold, in bytes, with room for its front matter.
pub(in crate::import) const LARGEST_TEXT: usize = 1000 * 1024;

/// A mapping that is being filled, in the order of its keys.
#[derive(Default)]
pub(in crate::import) struct Keys(pub Vec<(String, Node)>);

impl Keys {
    /// Adds a key and its value.
    pub(in crate::import) fn set(&mut self, key: &str, value: impl Into<String>) {
        self.node(key, Node::Text(value.into()));
    }

    /// Adds a key and any value.
    pub(in crate::import) fn node(&mut self, key: &str, value: Node) {
        self.0.push((key.to_owned(), value));
    }

    /// The mapping as a value.
    pub(in crate::import) fn map(self) -> Node {
        Node::Map(self.0)
    }
}

/// The line among those `kept` that a comment of the source becomes.
pub(in crate::import) fn source_comment(text: &str) -> String {
    format!("A comment in the source: {text}")
}

/// Front matter, comments at its end, and body.
pub(in crate::import) fn entry(keys: &Keys, kept: &[String], body: &str) -> Vec<u8> {
    let mut text = format!("---\n{}", yaml::mapping(&keys.0));
    kept.iter().for_each(|line| text.push_str(&yaml::comment(line)));
    text.push_str("---\n");
    if !body.trim().is_empty() {
        text.push_str(&format!("\n{}\n", markdown::flattened(body.trim_matches('\n'))));
    }
    text.into_bytes()
}

/// A file as code, whatever it holds.
pub(in crate::import) fn fenced(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{}\n{fence}", text.trim_end())
}

/// A page for the company's eyes.
pub(in crate::import) fn internal_page(title: &str, kept: &[String], body: &str) -> Vec<u8> {
    let mut keys = Keys::default();
    keys.set("title", title);
    keys.set("audience", Visibility::Internal.word());
    entry(&keys, kept, body)
}

/// A text as the body of an update: one line break at its end.
pub(in crate::import) fn body(text: &str) -> Node {
    let text = markdown::flattened(text.trim_end().trim_start_matches('\n'));
    Node::Text(if text.contains('\n') { format!("{text}\n") } else { text.trim().to_owned() })
}

/// A time as the content writes it: to the minute, seconds and their fraction only if there are any.
pub(in crate::import) fn time(time: Time) -> String {
    if time.millis() % 60_000 == 0 { time.rfc3339_minutes() } else { time.rfc3339() }
}
