//! `metrics`, line by line.

use std::collections::BTreeMap;

use super::{NOW, ODD, at};

/// The value of each series, by its name and its labels in order. Every one must belong to the metric
/// that the lines above it declare.
fn series(text: &str) -> BTreeMap<(String, Vec<(String, String)>), f64> {
    let mut declared = String::new();
    let mut series = BTreeMap::new();
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            declared = rest.split(' ').next().unwrap().to_owned();
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            assert_eq!(rest, format!("{declared} gauge"));
        } else {
            let (name, labels, value) = sample(line);
            assert_eq!(name, declared, "{line}");
            assert!(series.insert((name, labels), value).is_none(), "twice: {line}");
        }
    }
    series
}

fn sample(line: &str) -> (String, Vec<(String, String)>, f64) {
    let (head, value) = line.rsplit_once(' ').unwrap();
    let (name, labels) = head.split_once('{').unwrap_or((head, "}"));
    let mut rest = labels;
    let mut found = Vec::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let mut text = String::new();
        let mut chars = after.char_indices();
        let end = loop {
            match chars.next().unwrap() {
                (end, '"') => break end,
                (_, '\\') => text.push(match chars.next().unwrap().1 {
                    'n' => '\n',
                    c @ ('\\' | '"') => c,
                    c => panic!("\\{c} in {line}"),
                }),
                (_, c) => text.push(c),
            }
        };
        found.push((key.trim_start_matches(',').to_owned(), text));
        rest = &after[end + 1..];
    }
    assert_eq!(rest, "}", "{line}");
    (name.to_owned(), found, value.parse().unwrap())
}

fn value(now: &str, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
    value_in(&at(now), name, labels)
}

/// The value of one series, named without its prefix.
pub(crate) fn value_in(files: &BTreeMap<String, String>, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
    let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    series(&files["metrics"]).get(&(format!("candor_{name}"), labels)).copied()
}

#[test]
fn each_status_of_a_component_is_0_or_1() {
    let status =
        |now, status| value(now, "component_status", &[("component", "carts"), ("group", "shop"), ("status", status)]);
    assert_eq!(status(NOW, "partial_outage"), Some(1.0));
    for other in ["operational", "under_maintenance", "degraded_performance", "major_outage"] {
        assert_eq!(status(NOW, other), Some(0.0), "{other}");
    }
    let mail = [("component", "mail"), ("group", ""), ("status", "operational")];
    assert_eq!(value(NOW, "component_status", &mail), Some(1.0));
}

#[test]
fn odd_names_come_back() {
    let labels = [("component", "carts"), ("group", "shop"), ("name", ODD), ("group_name", ODD)];
    assert_eq!(value(NOW, "component_info", &labels), Some(1.0));
}

#[test]
fn incidents_are_counted_by_impact_and_maintenance_by_state() {
    assert_eq!(value(NOW, "open_incidents", &[("impact", "major")]), Some(1.0));
    assert_eq!(value(NOW, "open_incidents", &[("impact", "critical")]), Some(0.0));
    for (now, running, upcoming) in [(NOW, 0.0, 1.0), ("2026-03-03T11:00Z", 1.0, 0.0), ("2026-03-03T12:00Z", 0.0, 0.0)]
    {
        assert_eq!(value(now, "maintenance", &[("state", "running")]), Some(running), "{now}");
        assert_eq!(value(now, "maintenance", &[("state", "upcoming")]), Some(upcoming), "{now}");
    }
}

/// Mail counts from 2 March: 10.5 hours without a fault. Nothing is counted before.
#[test]
fn uptime_is_a_share_or_absent() {
    let mail = [("component", "mail"), ("group", ""), ("window", "90d")];
    assert_eq!(value(NOW, "component_uptime_ratio", &mail), Some(1.0));
    assert_eq!(value("2026-03-01T10:00Z", "component_uptime_ratio", &mail), None);
    let carts = value(NOW, "component_uptime_ratio", &[("component", "carts"), ("group", "shop"), ("window", "90d")]);
    let counted = 89.0 * 24.0 + 10.5;
    assert!((carts.unwrap() - (1.0 - 0.3 * 0.5 / counted)).abs() < 1e-12);
}

#[test]
fn times_are_seconds_of_unix_time() {
    assert_eq!(value(NOW, "build_timestamp_seconds", &[]), Some(1_772_447_400.0));
    // Midnight comes before the planned work.
    assert_eq!(value(NOW, "next_transition_timestamp_seconds", &[]), Some(1_772_496_000.0));
}

#[test]
fn the_headers_name_the_format() {
    let headers = &at(NOW)["_headers"];
    let (_, rule) = headers.split_once("/metrics\n").unwrap();
    let rule: Vec<&str> = rule.lines().take_while(|line| line.starts_with(' ')).map(str::trim).collect();
    let wanted = [
        "Access-Control-Allow-Origin: *",
        "Cache-Control: public, max-age=60, must-revalidate",
        "Content-Type: text/plain; version=0.0.4; charset=utf-8",
    ];
    assert_eq!(rule, wanted);
}
