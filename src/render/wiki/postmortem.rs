//! The page of a postmortem, and the list of all of them.

use std::sync::Arc;

use serde::Serialize;

use super::{Head, Wiki, paths, render};
use crate::model::Postmortem;
use crate::output::Made;
use crate::render::html::parts::clock;
use crate::theme::Form;
use crate::view::Metric;

/// One report in a list.
#[derive(Serialize)]
pub(super) struct Line {
    path: String,
    label: String,
    title: String,
    severity: Option<String>,
    status: String,
    /// An element.
    happened: Option<String>,
    recover: Option<String>,
}

/// The reports as lines of a list, in the order given.
pub(super) fn lines<'a>(wiki: &Wiki, reports: impl Iterator<Item = &'a Arc<Postmortem>>) -> Vec<Line> {
    reports.map(|report| line(wiki, report)).collect()
}

fn line(wiki: &Wiki, report: &Postmortem) -> Line {
    let recover = Metric::Recover.of(report, wiki.committed.get(&report.id).copied());
    Line {
        path: paths::page(&paths::postmortem(&report.id)),
        label: report.label.clone(),
        title: report.title.clone(),
        severity: report.severity.as_ref().map(|severity| severity.name.to_string()),
        status: wiki.theme.messages.get(&format!("report_{}", report.status.word())).to_owned(),
        happened: report.happened().map(|time| clock(wiki, time, Form::Full)),
        recover: recover.map(|taken| wiki.format().duration(taken.seconds)),
    }
}

#[derive(Serialize)]
struct List {
    reports: Vec<Line>,
}

pub(super) fn list(wiki: &Wiki) -> Made {
    let list = List { reports: lines(wiki, wiki.site.postmortems.iter().rev()) };
    render(wiki, "postmortems.html", &Head::new("postmortems/", wiki.theme.messages.get("postmortems")), &list)
}

#[derive(Serialize)]
struct Page {
    report: Line,
    preface: String,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    anchor: String,
    heading: String,
    /// HTML.
    body: String,
}

pub(super) fn page(wiki: &Wiki, index: usize) -> Made {
    let report = &wiki.site.postmortems[index];
    let head = Head::new(paths::postmortem(&report.id), &*report.title);
    let root = head.root();
    let sections = report.sections.iter().enumerate().map(|(index, section)| Section {
        anchor: format!("section-{}", index + 1),
        heading: section.heading.clone(),
        body: wiki.html(&section.body, &root, 3),
    });
    let page = Page {
        report: line(wiki, report),
        preface: wiki.html(&report.preface, &root, 2),
        sections: sections.collect(),
    };
    render(wiki, "postmortem.html", &head, &page)
}
