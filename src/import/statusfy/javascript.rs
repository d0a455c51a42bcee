//! The object that a JavaScript file exports, as far as it is written out. Nothing is run: a value that is
//! neither a text, a number, a list nor an object is passed over, and its line is told.

use crate::document::Node;

/// The deepest nesting that is read.
const DEEPEST: usize = 64;

/// What the file exports, and the lines of the values that were passed over.
pub(super) fn exported(text: &str) -> Option<(Node, Vec<usize>)> {
    let mut reader = JavaScriptReader { text, at: 0, opaque: Vec::new() };
    for start in ["module.exports", "export default"] {
        let mut from = 0;
        while let Some(found) = text[from..].find(start) {
            reader.at = from + found + start.len();
            reader.blanks();
            reader.eat('=');
            reader.blanks();
            if reader.peek() == Some('{') {
                let node = reader.value(0).filter(|node| matches!(node, Node::Map(_)))?;
                return Some((node, lines(text, &reader.opaque)));
            }
            from += found + start.len();
        }
    }
    None
}

/// The lines of these offsets, each once.
fn lines(text: &str, offsets: &[usize]) -> Vec<usize> {
    let mut offsets = offsets.to_vec();
    offsets.sort_unstable();
    let (mut line, mut done) = (1, 0);
    let mut found: Vec<usize> = Vec::new();
    for offset in offsets {
        line += text[done..offset].matches('\n').count();
        done = offset;
        if found.last() != Some(&line) {
            found.push(line);
        }
    }
    found
}

struct JavaScriptReader<'t> {
    text: &'t str,
    at: usize,
    /// Where the values stand that were passed over.
    opaque: Vec<usize>,
}

impl JavaScriptReader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += if is_there { wanted.len_utf8() } else { 0 };
        is_there
    }

    /// Passes over blanks and comments.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            let length = match trimmed {
                text if text.starts_with("//") => text.find('\n').unwrap_or(text.len()),
                text if text.starts_with("/*") => text.find("*/").map_or(text.len(), |end| end + 2),
                _ => 0,
            };
            self.at += rest.len() - trimmed.len() + length;
            if length == 0 {
                return;
            }
        }
    }

    /// A value up to the comma or the bracket behind it; none at the end of the text.
    fn value(&mut self, depth: usize) -> Option<Node> {
        self.blanks();
        let start = self.at;
        let node = match self.peek()? {
            '{' if depth < DEEPEST => self.object(depth),
            '[' if depth < DEEPEST => self.list(depth),
            '"' | '\'' | '`' => self.string().map(Node::Text),
            _ => self.word(),
        };
        self.blanks();
        match node {
            Some(node) if self.peek().is_none_or(|c| ",]};".contains(c)) || depth == 0 => Some(node),
            _ => {
                self.at = start;
                self.opaque.push(start);
                self.pass();
                Some(Node::Null)
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Node> {
        self.next();
        let mut entries = Vec::new();
        loop {
            self.blanks();
            if self.eat('}') {
                return Some(Node::Map(entries));
            }
            let start = self.at;
            let key = match self.peek()? {
                '"' | '\'' => self.string(),
                _ => self.name(),
            };
            self.blanks();
            match key {
                Some(key) if self.eat(':') => {
                    let value = self.value(depth + 1)?;
                    entries.push((key, value));
                }
                key => {
                    // A method, a spread, a name alone: whatever it is, it has a value.
                    entries.extend(key.map(|key| (key, Node::Null)));
                    self.at = start;
                    self.opaque.push(start);
                    self.pass();
                }
            }
            self.blanks();
            if !self.eat(',') && self.peek() != Some('}') {
                return None;
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Node> {
        self.next();
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.eat(']') {
                return Some(Node::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.blanks();
            if !self.eat(',') && self.peek() != Some(']') {
                return None;
            }
        }
    }

    fn name(&mut self) -> Option<String> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        self.at += end;
        (!name.is_empty()).then_some(name)
    }

    /// `true`, `null`, a number; none for anything that means something only when it is run.
    fn word(&mut self) -> Option<Node> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "._-+$".contains(c))).unwrap_or(rest.len());
        let word = rest[..end].to_owned();
        self.at += end;
        match word.as_str() {
            "true" => Some(Node::Bool(true)),
            "false" => Some(Node::Bool(false)),
            "null" | "undefined" => Some(Node::Null),
            word => word.parse().map(Node::Int).or_else(|_| word.parse().map(Node::Float)).ok(),
        }
    }

    /// A text; none for a template that holds a value.
    fn string(&mut self) -> Option<String> {
        let quote = self.next()?;
        let mut out = String::new();
        loop {
            match self.next()? {
                c if c == quote => return Some(out),
                '$' if quote == '`' && self.peek() == Some('{') => return None,
                '\n' if quote != '`' => return None,
                '\\' => match self.next()? {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    '\n' => {}
                    'u' | 'x' => return None,
                    c => out.push(c),
                },
                c => out.push(c),
            }
        }
    }

    /// Passes over anything up to the comma or the bracket that ends it.
    fn pass(&mut self) {
        let mut open = 0_usize;
        loop {
            self.blanks();
            match self.peek() {
                None => return,
                Some(',' | ';') if open == 0 => return,
                Some(')' | ']' | '}') if open == 0 => return,
                Some('"' | '\'' | '`') => self.pass_string(),
                Some(c) => {
                    open += usize::from("([{".contains(c));
                    open -= usize::from(")]}".contains(c));
                    self.next();
                }
            }
        }
    }

    fn pass_string(&mut self) {
        let Some(quote) = self.next() else { return };
        while let Some(c) = self.next() {
            if c == quote {
                return;
            }
            if c == '\\' {
                self.next();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::front::{child, shown};

    fn read(text: &str) -> Option<(String, Vec<usize>)> {
        exported(text).map(|(node, opaque)| (shown(&node), opaque))
    }

    #[test]
    fn what_is_written_out_is_read() {
        let text = "// settings\nconst a = require('a')\nmodule.exports = {\n  title: 'It\\'s', /* a, b */\n  'x-y': [1, true, \"b\", `c`,],\n  deep: { list: [{ code: \"en\" }] },\n}\n";
        let expected = "{title: It's, x-y: [1, true, b, c], deep: {list: [{code: en}]}}";
        assert_eq!(read(text), Some((expected.to_owned(), vec![])));
        assert_eq!(read("export default { a: -1.5 };"), Some(("{a: -1.5}".to_owned(), vec![])));
    }

    #[test]
    fn what_would_have_to_be_run_is_passed_over_and_told() {
        let text = "module.exports = {\n  a: process.env.A || 'x, }',\n  ...rest,\n  run() { return [1, 2] },\n  b: `v${a}`,\n  c: (x) => { y },\n  d: 'kept',\n  e: 'a' + 'b'\n}";
        let (node, opaque) = exported(text).unwrap();
        assert_eq!(child(&node, "d"), Some(&Node::Text("kept".to_owned())));
        assert_eq!(opaque, [2, 3, 4, 5, 6, 8]);
    }

    #[test]
    fn what_is_no_object_is_nothing() {
        assert_eq!(read("module.exports = make()"), None);
        assert_eq!(read("module.exports = { a: "), None);
        assert_eq!(read(""), None);
        exported(&format!("module.exports = {{ a: {}", "[".repeat(50_000)));
        exported(&format!("module.exports = {{ a: {}", "{b:".repeat(50_000)));
    }
}
