//! Uptime, statuses and transitions of random incidents in odd zones.

use std::collections::BTreeMap;
use std::sync::Arc;

use candor::model::{
    Component, ComponentStatus, Id, Impact, Incident, IncidentStatus, Maintenance, MaintenanceStatus,
    MaintenanceUpdate, Update, Window,
};
use candor::time::{Date, Time, Zone};
use candor::view::{self, Overview, Record};
use proptest::prelude::*;

use crate::support::cases;

/// Zones with daylight saving, odd offsets, midnights that do not exist, and a day that was left out.
const ZONES: &[&str] = &[
    "Etc/UTC",
    "Europe/Copenhagen",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Atlantic/Azores",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
];

const COMPONENTS: usize = 3;

const STATUSES: [ComponentStatus; 5] = [
    ComponentStatus::Operational,
    ComponentStatus::UnderMaintenance,
    ComponentStatus::DegradedPerformance,
    ComponentStatus::PartialOutage,
    ComponentStatus::MajorOutage,
];

/// A site in the middle of things.
#[derive(Clone, Debug)]
struct World {
    zone: Zone,
    now: Time,
    components: Vec<Arc<Component>>,
    incidents: Vec<Arc<Incident>>,
    maintenance: Vec<Arc<Maintenance>>,
}

impl World {
    fn records(&self) -> Vec<Record> {
        self.records_with(&self.incidents)
    }

    fn records_with(&self, incidents: &[Arc<Incident>]) -> Vec<Record> {
        let incidents = view::incident_snapshots(incidents, self.now);
        let maintenance = view::maintenance_snapshots(&self.maintenance, self.now);
        view::records(&self.components, &incidents, &maintenance, self.zone, self.now)
    }

    fn overview(&self, now: Time) -> Overview {
        let incidents = view::incident_snapshots(&self.incidents, now);
        view::overview(&self.components, &[], &incidents, &view::maintenance_snapshots(&self.maintenance, now))
    }

    fn next_transition(&self) -> Time {
        let change =
            view::next_change(&self.incidents, &self.maintenance, &[], &std::collections::BTreeMap::new(), self.now);
        view::next_transition(change, self.zone, self.now)
    }
}

fn id(name: &str, number: usize) -> Id {
    Id::new(&format!("{name}-{number}")).expect("a slug")
}

/// Some instant that matters: the changes of the clocks of many zones, and the day that Apia left out.
fn present() -> impl Strategy<Value = Time> {
    let days = prop::sample::select(vec![
        "2011-12-31",
        "2018-11-04",
        "2018-02-18",
        "2026-03-08",
        "2026-03-29",
        "2026-04-05",
        "2026-10-25",
        "2026-11-22",
        "1970-01-20",
        "2000-02-29",
    ]);
    (days, 0i64..120 * 24 * 60)
        .prop_map(|(day, minutes)| Time::parse(&format!("{day}T00:00Z")).expect("a time").plus_seconds(minutes * 60))
}

fn component_statuses() -> impl Strategy<Value = BTreeMap<Id, ComponentStatus>> {
    let one = (0..COMPONENTS, prop::sample::select(&STATUSES[..]));
    prop::collection::vec(one, 0..3)
        .prop_map(|list| list.into_iter().map(|(n, status)| (id("component", n), status)).collect())
}

/// Updates as minutes since the one before, in order, any status after any other.
fn incident(now: Time) -> impl Strategy<Value = Incident> {
    let gap = prop_oneof![Just(0i64), 1i64..600, 1i64..40_000];
    let promise = prop::option::of(1i64..3000);
    let status = prop::sample::select(IncidentStatus::ALL);
    let updates = prop::collection::vec((gap.clone(), status, component_statuses(), promise), 1..5);
    (-1000i64..130_000, gap, updates).prop_map(move |(ago, first, list)| {
        let started = now.plus_seconds(-ago * 60);
        let mut at = started.plus_seconds(first * 60);
        let updates = list.into_iter().map(|(gap, status, components, promise)| {
            at = at.plus_seconds(gap * 60);
            let next_update = promise.map(|minutes| at.plus_seconds(minutes * 60));
            Update {
                id: None,
                at,
                status,
                components,
                next_update,
                body: "x".to_owned(),
                translations: Default::default(),
            }
        });
        let updates = updates.collect();
        let (id, title, summary) = (id("incident", 0), "x".to_owned(), String::new());
        Incident {
            id,
            aliases: Vec::new(),
            edits: candor::model::Edits::default(),
            translations: Default::default(),
            title,
            impact: Impact::Minor,
            started,
            is_duration_known: true,
            updates,
            summary,
        }
    })
}

