//! What the views say of small, hand-made histories.

use std::sync::Arc;

use super::*;
use crate::model::{
    Announcement, Component, ComponentStatus, Group, Id, Impact, Incident, IncidentStatus, Maintenance,
    MaintenanceStatus, MaintenanceUpdate, Update, Window,
};
use crate::time::{Date, Time, Zone};

use ComponentStatus::{DegradedPerformance, MajorOutage, Operational, PartialOutage, UnderMaintenance};
use IncidentStatus::{Identified, Investigating, Monitoring, Resolved};

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// A time on 2 March 2026, or on another day of that month: `10:00` or `3T10:00`.
fn at(text: &str) -> Time {
    let (day, clock) = text.split_once('T').unwrap_or(("2", text));
    Time::parse(&format!("2026-03-{:0>2}T{clock}Z", day)).unwrap()
}

fn update(time: &str, status: IncidentStatus, components: &[(&str, ComponentStatus)]) -> Update {
    let components = components.iter().map(|(component, status)| (id(component), *status)).collect();
    Update {
        translations: Default::default(),
        id: None,
        at: at(time),
        status,
        components,
        next_update: None,
        body: "Words.".to_owned(),
    }
}

fn incident(name: &str, started: &str, updates: Vec<Update>) -> Arc<Incident> {
    let (title, summary) = (name.to_owned(), String::new());
    Arc::new(Incident {
        translations: Default::default(),
        id: id(name),
        aliases: Vec::new(),
        edits: crate::model::Edits::default(),
        title,
        impact: Impact::Major,
        started: at(started),
        is_duration_known: true,
        updates,
        summary,
    })
}

fn maintenance(from: &str, until: &str, updates: &[(&str, MaintenanceStatus)]) -> Arc<Maintenance> {
    let updates = updates.iter().map(|(time, status)| MaintenanceUpdate {
        translations: Default::default(),
        id: None,
        at: at(time),
        status: *status,
        scheduled: None,
        occurrence: None,
        body: "Words.".to_owned(),
    });
    Arc::new(Maintenance {
        translations: Default::default(),
        aliases: Vec::new(),
        edits: crate::model::Edits::default(),
        id: id("work"),
        title: "Work".to_owned(),
        scheduled: Window { from: at(from), until: Some(at(until)) },
        is_duration_known: true,
        components: vec![id("api")],
        updates: updates.collect(),
        description: String::new(),
        impact: std::collections::BTreeMap::new(),
        recurrence: None,
        occurrence: None,
    })
}

fn components(core: &str, others: &[&str]) -> Vec<Arc<Component>> {
    let all = std::iter::once(&core).chain(others);
    let component = |name: &&str| Component { core: *name == core, ..Component::new(id(name), (*name).to_owned()) };
    all.map(|name| Arc::new(component(name))).collect()
}

fn spans(incident: &Arc<Incident>, now: &str) -> Vec<String> {
    let snapshot = &incident_snapshots(&[Arc::clone(incident)], at(now))[0];
    let show = |span: &Span| {
        let clock = |time: Time| time.rfc3339()[11..16].to_owned();
        let end = if span.is_open { "…".to_owned() } else { clock(span.interval.until) };
        format!("{} {} {}-{end}", span.component, span.status.word(), clock(span.interval.from))
    };
    snapshot.spans().iter().map(show).collect()
}

#[test]
fn the_first_update_holds_from_the_start_and_a_resolution_ends_all() {
    let incident = incident(
        "one",
        "10:00",
        vec![
            update("10:10", Investigating, &[("api", PartialOutage)]),
            update("10:30", Identified, &[("web", DegradedPerformance)]),
            update("10:40", Identified, &[("api", MajorOutage)]),
            update("11:00", Resolved, &[]),
        ],
    );
    assert_eq!(
        spans(&incident, "12:00"),
        ["api partial_outage 10:00-10:40", "web degraded_performance 10:30-11:00", "api major_outage 10:40-11:00",]
    );
    assert_eq!(spans(&incident, "10:35"), ["api partial_outage 10:00-…", "web degraded_performance 10:30-…"]);
}

#[test]
fn a_reopened_incident_has_a_gap_and_is_open_again() {
    let incident = incident(
        "one",
        "10:00",
        vec![
            update("10:00", Identified, &[("api", PartialOutage)]),
            update("10:20", Resolved, &[]),
            update("10:50", Investigating, &[("api", MajorOutage)]),
        ],
    );
    assert_eq!(spans(&incident, "11:00"), ["api partial_outage 10:00-10:20", "api major_outage 10:50-…"]);
    let snapshot = incident_snapshots(&[Arc::clone(&incident)], at("11:00"));
    assert!(snapshot[0].is_open());
    assert!(!incident_snapshots(&[incident], at("10:30"))[0].is_open());
}

