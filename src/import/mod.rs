//! Other systems' files become Candor's content: one module a source format.
//!
//! An import is a pure function from files to files, plus the list of everything that has no place
//! here, could not be read, or could have been read another way. Nothing is dropped in silence: what
//! is not published stays in the written file as a comment, and the list says so.

mod again;
mod cachet;
mod cstate;
mod digest;
mod folder;
mod formats;
mod front;
mod front_comments;
mod gatus;
mod guess;
mod history;
mod html;
mod hugo;
mod ids;
mod issues;
mod json;
mod markdown;
mod marker;
mod object;
mod openstatus;
mod order;
mod page;
mod postmortems;
mod proof;
mod report;
mod settings;
mod spans;
mod stactus;
mod statusfy;
mod statuspage;
mod taken;
mod things;
mod times;
mod toml;
mod unicode;
mod upptime;
mod whole;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use history::entry::Location;
use serde_json::Value;
use times::{Context, Doubt, Frame};

use crate::time::{Time, Zone};

pub use again::ImportPlan;
pub use cachet::cachet;
pub use cstate::cstate;
pub use folder::ImportError;
pub(crate) use formats::FORMATS;
pub use formats::{ImportChoices, ImportFormat};
pub use gatus::gatus;
pub use guess::seems;
pub use openstatus::openstatus;
pub use postmortems::{CollectionOptions, FirstCommits, Headings, postmortems};
pub use report::{NoteKind, kinds, totals};
pub use stactus::stactus;
pub use statusfy::statusfy;
pub use statuspage::statuspage;
pub use upptime::upptime;
pub use whole::SourceText;

/// What an import made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// By path relative to the new site folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What somebody should look at, by file and line.
    pub notes: Vec<Note>,
    /// Words of the source that became keys, by file and line: labels that are statuses now, times that are `at`.
    pub taken: Vec<Note>,
    /// Texts of the source, each of which must stand in the files.
    pub sources: Vec<SourceText>,
    /// Which files were made of an entry of the source: its file, and what it is called there if the file has several.
    pub made: BTreeMap<(String, String), BTreeSet<String>>,
    /// How much of each kind there was.
    pub summary: Summary,
    /// Words of a source that stand nowhere in `files`. With any of them nothing is to be written.
    pub lost: Vec<Note>,
}

/// A decision of the import, or something that it could not bring over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The file that was read, relative to its site's folder.
    pub path: String,
    /// Counted from 1; none when the whole file is meant.
    pub line: Option<usize>,
    /// How much depends on somebody looking at it.
    pub weight: Weight,
    /// One sentence.
    pub message: String,
}

/// How much depends on a person, the worst first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A text is not where readers will find it, or says something else than before.
    Text,
    /// A time is not known, or doubtful.
    Time,
    /// Something could have been read another way.
    #[default]
    Decision,
    /// Something is kept where nobody reads it.
    Kept,
}

/// How much of each kind an import read and wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries of the history that were read.
    pub entries: usize,
    /// Entries that became incidents.
    pub incidents: usize,
    /// Entries that became maintenance.
    pub maintenance: usize,
    /// Entries that became announcements.
    pub announcements: usize,
    /// Entries that became postmortems.
    pub postmortems: usize,
    /// Entries that could not be read as such; their text is kept as internal pages.
    pub set_aside: usize,
    /// Pages, without those that hold what was set aside.
    pub pages: usize,
    /// Components, with those that only entries name.
    pub components: usize,
    /// Files taken over as they are.
    pub static_files: usize,
    /// Updates that stand in another order than in the source, by their times.
    pub reordered: usize,
}

/// Words of messages that doubt a time.
const OF_TIMES: [&str; 11] = [
    "time that can be read",
    "the time `",
    "time zone",
    "no offset",
    "is no time: `",
    "without a time",
    "when it began",
    "lies before the beginning",
    "taken as the start",
    "marks nothing",
    "mark nothing",
];

