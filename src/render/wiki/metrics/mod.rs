//! The numbers: seven times, who noticed first, how many incidents, and recovery by cause and component.

pub(super) mod counts;
pub(super) mod figure;
pub(super) mod values;

use std::collections::BTreeMap;

use serde::Serialize;

use super::plot::scale::{Axis, PlottedTime};
use super::plot::{Plot, SMALL};
use super::{Wiki, WikiPageHead, paths, render};
use crate::model::{Id, Postmortem};
use crate::output::Made;
use crate::view::{Metric, Sample, trend};
use counts::{Months, Noticed, months, noticed};
use figure::{Figure, TrendInWords, days, figure, gist, median, say};
use values::{Key, Values, legend};

#[derive(Serialize)]
struct MetricsPage {
    postmortems: usize,
    /// Which postmortems, in words.
    range: Option<String>,
    legend: Vec<Key>,
    figures: Vec<Figure>,
    noticed: Noticed,
    months: Option<Months>,
    causes: Vec<Multiple>,
    components: Vec<Multiple>,
}

/// The recoveries of one cause or component.
#[derive(Serialize)]
struct Multiple {
    path: String,
    name: String,
    n: usize,
    median: Option<String>,
    /// An SVG element.
    plot: String,
    finding: TrendInWords,
    values: Vec<(String, String)>,
}

/// From so many recoveries on a cause or a component gets a picture.
const MULTIPLE_FROM: usize = 2;

pub(super) fn page(wiki: &Wiki) -> Made {
    let head = WikiPageHead::new("metrics/", wiki.look.theme.messages.get("metrics"));
    let root = head.root();
    let postmortems: Vec<&Postmortem> = wiki.site.postmortems.iter().map(|postmortem| &**postmortem).collect();
    let span = PlottedTime::over(postmortems.iter().filter_map(|postmortem| postmortem.happened()));
    let of = |metric| figure(wiki, &root, &Values::of(wiki, metric, postmortems.iter().copied()), span);
    let figures = Metric::ALL.map(of);
    let page = MetricsPage {
        postmortems: postmortems.len(),
        range: days(wiki, postmortems.iter().filter_map(|postmortem| postmortem.happened())),
        legend: legend(wiki, postmortems.iter().copied()),
        figures: figures.into(),
        noticed: noticed(wiki, &postmortems),
        months: months(wiki),
        causes: multiples(wiki, &root, &postmortems, span, |postmortem| postmortem.cause.as_slice(), by_cause),
        components: multiples(wiki, &root, &postmortems, span, |postmortem| &postmortem.components, by_component),
    };
    render(wiki, "metrics.html", &head, &page)
}

fn by_cause(wiki: &Wiki, id: &Id) -> (String, String) {
    (wiki.cause_title(id), paths::cause(id))
}

fn by_component(wiki: &Wiki, id: &Id) -> (String, String) {
    (wiki.look.component_name(id), paths::component(id))
}

/// A picture for each of what `ids` names, on common axes, the most frequent first.
fn multiples(
    wiki: &Wiki,
    root: &str,
    postmortems: &[&Postmortem],
    span: Option<PlottedTime>,
    ids: impl Fn(&Postmortem) -> &[Id],
    name: fn(&Wiki, &Id) -> (String, String),
) -> Vec<Multiple> {
    let mut groups: BTreeMap<&Id, Vec<&Postmortem>> = BTreeMap::new();
    for postmortem in postmortems {
        ids(postmortem).iter().for_each(|id| groups.entry(id).or_default().push(postmortem));
    }
    let all = groups.into_iter().map(|(id, group)| (id, Values::of(wiki, Metric::Recover, group)));
    let mut found: Vec<(&Id, Values<'_>)> = all.filter(|(_, values)| values.counted().len() >= MULTIPLE_FROM).collect();
    found.sort_by_key(|(_, values)| std::cmp::Reverse(values.counted().len()));
    let axis = Axis::around(found.iter().flat_map(|(_, values)| values.counted()));
    let Some(span) = span else { return Vec::new() };
    found.iter().map(|(id, values)| multiple(wiki, root, name(wiki, id), values, (axis, span))).collect()
}

fn multiple(
    wiki: &Wiki,
    root: &str,
    (name, folder): (String, String),
    values: &Values<'_>,
    (axis, span): (Axis, PlottedTime),
) -> Multiple {
    let (dots, counted) = (values.dots(wiki, root), values.counted());
    let label = format!("{name}: {}", gist(wiki, values));
    let lines = Vec::from_iter(median(wiki, values));
    let plot = Plot { dots: &dots, lines: &lines, axis, span, size: SMALL, label: &label };
    Multiple {
        path: paths::page(&folder),
        plot: plot.svg(&wiki.look.format()),
        n: counted.len(),
        median: Sample::new(counted.iter().copied()).median().map(|median| wiki.look.format().duration(median)),
        finding: say(wiki, trend(&counted)),
        values: dots.iter().map(|dot| (dot.href.clone(), dot.title.clone())).collect(),
        name,
    }
}
