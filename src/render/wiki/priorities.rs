//! Where to invest: what came back, what was seen once, the risk, where the minutes went, what is being done.

use serde::Serialize;

use super::cause::{last_seen, name, path, postmortems, seen};
use super::comparison::{Against, against};
use super::{Wiki, WikiPageHead, paths, render};
use crate::model::{ActionType, Id};
use crate::output::Made;
use crate::time::Time;
use crate::view::{Chain, Effort, Phases, Risk, Verdict, effort, risk_of_causes, risk_of_components};

#[derive(Serialize)]
struct PrioritiesPage {
    postmortems: usize,
    /// What the median incident and the actions say, in words.
    derived: Option<String>,
    returned: Vec<Returned>,
    once: Vec<Once>,
    /// What is to be made of them, in words.
    once_say: String,
    /// What is summed, in words.
    formula: String,
    causes: Vec<Weighed>,
    components: Vec<Weighed>,
    minutes: Option<Minutes>,
    efforts: Vec<Purpose>,
    actions: usize,
}

/// A cause that came back.
#[derive(Serialize)]
struct Returned {
    path: String,
    name: String,
    seen: Option<String>,
    against: Against,
}

/// A cause that was seen once.
#[derive(Serialize)]
struct Once {
    path: String,
    name: String,
    last: Option<String>,
    severity: Option<String>,
}

#[derive(Serialize)]
struct Weighed {
    path: String,
    name: String,
    n: usize,
    /// How many of them have no severity, in words.
    unrated: Option<String>,
    score: usize,
    /// Of the greatest score, in percent.
    share: usize,
}

/// Where the time of the incidents went.
#[derive(Serialize)]
struct Minutes {
    n: usize,
    left_out: Option<String>,
    phases: Vec<Phase>,
}

#[derive(Serialize)]
struct Phase {
    /// As in the bar of an incident.
    class: String,
    name: String,
    formula: String,
    /// What would make it shorter.
    help: String,
    minutes: i64,
    /// Of all, in percent, rounded.
    share: i64,
    /// In thousandths: where its bar begins and how wide it is.
    from: i64,
    width: i64,
}

#[derive(Serialize)]
struct Purpose {
    word: &'static str,
    name: String,
    n: usize,
    done: usize,
    /// Of the most frequent purpose, in percent.
    share: usize,
    share_done: usize,
}

pub(super) fn page(wiki: &Wiki) -> Made {
    let head = WikiPageHead::new("invest/", wiki.look.theme.messages.get("priorities_heading"));
    let all = &wiki.site.postmortems;
    let severities = wiki.site.internal.severities.len();
    let phases: Vec<Phases> = all.iter().filter_map(|postmortem| Phases::of(postmortem)).collect();
    let efforts = effort(all);
    let single = wiki.known.learning.chains.iter().filter(|chain| chain.steps.is_empty());
    let page = PrioritiesPage {
        postmortems: all.len(),
        derived: derived(wiki, &phases, &efforts),
        returned: returned(wiki, &wiki.known.learning.chains),
        once: single.map(|chain| once(wiki, chain)).collect(),
        once_say: once_say(wiki),
        formula: wiki.look.theme.messages.fill("risk_formula", &[("weights", &weights(wiki))]),
        causes: weighed(wiki, risk_of_causes(all, severities), |id| (wiki.cause_title(id), paths::cause(id))),
        components: weighed(wiki, risk_of_components(all, severities), |id| {
            (wiki.look.component_name(id), paths::component(id))
        }),
        minutes: minutes(wiki, &phases),
        actions: efforts.iter().map(|effort| effort.n).sum(),
        efforts: purposes(wiki, &efforts),
    };
    render(wiki, "priorities.html", &head, &page)
}

/// `Of 95 minutes of the median incident 12 went unnoticed; 12 of 40 actions aim at that.` It names the longest
/// phase of the incident of middle length, and the actions that would shorten it.
fn derived(wiki: &Wiki, phases: &[Phases], efforts: &[Effort]) -> Option<String> {
    let middle = Phases::middle(phases)?;
    let longest = middle.unnoticed.max(middle.looking).max(middle.repairing);
    let (key, kind) = match () {
        () if middle.unnoticed == longest => ("derived_unnoticed", ActionType::Detect),
        () if middle.repairing == longest => ("derived_repairing", ActionType::Mitigate),
        () => ("derived_looking", ActionType::Mitigate),
    };
    let aimed = efforts.iter().filter(|effort| effort.kind == kind).map(|effort| effort.n).sum::<usize>();
    let all = efforts.iter().map(|effort| effort.n).sum::<usize>();
    let whole = |seconds: i64| (seconds / 60).to_string();
    Some(wiki.look.theme.messages.fill(
        key,
        &[
            ("total", &whole(middle.total())),
            ("unnoticed", &whole(middle.unnoticed)),
            ("longest", &whole(longest)),
            ("aimed", &aimed.to_string()),
            ("all", &all.to_string()),
            ("n", &phases.len().to_string()),
        ],
    ))
}