/// Gathers notes while an import runs.
#[derive(Default)]
struct Notes {
    list: Vec<Note>,
    sources: Vec<SourceText>,
    /// Words of the source that became keys.
    taken: Vec<Note>,
    /// The zone of times that name none; UTC if none was chosen.
    zone: Option<Zone>,
    /// How many times named no zone.
    zoneless: usize,
    /// Where the first of them stands.
    first_zoneless: Option<(String, Option<usize>)>,
    /// Updates whose times are in another order than the source tells them.
    reordered: usize,
    /// Shortcodes that mean nothing here, by their names: how many, and the path and the words of the first.
    shortcodes: BTreeMap<String, (usize, String, String)>,
}

impl Notes {
    /// Adds what is no doubt about times; what was not taken over, and what was kept aside, is known by its words.
    fn add(&mut self, path: &str, line: impl Into<Option<usize>>, message: impl Into<String>) {
        let message = message.into();
        let has = |words: &[&str]| words.iter().any(|words| message.contains(words));
        let weight = if has(&["not imported", "leads nowhere", "kept as an internal page"]) {
            Weight::Text
        } else if has(&OF_TIMES) {
            Weight::Time
        } else if message.contains("kept as a comment") || message.contains("has no place here") {
            Weight::Kept
        } else {
            Weight::Decision
        };
        self.list.push(Note { path: path.to_owned(), line: line.into(), weight, message });
    }

    /// Says why an item of an answer is no entry; its texts are kept.
    fn set_aside(&mut self, path: &str, texts: &[&str], message: impl Into<String>) {
        self.add(path, None, message);
        texts.iter().for_each(|text| self.source(path, None, text));
    }

    /// Adds a doubt about a time.
    fn time(&mut self, path: &str, line: impl Into<Option<usize>>, message: impl Into<String>) {
        self.list.push(Note {
            path: path.to_owned(),
            line: line.into(),
            weight: Weight::Time,
            message: message.into(),
        });
    }

    /// What an import has to say of files whose times are of `zone` where they name none.
    fn in_zone(zone: Option<Zone>) -> Notes {
        Notes { zone, ..Notes::default() }
    }

    /// The zone of times that name none.
    fn home(&self) -> Zone {
        self.zone.unwrap_or(Zone::UTC)
    }

    /// What is known of times before one of them is read.
    fn context(&self) -> Context {
        Context { home: self.zone, ..Context::default() }
    }

    /// Reads a time in any form that people write, with `true` if it is a day without a time of day. One that names
    /// no zone is counted.
    fn time_of(&mut self, path: &str, line: impl Into<Option<usize>>, text: &str) -> Result<(Time, bool), Doubt> {
        let line = line.into();
        let moment = times::whole(text, self.context()).ok_or(Doubt::Unread)?;
        let time = moment.beginning(Frame::Zone(self.home()))?;
        if moment.zone.is_none() {
            self.zoneless(path, line);
        }
        if let Some(word) = moment.other_season(time) {
            self.time(path, line, other_season(text, word));
        }
        Ok((time, moment.clock.is_none()))
    }

    /// Reads what programs store: seconds or milliseconds since 1970, or a text that names a time of day.
    fn stored(&mut self, path: &str, value: &Value) -> Option<Time> {
        // In seconds this is beyond the year 5000, in milliseconds in 1973.
        const SECONDS_BELOW: i64 = 100_000_000_000;
        let text = object::as_text(value)?;
        let time = match text.trim().parse::<i64>() {
            Ok(number) if number.abs() < SECONDS_BELOW => Time::from_millis(number * 1_000),
            Ok(number) => Time::from_millis(number),
            Err(_) => self.time_of(path, None, &text).ok().filter(|(_, is_day)| !is_day)?.0,
        };
        Some(time).filter(|time| times::is_nameable(*time))
    }

    /// Counts a time that names no zone.
    fn zoneless(&mut self, path: &str, line: impl Into<Option<usize>>) {
        self.zoneless += 1;
        self.first_zoneless.get_or_insert_with(|| (path.to_owned(), line.into()));
    }

