//! Whatever is built and whatever fails: nothing is lost, and nothing that was acknowledged comes again.

use std::collections::BTreeMap;

use candor::outbox::{IndexedMessage, Notifiable, Record, SiteKind, acknowledge, compare};
use candor::render::NEWS;
use candor::time::Time;
use proptest::prelude::*;

use crate::support::cases;

const HOUR: i64 = 60 * 60;

/// What happens between two runs, and how the run ends.
#[derive(Clone, Debug)]
struct Turn {
    /// Hours since the last turn; two weeks without a run are possible, and so is a clock that jumps back.
    pause: i64,
    edits: Vec<Edit>,
    end: End,
}

#[derive(Clone, Debug)]
enum Edit {
    /// A new one, dated so many hours ago.
    Add {
        hours_ago: i64,
        is_lasting: bool,
    },
    /// One that is there reads otherwise, or as it did before.
    SendReason {
        which: prop::sample::Index,
        version: u8,
    },
    Remove(prop::sample::Index),
}

#[derive(Clone, Debug)]
enum End {
    /// All is sent, each acknowledged on its own, as before a kill.
    Whole,
    /// All is sent, and acknowledged together.
    Together,
    /// The run is killed before this message is sent.
    Before(prop::sample::Index),
    /// The run is killed after this message is sent, before it is acknowledged.
    After(prop::sample::Index),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let edit = prop_oneof![
        4 => (prop_oneof![3 => 0..30i64, 1 => 0..500i64], prop::bool::weighted(0.1))
            .prop_map(|(hours_ago, is_lasting)| Edit::Add { hours_ago, is_lasting }),
        3 => (any::<prop::sample::Index>(), 0..3u8).prop_map(|(which, version)| Edit::SendReason { which, version }),
        1 => any::<prop::sample::Index>().prop_map(Edit::Remove),
    ];
    let end = prop_oneof![
        Just(End::Whole),
        Just(End::Together),
        any::<prop::sample::Index>().prop_map(End::Before),
        any::<prop::sample::Index>().prop_map(End::After),
    ];
    let pause = prop_oneof![6 => 0..24i64, 2 => 0..400i64, 1 => -100..0i64];
    let turn =
        (pause, prop::collection::vec(edit, 0..5), end).prop_map(|(pause, edits, end)| Turn { pause, edits, end });
    prop::collection::vec(turn, 1..12)
}

/// The site and those who read its messages.
struct World {
    now: Time,
    items: Vec<Notifiable>,
    added: usize,
    state: Record,
    /// What was acknowledged last of each key.
    known: BTreeMap<String, String>,
    /// When all was acknowledged last.
    complete: Time,
}

impl World {
    fn new() -> World {
        let now = Time::parse("2026-03-02T00:00Z").expect("a time");
        World { now, items: Vec::new(), added: 0, state: record(&[], now), known: BTreeMap::new(), complete: now }
    }

    fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Add { hours_ago, is_lasting } => {
                self.added += 1;
                let (notification_key, at) =
                    (format!("incident/a/{}", self.added), self.now.plus_seconds(-hours_ago * HOUR));
                self.items.push(Notifiable {
                    notification_key,
                    at,
                    fingerprint: "0".to_owned(),
                    is_lasting: *is_lasting,
                    is_repeated: false,
                });
            }
            Edit::SendReason { which, version } if !self.items.is_empty() => {
                which.get_mut(&mut self.items).fingerprint = version.to_string();
            }
            Edit::Remove(which) if !self.items.is_empty() => {
                self.items.remove(which.index(self.items.len()));
            }
            Edit::SendReason { .. } | Edit::Remove(_) => {}
        }
    }

    fn run(&mut self, end: &End) {
        let told = self.told();
        let after = record(&told, self.now);
        let before = self.state.clone();
        let comparison = match compare(&before, &told, &after) {
            Ok(comparison) => comparison,
            // Nothing is sent until the clock is where it was.
            Err(fault) => return assert!(self.now < before.now, "{fault}"),
        };
        let messages: Vec<IndexedMessage> =
            comparison.pending.iter().map(|pending| listed(&told[pending.item])).collect();
        let count = messages.len();
        for (number, message) in messages.iter().enumerate() {
            if matches!(end, End::Before(which) if which.index(count) == number) {
                return;
            }
            let known = self.known.get(&message.notification_key);
            assert_ne!(known, Some(&message.fingerprint), "{} is sent twice", message.notification_key);
            if matches!(end, End::After(which) if which.index(count) == number) {
                return;
            }
            if !matches!(end, End::Together) {
                self.acknowledge(&messages, (&before, &comparison.after), Some(number));
            }
        }
        self.acknowledge(&messages, (&before, &comparison.after), None);
        self.is_complete(&after);
    }

    fn acknowledge(&mut self, messages: &[IndexedMessage], records: (&Record, &Record), number: Option<usize>) {
        let names = number.map(|number| vec![messages[number].folder.clone()]);
        self.state = acknowledge(&self.state, messages, records, names.as_deref()).expect("a message of this run");
        for message in number.map_or(messages, |number| &messages[number..=number]) {
            self.known.insert(message.notification_key.clone(), message.fingerprint.clone());
        }
    }

    /// What a build of this moment tells: after a jump of the clock some of it lies in the future.
    fn told(&self) -> Vec<Notifiable> {
        self.items.iter().filter(|item| item.at <= self.now).cloned().collect()
    }

    /// Readers know everything as it reads now, but what was history already when it was written.
    fn is_complete(&mut self, after: &Record) {
        assert_eq!(self.state, *after);
        for item in &self.told() {
            let is_news = item.at >= self.complete.plus_seconds(-NEWS);
            if is_news || item.is_lasting && !self.known.contains_key(&item.notification_key) {
                assert_eq!(
                    self.known.get(&item.notification_key),
                    Some(&item.fingerprint),
                    "{} is lost",
                    item.notification_key
                );
            }
        }
        self.known.retain(|key, _| self.items.iter().any(|item| item.notification_key == *key));
        self.complete = self.now;
    }
}

/// What a build lists.
fn record(items: &[Notifiable], now: Time) -> Record {
    let since = now.plus_seconds(-NEWS);
    let (listed, older): (Vec<&Notifiable>, Vec<&Notifiable>) =
        items.iter().partition(|item| item.at >= since || item.is_lasting);
    let fingerprints = listed.iter().map(|item| (item.notification_key.clone(), item.fingerprint.clone())).collect();
    Record {
        site_kind: SiteKind::Public,
        site: "https://status.example.org/".to_owned(),
        now,
        since,
        older: older.len(),
        fingerprints,
    }
}

fn listed(item: &Notifiable) -> IndexedMessage {
    let name = format!("{}-{}", item.notification_key.replace('/', "-"), item.fingerprint);
    IndexedMessage {
        key: name.clone(),
        folder: format!("001-{name}"),
        notification_key: item.notification_key.clone(),
        fingerprint: item.fingerprint.clone(),
        subject: String::new(),
        is_correction: false,
        files: Vec::new(),
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn nothing_is_lost_and_nothing_acknowledged_comes_again(turns in turns()) {
        let mut world = World::new();
        for turn in &turns {
            // Were a run cut short and the clock put back before the next, what it sent would seem to be taken back.
            let is_cut_short = world.complete != world.now;
            world.now = world.now.plus_seconds(if is_cut_short { turn.pause.max(0) } else { turn.pause } * HOUR);
            turn.edits.iter().for_each(|edit| world.edit(edit));
            world.run(&turn.end);
        }
    }
}
