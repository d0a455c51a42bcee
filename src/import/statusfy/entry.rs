//! An entry as its file tells it: keys, text and updates.

use super::body::{BodyParts, WrittenUpdate, split};
use super::front_matter::{Fault, ParsedFile};
use crate::document::{Node, stem_of};
use crate::import::Notes;
use crate::import::front::{child, flag, scalar, shown};
use crate::import::front_comments::{FrontComment, Holder};
use crate::import::history::entry::Location;
use crate::import::history::write::source_comment;
use crate::import::markdown::{prepare, settle, stand_alone};
use crate::import::marker::{Label, label_of, notable};
use crate::import::times::{self, Frame};
use crate::model::{ComponentStatus, Vocabulary};
use crate::time::Time;

/// One file of `content/`.
pub(super) struct StatusfyEntry {
    pub title: String,
    /// `date`
    pub start: Time,
    /// Whether that is known to the minute.
    pub is_start_known: bool,
    /// `modified`
    pub modified: Option<Time>,
    /// `severity`
    pub severity: ComponentStatus,
    /// `affectedsystems`
    pub affected: Vec<String>,
    /// `resolved`
    pub resolved: bool,
    /// `scheduled`
    pub scheduled: Option<Time>,
    /// `duration`, in seconds.
    pub seconds: Option<i64>,
    /// What the whole entry says, in Candor's Markdown.
    pub general: String,
    /// A summary that says more than the text.
    pub summary: String,
    /// Oldest first.
    pub said: Vec<StatusfyUpdate>,
    /// Updates without a time, as text.
    pub untimed: Vec<String>,
    /// Lines to keep as comments.
    pub kept: Vec<String>,
    /// What stands between the keys as comments.
    comments: Vec<FrontComment>,
}

/// One update.
pub(super) struct StatusfyUpdate {
    pub at: Time,
    pub line: usize,
    pub label: Option<Label>,
    pub text: String,
}

/// Keys whose meaning is brought over.
const KNOWN: [&str; 10] = [
    "id",
    "title",
    "description",
    "date",
    "modified",
    "severity",
    "affectedsystems",
    "resolved",
    "scheduled",
    "duration",
];

impl StatusfyEntry {
    /// Reads a file.
    ///
    /// # Errors
    /// Says where and why it cannot be an entry.
    pub(super) fn read(location: &Location, bytes: &[u8], notes: &mut Notes) -> Result<StatusfyEntry, Fault> {
        let file = ParsedFile::read(bytes)?;
        let mut reader = StatusfyReader { location, file: &file, notes };
        let (start, is_start_known) =
            reader.start().ok_or_else(|| (reader.line("date"), "it has no date that can be read".to_owned()))?;
        let mut entry = StatusfyEntry {
            title: reader.title(),
            start,
            is_start_known,
            modified: reader.moment("modified").map(|(time, _)| time),
            severity: reader.severity(),
            affected: reader.affected(),
            resolved: reader.resolved(),
            scheduled: reader.moment("scheduled").map(|(time, _)| time),
            seconds: reader.seconds(),
            general: String::new(),
            summary: String::new(),
            said: Vec::new(),
            untimed: Vec::new(),
            kept: reader.kept(),
            comments: file.comments.clone(),
        };
        reader.body(&mut entry);
        Ok(entry)
    }

    /// Its comments, and where they are kept.
    pub(super) fn holder<'e>(&'e mut self, location: &'e Location) -> Holder<'e> {
        Holder { path: &location.path, comments: &self.comments, kept: &mut self.kept }
    }
}

/// Reads one file and notes what is odd about it.
struct StatusfyReader<'a> {
    location: &'a Location,
    file: &'a ParsedFile,
    notes: &'a mut Notes,
}

