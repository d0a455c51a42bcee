//! Timelines: tables, headings or lists of moments become one table.

use super::moment::{self, Moment};
use super::rows::{self, Raw};
use super::sections::{Line, Section};
use super::zone;
use crate::time::{Date, Time, Zone};

/// A timeline in Candor's form.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// What happened when, in the order of the file.
    pub rows: Vec<Row>,
    /// The zone of its times; none if it names none.
    pub zone: Option<Zone>,
    /// The section's text.
    pub text: String,
    /// What somebody should know, by line.
    pub findings: Vec<(usize, String)>,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Where it stood.
    pub line: usize,
    /// The time as written.
    pub written: String,
    /// What of it could be read.
    pub moment: Moment,
    /// Markdown on one line.
    pub event: String,
}

/// What the rest of a report says about its times.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hints {
    /// The year of the report.
    pub year: Option<i32>,
    /// The day it happened, for timelines that name hours alone.
    pub date: Option<Date>,
}

/// Reads a section that tells what happened when.
pub(super) fn read(section: &Section, hints: Hints) -> Timeline {
    let found =
        rows::table(&section.body).or_else(|| rows::headings(&section.body)).or_else(|| rows::bullets(&section.body));
    let Some(raw) = found else {
        let findings =
            vec![(section.line, "no rows with times were found in the timeline; it was kept as it is".to_owned())];
        return Timeline { text: section.text(), findings, ..Timeline::default() };
    };
    let mut timeline = Timeline { zone: None, ..Timeline::default() };
    let sentences = raw.before.iter().chain(&raw.after).map(|line| line.text.as_str());
    let titles = [raw.title.as_str(), section.heading.as_str()];
    let named = titles.into_iter().chain(sentences).find_map(zone::in_sentence);
    timeline.zone = named;
    timeline.take(&raw, hints);
    timeline.text = timeline.written(&raw);
    timeline
}

impl Timeline {
    /// The rows whose minute is known, each with its event.
    pub fn timed(&self) -> Vec<(Time, &str)> {
        let exact = self.rows.iter().filter(|row| row.moment.has_clock());
        exact.filter_map(|row| Some((row.moment.time(self.zone())?, row.event.as_str()))).collect()
    }

    /// The zone of its times.
    pub fn zone(&self) -> Zone {
        self.zone.unwrap_or(Zone::UTC)
    }

    fn take(&mut self, raw: &Raw, hints: Hints) {
        let mut day = raw.before.iter().find_map(|line| date_in(&line.text)).or(hints.date);
        for (line, written, event) in &raw.rows {
            let moment = moment::read(written, hints.year, day);
            day = moment.date.or(day);
            self.rows.push(Row { line: *line, written: written.clone(), moment, event: event.clone() });
        }
        self.judge();
    }

    /// Notes what somebody should look at.
    fn judge(&mut self) {
        let zone = self.zone();
        let (mut latest, mut misplaced): (Option<Time>, Vec<&Row>) = (None, Vec::new());
        for row in &self.rows {
            let time = row.moment.time(zone).filter(|_| row.moment.has_clock());
            if time.is_some() && time < latest {
                misplaced.push(row);
            }
            latest = latest.max(time);
        }
        let of = |wanted: &dyn Fn(&Row) -> bool| self.rows.iter().filter(|row| wanted(row)).collect::<Vec<&Row>>();
        let unread = of(&|row| !row.moment.has_clock());
        let repaired = of(&|row| row.moment.is_repaired);
        let zoneless = of(&|row| self.zone.is_none() && row.moment.exact.is_none() && row.moment.zone.is_none());
        let summer = of(&|row| {
            zone.name() == "CET" && row.moment.time(zone).is_some_and(|at| zone.local(at).zone.to_string() == "CEST")
        });
        let found = [
            (unread, "cannot be read to the minute, and was kept as it is"),
            (misplaced, "is out of order, and was left where it stood"),
            (repaired, "has a year of five digits; the year of the report was taken"),
            (zoneless, "names no time zone; UTC was taken"),
            (summer, "is in summer: CET was taken for what clocks in central Europe show"),
        ];
        self.findings.extend(found.iter().filter_map(|(rows, what)| finding(rows, what)));
    }

    /// The section's text: what stood above, a sentence on the zone, the table, what stood below.
    fn written(&self, raw: &Raw) -> String {
        let text = |lines: &[Line]| {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            lines.join("\n").trim_matches('\n').trim_end().to_owned()
        };
        let before = text(&raw.before);
        let sentence = self.zone.map(|zone| format!("All times in {}.", zone.name()));
        // UTC is what Candor takes anyway; any other zone is found in this sentence alone.
        let is_said = |sentence: &String| match self.zone {
            Some(Zone::UTC) | None => zone::in_sentence(&before).is_some(),
            Some(_) => before.contains(sentence.trim_end_matches('.')),
        };
        let sentence = sentence.filter(|sentence| !is_said(sentence));
        let table: String = self.rows.iter().map(|row| row.written(self.zone())).collect();
        let table = format!("| Time | Event |\n| :--- | :--- |\n{table}");
        let parts = [before, sentence.unwrap_or_default(), table.trim_end().to_owned(), text(&raw.after)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

/// One note for all rows of which the same can be said.
fn finding(rows: &[&Row], what: &str) -> Option<(usize, String)> {
    let (first, others) = rows.split_first()?;
    let lines: Vec<String> = others.iter().map(|row| row.line.to_string()).collect();
    let others = match lines.len() {
        0 => String::new(),
        1..=9 => format!(" (likewise in line {})", lines.join(", ")),
        count => format!(" (likewise in {count} more rows)"),
    };
    Some((first.line, format!("the time `{}` {what}{others}", first.written)))
}

impl Row {
    fn written(&self, zone: Zone) -> String {
        let whole = self.moment.zone.and_then(|_| Some(self.moment.time(zone)?.rfc3339_minutes()));
        let known = self.moment.cell();
        let time = if self.moment.has_clock() { whole.or(known) } else { None };
        let words = match &time {
            Some(_) if !self.moment.words.is_empty() => format!("({}) ", self.moment.words.join(", ")),
            _ => String::new(),
        };
        format!("| {} | {words}{} |\n", time.unwrap_or_else(|| self.unread()), self.event)
    }

    /// The time as written, with its year repaired if need be.
    fn unread(&self) -> String {
        let rest = self.moment.date.filter(|_| self.moment.is_repaired).zip(self.written.split_once(' '));
        rest.map_or_else(|| self.written.clone(), |(date, (_, rest))| format!("{} {rest}", date.iso()))
    }
}

/// The day that a line names.
pub(super) fn date_in(text: &str) -> Option<Date> {
    let trim = |word| str::trim_matches(word, |c: char| !c.is_ascii_digit());
    text.split_whitespace().find_map(|word| Date::parse(trim(word)).ok())
}