fn window(from: Time, minutes: i64) -> Window {
    Window { from, until: Some(from.plus_seconds(minutes * 60)) }
}

fn maintenance(now: Time) -> impl Strategy<Value = Maintenance> {
    let status = prop::sample::select(MaintenanceStatus::ALL);
    let updates = prop::collection::vec((0i64..3000, status, prop::option::of((-2000i64..9000, 1i64..3000))), 0..4);
    let length = prop::option::weighted(0.8, 1i64..3000);
    let known = prop::bool::weighted(0.8);
    (-20_000i64..130_000, length, known, prop::collection::btree_set(0..COMPONENTS, 0..3), updates).prop_map(
        move |(ago, length, is_duration_known, components, list)| {
            let from = now.plus_seconds(-ago * 60);
            let mut at = from.plus_seconds(-600);
            let updates = list.into_iter().map(|(gap, status, moved)| {
                at = at.plus_seconds(gap * 60);
                let scheduled = moved.map(|(from, length)| window(at.plus_seconds(from * 60), length));
                MaintenanceUpdate {
                    id: None,
                    at,
                    status,
                    scheduled,
                    occurrence: None,
                    body: "x".to_owned(),
                    translations: Default::default(),
                }
            });
            let updates = updates.collect();
            let components = components.into_iter().map(|n| id("component", n)).collect();
            let (id, title, description) = (id("maintenance", 0), "x".to_owned(), String::new());
            Maintenance {
                is_duration_known,
                id,
                aliases: Vec::new(),
                edits: candor::model::Edits::default(),
                translations: Default::default(),
                title,
                scheduled: Window { from, until: length.map(|length| from.plus_seconds(length * 60)) },
                components,
                updates,
                description,
                impact: std::collections::BTreeMap::new(),
                recurrence: None,
                occurrence: None,
            }
        },
    )
}

fn world() -> impl Strategy<Value = World> {
    (prop::sample::select(ZONES), present()).prop_flat_map(|(zone, now)| {
        let zone = Zone::named(zone).expect("a zone");
        let starts = prop::collection::vec(prop::option::of(0u64..200), COMPONENTS);
        let incidents = prop::collection::vec(incident(now), 0..6);
        (starts, incidents, prop::collection::vec(maintenance(now), 0..3)).prop_map(
            move |(starts, incidents, works)| {
                let start = |ago: Option<u64>| ago.map(|days| zone.date(now).minus_days(days));
                let components = starts.into_iter().enumerate().map(|(n, ago)| component(n, start(ago)));
                let incidents = incidents
                    .into_iter()
                    .enumerate()
                    .map(|(n, incident)| Incident { id: id("incident", n), ..incident });
                let works =
                    works.into_iter().enumerate().map(|(n, work)| Maintenance { id: id("maintenance", n), ..work });
                World {
                    zone,
                    now,
                    components: components.map(Arc::new).collect(),
                    incidents: incidents.map(Arc::new).collect(),
                    maintenance: works.map(Arc::new).collect(),
                }
            },
        )
    })
}

fn component(number: usize, start: Option<Date>) -> Component {
    let plain = Component::new(id("component", number), format!("Component {number}"));
    Component { core: number == 0, start, ..plain }
}

/// The counted time, the time in each status, and the trouble of each day.
type Told = (i64, Vec<(ComponentStatus, i64)>, Vec<i64>);

/// What has to be the same for two records to tell the same.
fn told(records: &[Record]) -> Vec<Told> {
    let one = |record: &Record| {
        let trouble = record.uptime.trouble.iter().map(|(status, millis)| (*status, *millis)).collect();
        (record.uptime.counted, trouble, record.days.iter().map(|day| day.uptime.troubled()).collect())
    };
    records.iter().map(one).collect()
}

