//! The bars of ninety days, as home and a component's page have them.

use std::collections::BTreeMap;

use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;
use proptest::prelude::*;

use crate::support::cases;

const DAYS: u64 = 90;
const PITCH: u64 = 8;

const GROUPED: &str = "\
name: Example Status
url: https://status.example.org/
groups:
  - { id: shop, name: Shop }
components:
  - { id: checkout, name: Checkout, group: shop, start: 2025-01-01 }
  - { id: api, name: API, group: shop, start: 2026-11-01 }
";

/// Home and the page of `checkout` of a site at a moment.
fn pages(site: &str, incidents: &[String], now: &str) -> (String, String) {
    let mut files = BTreeMap::from([("content/site.yaml".to_owned(), site.as_bytes().to_vec())]);
    for (number, text) in incidents.iter().enumerate() {
        files.insert(format!("content/incidents/number-{number}.yaml"), text.as_bytes().to_vec());
    }
    let build = pipeline::build(&Source::from_files(files), &Options::at(Time::parse(now).unwrap()));
    let page = |path: &str| {
        let route = build.routes.iter().find(|route| route.path == path);
        let route = route.unwrap_or_else(|| panic!("{path}: {:#?}", build.diagnostics));
        String::from_utf8(route.make().unwrap()).unwrap()
    };
    (page("index.html"), page("components/checkout/index.html"))
}

fn incident(status: &str, from: &str, until: &str) -> String {
    format!(
        "title: Payments slow\nupdates:\n\
         - {{ at: {from}, status: investigating, components: {{ checkout: {status} }}, body: We look. }}\n\
         - {{ at: {until}, status: resolved, body: It works. }}\n"
    )
}

/// How many cells a picture has: with a texture, without trouble, with trouble.
fn cells(svg: &str) -> (u64, u64, u64) {
    let known: u64 = between(svg, "data-known=\"", "\"").parse().unwrap();
    let quiet = if svg.contains("class=\"quiet\"") { between(svg, "class=\"quiet\" d=\"M", "\"") } else { "" };
    let runs = quiet.split('M').filter(|run| !run.is_empty()).map(|run| {
        let (from, until) = run.split_once(" 22H").unwrap();
        (until.parse::<u64>().unwrap() + 2 - from.parse::<u64>().unwrap()) / PITCH
    });
    (known / PITCH, runs.sum(), svg.matches("<rect ").count() as u64)
}

fn between<'a>(text: &'a str, from: &str, until: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from} in {text}"));
    rest.split_once(until).unwrap().0
}

fn pictures(page: &str) -> Vec<&str> {
    page.split("<svg class=\"bars\"").skip(1).map(|rest| rest.split_once("</svg>").unwrap().0).collect()
}

#[test]
fn the_bar_of_a_day_leads_to_that_day_on_the_page_of_its_component() {
    let incident = incident("major_outage", "2026-11-20T09:00Z", "2026-11-20T09:42Z");
    let (home, component) = pages(GROUPED, &[incident], "2026-11-22T15:31Z");
    assert!(home.contains("<a href=\"components/checkout/index.html#d2026-11-20\" tabindex=\"-1\""), "{home}");
    assert!(home.contains("<title>Fri 20 Nov\nMajor outage, 42 min</title>"), "{home}");
    assert!(component.contains("<tr id=\"d2026-11-20\">"), "{component}");
    assert!(between(&home, "data-causes=\"", "\"").contains("incidents/number-0/index.html"));
}

#[test]
fn a_group_has_its_bars_and_its_uptime_also_when_all_is_well() {
    let (home, _) = pages(GROUPED, &[], "2026-11-22T15:31Z");
    let summary = between(&home, "<summary>", "</summary>");
    assert!(summary.contains("100 % uptime"), "{summary}");
    assert_eq!(pictures(summary).into_iter().map(cells).collect::<Vec<_>>(), [(0, DAYS, 0)]);
    assert!(!summary.contains("<a "), "what opens and closes the group holds no link");
}

#[test]
fn a_component_that_is_younger_than_its_bars_says_since_when_it_is_counted() {
    let (home, _) = pages(GROUPED, &[], "2026-11-22T15:31Z");
    assert!(home.contains("100 % since 1 Nov 2026"), "{home}");
    assert_eq!(cells(pictures(&home)[2]), (68, 22, 0), "days without data are no quiet days");
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn each_of_the_ninety_days_is_one_cell(
        troubles in prop::collection::vec((0u32..95, 1u32..3000), 0..12),
        age in 0u32..120,
    ) {
        let now = Time::parse("2026-11-22T15:31Z").unwrap();
        let at = |minutes: u32| now.plus_seconds(-60 * i64::from(minutes)).rfc3339();
        let incidents: Vec<String> = troubles.iter().map(|(days, minutes)| {
            let end = days * 1440 + 1;
            incident("partial_outage", &at(end + minutes), &at(end))
        }).collect();
        let start = now.plus_seconds(-86_400 * i64::from(age)).rfc3339();
        let site = GROUPED.replace("2026-11-01", &start[..10]);
        let (home, component) = pages(&site, &incidents, "2026-11-22T15:31Z");
        for picture in pictures(&home).into_iter().chain(pictures(&component)) {
            let (without_data, quiet, troubled) = cells(picture);
            prop_assert_eq!(without_data + quiet + troubled, DAYS, "{}", picture);
        }
    }
}
