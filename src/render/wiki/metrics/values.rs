//! The values of a time metric, as dots of a plot and as rows of a table.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Postmortem, Precision};
use crate::render::wiki::plot::{self, Dot};
use crate::render::wiki::postmortem::{PostmortemRow, postmortem_row};
use crate::render::wiki::{Wiki, paths};
use crate::time::Time;
use crate::view::{Measurement, Metric};

/// What one postmortem says of a metric.
pub(in crate::render::wiki) struct MetricValue<'a> {
    pub(in crate::render::wiki) postmortem: &'a Postmortem,
    pub(in crate::render::wiki) measured: Option<Measurement>,
}

impl MetricValue<'_> {
    /// The time in seconds, if it is known well enough for figures in minutes.
    fn counted(&self) -> Option<i64> {
        self.measured.filter(|measured| measured.is_countable()).map(|measured| measured.seconds)
    }
}

/// What each of some postmortems says of a metric, oldest first.
pub(in crate::render::wiki) struct Values<'a> {
    pub(in crate::render::wiki) metric: Metric,
    pub(in crate::render::wiki) all: Vec<MetricValue<'a>>,
}

impl<'a> Values<'a> {
    pub(in crate::render::wiki) fn of(
        wiki: &Wiki,
        metric: Metric,
        postmortems: impl IntoIterator<Item = &'a Postmortem>,
    ) -> Values<'a> {
        let all = postmortems
            .into_iter()
            .map(|postmortem| MetricValue { postmortem, measured: wiki.measure(metric, postmortem) });
        Values { metric, all: all.collect() }
    }

    /// In seconds, oldest first: what figures and tests may use.
    pub(in crate::render::wiki) fn counted(&self) -> Vec<i64> {
        self.all.iter().filter_map(MetricValue::counted).collect()
    }

    /// The counted ones since a moment.
    pub(in crate::render::wiki) fn since(&self, from: Time) -> Vec<i64> {
        let recent = self.all.iter().filter(|value| value.postmortem.happened().is_some_and(|at| at >= from));
        recent.filter_map(MetricValue::counted).collect()
    }

    /// How many are not known.
    pub(in crate::render::wiki) fn unknown(&self) -> usize {
        self.all.iter().filter(|value| value.measured.is_none()).count()
    }

    /// How many are known only to the hour or the day.
    pub(in crate::render::wiki) fn rough(&self) -> usize {
        self.all.len() - self.unknown() - self.counted().len()
    }

    /// The counted ones as dots of a page whose way to the root is `root`.
    pub(in crate::render::wiki) fn dots(&self, wiki: &Wiki, root: &str) -> Vec<Dot> {
        let counted = self.all.iter().filter_map(|value| Some((value.postmortem, value.counted()?)));
        counted.filter_map(|(postmortem, seconds)| dot(wiki, root, postmortem, Some(seconds))).collect()
    }

    /// Every value, newest first.
    pub(in crate::render::wiki) fn rows(&self, wiki: &Wiki) -> Vec<Row> {
        self.all.iter().rev().map(|value| row(wiki, value)).collect()
    }
}

/// A postmortem as a dot. Without a duration it says nothing of one and stands at the foot.
pub(in crate::render::wiki) fn dot(
    wiki: &Wiki,
    root: &str,
    postmortem: &Postmortem,
    seconds: Option<i64>,
) -> Option<Dot> {
    let at = postmortem.happened()?;
    let severity = postmortem.severity.as_ref();
    let name = severity.map_or(wiki.look.theme.messages.get("severity_unknown"), |severity| &severity.name);
    let mut title = format!("{}: {}, {name}", wiki.look.format().day_of(at), postmortem.title);
    if let Some(seconds) = seconds {
        title = format!("{title}, {}", wiki.look.format().duration(seconds));
    }
    let href = format!("{root}{}", paths::page(&paths::postmortem(&postmortem.id)));
    Some(Dot { at, seconds: seconds.unwrap_or(0), rank: severity.map(|severity| severity.rank), href, title })
}

/// A line of the table beside a plot.
#[derive(Serialize)]
pub(in crate::render::wiki) struct Row {
    postmortem: PostmortemRow,
    value: Option<String>,
    precision: Option<&'static str>,
    is_rough: bool,
}

fn row(wiki: &Wiki, value: &MetricValue<'_>) -> Row {
    Row {
        postmortem: postmortem_row(wiki, value.postmortem),
        value: value.measured.map(|measured| wiki.look.format().duration(measured.seconds)),
        precision: value.measured.map(|measured| precision(measured.precision)),
        is_rough: value.measured.is_some_and(|measured| !measured.is_countable()),
    }
}

/// The key of the message for a precision.
fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "precision_exact",
        Precision::Minute => "precision_minute",
        Precision::Estimated => "precision_estimated",
        Precision::Hour => "precision_hour",
        Precision::Day => "precision_day",
    }
}

/// A severity and its shape.
#[derive(Serialize)]
pub(in crate::render::wiki) struct Key {
    /// An SVG element.
    shape: String,
    name: String,
}

/// The severities among these postmortems, worst first; unknown last.
pub(in crate::render::wiki) fn legend<'a>(
    wiki: &Wiki,
    postmortems: impl IntoIterator<Item = &'a Postmortem>,
) -> Vec<Key> {
    let ranks: BTreeSet<(usize, String)> =
        postmortems.into_iter().map(|postmortem| rank_and_name(wiki, postmortem)).collect();
    let key = |(rank, name)| Key { shape: plot::shape(Some(rank).filter(|rank| *rank < usize::MAX)), name };
    ranks.into_iter().map(key).collect()
}

fn rank_and_name(wiki: &Wiki, postmortem: &Postmortem) -> (usize, String) {
    match &postmortem.severity {
        Some(severity) => (severity.rank, severity.name.to_string()),
        None => (usize::MAX, wiki.look.theme.messages.get("severity_unknown").to_owned()),
    }
}
