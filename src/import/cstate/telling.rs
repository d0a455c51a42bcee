//! What incidents and maintenance have in common: the text of an entry, told in order.

use super::entry::Entry;
use super::links::Links;
use super::split::{Part, split};
use super::story::{Said, Story};
use crate::import::Notes;
use crate::import::marker::Label;
use crate::import::times;
use crate::time::Time;

/// An entry while its file is being written.
pub(super) struct Telling<'a> {
    /// What its front matter says.
    pub entry: &'a Entry,
    /// Where its links lead now.
    pub links: &'a Links,
    /// What somebody should look at.
    pub notes: &'a mut Notes,
}

impl Telling<'_> {
    /// The entry's text, cut and ordered.
    pub(super) fn story(&mut self) -> Story {
        let split = split(&self.entry.body);
        for (line, text) in split.bad_times {
            self.note(line, format!("`track` with `{text}`, which is no time that can be read; it is kept as text"));
        }
        Story::of(split.parts)
    }

    /// Notes something about a line of the body.
    pub(super) fn note(&mut self, line: usize, message: impl Into<String>) {
        self.notes.add(&self.entry.path, self.entry.line(line), message);
    }

    /// Notes something about the entry as a whole.
    pub(super) fn note_whole(&mut self, message: impl Into<String>) {
        self.notes.add(&self.entry.path, None, message);
    }

    /// Markdown in Candor's dialect.
    pub(super) fn convert(&mut self, text: &str) -> String {
        let (text, findings) = self.links.convert(text);
        findings.into_iter().for_each(|finding| self.note_whole(finding));
        text
    }

    /// The entry's own text below or instead of its updates: what belongs to no update, what was said
    /// at no known time, what was learnt.
    pub(super) fn body(&mut self, first: String, story: &Story, waiting: &[Part]) -> String {
        let mut pieces = vec![first];
        for part in &story.loose {
            self.note(part.line, "text that belongs to no update; it is kept in the body");
            pieces.push(part.text.clone());
        }
        for part in waiting {
            self.note(part.line, "an update without a time; it is kept in the body");
            let heading = if part.words.is_empty() { "Update" } else { &part.words };
            pieces.push(format!("**{heading}**\n\n{}", part.text));
        }
        for part in &story.postmortem {
            self.note(part.line, "a postmortem; it is kept in the body, because postmortems are not imported yet");
            let at = part.at.map(|at| format!(" ({})", times::spoken(at))).unwrap_or_default();
            pieces.push(format!("## Postmortem{at}\n\n{}", part.text));
        }
        pieces.retain(|piece| !piece.trim().is_empty());
        self.convert(&pieces.join("\n\n"))
    }

    /// Notes which updates are told with a later one, because no time is given for them.
    pub(super) fn note_untimed(&mut self, parts: &[Part]) {
        for part in parts.iter().filter(|part| part.at.is_none()) {
            self.note(part.line, "an update without a time; it is told with the next one that has a time");
        }
    }

    /// Notes words before an update that mean no status.
    pub(super) fn note_unknown(&mut self, said: &Said, status: &str) {
        if let Some(words) = &said.unknown {
            self.note(said.line, format!("`{words}` is no known status; the update was taken as `{status}`"));
        }
    }
}

/// Adds an update to the one before it, with its time: of two last words, the first counts.
pub(super) fn merge(into: &mut String, said: &Said) {
    into.push_str(&format!("\n\n**{}**\n\n{}", times::spoken(said.at), said.text));
}

/// An update that the source only implies.
pub(super) fn implied(at: Time, label: Label, text: &str) -> Said {
    Said { at, label, unknown: None, text: text.to_owned(), line: 0 }
}
