//! Home: is it working, what is broken, since when, what is known, when is the next word.
//!
//! Its size is bounded whatever the number of incidents: each list has a longest length, and long
//! updates are cut with a link to the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::bars::{Bars, Causes, bars, day_names, group_bars};
use super::entries::{EntryLine, line};
use super::lead;
use super::parts::{
    self, Excerpt, IncidentHead, MaintenanceHead, Status, Style, UpdateItem, clock, component_path, excerpt, incident,
    incident_updates, maintenance, marked, opening, status, with_time,
};
use super::{PageHead, render};
use crate::model::{Announcement, ComponentStatus};
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::theme::Form;
use crate::time::Date;
use crate::view::{
    ComponentState, GroupState, HistoryEntry, MaintenanceSnapshot, MaintenanceState, Record, worst_days,
};

/// Open incidents shown with their updates, and how many of them where there are more.
const CARDS: usize = 4;
const CARDS_OF_MORE: usize = 2;
/// Further open incidents shown by title.
const TITLES: usize = 8;
/// Updates shown of one incident.
const UPDATES: usize = 3;
/// Updates shown of each where this many incidents are open: what fails, then what works, is in reach of a thumb.
const UPDATES_OF_MANY: usize = 1;
const MANY: usize = 3;
/// Characters of an update before it is cut.
const UPDATE_LENGTH: usize = 700;
/// Maintenance shown as upcoming or running, each.
const WORK: usize = 3;
/// Announcements.
const ANNOUNCEMENTS: usize = 3;
/// Days looked back.
const DAYS_BACK: u64 = 14;
/// Entries of those days.
const LATELY: usize = 10;
/// From this many components on, those that work are folded below the others, and a field finds one by its name.
const FOLDED_FROM: usize = 20;
/// Components without a group that are shown all the same, so that there is something to see when all is well.
const NEVER_FOLDED: usize = 8;

#[derive(Serialize)]
struct Home<'a> {
    status: &'static str,
    headline: &'a str,
    lead: String,
    as_of: String,
    next_update: Option<String>,
    is_overdue: bool,
    notices: Vec<Notice<'a>>,
    cards: Vec<Card>,
    titles: Vec<IncidentHead>,
    more_open: usize,
    running: Vec<Work>,
    upcoming: Vec<Work>,
    groups: Vec<GroupCard<'a>>,
    /// Whether there are so many components that one is searched for.
    is_long: bool,
    /// For the script of the bars: the names of their days, and what each of them was in trouble for.
    day_names: String,
    causes: String,
    days: Vec<DayBack>,
    quiet: String,
}

#[derive(Serialize)]
struct Notice<'a> {
    path: String,
    title: &'a str,
    text: Excerpt,
}

#[derive(Serialize)]
struct Card {
    incident: IncidentHead,
    updates: Vec<UpdateItem>,
    /// How many more there are, in words.
    earlier: Option<String>,
}

#[derive(Serialize)]
struct Work {
    work: MaintenanceHead,
    text: Excerpt,
}

#[derive(Serialize)]
struct GroupCard<'a> {
    name: Option<&'a str>,
    status: Status,
    is_open: bool,
    summary: String,
    uptime: Option<GroupUptime>,
    /// None where the group has no name, and so no summary.
    bars: Option<Bars>,
    /// All of them, or those in trouble first and alone where there are many.
    rows: Vec<ComponentRow<'a>>,
    rest: Option<Rest<'a>>,
}

/// The mean of the members.
#[derive(Serialize)]
struct GroupUptime {
    percent: String,
    /// With the word for it.
    named: String,
}

/// The components of a group that are folded, since they work.
#[derive(Serialize)]
struct Rest<'a> {
    status: Status,
    summary: String,
    /// None in a group that has a name, whose own summary has both.
    uptime: Option<GroupUptime>,
    bars: Option<Bars>,
    rows: Vec<ComponentRow<'a>>,
}

