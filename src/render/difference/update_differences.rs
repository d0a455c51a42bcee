//! Updates of incidents and of maintenance, as customers read them.

use super::about::{Pair, SubjectDifferences, pairs};
use crate::markdown;
use crate::model::Update;
use crate::render::facts::Facts;
use crate::render::published;
use crate::theme::Form;
use crate::time::Time;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot, PublishedUpdate, UpdateKey};

/// One update in words.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct UpdateInWords {
    at: Time,
    key: UpdateKey,
    when: String,
    status: String,
    components: String,
    next_update: String,
    body: String,
}

impl UpdateInWords {
    fn new(facts: &Facts, update: &PublishedUpdate<'_>) -> UpdateInWords {
        UpdateInWords {
            at: update.at,
            key: update.key.clone(),
            when: time(facts, update.at),
            status: facts.look.theme.messages.get(update.status.word()).to_owned(),
            components: String::new(),
            next_update: String::new(),
            body: text(&published::markdown(&facts.look, update.text)),
        }
    }

    /// The postmortem is compared by itself.
    pub(super) fn of_incident(facts: &Facts, snapshot: &IncidentSnapshot) -> Vec<UpdateInWords> {
        let published = snapshot.published();
        let updates = published.iter().filter_map(|update| {
            let written = snapshot.updates().get(update.index?)?;
            Some(UpdateInWords {
                components: components(facts, written),
                next_update: written.next_update.map_or_else(String::new, |at| time(facts, at)),
                ..UpdateInWords::new(facts, update)
            })
        });
        sorted(updates.collect())
    }

    /// What only the clock did is no edit, and the description is compared by itself.
    pub(super) fn of_maintenance(facts: &Facts, snapshot: &MaintenanceSnapshot) -> Vec<UpdateInWords> {
        let published = snapshot.published();
        let updates = published.iter().filter_map(|update| {
            let written = snapshot.updates().get(update.index?)?;
            Some(UpdateInWords { body: text(&written.body), ..UpdateInWords::new(facts, update) })
        });
        sorted(updates.collect())
    }

    /// Everything that a reader sees of it, but for its time.
    fn whole(&self) -> String {
        let lines = [
            format!("{}: {}", self.status, self.body),
            self.components.clone(),
            if self.next_update.is_empty() { String::new() } else { format!("Next update: {}", self.next_update) },
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// In the order of their keys, in which lists are compared.
fn sorted(mut updates: Vec<UpdateInWords>) -> Vec<UpdateInWords> {
    updates.sort_by(|a, b| a.key.cmp(&b.key));
    updates
}

/// Notes which updates are new, gone, moved in time, or say something else.
pub(super) fn compare(about: &mut SubjectDifferences, old: &[UpdateInWords], new: &[UpdateInWords]) {
    let (mut gone, mut added) = (Vec::new(), Vec::new());
    for pair in pairs(old, new, |update| update.key.clone()) {
        match pair {
            Pair::Both(before, after) => compare_one(about, before, after),
            Pair::Gone(before) => gone.push(before),
            Pair::New(after) => added.push(after),
        }
    }
    for after in added {
        let moved = gone.iter().position(|before| before.whole() == after.whole());
        match moved.map(|index| gone.remove(index)) {
            Some(before) => about.compare(format!("time of the update of {}", before.when), &before.when, &after.when),
            None => about.added(format!("update of {}", after.when), after.whole()),
        }
    }
    for before in gone {
        about.removed(format!("update of {}", before.when), before.whole());
    }
}

fn compare_one(about: &mut SubjectDifferences, before: &UpdateInWords, after: &UpdateInWords) {
    let what = |part: &str| format!("{part} of the update of {}", after.when);
    about.compare(what("time"), &before.when, &after.when);
    about.compare(what("status"), &before.status, &after.status);
    about.compare(what("text"), &before.body, &after.body);
    about.compare(what("components"), &before.components, &after.components);
    about.compare(what("next update"), &before.next_update, &after.next_update);
}

fn components(facts: &Facts, update: &Update) -> String {
    let named = update.components.iter().map(|(id, status)| {
        format!("{}: {}", facts.look.component_name(id), facts.look.theme.messages.get(status.word()))
    });
    named.collect::<Vec<_>>().join(", ")
}

/// A time as the pages print it.
pub(super) fn time(facts: &Facts, at: Time) -> String {
    facts.look.format().time(at, Form::Full)
}

/// Markdown as it reads.
pub(super) fn text(body: &str) -> String {
    markdown::plain(body).trim().to_owned()
}
