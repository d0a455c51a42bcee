//! The page of a postmortem, and the list of all of them.

mod comparison;
pub(super) mod facts;
mod phases;
mod relations;
pub(super) mod review;
mod sections;
mod similar;
mod timeline;

use std::sync::Arc;

use serde::Serialize;

use super::comparison::verdict;
use super::filter::{FilterMarks, ListFilter, filter};
use super::judgement::Judgement;
use super::{Wiki, WikiPageHead, actions, paths, render};
use crate::model::{Mark, Postmortem, Severity};
use crate::output::Made;
use crate::view::Metric;

/// A postmortem in a list: every table of postmortems has these, and what it adds beside them.
#[derive(Clone, Serialize)]
pub(super) struct PostmortemRow {
    path: String,
    label: String,
    pub(super) title: String,
    severity: Option<String>,
    /// The class that gives a severity its shape and colour.
    shape: &'static str,
    status: String,
    /// The day, as a date.
    day: Option<String>,
    recover: Option<String>,
    cause: Option<Named>,
    /// Against the one before of the same cause.
    verdict: Option<Judgement>,
    marks: FilterMarks,
}

/// Something with a page of its own.
#[derive(Clone, Serialize)]
pub(super) struct Named {
    pub(super) path: String,
    pub(super) name: String,
}

impl Named {
    pub(super) fn new(folder: &str, name: impl Into<String>) -> Named {
        Named { path: paths::page(folder), name: name.into() }
    }
}

/// The postmortems as lines of a list, in the order given.
pub(super) fn postmortem_rows<'a>(
    wiki: &Wiki,
    postmortems: impl Iterator<Item = &'a Arc<Postmortem>>,
) -> Vec<PostmortemRow> {
    postmortems.map(|postmortem| postmortem_row(wiki, postmortem)).collect()
}

pub(super) fn postmortem_row(wiki: &Wiki, postmortem: &Postmortem) -> PostmortemRow {
    let recover = wiki.measure(Metric::Recover, postmortem);
    let happened = postmortem.happened();
    PostmortemRow {
        path: paths::page(&paths::postmortem(&postmortem.id)),
        label: postmortem.label.clone(),
        title: postmortem.title.clone(),
        severity: postmortem.severity.as_ref().map(|severity| severity.name.to_string()),
        shape: shape(postmortem.severity.as_ref()),
        status: wiki.look.theme.messages.get(&format!("postmortem_{}", postmortem.status.word())).to_owned(),
        day: happened.map(|time| wiki.look.format().day_of(time)),
        recover: recover.map(|measured| wiki.look.format().duration(measured.seconds)),
        cause: postmortem.cause.as_ref().map(|cause| Named::new(&paths::cause(cause), wiki.cause_title(cause))),
        verdict: wiki.step_of(&postmortem.id).map(|(step, _)| verdict(wiki, step.previous.verdict)),
        marks: FilterMarks::of_postmortem(wiki, postmortem).owned_by(postmortem.owner.as_deref()),
    }
}

/// The class whose form and colour a severity takes: the worst ones as a major outage, and so on down.
fn shape(severity: Option<&Severity>) -> &'static str {
    match severity.map(|severity| severity.rank) {
        Some(0) => "major_outage",
        Some(1) => "partial_outage",
        Some(2) => "degraded_performance",
        Some(_) => "under_maintenance",
        None => "unknown",
    }
}

#[derive(Serialize)]
struct PostmortemList {
    filter: Option<ListFilter>,
    years: Vec<YearOfPostmortems>,
    count: String,
}

/// The postmortems of a year, newest first.
#[derive(Serialize)]
struct YearOfPostmortems {
    /// None for postmortems of which nobody knows when it happened.
    year: Option<i32>,
    postmortems: Vec<PostmortemRow>,
}

pub(super) fn list(wiki: &Wiki) -> Made {
    let mut years: Vec<YearOfPostmortems> = Vec::new();
    for postmortem in wiki.site.postmortems.iter().rev() {
        let year = postmortem.happened().map(|time| wiki.site.settings.zone.date(time).year());
        match years.iter_mut().find(|known| known.year == year) {
            Some(known) => known.postmortems.push(postmortem_row(wiki, postmortem)),
            None => years.push(YearOfPostmortems { year, postmortems: vec![postmortem_row(wiki, postmortem)] }),
        }
    }
    let filter = filter(wiki, years.iter().flat_map(|year| &year.postmortems).map(|row| &row.marks));
    let count = wiki.look.theme.messages.count("pm_postmortems", wiki.site.postmortems.len());
    let list = PostmortemList { filter, years, count };
    render(
        wiki,
        "postmortems.html",
        &WikiPageHead::new("postmortems/", wiki.look.theme.messages.get("postmortems")),
        &list,
    )
}

#[derive(Serialize)]
struct PostmortemPage {
    postmortem: PostmortemRow,
    facts: facts::Facts,
    phases: Option<phases::PhaseBar>,
    comparison: Option<comparison::ComparisonTable>,
    process_change: Option<String>,
    preface: String,
    sections: Vec<sections::ShownSection>,
    marks: Vec<facts::MarkRow>,
    times: Vec<facts::TimeRow>,
    related: relations::Related,
    candidates: Vec<similar::Candidate>,
    tags: Vec<Named>,
    previous: Option<PostmortemRow>,
    next: Option<PostmortemRow>,
}

pub(super) fn page(wiki: &Wiki, index: usize) -> Made {
    let all = &wiki.site.postmortems;
    let postmortem = &all[index];
    let head = WikiPageHead::new(paths::postmortem(&postmortem.id), &*postmortem.title);
    let root = head.root();
    let started = postmortem.marks.at(Mark::Started);
    let page = PostmortemPage {
        postmortem: postmortem_row(wiki, postmortem),
        facts: facts::facts(wiki, postmortem),
        phases: phases::phase_bar(wiki, &postmortem.marks),
        comparison: comparison::comparison(wiki, postmortem),
        process_change: postmortem.process_change.as_ref().map(|text| wiki.html(text, &root, 4)),
        preface: wiki.html(&postmortem.preface, &root, 2),
        sections: sections::sections(wiki, postmortem, &root),
        marks: facts::marks(wiki, &postmortem.marks, started),
        times: facts::times(wiki, postmortem),
        related: relations::related(wiki, postmortem),
        candidates: similar::candidates(wiki, index),
        tags: postmortem.tags.iter().map(|tag| Named::new(&paths::tag(tag), &**tag)).collect(),
        previous: index.checked_sub(1).map(|before| postmortem_row(wiki, &all[before])),
        next: all.get(index + 1).map(|after| postmortem_row(wiki, after)),
    };
    render(wiki, "postmortem.html", &head, &page)
}