fn statuses(overview: &Overview) -> Vec<(String, ComponentStatus)> {
    overview.components.iter().map(|state| (state.component.id.to_string(), state.status)).collect()
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn the_days_add_up_to_the_window(world in world()) {
        for record in world.records() {
            let sum: view::Uptime = record.days.iter().map(|day| &day.uptime).sum();
            prop_assert_eq!(&sum, &record.uptime);
            prop_assert_eq!(record.days.len() as u64, view::DAYS);
            prop_assert!(record.days.windows(2).all(|pair| pair[0].date < pair[1].date));
        }
    }

    #[test]
    fn uptime_is_a_share_of_a_time_within_the_window(world in world()) {
        let window = world.now.millis() - view::window_start(world.zone, world.now).millis();
        for record in world.records() {
            for uptime in record.days.iter().map(|day| &day.uptime).chain([&record.uptime]) {
                prop_assert!(uptime.share().is_none_or(|share| (0.0..=1.0).contains(&share)), "{uptime:?}");
                prop_assert!((0..=window).contains(&uptime.counted), "{uptime:?} in {window}");
                prop_assert!((0..=uptime.counted).contains(&uptime.troubled()), "{uptime:?}");
                prop_assert_eq!(uptime.share().is_none(), uptime.counted == 0);
            }
        }
    }

    #[test]
    fn the_order_of_the_incidents_does_not_matter(world in world()) {
        let backwards: Vec<_> = world.incidents.iter().rev().cloned().collect();
        prop_assert_eq!(told(&world.records()), told(&world.records_with(&backwards)));
    }

    #[test]
    fn another_incident_never_raises_uptime(world in world()) {
        let (last, fewer) = match world.incidents.split_last() {
            Some(parts) => parts,
            None => return Ok(()),
        };
        prop_assert!(last.updates.len() < 5);
        for (more, less) in world.records().iter().zip(world.records_with(fewer)) {
            for (more, less) in more.days.iter().zip(&less.days) {
                prop_assert!(more.uptime.share() <= less.uptime.share(), "{:?} > {:?}", more.uptime, less.uptime);
                prop_assert!(more.uptime.troubled() >= less.uptime.troubled());
            }
        }
    }

    #[test]
    fn an_incident_cut_in_two_that_touch_counts_the_same(world in world(), status in prop::sample::select(&STATUSES[2..]), begin in 0i64..120_000, first in 0i64..3000, second in 0i64..3000) {
        let at = |minutes: i64| world.now.plus_seconds((minutes - begin) * 60);
        let outage = |from: i64, until: i64, number: usize| {
            let components = BTreeMap::from([(id("component", 0), status)]);
            let said = |at, status, components| Update { id: None, at, status, components, next_update: None, body: "x".to_owned(), translations: Default::default() };
            let updates = vec![
                said(at(from), IncidentStatus::Investigating, components),
                said(at(until), IncidentStatus::Resolved, BTreeMap::new()),
            ];
            let (title, summary) = ("x".to_owned(), String::new());
            Arc::new(Incident { id: id("cut", number), aliases: Vec::new(), edits: candor::model::Edits::default(), translations: Default::default(), title, impact: Impact::Minor, started: at(from), is_duration_known: true, updates, summary })
        };
        let with = |more: Vec<Arc<Incident>>| world.records_with(&[world.incidents.clone(), more].concat());
        let whole = with(vec![outage(0, first + second, 0)]);
        let halves = with(vec![outage(0, first, 1), outage(first, first + second, 2)]);
        prop_assert_eq!(told(&whole), told(&halves));
    }

    #[test]
    fn nothing_changes_before_the_next_transition(world in world(), share in 0.0f64..1.0) {
        let next = world.next_transition();
        prop_assert!(next > world.now, "{next:?} is not after {:?}", world.now);
        let between = Time::from_millis(world.now.millis() + ((next.millis() - 1 - world.now.millis()) as f64 * share) as i64);
        let (now, later) = (world.overview(world.now), world.overview(between));
        prop_assert_eq!(statuses(&now), statuses(&later));
        prop_assert_eq!(now.headline, later.headline);
        prop_assert_eq!(now.upcoming.len(), later.upcoming.len());
        prop_assert_eq!(world.zone.date(world.now), world.zone.date(between));
    }
}
