//! What needs somebody, and when: reports, reviews, actions, capacity.

use crate::support::{self, SITE};
use candor::model::Site;
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::{Time, Zone};
use candor::view::{self, Duty};

/// Began on 2 March at 10:00, over at 12:00; due on 4 March at 12:00 unless the site says otherwise.
fn incident(status: &str) -> String {
    format!(
        "title: Payments fail\nupdates:\n  - {{ at: 2026-03-02T10:00Z, status: investigating, components: \
         {{ checkout: {status} }}, body: They fail. }}\n  - {{ at: 2026-03-02T12:00Z, status: resolved, body: Over. }}\n"
    )
}

fn report(keys: &str) -> String {
    format!(
        "---\nid: PM-2026-001\ntitle: Payments failed\nincident: payments-fail\n{keys}---\n\n## Summary\n\nThey failed.\n"
    )
}

fn site(settings: &str, incident: &str, report: Option<&str>) -> Site {
    let site = SITE.replace("name: Checkout }", "name: Checkout, core: true, owner: team-shop }");
    let mut files = vec![
        ("content/site.yaml", format!("{site}{settings}")),
        ("content/incidents/payments-fail.yaml", incident.to_owned()),
    ];
    files.extend(report.map(|report| ("content/postmortems/payments.md", report.to_owned())));
    let source = Source::from_files(files);
    let found = support::build(&source).diagnostics;
    assert!(!candor::diagnostic::has_errors(&found), "{found:#?}");
    Site::clone(&support::site(&source))
}

fn at(text: &str) -> Time {
    Time::parse(&format!("2026-{text}Z")).expect("a time")
}

fn duties(site: &Site, now: &str) -> Vec<Duty> {
    view::duties(site, at(now))
}

/// Each duty as its kind and the seconds that it is late by.
fn short(site: &Site, now: &str) -> Vec<(&'static str, Option<i64>)> {
    duties(site, now).iter().map(|duty| (duty.kind.word(), duty.late_by)).collect()
}

#[test]
fn a_postmortem_is_demanded_from_an_impact_on_and_only_where_the_site_says_so() {
    let kinds = |settings: &str, status: &str| short(&site(settings, &incident(status), None), "03-05T12:00").len();
    assert_eq!(kinds("", "major_outage"), 0, "nothing is demanded");
    let due = "postmortem: { due: 2d }\n";
    assert_eq!((kinds(due, "partial_outage"), kinds(due, "degraded_performance")), (1, 0));
    let from = "postmortem: { required_from: critical }\n";
    assert_eq!((kinds(from, "major_outage"), kinds(from, "partial_outage")), (1, 0));
}

#[test]
fn it_is_due_from_the_resolution_on_and_then_late_to_the_second() {
    let site = site("postmortem: { required_from: minor }\n", &incident("partial_outage"), None);
    assert_eq!(short(&site, "03-02T11:59"), [], "the incident is open");
    assert_eq!(short(&site, "03-02T12:00"), [("postmortem-due", Some(-172_800))]);
    assert_eq!(short(&site, "03-04T12:00"), [("postmortem-due", Some(0))]);
    assert_eq!(short(&site, "03-04T12:00:01"), [("postmortem-overdue", Some(1))]);
    let duty = &duties(&site, "03-05T12:00")[0];
    assert_eq!((&*duty.what, duty.owners.as_slice()), ("Payments fail", &["team-shop".to_owned()][..]));
    assert_eq!(view::duties(&site, Time::parse("2027-03-03T12:00Z").expect("a time")), [], "a year later");
}

#[test]
fn a_report_takes_the_duty_away_and_is_due_itself_while_it_is_a_draft() {
    let of = |status: &str, now: &str| {
        let report = report(&format!("status: {status}\nseverity: SEV2\ncause: pool\n"));
        short(&site("postmortem: { required_from: minor, due: 1d }\n", &incident("partial_outage"), Some(&report)), now)
    };
    assert_eq!(of("draft", "03-03T12:00"), []);
    assert_eq!(of("draft", "03-03T12:01"), [("postmortem-unfinished", Some(60))]);
    assert_eq!(of("in-review", "03-03T12:01"), [("review-waiting", None)]);
    assert_eq!(of("reviewed", "03-09T12:01"), []);
}

