//! The marks of a postmortem, worked out from what its authors state and from its timeline.
//!
//! The stated durations are what the authors say, so the marks give exactly them. What they are
//! counted from is found in the timeline: the row from which the stated durations lead to other rows.

use super::length::{self, Length, StatedLength};
use super::mark_words::of_event;
use super::stats::Stats;
use super::timeline::Timeline;
use crate::document::Node;
use crate::import::history::write::{self, Keys};
use crate::time::Time;

/// The longest time between two marks, in seconds, that is believed without a word: 200 days.
const FARTHEST: i64 = 200 * 86_400;

/// The last moment that a time of this precision may mean.
fn latest(at: Time, precision: Option<&str>) -> Time {
    at.plus_seconds(match precision {
        Some("day") => 86_400,
        Some("hour") => 3_600,
        _ => 0,
    })
}

/// When what happened, and how well that is known.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceMarks(Vec<(&'static str, Time, Option<&'static str>)>);

impl SourceMarks {
    /// Adds a mark, unless it is there already.
    pub fn set(&mut self, mark: &'static str, at: Time, precision: Option<&'static str>) {
        if self.at(mark).is_none() {
            self.0.push((mark, at, precision));
        }
    }

    /// When a mark was, if that is known.
    pub fn at(&self, mark: &str) -> Option<Time> {
        self.0.iter().find(|(name, ..)| *name == mark).map(|(_, at, _)| *at)
    }

    /// The earliest of all.
    pub fn first(&self) -> Option<Time> {
        self.0.iter().map(|(_, at, _)| *at).min()
    }

    /// Start and resolution, if the one does not come before the other.
    pub fn is_torn(&self) -> Option<(Time, Time)> {
        let resolved =
            self.0.iter().find(|(mark, ..)| *mark == "resolved").map(|(_, at, how)| (*at, latest(*at, *how)));
        let (started, (resolved, latest)) = self.at("started").zip(resolved)?;
        (latest < started).then_some((started, resolved))
    }

    /// Takes out marks that lie before the start or after the resolution, and returns their names. A day
    /// or an hour may mean its end.
    pub fn settle(&mut self) -> Vec<&'static str> {
        let span =
            |name: &str| self.0.iter().find(|(mark, ..)| *mark == name).map(|(_, at, how)| (*at, latest(*at, *how)));
        let (started, resolved) = (span("started"), span("resolved"));
        // A resolution before the start leaves nothing to hold the others to.
        let is_torn = started.zip(resolved).is_some_and(|((started, _), (_, resolved))| resolved < started);
        let is_out = |(name, at, how): &(&'static str, Time, Option<&'static str>)| {
            let is_early = started.is_some_and(|(started, _)| latest(*at, *how) < started);
            let is_late = resolved.is_some_and(|(_, resolved)| resolved < *at);
            *name != "started" && (is_torn || is_early || is_late)
        };
        let taken: Vec<&'static str> = self.0.iter().filter(|mark| is_out(mark)).map(|(name, ..)| *name).collect();
        self.0.retain(|(name, ..)| !taken.contains(name));
        taken
    }

    /// Says of marks that lie very far behind the one before that their day is known at best, and
    /// returns their names.
    pub fn doubt(&mut self) -> Vec<&'static str> {
        self.0.sort_by_key(|(_, at, _)| *at);
        let mut doubted = Vec::new();
        for at in 1..self.0.len() {
            let gap = self.0[at].1.seconds_since(self.0[at - 1].1);
            if gap > FARTHEST && self.0[at].2.is_none() {
                self.0[at].2 = Some("day");
                doubted.push(self.0[at].0);
            }
        }
        doubted
    }

    /// As the front matter writes them, in the order of the format.
    pub fn node(&self) -> Option<Node> {
        const ORDER: [&str; 7] =
            ["started", "detected", "acknowledged", "declared", "identified", "mitigated", "resolved"];
        let (mut keys, mut precision) = (Keys::default(), Keys::default());
        for name in ORDER {
            if let Some((_, at, how)) = self.0.iter().find(|(mark, ..)| *mark == name) {
                keys.set(name, write::time(*at));
                how.iter().for_each(|how| precision.set(name, *how));
            }
        }
        if !precision.0.is_empty() {
            keys.node("precision", precision.map());
        }
        (!self.0.is_empty()).then(|| keys.map())
    }
}

