//! The sections of a report as written, each with what the front matter knows about its subject.

use std::sync::Arc;

use serde::Serialize;

use super::facts::{HarmFigure, harm};
use super::timeline::{Picture, picture};
use super::{Wiki, actions};
use crate::model::{self, Postmortem, SectionKind};

#[derive(Serialize)]
pub(super) struct Section {
    anchor: String,
    heading: String,
    /// A word on the section beside its heading, in the list of contents too.
    count: Option<String>,
    /// HTML.
    body: String,
    harm: Vec<HarmFigure>,
    picture: Option<Picture>,
    actions: Vec<actions::Row>,
    /// For the external message: whether it is public.
    told: Option<bool>,
}

/// What is written, and what is known about a subject of which nothing is written.
pub(super) fn sections(wiki: &Wiki, report: &Arc<Postmortem>, root: &str) -> Vec<Section> {
    let mut all: Vec<(SectionKind, Section)> =
        report.sections.iter().map(|section| (section.kind, written(wiki, report, section, root))).collect();
    for kind in [SectionKind::Impact, SectionKind::Timeline, SectionKind::Actions] {
        if report.section(kind).is_none() {
            let added = with_facts(wiki, report, kind, empty(wiki, kind));
            if !added.is_empty() {
                all.push((kind, added));
            }
        }
    }
    let numbered = all
        .into_iter()
        .enumerate()
        .map(|(index, (_, section))| Section { anchor: format!("section-{}", index + 1), ..section });
    numbered.collect()
}

fn written(wiki: &Wiki, report: &Arc<Postmortem>, section: &model::Section, root: &str) -> Section {
    let is_first = report.section(section.kind).is_some_and(|first| std::ptr::eq(first, section));
    let text = Section {
        heading: section.heading.clone(),
        body: wiki.html(&section.body, root, 3),
        ..empty(wiki, section.kind)
    };
    // Two sections of one kind are written by mistake; the facts stand in the first.
    if is_first { with_facts(wiki, report, section.kind, text) } else { text }
}

fn empty(wiki: &Wiki, kind: SectionKind) -> Section {
    let heading = match kind {
        SectionKind::Impact => "pm_impact",
        SectionKind::Timeline => "pm_timeline",
        _ => "pm_action_items",
    };
    Section {
        anchor: String::new(),
        heading: wiki.theme.messages.get(heading).to_owned(),
        count: None,
        body: String::new(),
        harm: Vec::new(),
        picture: None,
        actions: Vec::new(),
        told: None,
    }
}

fn with_facts(wiki: &Wiki, report: &Arc<Postmortem>, kind: SectionKind, section: Section) -> Section {
    match kind {
        SectionKind::Impact => Section { harm: harm(wiki, &report.harm), ..section },
        SectionKind::Timeline => Section { picture: picture(wiki, report), ..section },
        SectionKind::Actions => {
            let count = (!report.actions.is_empty()).then(|| actions::summary(wiki, std::slice::from_ref(report)));
            Section { actions: actions::of(wiki, report), count, ..section }
        }
        SectionKind::ExternalMessage => Section { told: Some(report.publish), ..section },
        _ => section,
    }
}

impl Section {
    fn is_empty(&self) -> bool {
        self.body.is_empty() && self.harm.is_empty() && self.picture.is_none() && self.actions.is_empty()
    }
}
