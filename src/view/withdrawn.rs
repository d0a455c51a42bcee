//! Planned work that waited for its time when its file was taken away.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::MaintenanceSnapshot;
use super::edits::just_before;
use super::occurrences::{occurrences, without_a_word};
use crate::model::{Edits, Maintenance, Translations};
use crate::time::Time;

/// What is told to calendars of work, each time of it, whose file is taken away at `at`: that it does not take place. No text of
/// it is kept, since that may be why it was taken away.
pub fn withdrawn_work(work: &Arc<Maintenance>, at: Time) -> Vec<Arc<Maintenance>> {
    let before = just_before(at);
    let times = occurrences(work, at).into_iter().map(|time| (MaintenanceSnapshot::at(&time, before), time));
    // Calendars have the times of recurring work before they are announced.
    let had = times.filter(|(known, time)| time.occurrence.is_some() || known.is_known());
    let waits = had.filter(|(known, _)| known.may_be_waited_for());
    let bare = waits.map(|(known, time)| {
        let edits = Edits { times: vec![(at, known.version())], ..Edits::default() };
        Arc::new(Maintenance {
            id: time.id.clone(),
            aliases: time.aliases.clone(),
            title: String::new(),
            scheduled: known.window,
            is_duration_known: time.is_duration_known,
            components: time.components.clone(),
            impact: BTreeMap::new(),
            updates: vec![without_a_word(at)],
            description: String::new(),
            translations: Translations::default(),
            edits,
            recurrence: None,
            occurrence: None,
        })
    });
    bare.collect()
}
