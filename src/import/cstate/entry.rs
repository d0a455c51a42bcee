//! An entry of a cState site as its front matter describes it.

use crate::document::{Document, Node};
use crate::import::Notes;
use crate::import::front::{Front, child, scalar, shown};
use crate::import::front_comments::{FrontComment, Holder};
use crate::import::history::write::source_comment;
use crate::import::markdown::prepare;
use crate::import::times::{self, Context, Doubt, Frame, Moment};
use crate::time::Time;

/// cState's word for how bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CstateSeverity {
    /// `down`
    Down,
    /// `disrupted`, and words that cState does not know.
    Disrupted,
    /// `notice`, or none at all.
    Notice,
}

/// One file of `content/issues/`.
#[derive(Clone, Debug)]
pub(super) struct CstateEntry {
    /// Relative to the cState site.
    pub path: String,
    /// `title`
    pub title: String,
    /// `date`
    pub start: Time,
    /// Whether that is known to the minute.
    pub is_start_known: bool,
    /// `resolvedWhen`, not before `date`.
    pub end: Option<Time>,
    /// The zone of times in its text that name none.
    pub zone: Frame,
    /// What is known of the times in its text.
    pub context: Context,
    /// `resolved`
    pub resolved: bool,
    /// `severity`
    pub severity: CstateSeverity,
    /// `affected`: names of systems.
    pub affected: Vec<String>,
    /// Why cState does not show it, if so.
    pub hidden: Option<&'static str>,
    /// `informational`
    pub informational: bool,
    /// `pin: true`
    pub pinned: bool,
    /// Markdown, without HTML comments.
    pub body: String,
    /// How many lines stand above the body.
    pub body_line: usize,
    /// What has no place here, for comments in the written file.
    pub kept: Vec<String>,
    /// What stands between the keys as comments.
    comments: Vec<FrontComment>,
}

/// Words that others write for a severity, and mean that nothing fails.
const MILD: [&str; 6] = ["info", "information", "informational", "maintenance", "planned", "none"];

/// Keys whose meaning is brought over.
const KNOWN: [&str; 12] = [
    "title",
    "date",
    "resolved",
    "resolvedWhen",
    "severity",
    "affected",
    "individualaffected",
    "section",
    "informational",
    "pin",
    "draft",
    "publishDate",
];

impl CstateEntry {
    /// Reads a file.
    ///
    /// # Errors
    /// Says why the file cannot be an entry.
    pub(super) fn read(path: &str, bytes: &[u8], notes: &mut Notes) -> Result<CstateEntry, String> {
        let document = Document::read(path, bytes).map_err(|faults| {
            let words: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            words.join("; ")
        })?;
        let front = Front::of(&document).ok_or("its front matter is no mapping of keys to values")?;
        let mut reader = FrontReader { path, front, notes };
        let (body, comments) = prepare(document.body());
        let (start, is_start_known) = reader.start(document.stem()).ok_or("it has no date that can be read")?;
        let zone = reader.zone();
        let context = Context { near: Some(zone.date(start)), order: times::order(&body), ..reader.notes.context() };
        let (mut kept, front_comments) = (reader.kept(), reader.front.comments());
        kept.extend(comments.iter().map(|comment| source_comment(comment)));
        let body_line = bytes[..bytes.len() - document.body().len()].iter().filter(|byte| **byte == b'\n').count();
        if !comments.is_empty() {
            let message = "HTML comments, which readers never saw, are kept as comments in the front matter";
            reader.notes.add(path, body_line + 1, message);
        }
        Ok(CstateEntry {
            path: path.to_owned(),
            title: reader.title(document.stem()),
            start,
            is_start_known,
            end: reader.end(start),
            zone,
            context,
            resolved: reader.resolved(),
            severity: reader.severity(),
            affected: reader.affected(),
            hidden: reader.hidden(),
            informational: reader.front.flag("informational").unwrap_or(false),
            pinned: reader.front.flag("pin").unwrap_or(false),
            body,
            body_line,
            kept,
            comments: front_comments,
        })
    }

    /// Its comments, and where they are kept.
    pub(super) fn holder(&mut self) -> Holder<'_> {
        Holder { path: &self.path, comments: &self.comments, kept: &mut self.kept }
    }

    /// The line of the file on which a line of the body stands.
    pub(super) fn line(&self, line_of_body: usize) -> usize {
        self.body_line + line_of_body + 1
    }

    /// When it was over, if it is and says so.
    pub(super) fn over(&self) -> Option<Time> {
        self.end.filter(|end| *end > self.start)
    }
}

/// Reads the keys of one entry and notes what is odd about them.
struct FrontReader<'a, 'd> {
    path: &'a str,
    front: Front<'d>,
    notes: &'a mut Notes,
}

impl FrontReader<'_, '_> {
    /// Whether it is a post, which has neither severity nor end.
    fn is_news(&self) -> bool {
        self.front.flag("informational") == Some(true)
    }

    fn doubt(&mut self, key: &str, message: impl Into<String>) {
        let line = self.front.line(key);
        self.notes.time(self.path, line, message);
    }

    fn note(&mut self, key: &str, message: impl Into<String>) {
        let line = self.front.line(key);
        self.notes.add(self.path, line, message);
    }

    fn title(&mut self, stem: &str) -> String {
        self.front.text("title").unwrap_or_else(|| {
            self.note("title", "it has no title; the file's name stands for it");
            stem.to_owned()
        })
    }

