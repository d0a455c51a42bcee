//! Which texts advice on wording is for. What was written long ago and is over nobody will mend: an import of years would
//! bury the one word that matters today.

use std::collections::BTreeSet;

use crate::model::{Id, Incident, IncidentStatus, Maintenance, Postmortem, Site};
use crate::time::Time;
use crate::view::{MaintenanceState, maintenance_snapshots};

/// Which entries advice on wording is for, beside those that are open: incidents and planned work that are not over,
/// postmortems that are not reviewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WordingScope {
    /// What was said, or planned for, within the last 30 days or lies ahead, by the times in the content.
    #[default]
    Recent,
    /// These files, by their paths from the site's folder.
    Changed(BTreeSet<String>),
    /// Every entry.
    All,
}

/// So long after its last word an entry is still worth a word, in seconds: 30 days. What is older nobody will mend.
pub(super) const RECENT: i64 = 30 * 86_400;

/// When a postmortem went out, or else when what it is about happened; none if it says neither.
fn last_word(postmortem: &Postmortem) -> Option<Time> {
    postmortem.published.or_else(|| postmortem.marks.times.values().map(|mark| mark.at).max())
}

impl WordingScope {
    /// The scope on a site at a moment.
    pub fn on<'s>(&'s self, site: &Site, now: Time) -> WordingChoice<'s> {
        let mut choice = WordingChoice { scope: self, now, past_work: BTreeSet::new() };
        let mut open = BTreeSet::new();
        // A file of recurring work is past once all of its times are.
        for snapshot in maintenance_snapshots(&site.maintenance, now) {
            let last = snapshot.changed().max(snapshot.takes_place().until);
            let is_past = snapshot.state() == MaintenanceState::Past && choice.is_old(last);
            let files = if is_past { &mut choice.past_work } else { &mut open };
            files.insert(snapshot.maintenance.file_id().clone());
        }
        choice.past_work.retain(|id| !open.contains(id));
        choice
    }
}

/// What a [`WordingScope`] holds at a moment.
pub struct WordingChoice<'s> {
    scope: &'s WordingScope,
    now: Time,
    /// The files of planned work that is over.
    past_work: BTreeSet<Id>,
}

impl WordingChoice<'_> {
    /// Whether the advice is for an incident, which stands in `file`.
    pub fn incident<'f>(&self, incident: &Incident, file: impl FnOnce() -> Option<&'f str>) -> bool {
        let Some(last) = incident.updates.last() else { return true };
        let changed = incident.edits.last(self.now).map_or(last.at, |edited| edited.max(last.at));
        // An update of tomorrow is being written today.
        let is_over = last.status == IncidentStatus::Resolved && last.at <= self.now;
        !(is_over && self.is_old(changed)) || self.is_changed(file)
    }

    /// Whether it is for planned work.
    pub fn maintenance<'f>(&self, work: &Maintenance, file: impl FnOnce() -> Option<&'f str>) -> bool {
        !self.past_work.contains(work.file_id()) || self.is_changed(file)
    }

    /// Whether it is for a postmortem.
    pub fn postmortem<'f>(&self, postmortem: &Postmortem, file: impl FnOnce() -> Option<&'f str>) -> bool {
        let is_old = postmortem.is_reviewed() && last_word(postmortem).is_some_and(|last| self.is_old(last));
        !is_old || self.is_changed(file)
    }

    /// Whether what is over, and of which was last said then, is too old.
    fn is_old(&self, last: Time) -> bool {
        match self.scope {
            WordingScope::All => false,
            WordingScope::Recent => last < self.now.plus_seconds(-RECENT),
            WordingScope::Changed(_) => true,
        }
    }

    fn is_changed<'f>(&self, file: impl FnOnce() -> Option<&'f str>) -> bool {
        let WordingScope::Changed(paths) = self.scope else { return false };
        file().is_some_and(|path| paths.contains(path))
    }
}