#[test]
fn a_reopened_incident_went_on_for_its_times_and_not_for_what_lay_between() {
    let incident = |again: &str| {
        let (again, end) = (update(again, Investigating, &[]), update("4T12:00", Resolved, &[]));
        incident(
            "one",
            "2T10:00",
            vec![update("2T10:00", Identified, &[]), update("2T11:00", Resolved, &[]), again, end],
        )
    };
    let seconds = |incident: &Arc<Incident>, now: &str| {
        incident_snapshots(&[Arc::clone(incident)], at(now))[0].seconds().unwrap()
    };
    let later = incident("4T11:00");
    assert_eq!(["2T10:30", "3T09:00", "4T11:30", "5T09:00"].map(|now| seconds(&later, now)), [1800, 3600, 5400, 7200]);
    let snapshot = incident_snapshots(&[later], at("5T09:00")).remove(0);
    assert_eq!(snapshot.begun_again(), Some(at("4T11:00")));
    let days = HistoryEntry::Incident(snapshot).days(Zone::UTC);
    assert_eq!(
        days.iter().map(|(from, until)| (from.iso(), until.iso())).collect::<Vec<_>>(),
        [("2026-03-02".to_owned(), "2026-03-02".to_owned()), ("2026-03-04".to_owned(), "2026-03-04".to_owned())]
    );
    let at_once = incident("2T11:00");
    assert_eq!(incident_snapshots(&[Arc::clone(&at_once)], at("5T09:00"))[0].begun_again(), None);
    assert_eq!(seconds(&at_once, "5T09:00"), 50 * 3600);
}

#[test]
fn an_incident_is_unknown_before_its_first_update() {
    let incident = incident("one", "10:00", vec![update("10:10", Investigating, &[])]);
    assert!(incident_snapshots(&[Arc::clone(&incident)], at("10:09")).is_empty());
    assert_eq!(incident_snapshots(&[incident], at("10:10")).len(), 1);
}

#[test]
fn the_clock_moves_maintenance_without_updates() {
    let work = [maintenance("10:00", "11:00", &[])];
    let state = |now| maintenance_snapshots(&work, at(now))[0].state();
    assert_eq!(state("09:59"), MaintenanceState::Upcoming);
    assert_eq!(state("10:00"), MaintenanceState::Running);
    assert_eq!(state("11:00"), MaintenanceState::Past);
}

#[test]
fn updates_of_maintenance_overrule_the_clock() {
    use MaintenanceStatus::{Completed, InProgress, Scheduled};
    let work = [maintenance("10:00", "11:00", &[("09:00", Scheduled), ("10:05", InProgress), ("11:30", Completed)])];
    let snapshot = |now| Arc::clone(&maintenance_snapshots(&work, at(now))[0]);
    assert_eq!(snapshot("10:02").state(), MaintenanceState::Running, "announced and due");
    let over = snapshot("11:20");
    assert_eq!(
        (over.state(), &*over.worked),
        (MaintenanceState::Running, &[Interval::new(at("10:00"), at("11:20"))][..])
    );
    let done = snapshot("12:00");
    assert_eq!((done.state(), &*done.worked), (MaintenanceState::Past, &[Interval::new(at("10:00"), at("11:30"))][..]));
    assert!(maintenance_snapshots(&work, at("08:00")).is_empty(), "not announced yet");
}

fn headline(statuses: &[(&str, ComponentStatus)], status: IncidentStatus) -> Headline {
    let components = components("core", &["one", "two"]);
    let incidents =
        incident_snapshots(&[incident("one", "10:00", vec![update("10:00", status, statuses)])], at("11:00"));
    overview(&components, &[], &incidents, &[]).headline
}

#[test]
fn the_headline_follows_the_components_and_core_weighs_more() {
    let all = |status| [("core", status), ("one", status), ("two", status)];
    assert_eq!(headline(&all(MajorOutage), Identified), Headline::MajorOutage);
    assert_eq!(headline(&[("one", MajorOutage)], Identified), Headline::PartialOutage);
    assert_eq!(headline(&all(PartialOutage), Identified), Headline::PartialOutage);
    assert_eq!(headline(&[("core", PartialOutage)], Identified), Headline::PartialOutage);
    assert_eq!(headline(&[("one", PartialOutage)], Identified), Headline::MinorOutage);
    assert_eq!(headline(&all(DegradedPerformance), Identified), Headline::Degraded);
    assert_eq!(headline(&[("one", DegradedPerformance)], Identified), Headline::PartlyDegraded);
    assert_eq!(headline(&[("one", Operational)], Identified), Headline::Incident);
    assert_eq!(headline(&[], Monitoring), Headline::Recovering);
    assert_eq!(headline(&[("one", MajorOutage)], Resolved), Headline::Operational);
}

