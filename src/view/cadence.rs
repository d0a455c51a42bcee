//! How long customers have been without a word of an open incident, when the next one is due, and whether
//! updates came when they were promised.
//!
//! The caller gives the incidents that customers know of: an internal one owes them nothing.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::IncidentSnapshot;
use super::statistics::{Sample, wilson};
use crate::model::{Impact, IncidentStatus, Update};
use crate::time::Time;

/// How long before it is due a word counts as due, in seconds: what it takes to agree on one, to write it and
/// to publish it.
pub const UPDATE_DUE_WITHIN: i64 = 15 * 60;

/// How late a promised update may be and still count as kept, in seconds.
pub const GRACE: i64 = 5 * 60;

/// After how many seconds without a word an open incident was left open rather than late: three days, a weekend
/// and the day after it.
pub const LEFT_OPEN_AFTER: i64 = 3 * 86_400;

/// The longest gap between updates, in seconds, where a site does not say: hourly when customers cannot do what they came
/// for, else two or three times a day. Where nobody is hindered nothing is owed.
const USUAL: [(Impact, i64); 3] = [(Impact::Minor, 8 * 3600), (Impact::Major, 3600), (Impact::Critical, 3600)];

/// How an open incident stands with its next word. Ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueState {
    /// There is time, or nothing says by when.
    Fine,
    /// It is due within [`UPDATE_DUE_WITHIN`].
    Due,
    /// It was due.
    Overdue,
}

impl DueState {
    /// Its name in data.
    pub fn word(self) -> &'static str {
        match self {
            DueState::Fine => "fine",
            DueState::Due => "due",
            DueState::Overdue => "overdue",
        }
    }
}

/// How long an open incident has had no update, and when the next one is due.
#[derive(Clone, Debug)]
pub struct UpdateGap {
    /// Which.
    pub incident: Arc<IncidentSnapshot>,
    /// When something was last said of it.
    pub last: Time,
    /// Whole seconds since then.
    pub seconds: i64,
    /// The longest gap that its impact allows, in seconds; none where nothing is owed.
    pub allowed: Option<i64>,
    /// When its newest update promised the next one, if it did.
    pub promised: Option<Time>,
    /// When the next word is due: as promised, or when the allowed gap ends if that is sooner. A later
    /// promise lengthens no gap.
    pub due: Option<Time>,
    /// How it stands with that.
    pub state: DueState,
    /// Whole seconds since it was due; negative while there is time, none if nothing says by when.
    pub late_by: Option<i64>,
}

/// The longest gap in seconds that an impact allows: what the site says, or else the usual.
pub fn allowed_gap(impact: Impact, cadence: &BTreeMap<Impact, i64>) -> Option<i64> {
    let usual = || USUAL.iter().find(|(of, _)| *of == impact).map(|(_, seconds)| *seconds);
    cadence.get(&impact).copied().or_else(usual)
}

/// The gap of each open incident, the latest word first; those to which nothing is owed last.
pub fn update_gaps(incidents: &[Arc<IncidentSnapshot>], cadence: &BTreeMap<Impact, i64>, now: Time) -> Vec<UpdateGap> {
    let open = incidents.iter().filter(|snapshot| snapshot.is_open());
    let mut all: Vec<UpdateGap> = open.map(|snapshot| update_gap(snapshot, cadence, now)).collect();
    all.sort_by(|a, b| {
        (Reverse(a.late_by), &a.incident.incident.id).cmp(&(Reverse(b.late_by), &b.incident.incident.id))
    });
    all
}

fn update_gap(snapshot: &Arc<IncidentSnapshot>, cadence: &BTreeMap<Impact, i64>, now: Time) -> UpdateGap {
    let (last, promised) = (snapshot.newest().at, snapshot.next_update());
    let allowed = allowed_gap(snapshot.incident.impact, cadence);
    let due = allowed.map(|seconds| last.plus_seconds(seconds)).into_iter().chain(promised).min();
    let state = match due {
        Some(due) if due < now => DueState::Overdue,
        Some(due) if due.seconds_since(now) <= UPDATE_DUE_WITHIN => DueState::Due,
        _ => DueState::Fine,
    };
    let late_by = due.map(|due| now.seconds_since(due));
    let seconds = now.seconds_since(last);
    UpdateGap { incident: Arc::clone(snapshot), last, seconds, allowed, promised, due, state, late_by }
}

/// What became of a promised update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseOutcome {
    /// One came by then, or at most [`GRACE`] later.
    Kept,
    /// One came, so many seconds after it was promised.
    Late(i64),
    /// None has come, and so many seconds have passed.
    Missing(i64),
    /// Its time has not come.
    Waiting,
}