#[test]
fn customers_are_owed_the_reasons_of_a_long_outage_of_the_product() {
    let advised = |incident: &str, keys: &str| {
        let site = site("", incident, Some(&report(&format!("status: closed\nseverity: SEV1\ncause: pool\n{keys}"))));
        short(&site, "03-02T12:30").len()
    };
    let long = incident("major_outage");
    assert_eq!(advised(&long, ""), 1);
    assert_eq!(advised(&long.replace("T10:00", "T11:01"), ""), 0, "59 minutes");
    assert_eq!(advised(&incident("partial_outage"), ""), 0);
    assert_eq!(advised(&format!("visibility: internal\n{long}"), ""), 0);
}

#[test]
fn an_action_is_late_from_the_day_after_its_day_on_in_the_sites_zone() {
    let report = report("status: in-review\nactions:\n  - { text: Alarm, owner: team-api, due: 2026-03-20 }\n");
    let mut site = site("", &incident("partial_outage"), Some(&report));
    let kinds = |site: &Site, now: &str| {
        let found = duties(site, now);
        found.iter().map(|duty| (duty.kind.word(), duty.late_by)).find(|(kind, _)| kind.starts_with("action"))
    };
    assert_eq!(kinds(&site, "03-12T23:59"), None);
    assert_eq!(kinds(&site, "03-13T00:00"), Some(("action-due-soon", Some(-8 * 86_400))));
    assert_eq!(kinds(&site, "03-20T23:59"), Some(("action-due-soon", Some(-60))));
    assert_eq!(kinds(&site, "03-21T01:00"), Some(("action-overdue", Some(3600))));
    assert_eq!(duties(&site, "03-21T23:00")[0].days_late(), Some(1), "the day after");
    assert_eq!(duties(&site, "03-20T10:00").last().and_then(Duty::days_late), Some(0), "today");
    site.settings.zone = Zone::named("America/Denver").expect("a zone");
    assert_eq!(kinds(&site, "03-21T01:00"), Some(("action-due-soon", Some(-5 * 3600))));
}

#[test]
fn actions_stand_in_the_order_in_which_they_are_to_be_done() {
    let report = report(
        "status: in-review\nactions:\n  - { id: A, text: T, owner: O, due: 2026-03-20, done: 2026-03-12 }\n  \
         - { id: B, text: T, owner: O }\n  - { id: C, text: T, owner: O, due: 2026-03-09 }\n  \
         - { id: D, text: T, owner: O, due: 2026-03-01 }\n  - { id: E, text: T, owner: O, due: 2026-03-30 }\n  \
         - { id: F, text: T, owner: O, priority: true }\n  - { id: G, text: T, owner: O, done: 2026-03-13 }\n",
    );
    let site = site("", &incident("partial_outage"), Some(&report));
    let order = |now: &str| {
        let states = view::actions(&site.postmortems, Zone::UTC, at(now));
        let show = |state: &view::ActionState| format!("{} {}", state.action().id, state.progress.word());
        states.iter().map(show).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(order("03-14T00:00"), "D overdue, C overdue, E open, F open, B open, G done, A done");
    assert_eq!(order("03-12T00:00"), "D overdue, C overdue, E open, F open, B open, G open, A done");
}

#[test]
fn capacity_is_stale_after_a_quarter_of_a_year() {
    let mut site = site("", &incident("partial_outage"), None);
    let card = site.services.values_mut().next().expect("a service card");
    let checked = candor::time::Date::parse("2026-03-01").ok();
    card.capacity = vec![candor::model::Capacity { checked, ..Default::default() }];
    assert_eq!(short(&site, "05-30T23:59"), []);
    assert_eq!(short(&site, "05-31T00:01"), [("capacity-stale", Some(60))]);
}

#[test]
fn a_report_that_does_not_say_when_it_went_out_tells_the_time_since_its_first_commit() {
    let path = "content/postmortems/late.md";
    let marks = "marks: { started: 2026-11-02T09:00Z, resolved: 2026-11-02T10:00Z }";
    let report = format!("---\ntitle: Late\n{marks}\n---\n");
    let source = Source::from_files([("content/site.yaml", SITE), (path, &report)]);
    let page = |options: &Options| {
        let build = pipeline::build(&source, options);
        let route = build.wiki.iter().find(|route| route.path == "postmortems/late/index.html").expect("its page");
        String::from_utf8(route.make().expect("a page")).expect("UTF-8")
    };
    let mut options = Options::at(support::now());
    assert!(!page(&options).contains("1 day 2 h"));
    options.committed.insert(path.to_owned(), Time::parse("2026-11-03T12:00Z").expect("a time"));
    assert!(page(&options).contains("1 day 2 h"), "{}", page(&options));
}