/// The causes that came back: those that came back no better first, then the newest.
fn returned(wiki: &Wiki, chains: &[Chain]) -> Vec<Returned> {
    let mut found: Vec<(&Chain, &crate::view::Step)> =
        chains.iter().filter_map(|chain| Some((chain, chain.steps.last()?))).collect();
    let key = |chain: &Chain, verdict| (urgency(verdict), std::cmp::Reverse(last_seen(wiki, chain)));
    found.sort_by_key(|(chain, step)| key(chain, step.previous.verdict));
    let one = |(chain, step): (&Chain, &crate::view::Step)| Returned {
        path: path(wiki, chain),
        name: name(wiki, chain),
        seen: seen(wiki, chain),
        against: against(wiki, step),
    };
    found.into_iter().map(one).collect()
}

/// Worse before the same, before what is not known, before what got better.
fn urgency(verdict: Verdict) -> usize {
    let order = [Verdict::Worse, Verdict::Same, Verdict::Unknown, Verdict::Mixed, Verdict::Better];
    order.iter().position(|one| *one == verdict).unwrap_or(order.len())
}

fn once(wiki: &Wiki, chain: &Chain) -> Once {
    let members = postmortems(wiki, chain);
    let severity = members.first().and_then(|postmortem| postmortem.severity.as_ref());
    Once {
        path: path(wiki, chain),
        name: name(wiki, chain),
        last: last_seen(wiki, chain).map(|at| wiki.look.format().day_of(at)),
        severity: severity.map(|severity| severity.name.to_string()),
    }
}

/// What causes that were seen once come to. Time counts from the first postmortem on, in months of 30 days, at least one.
fn once_say(wiki: &Wiki) -> String {
    const MONTH: i64 = 30 * 24 * 3600;
    let first: Option<Time> = wiki.site.postmortems.iter().filter_map(|postmortem| postmortem.happened()).min();
    let months = first.map_or(0, |first| wiki.look.now().seconds_since(first) / MONTH);
    wiki.look.theme.messages.count("once_say", months.max(1) as usize)
}

/// `SEV1 3, SEV2 2, SEV3 1`
fn weights(wiki: &Wiki) -> String {
    let names = &wiki.site.internal.severities;
    let one = |(rank, name): (usize, &std::sync::Arc<str>)| format!("{name} {}", names.len() - rank);
    names.iter().enumerate().map(one).collect::<Vec<_>>().join(", ")
}

fn weighed(wiki: &Wiki, risks: Vec<Risk>, name: impl Fn(&Id) -> (String, String)) -> Vec<Weighed> {
    let most = risks.first().map_or(1, |risk| risk.score).max(1);
    let one = |risk: &Risk| {
        let (name, folder) = name(&risk.id);
        let share = risk.score * 100 / most;
        let unrated = (risk.unrated > 0).then(|| wiki.look.theme.messages.count("unrated", risk.unrated));
        Weighed { path: paths::page(&folder), name, n: risk.n, unrated, score: risk.score, share }
    };
    risks.iter().map(one).collect()
}

fn minutes(wiki: &Wiki, phases: &[Phases]) -> Option<Minutes> {
    let sum = Phases::sum(phases);
    let total = sum.total();
    let parts = [("unnoticed", sum.unnoticed), ("looking", sum.looking), ("repairing", sum.repairing)];
    let left_out = wiki.site.postmortems.len() - phases.len();
    let mut before = 0;
    let message = |key: String| wiki.look.theme.messages.get(&key).to_owned();
    let phase = |(word, seconds): (&'static str, i64)| {
        let (from, until) = (before * 1000 / total, (before + seconds) * 1000 / total);
        before += seconds;
        let share = (seconds * 100 + total / 2) / total;
        Phase {
            class: format!("p-{word}"),
            name: message(format!("pm_phase_{word}")),
            formula: message(format!("phase_{word}_formula")),
            help: message(format!("phase_{word}_help")),
            minutes: seconds / 60,
            share,
            from,
            width: until - from,
        }
    };
    (total > 0).then(|| Minutes {
        n: phases.len(),
        left_out: (left_out > 0).then(|| wiki.look.theme.messages.count("minutes_left", left_out)),
        phases: parts.into_iter().map(phase).collect(),
    })
}

fn purposes(wiki: &Wiki, efforts: &[Effort]) -> Vec<Purpose> {
    let most = efforts.iter().map(|effort| effort.n).max().unwrap_or(0).max(1);
    let one = |effort: &Effort| Purpose {
        word: effort.kind.word(),
        name: wiki.look.theme.messages.get(&format!("action_{}", effort.kind.word())).to_owned(),
        n: effort.n,
        done: effort.done,
        share: effort.n * 100 / most,
        share_done: effort.done * 100 / most,
    };
    efforts.iter().map(one).collect()
}