/// An update that was promised.
#[derive(Clone, Debug)]
pub struct Promise {
    /// By which incident.
    pub incident: Arc<IncidentSnapshot>,
    /// By which of its updates, counted from 0.
    pub index: usize,
    /// For when.
    pub at: Time,
    /// What became of it.
    pub outcome: PromiseOutcome,
}

/// Every promised update of these incidents, in their order.
pub fn promises(incidents: &[Arc<IncidentSnapshot>], now: Time) -> Vec<Promise> {
    let of = |snapshot: &Arc<IncidentSnapshot>| {
        let updates = snapshot.updates();
        let promise = |(index, update): (usize, &Update)| {
            let at = promised(update)?;
            let outcome = outcome(at, updates.get(index + 1).map(|next| next.at), now);
            Some(Promise { incident: Arc::clone(snapshot), index, at, outcome })
        };
        updates.iter().enumerate().filter_map(promise).collect::<Vec<_>>()
    };
    incidents.iter().flat_map(of).collect()
}

/// What an update promises. A resolution owes no further word, and a promise in the past is a slip.
fn promised(update: &Update) -> Option<Time> {
    update.next_update.filter(|at| update.status != IncidentStatus::Resolved && *at > update.at)
}

fn outcome(promised: Time, next: Option<Time>, now: Time) -> PromiseOutcome {
    let late = next.unwrap_or(now).seconds_since(promised);
    match next {
        Some(_) if late <= GRACE => PromiseOutcome::Kept,
        Some(_) => PromiseOutcome::Late(late),
        None if late <= GRACE => PromiseOutcome::Waiting,
        None => PromiseOutcome::Missing(late),
    }
}

/// How many promised updates came in time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PromisesKept {
    /// How many came in time.
    pub kept: usize,
    /// How late those were that came later, in seconds.
    pub late: Sample,
    /// How many have not come although their time is past.
    pub missing: usize,
    /// How many are still to come; they count for nothing yet.
    pub waiting: usize,
}

impl PromisesKept {
    /// Counts the promises.
    pub fn of(promises: &[Promise]) -> PromisesKept {
        let count =
            |is_meant: fn(PromiseOutcome) -> bool| promises.iter().filter(|promise| is_meant(promise.outcome)).count();
        let late = promises.iter().filter_map(|promise| match promise.outcome {
            PromiseOutcome::Late(seconds) => Some(seconds),
            _ => None,
        });
        PromisesKept {
            kept: count(|outcome| outcome == PromiseOutcome::Kept),
            late: Sample::new(late),
            missing: count(|outcome| matches!(outcome, PromiseOutcome::Missing(_))),
            waiting: count(|outcome| outcome == PromiseOutcome::Waiting),
        }
    }

    /// How many promises are settled. To be printed beside the share.
    pub fn n(&self) -> usize {
        self.kept + self.late.n() + self.missing
    }

    /// The 95 % interval of the share that is kept, from 0 to 1.
    pub fn interval(&self) -> (f64, f64) {
        wilson(self.kept, self.n())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Incident};
    use crate::view::incident_snapshots;
    use IncidentStatus::{Identified, Investigating, Resolved};

    fn at(clock: &str) -> Time {
        Time::parse(&format!("2026-03-02T{clock}Z")).unwrap()
    }

    /// An incident whose updates are `time status promise`, the promise possibly empty.
    fn incident(name: &str, impact: Impact, updates: &[(&str, IncidentStatus, &str)]) -> Arc<Incident> {
        let update = |(time, status, promise): &(&str, IncidentStatus, &str)| Update {
            translations: Default::default(),
            id: None,
            at: at(time),
            status: *status,
            components: BTreeMap::new(),
            next_update: (!promise.is_empty()).then(|| at(promise)),
            body: "Words.".to_owned(),
        };
        let updates: Vec<Update> = updates.iter().map(update).collect();
        let (id, title, started) = (Id::new(name).unwrap(), name.to_owned(), updates[0].at);
        Arc::new(Incident {
            translations: Default::default(),
            id,
            aliases: Vec::new(),
            edits: crate::model::Edits::default(),
            title,
            impact,
            started,
            is_duration_known: true,
            updates,
            summary: String::new(),
        })
    }

    fn gap_at(incident: &Arc<Incident>, cadence: &[(Impact, i64)], now: &str) -> Option<UpdateGap> {
        let cadence = cadence.iter().copied().collect();
        update_gaps(&incident_snapshots(&[Arc::clone(incident)], at(now)), &cadence, at(now)).pop()
    }