#[derive(Serialize)]
struct ComponentRow<'a> {
    name: &'a str,
    path: String,
    status: Status,
    uptime: String,
    bars: Bars,
}

#[derive(Serialize)]
struct DayBack {
    iso: String,
    day: String,
    entries: Vec<EntryLine>,
}

/// What is to come, and what was to come and was given up, until its time is over: who planned for it finds out here.
fn planned(facts: &Facts) -> Vec<&Arc<MaintenanceSnapshot>> {
    let called_off = facts.maintenance.iter().filter(|snapshot| snapshot.is_called_off());
    let mut planned: Vec<_> = facts.overview.upcoming.iter().chain(called_off).collect();
    planned.sort_by_key(|snapshot| (snapshot.is_undated, snapshot.window));
    planned
}

pub(super) fn page(facts: &Facts) -> Made {
    let overview = &facts.overview;
    let now = facts.look.now();
    let cards = if overview.open.len() > CARDS { CARDS_OF_MORE } else { CARDS };
    let next = overview.open.iter().filter_map(|snapshot| snapshot.next_update()).min();
    let (days, quiet) = lately(facts);
    let causes = Causes::of(facts.records.iter());
    let home = Home {
        status: lead::colour(facts).word(),
        headline: lead::headline(facts),
        lead: lead::sentences(facts),
        as_of: facts.look.html_words.fill("as_of", &[("time", &clock(&facts.look, now, Form::Full))]),
        next_update: next.map(|next| {
            with_time(&facts.look, if next < now { "next_update_overdue" } else { "next_update" }, next, now)
        }),
        is_overdue: next.is_some_and(|next| next < now),
        notices: notices(facts),
        cards: overview.open.iter().take(cards).map(|snapshot| card(facts, snapshot)).collect(),
        titles: overview.open.iter().skip(cards).take(TITLES).map(|snapshot| incident(&facts.look, snapshot)).collect(),
        more_open: overview.open.len().saturating_sub(cards + TITLES),
        running: overview.running.iter().take(WORK).map(|snapshot| work(facts, snapshot)).collect(),
        upcoming: planned(facts).into_iter().take(WORK).map(|snapshot| work(facts, snapshot)).collect(),
        groups: overview.groups.iter().map(|state| group(facts, state, &causes)).collect(),
        is_long: is_long(facts),
        day_names: day_names(facts),
        causes: causes.json(""),
        days,
        quiet,
    };
    let head = PageHead::new("", home.headline, facts.site.settings.description.clone());
    render(facts, "home.html", &head, &home)
}

/// The announcements in force, pinned ones first, then the newest.
fn notices(facts: &Facts) -> Vec<Notice<'_>> {
    let now = facts.look.now();
    let mut notices: Vec<&Announcement> =
        facts.site.announcements.iter().filter(|notice| notice.is_in_force(now)).collect();
    notices.sort_by_key(|notice| (!notice.pinned, std::cmp::Reverse(notice.from)));
    let notices = notices.into_iter().take(ANNOUNCEMENTS).map(|notice| Notice {
        path: paths::file(&paths::announcement(&notice.id)),
        title: &notice.title,
        text: opening(&facts.look, &notice.body, 160),
    });
    notices.collect()
}

fn card(facts: &Facts, snapshot: &crate::view::IncidentSnapshot) -> Card {
    let mut updates = incident_updates(&facts.look, snapshot, Style { root: "", heading: 4 });
    let shown = if facts.overview.open.len() >= MANY { UPDATES_OF_MANY } else { UPDATES };
    let earlier = updates.len().saturating_sub(shown);
    updates.truncate(shown);
    for (update, written) in updates.iter_mut().zip(snapshot.updates().iter().rev()) {
        if written.body.chars().nth(UPDATE_LENGTH).is_some() {
            let cut = format!("<p>{}</p>", crate::render::text::escape(&excerpt(&written.body, UPDATE_LENGTH)));
            update.body = marked(&facts.look, facts.look.foreign(&written.body), cut);
        }
    }
    let earlier = (earlier > 0).then(|| facts.look.theme.messages.count("more_updates", earlier));
    Card { incident: incident(&facts.look, snapshot), updates, earlier }
}

