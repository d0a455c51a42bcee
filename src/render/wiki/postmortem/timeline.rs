//! The timeline as a picture: an axis of time, the marks above it, and a lane for each kind of row below.

use serde::Serialize;

use super::Wiki;
use crate::markdown;
use crate::model::{Mark, Postmortem, RowKind, TimelineRow};
use crate::theme::sentence_case;
use crate::time::{Time, Zone};

/// The picture in its own units: the names of the lanes stand left of the axis, and names of late marks
/// reach over its right end.
const WIDTH: i64 = 640;
const LEFT: f64 = 92.0;
const RIGHT: f64 = 566.0;
const LETTER: f64 = 6.3;
const LEVEL: i64 = 16;
const LANE: i64 = 24;

/// More names of marks above each other are left out.
const LEVELS: usize = 8;

/// The widths of a step of the axis, in minutes; from a day on in whole days.
const STEPS: [i64; 14] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080];
const MINUTE: i64 = 60_000;

/// At most so many numbers stand on the axis.
const TICKS: i64 = 7;

/// The lanes below the axis. Rows of marks are drawn on the axis itself.
const LANES: [RowKind; 3] = [RowKind::Decision, RowKind::Action, RowKind::Observation];

#[derive(Serialize)]
pub(super) struct Picture {
    label: String,
    /// Whose clock the numbers are of.
    zone: String,
    width: i64,
    height: i64,
    left: f64,
    right: f64,
    /// Where the axis and its numbers are.
    axis: i64,
    foot: i64,
    ticks: Vec<Tick>,
    pins: Vec<Pin>,
    lanes: Vec<Lane>,
    /// Rows of marks.
    rows: Vec<Dot>,
    /// On rows too far from the incident to be drawn.
    note: Option<String>,
}

#[derive(Serialize)]
struct Tick {
    x: String,
    text: String,
}

#[derive(Serialize)]
struct Pin {
    x: String,
    /// The height of its name; none if there is no room for it.
    y: Option<i64>,
    text_x: String,
    name: String,
}

#[derive(Serialize)]
struct Lane {
    y: i64,
    name: String,
    kind: &'static str,
    dots: Vec<Dot>,
}

#[derive(Serialize)]
struct Dot {
    x: String,
    title: String,
}

/// From the first instant to the last, in pixels.
#[derive(Clone, Copy)]
struct Scale {
    from: i64,
    until: i64,
}

impl Scale {
    fn x(self, at: Time) -> f64 {
        let share = (at.millis() - self.from) as f64 / (self.until - self.from) as f64;
        LEFT + share * (RIGHT - LEFT)
    }

    fn has(self, at: Time) -> bool {
        (self.from..=self.until).contains(&at.millis())
    }
}

/// The picture; none if there are not two instants to draw.
pub(super) fn picture(wiki: &Wiki, postmortem: &Postmortem) -> Option<Picture> {
    let marks: Vec<(Mark, Time)> = postmortem.marks.times.iter().map(|(mark, marked)| (*mark, marked.at)).collect();
    let rows: Vec<(&TimelineRow, Time)> = postmortem.timeline.iter().filter_map(|row| Some((row, row.at?))).collect();
    let scale = scale(&marks, &rows)?;
    let drawn: Vec<_> = rows.iter().copied().filter(|(_, at)| scale.has(*at)).collect();
    let levels = levels(wiki, &marks, scale);
    let top = levels.iter().flatten().max().map_or(0, |level| *level as i64 + 1) * LEVEL;
    let axis = top + 10;
    let lanes = lanes(wiki, &drawn, scale, axis);
    let foot = axis + LANE * lanes.len() as i64 + 24;
    let of_marks = drawn.iter().filter(|(row, _)| row.kind == RowKind::Mark);
    Some(Picture {
        label: label(wiki, &marks, &drawn),
        zone: zone_of(wiki.site.settings.zone, scale),
        width: WIDTH,
        height: foot + 6,
        left: LEFT,
        right: RIGHT,
        axis,
        foot,
        ticks: ticks(wiki.site.settings.zone, scale),
        pins: pins(wiki, &marks, &levels, scale, top),
        lanes,
        rows: of_marks.map(|(row, at)| dot(wiki, row, scale.x(*at))).collect(),
        note: note(wiki, rows.len() - drawn.len()),
    })
}

