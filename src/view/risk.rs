//! Where effort would pay: how often something failed and how badly, where the minutes went, and what the
//! actions are for. Counts and sums of what the postmortems say, without a model behind them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::times::Metric;
use crate::model::{ActionType, Id, Postmortem};
use crate::time::Time;

/// What the postmortems about one cause, or one component, weigh together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The cause or the component.
    pub id: Id,
    /// How many postmortems.
    pub n: usize,
    /// How many of them name no severity, and so weigh least.
    pub unrated: usize,
    /// The sum of their weights: how often, times the mean weight.
    pub score: usize,
    /// When it happened last, as far as that is known.
    pub last: Option<Time>,
}

/// What a postmortem weighs by its severity: the worst of `severities` weighs as much as there are severities, the
/// mildest 1, and so does one that is unknown.
pub fn weight(postmortem: &Postmortem, severities: usize) -> usize {
    postmortem.severity.as_ref().map_or(1, |severity| severities.saturating_sub(severity.rank).max(1))
}

/// The risk of every cause: greatest first, then the more frequent, then by id.
pub fn risk_of_causes(postmortems: &[Arc<Postmortem>], severities: usize) -> Vec<Risk> {
    risks(postmortems, severities, |postmortem| postmortem.cause.as_slice())
}

/// The risk of every component, in the same order. A postmortem about two components counts for both.
pub fn risk_of_components(postmortems: &[Arc<Postmortem>], severities: usize) -> Vec<Risk> {
    risks(postmortems, severities, |postmortem| &postmortem.components)
}

fn risks(postmortems: &[Arc<Postmortem>], severities: usize, ids: impl Fn(&Postmortem) -> &[Id]) -> Vec<Risk> {
    let mut found: BTreeMap<Id, Risk> = BTreeMap::new();
    for postmortem in postmortems {
        for id in ids(postmortem) {
            let none = Risk { id: id.clone(), n: 0, unrated: 0, score: 0, last: None };
            let risk = found.entry(id.clone()).or_insert(none);
            risk.n += 1;
            risk.unrated += usize::from(postmortem.severity.is_none());
            risk.score += weight(postmortem, severities);
            risk.last = risk.last.max(postmortem.happened());
        }
    }
    let mut risks: Vec<Risk> = found.into_values().collect();
    // Stable, so that what is equal stays in the order of ids.
    risks.sort_by_key(|risk| std::cmp::Reverse((risk.score, risk.n)));
    risks
}

/// Where the time from start to recovery went, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phases {
    /// Until somebody noticed: detected − started.
    pub unnoticed: i64,
    /// From then until the cause was understood: identified − detected.
    pub looking: i64,
    /// From then until normal service: resolved − identified.
    pub repairing: i64,
}

impl Phases {
    /// The phases of a postmortem: none if a mark is missing or known only to the hour or the day. Where the cause
    /// was known before anybody noticed, nothing was spent on looking for it.
    pub fn of(postmortem: &Postmortem) -> Option<Phases> {
        let until =
            |metric: Metric| Some(metric.of(postmortem, None).filter(|measured| measured.is_countable())?.seconds);
        let recovered = until(Metric::Recover)?;
        let detected = until(Metric::Detect)?.min(recovered);
        let identified = until(Metric::Identify)?.clamp(detected, recovered);
        Some(Phases { unnoticed: detected, looking: identified - detected, repairing: recovered - identified })
    }

    /// From start to recovery, in seconds.
    pub fn total(self) -> i64 {
        self.unnoticed + self.looking + self.repairing
    }

    /// The sums over several postmortems.
    pub fn sum(all: &[Phases]) -> Phases {
        all.iter().fold(Phases::default(), |sum, one| Phases {
            unnoticed: sum.unnoticed + one.unnoticed,
            looking: sum.looking + one.looking,
            repairing: sum.repairing + one.repairing,
        })
    }

    /// The one of middle length, the shorter of the middle two of an even number. From 3 on, as a median.
    pub fn middle(all: &[Phases]) -> Option<Phases> {
        let mut sorted = all.to_vec();
        sorted.sort_by_key(|phases| (phases.total(), phases.unnoticed, phases.looking));
        (sorted.len() >= 3).then(|| sorted[(sorted.len() - 1) / 2])
    }
}

/// How many actions serve one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The purpose.
    pub kind: ActionType,
    /// How many actions.
    pub n: usize,
    /// How many of them are done.
    pub done: usize,
}

