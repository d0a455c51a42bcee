//! Which entry is meant by a part of its id.

use crate::diagnostic::did_you_mean;
use crate::model::EntryKind;

/// An entry that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryCandidate<'a> {
    /// An incident or maintenance.
    pub kind: EntryKind,
    /// The file name without its ending.
    pub id: &'a str,
    /// Whether it goes on, so that it is meant rather than one that is over.
    pub is_open: bool,
}

/// Why no entry is meant, or more than one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotFound(String);

/// The one entry that `wanted` means: its whole id, or a part of it that no other entry has. Where several
/// have it, the one that goes on. A path to the file will do as well.
///
/// # Errors
/// None, with the nearest id; or several, with their ids.
pub fn find<'a, 'b>(candidates: &'b [EntryCandidate<'a>], wanted: &str) -> Result<&'b EntryCandidate<'a>, NotFound> {
    let (folder, name) = wanted.trim_end_matches('/').rsplit_once('/').unwrap_or(("", wanted));
    let name = name.strip_suffix(".md").or_else(|| name.strip_suffix(".yaml")).unwrap_or(name).to_lowercase();
    let kind = folder.split('/').find_map(EntryKind::of_folder);
    let of_kind = || candidates.iter().filter(|one| kind.is_none_or(|kind| kind == one.kind));
    let whole: Vec<_> = of_kind().filter(|one| one.id == name).collect();
    let with_part: Vec<_> = of_kind().filter(|one| !name.is_empty() && one.id.contains(&*name)).collect();
    let open: Vec<_> = with_part.iter().filter(|one| one.is_open).copied().collect();
    match [&whole, &open, &with_part].into_iter().find(|found| !found.is_empty()).map(Vec::as_slice) {
        Some([one]) => Ok(one),
        Some(several) => Err(NotFound(format!("`{wanted}` may be {}; give more of the id", listed(several)))),
        None => Err(nothing(wanted, &name, candidates)),
    }
}

fn listed(candidates: &[&EntryCandidate<'_>]) -> String {
    const SHOWN: usize = 6;
    let shown = candidates.iter().take(SHOWN).map(|one| format!("`{}/{}`", one.kind.folder(), one.id));
    let more = candidates.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| format!("{more} more"));
    shown.chain(more).collect::<Vec<_>>().join(", ")
}

fn nothing(wanted: &str, name: &str, candidates: &[EntryCandidate<'_>]) -> NotFound {
    let ids = candidates.iter().map(|one| one.id);
    // What people remember of an id is what follows its date.
    let without_date = ids.clone().map(|id| id.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-'));
    let help = did_you_mean(name, ids.chain(without_date));
    let help = help.unwrap_or_else(|| "give a part of its file name; `candor status` lists what is open".to_owned());
    NotFound(format!("there is no incident or maintenance `{wanted}`: {help}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [EntryCandidate<'_>; 5] = [
        EntryCandidate { kind: EntryKind::Incident, id: "2026-01-02-checkout-503", is_open: false },
        EntryCandidate { kind: EntryKind::Incident, id: "2026-03-02-checkout-503", is_open: true },
        EntryCandidate { kind: EntryKind::Incident, id: "2026-03-02-checkout-503-again", is_open: false },
        EntryCandidate { kind: EntryKind::Incident, id: "database", is_open: false },
        EntryCandidate { kind: EntryKind::Maintenance, id: "database", is_open: false },
    ];

    fn found(wanted: &str) -> String {
        match find(&ALL, wanted) {
            Ok(one) => format!("{}/{}", one.kind.folder(), one.id),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_part_of_the_id_will_do() {
        assert_eq!(found("again"), "incidents/2026-03-02-checkout-503-again");
        assert_eq!(found("checkout-503"), "incidents/2026-03-02-checkout-503", "the open one");
        assert_eq!(found("2026-01-02-checkout-503"), "incidents/2026-01-02-checkout-503", "the whole id");
        assert_eq!(found("content/incidents/2026/2026-01-02-checkout-503.md"), "incidents/2026-01-02-checkout-503");
        assert_eq!(found("maintenance/database"), "maintenance/database");
    }

    #[test]
    fn what_is_not_clear_is_asked_for() {
        assert_eq!(
            found("database"),
            "`database` may be `incidents/database`, `maintenance/database`; give more of the id"
        );
        assert_eq!(
            found("chekout-503"),
            "there is no incident or maintenance `chekout-503`: did you mean `checkout-503`?"
        );
        assert!(found("billing").contains("give a part of its file name"));
    }
}
