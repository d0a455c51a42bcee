//! Incidents, maintenance, announcements and pages.

use std::sync::Arc;

use super::about::{Difference, Pair, SubjectDifferences, pairs};
use super::update_differences::{self, UpdateInWords, text, time};
use crate::model::{Announcement, Id, Page};
use crate::paths;
use crate::render::facts::Facts;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot, MaintenanceState};

/// Newest first.
pub(super) fn incidents(old: &Facts, new: &Facts) -> Vec<Difference> {
    let pairs = pairs(&old.incidents, &new.incidents, |snapshot| snapshot.incident.first_id().clone());
    pairs.iter().rev().flat_map(|pair| incident(old, new, pair)).collect()
}

fn incident(old: &Facts, new: &Facts, pair: &Pair<'_, Arc<IncidentSnapshot>>) -> Vec<Difference> {
    let (Pair::Gone(any) | Pair::New(any) | Pair::Both(_, any)) = pair;
    let mut about = SubjectDifferences::new("incident", &any.incident.id, &any.incident.title);
    match pair {
        Pair::Gone(before) => {
            let heirs = new.incidents.iter().map(|other| (&other.incident.id, &*other.incident.aliases));
            about.removed(off_the_page("incident", paths::incident, &before.incident.id, heirs), opening(old, before));
        }
        Pair::New(after) => {
            about.added("incident", opening(new, after));
            update_differences::compare(&mut about, &[], &UpdateInWords::of_incident(new, after));
            about.compare("postmortem", "", &postmortem(after));
        }
        Pair::Both(before, after) => {
            address(&mut about, paths::incident, &before.incident.id, &after.incident.id);
            about.compare("title", &before.incident.title, &after.incident.title);
            about.compare("impact", &impact(old, before), &impact(new, after));
            about.compare("start", &time(old, before.incident.started), &time(new, after.incident.started));
            about.compare("summary", &text(&before.incident.summary), &text(&after.incident.summary));
            let updates = UpdateInWords::of_incident;
            update_differences::compare(&mut about, &updates(old, before), &updates(new, after));
            about.compare("postmortem", &postmortem(before), &postmortem(after));
        }
    }
    about.done()
}

fn opening(facts: &Facts, snapshot: &IncidentSnapshot) -> String {
    let first = format!("{}, since {}", impact(facts, snapshot), time(facts, snapshot.incident.started));
    match text(&snapshot.incident.summary) {
        summary if summary.is_empty() => first,
        summary => format!("{first}\n{summary}"),
    }
}

fn impact(facts: &Facts, snapshot: &IncidentSnapshot) -> String {
    facts.look.theme.messages.get(&format!("impact_{}", snapshot.incident.impact.word())).to_owned()
}

fn postmortem(snapshot: &IncidentSnapshot) -> String {
    snapshot.postmortem.as_ref().map(|message| text(&message.body)).unwrap_or_default()
}

/// What becomes of the address of what is gone. One of the `heirs` may have taken it in, each an id and those that it had.
fn off_the_page<'a>(
    kind: &str,
    path: fn(&Id) -> String,
    gone: &Id,
    mut heirs: impl Iterator<Item = (&'a Id, &'a [Id])>,
) -> String {
    let heir = heirs.find(|(_, former)| former.contains(gone));
    let goal = heir.map_or_else(|| "nowhere".to_owned(), |(heir, _)| format!("to /{}", path(heir)));
    format!("{kind}; links to /{} lead {goal} from then on", path(gone))
}

/// What has another id is the same all the same, and its old address leads on.
fn address(about: &mut SubjectDifferences, path: fn(&Id) -> String, before: &Id, after: &Id) {
    about.compare("address", &format!("/{}", path(before)), &format!("/{}", path(after)));
}

/// Whoever waits for work reads nothing where its file goes away: calendars alone are told.
fn nobody_is_told(before: &MaintenanceSnapshot) -> &'static str {
    match before.state() {
        MaintenanceState::Past => "",
        _ => {
            "; only calendars are told that it does not take place: an update with `status: cancelled` tells everybody"
        }
    }
}

/// The latest first.
pub(super) fn maintenance(old: &Facts, new: &Facts) -> Vec<Difference> {
    let pairs = pairs(&old.maintenance, &new.maintenance, |snapshot| snapshot.maintenance.first_id().clone());
    pairs.iter().rev().flat_map(|pair| work(old, new, pair)).collect()
}

