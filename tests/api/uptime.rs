//! `api/uptime.json`: the numbers follow from the intervals.

use candor::time::Time;

use super::json::Json;
use super::{INCIDENT, SITE, files, sample};

const KEYS: &[&str] = &["page", "window", "formula", "weights", "components"];
const COMPONENT: &[&str] = &["id", "slug", "name", "start_date", "counted_seconds", "seconds", "share", "intervals"];
const INTERVAL: &[&str] = &["from", "until", "status", "kind", "id", "url"];
const STATUSES: [&str; 5] =
    ["major_outage", "partial_outage", "degraded_performance", "under_maintenance", "operational"];

fn uptime(files: &std::collections::BTreeMap<String, String>) -> Json {
    Json::read(&files["api/uptime.json"])
}

fn seconds(time: &Json) -> i64 {
    Time::parse(time.text()).unwrap().millis() / 1000
}

/// The seconds in each status, second by second from the intervals: the worst of those that hold.
fn count(component: &Json, from: i64, until: i64) -> [f64; 5] {
    let rank = |status: &str| STATUSES.iter().position(|word| *word == status).unwrap();
    let intervals: Vec<(i64, i64, usize)> = component["intervals"]
        .items()
        .iter()
        .map(|interval| (seconds(&interval["from"]), seconds(&interval["until"]), rank(interval["status"].text())))
        .collect();
    let mut counts = [0.0; 5];
    for second in from..until {
        let holding = intervals.iter().filter(|(from, until, _)| *from <= second && second < *until);
        counts[holding.map(|(.., rank)| *rank).min().unwrap_or(4)] += 1.0;
    }
    counts
}

#[test]
fn every_number_follows_from_the_intervals() {
    let overlap =
        INCIDENT.replace("09:50", "09:00").replace("10:00", "09:30").replace("major_outage", "partial_outage");
    let content = [
        ("site.yaml", SITE),
        ("incidents/payments.yaml", INCIDENT),
        ("incidents/overlap.yaml", &*overlap),
        ("maintenance/disks.md", super::MAINTENANCE),
    ];
    let answer = uptime(&files(content, "2026-03-03T11:00Z"));
    assert_eq!(answer.keys(), KEYS);
    assert_eq!(answer["weights"].keys(), STATUSES);
    let (from, until) = (seconds(&answer["window"]["from"]), seconds(&answer["window"]["until"]));
    for component in answer["components"].items() {
        assert_eq!(component.keys(), COMPONENT);
        let name = component["name"].text();
        let start = match &component["start_date"] {
            Json::Null => from,
            date => Time::parse(&format!("{}T00:00Z", date.text())).unwrap().millis() / 1000,
        };
        let counts = count(component, start.max(from), until);
        let counted: f64 = counts.iter().sum();
        assert_eq!(component["counted_seconds"].number(), counted, "{name}");
        for (status, count) in STATUSES.iter().zip(counts) {
            assert_eq!(component["seconds"][*status].number(), count, "{name}: {status}");
        }
        let down: f64 = STATUSES.iter().zip(counts).map(|(status, n)| answer["weights"][*status].number() * n).sum();
        assert!((component["share"].number() - (1.0 - down / counted)).abs() < 1e-12, "{name}");
    }
    let checkout = answer["components"].named("Checkout");
    assert_eq!(checkout["seconds"]["major_outage"].number(), 1800.0);
    assert!(checkout["share"].number() < 1.0);
}

#[test]
fn an_interval_names_its_cause() {
    let files = sample("2026-03-03T11:00Z");
    let answer = uptime(&files);
    let intervals = &answer["components"].named("Carts")["intervals"];
    assert_eq!(intervals.items().len(), 1, "the internal incident is none");
    assert_eq!(intervals[0].keys(), INTERVAL);
    assert_eq!((intervals[0]["status"].text(), intervals[0]["kind"].text()), ("under_maintenance", "maintenance"));
    assert_eq!(intervals[0]["until"], answer["window"]["until"], "it goes on");
    let work = super::answer(&files, "scheduled-maintenances")["scheduled_maintenances"][0].clone();
    assert_eq!(intervals[0]["id"], work["id"]);
    assert_eq!(intervals[0]["url"], work["shortlink"]);
    let incident = super::answer(&files, "incidents")["incidents"][0].clone();
    assert_eq!(answer["components"].named("Checkout")["intervals"][0]["id"], incident["id"]);
}

#[test]
fn time_before_the_start_is_not_counted() {
    let site = SITE.replace("2026-02-01", "2026-03-02");
    let incident =
        INCIDENT.replace("checkout:", "website:").replace("09:50", "00:00").replace("2026-03-02T00", "2026-03-01T00");
    let answer = uptime(&files([("site.yaml", &*site), ("incidents/i.yaml", &*incident)], "2026-03-02T10:00Z"));
    let website = answer["components"].named("Website");
    assert_eq!(website["counted_seconds"].number(), 36_000.0);
    assert_eq!(website["intervals"][0]["from"], "2026-03-02T00:00:00.000Z", "cut where counting begins");
    let unborn = SITE.replace("2026-02-01", "2026-09-01");
    let answer = uptime(&files([("site.yaml", &*unborn)], "2026-03-02T10:00Z"));
    let website = answer["components"].named("Website");
    assert_eq!((website["counted_seconds"].number(), &website["share"]), (0.0, &Json::Null));
}
