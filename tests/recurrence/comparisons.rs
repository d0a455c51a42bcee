//! The verdict on two reports. The minutes are those of one company's public postmortems
//! (DFDS, <https://github.com/dfds/postmortems>).

use std::sync::Arc;

use candor::model::Postmortem;
use candor::view::{Change, Comparison, Dimension, Outcome, Verdict, compare};

use super::{read, took};
use Outcome::{Better, Same, Unknown, Worse};

/// Two reports with a cause, the earlier one first.
fn pair(before: (i64, i64, &str), after: (i64, i64, &str)) -> Vec<Arc<Postmortem>> {
    let postmortem = |id: &str, day, (detect, recover, more): (i64, i64, &str)| took(id, day, detect, recover, more);
    let postmortems = read(&[postmortem("one", "2021-02-15", before), postmortem("two", "2021-02-19", after)]);
    assert_eq!(postmortems.len(), 2, "both are valid");
    postmortems
}

fn compared(before: (i64, i64, &str), after: (i64, i64, &str)) -> Comparison {
    let postmortems = pair(before, after);
    compare(&postmortems[0], &postmortems[1])
}

fn change(comparison: &Comparison, dimension: Dimension) -> &Change {
    comparison.changes.iter().find(|change| change.dimension == dimension).expect("the dimension")
}

#[test]
fn real_pairs_have_the_verdict_that_their_minutes_demand() {
    for (name, before, after, detect, recover, verdict) in [
        ("Flux 2021-002 and 003", (40, 55), (20, 48), Better, Better, Verdict::Better),
        ("ALB targets 2020-005 and 2021-005", (5, 15), (8, 25), Same, Worse, Verdict::Worse),
        ("ALB targets 2021-005 and 006", (8, 25), (1, 5), Better, Better, Verdict::Better),
        ("Logs 2021-001 and 2022-002", (1415, 1435), (53, 109), Better, Better, Verdict::Better),
        ("Logs 2022-002 and 2023-002", (53, 109), (544, 669), Worse, Worse, Verdict::Worse),
        ("Logs 2021-001 and 2023-002", (1415, 1435), (544, 669), Better, Better, Verdict::Better),
        ("Kafka 2022-004 and 007", (1183, 1220), (10, 282), Better, Better, Verdict::Better),
        ("KIAM 2020-002 and 009", (54, 148), (0, 30), Better, Better, Verdict::Better),
        ("made up: sooner seen, longer down", (40, 55), (20, 90), Better, Worse, Verdict::Mixed),
        ("made up: exactly the same", (40, 55), (40, 55), Same, Same, Verdict::Same),
        ("made up: 5 minutes are nothing", (10, 20), (15, 25), Same, Same, Verdict::Same),
        ("made up: 6 minutes are something", (10, 20), (16, 14), Worse, Better, Verdict::Mixed),
        ("made up: a tenth is nothing", (100, 1000), (110, 900), Same, Same, Verdict::Same),
        ("made up: more than a tenth", (100, 1000), (111, 899), Worse, Better, Verdict::Mixed),
    ] {
        let found = compared((before.0, before.1, ""), (after.0, after.1, ""));
        assert_eq!(change(&found, Dimension::Detect).outcome, detect, "{name}: detect");
        assert_eq!(change(&found, Dimension::Recover).outcome, recover, "{name}: recover");
        assert_eq!(found.verdict, verdict, "{name}");
    }
}

#[test]
fn a_difference_is_later_minus_earlier_in_seconds() {
    let found = compared((40, 55, ""), (20, 48, ""));
    assert_eq!(change(&found, Dimension::Detect).difference(), Some(-1200.0));
    assert_eq!(change(&found, Dimension::Recover).difference(), Some(-420.0));
    assert_eq!(change(&found, Dimension::Severity).difference(), None);
}

#[test]
fn severity_is_compared_by_its_rank() {
    for (before, after, outcome) in [("SEV1", "SEV3", Better), ("SEV3", "SEV2", Worse), ("SEV2", "SEV2", Same)] {
        let (before, after) = (format!("severity: {before}"), format!("severity: {after}"));
        let found = compared((5, 9, &before), (5, 9, &after));
        assert_eq!(change(&found, Dimension::Severity).outcome, outcome, "{before}, {after}");
    }
    let found = compared((5, 9, "severity: SEV1"), (5, 9, ""));
    assert_eq!(change(&found, Dimension::Severity).outcome, Unknown);
}

#[test]
fn scope_is_compared_with_its_like_only() {
    for (before, after, dimension, outcome) in [
        ("impact: { users_pct: 12 }", "impact: { users_pct: 5.5 }", Dimension::UsersPct, Better),
        ("impact: { users_pct: 12 }", "impact: { users_pct: 13 }", Dimension::UsersPct, Same),
        ("impact: { users_pct: 12, users: 9 }", "impact: { users: 90 }", Dimension::Users, Worse),
        ("impact: { users_pct: 12 }", "impact: { users: 90 }", Dimension::UsersPct, Unknown),
        ("components: [api]", "components: [api, checkout]", Dimension::Components, Worse),
        ("components: [api]", "", Dimension::Components, Unknown),
        ("", "", Dimension::UsersPct, Unknown),
    ] {
        let found = compared((5, 9, before), (5, 9, after));
        assert_eq!(change(&found, dimension).outcome, outcome, "{before}, {after}");
    }
}

/// Adds marks or precisions to those that `took` writes.
fn with_marks(postmortem: &str, marks: &str) -> String {
    postmortem.replace(" }\n", &format!(", {marks} }}\n"))
}

fn marked(first: &str, second: &str) -> Comparison {
    let one = with_marks(&took("one", "2021-02-15", 5, 100, ""), first);
    let two = with_marks(&took("two", "2021-02-19", 5, 150, ""), second);
    let postmortems = read(&[one, two]);
    compare(&postmortems[0], &postmortems[1])
}

#[test]
fn what_is_known_roughly_is_compared_roughly_or_not_at_all() {
    let recover = |first: &str, second: &str| change(&marked(first, second), Dimension::Recover).outcome;
    let with = |word: &str| format!("precision: {{ resolved: {word} }}");
    assert_eq!(recover(&with("minute"), &with("exact")), Worse);
    assert_eq!(recover(&with("minute"), &with("estimated")), Same, "50 minutes, give or take an hour");
    assert_eq!(recover(&with("estimated"), &with("exact")), Same);
    assert_eq!(recover(&with("hour"), &with("exact")), Unknown);
    assert_eq!(recover(&with("exact"), &with("day")), Unknown);
    let nothing = marked(&with("day"), "precision: { started: day }");
    assert_eq!(change(&nothing, Dimension::Recover).before, None);
}

#[test]
fn identification_is_compared_if_both_know_it_and_else_detection() {
    let (early, late) = ("identified: 2021-02-15T00:30Z", "identified: 2021-02-19T00:10Z");
    let both = marked(early, late);
    assert_eq!(change(&both, Dimension::Identify).outcome, Better);
    assert!(both.changes.iter().all(|change| change.dimension != Dimension::Detect));
    let one = marked(early, "precision: { detected: exact }");
    assert_eq!(change(&one, Dimension::Detect).outcome, Same);
}

#[test]
fn without_anything_to_compare_the_verdict_is_unknown() {
    let bare = |id: &str| format!("---\nid: {id}\ntitle: {id}\n---\n");
    let postmortems = read(&[bare("one"), bare("two")]);
    let found = compare(&postmortems[0], &postmortems[1]);
    assert_eq!(found.verdict, Verdict::Unknown);
    assert_eq!(found.with(Unknown).count(), 4);
}
