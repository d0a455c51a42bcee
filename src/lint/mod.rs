//! Advice beyond validity: one rule a file, one code a rule.

mod action_overdue;
mod beginning_unknown;
mod capacity_stale;
mod component_ended;
mod ended_before_begun;
mod endless_announcement;
mod external_message_advised;
mod future_update;
mod impact_disagrees;
mod left_open;
mod likeness;
mod nothing_of_data;
mod open_but_operational;
mod postmortem_overdue;
mod postmortem_unfinished;
mod promise_late;
mod recurrence;
mod scope;
mod sections;
mod shared_fate;
mod touches_everything;
mod untranslated;
mod update_gap;
mod update_wording;
mod watched_while_down;
mod window_overrun;
mod window_unconfirmed;
mod wording;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Path, Step};
use crate::model::{EntryKind, Id, Incident, IncidentRecord, IncidentStatus, Maintenance, Site, Visibility};
use crate::time::Time;
use crate::view::{
    DAYS, Duty, IncidentSnapshot, Learning, MaintenanceSnapshot, incident_snapshots, maintenance_snapshots,
};
use crate::wording::{UpdateRules, WordingSettings, is_switched_off};
use crate::yaml::key;
pub use scope::{WordingChoice, WordingScope};
use update_wording::UpdateWording;

/// The file of an entry, by kind and id, as it was written.
pub type Documents<'a> = dyn Fn(EntryKind, &Id) -> Option<&'a Document> + Sync + 'a;

/// What every rule has to say but those of wording, which look at one file at a time: see [`Wording`].
pub fn check<'a>(
    site: &'a Site,
    learning: &Learning,
    wording: &'a Wording,
    site_file: Option<&Document>,
    documents: &'a Documents<'a>,
    now: Time,
) -> Vec<Diagnostic> {
    let mut advice = future_update::check(site, documents, now);
    advice.extend(recurrence::check(&site.postmortems, &learning.chains, documents));
    advice.extend(likeness::check(&site.postmortems, &learning.candidates, documents));
    advice.extend(sections::check(site, documents));
    advice.extend(communication(&Now::of(site, &wording.updates.rules, documents, now)));
    advice.extend(site_file.and_then(|document| shared_fate::check(site, document)));
    advice.extend(reminders(&learning.duties, documents));
    advice.extend(site_file.into_iter().flat_map(|document| capacity_stale::check(&learning.duties, document)));
    advice.extend(site_file.into_iter().flat_map(|document| untranslated::settings(site, document)));
    advice.extend(site_file.filter(|_| !is_english(site)).map(|document| wording_off(site, document)));
    advice
}

/// Whether the rules of wording, which look for English phrases, have anything to say.
fn is_english(site: &Site) -> bool {
    site.settings.language.split(['-', '_']).next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
}

fn wording_off(site: &Site, document: &Document) -> Diagnostic {
    let language = &site.settings.language;
    let message = format!("the rules of wording know English alone, so they are off for the language `{language}`");
    let place = document.place(&key("language"));
    Diagnostic::note(Code::WordingOff, message).at(place).help("let somebody who was not on call read what you write")
}

/// The rules of wording as a site has them. What they say of a file depends on that file and on `site.yaml` alone, so
/// files can be judged side by side, and a file that stays the same need not be judged again.
pub struct Wording {
    is_english: bool,
    updates: UpdateWording,
    postmortems: WordingSettings,
}

impl Wording {
    /// The rules of `site`.
    pub fn of(site: &Site) -> Wording {
        Wording { is_english: is_english(site), updates: UpdateWording::of(site), postmortems: wording::common(site) }
    }

    /// What they say of an incident. Internal incidents have other readers than customers.
    pub fn incident(&self, record: &IncidentRecord, document: &Document) -> Vec<Diagnostic> {
        let is_public = record.visibility == Visibility::Public;
        if is_public && self.is_english { self.updates.incident(&record.incident, document) } else { Vec::new() }
    }

    /// What they say of planned work.
    pub fn maintenance(&self, work: &Maintenance, document: &Document) -> Vec<Diagnostic> {
        if self.is_english { self.updates.maintenance(work, document) } else { Vec::new() }
    }

    /// What they say of a postmortem.
    pub fn postmortem(&self, document: &Document) -> Vec<Diagnostic> {
        if self.is_english { wording::postmortem(document, &self.postmortems) } else { Vec::new() }
    }
}

/// What a site says of incidents and planned work, as it is known at a moment.
struct Now<'a> {
    site: &'a Site,
    documents: &'a Documents<'a>,
    /// The moment.
    at: Time,
    /// The incidents that are open, or were resolved in the last 90 days: of older ones no rule that needs a snapshot speaks.
    snapshots: Vec<Arc<IncidentSnapshot>>,
    /// Those of them that customers know of.
    public: Vec<Arc<IncidentSnapshot>>,
    /// All planned work.
    maintenance: Vec<Arc<MaintenanceSnapshot>>,
    rules: &'a UpdateRules,
}

impl<'a> Now<'a> {
    fn of(site: &'a Site, rules: &'a UpdateRules, documents: &'a Documents<'a>, at: Time) -> Now<'a> {
        let is_meant = |incident: &&Arc<Incident>| {
            let newest = incident.known_updates(at).last();
            newest.is_some_and(|last| last.status != IncidentStatus::Resolved || at.seconds_since(last.at) < LONGEST)
        };
        let incidents = site.incidents.iter().map(|record| &record.incident).filter(is_meant);
        let snapshots = incident_snapshots(&incidents.cloned().collect::<Vec<_>>(), at);
        let internal = site.incidents.iter().filter(|record| record.visibility == Visibility::Internal);
        let internal: BTreeSet<&Id> = internal.map(|record| &record.incident.id).collect();
        let public = snapshots.iter().filter(|snapshot| !internal.contains(&snapshot.incident.id)).cloned().collect();
        let maintenance = maintenance_snapshots(&site.maintenance, at);
        Now { site, documents, at, snapshots, public, maintenance, rules }
    }
}

/// Seven days, in seconds: what is older nobody will mend.
const WEEK: i64 = 7 * 86_400;

/// So long after its end a rule may still speak of an incident, in seconds: while the bars of 90 days show it.
const LONGEST: i64 = DAYS as i64 * 86_400;

/// What customers are told, when, and whether it agrees with itself.
fn communication(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
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
    beginning_unknown::check,
    component_ended::check,
    ended_before_begun::check,
    endless_announcement::check,
    open_but_operational::check,
    touches_everything::check,
    left_open::check,
    window_overrun::check,
    window_unconfirmed::check,
    impact_disagrees::check,
    watched_while_down::check,
    untranslated::check,
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
fn is_quiet(incident: &Incident, code: Code, index: usize) -> bool {
    incident.updates.get(index).is_some_and(|update| is_switched_off(code, &update.body))
}

/// What is late.
fn reminders(duties: &[Duty], documents: &Documents<'_>) -> Vec<Diagnostic> {
    let mut advice = postmortem_overdue::check(duties, documents);
    advice.extend(postmortem_unfinished::check(duties, documents));
    advice.extend(external_message_advised::check(duties, documents));
    advice.extend(action_overdue::check(duties, documents));
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
