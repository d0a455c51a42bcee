//! Statuses on the command line: `identified`, `checkout=partial_outage`.

use super::Workspace;
use crate::cli::CannotRun;
use crate::diagnostic::did_you_mean;
use crate::model::{ComponentStatus, Id, Vocabulary};

/// The status that `text` means: the word, or the beginning of one word alone.
pub(super) fn word<T: Vocabulary>(flag: &str, text: &str) -> Result<T, CannotRun> {
    let folded = text.trim().to_lowercase().replace([' ', '-'], "_");
    let exact = T::WORDS.iter().find(|word| word.replace('-', "_") == folded);
    // The beginning will do: these are typed in a hurry, and a wrong one shows before it is written.
    let begun: Vec<_> = T::WORDS.iter().filter(|word| !folded.is_empty() && word.starts_with(&*folded)).collect();
    let found = exact.or(if let [one] = begun.as_slice() { Some(*one) } else { None });
    found.and_then(|word| T::from_word(word)).ok_or_else(|| {
        let all =
            || format!("one of {}", T::WORDS.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "));
        let help = did_you_mean(text, T::WORDS.iter().copied()).unwrap_or_else(all);
        CannotRun(format!("{flag}: unknown word `{text}`: {help}"))
    })
}

/// `ID=STATUS`, where `ID` is a component of the site.
pub(super) fn of_component(workspace: &Workspace, text: &str) -> Result<(Id, ComponentStatus), CannotRun> {
    let Some((name, status)) = text.split_once('=') else {
        return Err(CannotRun(format!("--component: `{text}` names no status: write it as `{text}=partial_outage`")));
    };
    Ok((component(workspace, name)?, word("--component", status)?))
}

/// A component of the site, by its id or its name.
pub(super) fn component(workspace: &Workspace, name: &str) -> Result<Id, CannotRun> {
    named(workspace, name).map_err(|help| CannotRun(format!("unknown component `{}`: {help}", name.trim())))
}

/// The same; where there is none, which one may be meant.
pub(super) fn named(workspace: &Workspace, name: &str) -> Result<Id, String> {
    let (name, all) = (name.trim(), &workspace.site.components);
    let by_id = all.iter().find(|component| *component.id == *name);
    let found = by_id.or_else(|| all.iter().find(|component| component.name.eq_ignore_ascii_case(name)));
    found.map(|component| component.id.clone()).ok_or_else(|| {
        let ids = || all.iter().map(|component| &*component.id);
        let list = || format!("one of {}", ids().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "));
        did_you_mean(name, ids()).unwrap_or_else(list)
    })
}
