//! The axes of a plot: durations on a logarithmic one, the calendar on the other.

use crate::theme::Formatter;
use crate::time::{Date, Time, Zone};

/// Where the axis of durations may begin and end and has its lines, in seconds: from a minute to 120 days.
const TICKS: [i64; 10] = [60, 5 * 60, 15 * 60, 3600, 4 * 3600, 16 * 3600, 2 * DAY, 7 * DAY, 30 * DAY, 120 * DAY];

const DAY: i64 = 24 * 3600;

/// A logarithmic axis of durations, from one tick to another. Several plots that share one can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render::wiki) struct Axis {
    low: usize,
    high: usize,
}

impl Axis {
    /// The shortest axis on which these durations in seconds lie, of two steps at least. What is shorter than
    /// a minute lies at its foot.
    pub(in crate::render::wiki) fn around(seconds: impl IntoIterator<Item = i64>) -> Axis {
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for value in seconds {
            (least, most) = (least.min(value), most.max(value));
        }
        let last = TICKS.len() - 1;
        let low = TICKS.iter().rposition(|tick| *tick <= least).unwrap_or(0).min(last - 2);
        let high = TICKS.iter().position(|tick| *tick >= most).unwrap_or(last);
        Axis { low, high: high.max(low + 2) }
    }

    /// Where a duration lies, 0 at the foot and 1 at the top; what lies beyond is moved to the end.
    pub(in crate::render::wiki) fn place(self, seconds: i64) -> f64 {
        let (low, high) = (TICKS[self.low] as f64, TICKS[self.high] as f64);
        let value = (seconds as f64).clamp(low, high);
        (value / low).ln() / (high / low).ln()
    }

    /// The durations with a line, in seconds.
    pub(in crate::render::wiki) fn ticks(self) -> &'static [i64] {
        &TICKS[self.low..=self.high]
    }

    /// Whether a duration is shorter than the axis can show, so that it is drawn at its foot.
    pub(in crate::render::wiki) fn is_below(self, seconds: i64) -> bool {
        seconds < TICKS[self.low]
    }
}

/// The time that a plot shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render::wiki) struct PlottedTime {
    pub(in crate::render::wiki) from: Time,
    pub(in crate::render::wiki) until: Time,
}

impl PlottedTime {
    /// From the first of these times to the last, if there are any.
    pub(in crate::render::wiki) fn over(times: impl IntoIterator<Item = Time>) -> Option<PlottedTime> {
        times.into_iter().fold(None, |span, time| {
            let span = span.unwrap_or(PlottedTime { from: time, until: time });
            Some(PlottedTime { from: span.from.min(time), until: span.until.max(time) })
        })
    }

    /// Where a time lies, 0 at the left and 1 at the right; in the middle, if the span is a moment.
    pub(in crate::render::wiki) fn place(self, time: Time) -> f64 {
        let all = self.until.millis() - self.from.millis();
        let share = (time.millis() - self.from.millis()) as f64 / all.max(1) as f64;
        if all == 0 { 0.5 } else { share.clamp(0.0, 1.0) }
    }

    /// At most `most` places with their labels: months, the first one and each of another year with the year.
    /// A span without the beginning of a month gets the day on which it begins.
    pub(in crate::render::wiki) fn labels(self, most: usize, format: &Formatter<'_>) -> Vec<(f64, String)> {
        let months = self.months(format.zone);
        if months.is_empty() {
            return vec![(self.place(self.from), format.date(format.zone.date(self.from)))];
        }
        let steps = [1, 2, 3, 6, 12, 24, 60, 120];
        let step = steps.into_iter().find(|step| months.len().div_ceil(*step) <= most).unwrap_or(months.len());
        let mut year = None;
        let chosen = months.into_iter().step_by(step);
        let labelled = chosen.map(|month| {
            let is_new = year.replace(month.year()) != Some(month.year());
            (self.place(format.zone.day_start(month)), short_month(month, is_new, format))
        });
        labelled.collect()
    }

    /// The first days of the months that begin in the span.
    fn months(self, zone: Zone) -> Vec<Date> {
        let (_, first) = Zone::month_bounds(zone.date(self.from));
        let next = |month: &Date| Some(Zone::month_bounds(*month).1).filter(|next| next > month);
        std::iter::successors(Some(first), next).take_while(|month| zone.day_start(*month) <= self.until).collect()
    }
}

/// `Mar`, or `Mar 2026`.
pub(in crate::render::wiki) fn short_month(month: Date, with_year: bool, format: &Formatter<'_>) -> String {
    let name = format.messages.get("months").split_whitespace().nth(month.month() as usize - 1).unwrap_or_default();
    if with_year { format!("{name} {}", month.year()) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    #[test]
    fn the_axis_is_logarithmic_and_ends_at_ticks() {
        let axis = Axis::around([16 * 60, 3 * 3600]);
        assert_eq!(axis.ticks(), [15 * 60, 3600, 4 * 3600]);
        assert_eq!((axis.place(15 * 60), axis.place(4 * 3600)), (0.0, 1.0));
        assert!((axis.place(3600) - 0.5).abs() < 1e-9, "four times each way");
    }

    #[test]
    fn what_lies_beyond_the_axis_is_moved_to_its_end() {
        let axis = Axis::around([0, 120]);
        assert_eq!(axis.ticks(), [60, 300, 900]);
        assert_eq!((axis.place(0), axis.place(-5), axis.place(DAY)), (0.0, 0.0, 1.0));
        assert!(axis.is_below(59) && !axis.is_below(60));
        let long = Axis::around([400 * DAY]);
        assert_eq!((long.ticks().len(), long.place(400 * DAY)), (3, 1.0));
        assert_eq!(Axis::around([]).ticks().len(), 3);
    }

    #[test]
    fn a_span_runs_from_the_first_to_the_last() {
        let span = PlottedTime::over([time("2026-03-02T00:00Z"), time("2026-03-01T00:00Z"), time("2026-03-05T00:00Z")])
            .unwrap();
        assert_eq!(span.place(time("2026-03-02T00:00Z")), 0.25);
        assert_eq!(span.place(time("2027-03-02T00:00Z")), 1.0);
        let moment = PlottedTime { from: span.from, until: span.from };
        assert_eq!(moment.place(span.from), 0.5);
        assert_eq!(PlottedTime::over([]), None);
    }

    #[test]
    fn the_months_that_begin_in_the_span_are_labelled() {
        let span = |from, until| PlottedTime { from: time(from), until: time(until) };
        assert_eq!(span("2025-11-27T00:00Z", "2026-02-01T00:00Z").months(Zone::UTC).len(), 3);
        assert_eq!(span("2026-03-02T00:00Z", "2026-03-30T00:00Z").months(Zone::UTC).len(), 0);
    }
}
