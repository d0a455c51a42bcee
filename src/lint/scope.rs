//! Which texts advice on wording is for. What was written long ago and is over nobody will mend: an import of years would
//! bury the one word that matters today.

use std::collections::BTreeSet;

use crate::model::{EntryKind, Id, IncidentStatus, Postmortem, Site};
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

/// So long after its last word an entry is still worth a word, in seconds: 30 days.
const RECENT: i64 = 30 * 86_400;

/// What is over at `now`; of that only what was last said before the 30 days, if `is_old` is asked for.
fn over(site: &Site, now: Time, is_old: impl Fn(Time) -> bool) -> BTreeSet<(EntryKind, Id)> {
    let incidents = site.incidents.iter().map(|record| &record.incident).filter(|incident| {
        let Some(last) = incident.updates.last() else { return false };
        let changed = incident.edits.last(now).map_or(last.at, |edited| edited.max(last.at));
        // An update of tomorrow is being written today.
        last.status == IncidentStatus::Resolved && last.at <= now && is_old(changed)
    });
    let incidents = incidents.map(|incident| (EntryKind::Incident, incident.id.clone()));
    let work = maintenance_snapshots(&site.maintenance, now).into_iter().filter(|snapshot| {
        let last = snapshot.changed().max(snapshot.takes_place().until);
        snapshot.state() == MaintenanceState::Past && is_old(last)
    });
    // A file is old once all of its times are.
    let open: BTreeSet<Id> = maintenance_snapshots(&site.maintenance, now)
        .into_iter()
        .filter(|snapshot| snapshot.state() != MaintenanceState::Past)
        .map(|snapshot| snapshot.maintenance.file_id().clone())
        .collect();
    let work = work.map(|snapshot| snapshot.maintenance.file_id().clone()).filter(|id| !open.contains(id));
    let work = work.map(|id| (EntryKind::Maintenance, id));
    let postmortems = site
        .postmortems
        .iter()
        .filter(|postmortem| postmortem.is_reviewed() && last_word(postmortem).is_some_and(&is_old));
    let postmortems = postmortems.map(|postmortem| (EntryKind::Postmortem, postmortem.id.clone()));
    incidents.chain(work).chain(postmortems).collect()
}

/// When a postmortem went out, or else when what it is about happened; none if it says neither.
fn last_word(postmortem: &Postmortem) -> Option<Time> {
    postmortem.published.or_else(|| postmortem.marks.times.values().map(|mark| mark.at).max())
}

impl WordingScope {
    /// The entries that no advice on wording is for; `file` is where an entry is written.
    pub fn left_out<'f>(
        &self,
        site: &Site,
        now: Time,
        file: impl Fn(EntryKind, &Id) -> Option<&'f str>,
    ) -> BTreeSet<(EntryKind, Id)> {
        match self {
            WordingScope::All => BTreeSet::new(),
            WordingScope::Recent => over(site, now, |last| last < now.plus_seconds(-RECENT)),
            WordingScope::Changed(paths) => {
                let mut over = over(site, now, |_| true);
                over.retain(|(kind, id)| file(*kind, id).is_none_or(|path| !paths.contains(path)));
                over
            }
        }
    }
}
