//! Updates of incidents and of maintenance, as customers read them.

use super::about::{About, Pair, pairs};
use crate::markdown;
use crate::model::{MaintenanceUpdate, Update};
use crate::render::facts::Facts;
use crate::theme::Form;
use crate::time::Time;

/// One update in words.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Told {
    at: Time,
    /// With its place in the list among those of the same time.
    key: (Time, usize),
    when: String,
    status: String,
    components: String,
    next_update: String,
    body: String,
}

impl Told {
    fn new(facts: &Facts, at: Time, status: &str, body: &str) -> Told {
        Told {
            at,
            key: (at, 0),
            when: time(facts, at),
            status: facts.look.theme.messages.get(status).to_owned(),
            components: String::new(),
            next_update: String::new(),
            body: text(body),
        }
    }

    pub(super) fn of_incidents(facts: &Facts, updates: &[Update]) -> Vec<Told> {
        let told = updates.iter().map(|update| Told {
            components: components(facts, update),
            next_update: update.next_update.map_or_else(String::new, |at| time(facts, at)),
            ..Told::new(facts, update.at, update.status.word(), &update.body)
        });
        numbered(told.collect())
    }

    pub(super) fn of_maintenance(facts: &Facts, updates: &[MaintenanceUpdate]) -> Vec<Told> {
        let told = updates.iter().map(|update| Told::new(facts, update.at, update.status.word(), &update.body));
        numbered(told.collect())
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

/// Two updates of the same minute are told apart by their order.
fn numbered(mut told: Vec<Told>) -> Vec<Told> {
    for index in 1..told.len() {
        if told[index].at == told[index - 1].at {
            told[index].key.1 = told[index - 1].key.1 + 1;
        }
    }
    told
}

/// Notes which updates are new, gone, moved in time, or say something else.
pub(super) fn compare(about: &mut About, old: &[Told], new: &[Told]) {
    let (mut gone, mut added) = (Vec::new(), Vec::new());
    for pair in pairs(old, new, |told| told.key) {
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

fn compare_one(about: &mut About, before: &Told, after: &Told) {
    let what = |part: &str| format!("{part} of the update of {}", after.when);
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
