//! The rollup, row by row.

use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;

use super::{NOW, answer, files};

/// Indicator and description of a page whose components have these statuses.
fn rollup(statuses: &[&str], settings: &str) -> (String, String) {
    let components = (0..statuses.len()).map(|n| format!("  - {{ id: c{n}, name: C{n}, group: All, core: true }}\n"));
    let site = format!(
        "name: Example\nurl: https://status.example.net/\n{settings}components:\n{}",
        components.collect::<String>()
    );
    let statuses: Vec<String> = statuses.iter().enumerate().map(|(n, status)| format!("c{n}: {status}")).collect();
    let statuses = statuses.join(", ");
    let update = format!("{{ at: 2026-03-02T10:00Z, status: identified, components: {{ {statuses} }}, body: B. }}");
    let incident = format!("title: T\nupdates: [{update}]\n");
    let files = files([("site.yaml", &*site), ("incidents/i.yaml", &*incident)], NOW);
    let status = answer(&files, "status")["status"].clone();
    (status["indicator"].text().to_owned(), status["description"].text().to_owned())
}

#[test]
fn every_row_of_the_table_holds() {
    let [o, m, d, p, x] =
        ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"];
    for (statuses, indicator, description) in [
        (&[o][..], "none", "All Systems Operational"),
        (&[x], "critical", "Major System Outage"),
        (&[p], "major", "Partial System Outage"),
        (&[d], "minor", "Partially Degraded Service"),
        (&[m], "maintenance", "Service Under Maintenance"),
        (&[x, x], "critical", "Major System Outage"),
        (&[x, p], "major", "Partial System Outage"),
        (&[x, o, o], "major", "Partial System Outage"),
        (&[p, p], "major", "Partial System Outage"),
        (&[p, o, o], "minor", "Minor Service Outage"),
        (&[p, d], "minor", "Minor Service Outage"),
        (&[d, d], "minor", "Degraded System Service"),
        (&[d, o], "minor", "Partially Degraded Service"),
        (&[d, m], "minor", "Partially Degraded Service"),
        (&[m, o], "maintenance", "Service Under Maintenance"),
        (&[m, m], "maintenance", "Service Under Maintenance"),
        (&[o, o], "none", "All Systems Operational"),
    ] {
        assert_eq!(rollup(statuses, ""), (indicator.to_owned(), description.to_owned()), "{statuses:?}");
    }
}

#[test]
fn readers_that_refuse_the_word_can_be_spared_it() {
    let said = |word: &str| rollup(&["under_maintenance"], &format!("api: {{ maintenance_indicator: {word} }}\n"));
    assert_eq!(said("none"), ("none".to_owned(), "Service Under Maintenance".to_owned()));
    assert_eq!(said("maintenance").0, "maintenance");
}

#[test]
fn another_word_is_a_fault_with_its_place() {
    let site = super::SITE.to_owned() + "api: { maintenance_indicator: maintanance }\n";
    let source = Source::from_files([("content/site.yaml", site)]);
    let build = pipeline::build(&source, &Options::at(Time::parse(NOW).unwrap()));
    let faults: Vec<String> = build.diagnostics.iter().map(|fault| format!("{fault:?}")).collect();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(build.diagnostics[0].code.name(), "unknown-word");
    assert!(faults[0].contains("unknown indicator `maintanance`"), "{}", faults[0]);
    assert!(faults[0].contains("did you mean `maintenance`?"), "{}", faults[0]);
}
