//! The phases of an incident: one bar of the phases that it went through, by the marks alone.

use serde::Serialize;

use super::Wiki;
use crate::model::{Mark, Marks};
use crate::time::Time;

/// The borders of the phases, in their usual order. Between each two lies one phase.
const BORDERS: [Mark; 5] = [Mark::Started, Mark::Detected, Mark::Identified, Mark::Mitigated, Mark::Resolved];

/// The phases, as their classes and messages call them.
const PHASES: [&str; 4] = ["unnoticed", "looking", "repairing", "watching"];

/// The width of the bar in pixels on a wide screen and on a telephone, and of one letter on it.
const WIDTHS: [f64; 2] = [980.0, 345.0];
const LETTER: f64 = 8.0;

/// A part of the bar between two known marks: one phase, or several that nobody can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    /// Its first phase.
    first: usize,
    /// The phase after its last.
    end: usize,
    seconds: i64,
}

/// What a template needs for the bar.
#[derive(Serialize)]
pub(super) struct PhaseBar {
    /// The bar in words.
    label: String,
    parts: Vec<BarPart>,
    /// What is not known.
    notes: Vec<String>,
}

#[derive(Serialize)]
struct BarPart {
    /// A phase, or `unsplit`.
    class: &'static str,
    name: String,
    duration: String,
    percent: String,
    /// Percent of the bar.
    x: String,
    width: String,
    middle: String,
    /// What fits into the part on a wide screen, if anything.
    wide: Option<String>,
    /// The same on a telephone.
    narrow: Option<String>,
}

/// The borders that can be drawn: known ones, but for those that a later border overtook. To undo a
/// change first and to understand it later is no fault, and makes no phase of its own.
fn borders(marks: &Marks) -> Vec<(usize, Time)> {
    let known: Vec<(usize, Time)> =
        BORDERS.iter().enumerate().filter_map(|(place, mark)| Some((place, marks.at(*mark)?))).collect();
    let is_drawn = |(place, at): &(usize, Time)| known.iter().all(|(later, other)| later <= place || other >= at);
    known.iter().copied().filter(is_drawn).collect()
}

fn stretches(borders: &[(usize, Time)]) -> Vec<Stretch> {
    let pairs = borders.windows(2).map(|pair| Stretch {
        first: pair[0].0,
        end: pair[1].0,
        seconds: pair[1].1.seconds_since(pair[0].1),
    });
    pairs.collect()
}

/// The bar; none if fewer than two of its marks are known, or nothing lies between them.
pub(super) fn phase_bar(wiki: &Wiki, marks: &Marks) -> Option<PhaseBar> {
    let borders = borders(marks);
    let stretches = stretches(&borders);
    let total: i64 = stretches.iter().map(|stretch| stretch.seconds).sum();
    if total <= 0 {
        return None;
    }
    let mut before = 0;
    let parts: Vec<BarPart> = stretches
        .iter()
        .map(|stretch| {
            let part = part(wiki, *stretch, before, total);
            before += stretch.seconds;
            part
        })
        .collect();
    let notes = notes(wiki, marks, &borders);
    let phases = parts.iter().map(|part| format!("{} {}", part.name, part.duration)).collect::<Vec<_>>().join(", ");
    let (total, notes_said) = (wiki.look.format().duration(total), notes.join(" "));
    let label = wiki
        .look
        .theme
        .messages
        .fill("pm_bar_label", &[("total", &total), ("phases", &phases), ("notes", &notes_said)]);
    Some(PhaseBar { label: label.trim_end().to_owned(), parts, notes })
}

fn part(wiki: &Wiki, stretch: Stretch, before: i64, total: i64) -> BarPart {
    let messages = &wiki.look.theme.messages;
    let phases = &PHASES[stretch.first..stretch.end];
    let class = if let [only] = phases { only } else { "unsplit" };
    let name = |phase: &&str| messages.get(&format!("pm_phase_{phase}")).to_owned();
    let later = phases.iter().skip(1).map(|phase| name(phase).to_lowercase());
    let name = phases.iter().take(1).map(name).chain(later).collect::<Vec<_>>().join(messages.get("pm_or"));
    let (x, width) = (share(before, total), share(stretch.seconds, total));
    let duration = wiki.look.format().duration(stretch.seconds);
    let fitting = |pixels: f64| fitting(&name, &duration, width / 100.0 * pixels);
    BarPart {
        class,
        percent: format!("{width:.0}"),
        x: format!("{x:.2}"),
        width: format!("{width:.2}"),
        middle: format!("{:.2}", x + width / 2.0),
        wide: fitting(WIDTHS[0]),
        narrow: fitting(WIDTHS[1]),
        name,
        duration,
    }
}