impl StatusfyReader<'_> {
    fn line(&self, key: &str) -> Option<usize> {
        self.file.lines.get(key).copied()
    }

    fn note(&mut self, line: Option<usize>, message: &str) {
        self.location.note_at(self.notes, line, message);
    }

    fn get(&self, key: &str) -> Option<&Node> {
        child(&self.file.root, key)
    }

    fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(scalar)
    }

    fn title(&mut self) -> String {
        let title = self.text("title").map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        title.unwrap_or_else(|| {
            self.note(None, "it has no title; the file's name stands for it");
            stem_of(&self.location.path).to_owned()
        })
    }

    /// A time, and whether it is a day alone.
    fn moment(&mut self, key: &str) -> Option<(Time, bool)> {
        let text = self.text(key)?;
        let read = self.notes.time_of(&self.location.path, self.line(key), &text);
        match read {
            Err(_) => self.note(self.line(key), &format!("`{key}: {text}` is no time that can be read; left out")),
            Ok((_, true)) => self.note(self.line(key), &format!("`{key}` is a day; its beginning was taken")),
            Ok(_) => {}
        }
        read.ok()
    }

    /// `date`, and whether it is known to the minute; else the day in the file's name.
    fn start(&mut self) -> Option<(Time, bool)> {
        if let Some((time, is_day)) = self.moment("date") {
            return Some((time, !is_day));
        }
        let day = stem_of(&self.location.path).get(..10)?;
        let (time, _) = self.notes.time_of(&self.location.path, None, day).ok()?;
        let message = format!(
            "when it began is not known; {} was taken from the file's name, and it counts as no downtime",
            self.notes.home().date(time).iso()
        );
        self.location.doubt(self.notes, &message);
        Some((time, false))
    }

    fn severity(&mut self) -> ComponentStatus {
        let word = self.text("severity").unwrap_or_default();
        ComponentStatus::from_word(&word.replace('-', "_")).unwrap_or_else(|| {
            let message = format!("the severity `{word}` is none of Statusfy's; the systems were taken to work");
            self.note(self.line("severity"), &message);
            ComponentStatus::Operational
        })
    }

    fn affected(&mut self) -> Vec<String> {
        let named = match self.get("affectedsystems") {
            Some(Node::List(items)) => Some(items.iter().filter_map(scalar).collect::<Vec<_>>()),
            Some(other) => scalar(other).map(|text| text.split(',').map(|id| id.trim().to_owned()).collect()),
            None => None,
        }
        .unwrap_or_default();
        let mut once: Vec<String> = Vec::new();
        named.into_iter().filter(|id: &String| !id.is_empty()).for_each(|id| {
            if !once.contains(&id) {
                once.push(id);
            }
        });
        once
    }

    fn resolved(&mut self) -> bool {
        let resolved = self.get("resolved").and_then(flag);
        if resolved.is_none() {
            self.note(self.line("resolved"), "it does not say whether it is resolved; it was imported as open");
        }
        resolved.unwrap_or(false)
    }

    /// `duration` is in minutes; a part of one counts as a whole.
    fn seconds(&mut self) -> Option<i64> {
        const MOST: f64 = 60.0 * 24.0 * 366.0;
        let text = self.text("duration")?;
        let minutes = text.parse::<f64>().ok().map(f64::ceil).filter(|minutes| (1.0..=MOST).contains(minutes));
        if minutes.is_none() {
            self.note(self.line("duration"), &format!("`duration: {text}` is no number of minutes; left out"));
        }
        minutes.map(|minutes| minutes as i64 * 60)
    }

    fn kept(&mut self) -> Vec<String> {
        let mut kept: Vec<String> = self.text("id").map(|id| format!("Statusfy: incident {id}")).into_iter().collect();
        if let Node::Map(entries) = &self.file.root {
            for (key, node) in entries.iter().filter(|(key, _)| !KNOWN.contains(&key.as_str())) {
                let line = format!("{key}: {}", shown(node));
                self.note(self.line(key), &format!("the key `{line}` has no place here; it is kept as a comment"));
                kept.push(format!("Statusfy: {line}"));
            }
        }
        self.file.repeated.iter().for_each(|twice| twice.keep(&self.location.path, 1, self.notes));
        kept
    }

    fn body(&mut self, entry: &mut StatusfyEntry) {
        let (body, comments) = prepare(&self.file.body);
        // Statusfy's own programs write the language into each file.
        let comments = comments.iter().filter(|comment| !comment.contains("language code:"));
        entry.kept.extend(comments.map(|comment| source_comment(comment)));
        let BodyParts { general, mut parts, others } = split(&body);
        for index in others {
            self.note(Some(self.body_line(index)), "a mark that Candor does not know; it is kept as text");
        }
        entry.general = self.convert(&general);
        self.summary(entry);
        let context = self.notes.context();
        let home = Frame::Zone(self.notes.home());
        let at = |part: &WrittenUpdate| times::whole(&part.time, context)?.beginning(home).ok();
        let is_newest_first = |pair: &[WrittenUpdate]| at(&pair[0]) > at(&pair[1]);
        // Of one time all: then the one that says it is over is the last.
        let ends = |part: Option<&WrittenUpdate>| part.and_then(|part| label_of(&part.title)) == Some(Label::Final);
        let is_of_one_time = parts.windows(2).all(|pair| at(&pair[0]) == at(&pair[1]));
        let ends_first = is_of_one_time && ends(parts.first()) && !ends(parts.last());
        if ends_first || parts.windows(2).any(is_newest_first) {
            parts.reverse(); // of two with one time the one below is the older then
        }
        for part in parts {
            self.part(part, entry);
        }
        let times: Vec<Time> = entry.said.iter().map(|said| said.at).collect();
        self.notes.reordered(self.location, &times);
        entry.said.sort_by_key(|said| said.at);
    }

    /// `description` is what lists show; mostly it is the text again.
    fn summary(&mut self, entry: &mut StatusfyEntry) {
        let Some(text) = self.text("description") else { return };
        let text = self.convert(&text);
        if entry.general.is_empty() {
            entry.general = text;
        } else if !entry.general.contains(&text) {
            entry.summary = text;
        }
    }

    fn part(&mut self, part: WrittenUpdate, entry: &mut StatusfyEntry) {
        let line = self.body_line(part.line);
        if !part.is_closed {
            self.note(Some(line), "an update whose end is not marked; it was taken to reach to the end of the file");
        }
        let label = label_of(&part.title);
        if label.is_none() {
            let message = format!("`{}` is no known status; the update keeps the one before it", part.title);
            self.note(Some(line), &message);
        }
        let mut text = self.convert(&part.text);
        let is_bare = label.is_some() && notable(&part.title).is_empty();
        if !is_bare && !part.title.is_empty() {
            text = format!("**{}**\n\n{text}", self.convert(&part.title)).trim_end().to_owned();
        }
        match self.notes.time_of(&self.location.path, line, &part.time) {
            Ok((at, _)) => entry.said.push(StatusfyUpdate { at, line, label, text }),
            Err(_) => {
                let message =
                    format!("an update without a time that can be read (`{}`); it is kept in the body", part.time);
                self.note(Some(line), &message);
                let heading = if is_bare { format!("**{}**\n\n", part.title) } else { String::new() };
                entry.untimed.push(format!("{heading}{text}"));
            }
        }
    }

    fn convert(&mut self, text: &str) -> String {
        self.notes.source(&self.location.path, None, text);
        let (text, findings) = settle(text.trim(), &stand_alone);
        findings.iter().for_each(|finding| self.note(None, finding));
        text
    }

    fn body_line(&self, line: usize) -> usize {
        self.file.body_line + line + 1
    }
}
