//! The targets of `fuzz/`, without a fuzzer: each takes its corpus as it is, and after blows. So what a fuzzer has found once
//! stays found on every machine, and a change that a fuzzer would find in minutes is found here.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

use crate::support::{cases, files};
use targets::{TARGETS, Target};

/// Longer than anything of a corpus takes, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// What tells one thing from another somewhere: in YAML, Markdown, JSON, HTTP, times.
const PIECES: [&str; 24] = [
    "\n",
    "\r",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{fffd}",
    ":",
    "- ",
    "---\n",
    "```\n",
    "<!--",
    "&a ",
    "*a",
    "[",
    "{",
    "\"",
    "\\",
    "%2e",
    "\r\n\r\n",
    "9999-12-31T23:59:59Z",
    "1970-01-01T00:00Z",
    "- 1",
    "e999",
    "=== content/incidents/y.md\n",
];

/// What is done to bytes.
#[derive(Clone, Debug)]
enum Blow {
    Byte(Index, u8),
    Put(Index, usize),
    Cut(Index, Index),
    Again(Index, Index, Index),
}

fn blow() -> impl Strategy<Value = Blow> {
    let place = any::<Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Blow::Byte(at, byte)),
        (place(), 0..PIECES.len()).prop_map(|(at, piece)| Blow::Put(at, piece)),
        (place(), place()).prop_map(|(from, to)| Blow::Cut(from, to)),
        (place(), place(), place()).prop_map(|(from, to, at)| Blow::Again(from, to, at)),
    ]
}

fn struck(mut bytes: Vec<u8>, blows: &[Blow]) -> Vec<u8> {
    let range = |bytes: &[u8], one: &Index, other: &Index| {
        let (one, other) = (one.index(bytes.len() + 1), other.index(bytes.len() + 1));
        // Short ones, or little would be left.
        let from = one.min(other);
        from..one.max(other).min(from + 60)
    };
    for blow in blows {
        match blow {
            Blow::Byte(at, byte) if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Blow::Byte(..) => {}
            Blow::Put(at, piece) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, PIECES[*piece].bytes());
            }
            Blow::Cut(from, to) => drop(bytes.drain(range(&bytes, from, to))),
            Blow::Again(from, to, at) => {
                let piece = bytes[range(&bytes, from, to)].to_vec();
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let found: Vec<_> = files(&folder).into_iter().collect();
    assert!(!found.is_empty(), "{target} has no corpus");
    found
}

fn target(name: &str) -> Target {
    TARGETS.iter().find(|(target, _)| *target == name).expect("a target of this name").1
}

fn survives(name: &str, blows: u32) {
    let (take, corpus) = (target(name), corpus(name));
    for (file, bytes) in &corpus {
        let begun = Instant::now();
        take(bytes);
        assert!(begun.elapsed() < LONGEST, "{name}: {file} took {:?}", begun.elapsed());
    }
    let inputs = (any::<Index>(), prop::collection::vec(blow(), 1..6));
    let outcome = TestRunner::new(cases(blows)).run(&inputs, |(which, blows)| {
        take(&struck(which.get(&corpus).1.clone(), &blows));
        Ok(())
    });
    assert!(outcome.is_ok(), "{name}: {}", outcome.unwrap_err());
}

#[test]
fn alerts_survive_blows() {
    survives("alerts", 300);
}

#[test]
fn entries_survive_blows() {
    survives("entries", 150);
}

#[test]
fn imports_survive_blows() {
    survives("imports", 100);
}

#[test]
fn markdown_survives_blows() {
    survives("markdown", 300);
}

#[test]
fn requests_survive_blows() {
    survives("requests", 300);
}

#[test]
fn sites_survive_blows() {
    survives("sites", 8);
}

#[test]
fn states_survive_blows() {
    survives("states", 300);
}

#[test]
fn times_survive_blows() {
    survives("times", 1000);
}
