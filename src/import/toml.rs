//! The only file that names the TOML crate: a text becomes the same tree as YAML.

use ::toml::{Table, Value};

use super::front_comments::{self, FrontComment};
use crate::document::Node;

/// Reads TOML.
///
/// # Errors
/// The line on which the reader gave up, and why.
pub(super) fn parse(text: &str) -> Result<Node, (Option<usize>, String)> {
    let table: Table = text.parse().map_err(|error: ::toml::de::Error| {
        let line = error.span().map(|at| text[..at.start.min(text.len())].matches('\n').count() + 1);
        (line, error.message().to_owned())
    })?;
    Ok(node(Value::Table(table)))
}

/// The comments of a text in TOML.
pub(super) fn comments(text: &str) -> Vec<FrontComment> {
    front_comments::comments(text, |text| parse(text).ok())
}

fn node(value: Value) -> Node {
    match value {
        Value::String(text) => Node::Text(text),
        Value::Integer(number) => Node::Int(number),
        Value::Float(number) => Node::Float(number),
        Value::Boolean(value) => Node::Bool(value),
        Value::Datetime(time) => Node::Text(time.to_string()),
        Value::Array(items) => Node::List(items.into_iter().map(node).collect()),
        Value::Table(table) => Node::Map(table.into_iter().map(|(key, value)| (key, node(value))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_reads_like_yaml() {
        let read = parse("a = 1\n[b]\nat = 2018-10-16T13:14:03Z\nc = [\"x\", true]\n").unwrap();
        let yaml = "a: 1\nb:\n  at: 2018-10-16T13:14:03Z\n  c: [x, true]\n";
        assert_eq!(
            read,
            crate::document::Document::read("x.yaml", yaml.as_bytes()).unwrap_or_else(|_| panic!()).root().clone()
        );
        assert_eq!(parse("a = 1\na = 2\n").unwrap_err().0, Some(2));
        assert!(parse(&format!("a = {}", "[".repeat(100_000))).is_err());
    }
}
