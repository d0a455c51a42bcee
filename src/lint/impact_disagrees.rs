//! C068: an impact that its author wrote and that the components contradict. The page then says two things at
//! once. Where no impact is written it comes from the components and cannot disagree.

use super::{Now, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::IncidentDoc;
use crate::model::{ComponentStatus, EntryKind, Impact, Incident};

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for incident in now.site.incidents.iter().map(|record| &record.incident) {
        let Some(contradiction) = contradiction(incident, now) else { continue };
        let document = (now.documents)(EntryKind::Incident, &incident.id);
        if let Some(document) = document.filter(|document| IncidentDoc::read(document).impact.is_some()) {
            let impact = incident.impact.word();
            let warning =
                Diagnostic::warning(Code::ImpactDisagrees, format!("the impact is {impact}, but {contradiction}"));
            advice.push(
                warning
                    .at(document.place(&key("impact")))
                    .help("correct the one that is wrong, or leave `impact` out: then it comes from the components"),
            );
        }
    }
    advice
}

/// What the components say against the impact.
fn contradiction(incident: &Incident, now: &Now<'_>) -> Option<String> {
    let said = || incident.known_updates(now.at).iter().flat_map(|update| &update.components);
    let worst = || said().map(|(_, status)| *status).max().unwrap_or(ComponentStatus::Operational);
    let is_core_down = || {
        let mut down = said().filter(|(_, status)| **status == ComponentStatus::MajorOutage).map(|(id, _)| id);
        down.find(|id| now.site.components.iter().any(|component| component.core && component.id == **id))
    };
    match incident.impact {
        Impact::None if worst() > ComponentStatus::UnderMaintenance => {
            Some(format!("a component is in {}", worst().word()))
        }
        Impact::Minor => is_core_down().map(|id| format!("the core component `{id}` is in {}", worst().word())),
        Impact::Critical if worst() == ComponentStatus::DegradedPerformance => {
            Some(format!("no component is worse than {}", worst().word()))
        }
        _ => None,
    }
}
