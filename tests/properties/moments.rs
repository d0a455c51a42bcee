//! Times that clocks make hard: leap days, both changes of clocks in three zones, all years, and a build before anything happened.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use candor::diagnostic::{Code, Severity};
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::{Time, Zone};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::cases;

/// Longer than a small site takes, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// Zones, and when clocks change in them, both ways: to the north and to the south of the equator, by an hour and by half of one.
const CHANGES: [(&str, [&str; 2]); 3] = [
    ("Europe/Berlin", ["2026-03-29T01:00Z", "2026-10-25T01:00Z"]),
    ("America/New_York", ["2026-03-08T07:00Z", "2026-11-01T06:00Z"]),
    ("Australia/Lord_Howe", ["2026-04-04T15:00Z", "2026-10-03T15:30Z"]),
];
const LEAP_DAYS: [&str; 3] = ["2000-02-29T12:00Z", "2024-02-29T12:00Z", "2028-02-29T12:00Z"];

fn moment() -> impl Strategy<Value = (&'static str, Time)> {
    (0..CHANGES.len(), 0..5_usize).prop_map(|(zone, which)| {
        let (zone, changes) = CHANGES[zone];
        (zone, Time::parse(changes.get(which).unwrap_or_else(|| &LEAP_DAYS[which - 2])).expect("a time"))
    })
}

/// The pages of a site with this entry, by their paths.
fn built(zone: &str, incident: Option<&str>, now: Time) -> BTreeMap<String, String> {
    let settings = format!(
        "name: S\nurl: https://s.example/\ntimezone: {zone}\ncomponents:\n  - {{ id: api, name: API }}\n  - {{ id: web, name: Web }}\n"
    );
    let entry = incident.map(|text| ("content/incidents/x.md".to_owned(), text.to_owned()));
    let files = [("content/site.yaml".to_owned(), settings)].into_iter().chain(entry);
    let build = pipeline::build(&Source::from_files(files), &Options::at(now));
    let text = |route: &candor::output::Route| String::from_utf8(route.make().expect("a file")).ok();
    build.routes.iter().filter_map(|route| Some((route.path.clone(), text(route)?))).collect()
}

fn outage(from: &str, until: &str) -> String {
    format!(
        "---\ntitle: Trouble\nupdates:\n  - {{ at: {from}, status: investigating, components: {{ api: major_outage }}, body: We look. }}\n  \
         - {{ at: {until}, status: resolved, body: No data was lost. Nothing to do. }}\n---\n"
    )
}