fn work(facts: &Facts, snapshot: &Arc<MaintenanceSnapshot>) -> Work {
    let newest = snapshot.updates().last().map(|update| update.body.as_str());
    let about = Some(snapshot.maintenance.description.as_str());
    // What was to be done matters no more once it is given up; why does.
    let about = about.filter(|text| !text.is_empty() && (newest.is_none() || !snapshot.is_called_off()));
    let text = opening(&facts.look, about.or(newest).unwrap_or_default(), 240);
    Work { work: maintenance(&facts.look, snapshot), text }
}

fn is_long(facts: &Facts) -> bool {
    facts.overview.components.len() >= FOLDED_FROM
}

fn group<'a>(facts: &'a Facts, state: &'a GroupState, causes: &Causes) -> GroupCard<'a> {
    let name = state.group.as_ref().map(|group| &*group.name);
    let members: Vec<&ComponentState> = state.members.iter().collect();
    let share = share_of(facts, &members);
    let is_open = state.status != ComponentStatus::Operational;
    // What is closed as a whole needs no second fold.
    let has_fold = is_long(facts) && (is_open || name.is_none());
    let (shown, folded) = if has_fold { fold(&members, name.is_some()) } else { (members.clone(), Vec::new()) };
    GroupCard {
        name,
        status: status(&facts.look, state.status),
        is_open,
        summary: summary(facts, state),
        uptime: group_uptime(facts, share),
        bars: name.map(|name| bars_of(facts, name, share, &members, causes)),
        rows: shown.into_iter().filter_map(|member| row(facts, member, causes)).collect(),
        rest: (!folded.is_empty()).then(|| rest(facts, &folded, name.is_none(), causes)),
    }
}

/// The members in trouble, in the order of the site and before the others; then those that are folded.
fn fold<'a>(members: &[&'a ComponentState], has_name: bool) -> (Vec<&'a ComponentState>, Vec<&'a ComponentState>) {
    let works = |member: &&ComponentState| member.status == ComponentStatus::Operational;
    let (mut folded, mut shown): (Vec<_>, Vec<_>) = members.iter().copied().partition(works);
    if !has_name {
        let more = NEVER_FOLDED.saturating_sub(shown.len()).min(folded.len());
        shown.extend(folded.drain(..more));
    }
    (shown, folded)
}

fn rest<'a>(facts: &'a Facts, folded: &[&'a ComponentState], with_bars: bool, causes: &Causes) -> Rest<'a> {
    let messages = &facts.look.theme.messages;
    let share = share_of(facts, folded).filter(|_| with_bars);
    Rest {
        status: status(&facts.look, ComponentStatus::Operational),
        summary: messages.count("group_fine", folded.len()),
        uptime: group_uptime(facts, share),
        bars: with_bars.then(|| bars_of(facts, messages.get("other_components"), share, folded, causes)),
        rows: folded.iter().filter_map(|member| row(facts, member, causes)).collect(),
    }
}

/// Each day as the worst of these components had it.
fn bars_of(facts: &Facts, name: &str, share: Option<f64>, members: &[&ComponentState], causes: &Causes) -> Bars {
    let records: Vec<&Record> = members.iter().filter_map(|member| record(facts, member)).collect();
    group_bars(facts, name, share, &worst_days(&records), causes)
}

fn group_uptime(facts: &Facts, share: Option<f64>) -> Option<GroupUptime> {
    let percent = facts.look.format().percent(share?);
    let named = facts.look.theme.messages.fill("group_uptime", &[("percent", &percent)]);
    Some(GroupUptime { percent, named })
}

/// `1 of 3 affected`, or that all work.
fn summary(facts: &Facts, state: &GroupState) -> String {
    let messages = &facts.look.theme.messages;
    let total = state.members.len();
    let affected = state.members.iter().filter(|member| member.status != ComponentStatus::Operational).count();
    if affected > 0 {
        return messages.fill("group_trouble", &[("n", &affected.to_string()), ("total", &total.to_string())]);
    }
    messages.count("group_fine", total)
}

/// The mean of the members, as Statuspage has it.
fn share_of(facts: &Facts, members: &[&ComponentState]) -> Option<f64> {
    let shares: Vec<f64> = members.iter().filter_map(|member| record(facts, member)?.uptime.share()).collect();
    (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64)
}

fn record<'a>(facts: &'a Facts, member: &ComponentState) -> Option<&'a Record> {
    facts.records.iter().find(|record| record.component.id == member.component.id)
}

