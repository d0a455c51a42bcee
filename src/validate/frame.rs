//! What `site.yaml` says: what entries are read by.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::model::{Component, Group, Id, InternalSettings, ServiceCard, Settings};

/// What `site.yaml` says.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The public settings.
    pub settings: Settings,
    /// The internal settings.
    pub internal: InternalSettings,
    /// In the order of the pages.
    pub groups: Vec<Group>,
    /// In the order of the pages.
    pub components: Vec<Component>,
    /// By component.
    pub services: BTreeMap<Id, ServiceCard>,
    /// The files of `content/static/` that the settings name, each with the place of its name.
    pub(super) files: Vec<(String, Place)>,
}

impl Frame {
    /// The component that has this id, or had it before.
    pub(super) fn component(&self, id: &str) -> Option<&Component> {
        let has = |component: &&Component| *component.id == *id || component.aliases.iter().any(|alias| **alias == *id);
        self.components.iter().find(has)
    }
}
