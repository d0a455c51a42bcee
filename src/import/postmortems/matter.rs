//! The front matter that some collections have.

use super::marks::Marks;
use super::moment;
use crate::document::{Document, Node};
use crate::import::front::{Front, scalar, shown};
use crate::time::{Date, Time, Zone};

/// What the front matter of a report says.
#[derive(Debug, Default)]
pub(super) struct Matter {
    /// `title`
    pub title: Option<String>,
    /// `summary` or `description`
    pub summary: Option<String>,
    /// `categories`, `keywords`, `tags`
    pub tags: Vec<String>,
    /// `start_time` and `end_time`
    pub marks: Marks,
    /// What has no key here but belongs to the report, as items of a list.
    pub data: Vec<String>,
    /// What is kept as a comment.
    pub kept: Vec<String>,
    /// `date`
    pub date: Option<Date>,
    /// What somebody should know, by line.
    pub findings: Vec<(usize, String)>,
}

/// The front matter of a file, if it has any that ends, and the text below with the number of its
/// first line.
pub(super) fn split(text: &str) -> (Option<&str>, &str, usize) {
    let fence = |line: &str| line.trim_end() == "---";
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        match index {
            0 if !fence(line) => break,
            0 => {}
            _ if fence(line) => {
                let first = text.find('\n').map_or(0, |end| end + 1);
                return (Some(&text[first..at]), &text[at + line.len()..], index + 2);
            }
            _ => {}
        }
        at += line.len();
    }
    (None, text, 1)
}

impl Matter {
    /// Reads it. What is no YAML is kept whole.
    pub fn read(text: &str) -> Matter {
        let mut matter = Matter::default();
        match Document::read("front.yaml", text.as_bytes()) {
            Ok(document) => match Front::of(&document) {
                Some(front) => front.entries().iter().for_each(|(key, node)| {
                    let line = front.line(key).map_or(1, |line| line + 1);
                    matter.take(key, node, line);
                }),
                None => matter.keep_all(text),
            },
            Err(_) => matter.take_lines(text),
        }
        matter
    }

    /// Titles with a colon and no quotes are common: where YAML cannot be read, each line is a key.
    fn take_lines(&mut self, text: &str) {
        self.findings.push((1, "the front matter is not valid YAML; its lines were read one by one".to_owned()));
        for (index, line) in text.lines().enumerate() {
            match line
                .split_once(':')
                .filter(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_'))
            {
                Some((key, value)) => self.take(key, &Node::Text(value.trim().to_owned()), index + 2),
                None if line.trim().is_empty() => {}
                None => self.kept.push(line.to_owned()),
            }
        }
    }

    fn keep_all(&mut self, text: &str) {
        self.findings.push((1, "the front matter is no list of keys; it was kept as a comment".to_owned()));
        self.kept.extend(text.lines().map(str::to_owned));
    }

    fn take(&mut self, key: &str, node: &Node, line: usize) {
        let text = scalar(node);
        match (key.to_ascii_lowercase().as_str(), text) {
            ("title", Some(text)) => self.title = Some(text),
            ("summary" | "description", Some(text)) if self.summary.is_none() => self.summary = Some(text),
            ("categories" | "keywords" | "tags", _) => self.take_tags(node),
            ("start_time", Some(text)) => self.mark("started", &text, line),
            ("end_time", Some(text)) => self.mark("resolved", &text, line),
            ("date", Some(text)) => {
                self.date = text.get(..10).and_then(|day| Date::parse(day).ok());
                self.kept.push(format!("{key}: {text}"));
            }
            ("url", Some(text)) => self.data.push(format!("- Source: <{}>", text.trim())),
            ("company" | "product", Some(text)) => self.data.push(format!("- {}: {text}", capital(key))),
            // An empty text says nothing, and a page's place in its old menu means nothing here.
            (_, None) if !matches!(node, Node::List(_) | Node::Map(_)) => {}
            ("weight", _) => {}
            _ => {
                self.kept.push(format!("{key}: {}", shown(node)));
                if key != "uuid" {
                    self.findings.push((line, format!("the key `{key}` has no place here; it was kept as a comment")));
                }
            }
        }
    }

    fn take_tags(&mut self, node: &Node) {
        match node {
            Node::List(items) => self.tags.extend(items.iter().filter_map(scalar)),
            other => self.tags.extend(scalar(other).iter().flat_map(|text| text.split(',')).map(str::to_owned)),
        }
    }

    fn mark(&mut self, mark: &'static str, text: &str, line: usize) {
        if let Ok(at) = Time::parse(text) {
            return self.marks.set(mark, at, None);
        }
        let moment = moment::read(text, None, None);
        match moment.time(Zone::UTC).filter(|_| moment.words.is_empty()) {
            Some(at) if moment.has_clock() => {
                self.marks.set(mark, at, None);
                self.findings.push((line, format!("`{text}` has no offset; UTC was taken")));
            }
            Some(at) => self.marks.set(mark, at, Some("day")),
            None => {
                self.kept.push(format!("{mark}: {text}"));
                let finding = format!("`{text}` is no time from 1970 on; it was kept as a comment");
                self.findings.push((line, finding));
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_its_second_fence() {
        assert_eq!(split("---\na: 1\n---\nb\n---\n"), (Some("a: 1\n"), "b\n---\n", 4));
        assert_eq!(split("---\nno end\n"), (None, "---\nno end\n", 1));
        assert_eq!(split("# a\n---\n"), (None, "# a\n---\n", 1));
    }

    #[test]
    fn what_is_no_yaml_is_read_line_by_line() {
        let matter = Matter::read("title: Sign-in: slow\nodd\ndate: 2024-05-06\n");
        assert_eq!((matter.title.as_deref(), matter.date.is_some()), (Some("Sign-in: slow"), true));
        assert_eq!(matter.kept, ["odd", "date: 2024-05-06"]);
    }

    #[test]
    fn times_are_taken_as_far_as_they_go() {
        let at = |text: &str, mark: &str| Matter::read(text).marks.at(mark).map(|at| at.rfc3339());
        assert_eq!(at("start_time: 2017-01-31T17:20:00-07:00", "started").as_deref(), Some("2017-02-01T00:20:00Z"));
        assert_eq!(at("end_time: \"\"", "resolved"), None);
        let old = Matter::read("start_time: 1962-07-22T09:21:00Z\nend_time: 2012-02-29");
        assert_eq!((old.marks.at("started"), old.findings.len()), (None, 1));
        assert!(format!("{:?}", old.marks.node()).contains("day"));
    }
}
