//! An update that is about to be written.

use super::list_item::ListItem;
use crate::document::Node;
use crate::model::{ComponentStatus, Id, Window};
use crate::time::{Date, Time};
use crate::yaml::write::{inline, prose};

/// The longest list of components on one line, in characters.
const WIDTH: usize = 110;

/// One more word to customers, of an incident or of maintenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUpdate {
    /// When it is said.
    pub at: Time,
    /// A status of the entry's kind.
    pub status: &'static str,
    /// The components whose status it changes.
    pub components: Vec<(Id, ComponentStatus)>,
    /// When the next one is promised.
    pub next_update: Option<Time>,
    /// When the work is planned for from now on, if the update moves it.
    pub scheduled: Option<Window>,
    /// Of recurring work, the day of the time that it is about.
    pub occurrence: Option<Date>,
    /// Markdown.
    pub body: String,
}

impl NewUpdate {
    fn component_lines(&self) -> Vec<String> {
        let pairs: Vec<String> =
            self.components.iter().map(|(id, status)| format!("{}: {}", inline(id), status.word())).collect();
        match pairs.join(", ") {
            list if list.is_empty() => Vec::new(),
            list if list.len() <= WIDTH => vec![format!("components: {{ {list} }}")],
            _ => {
                let below = pairs.iter().map(|pair| format!("  {pair}"));
                std::iter::once("components:".to_owned()).chain(below).collect()
            }
        }
    }
}

impl ListItem for NewUpdate {
    fn lines(&self, indent: usize) -> Vec<String> {
        let mut lines = vec![format!("at: {}", written(self.at)), format!("status: {}", self.status)];
        lines.extend(self.occurrence.map(|day| format!("occurrence: {}", day.iso())));
        lines.extend(self.component_lines());
        lines.extend(self.next_update.map(|next| format!("next_update: {}", written(next))));
        lines.extend(self.scheduled.map(|window| {
            let until = window.until.map(|until| format!(", until: {}", written(until))).unwrap_or_default();
            format!("scheduled: {{ from: {}{until} }}", written(window.from))
        }));
        lines.extend(prose("body", &tidy(&self.body), indent));
        lines
    }

    fn node(&self) -> Node {
        let text = |text: &str| Node::Text(text.to_owned());
        let mut entries = vec![("at", text(&written(self.at))), ("status", text(self.status))];
        entries.extend(self.occurrence.map(|day| ("occurrence", text(&day.iso()))));
        if !self.components.is_empty() {
            let pairs = self.components.iter().map(|(id, status)| (id.to_string(), text(status.word())));
            entries.push(("components", Node::Map(pairs.collect())));
        }
        entries.extend(self.next_update.map(|next| ("next_update", text(&written(next)))));
        entries.extend(self.scheduled.map(|window| {
            let times = [("from", Some(window.from)), ("until", window.until)];
            let times = times.into_iter().filter_map(|(key, time)| Some((key.to_owned(), text(&written(time?)))));
            ("scheduled", Node::Map(times.collect()))
        }));
        entries.push(("body", Node::Text(tidy(&self.body))));
        Node::Map(entries.into_iter().map(|(key, node)| (key.to_owned(), node)).collect())
    }
}

/// To the minute, unless that would lose something.
pub(super) fn written(time: Time) -> String {
    if time.millis() % 60_000 == 0 { time.rfc3339_minutes() } else { time.rfc3339() }
}

/// `body` without blanks around it and on empty lines, and with one kind of line end.
pub(super) fn tidy(body: &str) -> String {
    let lines = body.trim().lines().map(|line| if line.trim().is_empty() { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}
