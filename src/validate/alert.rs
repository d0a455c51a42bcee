//! `alerts` of `site.yaml`.

use super::entries::{Components, component};
use super::{title, word};
use crate::diagnostic::Code;
use crate::document::{AlertRuleDoc, Document};
use crate::model::AlertRule;

/// The rules for alarms, without those that have faults.
pub(super) fn rules(document: &Document, docs: Vec<AlertRuleDoc>, components: Components<'_>) -> Vec<AlertRule> {
    docs.into_iter().filter_map(|doc| rule(document, doc, components)).collect()
}

fn rule(document: &Document, doc: AlertRuleDoc, components: Components<'_>) -> Option<AlertRule> {
    let touched: Vec<_> = doc
        .components
        .iter()
        .filter_map(|(name, status)| {
            let id = component(document, name, components);
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
