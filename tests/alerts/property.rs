//! Alarms that come twice, late, or in the wrong order.

use std::collections::{BTreeMap, BTreeSet};

use candor::alert::{Alarm, AlarmState, AlertRecords, Decision, OpenIncident, decide};
use candor::model::{AlertRule, ComponentStatus, Id};
use candor::time::Time;
use proptest::prelude::*;

use crate::support::cases;

/// An alarm of three keys that goes on twice at most: from and until, in minutes.
type Episode = (usize, i64, i64);

fn minute(minutes: i64) -> Time {
    Time::parse("2026-03-02T00:00Z").expect("a time").plus_seconds(minutes * 60)
}

fn rule() -> AlertRule {
    AlertRule {
        labels: vec![("service".to_owned(), "checkout".to_owned())],
        title: "Trouble".to_owned(),
        components: vec![(Id::new("checkout").expect("an id"), ComponentStatus::PartialOutage)],
        after: 0,
        template: None,
        is_public: true,
        resolves: true,
    }
}

fn alarm(episode: Episode, state: AlarmState) -> Alarm {
    let (key, began, ended) = episode;
    Alarm {
        key: format!("key-{key}"),
        state,
        began: Some(minute(began)),
        ended: (state == AlarmState::Over).then(|| minute(ended)),
        labels: BTreeMap::from([("service".to_owned(), "checkout".to_owned())]),
    }
}

/// What was made of alarms so far: incidents by number, and which of them are open.
#[derive(Default)]
struct World {
    records: AlertRecords,
    open: BTreeSet<usize>,
    begun: usize,
}

impl World {
    fn hear(&mut self, alarm: &Alarm, now: Time) {
        let id = |number: &usize| Id::new(&format!("incident-{number}")).expect("an id");
        let components = || rule().components.into_iter().collect();
        let open: Vec<OpenIncident> =
            self.open.iter().map(|number| OpenIncident { id: id(number), components: components() }).collect();
        for decision in decide(std::slice::from_ref(alarm), &mut self.records, &[rule()], &open, now) {
            match decision {
                Decision::Begin { keys, started, .. } => {
                    assert!(started <= now, "it begins at {started:?}, heard of at {now:?}");
                    self.begun += 1;
                    self.open.insert(self.begun);
                    for key in keys {
                        let record = self.records.0.get_mut(&key).expect("a record");
                        record.incident = Some(id(&self.begun).to_string());
                    }
                }
                Decision::End { incident, .. } => self.open.retain(|number| id(number) != incident),
                Decision::Join { .. } => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

fn episodes() -> impl Strategy<Value = Vec<Episode>> {
    let gaps = prop::collection::vec((1_i64..60, 1_i64..60), 1..3);
    let of_key = |key: usize| {
        gaps.clone().prop_map(move |gaps| {
            let mut at = 0;
            let next = |(gap, length): (i64, i64)| {
                let began = at + gap;
                at = began + length;
                (key, began, at)
            };
            gaps.into_iter().map(next).collect::<Vec<Episode>>()
        })
    };
    (of_key(0), of_key(1), of_key(2)).prop_map(|(a, b, c)| [a, b, c].concat())
}

proptest! {
    #![proptest_config(cases(256))]

    /// Heard in any order and any number of times, with the last word of each key among what is heard: no alarm that goes on
    /// is without an incident, and none is open without one.
    #[test]
    fn none_is_lost_and_none_is_there_twice(
        episodes in episodes(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        keep_open in any::<bool>(),
    ) {
        let now = minute(600);
        let mut said: Vec<Alarm> = episodes.iter().map(|episode| alarm(*episode, AlarmState::Open)).collect();
        let last = |key: usize| episodes.iter().rfind(|episode| episode.0 == key).copied();
        let open_key = keep_open.then_some(0);
        for episode in &episodes {
            if open_key != Some(episode.0) || last(episode.0) != Some(*episode) {
                said.push(alarm(*episode, AlarmState::Over));
            }
        }
        let mut world = World::default();
        for index in &order {
            world.hear(index.get(&said), now);
        }
        // All of it in the end, in whatever order the vector has.
        for alarm in &said {
            world.hear(alarm, now);
        }
        let open: Vec<_> = world.records.0.iter().filter(|(_, record)| record.is_open()).map(|(key, _)| key.clone()).collect();
        prop_assert_eq!(open, open_key.map(|key| format!("key-{key}")).into_iter().collect::<Vec<_>>());
        prop_assert_eq!(world.open.len(), usize::from(keep_open), "{} begun", world.begun);
        let before = (world.records.clone(), world.begun);
        for alarm in said.iter().chain(&said) {
            world.hear(alarm, now);
        }
        prop_assert_eq!(world.begun, before.1, "what is heard again begins nothing");
    }

    /// In order and each once: as many incidents as times in which at least one alarm goes on.
    #[test]
    fn alarms_that_overlap_are_one_incident(episodes in episodes()) {
        let mut said: Vec<(i64, Alarm)> = Vec::new();
        for episode in &episodes {
            said.push((episode.1, alarm(*episode, AlarmState::Open)));
            said.push((episode.2, alarm(*episode, AlarmState::Over)));
        }
        said.sort_by_key(|(at, alarm)| (*at, alarm.state == AlarmState::Over));
        let mut world = World::default();
        for (at, alarm) in &said {
            world.hear(alarm, minute(*at));
            world.hear(alarm, minute(*at));
        }
        let mut going_on: Vec<(i64, i64)> = episodes.iter().map(|(_, began, ended)| (*began, *ended)).collect();
        going_on.sort();
        let mut until = -1;
        let times = going_on.iter().filter(|(began, ended)| {
            let is_new = *began > until;
            until = until.max(*ended);
            is_new
        });
        prop_assert_eq!((world.begun, world.open.len()), (times.count(), 0));
    }

    /// Our clock jumps at random, the sender's is off by some minutes, or says nothing: as many incidents as with right
    /// clocks, all of them over in the end, and none that began after the moment in which it was heard of.
    #[test]
    fn clocks_that_jump_or_are_off_neither_lose_nor_add_an_incident(
        episodes in episodes(),
        jumps in prop::collection::vec(-100_000_i64..100_000, 24),
        is_off_by in prop::option::of(-100_000_i64..100_000),
        repeated in 1_usize..3,
    ) {
        let mut said: Vec<(i64, Alarm)> = Vec::new();
        for episode in &episodes {
            said.push((episode.1, alarm(*episode, AlarmState::Open)));
            said.push((episode.2, alarm(*episode, AlarmState::Over)));
        }
        said.sort_by_key(|(at, alarm)| (*at, alarm.state == AlarmState::Over));
        let (mut right, mut world) = (World::default(), World::default());
        for ((at, alarm), jump) in said.iter().zip(&jumps) {
            right.hear(alarm, minute(*at));
            let by_sender = |time: Option<Time>| Some(time?.plus_seconds(is_off_by? * 60));
            let heard = Alarm { began: by_sender(alarm.began), ended: by_sender(alarm.ended), ..alarm.clone() };
            for _ in 0..repeated {
                world.hear(&heard, minute(*at + jump));
            }
        }
        prop_assert_eq!((world.begun, world.open.len()), (right.begun, right.open.len()));
        prop_assert_eq!(world.open.len(), 0);
    }
}