#[test]
fn a_component_has_the_worst_status_of_all_that_touches_it() {
    let incidents = incident_snapshots(
        &[
            incident("one", "10:00", vec![update("10:00", Identified, &[("api", DegradedPerformance)])]),
            incident("two", "10:20", vec![update("10:20", Identified, &[("api", PartialOutage)])]),
        ],
        at("11:00"),
    );
    let work = maintenance_snapshots(&[maintenance("09:00", "12:00", &[])], at("11:00"));
    let present = overview(&components("api", &[]), &[], &incidents, &work);
    let state = &present.components[0];
    assert_eq!((state.status, state.since), (PartialOutage, Some(at("10:20"))));
    let quiet = overview(&components("api", &[]), &[], &[], &work);
    assert_eq!((quiet.components[0].status, quiet.headline), (UnderMaintenance, Headline::Maintenance));
}

#[test]
fn a_group_is_as_bad_as_its_worst_member_and_lone_components_come_first() {
    let group = Arc::new(Group {
        translations: Default::default(),
        id: id("shop"),
        name: "Shop".to_owned(),
        description: String::new(),
    });
    let mut components = components("core", &["one"]);
    Arc::make_mut(&mut components[0]).group = Some(id("shop"));
    let incidents = incident_snapshots(
        &[incident("one", "10:00", vec![update("10:00", Identified, &[("core", MajorOutage)])])],
        at("11:00"),
    );
    let present = overview(&components, &[group], &incidents, &[]);
    let groups: Vec<_> = present.groups.iter().map(|state| (state.group.is_some(), state.status)).collect();
    assert_eq!(groups, [(false, Operational), (true, MajorOutage)]);
}

fn record(incidents: &[Arc<Incident>], work: &[Arc<Maintenance>], now: &str) -> Record {
    let snapshot = (incident_snapshots(incidents, at(now)), maintenance_snapshots(work, at(now)));
    records(&components("api", &[]), &snapshot.0, &snapshot.1, Zone::UTC, at(now)).remove(0)
}

#[test]
fn downtime_is_weighted_and_maintenance_and_degradation_are_not_counted() {
    let trouble = |status| {
        let incident = incident(
            "one",
            "10:00",
            vec![update("10:00", Identified, &[("api", status)]), update("11:00", Resolved, &[])],
        );
        let record = record(&[incident], &[], "12:00");
        let lost = (1.0 - record.uptime.share().unwrap()) * record.uptime.counted as f64 / 60_000.0;
        (lost * 100.0).round() / 100.0
    };
    assert_eq!((trouble(MajorOutage), trouble(PartialOutage), trouble(DegradedPerformance)), (60.0, 18.0, 0.0));
    let quiet = record(&[], &[maintenance("10:00", "11:00", &[])], "12:00");
    assert_eq!((quiet.uptime.share(), quiet.uptime.millis(UnderMaintenance)), (Some(1.0), 3_600_000));
}

#[test]
fn overlapping_incidents_count_once_by_the_worst() {
    let one = |name, from, until, status| {
        incident(name, from, vec![update(from, Identified, &[("api", status)]), update(until, Resolved, &[])])
    };
    let both = [one("one", "10:00", "11:00", PartialOutage), one("two", "10:30", "11:30", MajorOutage)];
    let uptime = record(&both, &[], "12:00").uptime;
    assert_eq!((uptime.millis(MajorOutage), uptime.millis(PartialOutage)), (3_600_000, 1_800_000));
}

#[test]
fn nothing_counts_before_a_components_start() {
    let mut components = components("api", &[]);
    Arc::make_mut(&mut components[0]).start = Some(Date::parse("2026-03-01").unwrap());
    let young = &records(&components, &[], &[], Zone::UTC, at("12:00"))[0];
    assert_eq!(young.uptime.counted, 36 * 3_600_000);
    assert_eq!(young.days.iter().filter(|day| day.uptime.counted > 0).count(), 2);
}