fn work(old: &Facts, new: &Facts, pair: &Pair<'_, Arc<MaintenanceSnapshot>>) -> Vec<Difference> {
    let (Pair::Gone(any) | Pair::New(any) | Pair::Both(_, any)) = pair;
    let mut about = SubjectDifferences::new("maintenance", &any.maintenance.id, &any.maintenance.title);
    let updates = UpdateInWords::of_maintenance;
    match pair {
        Pair::Gone(before) => {
            let heirs = new.maintenance.iter().map(|other| (&other.maintenance.id, &*other.maintenance.aliases));
            let what = off_the_page("maintenance", paths::maintenance, &before.maintenance.id, heirs.clone());
            let is_merged = heirs.flat_map(|(_, former)| former).any(|former| *former == before.maintenance.id);
            let told = if is_merged { "" } else { nobody_is_told(before) };
            about.removed(format!("{what}{told}"), window(old, before));
        }
        Pair::New(after) => {
            about.added("maintenance", plan(new, after));
            update_differences::compare(&mut about, &[], &updates(new, after));
        }
        Pair::Both(before, after) => {
            address(&mut about, paths::maintenance, &before.maintenance.id, &after.maintenance.id);
            about.compare("title", &before.maintenance.title, &after.maintenance.title);
            about.compare("window", &window(old, before), &window(new, after));
            about.compare("times to come", &other_times(old, before), &other_times(new, after));
            about.compare("components", &touched(old, before), &touched(new, after));
            about.compare("description", &text(&before.maintenance.description), &text(&after.maintenance.description));
            update_differences::compare(&mut about, &updates(old, before), &updates(new, after));
        }
    }
    about.done()
}

fn plan(facts: &Facts, snapshot: &MaintenanceSnapshot) -> String {
    let lines = [window(facts, snapshot), touched(facts, snapshot), text(&snapshot.maintenance.description)];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn window(facts: &Facts, snapshot: &MaintenanceSnapshot) -> String {
    match snapshot.is_undated {
        true => facts.look.theme.messages.get("not_planned").to_owned(),
        false => facts.look.planned(snapshot.window),
    }
}

fn touched(facts: &Facts, snapshot: &MaintenanceSnapshot) -> String {
    let work = &snapshot.maintenance;
    let named = work.components.iter().map(|id| match work.impact.get(id) {
        Some(felt) => format!("{}: {}", facts.look.component_name(id), facts.look.theme.messages.get(felt.word())),
        None => facts.look.component_name(id).to_owned(),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// So many of the times to come of recurring work are compared.
const TIMES: usize = 5;

/// When recurring work takes place again; told once, of its first time.
fn other_times(facts: &Facts, snapshot: &MaintenanceSnapshot) -> String {
    let Some(own) = snapshot.maintenance.occurrence.as_ref().filter(|own| own.name().is_none()) else {
        return String::new();
    };
    let is_own = |other: &&Arc<MaintenanceSnapshot>| {
        let is_to_come = other.state() == MaintenanceState::Upcoming;
        is_to_come && other.maintenance.occurrence.as_ref().is_some_and(|occurrence| occurrence.series == own.series)
    };
    let times = facts.to_come.iter().filter(is_own).take(TIMES).map(|other| window(facts, other));
    times.collect::<Vec<_>>().join("\n")
}

/// The latest first.
pub(super) fn announcements(old: &Facts, new: &Facts) -> Vec<Difference> {
    let first = |announcement: &Announcement| announcement.first_id().clone();
    let pairs = pairs(&old.site.announcements, &new.site.announcements, first);
    pairs.iter().rev().flat_map(|pair| announcement(old, new, pair)).collect()
}

fn announcement(old: &Facts, new: &Facts, pair: &Pair<'_, Announcement>) -> Vec<Difference> {
    let (Pair::Gone(any) | Pair::New(any) | Pair::Both(_, any)) = pair;
    let mut about = SubjectDifferences::new("announcement", &any.id, &any.title);
    let until = |facts: &Facts, until: Option<_>| until.map_or_else(String::new, |at| time(facts, at));
    match pair {
        Pair::Gone(before) => {
            let heirs = new.site.announcements.iter().map(|other| (&other.id, &*other.aliases));
            about.removed(off_the_page("announcement", paths::announcement, &before.id, heirs), text(&before.body));
        }
        Pair::New(after) => about.added("announcement", text(&after.body)),
        Pair::Both(before, after) => {
            address(&mut about, paths::announcement, &before.id, &after.id);
            about.compare("title", &before.title, &after.title);
            about.compare("text", &text(&before.body), &text(&after.body));
            about.compare("from", &time(old, before.from), &time(new, after.from));
            about.compare("until", &until(old, before.until), &until(new, after.until));
            let home = |announcement: &Announcement| if announcement.is_on_home { "" } else { "not there" };
            about.compare("place on home", home(before), home(after));
            let pinned = |announcement: &Announcement| if announcement.pinned { "pinned" } else { "" };
            about.compare("place above the others", pinned(before), pinned(after));
        }
    }
    about.done()
}

/// In their order.
pub(super) fn pages(old: &Facts, new: &Facts) -> Vec<Difference> {
    pairs(&old.site.pages, &new.site.pages, |page| page.id.clone()).iter().flat_map(page).collect()
}

fn page(pair: &Pair<'_, Page>) -> Vec<Difference> {
    let (Pair::Gone(any) | Pair::New(any) | Pair::Both(_, any)) = pair;
    let mut about = SubjectDifferences::new("page", &any.id, &any.title);
    match pair {
        Pair::Gone(before) => {
            about.removed(format!("page; links to /{}/ lead nowhere from then on", before.id), text(&before.body))
        }
        Pair::New(after) => about.added("page", text(&after.body)),
        Pair::Both(before, after) => {
            about.compare("title", &before.title, &after.title);
            about.compare("text", &text(&before.body), &text(&after.body));
        }
    }
    about.done()
}
