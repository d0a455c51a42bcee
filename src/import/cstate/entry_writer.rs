//! What incidents and maintenance have in common: the text of an entry, told in order.

use super::entry::CstateEntry;
use super::links::CstateLinks;
use super::split::split;
use super::timeline::{CstateUpdate, EntryFrame, Timeline};
use crate::import::Notes;
use crate::import::history::entry::Location;
use crate::import::taken::Taken;

/// An entry while its file is being written.
pub(super) struct EntryWriter<'a> {
    /// What its front matter says.
    pub entry: &'a CstateEntry,
    /// Where its links lead now.
    pub links: &'a CstateLinks,
    /// What somebody should look at.
    pub notes: &'a mut Notes,
    /// How many seconds before its beginning something may have been said of it.
    pub before: i64,
    /// What of the text became keys.
    pub taken: &'a mut Taken,
}

impl EntryWriter<'_> {
    /// The entry's text, cut and ordered as far as it proves its order.
    pub(super) fn timeline(&mut self) -> Timeline {
        let split = split(&self.entry.body, self.entry.context);
        for (line, text) in split.bad_times {
            self.note(line, format!("`track` with `{text}`, which is no time that can be read; it is kept as text"));
        }
        let frame =
            EntryFrame { start: self.entry.start, end: self.entry.end, zone: self.entry.zone, before: self.before };
        let mut timeline = Timeline::of(split.parts, &self.entry.body, frame);
        for (line, doubt) in std::mem::take(&mut timeline.doubts) {
            self.notes.time(&self.entry.path, self.entry.line(line), doubt);
        }
        self.notes.reordered(&Location::of(&self.entry.path), &timeline.times);
        timeline
    }

    /// Notes something about a line of the body.
    pub(super) fn note(&mut self, line: usize, message: impl Into<String>) {
        self.notes.add(&self.entry.path, self.entry.line(line), message);
    }

    /// Notes a doubt about the times of the entry.
    pub(super) fn doubt(&mut self, line: Option<usize>, message: &str) {
        self.notes.time(&self.entry.path, line.map(|line| self.entry.line(line)), message);
    }

    /// Lists the words of an update that are keys now.
    pub(super) fn take(&mut self, said: &mut CstateUpdate) {
        for words in std::mem::take(&mut said.taken) {
            self.taken.add(&self.entry.path, self.entry.line(said.line), &words);
        }
    }

    /// Markdown in Candor's dialect.
    pub(super) fn convert(&mut self, text: &str) -> String {
        self.links.convert(text, &self.entry.path, self.notes)
    }

    /// The entry's own text below or instead of its updates: what belongs to no update, what was said
    /// at no known time, what was learnt.
    pub(super) fn body(&mut self, first: String, timeline: &Timeline, waiting: &[CstateUpdate]) -> String {
        let mut pieces = vec![first];
        for part in &timeline.loose {
            self.note(part.line, "text that belongs to no update; it stands in the entry's own text");
            pieces.push(part.raw.clone());
        }
        for said in waiting {
            self.note(said.line, "an update without a time; it stands in the entry's own text");
            pieces.push(said.raw.clone());
        }
        for part in &timeline.postmortem {
            self.note(
                part.line,
                "what was learnt stands in the entry's own text; make a postmortem of it to review it",
            );
            pieces.push(part.raw.clone());
        }
        pieces.retain(|piece| !piece.trim().is_empty());
        self.convert(&pieces.join("\n\n"))
    }
}

/// Adds an update to the one before it, as it was written: of two last words, the first counts.
pub(super) fn merge(into: &mut String, text: &str) {
    let gap = if into.is_empty() { "" } else { "\n\n" };
    into.push_str(&format!("{gap}{text}"));
}
