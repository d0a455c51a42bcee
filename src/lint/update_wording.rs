//! CU001 to CU009: wording of what customers are told about incidents and planned work. Announcements are
//! written in quiet hours and promise on purpose, and internal incidents have other readers.

use std::sync::Arc;

use super::Now;
use super::wording::{common, unknown_rules};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{At, Document, IncidentDoc, MaintenanceDoc};
use crate::markdown::{Switch, prose};
use crate::model::{ComponentStatus, EntryKind, Impact, Incident, IncidentStatus, Site, Visibility};
use crate::view::incident_snapshots;
use crate::wording::{TextKind, UpdateContext, UpdateRules, WordingFinding, proposal};

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let Now { site, rules, open, .. } = now;
    let mut advice = Vec::new();
    for record in site.incidents.iter().filter(|record| record.visibility == Visibility::Public) {
        open(EntryKind::Incident, &record.incident.id, &mut |document| {
            advice.extend(Reader { site, rules, document }.incident(&record.incident));
        });
    }
    for work in &site.maintenance {
        open(EntryKind::Maintenance, &work.id, &mut |document| {
            advice.extend(Reader { site, rules, document }.maintenance())
        });
    }
    advice
}

/// The rules as the site has them.
pub(super) fn rules(site: &Site) -> UpdateRules {
    let known = site.components.iter().flat_map(|component| [&*component.name, &*component.id]);
    UpdateRules::new(common(site), known, &site.internal.allowed)
}

/// Planned work, and what stands beside no update.
const CALM: UpdateContext = UpdateContext { kind: TextKind::Maintenance, is_down: false, is_minor: true };

struct Reader<'a> {
    site: &'a Site,
    rules: &'a UpdateRules,
    document: &'a Document,
}

impl Reader<'_> {
    fn incident(&self, incident: &Arc<Incident>) -> Vec<Diagnostic> {
        let doc = IncidentDoc::read(self.document);
        let contexts = contexts(incident);
        let title = UpdateContext { kind: TextKind::Title, ..contexts.first().copied().unwrap_or(CALM) };
        let bodies = doc.updates.iter().flat_map(|list| &list.value).zip(&contexts);
        let bodies = bodies.filter_map(|(update, context)| Some((update.body.as_ref()?, context)));
        let texts = doc.title.iter().map(|text| (text, &title)).chain(bodies);
        let mut advice: Vec<Diagnostic> = texts.flat_map(|(text, context)| self.text(text, context)).collect();
        advice.extend(self.body(contexts.last().unwrap_or(&CALM)));
        advice
    }

    fn maintenance(&self) -> Vec<Diagnostic> {
        let doc = MaintenanceDoc::read(self.document);
        let texts = doc.title.iter().chain(doc.updates.iter().filter_map(|update| update.body.as_ref()));
        let mut advice: Vec<Diagnostic> = texts.flat_map(|text| self.text(text, &CALM)).collect();
        advice.extend(self.body(&CALM));
        advice
    }

    fn text(&self, text: &At<String>, context: &UpdateContext) -> Vec<Diagnostic> {
        let place = |phrase: &str| self.document.place_of_phrase(&text.path, phrase);
        let comment = |switch: &Switch| place(&text.value[switch.at.clone()]);
        self.advice(&text.value, context, &|finding| place(&finding.phrase), &comment)
    }

    /// What stands below the front matter is shown with the updates.
    fn body(&self, context: &UpdateContext) -> Vec<Diagnostic> {
        let place = |finding: &WordingFinding| self.document.place_in_body(finding.at.clone());
        let comment = |switch: &Switch| self.document.place_in_body(switch.at.clone());
        self.advice(self.document.body(), context, &place, &comment)
    }

    fn advice(
        &self,
        text: &str,
        context: &UpdateContext,
        place: &dyn Fn(&WordingFinding) -> Place,
        comment: &dyn Fn(&Switch) -> Place,
    ) -> Vec<Diagnostic> {
        let findings = self.rules.findings(text, context);
        let findings = findings.iter().filter(|finding| !self.is_for_the_guard(finding));
        let mut advice: Vec<Diagnostic> = findings.map(|finding| diagnostic(finding, place(finding))).collect();
        let switches = prose(text).switches;
        advice.extend(switches.iter().flat_map(|switch| unknown_rules(switch, &comment(switch))));
        advice
    }

    /// What the site names as private is found where it is about to be published, in words or elsewhere; to
    /// report it here as well would hide the other places.
    fn is_for_the_guard(&self, finding: &WordingFinding) -> bool {
        let name = finding.phrase.to_lowercase();
        let patterns = &self.site.internal.private_patterns;
        finding.code == Code::InternalDetail && patterns.iter().any(|pattern| pattern.meaning.covers_name(&name))
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