/// What is drawn: all marks, and the rows not further from them than a third of their span. One row of
/// the week before would leave no room for the incident.
fn scale(marks: &[(Mark, Time)], rows: &[(&TimelineRow, Time)]) -> Option<Scale> {
    let marked = || marks.iter().map(|(_, at)| at.millis());
    let (rows_only, some) = (marks.len() < 2, rows.iter().map(|(_, at)| at.millis()));
    let some: Vec<i64> = some.collect();
    let ends = |times: &[i64]| Some((*times.iter().min()?, *times.iter().max()?));
    let core = if rows_only { marked().chain(some.iter().copied()).collect() } else { marked().collect::<Vec<_>>() };
    let (from, until) = ends(&core)?;
    let reach = (until - from) / 3;
    let near = some.into_iter().filter(|at| (from - reach..=until + reach).contains(at));
    let (from, until) = ends(&near.chain(core.iter().copied()).collect::<Vec<_>>())?;
    (until > from).then_some(Scale { from, until })
}

/// How high above the axis the name of each mark stands. From right to left: a name reaches over the
/// pins to its right, so it stands above their names.
fn levels(wiki: &Wiki, marks: &[(Mark, Time)], scale: Scale) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse((marks[*place].1, *place)));
    let mut levels = vec![None; marks.len()];
    for place in order {
        let x = scale.x(marks[place].1);
        let end = x + 8.0 + mark_name(wiki, marks[place].0).chars().count() as f64 * LETTER;
        let crossed = marks.iter().zip(&levels).filter(|((_, at), _)| (x..end).contains(&scale.x(*at)));
        let level = crossed.filter_map(|(_, level)| *level).max().map_or(0, |highest| highest + 1);
        levels[place] = Some(level).filter(|level| *level < LEVELS);
    }
    levels
}

fn pins(wiki: &Wiki, marks: &[(Mark, Time)], levels: &[Option<usize>], scale: Scale, top: i64) -> Vec<Pin> {
    let pin = |((mark, at), level): (&(Mark, Time), &Option<usize>)| Pin {
        x: format!("{:.1}", scale.x(*at)),
        y: level.map(|level| top - level as i64 * LEVEL - 4),
        text_x: format!("{:.1}", scale.x(*at) + 4.0),
        name: mark_name(wiki, *mark).to_owned(),
    };
    marks.iter().zip(levels).map(pin).collect()
}

fn mark_name(wiki: &Wiki, mark: Mark) -> String {
    sentence_case(wiki.look.theme.messages.get(&format!("mark_{}", mark.word())))
}

fn lanes(wiki: &Wiki, rows: &[(&TimelineRow, Time)], scale: Scale, axis: i64) -> Vec<Lane> {
    let of = |kind: RowKind| rows.iter().filter(move |(row, _)| row.kind == kind);
    let kinds = LANES.iter().copied().filter(|kind| of(*kind).next().is_some());
    let lane = |(place, kind): (usize, RowKind)| Lane {
        y: axis + LANE * (place as i64 + 1),
        name: kind_name(wiki, kind),
        kind: kind.word(),
        dots: of(kind).map(|(row, at)| dot(wiki, row, scale.x(*at))).collect(),
    };
    kinds.enumerate().map(lane).collect()
}

fn kind_name(wiki: &Wiki, kind: RowKind) -> String {
    wiki.look.theme.messages.get(&format!("pm_row_{}", kind.word())).to_owned()
}

