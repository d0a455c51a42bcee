//! The rule as a check: what comes back no better stops the build once its report is reviewed.

use candor::source::Source;

use super::took;
use crate::support;

/// Whether a site can be published in which a recurrence took as long as the first time.
fn is_published(later: &str) -> bool {
    let cause = "cause: queue-full\nseverity: SEV3";
    let first = took("pm-1", "2021-02-15", 5, 25, cause);
    let second = took("pm-2", "2021-02-19", 5, 25, &format!("{cause}\n{later}"));
    let build = support::build(&Source::from_files([
        ("content/site.yaml", support::SITE),
        ("content/postmortems/first.md", &*first),
        ("content/postmortems/second.md", &*second),
    ]));
    !build.routes.is_empty()
}

#[test]
fn a_reviewed_postmortem_of_the_same_one_twice_stops_the_build() {
    assert!(!is_published("status: reviewed"));
    assert!(!is_published("status: closed"));
    assert!(!is_published("status: reviewed\nprocess_change: ' '"));
    assert!(is_published("status: draft"));
    assert!(is_published("status: in-review"));
    assert!(is_published("status: reviewed\nprocess_change: Every action has a date from now on."));
}
