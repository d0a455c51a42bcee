//! stactus (<https://github.com/slok/stactus>): one YAML file for the page and its systems, `stactus/v1`,
//! and one for each incident, `incident/v1`.
//!
//! What is decided for the author:
//! - A file is known by its `version`, not by its name. One file may hold several documents.
//! - stactus has one impact of a whole incident. It becomes the status of every system that the incident
//!   names, from which the same impact follows here: minor is degraded, major a partial outage, critical a
//!   major outage.
//! - An update that is neither `investigating` nor `resolved` keeps the status of the one before.
//!
//! What becomes of them then is the same for all systems: see [`page`].

mod incident;
mod moment;
mod piece;
mod settings;

use std::collections::BTreeMap;

use piece::{Piece, pieces};
use settings::StactusSettings;

use super::front::Front;
use super::page::{self, Event, System, Texts, Whole};
use super::{Imported, Notes, others};
use crate::time::Zone;

const STACTUS: System = System { name: "stactus", texts: Texts::Markdown };

/// The content files that the files of stactus become, by path relative to their folder. Without a
/// settings file or an incident there are no files.
/// Times without a zone are those of `zone`, UTC if none is chosen.
pub fn stactus(files: &BTreeMap<String, Vec<u8>>, zone: Option<Zone>) -> Imported {
    let mut notes = Notes::in_zone(zone);
    let mut import = StactusImport::default();
    let is_yaml =
        |path: &str| path.to_ascii_lowercase().ends_with(".yaml") || path.to_ascii_lowercase().ends_with(".yml");
    for (path, bytes) in files.iter().filter(|(path, _)| is_yaml(path)) {
        for piece in pieces(path, bytes, &mut notes) {
            import.read(&piece, &mut notes);
        }
    }
    others(files.keys().map(String::as_str).filter(|path| !is_yaml(path)), "of another kind", &mut notes);
    import.finish(notes)
}

#[derive(Default)]
struct StactusImport {
    settings: Option<StactusSettings>,
    events: Vec<Event>,
}

impl StactusImport {
    fn read(&mut self, piece: &Piece<'_>, notes: &mut Notes) {
        let Some(document) = piece.open(notes) else { return };
        let Some(front) = Front::of(&document) else {
            return piece.note(notes, 1, "it is no mapping of keys to values; not imported");
        };
        front.repeated().iter().for_each(|twice| twice.keep(piece.path, piece.line_of(0), notes));
        match front.text("version").as_deref() {
            Some("stactus/v1") if self.settings.is_some() => {
                piece.note(notes, 1, "the settings of the page are in another file already; not imported");
            }
            Some("stactus/v1") => self.settings = Some(settings::read(piece, &document, notes)),
            Some("incident/v1") => self.events.push(incident::read(piece, &document, notes)),
            Some(other) => piece.note(notes, 1, &format!("the version `{other}` is not known; not imported")),
            None => piece.note(notes, 1, "it has no `version`, so it is none of stactus' files; not imported"),
        }
    }

    fn finish(self, mut notes: Notes) -> Imported {
        let first = self.settings.as_ref().map(|settings| settings.path.clone());
        let Some(path) = first.or_else(|| self.events.first().map(|event| event.path.clone())) else {
            return Imported { notes: notes.sorted(), ..Imported::default() };
        };
        let settings = self.settings.unwrap_or_default();
        let listed = (!settings.systems.is_empty()).then(|| (path.clone(), settings.systems));
        if self.events.iter().any(|event| event.told.impact.as_deref().is_some_and(|impact| impact != "none")) {
            let message = "stactus has one impact of a whole incident; each system that it names was taken to be degraded (minor), in a partial outage (major) or in a major outage (critical)";
            notes.add(&path, None, message);
        }
        let whole = Whole { path, page: settings.page, listed, events: self.events, ..Whole::default() };
        page::write(STACTUS, whole, notes)
    }
}