#[test]
fn each_entry_is_in_the_month_in_which_it_began_in_the_sites_zone() {
    let late = incident("late", "31T23:30", vec![update("31T23:30", Resolved, &[])]);
    let now = Time::parse("2026-05-02T00:00Z").unwrap();
    let count = |zone| -> Vec<usize> {
        months(&incident_snapshots(&[Arc::clone(&late)], now), &[], zone, now)
            .iter()
            .map(|month| month.entries.len())
            .collect()
    };
    assert_eq!(count(Zone::UTC), [0, 0, 1], "May, April, March");
    assert_eq!(count(Zone::named("Europe/Copenhagen").unwrap()), [0, 1], "April has begun there");
}

#[test]
fn the_next_transition_is_the_first_thing_that_happens_by_itself() {
    let incidents = [incident(
        "one",
        "10:00",
        vec![Update { next_update: Some(at("11:00")), ..update("10:00", Investigating, &[]) }],
    )];
    let work = [maintenance("12:00", "13:00", &[])];
    let notice = Announcement {
        translations: Default::default(),
        aliases: Vec::new(),
        id: id("notice"),
        title: "Notice".to_owned(),
        from: at("08:00"),
        until: Some(at("14:00")),
        is_on_home: true,
        pinned: false,
        body: String::new(),
        edited: None,
    };
    let next = |now| {
        next_change(&incidents, &work, std::slice::from_ref(&notice), &std::collections::BTreeMap::new(), at(now))
            .map(|time| time.rfc3339()[11..16].to_owned())
    };
    assert_eq!(next("09:00").unwrap(), "10:00", "a promise that is not made yet is none");
    let times = ["10:30", "11:00", "12:30", "13:30"].map(|now| next(now).unwrap());
    assert_eq!(times, ["11:00", "12:00", "13:00", "14:00"]);
    assert_eq!(next("14:00"), None);
    assert_eq!(next_transition(None, Zone::UTC, at("14:00")), at("3T00:00"), "at midnight the bars move on");
}

#[test]
fn an_outage_that_is_written_down_afterwards_has_its_hours() {
    let incident = incident("one", "09:00", vec![update("11:00", Resolved, &[("api", MajorOutage)])]);
    assert_eq!(spans(&incident, "12:00"), ["api major_outage 09:00-11:00"]);
    let record = record(&[Arc::clone(&incident)], &[], "12:00");
    assert_eq!(record.uptime.millis(MajorOutage), 2 * 3600 * 1000);
    let snapshot = &incident_snapshots(&[incident], at("12:00"))[0];
    let published = snapshot.published();
    assert!(published.iter().map(|update| update.at).eq(snapshot.published_times()));
    assert_eq!((published[0].changes[0].old, published[0].changes[0].new), (MajorOutage, Operational));
}

#[test]
fn a_resolution_says_nothing_new_of_components_that_were_spoken_of() {
    let incident = incident(
        "one",
        "09:00",
        vec![
            update("09:10", Investigating, &[("api", DegradedPerformance)]),
            update("10:00", Resolved, &[("api", MajorOutage), ("web", PartialOutage)]),
            update("10:30", Investigating, &[]),
            update("11:00", Resolved, &[("api", MajorOutage)]),
        ],
    );
    assert_eq!(
        spans(&incident, "12:00"),
        ["api degraded_performance 09:00-10:00", "web partial_outage 09:00-10:00", "api major_outage 10:30-11:00",]
    );
}

#[test]
fn an_entry_stands_in_every_month_that_it_touched() {
    let march = |day: &str| at(&format!("{day}T12:00"));
    let long = incident("long", "28T22:00", vec![update("28T22:00", Identified, &[("api", MajorOutage)])]);
    let later = Time::parse("2026-05-02T08:00Z").unwrap();
    let entries = |now: Time| -> Vec<usize> {
        let snapshots = incident_snapshots(&[Arc::clone(&long)], now);
        months(&snapshots, &[], Zone::UTC, now).iter().map(|month| month.entries.len()).collect()
    };
    assert_eq!(entries(later), [1, 1, 1], "May, April, March");
    assert_eq!(entries(march("29")), [1]);
}

#[test]
fn an_incident_that_ends_with_a_month_does_not_touch_the_next() {
    let next = Time::parse("2026-04-01T00:00Z").unwrap();
    let mut resolved = update("31T22:00", Resolved, &[]);
    resolved.at = next;
    let incident = incident("one", "31T20:00", vec![update("31T20:00", Identified, &[("api", MajorOutage)]), resolved]);
    let snapshots = incident_snapshots(&[incident], next.plus_seconds(3600));
    let months = months(&snapshots, &[], Zone::UTC, next.plus_seconds(3600));
    let counts: Vec<usize> = months.iter().map(|month| month.entries.len()).collect();
    assert_eq!(counts, [0, 1]);
}