    /// `date`, and whether it is known to the minute; else the day in the file's name, or that of the end.
    fn start(&mut self, stem: &str) -> Option<(Time, bool)> {
        if let Some((time, day_only)) = self.time("date") {
            return Some((time, !day_only));
        }
        let whole = |text: &str| times::whole(text, self.notes.context());
        let home = Frame::Zone(self.notes.home());
        let day = stem.get(..10).and_then(whole);
        let found = day.or_else(|| whole(&self.front.text("resolvedWhen")?))?.beginning(home).ok()?;
        let message = format!(
            "when it began is not known; the day {} was taken from elsewhere in the file, and it counts as no downtime",
            home.date(found).iso()
        );
        self.doubt("date", message);
        Some((found, false))
    }

    /// A time, and whether it is a day alone.
    fn time(&mut self, key: &str) -> Option<(Time, bool)> {
        let text = self.front.text(key)?;
        let read = self.notes.time_of(self.path, self.front.line(key), &text);
        match &read {
            Ok((_, true)) if !self.is_news() => {
                self.doubt(key, format!("`{key}` is a day; its beginning was taken"));
            }
            Ok(_) => {}
            Err(doubt @ Doubt::Zone(_)) => {
                self.doubt(key, format!("`{key}: {text}`: {doubt}, so the time is not known"));
            }
            Err(_) => self.doubt(key, format!("`{key}: {text}` is no time that can be read")),
        }
        read.ok()
    }

    /// When it was over; a day alone, or a time before its beginning, does not say it.
    fn end(&mut self, start: Time) -> Option<Time> {
        let (end, day_only) = self.time("resolvedWhen")?;
        if end < start {
            let message = format!(
                "`resolvedWhen` ({}) lies before `date` ({}): when it was over is not known",
                times::spoken(end),
                times::spoken(start)
            );
            self.doubt("resolvedWhen", message);
            return None;
        }
        (!day_only || end > start).then_some(end)
    }

    /// The zone of times in the text: that of `date` if it names an offset, else that of the site.
    fn zone(&self) -> Frame {
        let date = self.front.text("date").and_then(|text| times::whole(&text, self.notes.context()));
        let frame = date.and_then(|Moment { zone, .. }| zone?.frame);
        frame
            .filter(|frame| matches!(frame, Frame::Offset(offset) if *offset != 0))
            .unwrap_or(Frame::Zone(self.notes.home()))
    }

    fn resolved(&mut self) -> bool {
        let resolved = self.front.flag("resolved");
        if resolved.is_none() && !self.is_news() {
            self.note(
                "resolved",
                "it does not say whether it is resolved; cState shows it as open, and so it was imported",
            );
        }
        resolved.unwrap_or(false)
    }

    fn severity(&mut self) -> CstateSeverity {
        let word = self.front.text("severity").unwrap_or_default().to_ascii_lowercase();
        match word.as_str() {
            "down" => CstateSeverity::Down,
            "disrupted" => CstateSeverity::Disrupted,
            "notice" => CstateSeverity::Notice,
            "" if self.is_news() => CstateSeverity::Notice,
            "" => {
                self.note("severity", "it has no severity; it was read as `notice`");
                CstateSeverity::Notice
            }
            other if MILD.contains(&other) => {
                let message = format!("the severity `{other}` is not one of cState's; it was read as `notice`");
                self.note("severity", message);
                CstateSeverity::Notice
            }
            other => {
                let message = format!("the severity `{other}` is not one of cState's; it was read as `disrupted`");
                self.note("severity", message);
                CstateSeverity::Disrupted
            }
        }
    }

    /// The names of the systems, whether written as a list, as one word, or as Decap's objects.
    fn affected(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        for key in ["affected", "individualaffected"] {
            if let Some(node) = self.front.get(key) {
                gather_names(node, &mut names);
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    fn hidden(&mut self) -> Option<&'static str> {
        let section = self.front.text("section");
        let reason = if self.front.flag("draft") == Some(true) {
            "it is a draft"
        } else if section.as_deref() != Some("issue") {
            "its `section` is not `issue`"
        } else {
            return None;
        };
        let message = format!("cState does not show this, because {reason}: it became an internal incident");
        self.notes.add(self.path, None, message);
        Some(reason)
    }

    /// Keys that have no place here, as lines to keep; each is noted.
    fn kept(&mut self) -> Vec<String> {
        let mut kept = Vec::new();
        for (key, node) in self.front.entries() {
            let is_known = KNOWN.iter().any(|known| known.eq_ignore_ascii_case(key));
            if !is_known || (key == "pin" && self.front.flag("pin").is_none()) {
                let line = format!("{key}: {}", shown(node));
                self.note(key, format!("the key `{line}` has no place here; it is kept as a comment"));
                kept.push(format!("cState: {line}"));
            }
        }
        self.front.repeated().iter().for_each(|twice| twice.keep(self.path, 0, self.notes));
        kept
    }
}

fn gather_names(node: &Node, names: &mut Vec<String>) {
    match node {
        Node::List(items) => items.iter().for_each(|item| gather_names(item, names)),
        Node::Map(entries) => {
            let named = ["name", "individualaffected", "system"].iter().find_map(|key| child(node, key));
            match named {
                Some(name) => gather_names(name, names),
                None => entries.iter().for_each(|(_, value)| gather_names(value, names)),
            }
        }
        other => names.extend(scalar(other)),
    }
}