fn dot(wiki: &Wiki, row: &TimelineRow, x: f64) -> Dot {
    let title = format!("{}, {}: {}", row.time, kind_name(wiki, row.kind).to_lowercase(), markdown::plain(&row.event));
    Dot { x: format!("{x:.1}"), title }
}

/// As times are printed: `UTC`, `CET`; the name of the zone where its clock was changed meanwhile.
fn zone_of(zone: Zone, scale: Scale) -> String {
    let [begin, end] = [scale.from, scale.until].map(|at| zone.local(Time::from_millis(at)).zone.to_string());
    if begin == end { begin } else { zone.name().to_owned() }
}

/// Numbers at round times of the site's clock.
fn ticks(zone: Zone, scale: Scale) -> Vec<Tick> {
    let span = scale.until - scale.from;
    let step = STEPS.iter().map(|minutes| minutes * MINUTE).find(|step| span / step < TICKS);
    let step = step.unwrap_or(STEPS[STEPS.len() - 1] * MINUTE * (1 + span / (TICKS * 10_080 * MINUTE)));
    let midnight = zone.day_start(zone.date(Time::from_millis(scale.from))).millis();
    let first = midnight + (scale.from - midnight + step - 1).div_euclid(step) * step;
    let times = (0..).map(|n| Time::from_millis(first + n * step)).take_while(|at| at.millis() <= scale.until);
    times.map(|at| Tick { x: format!("{:.1}", scale.x(at)), text: tick_text(zone, at, step) }).collect()
}

fn tick_text(zone: Zone, at: Time, step: i64) -> String {
    let local = zone.local(at);
    match step >= 1440 * MINUTE {
        true => local.date.iso()[5..].to_owned(),
        false => format!("{:02}:{:02}", local.hour, local.minute),
    }
}

fn label(wiki: &Wiki, marks: &[(Mark, Time)], rows: &[(&TimelineRow, Time)]) -> String {
    let messages = &wiki.look.theme.messages;
    let (marks, rows) = (messages.count("pm_marks_n", marks.len()), messages.count("pm_rows_n", rows.len()));
    messages.fill("pm_picture_label", &[("marks", &marks), ("rows", &rows), ("zone", wiki.site.settings.zone.name())])
}

fn note(wiki: &Wiki, outside: usize) -> Option<String> {
    (outside > 0).then(|| wiki.look.theme.messages.count("pm_rows_outside", outside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Time {
        Time::from_millis(minute * MINUTE)
    }

    fn row(minute: i64) -> TimelineRow {
        TimelineRow { at: Some(at(minute)), time: String::new(), kind: RowKind::Action, event: String::new() }
    }

    #[test]
    fn a_row_far_from_the_incident_does_not_squeeze_it() {
        let marks = [(Mark::Started, at(1000)), (Mark::Resolved, at(1090))];
        let (near, far) = (row(975), row(20));
        let scale = scale(&marks, &[(&near, at(975)), (&far, at(20))]).unwrap();
        assert_eq!((scale.from, scale.until), (975 * MINUTE, 1090 * MINUTE));
        assert!(!scale.has(at(20)));
    }

    #[test]
    fn one_instant_makes_no_picture() {
        assert!(scale(&[(Mark::Started, at(5))], &[]).is_none());
        assert!(scale(&[], &[]).is_none());
    }

    #[test]
    fn the_axis_has_round_times_and_not_too_many() {
        let texts = |from, until| {
            let scale = Scale { from: from * MINUTE, until: until * MINUTE };
            ticks(Zone::UTC, scale).into_iter().map(|tick| tick.text).collect::<Vec<_>>()
        };
        assert_eq!(texts(604, 654), ["10:10", "10:20", "10:30", "10:40", "10:50"]);
        assert_eq!(texts(0, 4 * 1440), ["01-01", "01-02", "01-03", "01-04", "01-05"]);
        assert!(texts(0, 400 * 1440).len() <= 8);
    }
}
