//! Never the same one twice: what came back is found, and compared with how it went before.

mod chains;
mod comparisons;
mod likeness;
mod real;
mod rule;

use std::sync::Arc;

use candor::model::Postmortem;
use candor::source::Source;

use crate::support;

/// Reports as a site reads them, by the time at which they happened, then by id.
fn read(files: &[String]) -> Vec<Arc<Postmortem>> {
    let paths = (0..files.len()).map(|number| format!("content/postmortems/file-{number}.md"));
    let site = ("content/site.yaml".to_owned(), support::SITE.to_owned() + "recovery_target: 0.5\n");
    let files = std::iter::once(site).chain(paths.zip(files.iter().cloned()));
    support::site(&Source::from_files(files)).postmortems.clone()
}

/// A report of an incident that began at midnight, was noticed after `detect` minutes, and was over
/// after `recover` minutes; a year of 2021, a month, a day.
fn took(id: &str, day: &str, detect: i64, recover: i64, more: &str) -> String {
    let clock = |minutes: i64| {
        let start = candor::time::Time::parse(&format!("{day}T00:00Z")).expect("a day");
        start.plus_seconds(minutes * 60).rfc3339_minutes()
    };
    let (started, detected, resolved) = (clock(0), clock(detect), clock(recover));
    let marks = format!("{{ started: {started}, detected: {detected}, resolved: {resolved} }}");
    format!("---\nid: {id}\ntitle: {id}\nmarks: {marks}\n{more}\n---\n")
}
