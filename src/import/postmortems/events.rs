//! Labelled times: `First detected: 2021-11-05 15:40` and the like. They become marks, and stay in the text.

use super::labelled::LabelledText;
use super::list;
use super::marks::{self, SourceMarks};
use super::timeline::Hints;
use crate::import::moments::{self, Moment, Place};
use crate::import::months::Day;
use crate::import::zones::Frame;
use crate::time::Time;

/// Sets the marks that the items below a label give; what somebody should know of them, by line.
pub(super) fn read(label: &LabelledText, hints: Hints, marks: &mut SourceMarks) -> Vec<(usize, String)> {
    let (mut findings, mut is_zoneless) = (Vec::new(), false);
    for item in &list::items(&label.value).0 {
        let Some((mark, when)) = marks::labelled(&item.text) else {
            findings.push((item.line, format!("the key event `{}` is no mark; it stays in the text", item.text)));
            continue;
        };
        let Some((moment, at)) = instant(when, hints) else {
            findings.push((item.line, format!("the key event `{}` cannot be read; it marks nothing", item.text)));
            continue;
        };
        marks.set(mark, at, moment.minute.is_none().then_some("day"));
        is_zoneless |= moment.zone.is_none() && hints.zone.is_none();
        if let Some(Day::Repaired(date)) = moment.day {
            let year = date.year();
            findings.push((item.line, format!("the year in `{}` has five digits; {year} was taken", item.text)));
        }
    }
    if is_zoneless {
        findings.push((label.line, "the key events name no time zone; UTC was taken".to_owned()));
    }
    findings
}

/// A moment that has its text for itself, at midnight if it names no hour.
fn instant(text: &str, hints: Hints) -> Option<(Moment, Time)> {
    let (moment, rest) = moments::read(text, hints.calendar, Place::Alone)?;
    let zone = hints.zone.map_or(Frame::UTC, Frame::Zone);
    let minute = moment.minute.or((!moment.is_mistyped).then_some(0));
    let at = Moment { minute, ..moment.clone() }.instant(zone, moment.date()).filter(|_| rest.trim().is_empty())?;
    Some((moment, at))
}
