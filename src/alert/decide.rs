//! What alarms mean for the incidents of a site.
//!
//! An alarm is known by its key, and each time that it goes on by when it began. So one that is repeated adds nothing, an
//! end that comes before its begin is an end, and a begin that comes after it is old news.
//!
//! What its sender says of times is compared with nothing but what the sender said before: neither of the two clocks need
//! be right, and ours may jump. A sender that says no times is heard in order.

use std::collections::BTreeMap;

use super::alarm::is_such;
use super::{Alarm, AlarmRecord, AlarmState, AlertRecords};
use crate::model::{AlertRule, ComponentStatus, Id};
use crate::time::Time;

/// An incident that is open at the moment, as far as alarms care.
#[derive(Clone, Debug)]
pub struct OpenIncident {
    /// Its id.
    pub id: Id,
    /// What it says of components.
    pub components: BTreeMap<Id, ComponentStatus>,
}

/// What is to be done because of alarms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A new incident by this rule tells of these alarms. Whoever makes it says so with [`AlertRecords`].
    Begin {
        /// The number of the rule, counted from 0.
        rule: usize,
        /// When the first of them began.
        started: Time,
        /// Their keys.
        keys: Vec<String>,
    },
    /// An open incident tells of the alarm already.
    Join {
        /// The key of the alarm.
        key: String,
        /// The incident.
        incident: Id,
    },
    /// The last alarm of an incident is over.
    End {
        /// The incident, which may be closed by now.
        incident: Id,
        /// When it ended.
        ended: Time,
    },
    /// It goes on, and not yet for as long as its rule asks.
    Wait {
        /// The key of the alarm.
        key: String,
        /// When it will have lasted long enough.
        until: Time,
    },
    /// No rule is for it.
    Unknown {
        /// The key of the alarm.
        key: String,
    },
}

/// What the alarms mean, in this order: ends, what waits, what open incidents tell of already, new incidents. `records`
/// become those of after, but for the incidents that are still to be made.
pub fn decide(
    alarms: &[Alarm],
    records: &mut AlertRecords,
    rules: &[AlertRule],
    open: &[OpenIncident],
    now: Time,
) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for alarm in alarms {
        match alarm.state {
            AlarmState::Open => decisions.extend(hear(alarm, records, rules, now)),
            AlarmState::Over => decisions.extend(end(alarm, records, now)),
        }
    }
    records.0.values_mut().for_each(|record| record.goes_on_at(now));
    decisions.extend(waiting(records, rules, open, now));
    decisions
}

/// Notes an alarm that goes on.
fn hear(alarm: &Alarm, records: &mut AlertRecords, rules: &[AlertRule], now: Time) -> Option<Decision> {
    let known = records.0.get_mut(&alarm.key);
    let over = known.as_ref().and_then(|record| record.over());
    match known {
        Some(record) if record.is_open() => {
            alarm.began.into_iter().for_each(|began| record.go_on(began));
            return None;
        }
        Some(_) if alarm.began.zip(over).is_some_and(|(began, over)| began <= over) => return None,
        _ => {}
    }
    let began = alarm.began.unwrap_or_else(|| over.map_or(now, |over| over.max(now)));
    let rule = rules.iter().position(|rule| fits(alarm, rule));
    records.0.insert(alarm.key.clone(), AlarmRecord::open(began, rule));
    rule.is_none().then(|| Decision::Unknown { key: alarm.key.clone() })
}

/// Notes an alarm that is over.
fn end(alarm: &Alarm, records: &mut AlertRecords, now: Time) -> Option<Decision> {
    // Noted even if nobody has heard of its begin, which may be on its way and is old news then.
    let record = records.0.entry(alarm.key.clone()).or_default();
    let began = record.began_last().filter(|_| record.is_open());
    let ended = alarm.ended.unwrap_or_else(|| began.map_or(now, |began| began.max(now)));
    // The end of an earlier time that it went on.
    if began.is_some_and(|began| ended < began) {
        return None;
    }
    let was_open = record.is_open();
    record.end(ended);
    let incident = Id::new(record.incident.as_deref()?)?;
    (was_open && !records.has_open(&incident)).then_some(Decision::End { incident, ended: ended.min(now) })
}

/// What goes on and is told of by no incident: it waits, joins, or begins one with all others of its rule.
fn waiting(records: &mut AlertRecords, rules: &[AlertRule], open: &[OpenIncident], now: Time) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let mut new: BTreeMap<usize, (Time, Vec<String>)> = BTreeMap::new();
    let of_rule: BTreeMap<usize, Id> = told(records, open);
    for (key, record) in records.0.iter_mut().filter(|(_, record)| record.is_open() && record.incident.is_none()) {
        let (Some(number), Some(began)) = (record.rule, record.started()) else { continue };
        let Some(rule) = rules.get(number) else { continue };
        let until = began.plus_seconds(rule.after);
        let joined = of_rule.get(&number).cloned().or_else(|| covering(rule, open));
        match joined {
            Some(incident) => {
                record.incident = Some(incident.to_string());
                decisions.push(Decision::Join { key: key.clone(), incident });
            }
            None if until > now => decisions.push(Decision::Wait { key: key.clone(), until }),
            None => {
                let (started, keys) = new.entry(number).or_insert((began, Vec::new()));
                // Trouble began with the first alarm, in whatever order they are remembered.
                *started = (*started).min(began);
                keys.push(key.clone());
            }
        }
    }
    decisions.extend(new.into_iter().map(|(rule, (started, keys))| Decision::Begin { rule, started, keys }));
    decisions
}

/// The open incident of each rule that has one.
fn told(records: &AlertRecords, open: &[OpenIncident]) -> BTreeMap<usize, Id> {
    let with = records.0.values().filter_map(|record| Some((record.rule?, record.incident.as_deref()?)));
    let open = |id: &str| open.iter().find(|incident| *incident.id == *id).map(|incident| incident.id.clone());
    with.filter_map(|(rule, incident)| Some((rule, open(incident)?))).collect()
}

/// An open incident that says already, of each component of the rule, that it has trouble.
fn covering(rule: &AlertRule, open: &[OpenIncident]) -> Option<Id> {
    let troubled = |incident: &OpenIncident, id: &Id| {
        incident.components.get(id).is_some_and(|status| *status != ComponentStatus::Operational)
    };
    let covers = |incident: &&OpenIncident| rule.components.iter().all(|(id, _)| troubled(incident, id));
    // Every incident would cover a rule that names nothing.
    if rule.components.is_empty() {
        return None;
    }
    open.iter().find(covers).map(|incident| incident.id.clone())
}

/// Whether an alarm has all labels of a rule.
fn fits(alarm: &Alarm, rule: &AlertRule) -> bool {
    rule.labels.iter().all(|(name, pattern)| alarm.labels.get(name).is_some_and(|value| is_such(value, pattern)))
}
