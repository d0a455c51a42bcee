//! `alerts` of `site.yaml`.

use super::{suggestion, title, word};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{AlertRuleDoc, At, Document};
use crate::model::{AlertRule, Id};

/// The rules for alarms, without those that have faults.
pub(super) fn rules(document: &Document, docs: Vec<AlertRuleDoc>, ids: &[Id]) -> Vec<AlertRule> {
    docs.into_iter().filter_map(|doc| rule(document, doc, ids)).collect()
}

fn rule(document: &Document, doc: AlertRuleDoc, ids: &[Id]) -> Option<AlertRule> {
    let touched: Vec<_> = doc
        .components
        .iter()
        .filter_map(|(name, status)| {
            let id = component(document, name, ids);
            let status = word(document, Some(status), Code::UnknownStatus, "component status");
            Some((id?, status?))
        })
        .collect();
    Some(AlertRule {
        labels: doc.labels.into_iter().map(|(name, value)| (name.value, value.value)).collect(),
        title: title(document, doc.title, "title")?,
        components: touched,
        after: doc.after.unwrap_or(0),
        template: doc.template.map(|name| name.value),
        is_public: doc.publish,
        resolves: doc.resolve,
    })
}

/// The component that is meant. An alarm speaks of the present, so the ids that components had before are none.
fn component(document: &Document, name: &At<String>, ids: &[Id]) -> Option<Id> {
    let found = ids.iter().find(|id| ***id == *name.value);
    if found.is_none() {
        let fault = Diagnostic::error(Code::UnknownComponent, format!("unknown component `{}`", name.value));
        let known: Vec<&str> = ids.iter().map(|id| &**id).collect();
        document.report(fault.at(document.place(&name.path)).help(suggestion(&name.value, &known)));
    }
    found.cloned()
}
