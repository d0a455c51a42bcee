//! The dashboard: first what needs somebody, then facts, then what can be told from them.

use serde::Serialize;

use super::duties::{Row, rows};
use super::postmortem::{Line, lines};
use super::{Head, Wiki, render};
use crate::output::Made;

#[derive(Serialize)]
struct Home {
    /// What needs somebody.
    needs: Vec<Row>,
    /// How many more rows there are, in words.
    more: Option<String>,
    newest: Vec<Line>,
}

/// How many things that need somebody stand on the dashboard; a longer list is read by nobody.
const MOST_NEEDS: usize = 10;

/// How many of the newest reports stand on the dashboard.
const NEWEST: usize = 8;

pub(super) fn page(wiki: &Wiki) -> Made {
    let mut needs = rows(wiki);
    let more = needs.len().saturating_sub(MOST_NEEDS);
    needs.truncate(MOST_NEEDS);
    let more = (more > 0).then(|| wiki.theme.messages.fill("needs_more", &[("n", &more.to_string())]));
    let home = Home { needs, more, newest: lines(wiki, wiki.site.postmortems.iter().rev().take(NEWEST)) };
    render(wiki, "home.html", &Head::new("", wiki.theme.messages.get("wiki_home")), &home)
}