/// Works the marks out that are not there yet; `findings` by line.
pub(super) fn work_out(
    marks: &mut SourceMarks,
    stats: &Stats,
    timeline: &Timeline,
    findings: &mut Vec<(usize, String)>,
) {
    let stated = |length: &Option<(usize, Length)>| match length {
        Some((line, Length::Stated(stated))) => Some((*line, stated.clone())),
        _ => None,
    };
    let (detection, recovery) = (stated(&stats.detection), stated(&stats.recovery));
    let times: Vec<Time> = timeline.timed().iter().map(|(at, _)| *at).collect();
    let seconds = |stated: &Option<(usize, StatedLength)>| stated.as_ref().map(|(_, stated)| stated.seconds);
    let line = [&detection, &recovery].into_iter().flatten().map(|(line, _)| *line).min();
    let mut is_guessed = false;
    if marks.at("started").is_none() {
        match anchor(&timeline.timed(), seconds(&detection), seconds(&recovery)) {
            Some(Anchor { at, is_only: true }) => marks.set("started", at, None),
            Some(Anchor { at, is_only: false }) => {
                marks.set("started", at, Some("estimated"));
                findings.extend(line.map(|line| (line, rivals(at))));
            }
            None => {
                guess(timeline, line.is_some(), marks, findings);
                is_guessed = true;
            }
        }
    }
    let Some(started) = marks.at("started") else {
        let finding = "durations are stated, but nothing says when it began; they stay in the text";
        findings.extend(line.map(|line| (line, finding.to_owned())));
        return;
    };
    for (mark, what, stated) in [("detected", "detection", detection), ("resolved", "recovery", recovery)] {
        let Some((line, stated)) = stated else { continue };
        let at = started.plus_seconds(stated.seconds);
        let is_row = times.contains(&at);
        marks.set(mark, at, length::precision(&stated).filter(|_| !is_row));
        // Who states whole hours or days means some moment of the hour or the day.
        let span = if stated.unit >= 3_600 { stated.unit } else { 0 };
        let is_near = times.iter().any(|time| (0..=span).contains(&time.seconds_since(at)));
        if !is_near && !is_guessed {
            findings.push((line, disagreement(what, &stated, started, at)));
        }
    }
}

fn rivals(at: Time) -> String {
    format!(
        "several rows of the timeline fit the stated times; {} was taken as the start, as an estimate",
        at.rfc3339_minutes()
    )
}

fn disagreement(what: &str, stated: &StatedLength, started: Time, at: Time) -> String {
    format!(
        "the stated time to {what} of {} minutes from {} leads to {}, which is no row of the timeline; it was taken as stated",
        stated.seconds / 60,
        started.rfc3339_minutes(),
        at.rfc3339_minutes()
    )
}

/// Without an anchor, the first row of the timeline is when it began, as far as anybody can tell: unless it says
/// that it is something else, or something is known to have been before it.
fn guess(timeline: &Timeline, is_stated: bool, marks: &mut SourceMarks, findings: &mut Vec<(usize, String)>) {
    let Some(row) = timeline.rows.first() else { return };
    let (at, precision) = match (timeline.instant(row), timeline.first_day()) {
        (Some(at), _) => (at, "estimated"),
        (None, Some(at)) => (at, "day"),
        (None, None) => return,
    };
    if marks.first().is_some_and(|first| first <= latest(at, Some(precision).filter(|how| *how == "day"))) {
        return;
    }
    marks.set("started", at, Some(precision));
    let finding = match is_stated {
        true => "no row of the timeline fits the stated times; its first row was taken as the start, as an estimate",
        false => "nothing says when it began; the first row of the timeline was taken, as an estimate",
    };
    findings.push((row.line, finding.to_owned()));
}

/// Rows of the timeline that say what they mark: with nothing else, as the label of what follows, or in capitals.
pub(super) fn said(timeline: &Timeline) -> Vec<(&'static str, Time)> {
    let mut found = Vec::new();
    for row in &timeline.rows {
        let Some(at) = timeline.instant(row) else { continue };
        found.extend(of_event(row.event()).map(|mark| (mark, at)));
    }
    found
}

#[derive(Debug, PartialEq)]
struct Anchor {
    at: Time,
    /// Whether no other row fits as well.
    is_only: bool,
}

