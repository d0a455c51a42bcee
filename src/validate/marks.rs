//! Whether the marks of a postmortem are possible.
//!
//! The start comes first and the resolution last. The other marks come in no fixed order: who rolls
//! back first understands the cause later. Only word to customers may come after the resolution.

use super::FaultAtPath;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Mark, Marked, Postmortem, Precision};
use crate::time::Time;
use crate::yaml::{Step, key};

/// The longest time between two marks, in seconds, that needs no word about its precision: 200 days.
/// Beyond, a wrong year is more likely.
const LONGEST: i64 = 200 * 86_400;

pub(super) fn check(postmortem: &Postmortem) -> Vec<FaultAtPath> {
    let mut found = out_of_order(postmortem);
    if found.is_empty() {
        found.extend(far_apart(postmortem));
    }
    if found.is_empty() {
        found.extend(unusual(postmortem));
    }
    found
}

fn at(mark: Mark, marked: &Marked, fault: Diagnostic) -> FaultAtPath {
    // A mark of the incident has no place in this file; the key of all marks, or the first line, has.
    let own = Step::Key(mark.word().into());
    (if marked.from_incident { key("marks") } else { vec![Step::Key("marks".into()), own] }, fault)
}

fn out_of_order(postmortem: &Postmortem) -> Vec<FaultAtPath> {
    let marks = &postmortem.marks;
    let (started, resolved) = (marks.at(Mark::Started), marks.at(Mark::Resolved));
    let mut found = Vec::new();
    for (mark, marked) in &marks.times {
        let is_early = *mark != Mark::Started && started.is_some_and(|started| rough(marked) < started);
        let is_late =
            *mark != Mark::StatusPosted && resolved.is_some_and(|resolved| marked.at > end(resolved, postmortem));
        let (word, other) = match (is_early, is_late) {
            (true, _) => ("before", Mark::Started),
            (_, true) if *mark != Mark::Started => ("after", Mark::Resolved),
            _ => continue,
        };
        let reference = marks.times[&other];
        let message = format!(
            "`{}` lies {word} `{}` ({}{})",
            mark.word(),
            other.word(),
            reference.at.rfc3339_minutes(),
            if reference.from_incident { ", from the incident" } else { "" }
        );
        let help = "check the day, the year and the offset of both";
        found.push(at(*mark, marked, Diagnostic::error(Code::MarkOutOfOrder, message).help(help)));
    }
    found
}

/// The last instant that a mark may mean: a day's mark may mean its end.
fn rough(marked: &Marked) -> Time {
    marked.at.plus_seconds(match marked.precision {
        Precision::Exact | Precision::Minute | Precision::Estimated => 0,
        Precision::Hour => 3600,
        Precision::Day => 86_400,
    })
}

fn end(resolved: Time, postmortem: &Postmortem) -> Time {
    postmortem.marks.times.get(&Mark::Resolved).map_or(resolved, rough)
}

/// The first mark that lies too far behind the one before it, unless its precision is said.
fn far_apart(postmortem: &Postmortem) -> Option<FaultAtPath> {
    let mut times: Vec<(&Mark, &Marked)> = postmortem.marks.times.iter().collect();
    times.sort_by_key(|(_, marked)| marked.at);
    let (before, after) = times.windows(2).map(|pair| (pair[0], pair[1])).find(|(before, after)| {
        after.1.at.seconds_since(before.1.at) > LONGEST && after.1.precision == Precision::Minute
    })?;
    let days = after.1.at.seconds_since(before.1.at) / 86_400;
    let message = format!("{days} days lie between `{}` and `{}`", before.0.word(), after.0.word());
    let help = format!("check the years; if they are right, say `precision: {{ {}: day }}`", after.0.word());
    Some(at(*after.0, after.1, Diagnostic::error(Code::MarksFarApart, message).help(help)))
}

/// Who acknowledges or declares has noticed before; who has understood has noticed too.
fn unusual(postmortem: &Postmortem) -> Vec<FaultAtPath> {
    const USUAL: [(Mark, Mark); 5] = [
        (Mark::Detected, Mark::Acknowledged),
        (Mark::Detected, Mark::Declared),
        (Mark::Detected, Mark::StatusPosted),
        (Mark::Detected, Mark::Identified),
        (Mark::Detected, Mark::Mitigated),
    ];
    let times = &postmortem.marks.times;
    let pairs = USUAL.iter().filter_map(|(first, second)| Some((first, times.get(first)?, second, times.get(second)?)));
    let inverted = pairs.filter(|(_, first, _, second)| rough(second) < first.at);
    let found = inverted.map(|(first, _, second, marked)| {
        let message = format!("`{}` lies before `{}`", second.word(), first.word());
        let fault = Diagnostic::warning(Code::UnusualMarks, message);
        at(*second, marked, fault.help("check both times; leave it if it was so"))
    });
    found.collect()
}
