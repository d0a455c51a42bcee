//! A time metric on a page: its plot, what few values allow to say, and every value.

use serde::Serialize;

use super::values::{Row, Values};
use crate::render::wiki::Wiki;
use crate::render::wiki::plot::scale::{Axis, PlottedTime};
use crate::render::wiki::plot::{LARGE, Plot, PlotLine, PlotLineKind};
use crate::time::Time;
use crate::view::{self, Metric, Sample, Trend, TrendChange};

/// A metric and what can be said of it.
#[derive(Serialize)]
pub(in crate::render::wiki) struct Figure {
    anchor: &'static str,
    name: String,
    formula: String,
    n: usize,
    /// How many are counted, and how many are left out and why.
    counted: String,
    /// An SVG element; absent if there is nothing to draw.
    plot: Option<String>,
    notes: Vec<String>,
    finding: TrendInWords,
    stats: Vec<Stats>,
    rows: Vec<Row>,
}

/// What a test found, in words.
#[derive(Serialize)]
pub(in crate::render::wiki) struct TrendInWords {
    /// `shorter`, `longer` or `none`.
    kind: &'static str,
    text: String,
}

/// What a sample allows to say.
#[derive(Serialize)]
struct Stats {
    /// The time that it covers.
    range: String,
    n: usize,
    median: Option<String>,
    interval: Option<String>,
    /// `p90`, or `longest` where that says more.
    end: &'static str,
    long: Option<String>,
}

/// The year before the present in seconds, in which every day of the year comes once.
const YEAR: i64 = 365 * 24 * 3600;

/// The figure of a metric on a page whose way to the root is `root`. All that are drawn over the same `span` can be compared.
pub(in crate::render::wiki) fn figure(
    wiki: &Wiki,
    root: &str,
    values: &Values<'_>,
    span: Option<PlottedTime>,
) -> Figure {
    let messages = &wiki.look.theme.messages;
    let word = values.metric.word();
    let (later, earlier) = values.metric.formula();
    let counted = values.counted();
    let mark_name = |mark: &str| messages.get(&format!("mark_{mark}")).to_owned();
    Figure {
        anchor: word,
        name: messages.get(&format!("metric_{word}")).to_owned(),
        formula: format!("{} − {}", mark_name(later), mark_name(earlier)),
        n: counted.len(),
        counted: left_out(wiki, values),
        plot: span.and_then(|span| picture(wiki, root, values, span)),
        notes: notes(wiki, values),
        finding: say(wiki, view::trend(&counted)),
        stats: stats(wiki, values),
        rows: values.rows(wiki),
    }
}

/// `12 counted. 1 unknown, 1 known only to the hour or the day: left out.`
fn left_out(wiki: &Wiki, values: &Values<'_>) -> String {
    let messages = &wiki.look.theme.messages;
    let counts = [("left_unknown", values.unknown()), ("left_rough", values.rough())];
    let left: Vec<String> = counts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| messages.count(key, *n)).collect();
    let all =
        messages.fill("counted", &[("n", &values.counted().len().to_string()), ("all", &values.all.len().to_string())]);
    std::iter::once(all).chain(left).collect::<Vec<_>>().join(" ")
}

fn picture(wiki: &Wiki, root: &str, values: &Values<'_>, span: PlottedTime) -> Option<String> {
    let dots = values.dots(wiki, root);
    let lines: Vec<PlotLine> = median(wiki, values).into_iter().chain(goal(wiki, values)).collect();
    let axis = Axis::around(dots.iter().map(|dot| dot.seconds).chain(lines.iter().map(|line| line.seconds)));
    let label = gist(wiki, values);
    let plot = Plot { dots: &dots, lines: &lines, axis, span, size: LARGE, label: &label };
    (!dots.is_empty()).then(|| plot.svg(&wiki.look.format()))
}

/// The middle of the counted values, where they are enough to have one.
pub(in crate::render::wiki) fn median(wiki: &Wiki, values: &Values<'_>) -> Option<PlotLine> {
    let seconds = Sample::new(values.counted()).median()?;
    let label = wiki.look.theme.messages.fill("median_line", &[("time", &wiki.look.format().duration(seconds))]);
    Some(PlotLine { kind: PlotLineKind::Median, seconds, from: None, until: None, label })
}

/// The recovery that the newest incident's cause is to take, should it come back.
fn goal(wiki: &Wiki, values: &Values<'_>) -> Option<PlotLine> {
    let last = (values.metric == Metric::Recover).then(|| values.counted().last().copied())??;
    let seconds = (last as f64 * wiki.site.internal.recovery_target?).round() as i64;
    let label = wiki.look.theme.messages.fill("goal", &[("time", &wiki.look.format().duration(seconds))]);
    Some(PlotLine { kind: PlotLineKind::Goal, seconds, from: None, until: None, label })
}

/// The spoken sentence of a plot: `Time to recover of 12 incidents, from 28 min to 6 h; …`.
pub(in crate::render::wiki) fn gist(wiki: &Wiki, values: &Values<'_>) -> String {
    let (messages, format) = (&wiki.look.theme.messages, wiki.look.format());
    let counted = values.counted();
    let name = messages.get(&format!("metric_{}", values.metric.word())).to_owned();
    let (least, most) = (counted.iter().min().copied(), counted.iter().max().copied());
    let (least, most) = (format.duration(least.unwrap_or(0)), format.duration(most.unwrap_or(0)));
    messages.fill(
        "gist",
        &[("name", &name), ("n", &messages.count("incidents", counted.len())), ("least", &least), ("most", &most)],
    )
}

