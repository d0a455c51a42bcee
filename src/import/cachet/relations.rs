//! Cachet 3 gives what belongs to a thing only where it was asked for; what was not must not go unnoticed.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::ThingKind;
use crate::import::Notes;
use crate::import::things::Thing;

/// For which relations the answers were asked, by thing.
#[derive(Default)]
pub(super) struct Relations(BTreeMap<(ThingKind, String), Asked>);

#[derive(Default)]
struct Asked {
    path: String,
    names: BTreeSet<String>,
}

impl Relations {
    /// Takes note of the relations that an answer gives of a thing, be they empty.
    pub fn hear(&mut self, kind: ThingKind, thing: &Thing<ThingKind>, names: BTreeSet<String>) {
        let asked = self.0.entry((kind, thing.code.clone())).or_default();
        asked.path.clone_from(&thing.path);
        asked.names.extend(names);
    }

    /// Notes the things of which no answer gives a relation; `is_known` says whether other answers tell it.
    pub fn report(&self, notes: &mut Notes, is_known: impl Fn(ThingKind, &str, &str) -> bool) {
        let mut missing: BTreeMap<(ThingKind, &str), (usize, &str)> = BTreeMap::new();
        for ((kind, code), asked) in &self.0 {
            for name in wanted(*kind).split(',').filter(|name| !name.is_empty()) {
                if !asked.names.contains(name) && !is_known(*kind, code, name) {
                    missing.entry((*kind, name)).or_insert((0, &asked.path)).0 += 1;
                }
            }
        }
        for ((kind, name), (count, path)) in missing {
            let (plural, wanted) = (kind.plural(), wanted(kind));
            let message = format!(
                "the `{name}` of {count} {plural} were not saved, so they are not imported: save them with `?include={wanted}`, and import again into an empty folder"
            );
            notes.add(path, None, message);
        }
    }
}

/// What an answer on such things is to be asked to include.
fn wanted(kind: ThingKind) -> &'static str {
    match kind {
        ThingKind::Incident | ThingKind::Schedule => "components,updates",
        ThingKind::Component => "group",
        ThingKind::Group | ThingKind::Update => "",
    }
}