    #[test]
    fn silence_ends_with_what_the_impact_allows() {
        let major = incident("a", Impact::Major, &[("10:00", Investigating, "")]);
        let states = ["10:00", "10:44", "10:45", "11:00", "11:01"].map(|now| {
            let gap = gap_at(&major, &[], now).unwrap();
            (gap.state, gap.late_by.unwrap() / 60)
        });
        use DueState::{Due, Fine, Overdue};
        assert_eq!(states, [(Fine, -60), (Fine, -16), (Due, -15), (Due, 0), (Overdue, 1)]);
    }

    #[test]
    fn the_site_says_how_long_and_the_usual_holds_for_what_it_leaves_out() {
        let says = BTreeMap::from([(Impact::Major, 1800), (Impact::None, 60)]);
        let allowed = Impact::ALL.iter().map(|impact| allowed_gap(*impact, &says)).collect::<Vec<_>>();
        assert_eq!(allowed, [Some(60), Some(8 * 3600), Some(1800), Some(3600)]);
        assert_eq!(allowed_gap(Impact::None, &BTreeMap::new()), None);
    }

    #[test]
    fn a_promise_shortens_the_silence_and_never_lengthens_it() {
        let sooner = incident("a", Impact::Minor, &[("10:00", Investigating, "10:30")]);
        assert_eq!(gap_at(&sooner, &[], "10:40").unwrap().due, Some(at("10:30")));
        let later = incident("a", Impact::Major, &[("10:00", Investigating, "14:00")]);
        assert_eq!(gap_at(&later, &[], "10:40").unwrap().due, Some(at("11:00")));
        let alone = incident("a", Impact::None, &[("10:00", Investigating, "14:00")]);
        assert_eq!(gap_at(&alone, &[], "10:40").unwrap().due, Some(at("14:00")));
    }

    #[test]
    fn nothing_is_owed_where_nobody_is_hindered_or_all_is_over() {
        let none = incident("a", Impact::None, &[("10:00", Investigating, "")]);
        let gap = gap_at(&none, &[], "23:00").unwrap();
        assert_eq!((gap.state, gap.due, gap.late_by), (DueState::Fine, None, None));
        let over = incident("a", Impact::Major, &[("10:00", Investigating, ""), ("10:10", Resolved, "11:00")]);
        assert!(gap_at(&over, &[], "23:00").is_none());
    }

    #[test]
    fn the_latest_word_comes_first() {
        let minor = incident("minor", Impact::Minor, &[("10:00", Investigating, "")]);
        let major = incident("major", Impact::Major, &[("12:00", Investigating, "")]);
        let none = incident("none", Impact::None, &[("08:00", Investigating, "")]);
        let snapshot = incident_snapshots(&[none, minor, major], at("13:30"));
        let order = update_gaps(&snapshot, &BTreeMap::new(), at("13:30"));
        let names: Vec<&str> = order.iter().map(|gap| gap.incident.incident.title.as_str()).collect();
        assert_eq!(names, ["major", "minor", "none"]);
    }

    #[test]
    fn a_promise_is_kept_within_five_minutes() {
        let told = incident(
            "a",
            Impact::Major,
            &[
                ("10:00", Investigating, "10:30"),
                ("10:35", Identified, "11:00"),
                ("11:22", Identified, "11:10"),
                ("11:30", Identified, "12:00"),
                ("11:40", Resolved, "15:00"),
            ],
        );
        let silent = incident("b", Impact::Major, &[("10:00", Investigating, "11:00")]);
        let waiting = incident("c", Impact::Major, &[("10:00", Investigating, "12:00")]);
        let now = at("12:05");
        let found = promises(&incident_snapshots(&[told, silent, waiting], now), now);
        use PromiseOutcome::{Kept, Late, Missing, Waiting};
        let outcomes: Vec<PromiseOutcome> = found.iter().map(|promise| promise.outcome).collect();
        assert_eq!(outcomes, [Kept, Late(22 * 60), Kept, Missing(65 * 60), Waiting]);
        assert_eq!(found[2].index, 3);
        let figure = PromisesKept::of(&found);
        assert_eq!((figure.kept, figure.late.n(), figure.missing, figure.waiting, figure.n()), (2, 1, 1, 1, 4));
    }

    #[test]
    fn updates_that_lie_in_the_future_keep_no_promise() {
        let told = incident("a", Impact::Major, &[("10:00", Investigating, "10:30"), ("10:30", Identified, "")]);
        let now = at("10:20");
        let found = promises(&incident_snapshots(&[told], now), now);
        assert_eq!(found[0].outcome, PromiseOutcome::Waiting);
    }

    #[test]
    fn of_no_promises_nothing_is_known() {
        assert_eq!(PromisesKept::of(&[]).interval(), (0.0, 1.0));
    }
}
