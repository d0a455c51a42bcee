//! Timelines: tables, headings, lists or paragraphs of moments become one table, each row with its time as
//! Candor writes it and, where that is not the same, as it stood.

use super::rows::{self, Raw, RawRow};
use super::sections::{Line, SourceSection};
use crate::import::moments::Moment;
use crate::import::months::{self, Calendar, Day};
use crate::import::proof;
use crate::import::zones::{self, Frame, Word};
use crate::time::{Date, Time, Zone};

/// A timeline in Candor's form.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// What happened when, in the order of the file.
    pub rows: Vec<Row>,
    /// The section's text.
    pub text: String,
    /// What somebody should know, by line.
    pub findings: Vec<(usize, String)>,
    zone: TimelineZone,
    /// The word of the winter that the text uses for its zone, if it does.
    winter: Option<&'static str>,
}

/// The zone of a text's times.
#[derive(Clone, Debug, Default, PartialEq)]
enum TimelineZone {
    /// The text names it, or the user does.
    Named(Frame),
    /// Nobody names one.
    #[default]
    Open,
    /// The text names one that is not understood.
    Unknown(String),
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
    /// Its day, named or that of the row above.
    pub date: Option<Date>,
    /// The other cells, Markdown on one line each.
    pub cells: Vec<String>,
}

/// What the rest of a postmortem says about its times.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hints {
    /// The days of the postmortem, and how it writes them.
    pub calendar: Calendar,
    /// The zone of times that name none, if the user says it.
    pub zone: Option<Zone>,
}

/// Reads a section that tells what happened when.
pub(super) fn read(section: &SourceSection, hints: Hints) -> Timeline {
    let told = section.body.iter().take_while(|line| !line.text.trim_start().starts_with('|')).map(|line| &*line.text);
    let near = std::iter::once(&*section.heading).chain(told).find_map(|text| months::first(text, hints.calendar));
    let calendar = Calendar { near: near.or(hints.calendar.near), ..hints.calendar };
    let Some(raw) = rows::read(&section.body, calendar) else {
        let finding = "no rows with times were found in the timeline; it was kept as it is";
        return Timeline {
            text: section.text(),
            findings: vec![(section.line, finding.to_owned())],
            ..Timeline::default()
        };
    };
    let (zone, winter) = zone(section, &raw, hints);
    let mut timeline = Timeline { zone, winter, ..Timeline::default() };
    timeline.take(&raw, calendar.near);
    timeline.judge(section.line, hints);
    timeline.text = match raw.obstacle {
        Some(obstacle) => {
            let finding =
                format!("{obstacle}, which no table can hold; the timeline was kept as it is, and its times were read");
            timeline.findings.push((section.line, finding));
            section.text()
        }
        None if timeline.is_blocked() && raw.head.is_none() => section.text(),
        None => timeline.written(&raw),
    };
    timeline
}

/// The zone that the heading, the title above the times or the sentences around them name.
fn zone(section: &SourceSection, raw: &Raw, hints: Hints) -> (TimelineZone, Option<&'static str>) {
    let sentences = raw.before.iter().chain(&raw.after).filter(|line| !line.is_code).map(|line| line.text.clone());
    let title = raw.head.iter().flat_map(|[titles, _]| rows::split(titles)).next();
    let texts: Vec<String> = title.into_iter().chain([section.heading.clone()]).chain(sentences).collect();
    let own = || {
        let words: Vec<&Word> = raw.rows.iter().filter_map(|row| row.moment.zone.as_ref()).collect();
        let is_same = words.windows(2).all(|pair| pair[0] == pair[1]);
        words.first().filter(|_| is_same).map(|word| (*word).clone())
    };
    let told = texts.iter().find_map(|text| Some((zones::in_sentence(text)?, zones::of_winter(text))));
    let (word, winter) = told.map_or((own(), None), |(word, winter)| (Some(word), winter));
    match (word, hints.zone) {
        (Some(Word::Known(frame)), _) => (TimelineZone::Named(frame), winter),
        (_, Some(zone)) => (TimelineZone::Named(Frame::Zone(zone)), None),
        (Some(Word::Unknown(word)), None) => (TimelineZone::Unknown(word), None),
        (None, None) => (TimelineZone::Open, None),
    }
}

