//! Reads the values of one mapping and notes every fault in it.

use super::Document;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::time::{Date, Time, TimeFault, parse_duration};
use crate::yaml::{Node, Path, Step};

/// A value and the way to it.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// What the author wrote.
    pub value: T,
    /// Where, as a path through the front matter.
    pub path: Path,
}

/// One mapping of a document.
pub struct Fields<'d> {
    document: &'d Document<'d>,
    entries: &'d [(String, Node)],
    path: Path,
    /// Whether it is something else than a mapping; that its keys are missing then says nothing new.
    is_broken: bool,
}

impl<'d> Fields<'d> {
    /// The mapping `node`; a node that is none is a fault. Reports keys that are not `known`.
    pub(super) fn new(document: &'d Document<'d>, node: &'d Node, path: Path, known: &[&str]) -> Fields<'d> {
        let fields = Fields::any(document, node, path);
        for (key, _) in fields.entries {
            if !known.contains(&key.as_str()) {
                fields.report_unknown_key(key, known);
            }
        }
        fields
    }

    /// The mapping `node`, whatever its keys.
    fn any(document: &'d Document<'d>, node: &'d Node, path: Path) -> Fields<'d> {
        match node {
            Node::Map(entries) => Fields { document, entries, path, is_broken: false },
            Node::Null => Fields { document, entries: &[], path, is_broken: false },
            other => {
                wrong_type(document, &path, "a mapping of keys to values", other);
                Fields { document, entries: &[], path, is_broken: true }
            }
        }
    }

    /// The way to this mapping.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The way to the value of `key`.
    pub fn key(&self, key: &'static str) -> Path {
        self.child(Step::Key(key.into()))
    }

    /// Text.
    pub fn text(&self, key: &'static str) -> Option<At<String>> {
        let (node, path) = self.get(key)?;
        match node {
            Node::Text(value) => Some(At { value: value.clone(), path }),
            other => self.wrong(&path, "text", other),
        }
    }

    /// Text that must be there.
    pub fn required_text(&self, key: &'static str) -> Option<At<String>> {
        self.require(key);
        self.text(key)
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let (node, path) = self.get(key)?;
        match node {
            Node::Bool(value) => Some(*value),
            other => self.wrong(&path, "`true` or `false`", other),
        }
    }

    /// A whole number.
    pub fn whole(&self, key: &'static str) -> Option<i64> {
        let (node, path) = self.get(key)?;
        match node {
            Node::Int(value) => Some(*value),
            other => self.wrong(&path, "a whole number", other),
        }
    }

    /// A number.
    pub fn number(&self, key: &'static str) -> Option<At<f64>> {
        let (node, path) = self.get(key)?;
        match node {
            Node::Int(value) => Some(At { value: *value as f64, path }),
            Node::Float(value) => Some(At { value: *value, path }),
            other => self.wrong(&path, "a number", other),
        }
    }

    /// An instant with its offset.
    pub fn time(&self, key: &'static str) -> Option<At<Time>> {
        let At { value, path } = self.text(key)?;
        match Time::parse(&value) {
            Ok(time) => Some(At { value: time, path }),
            Err(fault) => {
                self.document.report(time_fault(&value, fault).at(self.document.place(&path)));
                None
            }
        }
    }

    /// An instant that must be there.
    pub fn required_time(&self, key: &'static str) -> Option<At<Time>> {
        self.require(key);
        self.time(key)
    }

    /// A calendar day.
    pub fn date(&self, key: &'static str) -> Option<Date> {
        let At { value, path } = self.text(key)?;
        match Date::parse(&value) {
            Ok(date) => Some(date),
            Err(fault) => {
                self.document.report(date_fault(&value, fault).at(self.document.place(&path)));
                None
            }
        }
    }

    /// A duration in seconds.
    pub fn duration(&self, key: &'static str) -> Option<i64> {
        self.seconds(&self.text(key)?)
    }

    /// A mapping from names of the author's choice to durations in seconds.
    pub fn durations(&self, key: &'static str) -> Vec<(At<String>, i64)> {
        let pairs = self.words(key).into_iter().filter_map(|(name, text)| Some((name, self.seconds(&text)?)));
        pairs.collect()
    }

    fn seconds(&self, text: &At<String>) -> Option<i64> {
        let seconds = parse_duration(&text.value);
        if seconds.is_none() {
            let message = format!("`{}` is not a duration", text.value);
            let fault = Diagnostic::error(Code::InvalidDuration, message).at(self.document.place(&text.path));
            self.document.report(
                fault.help("write a whole number and a unit, such as `30m`, `8h` or `2d`, and at most `36525d`"),
            );
        }
        seconds
    }

    /// A list of texts.
    pub fn texts(&self, key: &'static str) -> Option<Vec<At<String>>> {
        let items = self.items(key)?;
        Some(
            items
                .into_iter()
                .filter_map(|(node, path)| match node {
                    Node::Text(value) => Some(At { value: value.clone(), path }),
                    other => self.wrong(&path, "text", other),
                })
                .collect(),
        )
    }

    /// A list of texts that must be there.
    pub fn required_texts(&self, key: &'static str) -> Option<Vec<At<String>>> {
        self.require(key);
        self.texts(key)
    }

    /// A list of mappings, each with `known` keys.
    pub fn list(&self, key: &'static str, known: &[&str]) -> Option<Vec<Fields<'d>>> {
        let items = self.items(key)?;
        Some(items.into_iter().map(|(node, path)| Fields::new(self.document, node, path, known)).collect())
    }

    /// A list of mappings that must be there.
    pub fn required_list(&self, key: &'static str, known: &[&str]) -> Option<Vec<Fields<'d>>> {
        self.require(key);
        self.list(key, known)
    }

    /// A mapping with `known` keys.
    pub fn map(&self, key: &'static str, known: &[&str]) -> Option<Fields<'d>> {
        let (node, path) = self.get(key)?;
        Some(Fields::new(self.document, node, path, known)).filter(|fields| !fields.is_broken)
    }

    /// A mapping that must be there.
    pub fn required_map(&self, key: &'static str, known: &[&str]) -> Option<Fields<'d>> {
        self.require(key);
        self.map(key, known)
    }

    /// A mapping from names of the author's choice to texts.
    pub fn words(&self, key: &'static str) -> Vec<(At<String>, At<String>)> {
        let Some((node, path)) = self.get(key) else { return Vec::new() };
        let fields = Fields::any(self.document, node, path);
        let entries = fields.entries.iter().filter_map(|(name, node)| {
            let key = fields.child(Step::KeyItself(name.clone(), 0));
            let path = fields.child(Step::Key(name.clone().into()));
            let value = match node {
                Node::Text(value) => value.clone(),
                Node::Null => return fields.report_missing(name, path),
                other => return fields.wrong(&path, "text", other),
            };
            Some((At { value: name.clone(), path: key }, At { value, path }))
        });
        entries.collect()
    }

    fn get(&self, key: &'static str) -> Option<(&'d Node, Path)> {
        let (_, node) = self.entries.iter().find(|(name, _)| name == key)?;
        if *node == Node::Null {
            return None;
        }
        Some((node, self.key(key)))
    }

    fn items(&self, key: &'static str) -> Option<Vec<(&'d Node, Path)>> {
        let (node, path) = self.get(key)?;
        let Node::List(items) = node else { return self.wrong(&path, "a list", node) };
        let with_path = items.iter().enumerate().map(|(index, item)| {
            let mut path = path.clone();
            path.push(Step::Index(index));
            (item, path)
        });
        Some(with_path.collect())
    }

    fn require(&self, key: &'static str) {
        let written = self.entries.iter().find(|(name, _)| name == key);
        match written {
            _ if self.is_broken => {}
            Some((_, Node::Null)) => _ = self.report_missing::<()>(key, self.key(key)),
            Some(_) => {}
            None => _ = self.report_missing::<()>(key, self.path.clone()),
        }
    }

    /// Reports a value that must be there: at its key if that is written, else at the whole mapping.
    fn report_missing<T>(&self, key: &str, path: Path) -> Option<T> {
        let is_written = path.len() > self.path.len();
        let message = if is_written { format!("`{key}` has no value") } else { format!("`{key}` is missing") };
        let fault = Diagnostic::error(Code::MissingKey, message).at(self.document.place(&path));
        self.document.report(fault.help(format!("add `{key}: …`")));
        None
    }

    fn report_unknown_key(&self, key: &str, known: &[&str]) {
        let place = self.document.place(&self.child(Step::KeyItself(key.to_owned(), 0)));
        let help = match key {
            "<<" => "write the keys out; mappings are not merged".to_owned(),
            key => did_you_mean(key, known.iter().copied()).unwrap_or_else(|| {
                format!("known here: {}", known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
            }),
        };
        let fault = Diagnostic::error(Code::UnknownKey, format!("unknown key `{key}`"));
        self.document.report(fault.at(place).help(help));
    }

    fn wrong<T>(&self, path: &Path, wanted: &str, found: &Node) -> Option<T> {
        wrong_type(self.document, path, wanted, found);
        None
    }

    fn child(&self, step: Step) -> Path {
        let mut path = self.path.clone();
        path.push(step);
        path
    }
}

fn wrong_type(document: &Document<'_>, path: &Path, wanted: &str, found: &Node) {
    let kind = match found {
        Node::Null => "nothing",
        Node::Bool(_) => "`true` or `false`",
        Node::Int(_) | Node::Float(_) => "a number",
        Node::Text(_) => "text",
        Node::List(_) => "a list",
        Node::Map(_) => "a mapping",
    };
    let fault = Diagnostic::error(Code::WrongType, format!("expected {wanted}, found {kind}"));
    let help = match (wanted, found) {
        ("text", Node::Bool(_) | Node::Int(_) | Node::Float(_)) => "put it in quotes",
        ("text", _) => "write one text here, in quotes if it holds `: `, `[` or `{`",
        ("a list", _) => "write it as a list: `[a, b]`, or one `- item` a line",
        ("a mapping of keys to values", _) => "write `key: value`, one a line, or `{ key: value, … }`",
        ("`true` or `false`", _) => "write `true` or `false`, without quotes",
        _ => "write it with digits, without quotes",
    };
    document.report(fault.at(document.place(path)).help(help));
}

fn time_fault(value: &str, fault: TimeFault) -> Diagnostic {
    let example = "write it as `2026-03-02T15:04Z` or `2026-03-02T16:04+01:00`";
    match fault {
        TimeFault::NoOffset => {
            Diagnostic::error(Code::TimeWithoutOffset, format!("the time `{value}` does not say its offset from UTC"))
                .help("add `Z` for UTC, or an offset such as `+01:00`")
        }
        TimeFault::Malformed if Date::parse(value).is_ok() => {
            Diagnostic::error(Code::MalformedTime, format!("`{value}` is a day; a time is wanted here")).help(example)
        }
        TimeFault::Malformed => {
            Diagnostic::error(Code::MalformedTime, format!("`{value}` is not a time")).help(example)
        }
        TimeFault::Impossible | TimeFault::Year => date_fault(value, fault),
    }
}

fn date_fault(value: &str, fault: TimeFault) -> Diagnostic {
    match fault {
        TimeFault::Impossible => Diagnostic::error(Code::ImpossibleTime, format!("`{value}` does not exist"))
            .help("check the day against the calendar, and the time against the clock"),
        TimeFault::Year => {
            Diagnostic::error(Code::YearOutOfRange, format!("the year of `{value}` is not one from 1970 to 9999"))
                .help("write the year with four digits")
        }
        TimeFault::NoOffset | TimeFault::Malformed => {
            Diagnostic::error(Code::MalformedTime, format!("`{value}` is not a date")).help("write it as `2026-03-02`")
        }
    }
}
