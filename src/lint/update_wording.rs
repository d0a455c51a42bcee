//! CU001 to CU009: wording of what customers are told about incidents and planned work. Announcements are
//! written in quiet hours and promise on purpose, and internal incidents have other readers.

use std::sync::Arc;

use super::of_update;
use super::wording::{common, unknown_rules};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{Document, Path};
use crate::markdown::{Switch, prose};
use crate::model::{ComponentStatus, Impact, Incident, IncidentStatus, Maintenance, Pattern, Site};
use crate::view::incident_snapshots;
use crate::wording::{TextKind, UpdateContext, UpdateRules, WordingFinding, proposal};
use crate::yaml::key;

/// The rules as the site has them.
pub(super) struct UpdateWording {
    pub(super) rules: UpdateRules,
    /// What the site names as private.
    private: Vec<Pattern>,
}

/// Planned work, and what stands beside no update.
const CALM: UpdateContext = UpdateContext { kind: TextKind::Maintenance, is_down: false, is_minor: true };

impl UpdateWording {
    pub(super) fn of(site: &Site) -> UpdateWording {
        let known = site.components.iter().flat_map(|component| [&*component.name, &*component.id]);
        let rules = UpdateRules::new(common(site), known, &site.internal.allowed);
        UpdateWording { rules, private: site.internal.private_patterns.clone() }
    }

    /// Texts are taken from what the file means and only their places from the file: most say nothing that a rule finds.
    pub(super) fn incident(&self, incident: &Arc<Incident>, document: &Document) -> Vec<Diagnostic> {
        let contexts = contexts(incident);
        let title = UpdateContext { kind: TextKind::Title, ..contexts.first().copied().unwrap_or(CALM) };
        let mut advice = self.text(document, &incident.title, &key("title"), &title);
        for (index, (update, context)) in incident.updates.iter().zip(&contexts).enumerate() {
            advice.extend(self.text(document, &update.body, &of_update(index, "body"), context));
        }
        advice.extend(self.body(document, contexts.last().unwrap_or(&CALM)));
        advice
    }

    pub(super) fn maintenance(&self, work: &Maintenance, document: &Document) -> Vec<Diagnostic> {
        let mut advice = self.text(document, &work.title, &key("title"), &CALM);
        for (index, update) in work.updates.iter().enumerate() {
            advice.extend(self.text(document, &update.body, &of_update(index, "body"), &CALM));
        }
        advice.extend(self.body(document, &CALM));
        advice
    }

    fn text(&self, document: &Document, text: &str, path: &Path, context: &UpdateContext) -> Vec<Diagnostic> {
        let (mut places, mut comments) = (document.phrase_places(path), document.phrase_places(path));
        let mut comment = |switch: &Switch| comments.of(&text[switch.at.clone()]);
        self.advice(text, context, &mut |finding| places.of(&finding.phrase), &mut comment)
    }

    /// What stands below the front matter is shown with the updates.
    fn body(&self, document: &Document, context: &UpdateContext) -> Vec<Diagnostic> {
        let mut place = |finding: &WordingFinding| document.place_in_body(finding.at.clone());
        let mut comment = |switch: &Switch| document.place_in_body(switch.at.clone());
        self.advice(document.body(), context, &mut place, &mut comment)
    }

    fn advice(
        &self,
        text: &str,
        context: &UpdateContext,
        place: &mut dyn FnMut(&WordingFinding) -> Place,
        comment: &mut dyn FnMut(&Switch) -> Place,
    ) -> Vec<Diagnostic> {
        let findings = self.rules.findings(text, context);
        let findings = findings.iter().filter(|finding| !self.is_for_the_guard(finding));
        let mut advice: Vec<Diagnostic> = findings.map(|finding| diagnostic(finding, place(finding))).collect();
        if text.contains("<!--") {
            let switches = prose(text).switches;
            advice.extend(switches.iter().flat_map(|switch| unknown_rules(switch, &comment(switch))));
        }
        advice
    }

    /// What the site names as private is found where it is about to be published, in words or elsewhere; to
    /// report it here as well would hide the other places.
    fn is_for_the_guard(&self, finding: &WordingFinding) -> bool {
        let name = finding.phrase.to_lowercase();
        finding.code == Code::InternalDetail && self.private.iter().any(|pattern| pattern.meaning.covers_name(&name))
    }
}

/// The moment of each update.
fn contexts(incident: &Arc<Incident>) -> Vec<UpdateContext> {
    let Some(last) = incident.updates.last() else { return Vec::new() };
    let snapshot = incident_snapshots(&[Arc::clone(incident)], last.at);
    let statuses = snapshot.iter().flat_map(|snapshot| snapshot.statuses());
    let contexts = incident.updates.iter().zip(statuses).map(|(update, components)| UpdateContext {
        kind: kind(update.status),
        is_down: components.values().any(|status| *status == ComponentStatus::MajorOutage),
        is_minor: incident.impact <= Impact::Minor,
    });
    contexts.collect()
}

fn kind(status: IncidentStatus) -> TextKind {
    match status {
        IncidentStatus::Investigating => TextKind::Investigating,
        IncidentStatus::Identified => TextKind::Identified,
        IncidentStatus::Monitoring => TextKind::Monitoring,
        IncidentStatus::Resolved => TextKind::Resolved,
    }
}

fn diagnostic(finding: &WordingFinding, place: Place) -> Diagnostic {
    let message = format!("{}: `{}`", subject(finding.code), finding.phrase);
    let advice = Diagnostic { severity: finding.severity, ..Diagnostic::warning(finding.code, message) };
    advice.at(place).help(proposal(finding.code))
}

/// What the phrase is to those who read it.
fn subject(code: Code) -> &'static str {
    match code {
        Code::TimeOfRepair => "this promises a time of repair",
        Code::Soon => "this names no time",
        Code::PromisedRepair => "this promises a repair before the cause is known",
        Code::Guarantee => "this promises what nobody can know yet",
        Code::VendorBlamed => "this blames another company",
        Code::Guess => "this is a guess",
        Code::NoOutage => "nothing is down altogether, so this says more than there is",
        Code::Belittled => "this makes light of the trouble of customers",
        Code::InternalDetail => "customers can do nothing with this detail of the inside",
        _ => "this is worth another word",
    }
}
