//! C101: what customers read now stands in the main language alone, while the site speaks others too. What is over is
//! left alone: nobody goes back to translate the history.

use std::collections::BTreeSet;

use super::{Now, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::model::{EntryKind, Id, Site, Translations, Visibility};
use crate::view::MaintenanceState;
use crate::yaml::{Path, key};

/// A text that readers see now.
struct Shown<'a> {
    /// What an author calls it.
    name: &'static str,
    /// Where it stands, or what stands above it.
    path: Path,
    translations: &'a Translations,
    /// Whether it is a title, and not a text.
    is_title: bool,
}

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    if now.site.settings.languages.len() < 2 {
        return Vec::new();
    }
    let mut advice = incidents(now);
    advice.extend(maintenance(now));
    advice.extend(announcements(now));
    advice
}

/// Names and descriptions of groups and components. A name that is written once is the same in all languages.
pub(super) fn settings(site: &Site, document: &Document) -> Vec<Diagnostic> {
    let languages = site.settings.languages.split_first();
    let (main, others) = languages.map_or(("", &[][..]), |(main, others)| (&**main, others));
    let missing = |language: &String| {
        let is_whole = |translations: &Translations, description: &str| {
            let is_named = translations.titles().next().is_none() || translations.title(language).is_some();
            is_named && (description.is_empty() || translations.text(language).is_some())
        };
        let groups = site.groups.iter().filter(|group| !is_whole(&group.translations, &group.description));
        let components = site.components.iter().filter(|component| !component.is_hidden);
        let components = components.filter(|component| !is_whole(&component.translations, &component.description));
        let ids = groups.map(|group| &group.id).chain(components.map(|component| &component.id));
        let names: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
        let message = format!("readers of `{language}` are shown this in `{main}`: {}", names.join(", "));
        let help = format!("write `name` and `description` as `{{ {main}: …, {language}: … }}`");
        let place = || document.place(&key("languages"));
        (!names.is_empty()).then(|| Diagnostic::warning(Code::Untranslated, message).at(place()).help(help))
    };
    others.iter().filter_map(missing).collect()
}

fn incidents(now: &Now<'_>) -> Vec<Diagnostic> {
    let open = now.public.iter().filter(|snapshot| snapshot.is_open());
    let each = open.flat_map(|snapshot| {
        let incident = &snapshot.incident;
        let last = snapshot.updates().len() - 1;
        let mut shown = entry(&incident.translations, &incident.summary);
        shown.extend(newest(last, &incident.updates[last].body, &incident.updates[last].translations));
        postmortem(now, EntryKind::Incident, &incident.id, &shown)
    });
    each.collect()
}

fn maintenance(now: &Now<'_>) -> Vec<Diagnostic> {
    let ahead = now.maintenance.iter().filter(|time| time.state() != MaintenanceState::Past);
    let ahead: BTreeSet<&Id> = ahead.map(|time| time.maintenance.file_id()).collect();
    let each = now.site.maintenance.iter().filter(|work| ahead.contains(&work.id)).flat_map(|work| {
        let mut shown = entry(&work.translations, &work.description);
        let last = work.updates.iter().rposition(|update| update.at <= now.at);
        shown.extend(last.and_then(|last| newest(last, &work.updates[last].body, &work.updates[last].translations)));
        postmortem(now, EntryKind::Maintenance, &work.id, &shown)
    });
    each.collect()
}

/// Announcements in force, and pages.
fn announcements(now: &Now<'_>) -> Vec<Diagnostic> {
    let announcements = now.site.announcements.iter();
    let in_force = announcements.filter(|announcement| announcement.is_in_force(now.at));
    let announcements = in_force.map(|announcement| {
        (EntryKind::Announcement, &announcement.id, &announcement.translations, &announcement.body)
    });
    let pages = now.site.pages.iter().filter(|record| record.audience == Visibility::Public).map(|record| &record.page);
    let pages = pages.map(|page| (EntryKind::Page, &page.id, &page.translations, &page.body));
    let all = announcements.chain(pages);
    all.flat_map(|(kind, id, translations, text)| postmortem(now, kind, id, &entry(translations, text))).collect()
}

/// The title of an entry, and the text below its front matter.
fn entry<'a>(translations: &'a Translations, text: &str) -> Vec<Shown<'a>> {
    let of = |name, is_title| Shown { name, path: key("title"), translations, is_title };
    let body = (!text.is_empty()).then(|| of("`body_in`", false));
    std::iter::once(of("`title`", true)).chain(body).collect()
}

fn newest<'a>(last: usize, text: &str, translations: &'a Translations) -> Option<Shown<'a>> {
    let path = of_update(last, "body");
    (!text.is_empty()).then_some(Shown { name: "the newest `body`", path, translations, is_title: false })
}

/// One report a language, at the first text that it does not have.
fn postmortem(now: &Now<'_>, kind: EntryKind, id: &Id, shown: &[Shown<'_>]) -> Vec<Diagnostic> {
    let Some(document) = (now.documents)(kind, id) else { return Vec::new() };
    let languages = now.site.settings.languages.split_first();
    let (main, others) = languages.map_or(("", &[][..]), |(main, others)| (&**main, others));
    let missing = |language: &String| {
        let has = |text: &&Shown<'_>| match text.is_title {
            true => text.translations.title(language).is_some(),
            false => text.translations.text(language).is_some(),
        };
        let missing: Vec<&Shown<'_>> = shown.iter().filter(|text| !has(text)).collect();
        let names: Vec<&str> = missing.iter().map(|text| text.name).collect();
        let message = format!("readers of `{language}` are shown this in `{main}`: {}", names.join(", "));
        let place = document.place(&missing.first()?.path);
        let help =
            format!("write `title: {{ {main}: …, {language}: … }}`, so too `body`; `body_in: {{ {language}: … }}`");
        Some(Diagnostic::warning(Code::Untranslated, message).at(place).help(help))
    };
    others.iter().filter_map(missing).collect()
}
