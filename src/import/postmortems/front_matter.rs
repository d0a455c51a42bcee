//! The front matter that some collections have.

use super::marks::SourceMarks;
use crate::document::{Document, Node};
use crate::import::front::{Front, scalar, shown};
use crate::import::history::write;
use crate::import::proof;
use crate::import::times::{self, Context, Doubt, Frame};
use crate::model::Id;
use crate::time::{Date, Zone};

/// What the front matter of a postmortem says.
#[derive(Clone, Debug, Default)]
pub(super) struct PostmortemFrontMatter {
    /// `title`
    pub title: Option<String>,
    /// `summary` or `description`
    pub summary: Option<String>,
    /// `categories`, `keywords`, `tags`
    pub tags: Vec<String>,
    /// `start_time` and `end_time`
    pub marks: SourceMarks,
    /// What has no key here but belongs to the postmortem, as items of a list.
    pub data: Vec<String>,
    /// What is kept as a comment.
    pub kept: Vec<String>,
    /// `date`
    pub date: Option<Date>,
    /// What somebody should know, by line.
    pub findings: Vec<(usize, String)>,
    /// Times that became marks, each as its line stood.
    pub said: Vec<(&'static str, String)>,
    /// Keys that have no place here.
    pub strange: Vec<String>,
    /// The zone of times that name none, if the user says it.
    pub zone: Option<Zone>,
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

impl PostmortemFrontMatter {
    /// Reads it. What is no YAML is kept whole.
    pub fn read(text: &str, zone: Option<Zone>) -> PostmortemFrontMatter {
        let mut front_matter = PostmortemFrontMatter { zone, ..PostmortemFrontMatter::default() };
        match Document::read("front.yaml", text.as_bytes()) {
            Ok(document) => match Front::of(&document) {
                Some(front) => {
                    front.entries().iter().for_each(|(key, node)| {
                        let line = front.line(key).map_or(1, |line| line + 1);
                        front_matter.take(key, node, line);
                    });
                    let comments = front.comments();
                    front_matter.kept.extend(comments.iter().map(|comment| write::source_comment(&comment.text)));
                }
                None => front_matter.keep_all(text),
            },
            Err(_) => front_matter.take_lines(text),
        }
        front_matter
    }

    /// Titles with a colon and no quotes are common: where YAML cannot be read, each line is a key.
    fn take_lines(&mut self, text: &str) {
        self.findings.push((1, "the front matter is not valid YAML; its lines were read one by one".to_owned()));
        for (index, line) in text.lines().enumerate() {
            match line
                .split_once(':')
                .filter(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c)))
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
        const MARKS: [(&str, &[&str]); 6] = [
            ("started", &["start_time", "started", "started_at", "start", "incident_start", "impact_start", "began"]),
            ("detected", &["detected", "detected_at", "detection_time"]),
            ("acknowledged", &["acknowledged", "acknowledged_at"]),
            ("identified", &["identified", "identified_at"]),
            ("mitigated", &["mitigated", "mitigated_at"]),
            ("resolved", &["end_time", "resolved", "resolved_at", "end", "ended", "ended_at", "incident_end"]),
        ];
        let text = scalar(node);
        let name = key.to_ascii_lowercase().replace('-', "_");
        let mark = MARKS.iter().find(|(_, keys)| keys.contains(&name.as_str())).map(|(mark, _)| *mark);
        match (name.as_str(), text) {
            ("title", Some(text)) => self.title = Some(text),
            ("summary" | "description", Some(text)) if self.summary.is_none() => self.summary = Some(text),
            ("categories" | "keywords" | "tags", _) => self.take_tags(key, node),
            (_, Some(text)) if mark.is_some_and(|mark| self.mark(mark, key, &text, line)) => {}
            ("date" | "incident_date", Some(text)) => {
                self.date = times::first(&text, Context::default()).or(self.date);
                self.kept.push(format!("{key}: {text}"));
            }
            ("url", Some(text)) if text.starts_with("http") => self.data.push(format!("- Source: <{}>", text.trim())),
            ("company" | "product", Some(text)) => self.data.push(format!("- {}: {text}", capital(key))),
            // An empty text says nothing.
            (_, None) if !matches!(node, Node::List(_) | Node::Map(_)) => {}
            _ => {
                self.kept.push(format!("{key}: {}", shown(node)));
                if !["uuid", "weight"].contains(&key) {
                    self.strange.push(key.to_owned());
                }
            }
        }
    }

    /// Words become ids; what is more than its id is kept as well.
    fn take_tags(&mut self, key: &str, node: &Node) {
        let tags: Vec<String> = match node {
            Node::List(items) => items.iter().filter_map(scalar).collect(),
            other => scalar(other).iter().flat_map(|text| text.split(',')).map(|tag| tag.trim().to_owned()).collect(),
        };
        let is_more = |tag: &String| Id::slug(tag).is_none_or(|id| proof::lost(tag, &id.to_string()).is_some());
        if tags.iter().any(is_more) {
            self.kept.push(format!("{key}: {}", tags.join(", ")));
        }
        self.tags.extend(tags);
    }

    /// Whether a text is a time, or was meant as one.
    fn mark(&mut self, mark: &'static str, key: &str, text: &str, line: usize) -> bool {
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let moment = times::whole(text, Context { home: self.zone, ..Context::default() });
        let zone = Frame::Zone(self.zone.unwrap_or(Zone::UTC));
        let at = moment.as_ref().ok_or(Doubt::Unread).and_then(|moment| moment.beginning(zone));
        let moment = moment.unwrap_or_default();
        match at {
            Ok(at) => {
                let is_day = moment.clock.is_none();
                if !is_day && moment.zone.is_none() && self.zone.is_none() {
                    self.findings.push((line, format!("`{text}` has no offset; UTC was taken")));
                }
                self.marks.set(mark, at, is_day.then_some("day"));
                self.said.push((mark, format!("{key}: {text}")));
                if proof::lost(text, &write::time(at)).is_some() {
                    self.kept.push(format!("{key}: {text}"));
                }
            }
            Err(doubt) => {
                self.kept.push(format!("{key}: {text}"));
                let finding = format!("the time `{text}` marks nothing: {doubt}; it was kept as a comment");
                self.findings.push((line, finding));
            }
        }
        true
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
        let front_matter = PostmortemFrontMatter::read("title: Sign-in: slow\nodd\ndate: 2024-05-06\n", None);
        assert_eq!((front_matter.title.as_deref(), front_matter.date.is_some()), (Some("Sign-in: slow"), true));
        assert_eq!(front_matter.kept, ["odd", "date: 2024-05-06"]);
    }

    #[test]
    fn comments_between_keys_are_kept() {
        let front_matter = PostmortemFrontMatter::read("# Ask for a refund\ntitle: Lock # 3\n", None);
        assert_eq!(front_matter.kept, ["A comment in the source: Ask for a refund", "A comment in the source: 3"]);
    }

    #[test]
    fn times_are_taken_as_far_as_they_go() {
        let at = |text: &str, mark: &str| PostmortemFrontMatter::read(text, None).marks.at(mark).map(|at| at.rfc3339());
        assert_eq!(at("start_time: 2017-01-31T17:20:00-07:00", "started").as_deref(), Some("2017-02-01T00:20:00Z"));
        assert_eq!(at("end_time: \"\"", "resolved"), None);
        assert_eq!(at("resolved: true", "resolved"), None);
        let old = PostmortemFrontMatter::read("start_time: 1962-07-22T09:21:00Z\nend_time: 2012-02-29", None);
        assert_eq!((old.marks.at("started"), old.findings.len()), (None, 1));
        assert!(format!("{:?}", old.marks.node()).contains("day"));
    }
}
