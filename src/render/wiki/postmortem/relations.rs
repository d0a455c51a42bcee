//! What a postmortem is connected with: its incident, its cause, those before and after it.

use serde::Serialize;

use super::{Named, PostmortemRow, Wiki, paths, postmortem_row, postmortem_rows};
use crate::model::{Id, Postmortem, Visibility};

#[derive(Serialize)]
pub(super) struct Related {
    incident: Option<IncidentLink>,
    /// Every postmortem of its cause, oldest first; empty if there is no other.
    chain: Vec<ChainLink>,
    /// Those it calls earlier ones of itself.
    recurrence_of: Vec<PostmortemRow>,
    /// Those that call it an earlier one of themselves.
    came_back: Vec<PostmortemRow>,
    alike: Vec<Alike>,
}

#[derive(Serialize)]
struct IncidentLink {
    link: Named,
    /// Its page for everybody, if it has one.
    public: Option<String>,
}

/// A postmortem of the chain.
#[derive(Serialize)]
struct ChainLink {
    postmortem: PostmortemRow,
    is_this: bool,
}

/// A postmortem that looks the same and is not.
#[derive(Serialize)]
struct Alike {
    postmortem: PostmortemRow,
    why: String,
}

pub(super) fn related(wiki: &Wiki, postmortem: &Postmortem) -> Related {
    let all = &wiki.site.postmortems;
    let named = postmortem.recurrence_of.iter().filter_map(|id| wiki.postmortem(id));
    Related {
        incident: postmortem.incident.as_ref().and_then(|id| incident(wiki, id)),
        chain: chain(wiki, postmortem),
        recurrence_of: postmortem_rows(wiki, named),
        came_back: postmortem_rows(wiki, all.iter().filter(|later| later.recurrence_of.contains(&postmortem.id))),
        alike: alike(wiki, postmortem),
    }
}

fn incident(wiki: &Wiki, id: &Id) -> Option<IncidentLink> {
    let snapshot = wiki.incidents.iter().find(|snapshot| snapshot.incident.id == *id)?;
    let record = wiki.record(id)?;
    let is_public = record.visibility == Visibility::Public;
    Some(IncidentLink {
        link: Named::new(&paths::incident(id), &*snapshot.incident.title),
        public: is_public.then(|| wiki.look.url(&paths::incident(id))),
    })
}

fn chain(wiki: &Wiki, postmortem: &Postmortem) -> Vec<ChainLink> {
    let all = &wiki.site.postmortems;
    let found = wiki.chain_of(&postmortem.id).filter(|chain| chain.postmortems.len() > 1);
    let places = found.iter().flat_map(|chain| &chain.postmortems);
    places
        .map(|place| ChainLink {
            postmortem: postmortem_row(wiki, &all[*place]),
            is_this: all[*place].id == postmortem.id,
        })
        .collect()
}

/// Look-alikes that this postmortem names, and those that name it.
fn alike(wiki: &Wiki, postmortem: &Postmortem) -> Vec<Alike> {
    let named = postmortem.not_recurrence_of.iter().filter_map(|(id, why)| Some((wiki.postmortem(id)?, why)));
    let naming = wiki.site.postmortems.iter().filter_map(|other| {
        let (_, why) = other.not_recurrence_of.iter().find(|(id, _)| *id == postmortem.id)?;
        Some((other, why))
    });
    named
        .chain(naming)
        .map(|(other, why)| Alike { postmortem: postmortem_row(wiki, other), why: why.clone() })
        .collect()
}
