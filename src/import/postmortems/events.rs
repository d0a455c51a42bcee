//! Labelled times: `First detected: 2021-11-05 15:40` and the like. They become marks, and stay in the text.

use super::labelled::LabelledText;
use super::list;
use super::mark_words;
use super::marks::SourceMarks;
use super::sections::Line;
use crate::import::times::{self, Context, Day, Frame, Moment, Place, Word};
use crate::time::{Time, Zone};

/// The longest text that is a time alone, in bytes.
const LONGEST_TIME: usize = 40;

/// Sets the marks that the items below a label give; what somebody should know of them, by line.
pub(super) fn read(label: &LabelledText, context: Context, marks: &mut SourceMarks) -> Vec<(usize, String)> {
    let (mut findings, mut is_zoneless) = (Vec::new(), false);
    for item in &list::items(&label.value).0 {
        let Some((mark, when)) = mark_words::labelled(&item.text) else {
            findings.push((item.line, format!("the key event `{}` is no mark; it stays in the text", item.text)));
            continue;
        };
        let Some((moment, at)) = instant(when, context) else {
            findings.push((item.line, format!("the key event `{}` cannot be read; it marks nothing", item.text)));
            continue;
        };
        marks.set(mark, at, moment.clock.is_none().then_some("day"));
        is_zoneless |= moment.zone.is_none() && context.home.is_none();
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

/// Sets the mark that a label alone gives, such as `**Start time**: 2021-11-05 15:40 UTC`; what somebody should know of it.
/// `zone` becomes the one that the first of them names.
pub(super) fn single(
    label: &LabelledText,
    context: Context,
    marks: &mut SourceMarks,
    zone: &mut Option<Word>,
) -> Option<(usize, String)> {
    stated(&label.name, &label.value.first()?.text, label.line, context, marks, zone)
}

/// The same of lines without emphasis: `Beginn: 03.07.2025, 9.15 Uhr MESZ`.
pub(super) fn bare(
    lines: &[Line],
    context: Context,
    marks: &mut SourceMarks,
    zone: &mut Option<Word>,
) -> Vec<(usize, String)> {
    let mut findings = Vec::new();
    for line in lines.iter().filter(|line| !line.is_code) {
        let text = line.text.trim_start().trim_start_matches(['-', '*', '+']).trim_start();
        if let Some((name, value)) = text.split_once([':', '：']) {
            findings.extend(stated(name, value.trim(), line.number, context, marks, zone));
        }
    }
    findings
}

fn stated(
    name: &str,
    value: &str,
    line: usize,
    context: Context,
    marks: &mut SourceMarks,
    zone: &mut Option<Word>,
) -> Option<(usize, String)> {
    let mark = mark_words::named(name)?;
    let Some((moment, at)) = instant(value, context) else {
        // Words may follow a label; what begins with a digit and is short was meant as a time.
        let is_meant = value.starts_with(|c: char| c.is_ascii_digit()) && value.len() <= LONGEST_TIME;
        let finding = || format!("`{name}: {value}` is no time that can be read; it marks nothing");
        return is_meant.then(|| (line, finding()));
    };
    // A day alone, or a clock without one, may be about anything.
    moment.day.as_ref().and(moment.clock)?;
    marks.set(mark, at, None);
    let is_zoneless = moment.zone.is_none() && context.home.is_none();
    *zone = zone.take().or(moment.zone);
    is_zoneless.then(|| (line, format!("`{name}` names no time zone; UTC was taken")))
}

/// A moment that has its text for itself, at midnight if it names no hour.
fn instant(text: &str, context: Context) -> Option<(Moment, Time)> {
    let (moment, rest) = times::read(text, context, Place::Alone)?;
    let at =
        moment.beginning(Frame::Zone(context.home.unwrap_or(Zone::UTC))).ok().filter(|_| rest.trim().is_empty())?;
    Some((moment, at))
}
