//! Measures the rules for words to customers: what they find in sentences that should not stand in an update,
//! what they leave alone in sentences that only look like it, and what they say of a real status page.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "figures, and a word about a test that is skipped")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use candor::diagnostic::{Code, Diagnostic};
use candor::import::cstate;
use candor::model::Impact;
use candor::pipeline::{self, Options, WordingScope};
use candor::source::Source;
use candor::wording::{TextKind, UpdateContext, UpdateRules, WordingSettings, proposal, says_what_is_left};

use crate::support::{self, Tally};

fn rules(settings: WordingSettings) -> UpdateRules {
    UpdateRules::new(settings, ["Checkout", "GitHub"], &[])
}

fn context(kind: TextKind) -> UpdateContext {
    UpdateContext { kind, is_down: true, is_minor: false }
}

fn codes(text: &str, settings: WordingSettings, context: &UpdateContext) -> Vec<&'static str> {
    rules(settings).findings(text, context).iter().map(|finding| finding.code.as_str()).collect()
}

fn kind(heading: &str) -> Option<TextKind> {
    Some(match heading {
        "investigating" => TextKind::Investigating,
        "identified" => TextKind::Identified,
        "monitoring" => TextKind::Monitoring,
        "resolved" => TextKind::Resolved,
        "maintenance" => TextKind::Maintenance,
        _ => return None,
    })
}

/// The codes that the rules raise in an item, without its mark.
fn raised(item: &str, heading: &str) -> BTreeSet<&'static str> {
    let words = item.rsplit_once("<!-- ").map_or(item, |(words, _)| words).trim_start_matches("- ");
    match kind(heading) {
        Some(kind) => codes(words, WordingSettings::default(), &context(kind)).into_iter().collect(),
        None if says_what_is_left(words) => BTreeSet::new(),
        None => ["CU012"].into(),
    }
}

#[test]
fn what_customers_cannot_use_is_found_and_its_likeness_is_not() {
    let text = support::read("tests/wording/updates.md");
    let mut tally = Tally::default();
    for section in text.split("\n## ").skip(1) {
        let (heading, items) = section.split_once('\n').expect("a heading has items");
        for (wanted, range) in support::marked(items) {
            let item = &items[range];
            tally.count(item, wanted, &raised(item, heading));
        }
    }
    for (code, [found, all]) in &tally.recall {
        println!("{code}: {found} of {all} found");
    }
    assert!(tally.wrong.is_empty(), "{tally:#?}");
    for (code, [found, all]) in &tally.recall {
        assert!(found * 10 >= all * 8, "{code}: {found} of {all}");
    }
    assert!(tally.guarded >= 60, "too few guarded sentences: {}", tally.guarded);
}

#[test]
fn a_site_switches_rules_off_and_on_adds_phrases_and_lets_names_through() {
    let calm = UpdateContext { is_down: false, ..context(TextKind::Resolved) };
    let text = "A partial hiccup, no outage. One outage. A gremlin in web01.";
    assert_eq!(codes(text, WordingSettings::default(), &calm), ["CU008", "CU009"]);
    let words = [(Code::Guess, vec!["gremlin".to_owned()])].into();
    let settings = WordingSettings {
        off: [Code::Belittled].into(),
        on: [Code::NoOutage].into(),
        words,
        ..WordingSettings::default()
    };
    assert_eq!(codes(text, settings, &calm), ["CU007", "CU006", "CU009"]);
    let lenient = UpdateRules::new(WordingSettings::default(), ["Web01"], &["db-07".to_owned()]);
    assert_eq!(lenient.findings("web01 and db-07.shop.internal", &calm), []);
}

#[test]
fn outage_is_said_of_what_is_down_and_minor_of_what_is_minor() {
    let on = || WordingSettings { on: [Code::NoOutage].into(), ..WordingSettings::default() };
    let text = "A minor issue led to an outage.";
    assert_eq!(codes(text, on(), &context(TextKind::Identified)), ["CU008"]);
    let minor = UpdateContext { kind: TextKind::Identified, is_down: false, is_minor: true };
    assert_eq!(codes(text, on(), &minor), ["CU007"]);
}

#[test]
fn a_comment_switches_a_rule_off_for_its_line() {
    let text = "ETA 16:00. <!-- candor: off CU001 -->\nWe think so.\n";
    assert_eq!(codes(text, WordingSettings::default(), &context(TextKind::Identified)), ["CU006"]);
    let text = "<!-- candor: off CU009 -->\nSee `web01`.\n\nSee `web02`.\n";
    assert_eq!(codes(text, WordingSettings::default(), &context(TextKind::Identified)), ["CU009"]);
}

#[test]
fn every_rule_that_looks_for_phrases_proposes_a_sentence() {
    for code in Code::ALL.iter().filter(|code| code.is_about_updates() && code.has_phrases()) {
        assert!(proposal(*code).contains("\""), "{code:?}");
    }
}

/// The status page of the Jenkins project, as `candor import cstate` gives it: 115 incidents, 179 windows, most of
/// them with one text. All findings were read when the figures were set.
///
/// C104, 2 of 2 true. CU001, 2 of 2 true. CU003, 1: true by its status, which the import made. CU005, 24 of 26 true; false are
/// an outage of agents that are named after the provider, and an autoscaler of their own. CU006, 11 of 11 true.
/// CU012 is not raised since none of them is fresh; the next test has its figures. Change a figure only after reading
/// what is new.
#[test]
fn a_real_status_page_gives_what_was_read() {
    let Some(source) = real() else { return };
    let mut options = Options::at(support::now());
    options.wording = WordingScope::All;
    let found = pipeline::build(&source, &options).diagnostics;
    let mut counts = BTreeMap::new();
    for code in found.iter().map(|found| found.code.as_str()) {
        *counts.entry(code).or_insert(0) += 1;
    }
    let expected = [("CU001", 2), ("CU003", 1), ("CU005", 26), ("CU006", 11)];
    assert_eq!(counts, expected.into(), "{}", list(&found));
}

/// How many of the last messages of 104 real grave incidents say nothing of what is left, whatever their age; 37 of them
/// have no words at all. 98 of the 99 rightly; one says that a repository can be used again. Of the 5 that pass, 3 do
/// so rightly.
#[test]
fn real_resolutions_seldom_say_what_is_left() {
    let Some(source) = real() else { return };
    let site = support::site(&source);
    let grave = site.incidents.iter().map(|record| &record.incident).filter(|one| one.impact >= Impact::Major);
    let last = grave.filter_map(|one| one.updates.last()).map(|update| update.body.trim());
    let (silent, telling): (Vec<&str>, Vec<&str>) = last.partition(|body| !says_what_is_left(body));
    let empty = silent.iter().filter(|body| body.is_empty()).count();
    assert_eq!((silent.len(), empty, telling.len()), (99, 37, 5), "{telling:#?}\n{silent:#?}");
}

/// The imported page, where it is at hand.
fn real() -> Option<Source> {
    let folder = Path::new("../shared/data/jenkins-status");
    if !folder.exists() {
        eprintln!("skipped: no real status page at {}", folder.display());
        return None;
    }
    Some(Source::from_files(cstate(&support::files(folder), None).files))
}

fn list(found: &[Diagnostic]) -> String {
    let line = |one: &Diagnostic| {
        let place = one.place.as_ref().map_or_else(String::new, |place| format!("{}:{}", place.path, place.line));
        format!("{} {place} {}\n", one.code.as_str(), one.message)
    };
    found.iter().map(line).collect()
}