fn share(seconds: i64, total: i64) -> f64 {
    seconds as f64 * 100.0 / total as f64
}

/// The longest label that has room in so many pixels.
fn fitting(name: &str, duration: &str, pixels: f64) -> Option<String> {
    let labels = [format!("{name} {duration}"), duration.to_owned()];
    labels.into_iter().find(|label| label.chars().count() as f64 * LETTER + 14.0 < pixels)
}

/// What keeps a phase out of the bar, in sentences.
fn notes(wiki: &Wiki, marks: &Marks, borders: &[(usize, Time)]) -> Vec<String> {
    let messages = &wiki.look.theme.messages;
    let is_drawn = |place: usize| borders.iter().any(|(drawn, _)| *drawn == place);
    let names = |is_known: bool| {
        let absent = BORDERS.iter().enumerate().filter(|(place, _)| !is_drawn(*place));
        let absent = absent.filter(|(_, mark)| marks.at(**mark).is_some() == is_known);
        absent.map(|(_, mark)| messages.get(&format!("mark_{}", mark.word())).to_owned()).collect::<Vec<_>>()
    };
    let note = |key: &str, names: Vec<String>| {
        (!names.is_empty()).then(|| messages.fill(key, &[("marks", &names.join(", "))]))
    };
    [note("pm_bar_unknown", names(false)), note("pm_bar_order", names(true))].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Marked, Precision};

    fn marks(times: &[(Mark, i64)]) -> Marks {
        let mark = |minute: i64| Marked {
            at: Time::from_millis(minute * 60_000),
            precision: Precision::Minute,
            from_incident: false,
        };
        Marks { times: times.iter().map(|(name, minute)| (*name, mark(*minute))).collect() }
    }

    fn minutes(times: &[(Mark, i64)]) -> Vec<(usize, usize, i64)> {
        let found = stretches(&borders(&marks(times)));
        found.into_iter().map(|stretch| (stretch.first, stretch.end, stretch.seconds / 60)).collect()
    }

    #[test]
    fn each_phase_lies_between_two_marks() {
        use Mark::{Detected, Identified, Mitigated, Resolved, Started};
        let all = [(Started, 0), (Detected, 2), (Identified, 19), (Mitigated, 30), (Resolved, 42)];
        assert_eq!(minutes(&all), [(0, 1, 2), (1, 2, 17), (2, 3, 11), (3, 4, 12)]);
    }

    #[test]
    fn an_unknown_mark_joins_two_phases_and_shortens_none() {
        use Mark::{Detected, Identified, Mitigated, Resolved, Started};
        assert_eq!(
            minutes(&[(Started, 0), (Detected, 2), (Identified, 9), (Resolved, 28)]),
            [(0, 1, 2), (1, 2, 7), (2, 4, 19)]
        );
        assert_eq!(minutes(&[(Detected, 5), (Mitigated, 9)]), [(1, 3, 4)]);
        assert!(minutes(&[(Started, 0)]).is_empty());
    }

    #[test]
    fn what_was_repaired_before_it_was_understood_has_no_border_between() {
        use Mark::{Detected, Identified, Mitigated, Resolved, Started};
        let early = [(Started, 0), (Detected, 2), (Identified, 40), (Mitigated, 10), (Resolved, 20)];
        assert_eq!(minutes(&early), [(0, 1, 2), (1, 3, 8), (3, 4, 10)]);
    }

    #[test]
    fn a_label_fits_or_is_left_out() {
        assert_eq!(fitting("Repairing", "11 min", 200.0).as_deref(), Some("Repairing 11 min"));
        assert_eq!(fitting("Repairing", "11 min", 70.0).as_deref(), Some("11 min"));
        assert_eq!(fitting("Repairing", "11 min", 40.0), None);
    }
}
