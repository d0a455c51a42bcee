//! Where things stand in the lists of the site, by their ids, so that no page searches the lists.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Wiki;
use crate::model::{Id, IncidentRecord, Postmortem, Site};
use crate::view::{Chain, Step};

/// Places in the lists of the site and of its chains.
pub(super) struct Places {
    postmortems: BTreeMap<Id, usize>,
    records: BTreeMap<Id, usize>,
    /// The postmortems about an incident.
    about: BTreeMap<Id, Vec<usize>>,
    /// The chain of a postmortem, and its place in that chain.
    chained: BTreeMap<Id, (usize, usize)>,
}

impl Places {
    pub(super) fn of(site: &Site, chains: &[Chain]) -> Places {
        let postmortems = || site.postmortems.iter().enumerate();
        let mut about: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for (place, postmortem) in postmortems() {
            postmortem.incident.iter().for_each(|incident| about.entry(incident.clone()).or_default().push(place));
        }
        let members = chains.iter().enumerate().flat_map(|(number, chain)| {
            let postmortems = chain.postmortems.iter().enumerate();
            postmortems.map(move |(place, postmortem)| (site.postmortems[*postmortem].id.clone(), (number, place)))
        });
        let records = site.incidents.iter().enumerate();
        Places {
            postmortems: postmortems().map(|(place, postmortem)| (postmortem.id.clone(), place)).collect(),
            records: records.map(|(place, record)| (record.incident.id.clone(), place)).collect(),
            about,
            chained: members.collect(),
        }
    }
}

impl Wiki {
    /// The postmortem of this id.
    pub(super) fn postmortem(&self, id: &Id) -> Option<&Arc<Postmortem>> {
        self.places.postmortems.get(id).map(|place| &self.site.postmortems[*place])
    }

    /// The incident of this id, with what only the company may know of it.
    pub(super) fn record(&self, id: &Id) -> Option<&IncidentRecord> {
        self.places.records.get(id).map(|place| &self.site.incidents[*place])
    }

    /// The postmortems about an incident, in the order of the site.
    pub(super) fn postmortems_about(&self, incident: &Id) -> impl Iterator<Item = &Arc<Postmortem>> {
        let places = self.places.about.get(incident).into_iter().flatten();
        places.map(|place| &self.site.postmortems[*place])
    }

    /// The chain of a postmortem, if it names a cause or is related to another.
    pub(super) fn chain_of(&self, postmortem: &Id) -> Option<&Chain> {
        self.places.chained.get(postmortem).map(|(chain, _)| &self.known.learning.chains[*chain])
    }

    /// The step that a postmortem is in its chain, with the postmortem before; none for the first of a chain.
    pub(super) fn step_of(&self, postmortem: &Id) -> Option<(&Step, &Arc<Postmortem>)> {
        let (chain, place) = self.places.chained.get(postmortem)?;
        let chain = &self.known.learning.chains[*chain];
        let before = place.checked_sub(1)?;
        Some((&chain.steps[before], &self.site.postmortems[chain.postmortems[before]]))
    }
}
