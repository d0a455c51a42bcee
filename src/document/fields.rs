//! Reads the values of one mapping and notes every fault in it.

use super::{Document, unknown_keys};
use crate::diagnostic::{Code, Diagnostic};
use crate::keys::{Key, Shape};
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

/// A text as written: one, or one for each of several languages.
#[derive(Clone, Debug)]
pub struct PerLanguage {
    /// The way to it.
    pub path: Path,
    /// The one text; none where there is a mapping.
    pub plain: Option<String>,
    /// Languages and their texts.
    pub texts: Vec<(At<String>, At<String>)>,
}

/// One mapping of a document.
pub struct Fields<'d> {
    document: &'d Document,
    entries: &'d [(String, Node)],
    /// What may stand in it; nothing where the names are the author's choice.
    keys: &'static [Key],
    path: Path,
    /// Whether it is something else than a mapping; that its keys are missing then says nothing new.
    is_broken: bool,
}

fn is_per_language(shape: &Shape) -> bool {
    matches!(shape, Shape::PerLanguage(each) if each.is_text())
}

impl<'d> Fields<'d> {
    /// The mapping `node`; a node that is none is a fault. Reports keys that are not declared.
    pub(super) fn new(document: &'d Document, node: &'d Node, path: Path, keys: &'static [Key]) -> Fields<'d> {
        let fields = Fields { keys, ..Fields::any(document, node, path) };
        fields.report_unknown_keys(&keys.iter().map(|key| key.name).collect::<Vec<_>>());
        fields
    }

    /// The mapping `node`, whatever its keys.
    fn any(document: &'d Document, node: &'d Node, path: Path) -> Fields<'d> {
        let bare = Fields { document, entries: &[], keys: &[], path, is_broken: false };
        match node {
            Node::Map(entries) => Fields { entries, ..bare },
            Node::Null => bare,
            other => {
                wrong_type(document, &bare.path, "a mapping of keys to values", other);
                Fields { is_broken: true, ..bare }
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

    /// The declared keys whose shape is this.
    pub fn names(&self, fits: impl Fn(&Shape) -> bool) -> impl Iterator<Item = &'static str> {
        self.keys.iter().filter(move |key| fits(&key.shape)).map(|key| key.name)
    }

    /// Text.
    pub fn text(&self, key: &'static str) -> Option<At<String>> {
        self.text_of(key, Shape::is_text)
    }

    fn text_of(&self, key: &'static str, fits: impl Fn(&Shape) -> bool) -> Option<At<String>> {
        let (node, path) = self.get(key, fits)?;
        match node {
            Node::Text(value) => Some(At { value: value.clone(), path }),
            other => self.wrong(&path, "text", other),
        }
    }

    /// A text, or one for each of several languages.
    pub fn per_language(&self, key: &'static str) -> Option<PerLanguage> {
        let (node, path) = self.get(key, is_per_language)?;
        self.per_language_of(node, path)
    }

    /// A list of texts, each of which may be one for each of several languages.
    pub fn list_per_language(&self, key: &'static str) -> Vec<PerLanguage> {
        let found = self.get(key, |shape| shape.items().is_some_and(is_per_language));
        let items = found.and_then(|(node, path)| self.items(node, path)).into_iter().flatten();
        items.filter_map(|(node, path)| self.per_language_of(node, path)).collect()
    }

    fn per_language_of(&self, node: &'d Node, path: Path) -> Option<PerLanguage> {
        match node {
            Node::Text(value) => Some(PerLanguage { path, plain: Some(value.clone()), texts: Vec::new() }),
            Node::Map(_) => {
                let texts = Fields::any(self.document, node, path.clone()).pairs();
                Some(PerLanguage { path, plain: None, texts })
            }
            other => self.wrong(&path, "text", other),
        }
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let (node, path) = self.get(key, |shape| matches!(shape, Shape::Flag))?;
        match node {
            Node::Bool(value) => Some(*value),
            other => self.wrong(&path, "`true` or `false`", other),
        }
    }

    /// A whole number.
    pub fn whole(&self, key: &'static str) -> Option<i64> {
        let (node, path) = self.get(key, |shape| matches!(shape, Shape::Whole))?;
        match node {
            Node::Int(value) => Some(*value),
            other => self.wrong(&path, "a whole number", other),
        }
    }

    /// The weight of a font.
    pub fn weight(&self, key: &'static str) -> Option<At<i64>> {
        let (node, path) = self.get(key, |shape| matches!(shape, Shape::Weight))?;
        match node {
            Node::Int(value) => Some(At { value: *value, path }),
            other => self.wrong(&path, "a whole number", other),
        }
    }

    /// A number.
    pub fn number(&self, key: &'static str) -> Option<At<f64>> {
        let (node, path) = self.get(key, |shape| matches!(shape, Shape::Share | Shape::Percent))?;
        match node {
            Node::Int(value) => Some(At { value: *value as f64, path }),
            Node::Float(value) => Some(At { value: *value, path }),
            other => self.wrong(&path, "a number", other),
        }
    }

    /// An instant with its offset.
    pub fn time(&self, key: &'static str) -> Option<At<Time>> {
        let At { value, path } = self.text_of(key, |shape| matches!(shape, Shape::Time))?;
        match Time::parse(&value) {
            Ok(time) => Some(At { value: time, path }),
            Err(fault) => {
                self.document.report(time_fault(&value, fault).at(self.document.place(&path)));
                None
            }
        }
    }

    /// A calendar day.
    pub fn date(&self, key: &'static str) -> Option<Date> {
        self.dated(key).map(|date| date.value)
    }

    /// A calendar day, and where it stands.
    pub fn dated(&self, key: &'static str) -> Option<At<Date>> {
        let At { value, path } = self.text_of(key, |shape| matches!(shape, Shape::Date))?;
        match Date::parse(&value) {
            Ok(value) => Some(At { value, path }),
            Err(fault) => {
                self.document.report(date_fault(&value, fault).at(self.document.place(&path)));
                None
            }
        }
    }

    /// A duration in seconds.
    pub fn duration(&self, key: &'static str) -> Option<i64> {
        self.seconds(&self.text_of(key, |shape| matches!(shape, Shape::Duration))?)
    }

    /// A mapping from names of the author's choice to durations in seconds.
    pub fn durations(&self, key: &'static str) -> Vec<(At<String>, i64)> {
        let named = self.named(key, |values| matches!(values, Shape::Duration));
        let pairs = named.iter().flat_map(Fields::pairs).filter_map(|(name, text)| Some((name, self.seconds(&text)?)));
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
        let (node, path) = self.get(key, |shape| shape.items().is_some_and(Shape::is_text))?;
        self.texts_of(node, path)
    }

    fn texts_of(&self, node: &'d Node, path: Path) -> Option<Vec<At<String>>> {
        let texts = self.items(node, path)?.into_iter().filter_map(|(node, path)| match node {
            Node::Text(value) => Some(At { value: value.clone(), path }),
            other => self.wrong(&path, "text", other),
        });
        Some(texts.collect())
    }

    /// A list of mappings.
    pub fn list(&self, key: &'static str) -> Option<Vec<Fields<'d>>> {
        let keys = |shape: &Shape| shape.items().and_then(Shape::keys);
        let (node, path) = self.get(key, |shape| keys(shape).is_some())?;
        let keys = keys(&self.declared(key).shape)?;
        let items = self.items(node, path)?.into_iter();
        Some(items.map(|(node, path)| Fields::new(self.document, node, path, keys)).collect())
    }

    /// A mapping.
    pub fn map(&self, key: &'static str) -> Option<Fields<'d>> {
        let (node, path) = self.get(key, |shape| shape.keys().is_some())?;
        let keys = self.declared(key).shape.keys()?;
        Some(Fields::new(self.document, node, path, keys)).filter(|fields| !fields.is_broken)
    }

    /// A mapping from names to texts.
    pub fn words(&self, key: &'static str) -> Vec<(At<String>, At<String>)> {
        self.named(key, Shape::is_text).iter().flat_map(Fields::pairs).collect()
    }

    /// A mapping from names to lists of texts.
    pub fn named_texts(&self, key: &'static str) -> Vec<(String, Vec<At<String>>)> {
        let named = self.named(key, |values| values.items().is_some_and(Shape::is_text));
        let lists = named.iter().flat_map(|named| {
            named.entries.iter().filter(|(_, node)| *node != Node::Null).filter_map(|(name, node)| {
                Some((name.clone(), self.texts_of(node, named.child(Step::Key(name.clone().into())))?))
            })
        });
        lists.collect()
    }

    /// The mapping at `key`, whose names are no keys; reports names outside a closed list.
    fn named(&self, key: &'static str, fits: impl Fn(&Shape) -> bool) -> Option<Fields<'d>> {
        let (node, path) = self.get(key, |shape| matches!(shape, Shape::Named(_, values) if fits(values)))?;
        let fields = Fields::any(self.document, node, path);
        if let Shape::Named(names, _) = self.declared(key).shape
            && let Some(names) = names.closed()
        {
            fields.report_unknown_keys(&names);
        }
        Some(fields)
    }

    /// The names and texts of a mapping.
    fn pairs(&self) -> Vec<(At<String>, At<String>)> {
        let pairs = self.entries.iter().filter_map(|(name, node)| {
            let key = self.child(Step::KeyItself(name.clone(), 0));
            let path = self.child(Step::Key(name.clone().into()));
            let value = match node {
                Node::Text(value) => value.clone(),
                Node::Null => return self.report_missing(name, path),
                other => return self.wrong(&path, "text", other),
            };
            Some((At { value: name.clone(), path: key }, At { value, path }))
        });
        pairs.collect()
    }

    /// The value of `key`, if it is written. Reports one that is needed and absent.
    fn get(&self, key: &'static str, fits: impl Fn(&Shape) -> bool) -> Option<(&'d Node, Path)> {
        let declared = self.declared(key);
        debug_assert!(fits(&declared.shape), "`{key}` is read as something else than it is declared");
        if declared.is_needed {
            self.require(key);
        }
        let (_, node) = self.entries.iter().find(|(name, _)| name == key)?;
        if *node == Node::Null {
            return None;
        }
        Some((node, self.key(key)))
    }

    fn declared(&self, key: &str) -> &'static Key {
        let declared = self.keys.iter().find(|declared| declared.name == key);
        declared.unwrap_or_else(|| unreachable!("`{key}` is read, and not declared in `keys`"))
    }

    fn items(&self, node: &'d Node, path: Path) -> Option<Vec<(&'d Node, Path)>> {
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

    fn report_unknown_keys(&self, known: &[&str]) {
        unknown_keys::report(self.document, &self.path, self.entries, known);
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

fn wrong_type(document: &Document, path: &Path, wanted: &str, found: &Node) {
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
        // Its day is one that can be written: the offset leads out of the years.
        TimeFault::Year if value.get(..10).is_some_and(|day| Date::parse(day).is_ok()) => {
            let message = format!("the year of `{value}` in UTC is not one from 1970 to 9999");
            Diagnostic::error(Code::YearOutOfRange, message)
                .help("write a time that lies in these years in UTC as well")
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
