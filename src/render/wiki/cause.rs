//! Causes: which came back, how it went each time, and the page of one.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::comparison::{Against, against, verdict};
use super::judgement::Judgement;
use super::metrics::figure::gist;
use super::metrics::values::{Key, Row, Values, dot, legend};
use super::plot::scale::{Axis, PlottedTime};
use super::plot::{self, Dot, LARGE, Plot, PlotLine, PlotLineKind};
use super::postmortem::{PostmortemRow, postmortem_row};
use super::{Wiki, WikiPageHead, actions, paths, render};
use crate::model::{Id, Postmortem, Precision};
use crate::output::Made;
use crate::view::{self, ActionState, Chain, Metric, Step};

/// Every cause that a postmortem names, by id.
pub(super) fn ids(wiki: &Wiki) -> Vec<Id> {
    let mut ids: Vec<Id> = wiki.site.postmortems.iter().filter_map(|postmortem| postmortem.cause.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The postmortems of a chain, oldest first.
pub(super) fn postmortems<'a>(wiki: &'a Wiki, chain: &Chain) -> Vec<&'a Postmortem> {
    chain.postmortems.iter().map(|postmortem| &*wiki.site.postmortems[*postmortem]).collect()
}

/// When a cause was seen last.
pub(super) fn last_seen(wiki: &Wiki, chain: &Chain) -> Option<crate::time::Time> {
    postmortems(wiki, chain).iter().rev().find_map(|postmortem| postmortem.happened())
}

/// What a chain is called: its cause, or the title of its first postmortem.
pub(super) fn name(wiki: &Wiki, chain: &Chain) -> String {
    match (&chain.cause, chain.postmortems.first()) {
        (Some(cause), _) => wiki.cause_title(cause),
        (None, Some(first)) => wiki.site.postmortems[*first].title.clone(),
        (None, None) => String::new(),
    }
}

/// Where more is said of a chain: the page of its cause, or of its first postmortem.
pub(super) fn path(wiki: &Wiki, chain: &Chain) -> String {
    let first = chain.postmortems.first().map(|first| paths::postmortem(&wiki.site.postmortems[*first].id));
    paths::page(&chain.cause.as_ref().map(paths::cause).or(first).unwrap_or_default())
}

/// `Seen 4 times, last on 5 Nov 2026`
pub(super) fn seen(wiki: &Wiki, chain: &Chain) -> Option<String> {
    let times = wiki.look.theme.messages.count("times_seen", chain.postmortems.len());
    let last = wiki.look.format().day_of(last_seen(wiki, chain)?);
    let key = if chain.postmortems.len() == 1 { "seen_once" } else { "seen" };
    Some(wiki.look.theme.messages.fill(key, &[("times", &times), ("last", &last)]))
}

#[derive(Serialize)]
struct CauseList {
    rows: Vec<CauseRow>,
    legend: Vec<Key>,
    range: Option<String>,
    /// How many postmortems name no cause and are related to none, in words.
    nameless: Option<String>,
}

#[derive(Serialize)]
struct CauseRow {
    path: String,
    name: String,
    /// An SVG element.
    dots: String,
    n: usize,
    last: Option<String>,
    verdict: Option<Judgement>,
}

pub(super) fn list(wiki: &Wiki) -> Made {
    let head = WikiPageHead::new("causes/", wiki.look.theme.messages.get("causes"));
    let all: Vec<&Postmortem> = wiki.site.postmortems.iter().map(|postmortem| &**postmortem).collect();
    let mut chains: Vec<&Chain> = wiki.known.learning.chains.iter().collect();
    chains.sort_by_key(|chain| std::cmp::Reverse(last_seen(wiki, chain)));
    let named: usize = chains.iter().map(|chain| chain.postmortems.len()).sum();
    let span = PlottedTime::over(all.iter().filter_map(|postmortem| postmortem.happened()));
    let root = head.root();
    let rows = span.iter().flat_map(|span| chains.iter().map(|chain| cause_row(wiki, &root, chain, *span)));
    let list = CauseList {
        rows: rows.collect(),
        legend: legend(wiki, all.iter().copied()),
        range: super::metrics::figure::days(wiki, all.iter().filter_map(|postmortem| postmortem.happened())),
        nameless: (named < all.len()).then(|| wiki.look.theme.messages.count("nameless", all.len() - named)),
    };
    render(wiki, "causes.html", &head, &list)
}