/// Words of rows that tell that it is over.
const OVER: [&str; 10] =
    ["resolved", "restored", "recover", "healthy", "operational", "normal", "fixed", "mitigated", "works", "working"];

/// The row from which most of the stated durations lead to other rows. A recovery tells more than a
/// detection; nothing fits a duration of zero. Of several, the first from which the recovery leads to a
/// row that says it is over, or else the first.
fn anchor(rows: &[(Time, &str)], detection: Option<i64>, recovery: Option<i64>) -> Option<Anchor> {
    let hit = |at: Time, length: Option<i64>| {
        let end = at.plus_seconds(length.filter(|length| *length > 0)?);
        rows.iter().find(|(time, _)| *time == end)
    };
    let score = |at: Time| 2 * usize::from(hit(at, recovery).is_some()) + usize::from(hit(at, detection).is_some());
    let best = rows.iter().map(|(at, _)| score(*at)).max().filter(|score| *score > 0)?;
    let mut fitting: Vec<Time> = rows.iter().map(|(at, _)| *at).filter(|at| score(*at) == best).collect();
    fitting.sort_unstable();
    fitting.dedup();
    let is_over = |at: &&Time| {
        hit(**at, recovery).is_some_and(|(_, event)| OVER.iter().any(|word| event.to_lowercase().contains(word)))
    };
    let at = fitting.iter().find(is_over).or(fitting.first())?;
    Some(Anchor { at: *at, is_only: fitting.len() == 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(clock: &str) -> Time {
        Time::parse(&format!("2021-06-30T{clock}Z")).unwrap()
    }

    fn found(clocks: &[&str], detection: Option<i64>, recovery: Option<i64>) -> Option<(String, bool)> {
        let minutes = |length: Option<i64>| length.map(|length| length * 60);
        let rows: Vec<(Time, &str)> = clocks.iter().map(|row| (time(&row[..5]), &row[5..])).collect();
        let anchor = anchor(&rows, minutes(detection), minutes(recovery))?;
        Some((anchor.at.rfc3339_minutes()[11..16].to_owned(), anchor.is_only))
    }

    #[test]
    fn the_start_is_where_the_stated_times_lead_to_rows() {
        let rows = ["08:32", "09:59", "10:00", "10:04", "10:26"];
        assert_eq!(found(&rows, Some(1), Some(5)), Some(("09:59".to_owned(), true)));
        assert_eq!(found(&rows, None, Some(4)), Some(("10:00".to_owned(), true)));
        assert_eq!(found(&rows, Some(0), Some(4)), Some(("10:00".to_owned(), true)));
        assert_eq!(found(&rows, Some(0), None), None);
        assert_eq!(found(&rows, Some(7), Some(3)), None);
    }

    #[test]
    fn of_several_starts_the_one_that_ends_well_is_taken() {
        let rows = ["10:39 fails", "10:46 all killed", "10:48 none left", "10:52 again", "11:01 seen as healthy"];
        assert_eq!(found(&rows, Some(2), Some(13)), Some(("10:48".to_owned(), false)));
        assert_eq!(found(&["10:00", "10:01", "10:02"], Some(1), None), Some(("10:00".to_owned(), false)));
    }

    #[test]
    fn marks_outside_of_the_incident_are_taken_out() {
        let [early, start, end, late] = ["07:00", "08:00", "09:00", "10:00"].map(time);
        let mut marks = SourceMarks::default();
        for (name, at) in [("started", start), ("resolved", end), ("detected", late), ("declared", early)] {
            marks.set(name, at, None);
        }
        assert_eq!(marks.settle(), ["detected", "declared"]);
        let mut torn = SourceMarks::default();
        torn.set("started", late, None);
        torn.set("resolved", early, None);
        assert_eq!(torn.settle(), ["resolved"]);
        let mut rough = SourceMarks::default();
        rough.set("started", late, None);
        rough.set("resolved", early, Some("day"));
        assert_eq!(rough.settle(), Vec::<&str>::new());
    }

    #[test]
    fn years_apart_is_doubtful() {
        let mut marks = SourceMarks::default();
        marks.set("started", time("08:00"), None);
        marks.set("resolved", time("08:00").plus_seconds(FARTHEST + 60), None);
        assert_eq!(marks.doubt(), ["resolved"]);
        assert_eq!(marks.doubt(), Vec::<&str>::new());
    }
}
