//! Planned work. The clock begins it and ends it; what was written on the way says how far it was.

use super::super::kind::ThingKind;
use super::super::words;
use super::{Converter, affected};
use crate::import::page::Event;
use crate::import::page::objects::{Affected, Incident, Readable, Update};
use crate::import::things::Thing;
use crate::time::Time;

impl Converter<'_> {
    pub(super) fn schedule(&mut self, mut thing: Thing<ThingKind>) -> Event {
        let planned = self.time("schedule", &mut thing, "scheduled_at");
        let status = thing.fields.take("status").as_ref().and_then(words::schedule);
        self.planned(thing, planned, status)
    }

    pub(super) fn planned(
        &mut self,
        mut thing: Thing<ThingKind>,
        planned: Option<Time>,
        status: Option<String>,
    ) -> Event {
        self.forget_the_answer(&mut thing);
        let hidden = self.hidden(&mut thing);
        let completed = self.time("schedule", &mut thing, "completed_at");
        let published = self.time("schedule", &mut thing, "published_at");
        let created = self.time("schedule", &mut thing, "created_at");
        let changed = self.time("schedule", &mut thing, "updated_at");
        let components = self.linked(&mut thing, planned);
        let first = Update {
            body: thing.fields.text("message"),
            display_at: published.or(created).or(planned).map(Readable::from),
            affected_components: Some(effects(&thing)),
            ..Update::default()
        };
        let mut said = vec![first];
        said.extend(self.updates_of(ThingKind::Schedule, &thing.code));
        let is_over = progress(&mut said, planned, completed, status.as_deref());
        let told = Incident {
            id: Some(thing.code.clone()),
            name: thing.fields.text("name"),
            status: Some(if is_over { "completed" } else { "scheduled" }.to_owned()),
            updated_at: changed.map(Readable::from),
            resolved_at: completed.map(Readable::from),
            scheduled_for: planned.map(Readable::from),
            scheduled_until: completed.map(Readable::from),
            incident_updates: Some(said),
            components: Some(components),
            hidden,
            ..Incident::default()
        };
        self.event(thing, told)
    }

    /// Where Cachet 2 keeps no end it gives the time at which it answers. What people write there has no seconds.
    fn forget_the_answer(&mut self, thing: &mut Thing<ThingKind>) {
        let is_answer = thing.fields.has("human_status");
        let mut fields = thing.fields.clone();
        let (Some(end), changed) = (fields.text("completed_at"), fields.text("updated_at")) else { return };
        if is_answer && !end.ends_with(":00") && changed.is_none_or(|changed| changed <= end) {
            let message = format!(
                "`completed_at` of schedule {} is no end but when Cachet answered: `{end}`; left out",
                thing.code
            );
            self.notes.time(&thing.path, None, message);
            thing.fields.forget(&["completed_at"]);
        }
    }
}

/// Gives each word its status, and puts the newest first, as they are told. Whether it is over, and not by the clock
/// alone.
fn progress(said: &mut Vec<Update>, planned: Option<Time>, completed: Option<Time>, status: Option<&str>) -> bool {
    for update in said.iter_mut().filter(|update| update.status.is_none()) {
        update.status = Some(stage(update.at(), planned, completed).to_owned());
    }
    let has = |said: &[Update], word| said.iter().any(|update| update.status.as_deref() == Some(word));
    let is_told = has(said, "in_progress") || has(said, "completed");
    let step = |status: &str, at: Option<Time>| Update {
        status: Some(status.to_owned()),
        display_at: at.map(Readable::from),
        ..Update::default()
    };
    if status == Some("in_progress") && !is_told {
        said.push(step("in_progress", planned));
    }
    let is_over = status == Some("completed");
    // What is said to go on goes on until another word, be the window over.
    if is_over && completed.is_some() && is_told && !has(said, "completed") {
        said.push(step("completed", completed));
    }
    said.sort_by_key(Update::at);
    said.reverse();
    is_over && (is_told || completed.is_none())
}

/// How far planned work was when something was said. What is said of work that is over is a note.
fn stage(at: Option<Time>, planned: Option<Time>, completed: Option<Time>) -> &'static str {
    let Some(at) = at else { return "scheduled" };
    if planned.is_none_or(|planned| at < planned) || completed.is_some_and(|completed| at > completed) {
        "scheduled"
    } else if completed == Some(at) {
        "completed"
    } else {
        "in_progress"
    }
}

/// How the components do while it goes on.
fn effects(thing: &Thing<ThingKind>) -> Vec<Affected> {
    affected(thing).into_iter().map(|affected| Affected { is_meanwhile: true, ..affected }).collect()
}