fn cause_row(wiki: &Wiki, root: &str, chain: &Chain, span: PlottedTime) -> CauseRow {
    let (name, members) = (name(wiki, chain), postmortems(wiki, chain));
    let dots: Vec<Dot> = members.iter().filter_map(|postmortem| dot(wiki, root, postmortem, None)).collect();
    let label = format!("{name}: {}", wiki.look.theme.messages.count("times_seen", members.len()));
    CauseRow {
        path: path(wiki, chain),
        dots: plot::row(&dots, span, &label),
        n: members.len(),
        last: last_seen(wiki, chain).map(|at| wiki.look.format().day_of(at)),
        verdict: chain.steps.last().map(|step| verdict(wiki, step.previous.verdict)),
        name,
    }
}

#[derive(Serialize)]
struct CausePage {
    /// As it stands in files.
    id: Option<String>,
    /// How often and when, in words.
    seen: Option<String>,
    verdict: Option<Judgement>,
    links: Vec<ChainLink>,
    /// An SVG element, if there is more than one recovery to draw.
    plot: Option<String>,
    /// `goal next time: 21 min`
    next_goal: Option<String>,
    legend: Vec<Key>,
    rows: Vec<Row>,
    factors: Vec<Repeated>,
    actions: Vec<actions::ActionRow>,
    /// `16 actions, 2 open`
    summary: String,
}

/// One postmortem of the chain.
#[derive(Serialize)]
struct ChainLink {
    postmortem: PostmortemRow,
    /// In minutes.
    detect: Option<String>,
    identify: Option<String>,
    recover: Option<String>,
    /// None for the first.
    against: Option<Against>,
}

/// A factor, and in how many postmortems it stands, in words.
#[derive(Serialize)]
struct Repeated {
    text: String,
    postmortems: String,
}

pub(super) fn page(wiki: &Wiki, id: Id) -> Made {
    let head = WikiPageHead::new(paths::cause(&id), wiki.cause_title(&id));
    let has = |chain: &&Chain| postmortems(wiki, chain).iter().any(|postmortem| postmortem.cause.as_ref() == Some(&id));
    let none = || Chain { cause: Some(id.clone()), postmortems: Vec::new(), steps: Vec::new(), next_goal: None };
    let chain = wiki.known.learning.chains.iter().find(has).cloned().unwrap_or_else(none);
    render(wiki, "cause.html", &head, &content(wiki, &head.root(), &chain))
}

fn content(wiki: &Wiki, root: &str, chain: &Chain) -> CausePage {
    let members = postmortems(wiki, chain);
    let values = Values::of(wiki, Metric::Recover, members.iter().copied());
    CausePage {
        id: chain.cause.as_ref().map(ToString::to_string),
        seen: seen(wiki, chain),
        verdict: chain.steps.last().map(|step| verdict(wiki, step.previous.verdict)),
        links: links(wiki, chain),
        plot: picture(wiki, root, chain, &values),
        next_goal: chain.next_goal.map(|goal| in_words(wiki, goal)),
        legend: legend(wiki, members.iter().copied()),
        rows: values.rows(wiki),
        factors: factors(wiki, &chain.steps),
        actions: tasks(wiki, chain),
        summary: actions::summary(wiki, &shared(wiki, chain)),
    }
}

