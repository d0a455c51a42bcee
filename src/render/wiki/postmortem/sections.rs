//! The sections of a postmortem as written, each with what the front matter knows about its subject.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::facts::{ImpactFigure, customer_impact};
use super::timeline::{Picture, picture};
use super::{Wiki, actions};
use crate::model::{self, Id, Postmortem, SectionKind};

/// What the page itself calls its parts.
const IDS: [&str; 8] = ["main", "again", "carried", "marks", "times", "related", "chain", "candidates"];

#[derive(Serialize)]
pub(super) struct ShownSection {
    anchor: String,
    heading: String,
    /// A word on the section beside its heading, in the list of contents too.
    count: Option<String>,
    /// HTML.
    body: String,
    customer_impact: Vec<ImpactFigure>,
    factors: Vec<String>,
    picture: Option<Picture>,
    actions: Vec<actions::ActionRow>,
    /// For the external message: whether it is public.
    told: Option<bool>,
}

/// What is written, and what is known about a subject of which nothing is written.
pub(super) fn sections(wiki: &Wiki, postmortem: &Arc<Postmortem>, root: &str) -> Vec<ShownSection> {
    let mut all: Vec<ShownSection> =
        postmortem.sections.iter().map(|section| written(wiki, postmortem, section, root)).collect();
    for kind in [SectionKind::Impact, SectionKind::Timeline, SectionKind::Factors, SectionKind::Actions] {
        if postmortem.section(kind).is_none() {
            let added = with_facts(wiki, postmortem, kind, empty(wiki, kind));
            if !added.is_empty() {
                all.push(added);
            }
        }
    }
    let mut taken: BTreeMap<String, usize> = IDS.iter().map(|id| ((*id).to_owned(), 2)).collect();
    all.into_iter().map(|section| ShownSection { anchor: anchor(&section.heading, &mut taken), ..section }).collect()
}

/// The name of a section in links: its heading, with a number if that is taken. With each name is noted which number
/// comes next, since all headings may be the same.
fn anchor(heading: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let stem = Id::slug(heading).map_or_else(|| "section".to_owned(), |id| id.to_string());
    let Some(mut next) = taken.get(&stem).copied() else {
        taken.insert(stem.clone(), 2);
        return stem;
    };
    while taken.contains_key(&format!("{stem}-{next}")) {
        next += 1;
    }
    let name = format!("{stem}-{next}");
    taken.insert(stem, next + 1);
    taken.insert(name.clone(), 2);
    name
}

fn written(wiki: &Wiki, postmortem: &Arc<Postmortem>, section: &model::Section, root: &str) -> ShownSection {
    let is_first = postmortem.section(section.kind).is_some_and(|first| std::ptr::eq(first, section));
    let text = ShownSection {
        heading: section.heading.clone(),
        body: wiki.html(&section.body, root, 3),
        ..empty(wiki, section.kind)
    };
    // Two sections of one kind are written by mistake; the facts stand in the first.
    if is_first { with_facts(wiki, postmortem, section.kind, text) } else { text }
}

fn empty(wiki: &Wiki, kind: SectionKind) -> ShownSection {
    let heading = match kind {
        SectionKind::Impact => "pm_impact",
        SectionKind::Timeline => "pm_timeline",
        SectionKind::Factors => "pm_factors",
        _ => "pm_action_items",
    };
    ShownSection {
        anchor: String::new(),
        heading: wiki.look.theme.messages.get(heading).to_owned(),
        count: None,
        body: String::new(),
        customer_impact: Vec::new(),
        factors: Vec::new(),
        picture: None,
        actions: Vec::new(),
        told: None,
    }
}

fn with_facts(wiki: &Wiki, postmortem: &Arc<Postmortem>, kind: SectionKind, section: ShownSection) -> ShownSection {
    match kind {
        SectionKind::Impact => {
            ShownSection { customer_impact: customer_impact(wiki, &postmortem.customer_impact), ..section }
        }
        SectionKind::Factors => ShownSection { factors: postmortem.factors.clone(), ..section },
        SectionKind::Timeline => ShownSection { picture: picture(wiki, postmortem), ..section },
        SectionKind::Actions => {
            let count =
                (!postmortem.actions.is_empty()).then(|| actions::summary(wiki, std::slice::from_ref(postmortem)));
            ShownSection { actions: actions::of(wiki, postmortem), count, ..section }
        }
        SectionKind::ExternalMessage => ShownSection { told: Some(is_told(wiki, postmortem)), ..section },
        _ => section,
    }
}

/// Whether customers read the external message now: from its publication on, while its incident is over.
fn is_told(wiki: &Wiki, postmortem: &Postmortem) -> bool {
    let is_over = wiki
        .incidents
        .iter()
        .any(|snapshot| Some(&snapshot.incident.id) == postmortem.incident.as_ref() && !snapshot.is_open());
    postmortem.publish && is_over && postmortem.published.is_some_and(|at| at <= wiki.look.now())
}

impl ShownSection {
    fn is_empty(&self) -> bool {
        let has_facts = !self.customer_impact.is_empty() || !self.factors.is_empty() || !self.actions.is_empty();
        self.body.is_empty() && !has_facts && self.picture.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_linked_by_its_heading_and_no_two_by_the_same() {
        let mut taken = BTreeMap::from([("marks".to_owned(), 2)]);
        let names = ["What went well", "What went well", "Marks", "?!", "Marks", "Marks 4", "Marks"]
            .map(|heading| anchor(heading, &mut taken));
        assert_eq!(
            names,
            ["what-went-well", "what-went-well-2", "marks-2", "section", "marks-3", "marks-4", "marks-5"]
        );
    }
}
