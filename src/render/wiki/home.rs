//! The dashboard: first what needs somebody, then facts, then what can be told from them.

use serde::Serialize;

use super::anniversaries;
use super::cause;
use super::comparison::{Against, against};
use super::duties::{DutyRow, rows};
use super::metrics::counts::{Noticed, noticed};
use super::metrics::figure::{Figure, figure};
use super::metrics::values::{Key, Values, legend};
use super::plot::scale::PlottedTime;
use super::postmortem::{PostmortemRow, postmortem_rows};
use super::{Wiki, WikiPageHead, render};
use crate::model::Postmortem;
use crate::output::Made;
use crate::view::{Chain, Metric};

#[derive(Serialize)]
struct Home {
    /// What needs somebody.
    needs: Vec<DutyRow>,
    /// How many more rows there are, in words.
    more: Option<String>,
    recover: Figure,
    legend: Vec<Key>,
    recurring: Vec<RecurringCause>,
    noticed: Noticed,
    years: Vec<anniversaries::AnniversaryRow>,
    newest: Vec<PostmortemRow>,
}

/// A cause that came back, and how its last time went against the one before.
#[derive(Serialize)]
struct RecurringCause {
    path: String,
    name: String,
    seen: Option<String>,
    against: Against,
}

/// How many things that need somebody stand on the dashboard; a longer list is read by nobody.
const MOST_NEEDS: usize = 10;

/// How many of the newest postmortems stand on the dashboard.
const NEWEST: usize = 8;

pub(super) fn page(wiki: &Wiki) -> Made {
    let mut needs = rows(wiki);
    let more = needs.len().saturating_sub(MOST_NEEDS);
    needs.truncate(MOST_NEEDS);
    let more = (more > 0).then(|| wiki.look.theme.messages.fill("needs_more", &[("n", &more.to_string())]));
    let head = WikiPageHead::new("", wiki.look.theme.messages.get("wiki_home"));
    let postmortems: Vec<&Postmortem> = wiki.site.postmortems.iter().map(|postmortem| &**postmortem).collect();
    let span = PlottedTime::over(postmortems.iter().filter_map(|postmortem| postmortem.happened()));
    let recover = figure(wiki, &head.root(), &Values::of(wiki, Metric::Recover, postmortems.iter().copied()), span);
    let home = Home {
        needs,
        more,
        recover,
        legend: legend(wiki, postmortems.iter().copied()),
        recurring: recurring(wiki),
        noticed: noticed(wiki, &postmortems),
        years: anniversaries::near(wiki),
        newest: postmortem_rows(wiki, wiki.site.postmortems.iter().rev().take(NEWEST)),
    };
    render(wiki, "home.html", &head, &home)
}

/// The causes that came back, the one that came back last first.
fn recurring(wiki: &Wiki) -> Vec<RecurringCause> {
    let mut chains: Vec<&Chain> =
        wiki.known.learning.chains.iter().filter(|chain| chain.postmortems.len() > 1).collect();
    chains.sort_by_key(|chain| std::cmp::Reverse(cause::last_seen(wiki, chain)));
    let recurring = chains.into_iter().filter_map(|chain| {
        Some(RecurringCause {
            path: cause::path(wiki, chain),
            name: cause::name(wiki, chain),
            seen: cause::seen(wiki, chain),
            against: against(wiki, chain.steps.last()?),
        })
    });
    recurring.collect()
}