fn links(wiki: &Wiki, chain: &Chain) -> Vec<ChainLink> {
    let link = |postmortem: &usize| {
        let step = chain.steps.iter().find(|step| step.postmortem == *postmortem);
        let postmortem = &wiki.site.postmortems[*postmortem];
        ChainLink {
            postmortem: postmortem_row(wiki, postmortem),
            detect: minutes(wiki, Metric::Detect, postmortem),
            identify: minutes(wiki, Metric::Identify, postmortem),
            recover: minutes(wiki, Metric::Recover, postmortem),
            against: step.map(|step| against(wiki, step)),
        }
    };
    chain.postmortems.iter().map(link).collect()
}

/// The recoveries of the chain, each with the goal that the one before had set.
fn picture(wiki: &Wiki, root: &str, chain: &Chain, values: &Values<'_>) -> Option<String> {
    let dots = values.dots(wiki, root);
    let lines = goals(wiki, chain);
    let span = PlottedTime::over(dots.iter().map(|dot| dot.at).chain([wiki.look.now()]))?;
    let axis = Axis::around(dots.iter().map(|dot| dot.seconds).chain(lines.iter().map(|line| line.seconds)));
    let label = gist(wiki, values);
    let plot = Plot { dots: &dots, lines: &lines, axis, span, size: LARGE, label: &label };
    (dots.len() > 1).then(|| plot.svg(&wiki.look.format()))
}

/// From one postmortem to the next the goal that holds, and the one from the last on.
fn goals(wiki: &Wiki, chain: &Chain) -> Vec<PlotLine> {
    let members = postmortems(wiki, chain);
    let happened = |place: usize| members.get(place).and_then(|postmortem| postmortem.happened());
    let line = |seconds, from, until| PlotLine { kind: PlotLineKind::Goal, seconds, from, until, label: String::new() };
    let steps = chain
        .steps
        .iter()
        .enumerate()
        .filter_map(|(place, step)| Some(line(step.goal?, happened(place), happened(place + 1))));
    let last = members.len().checked_sub(1).and_then(happened);
    let next = chain.next_goal.map(|seconds| line(seconds, last, None));
    steps.chain(next).collect()
}

fn in_words(wiki: &Wiki, goal: i64) -> String {
    wiki.look.theme.messages.fill("next_goal", &[("time", &wiki.look.format().duration(goal))])
}

/// What contributed again, the most frequent first.
fn factors(wiki: &Wiki, steps: &[Step]) -> Vec<Repeated> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for factor in steps.iter().flat_map(|step| &step.repeated_factors) {
        *counts.entry(factor).or_default() += 1;
    }
    let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let postmortems = |n: usize| wiki.look.theme.messages.count("in_postmortems", n + 1);
    sorted.into_iter().map(|(text, n)| Repeated { text: text.to_owned(), postmortems: postmortems(n) }).collect()
}

/// As [`postmortems`], for what works on lists of postmortems.
fn shared(wiki: &Wiki, chain: &Chain) -> Vec<Arc<Postmortem>> {
    chain.postmortems.iter().map(|place| Arc::clone(&wiki.site.postmortems[*place])).collect()
}

/// The actions of the chain, in the order of its postmortems and of each postmortem.
fn tasks(wiki: &Wiki, chain: &Chain) -> Vec<actions::ActionRow> {
    let members = shared(wiki, chain);
    let mut states = view::actions(&members, wiki.site.settings.zone, wiki.look.now());
    let place = |state: &ActionState| members.iter().position(|postmortem| postmortem.id == state.postmortem.id);
    states.sort_by_key(|state| (place(state), state.index));
    states.iter().map(|state| actions::row(wiki, state)).collect()
}

/// A time in whole minutes, for a column of a table; `≈` before one that is not known to the minute.
fn minutes(wiki: &Wiki, metric: Metric, postmortem: &Postmortem) -> Option<String> {
    let measured = wiki.measure(metric, postmortem)?;
    let about = if matches!(measured.precision, Precision::Exact | Precision::Minute) { "" } else { "≈ " };
    Some(format!("{about}{}", measured.seconds / 60))
}