/// How many actions serve each purpose, in the order of the list of purposes; none is left out.
pub fn effort(postmortems: &[Arc<Postmortem>]) -> Vec<Effort> {
    let actions = || postmortems.iter().flat_map(|postmortem| &postmortem.actions);
    let of = |kind: &ActionType| {
        let own = || actions().filter(move |action| action.kind == *kind);
        Effort { kind: *kind, n: own().count(), done: own().filter(|action| action.done.is_some()).count() }
    };
    ActionType::ALL.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, CustomerImpact, Mark, Marked, Marks, PostmortemStatus, Precision, Severity};

    fn postmortem(cause: &str, severity: Option<usize>) -> Postmortem {
        let severity = severity.map(|rank| Severity { rank, name: format!("SEV{}", rank + 1).into() });
        Postmortem {
            id: Id::new("pm-1").unwrap(),
            label: "PM-1".to_owned(),
            title: String::new(),
            severity,
            status: PostmortemStatus::Closed,
            incident: None,
            owner: None,
            commander: None,
            scribe: None,
            responders: Vec::new(),
            components: vec![Id::new("shop").unwrap()],
            marks: Marks::default(),
            published: None,
            detected_by: None,
            first_noticed_by: None,
            customer_impact: CustomerImpact::default(),
            trigger: None,
            cause: Id::new(cause),
            factors: Vec::new(),
            recurrence_of: Vec::new(),
            not_recurrence_of: Vec::new(),
            process_change: None,
            actions: Vec::new(),
            tags: Vec::new(),
            imported: false,
            publish: false,
            sections: Vec::new(),
            timeline: Vec::new(),
            preface: String::new(),
        }
    }

    fn with_marks(minutes: [i64; 3], precision: Precision) -> Postmortem {
        let mut postmortem = postmortem("disk", None);
        let start = Time::parse("2026-03-02T10:00Z").unwrap();
        let marks = [Mark::Detected, Mark::Identified, Mark::Resolved].into_iter().zip(minutes);
        for (mark, minute) in marks.chain([(Mark::Started, 0)]) {
            let at = start.plus_seconds(minute * 60);
            postmortem.marks.times.insert(mark, Marked { at, precision, from_incident: false });
        }
        postmortem
    }

    fn ids(risks: &[Risk]) -> Vec<(&str, usize, usize)> {
        risks.iter().map(|risk| (&*risk.id, risk.n, risk.score)).collect()
    }

    #[test]
    fn the_worst_severity_weighs_as_much_as_there_are_and_an_unknown_one_least() {
        let weights = [Some(0), Some(1), Some(2), None].map(|rank| weight(&postmortem("a", rank), 3));
        assert_eq!(weights, [3, 2, 1, 1]);
        assert_eq!(weight(&postmortem("a", Some(7)), 3), 1, "a rank beyond the list");
    }

    #[test]
    fn risks_are_sorted_by_score_then_number_then_id() {
        let all = [("once-bad", Some(0)), ("b", Some(2)), ("b", None), ("b", Some(2)), ("a", Some(1)), ("c", Some(1))];
        let postmortems: Vec<_> = all.map(|(cause, rank)| Arc::new(postmortem(cause, rank))).to_vec();
        let risks = risk_of_causes(&postmortems, 3);
        assert_eq!(ids(&risks), [("b", 3, 3), ("once-bad", 1, 3), ("a", 1, 2), ("c", 1, 2)]);
        assert_eq!(risks[0].unrated, 1);
        assert_eq!(ids(&risk_of_components(&postmortems, 3)), [("shop", 6, 10)]);
        assert!(risk_of_causes(&[], 3).is_empty());
    }

    #[test]
    fn phases_add_up_to_the_recovery() {
        let phases = Phases::of(&with_marks([31, 140, 240], Precision::Minute)).unwrap();
        let wanted = Phases { unnoticed: 31 * 60, looking: 109 * 60, repairing: 100 * 60 };
        assert_eq!((phases, phases.total()), (wanted, 240 * 60));
    }

    #[test]
    fn a_cause_known_before_detection_cost_no_looking_and_a_rough_time_is_unknown() {
        let phases = Phases::of(&with_marks([20, 5, 60], Precision::Exact)).unwrap();
        assert_eq!((phases.unnoticed, phases.looking, phases.repairing), (20 * 60, 0, 40 * 60));
        assert_eq!(Phases::of(&with_marks([20, 30, 60], Precision::Hour)), None);
        assert_eq!(Phases::of(&postmortem("disk", None)), None);
    }

    #[test]
    fn the_middle_one_exists_from_three_on() {
        let of = |total: i64| Phases { unnoticed: 1, looking: 2, repairing: total - 3 };
        assert_eq!(Phases::middle(&[of(10), of(20)]), None);
        assert_eq!(Phases::middle(&[of(30), of(10), of(20)]), Some(of(20)));
        assert_eq!(Phases::middle(&[of(30), of(10), of(20), of(40)]), Some(of(20)));
        assert_eq!(Phases::sum(&[of(10), of(20)]).total(), 30);
    }

    #[test]
    fn every_purpose_of_actions_is_counted() {
        let action = |kind, done: Option<&str>| Action {
            id: "A1".to_owned(),
            text: String::new(),
            kind,
            owner: String::new(),
            due: None,
            link: None,
            done: done.map(|day| crate::time::Date::parse(day).unwrap()),
            priority: false,
        };
        let mut one = postmortem("disk", None);
        one.actions = vec![action(ActionType::Detect, Some("2026-03-02")), action(ActionType::Detect, None)];
        let counts: Vec<_> = effort(&[Arc::new(one)]).iter().map(|effort| (effort.n, effort.done)).collect();
        assert_eq!(counts, [(0, 0), (2, 1), (0, 0), (0, 0), (0, 0)]);
    }
}