fn notes(wiki: &Wiki, values: &Values<'_>) -> Vec<String> {
    let messages = &wiki.look.theme.messages;
    let counted = values.counted();
    let axis = Axis::around(counted.iter().copied());
    let at_the_foot = counted.iter().filter(|seconds| axis.is_below(**seconds)).count();
    let foot = (at_the_foot > 0).then(|| messages.count("at_the_foot", at_the_foot));
    let goal = goal(wiki, values).map(|_| {
        let target = wiki.site.internal.recovery_target.unwrap_or_default() * 100.0;
        messages.fill("goal_note", &[("percent", &format!("{target:.0} %"))])
    });
    foot.into_iter().chain(goal).collect()
}

/// All of them, and the last twelve months if those are not all.
fn stats(wiki: &Wiki, values: &Values<'_>) -> Vec<Stats> {
    let messages = &wiki.look.theme.messages;
    let all = values.counted();
    let recent = values.since(wiki.look.now().plus_seconds(-YEAR));
    let is_all = recent.len() == all.len();
    let key = if is_all { "range_all_recent" } else { "range_all" };
    let mut stats = vec![of(wiki, messages.get(key), all)];
    if !is_all {
        stats.push(of(wiki, messages.get("range_recent"), recent));
    }
    stats
}

fn of(wiki: &Wiki, range: &str, seconds: Vec<i64>) -> Stats {
    let format = wiki.look.format();
    let sample = Sample::new(seconds);
    let (end, long) = match sample.p90() {
        Some(p90) => ("p90", Some(p90)),
        None => ("longest", sample.longest()),
    };
    Stats {
        range: range.to_owned(),
        n: sample.n(),
        median: sample.median().map(|median| format.duration(median)),
        interval: interval(wiki, &sample),
        end,
        long: long.map(|long| format.duration(long)),
    }
}

/// `between 42 min and 6 h: from rank 3 to rank 10 of 12, which holds the median in 96.1 % of such samples`.
fn interval(wiki: &Wiki, sample: &Sample) -> Option<String> {
    let interval = sample.interval()?;
    let format = wiki.look.format();
    let last = sample.n() + 1 - interval.rank;
    Some(wiki.look.theme.messages.fill(
        "median_interval",
        &[
            ("low", &format.duration(interval.low)),
            ("high", &format.duration(interval.high)),
            ("first", &interval.rank.to_string()),
            ("last", &last.to_string()),
            ("n", &sample.n().to_string()),
            ("coverage", &format!("{:.1}", (interval.coverage * 1000.0).floor() / 10.0)),
        ],
    ))
}

/// What a test found, in words; a direction only from the test.
pub(in crate::render::wiki) fn say(wiki: &Wiki, trend: Trend) -> TrendInWords {
    let messages = &wiki.look.theme.messages;
    match trend {
        Trend::Falling(finding) => TrendInWords { kind: "shorter", text: change(wiki, "shorter", finding) },
        Trend::Rising(finding) => TrendInWords { kind: "longer", text: change(wiki, "longer", finding) },
        Trend::CannotTell { n: 0, .. } => TrendInWords { kind: "none", text: messages.get("nothing_known").to_owned() },
        Trend::CannotTell { n, .. } => TrendInWords { kind: "none", text: messages.count("cannot_tell", n) },
    }
}

fn change(wiki: &Wiki, word: &str, finding: TrendChange) -> String {
    let messages = &wiki.look.theme.messages;
    let key = match finding.factor {
        Some(_) => format!("became_{word}"),
        None => format!("became_{word}_unsized"),
    };
    messages.fill(
        &key,
        &[
            ("factor", &factor(wiki, finding.factor.unwrap_or(1.0))),
            ("n", &finding.n.to_string()),
            ("p", &probability(finding.p)),
        ],
    )
}

/// How many times as long, in words where there are such.
fn factor(wiki: &Wiki, factor: f64) -> String {
    let messages = &wiki.look.theme.messages;
    let rounded = (factor * 100.0).round() as i64;
    match rounded {
        24..=26 => messages.get("factor_quarter").to_owned(),
        32..=34 => messages.get("factor_third").to_owned(),
        48..=52 => messages.get("factor_half").to_owned(),
        100 => messages.get("factor_one").to_owned(),
        _ => messages.fill("factor_times", &[("factor", &format!("{:.2}", rounded as f64 / 100.0))]),
    }
}

/// `= 0.01`, or `< 0.01` where two digits would say 0.
fn probability(p: f64) -> String {
    if p < 0.005 { "< 0.01".to_owned() } else { format!("= {p:.2}") }
}

/// The first and the last of some times as days: `27 Nov 2025 to 18 Nov 2026`, or the one day on which all lie.
pub(in crate::render::wiki) fn days(wiki: &Wiki, times: impl IntoIterator<Item = Time>) -> Option<String> {
    let span = PlottedTime::over(times)?;
    let day = |at| wiki.look.format().day_of(at);
    if day(span.from) == day(span.until) {
        return Some(day(span.from));
    }
    Some(wiki.look.theme.messages.fill("range", &[("from", &day(span.from)), ("until", &day(span.until))]))
}