fn row<'a>(facts: &Facts, member: &'a ComponentState, causes: &Causes) -> Option<ComponentRow<'a>> {
    let record = record(facts, member)?;
    Some(ComponentRow {
        name: &member.component.name,
        path: component_path(&member.component.id),
        status: status(&facts.look, member.status),
        uptime: uptime(facts, record),
        bars: bars(facts, record, causes, ""),
    })
}

/// `99.95 %`, and since when if that is not the whole time of the bars.
fn uptime(facts: &Facts, record: &Record) -> String {
    let (messages, format) = (&facts.look.theme.messages, facts.look.format());
    let Some(percent) = record.uptime.share().map(|share| format.percent(share)) else {
        return messages.get("no_data").to_owned();
    };
    match record.days.iter().position(|day| day.uptime.counted > 0) {
        Some(first) if first > 0 => {
            let date = format.date(record.days[first].date);
            messages.fill("percent_since", &[("percent", &percent), ("date", &date)])
        }
        _ => percent,
    }
}

/// The last days with something that is over, newest first, and a word on the other days. What lasted stands at its
/// last day; no day that it touched counts as quiet. So does planned work, since a bar shows when it was worked on.
fn lately(facts: &Facts) -> (Vec<DayBack>, String) {
    let zone = facts.site.settings.zone;
    let today = zone.date(facts.look.now());
    let first = today.minus_days(DAYS_BACK - 1);
    let mut days: BTreeMap<Date, Vec<EntryLine>> = BTreeMap::new();
    let mut busy: BTreeSet<Date> = BTreeSet::new();
    let incidents = facts.incidents.iter().rev().map(|it| (HistoryEntry::Incident(Arc::clone(it)), !it.is_open()));
    let worked = facts.maintenance.iter().rev().filter(|work| !work.worked.is_empty());
    let worked = worked.map(|it| (HistoryEntry::Maintenance(Arc::clone(it)), it.state() != MaintenanceState::Running));
    for (entry, is_over) in incidents.chain(worked) {
        let pieces: Vec<(Date, Date)> = entry.days(zone).into_iter().filter(|(_, until)| *until >= first).collect();
        let Some((_, until)) = pieces.last().copied() else { continue };
        for (from, until) in pieces {
            let touched = std::iter::successors(Some(from.max(first)), |day| Some(day.plus_days(1)));
            busy.extend(touched.take_while(|day| *day <= until));
        }
        if is_over && days.values().map(Vec::len).sum::<usize>() < LATELY {
            days.entry(until).or_default().push(line(facts, &entry));
        }
    }
    let quiet = DAYS_BACK as usize - busy.len();
    let messages = &facts.look.theme.messages;
    let quiet = match quiet {
        0 => String::new(),
        n if n == DAYS_BACK as usize => messages.get("quiet_all").to_owned(),
        1 => messages.get("quiet_one").to_owned(),
        // What is open stands above, and lasts until today.
        n if days.is_empty() => messages.count("quiet_before", n),
        n => messages.count("quiet_rest", n),
    };
    let days = days.into_iter().rev();
    let days = days.map(|(date, entries)| DayBack { iso: date.iso(), day: parts::day(&facts.look, date), entries });
    (days.collect(), quiet)
}