impl Timeline {
    /// The rows whose minute is known, each with its event.
    pub fn timed(&self) -> Vec<(Time, &str)> {
        self.rows.iter().filter_map(|row| Some((self.instant(row)?, row.event()))).collect()
    }

    /// When a row was, if that is known to the minute.
    pub fn instant(&self, row: &Row) -> Option<Time> {
        let row_has_own = matches!(row.moment.zone, Some(Word::Known(_)));
        if self.is_blocked() && !row_has_own {
            return None;
        }
        row.moment.instant(self.frame(), row.date)
    }

    /// The first day that is known, of a row without an hour.
    pub fn first_day(&self) -> Option<Time> {
        let row = self.rows.first().filter(|row| row.moment.minute.is_none() && !self.is_blocked())?;
        self.frame().instant(row.date?, 0)
    }

    fn is_blocked(&self) -> bool {
        matches!(self.zone, TimelineZone::Unknown(_))
    }

    fn frame(&self) -> Frame {
        match self.zone {
            TimelineZone::Named(frame) => frame,
            TimelineZone::Open | TimelineZone::Unknown(_) => Frame::UTC,
        }
    }

    /// Gives each row its day. A clock that goes far back without naming a day has passed midnight.
    fn take(&mut self, raw: &Raw, first: Option<Date>) {
        const HALF_A_DAY: u32 = 12 * 60;
        let (mut day, mut last): (Option<Date>, Option<u32>) = (first, None);
        for RawRow { line, written, moment, cells, .. } in &raw.rows {
            let is_doubtful = moment.day == Some(Day::Doubtful);
            match (moment.date(), moment.minute) {
                (Some(date), _) => day = Some(date),
                (None, Some(minute)) if last.is_some_and(|last| last > minute + HALF_A_DAY) => {
                    day = day.map(|day| day.plus_days(1));
                }
                (None, _) => {}
            }
            last = moment.minute.or(last.filter(|_| moment.day.is_none()));
            let date = day.filter(|_| !is_doubtful);
            self.rows.push(Row {
                line: *line,
                written: written.clone(),
                moment: moment.clone(),
                date,
                cells: cells.clone(),
            });
        }
    }

    /// Notes what somebody should look at.
    fn judge(&mut self, line: usize, hints: Hints) {
        let (mut latest, mut misplaced): (Option<Time>, Vec<&Row>) = (None, Vec::new());
        for row in &self.rows {
            let time = self.instant(row);
            if time.is_some() && time < latest {
                misplaced.push(row);
            }
            latest = latest.max(time);
        }
        let of = |wanted: &dyn Fn(&Row) -> bool| self.rows.iter().filter(|row| wanted(row)).collect::<Vec<&Row>>();
        let is_unread = |row: &Row| row.moment.minute.is_none() && !row.written.is_empty();
        let unread = of(&|row| is_unread(row) && row.moment.day != Some(Day::Doubtful));
        let repaired = of(&|row| matches!(row.moment.day, Some(Day::Repaired(_))));
        let doubtful = of(&|row| row.moment.day == Some(Day::Doubtful));
        let dayless = of(&|row| row.moment.minute.is_some() && row.date.is_none() && row.moment.day.is_none());
        let is_open = self.zone == TimelineZone::Open && hints.zone.is_none();
        let zoneless = of(&|row| is_open && row.moment.zone.is_none() && row.moment.minute.is_some());
        let strange = of(&|row| matches!(row.moment.zone, Some(Word::Unknown(_))) && !self.is_blocked());
        let summer = of(&|row| self.is_summer(row));
        let found = [
            (unread, "cannot be read to the minute, and was kept as it is"),
            (doubtful, "may be two days, or none; it marks nothing, and was kept as it is"),
            (dayless, "is on no day that is known; it marks nothing"),
            (misplaced, "is out of order, and was left where it stood"),
            (repaired, "has a year of five digits; the year of the postmortem was taken"),
            (strange, "is in a zone that is not known, or may be several; it marks nothing"),
            (zoneless, "names no time zone; UTC was taken"),
            (summer, "is in summer, and its zone is that of the winter: what clocks in that place show was taken"),
        ];
        let mut findings: Vec<(usize, String)> = found.iter().filter_map(|(rows, what)| finding(rows, what)).collect();
        if let TimelineZone::Unknown(word) = &self.zone {
            let finding = format!(
                "the times are in `{word}`, a zone that is not known, or may be several; they mark nothing: say it with `--timezone`"
            );
            findings.push((line, finding));
        }
        self.findings.append(&mut findings);
    }

