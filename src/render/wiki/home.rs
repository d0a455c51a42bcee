//! The dashboard: first what needs somebody, then facts, then what can be told from them.

use serde::Serialize;

use super::postmortem::{Line, lines};
use super::{Head, Wiki, render};
use crate::output::Made;

#[derive(Serialize)]
struct Home {
    newest: Vec<Line>,
}

/// How many of the newest reports stand on the dashboard.
const NEWEST: usize = 8;

pub(super) fn page(wiki: &Wiki) -> Made {
    let home = Home { newest: lines(wiki, wiki.site.postmortems.iter().rev().take(NEWEST)) };
    render(wiki, "home.html", &Head::new("", wiki.theme.messages.get("wiki_home")), &home)
}
