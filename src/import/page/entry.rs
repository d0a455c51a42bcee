//! What incidents and planned work have in common: updates oldest first, with times and texts.

use serde_json::Value;

use super::board::Board;
use super::objects::{self, Affected, Incident, filled};
use super::unused::Unused;
use super::{System, Texts};
use crate::import::Notes;
use crate::import::history::entry::Location;
use crate::import::html;
use crate::import::ids::dated;
use crate::import::markdown::{settle, stand_alone};
use crate::time::Time;

/// What the readers of entries need.
pub(super) struct EntryReader<'a> {
    pub system: System,
    pub board: &'a Board,
    pub notes: &'a mut Notes,
    pub unused: &'a mut Unused,
    /// Where the entry stands, and what it is called there.
    pub location: &'a Location,
    /// Lines that are kept as comments.
    pub kept: Vec<String>,
    /// Updates that nothing gives a time.
    pub untimed: Vec<String>,
    /// When the source last said or changed anything.
    pub newest: Option<Time>,
}

/// An update before its status is decided.
pub(super) struct UndecidedUpdate {
    pub at: Time,
    pub word: String,
    pub body: String,
    pub affected: Vec<Affected>,
}

impl EntryReader<'_> {
    pub fn note(&mut self, message: &str) {
        self.location.note(self.notes, message);
    }

    /// Notes a doubt about a time.
    pub fn doubt(&mut self, message: &str) {
        self.location.doubt(self.notes, message);
    }

    /// Keeps what programs called the entry.
    pub fn keep_code(&mut self, told: &Incident, code: &str) {
        let kind = if told.is_maintenance() { "maintenance" } else { "incident" };
        self.kept.push(format!("{}: {kind} {code}", self.system.name));
    }

    /// The updates, oldest first, and the postmortem. They are told newest first.
    pub fn read(&mut self, told: &Incident) -> (Vec<UndecidedUpdate>, String) {
        self.unused.count("incidents", &told.rest);
        for (key, text) in told.unreadable_times() {
            self.doubt(&format!("`{key}` is no time that can be read: `{text}`; left out"));
        }
        let mut said: Vec<UndecidedUpdate> = Vec::new();
        let mut postmortem = Vec::new();
        let mut before = told.started();
        self.register(told);
        for update in told.incident_updates.iter().flatten().rev() {
            self.unused.count("updates", &update.rest);
            let text = update.body.as_deref().unwrap_or_default();
            let word = update.status.clone().unwrap_or_default();
            if word == "postmortem" {
                postmortem.push(self.postmortem(text));
                continue;
            }
            let Some(at) = update.at().or(before) else {
                let body = self.body(text);
                self.untimed.push(format!("**{word}**\n\n{body}"));
                continue;
            };
            if update.at().is_none() {
                self.doubt("an update without a time; that of what came before was taken");
            }
            before = Some(at);
            let body = self.body(text);
            said.push(UndecidedUpdate {
                at,
                word,
                body,
                affected: update.affected_components.clone().unwrap_or_default(),
            });
        }
        if postmortem.is_empty() {
            postmortem.push(self.separate_postmortem(told));
        }
        let times: Vec<Time> = said.iter().map(|said| said.at).collect();
        self.notes.reordered(self.location, &times);
        said.sort_by_key(|said| said.at);
        for _ in 0..self.untimed.len() {
            if said.is_empty() {
                self.note("an update without a time; not imported");
            } else {
                self.doubt("an update without a time; it stands below the updates");
            }
        }
        postmortem.retain(|text| !text.is_empty());
        (said, postmortem.join("\n\n"))
    }

    /// Registers what the entry says.
    fn register(&mut self, told: &Incident) {
        for text in told.texts() {
            let words = if self.system.texts == Texts::Html { html::plain(text) } else { text.to_owned() };
            self.notes.source_of(self.location, &words);
        }
    }

    fn body(&mut self, text: &str) -> String {
        if self.system.texts == Texts::Markdown {
            return self.converted(text);
        }
        let (body, left_out) = html::markdown(text);
        for tag in left_out {
            self.note(&format!("the HTML `{tag}` has no equal; its words were kept"));
        }
        body
    }

    /// A postmortem that is no update. What was not published does not become so.
    fn separate_postmortem(&mut self, told: &Incident) -> String {
        let Some(text) = filled(told.postmortem_body.as_ref()) else { return String::new() };
        match told.postmortem_published_at {
            None | Some(Value::Null | Value::Bool(false)) => {
                self.note("its postmortem was not published; kept as a comment");
                self.kept.push(format!("{}: a postmortem that was not published:\n{text}", self.system.name));
                String::new()
            }
            Some(_) => self.postmortem(text),
        }
    }

    /// A postmortem is Markdown already.
    fn postmortem(&mut self, text: &str) -> String {
        let text = self.converted(text);
        if !text.is_empty() {
            self.note("its postmortem stands below the updates, public as it was");
        }
        text
    }

    /// Markdown in Candor's dialect.
    fn converted(&mut self, text: &str) -> String {
        let (text, findings) = settle(text.replace("\r\n", "\n").trim(), &stand_alone);
        findings.into_iter().for_each(|finding| self.note(&finding));
        text
    }

    /// What stands below the updates: the summary, and the postmortem.
    pub fn below(&mut self, told: &Incident, postmortem: String) -> String {
        let summary = told.text.as_deref().map(|text| self.body(text)).unwrap_or_default();
        let postmortem = if postmortem.is_empty() { postmortem } else { format!("## Postmortem\n\n{postmortem}") };
        let untimed = std::mem::take(&mut self.untimed);
        [summary]
            .into_iter()
            .chain(untimed)
            .chain([postmortem])
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    /// The name, or the code if there is none.
    pub fn title(&mut self, told: &Incident) -> String {
        filled(told.name.as_ref()).map_or_else(
            || {
                self.note("it has no name; its code stands for it");
                format!("Incident {}", told.id.as_deref().unwrap_or_default())
            },
            str::to_owned,
        )
    }

    /// The id of the component with this code; one that is gone is kept in a comment.
    pub fn component(&mut self, code: &str, name: Option<&str>) -> Option<String> {
        let found = self.board.find(code).map(|shown| shown.id.clone());
        if found.is_none() {
            let line = format!("{}: it also touched {} ({code})", self.system.name, name.unwrap_or("a component"));
            if !self.kept.contains(&line) {
                self.note(&format!(
                    "it touched `{}`, which is not on the page any more; kept as a comment",
                    name.unwrap_or(code)
                ));
                self.kept.push(line);
            }
        }
        found
    }
}

/// What the id of an entry is made of: the day on which it began, or was planned for, and its name.
pub(super) fn name(told: &Incident) -> String {
    let planned = objects::time(told.scheduled_for.as_ref());
    let first = || told.incident_updates.iter().flatten().filter_map(objects::Update::at).min();
    let began = planned.or_else(|| told.started()).or_else(first);
    dated(began.unwrap_or(Time::from_millis(0)), told.name.as_deref().unwrap_or_default())
}