/// A time as an author writes it who looks at a clock of the zone: with the offset of that moment.
fn by_the_clock(time: Time, zone: &str) -> String {
    time.rfc3339_in(Zone::named(zone).expect("a zone"))
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn an_outage_over_a_change_of_clocks_or_a_leap_day_is_as_long_as_it_was(
        (zone, centre) in moment(), before in 0i64..3000, after in 1i64..3000, later in 1i64..20_000,
    ) {
        let (from, until) = (centre.plus_seconds(-before * 60), centre.plus_seconds(after * 60));
        let now = until.plus_seconds(later * 60);
        let text = outage(&by_the_clock(from, zone), &by_the_clock(until, zone));
        let pages = built(zone, Some(&text), now);
        let answer: Value = serde_json::from_str(&pages["api/uptime.json"]).expect("JSON");
        let api = &answer["components"][0];
        prop_assert_eq!(&api["seconds"]["major_outage"], &Value::from((before + after) * 60));
        let told = |key: &str| Time::parse(api["intervals"][0][key].as_str().expect("a time"));
        prop_assert_eq!((told("from"), told("until")), (Ok(from), Ok(until)));

        // The window begins at a midnight of the zone and holds every second since.
        let begin = Time::parse(answer["window"]["from"].as_str().expect("a time")).expect("a time");
        prop_assert!(by_the_clock(begin, zone).contains("T00:00:00"), "{}", by_the_clock(begin, zone));
        prop_assert_eq!(&api["counted_seconds"], &Value::from((now.millis() - begin.millis()) / 1000));
    }

    #[test]
    fn before_the_first_incident_a_site_is_one_without_incidents(
        (zone, centre) in moment(), before in 2880i64..100_000, length in 1i64..3000,
    ) {
        let now = centre.plus_seconds(-before * 60);
        let text = outage(&by_the_clock(centre, zone), &by_the_clock(centre.plus_seconds(length * 60), zone));
        // The record of the build has the digest of all content; and pages say when the next change is due, if that is today.
        let of = |incident| { let mut pages = built(zone, incident, now); pages.remove("build.json"); pages };
        let (with, without) = (of(Some(&text)), of(None));
        let differ: Vec<_> = with.iter().filter(|(path, page)| without.get(*path) != Some(page)).collect();
        prop_assert!(differ.is_empty() && with.len() == without.len(), "{:?}", differ.first().map(|(path, page)| (path, page, without.get(*path))));
    }

    #[test]
    fn every_year_is_shown_or_refused_by_name(year in 1u32..=9999, month in 1u32..=12, now in 0usize..3) {
        let day = format!("{year:04}-{month:02}-28");
        let text = outage(&format!("{day}T23:59:59Z"), &format!("{day}T23:59:59Z"));
        let begun = Instant::now();
        let files = [
            ("content/site.yaml", "name: S\nurl: https://s.example/\ntimezone: America/New_York\ncomponents:\n  - { id: api, name: API }\n"),
            ("content/incidents/x.md", &*text),
            ("content/maintenance/y.md", &*format!("---\ntitle: Work\ncomponents: [api]\nscheduled: {{ from: {day}T10:00Z, until: {day}T11:00Z }}\nupdates:\n  - {{ at: {day}T09:00Z, status: scheduled, body: Soon. }}\n---\n")),
            ("content/announcements/z.md", &*format!("---\ntitle: Word\nfrom: {day}T10:00Z\n---\nSoon.\n")),
        ];
        let own = Time::parse(&format!("{}-12-31T23:59:59Z", year.max(1970)));
        let now = [Time::parse("1970-01-01T00:00Z"), own, Time::parse("9999-12-31T23:59:59Z")][now].expect("a time");
        let build = pipeline::build(&Source::from_files(files), &Options::at(now));
        let errors: Vec<Code> = build.diagnostics.iter().filter(|fault| fault.severity == Severity::Error).map(|fault| fault.code).collect();
        prop_assert_eq!(errors.is_empty(), year >= 1970, "{:?}", errors);
        prop_assert!(errors.iter().all(|code| *code == Code::YearOutOfRange), "{:?}", errors);
        // A year far back has a page for each month since.
        let routes: Vec<_> = build.routes.iter().chain(build.wiki.iter()).collect();
        for route in routes.iter().step_by(1 + routes.len() / 200) {
            prop_assert!(route.make().is_ok(), "{route:?}");
        }
        prop_assert!(begun.elapsed() < LONGEST, "{:?}", begun.elapsed());
    }
}

#[test]
fn a_time_whose_offset_leads_out_of_the_years_is_refused_with_what_is_wrong() {
    for (written, fault) in [
        ("1970-01-01T00:30+01:00", "the year of `1970-01-01T00:30+01:00` in UTC is not one from 1970 to 9999"),
        ("9999-12-31T23:30-01:00", "the year of `9999-12-31T23:30-01:00` in UTC is not one from 1970 to 9999"),
        ("1969-12-31T23:30Z", "the year of `1969-12-31T23:30Z` is not one from 1970 to 9999"),
    ] {
        let files = [
            ("content/site.yaml", "name: S\nurl: https://s.example/\ncomponents:\n  - { id: api, name: API }\n"),
            ("content/announcements/z.md", &*format!("---\ntitle: Word\nfrom: {written}\n---\nSoon.\n")),
        ];
        let now = Time::parse("2026-11-28T00:00Z").expect("a time");
        let build = pipeline::build(&Source::from_files(files), &Options::at(now));
        let found: Vec<_> = build.diagnostics.iter().map(|found| (found.code, &*found.message)).collect();
        assert_eq!(found, [(Code::YearOutOfRange, fault)]);
    }
}