    /// Whether clocks show summer time, while the word for the zone is that of the winter.
    fn is_summer(&self, row: &Row) -> bool {
        let Frame::Zone(zone) = self.frame() else { return false };
        let is_other = |word: &str, at: Time| zone.local(at).zone.to_string() != word;
        self.winter.is_some_and(|word| self.instant(row).is_some_and(|at| is_other(word, at)))
    }

    /// The section's text: a sentence on the zone, what stood above, the table, what stood below.
    fn written(&self, raw: &Raw) -> String {
        let text = |lines: &[Line]| {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            lines.join("\n").trim_matches('\n').trim_end().to_owned()
        };
        let before = text(&raw.before);
        let sentence = match self.zone {
            TimelineZone::Named(Frame::Zone(zone)) => Some(format!("All times in {}.", zone.name())),
            _ => None,
        };
        // UTC is what Candor takes anyway; any other zone is found in this sentence alone.
        let is_said = |sentence: &String| match self.frame() {
            Frame::UTC => true,
            _ => before.starts_with(sentence.trim_end_matches('.')),
        };
        let sentence = sentence.filter(|sentence| !is_said(sentence));
        let head =
            raw.head.clone().map_or_else(|| "| Time | Event |\n| :--- | :--- |".to_owned(), |head| head.join("\n"));
        let rows: Vec<String> = self.rows.iter().map(|row| self.row(row)).collect();
        let table = format!("{head}\n{}", rows.join("\n"));
        let parts = [sentence.unwrap_or_default(), before, table, text(&raw.after)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// A row: its time as Candor reads it, and as it stood where that says more.
    fn row(&self, row: &Row) -> String {
        let cell = self.cell(row);
        let is_told = proof::lost(&row.written, &cell).is_none() && !row.moment.is_about;
        let mut cells = row.cells.clone();
        if !is_told {
            match cells.first_mut() {
                Some(first) => *first = format!("({}) {first}", row.written).trim_end().to_owned(),
                None => cells.push(format!("({})", row.written)),
            }
        }
        format!("| {cell} | {} |", cells.join(" | "))
    }

    fn cell(&self, row: &Row) -> String {
        let repaired = || match (&row.moment.day, row.written.split_once(' ')) {
            (Some(Day::Repaired(date)), Some((_, rest))) => format!("{} {rest}", date.iso()),
            _ => row.written.clone(),
        };
        let (Some(date), Some(minute)) = (row.date, row.moment.minute) else { return repaired() };
        let known = format!("{} {:02}:{:02}", date.iso(), minute / 60, minute % 60);
        match (&row.moment.zone, &self.zone) {
            (Some(Word::Unknown(_)), _) => repaired(),
            (Some(Word::Known(Frame::UTC)), _) => format!("{known} UTC"),
            (Some(Word::Known(own)), zone) if *zone != TimelineZone::Named(*own) => {
                own.instant(date, minute).map_or_else(repaired, Time::rfc3339_minutes)
            }
            // Candor would take it for UTC, if it could read it.
            (None, TimelineZone::Unknown(word)) => format!("{} ({word})", row.written),
            (_, TimelineZone::Named(frame)) => match frame.suffix() {
                Some(suffix) => format!("{}T{:02}:{:02}{suffix}", date.iso(), minute / 60, minute % 60),
                // Clocks of the zone skip it.
                None if frame.instant(date, minute).is_none() => repaired(),
                None => known,
            },
            (_, TimelineZone::Open | TimelineZone::Unknown(_)) => known,
        }
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
    /// What happened.
    pub fn event(&self) -> &str {
        self.cells.first().map(String::as_str).unwrap_or_default()
    }
}
