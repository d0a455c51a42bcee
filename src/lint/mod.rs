//! Advice beyond validity: one rule a file, one code a rule.

mod action_overdue;
mod external_message_advised;
mod future_update;
mod impact_disagrees;
mod left_open;
mod likeness;
mod nothing_of_data;
mod open_but_operational;
mod postmortem_overdue;
mod promise_late;
mod recurrence;
mod report_unfinished;
mod sections;
mod shared_fate;
mod touches_everything;
mod update_gap;
mod update_wording;
mod watched_while_down;
mod window_overrun;
mod window_unconfirmed;
mod wording;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, IncidentDoc, Path, Step};
use crate::model::{EntryKind, Id, Incident, Site, Visibility};
use crate::time::Time;
use crate::view::{Duty, IncidentSnapshot, Learning, incident_snapshots};
use crate::wording::{UpdateRules, is_switched_off};
use crate::yaml::key;

/// Opens the file of an entry, by kind and id, and hands it to a check that wants a place in it.
pub type Open<'a> = dyn Fn(EntryKind, &Id, &mut dyn FnMut(&Document)) + 'a;

/// What every rule has to say.
pub fn check(
    site: &Site,
    learning: &Learning,
    site_file: Option<&Document>,
    open: &Open<'_>,
    now: Time,
) -> Vec<Diagnostic> {
    let mut advice = future_update::check(site, open, now);
    advice.extend(recurrence::check(&site.postmortems, &learning.chains, open));
    advice.extend(likeness::check(&site.postmortems, &learning.candidates, open));
    advice.extend(sections::check(site, open));
    advice.extend(wording::check(site, open));
    advice.extend(told(&Now::of(site, open, now)));
    advice.extend(site_file.and_then(|document| shared_fate::check(site, document)));
    advice.extend(reminders(&learning.duties, open));
    advice
}

/// What a site says of incidents and planned work, as it is known at a moment.
struct Now<'a> {
    site: &'a Site,
    open: &'a Open<'a>,
    /// The moment.
    at: Time,
    /// Every incident.
    snapshots: Vec<Arc<IncidentSnapshot>>,
    /// Those that customers know of.
    public: Vec<Arc<IncidentSnapshot>>,
    rules: UpdateRules,
}

impl<'a> Now<'a> {
    fn of(site: &'a Site, open: &'a Open<'a>, at: Time) -> Now<'a> {
        let is_public = |visibility| visibility == Visibility::Public;
        let snapshot = |is_meant: &dyn Fn(Visibility) -> bool| {
            let records = site.incidents.iter().filter(|record| is_meant(record.visibility));
            let incidents: Vec<Arc<Incident>> = records.map(|record| Arc::clone(&record.incident)).collect();
            incident_snapshots(&incidents, at)
        };
        let (snapshots, public) = (snapshot(&|_| true), snapshot(&is_public));
        Now { site, open, at, snapshots, public, rules: update_wording::rules(site) }
    }
}

/// Seven days, in seconds: what is older nobody will mend.
const WEEK: i64 = 7 * 86_400;

/// What customers are told, when, and whether it agrees with itself.
fn told(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = update_wording::check(now);
    for (code, check) in CADENCE {
        if now.rules.applies(*code) {
            advice.extend(check(now));
        }
    }
    for check in CONTRADICTIONS {
        advice.extend(check(now));
    }
    advice
}

type Rule = fn(&Now<'_>) -> Vec<Diagnostic>;

/// Rules that a site can switch off.
const CADENCE: &[(Code, Rule)] = &[
    (Code::NextWordLate, update_gap::check),
    (Code::PromiseLate, promise_late::check),
    (Code::NothingOfData, nothing_of_data::check),
];

const CONTRADICTIONS: &[Rule] = &[
    open_but_operational::check,
    touches_everything::check,
    left_open::check,
    window_overrun::check,
    window_unconfirmed::check,
    impact_disagrees::check,
    watched_while_down::check,
];

/// Whether updates lie in the future, by a slip that another rule reports: then nobody was silent.
fn has_future(snapshot: &IncidentSnapshot) -> bool {
    snapshot.updates().len() < snapshot.incident.updates.len()
}

/// The way to a key of an incident's update, counted from 0.
fn of_update(index: usize, key: &'static str) -> Path {
    vec![Step::Key("updates".into()), Step::Index(index), Step::Key(key.into())]
}

/// The way to an end of the window of planned work.
fn of_window(end: &'static str) -> Path {
    vec![Step::Key("scheduled".into()), Step::Key(end.into())]
}

/// Whether a comment in an update switches a rule off that is about the update as a whole.
fn is_quiet(document: &Document, code: Code, index: usize) -> bool {
    let updates = IncidentDoc::read(document).updates;
    let body = updates.and_then(|mut list| (index < list.value.len()).then(|| list.value.swap_remove(index).body));
    body.flatten().is_some_and(|body| is_switched_off(code, &body.value))
}

/// What is late.
fn reminders(duties: &[Duty], open: &Open<'_>) -> Vec<Diagnostic> {
    let mut advice = postmortem_overdue::check(duties, open);
    advice.extend(report_unfinished::check(duties, open));
    advice.extend(external_message_advised::check(duties, open));
    advice.extend(action_overdue::check(duties, open));
    advice
}

/// So many seconds in words: whole days, or hours within the first.
fn days(seconds: i64) -> String {
    let (number, unit) = match seconds {
        ..3600 => return "less than an hour".to_owned(),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
