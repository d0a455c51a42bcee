//! The report for people: on a terminal, and as Markdown for a chat or an issue.

use super::DutyReport;
use crate::markdown::escape;
use crate::paths::wiki as paths;
use crate::time::in_words;
use crate::view::{Due, Duty, DutyGroup, DutyKind, MetricStats};

pub(super) fn text(report: &DutyReport<'_>) -> String {
    let mut out = format!("{} at {}\n", report.site.settings.name, report.now.rfc3339_minutes());
    for (group, duties) in groups(report) {
        out += &format!("\n{}\n", heading(group));
        for duty in duties {
            out += &format!("  {}{}\n    {}\n", priority(duty), duty.what, facts(duty, &place(duty)).join("; "));
        }
    }
    if report.duties.is_empty() {
        out += "\nNothing needs anybody.\n";
    }
    out += "\nFigures\n";
    for line in figures(report) {
        out += &format!("  {line}\n");
    }
    out
}

pub(super) fn markdown(report: &DutyReport<'_>) -> String {
    let name = escape(&report.site.settings.name);
    let mut out = format!("**{name}** at {}\n", report.now.rfc3339_minutes());
    for (group, duties) in groups(report) {
        out += &format!("\n### {}\n\n", heading(group));
        for duty in duties {
            let facts = facts(duty, &linked(report, duty));
            out += &format!("- {}**{}**: {}\n", priority(duty), escape(&duty.what), facts.join("; "));
        }
    }
    if report.duties.is_empty() {
        out += "\nNothing needs anybody.\n";
    }
    out += "\n### Figures\n\n";
    for line in figures(report) {
        out += &format!("- {line}\n");
    }
    out
}

/// The groups that have duties.
fn groups<'a>(report: &'a DutyReport<'_>) -> impl Iterator<Item = (DutyGroup, Vec<&'a Duty>)> {
    let of = |group| report.duties.iter().filter(move |duty| duty.kind.group() == group).collect::<Vec<_>>();
    DutyGroup::ALL.into_iter().map(move |group| (group, of(group))).filter(|(_, duties)| !duties.is_empty())
}

fn heading(group: DutyGroup) -> &'static str {
    match group {
        DutyGroup::Postmortems => "Postmortems",
        DutyGroup::Reviews => "Reviews",
        DutyGroup::Actions => "Actions",
        DutyGroup::Capacity => "Capacity",
    }
}

fn priority(duty: &Duty) -> &'static str {
    if duty.priority { "(priority) " } else { "" }
}

/// What is asked for, how late it is, whose it is, where it stands.
fn facts(duty: &Duty, place: &str) -> Vec<String> {
    let owners = if duty.owners.is_empty() { "no owner".to_owned() } else { duty.owners.join(", ") };
    let asked = asked(duty.kind).to_owned();
    [Some(asked), when(duty), Some(owners), Some(place.to_owned())].into_iter().flatten().collect()
}

fn asked(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::PostmortemOverdue | DutyKind::PostmortemDue => "no postmortem yet",
        DutyKind::PostmortemUnfinished => "still a draft",
        DutyKind::ExternalMessageAdvised => "customers are not told why",
        DutyKind::ActionOverdue | DutyKind::ActionDueSoon => "not done",
        DutyKind::ReviewWaiting => "waits for its review",
        DutyKind::CapacityStale => "capacity not looked at for long",
    }
}

/// By when, and how late that is; else since when.
fn when(duty: &Duty) -> Option<String> {
    let Some((due, seconds)) = duty.due.zip(duty.late_by) else {
        return duty.since.map(|time| format!("since {}", time.rfc3339_minutes()));
    };
    let day = match due {
        Due::By(time) => time.rfc3339_minutes(),
        Due::On(date) => date.iso(),
    };
    let late = match duty.days_late()? {
        _ if seconds <= 0 => return Some(format!("due {day}")),
        0 => "less than a day late".to_owned(),
        1 => "1 day late".to_owned(),
        days => format!("{days} days late"),
    };
    Some(format!("due {day}, {late}"))
}

/// The name of the report, incident or component.
fn place(duty: &Duty) -> String {
    let action = duty.action.as_ref().map_or_else(String::new, |action| format!(" {action}"));
    match (&duty.label, &duty.incident, &duty.component) {
        (Some(label), ..) => format!("{label}{action}"),
        (_, Some(incident), _) => format!("incident {incident}"),
        (.., Some(component)) => format!("component {component}"),
        _ => String::new(),
    }
}

/// The same, linked to the wiki if the site says where that is.
fn linked(report: &DutyReport<'_>, duty: &Duty) -> String {
    let page = match (&duty.postmortem, &duty.incident, &duty.component) {
        (Some(postmortem), ..) => paths::postmortem(postmortem),
        (_, Some(incident), _) => paths::incident(incident),
        (.., Some(component)) => paths::component(component),
        _ => String::new(),
    };
    let place = escape(&place(duty));
    match &report.site.internal.wiki_url {
        Some(wiki) => format!("[{place}]({}/{page})", wiki.trim_end_matches('/')),
        None => place,
    }
}

fn figures(report: &DutyReport<'_>) -> Vec<String> {
    let stats = &report.stats;
    let postmortems = stats.postmortems.iter().map(|(status, count)| format!("{count} {}", status.word()));
    let mut lines = vec![
        format!("reports: {}", postmortems.collect::<Vec<_>>().join(", ")),
        format!("actions: {} open, {} overdue, {} done", stats.open, stats.overdue, stats.done),
    ];
    lines.extend(stats.times.iter().map(time));
    lines
}

/// A median says something from three incidents on, and nothing without their number.
fn time(known: &MetricStats) -> String {
    let (to, from) = known.metric.formula();
    let median = match known.sample.median() {
        Some(seconds) => format!("median {}", in_words(seconds)),
        None => "too few for a median".to_owned(),
    };
    let left_out = if known.left_out == 0 { String::new() } else { format!(", {} unknown", known.left_out) };
    format!("time to {} ({to} - {from}): {median}, n = {}{left_out}", known.metric.word(), known.sample.n())
}
