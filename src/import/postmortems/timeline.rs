//! Timelines: tables, headings, lists or paragraphs of moments become one table, each row with its time as
//! Candor writes it and, where that is not the same, as it stood.

use super::rows::{self, Raw, RawRow};
use super::sections::{Line, SourceSection};
use crate::import::proof;
use crate::import::times::{self, Context, Day, Frame, Moment, Word};
use crate::time::{Date, Time};

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
}

/// The zone of a text's times.
#[derive(Clone, Debug, Default, PartialEq)]
enum TimelineZone {
    /// The text names it, or the user does; perhaps by a word that is not understood.
    Named(Word),
    /// Nobody names one.
    #[default]
    Open,
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

/// Reads a section that tells what happened when. `elsewhere`: the zone that the report names for a mark.
pub(super) fn read(section: &SourceSection, context: Context, elsewhere: Option<&Word>) -> Timeline {
    let near_rows = Context { near: day(section, context), ..context };
    let Some(raw) = rows::read(&section.body, near_rows) else {
        let finding = "no rows with times were found in the timeline; it was kept as it is";
        return Timeline {
            text: section.text(),
            findings: vec![(section.line, finding.to_owned())],
            ..Timeline::default()
        };
    };
    let mut timeline = Timeline { zone: zone(section, &raw, context), ..Timeline::default() };
    if let Some(word) = elsewhere.filter(|_| timeline.zone == TimelineZone::Open) {
        timeline.zone = TimelineZone::Named(word.clone());
        let finding = format!(
            "the rows name no time zone; `{}` was taken, which the report names where it says when it began or ended",
            word.name
        );
        timeline.findings.push((section.line, finding));
    }
    timeline.take(&raw, near_rows.near);
    timeline.judge(section.line);
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

/// The day that the heading names, or what stands above the first row; else that of the report. What stands below the rows
/// may tell of other days.
fn day(section: &SourceSection, context: Context) -> Option<Date> {
    let above = rows::read(&section.body, context).map(|raw| raw.before).unwrap_or_default();
    let above = above.iter().filter(|line| !line.is_code).map(|line| &*line.text);
    let named = std::iter::once(&*section.heading).chain(above).find_map(|text| times::first(text, context));
    let anywhere = || section.body.iter().find_map(|line| times::first(&line.text, context));
    named.or(context.near).or_else(anywhere)
}

/// The zone that the heading, the title above the times or the sentences around them name.
fn zone(section: &SourceSection, raw: &Raw, context: Context) -> TimelineZone {
    let sentences = raw.before.iter().chain(&raw.after).filter(|line| !line.is_code).map(|line| line.text.clone());
    let title = raw.head.iter().flat_map(|[titles, _]| rows::split(titles)).next();
    let texts: Vec<String> = title.into_iter().chain([section.heading.clone()]).chain(sentences).collect();
    let own = || {
        let words: Vec<&Word> = raw.rows.iter().filter_map(|row| row.moment.zone.as_ref()).collect();
        let is_same = words.windows(2).all(|pair| pair[0] == pair[1]);
        words.first().filter(|_| is_same).map(|word| (*word).clone())
    };
    let told = texts.iter().find_map(|text| times::in_sentence(text, context.home)).or_else(own);
    let given = context.home.map(|zone| Word { name: zone.name().to_owned(), frame: Some(Frame::Zone(zone)) });
    let known = told.clone().filter(|word| word.frame.is_some());
    known.or(given).or(told).map_or(TimelineZone::Open, TimelineZone::Named)
}

impl Timeline {
    /// The rows whose minute is known, each with its event.
    pub fn timed(&self) -> Vec<(Time, &str)> {
        self.rows.iter().filter_map(|row| Some((self.instant(row)?, row.event()))).collect()
    }

    /// When a row was, if that is known to the minute.
    pub fn instant(&self, row: &Row) -> Option<Time> {
        let is_own = row.moment.zone.as_ref().is_some_and(|word| word.frame.is_some());
        if self.is_blocked() && !is_own {
            return None;
        }
        Moment { day: row.date.map(Day::Known), ..row.moment.clone() }.instant(self.frame(), None).ok()
    }

    /// The first day that is known, of a row without an hour.
    pub fn first_day(&self) -> Option<Time> {
        let row = self.rows.first().filter(|row| row.moment.clock.is_none() && !self.is_blocked())?;
        Some(self.frame().day_start(row.date?))
    }

    /// The word for the zone that is not understood.
    fn unknown(&self) -> Option<&str> {
        match &self.zone {
            TimelineZone::Named(Word { name, frame: None }) => Some(name),
            _ => None,
        }
    }

    fn is_blocked(&self) -> bool {
        self.unknown().is_some()
    }

    fn frame(&self) -> Frame {
        match &self.zone {
            TimelineZone::Named(word) => word.frame.unwrap_or(Frame::UTC),
            TimelineZone::Open => Frame::UTC,
        }
    }

    /// Gives each row its day. A clock that goes far back without naming a day has passed midnight.
    fn take(&mut self, raw: &Raw, first: Option<Date>) {
        const HALF_A_DAY: i64 = times::DAY / 2;
        let (mut day, mut last): (Option<Date>, Option<i64>) = (first, None);
        for RawRow { line, written, moment, cells, .. } in &raw.rows {
            let is_doubtful = moment.day == Some(Day::Doubtful);
            match (moment.date(), moment.clock) {
                (Some(date), _) => day = Some(date),
                (None, Some(clock)) if last.is_some_and(|last| last > clock + HALF_A_DAY) => {
                    day = day.map(|day| day.plus_days(1));
                }
                (None, _) => {}
            }
            last = moment.clock.or(last.filter(|_| moment.day.is_none()));
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
    fn judge(&mut self, line: usize) {
        let (mut latest, mut misplaced): (Option<Time>, Vec<&Row>) = (None, Vec::new());
        for row in &self.rows {
            let time = self.instant(row);
            if time.is_some() && time < latest {
                misplaced.push(row);
            }
            latest = latest.max(time);
        }
        let of = |wanted: &dyn Fn(&Row) -> bool| self.rows.iter().filter(|row| wanted(row)).collect::<Vec<&Row>>();
        let is_unread = |row: &Row| row.moment.clock.is_none() && !row.written.is_empty();
        let unread = of(&|row| is_unread(row) && row.moment.day != Some(Day::Doubtful));
        let repaired = of(&|row| matches!(row.moment.day, Some(Day::Repaired(_))));
        let doubtful = of(&|row| row.moment.day == Some(Day::Doubtful));
        let dayless = of(&|row| row.moment.clock.is_some() && row.date.is_none() && row.moment.day.is_none());
        let is_open = self.zone == TimelineZone::Open;
        let zoneless = of(&|row| is_open && row.moment.zone.is_none() && row.moment.clock.is_some());
        let is_strange = |row: &Row| row.moment.zone.as_ref().is_some_and(|word| word.frame.is_none());
        let strange = of(&|row| is_strange(row) && !self.is_blocked());
        let other = of(&|row| self.is_of_other_season(row));
        let found = [
            (unread, "cannot be read to the minute, and was kept as it is"),
            (doubtful, "may be two days, or none; it marks nothing, and was kept as it is"),
            (dayless, "is on no day that is known; it marks nothing"),
            (misplaced, "is out of order, and was left where it stood"),
            (repaired, "has a year of five digits; the year of the postmortem was taken"),
            (strange, "is in a zone that is not known, or may be several; it marks nothing"),
            (zoneless, "names no time zone; UTC was taken"),
            (other, "names the zone of the other season: what clocks in that place show was taken"),
        ];
        let mut findings: Vec<(usize, String)> = found.iter().filter_map(|(rows, what)| finding(rows, what)).collect();
        if let Some(word) = self.unknown() {
            let finding = format!(
                "the times are in `{word}`, a zone that is not known, or may be several; they mark nothing: say it with `--timezone`"
            );
            findings.push((line, finding));
        }
        self.findings.append(&mut findings);
    }

    /// Whether clocks of its zone were called otherwise then.
    fn is_of_other_season(&self, row: &Row) -> bool {
        let word = match (&row.moment.zone, &self.zone) {
            (Some(word), _) | (None, TimelineZone::Named(word)) => word,
            (None, TimelineZone::Open) => return false,
        };
        self.instant(row).is_some_and(|at| word.is_of_other_season(at))
    }

    /// The section's text: a sentence on the zone, what stood above, the table, what stood below.
    fn written(&self, raw: &Raw) -> String {
        let text = |lines: &[Line]| {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            lines.join("\n").trim_matches('\n').trim_end().to_owned()
        };
        let before = text(&raw.before);
        let sentence = match (&self.zone, self.frame()) {
            (TimelineZone::Named(Word { frame: Some(_), .. }), Frame::Zone(zone)) => {
                Some(format!("All times in {}.", zone.name()))
            }
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
        let (Some(date), Some(clock)) = (row.date, row.moment.clock) else { return repaired() };
        let (date, clock) = if clock == times::DAY { (date.plus_days(1), 0) } else { (date, clock) };
        let (date, clock) = (date.iso(), shown(clock));
        match (&row.moment.zone, &self.zone) {
            (Some(Word { frame: None, .. }), _) => repaired(),
            (Some(Word { frame: Some(Frame::UTC), .. }), _) => format!("{date} {clock} UTC"),
            (Some(own), TimelineZone::Named(all)) if own.frame == all.frame => {
                self.in_zone(row, &date, &clock).unwrap_or_else(repaired)
            }
            (Some(_), _) => self.instant(row).map_or_else(repaired, times::written),
            // Candor would take it for UTC, if it could read it.
            (None, TimelineZone::Named(Word { name, frame: None })) => format!("{} ({name})", row.written),
            (None, TimelineZone::Named(_)) => self.in_zone(row, &date, &clock).unwrap_or_else(repaired),
            (None, TimelineZone::Open) => format!("{date} {clock}"),
        }
    }

    /// A time of the timeline's zone; none if clocks there skip it.
    fn in_zone(&self, row: &Row, date: &str, clock: &str) -> Option<String> {
        self.instant(row)?;
        Some(match self.frame().suffix() {
            Some(suffix) => format!("{date}T{clock}{suffix}"),
            None => format!("{date} {clock}"),
        })
    }
}

/// A clock as Candor reads it.
fn shown(clock: i64) -> String {
    let seconds = clock / 1_000;
    let (minutes, below) = (seconds / 60, seconds % 60);
    let below = if below == 0 { String::new() } else { format!(":{below:02}") };
    format!("{:02}:{:02}{below}", minutes / 60, minutes % 60)
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