    /// Says once how many times named no zone, unless the author chose one.
    fn say_zoneless(&mut self) {
        let Some((path, line)) = self.first_zoneless.take().filter(|_| self.zone.is_none()) else { return };
        let message = format!(
            "times without a zone: {}, the first here; they were read as UTC. If clocks there went otherwise, import again into an empty folder with `--timezone ZONE`",
            self.zoneless
        );
        self.time(&path, line, message);
    }

    /// Counts the updates of an entry that its times put in another order than the source does; `times` are in that of the
    /// source. One of them may be mistyped.
    fn reordered(&mut self, location: &Location, times: &[Time]) {
        let moved = order::moved(times);
        if moved > 0 {
            self.reordered += moved;
            let many = if moved == 1 { "1 update stands".to_owned() } else { format!("{moved} updates stand") };
            location.doubt(
                self,
                &format!(
                    "{many} in another order than in the source, since the times say so; look for one that is mistyped"
                ),
            );
        }
    }

    /// Counts a shortcode that was kept as text.
    fn shortcode(&mut self, path: &str, name: &str, code: &str) {
        let first = || (0, path.to_owned(), code.to_owned());
        let (count, ..) = self.shortcodes.entry(name.to_owned()).or_insert_with(first);
        *count += 1;
    }

    /// Says once a name how many shortcodes were kept as text.
    fn say_shortcodes(&mut self) {
        for (name, (count, path, code)) in std::mem::take(&mut self.shortcodes) {
            let many = if count == 1 { String::new() } else { format!(", {count} times, the first here: `{code}`") };
            let name = if count == 1 { &code } else { &name };
            self.add(&path, None, format!("the shortcode `{name}` means nothing here and was kept as text{many}"));
        }
    }

    /// Registers a text of the source, which must stand in what is written.
    fn source(&mut self, path: &str, line: Option<usize>, text: &str) {
        self.source_of(&Location { line, ..Location::of(path) }, text);
    }

    /// Registers a text of an entry, which must stand in what is written of that entry.
    fn source_of(&mut self, location: &Location, text: &str) {
        if !text.trim().is_empty() {
            let Location { path, line, name: entry } = location.clone();
            self.sources.push(SourceText { path, entry, line, text: text.replace("\r\n", "\n") });
        }
    }

    /// Lists words of the source that became keys.
    fn take(&mut self, path: &str, line: Option<usize>, words: &str) {
        let message = words.trim().to_owned();
        self.taken.push(Note { path: path.to_owned(), line, weight: Weight::Kept, message });
    }

    /// By file and line; a message is not repeated.
    fn sorted(mut self) -> Vec<Note> {
        self.say_zoneless();
        self.say_shortcodes();
        self.list.sort();
        // Two texts of one entry may raise the same doubt.
        self.list.dedup();
        self.list
    }

    /// An import of these files, with everything that was gathered.
    fn finish(mut self, files: BTreeMap<String, Vec<u8>>, summary: Summary) -> Imported {
        let summary = Summary { reordered: self.reordered, ..summary };
        let (sources, taken) = (std::mem::take(&mut self.sources), std::mem::take(&mut self.taken));
        Imported { files, notes: self.sorted(), taken, sources, summary, ..Imported::default() }
    }
}

/// That a time names the zone of the other season, so that its author may have meant an hour more or less.
fn other_season(text: &str, word: &str) -> String {
    format!("`{text}`: clocks were not called `{word}` there on that day; what they showed was taken")
}

/// Notes files that were not read, by the first part of their paths; `what` says why.
fn others<'p>(paths: impl Iterator<Item = &'p str>, what: &str, notes: &mut Notes) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for path in paths {
        *counts.entry(path.split('/').next().unwrap_or(path)).or_default() += 1;
    }
    for (first, count) in counts {
        let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        notes.add(first, None, format!("{files} {what}; not imported"));
    }
}
