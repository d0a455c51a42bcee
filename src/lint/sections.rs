//! C054: the sections that a postmortem should have once it is read by others. The two worst severities
//! get all of them, the others the four without which nobody can follow.

use super::{Documents, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EntryKind, Postmortem, PostmortemStatus, Section, SectionKind, Site};

/// Severities up to this rank want all sections.
const GRAVE: usize = 1;

/// What every postmortem should have.
const ALWAYS: [SectionKind; 4] =
    [SectionKind::Summary, SectionKind::Impact, SectionKind::Timeline, SectionKind::Factors];

/// What a postmortem of a grave incident should have as well.
const GRAVELY: [SectionKind; 8] = [
    SectionKind::Detection,
    SectionKind::Response,
    SectionKind::Resolution,
    SectionKind::WentWell,
    SectionKind::WentPoorly,
    SectionKind::Lucky,
    SectionKind::Surprised,
    SectionKind::Lessons,
];

pub(super) fn check(site: &Site, documents: &Documents<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for postmortem in site
        .postmortems
        .iter()
        .filter(|postmortem| postmortem.status >= PostmortemStatus::InReview && !postmortem.imported)
    {
        let Some(fault) = fault(postmortem) else { continue };
        let path = key("status");
        found.extend(
            documents(EntryKind::Postmortem, &postmortem.id).map(|document| fault.clone().at(document.place(&path))),
        );
    }
    found
}

fn fault(postmortem: &Postmortem) -> Option<Diagnostic> {
    let is_grave = postmortem.severity.as_ref().is_some_and(|severity| severity.rank <= GRAVE);
    let wanted = ALWAYS.iter().chain(GRAVELY.iter().filter(|_| is_grave));
    let missing: Vec<String> = wanted.filter(|kind| !has(postmortem, **kind)).map(|kind| heading(*kind)).collect();
    if missing.is_empty() {
        return None;
    }
    let severity = postmortem.severity.as_ref().map_or(String::new(), |severity| format!(" of {}", severity.name));
    let message = format!("a postmortem{severity} should have more sections: {}", missing.join(", "));
    let help = "write them below the front matter, each under a heading of level two; a sentence is enough";
    Some(Diagnostic::warning(Code::MissingSection, message).help(help))
}

/// Whether the postmortem says something of it; factors may stand in the front matter instead.
fn has(postmortem: &Postmortem, kind: SectionKind) -> bool {
    let is_written = |section: &Section| section.kind == kind && !section.body.trim().is_empty();
    postmortem.sections.iter().any(is_written) || (kind == SectionKind::Factors && !postmortem.factors.is_empty())
}

/// A kind as a heading: `Contributing factors`.
fn heading(kind: SectionKind) -> String {
    let (first, rest) = kind.word().split_at(1);
    format!("`{}{rest}`", first.to_uppercase())
}
