//! What was announced: a page each, which stays, and one that leads to all of them.

use serde::Serialize;

use super::parts::{Excerpt, Style, clock, excerpt, html, opening, with_time};
use super::{PageHead, render};
use crate::model::Announcement;
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::theme::Form;
use crate::time::Time;

#[derive(Serialize)]
struct AnnouncementPage<'a> {
    title: &'a str,
    /// HTML.
    dates: String,
    body: String,
}

pub(super) fn page(facts: &Facts, index: usize) -> Made {
    let announcement = &facts.site.announcements[index];
    let full = |key, time| with_time(&facts.look, key, time, Time::from_millis(0));
    let until = announcement.until.map(|until| format!(", {}", full("valid_until", until))).unwrap_or_default();
    let page = AnnouncementPage {
        title: &announcement.title,
        dates: format!("{}{until}", full("published", announcement.from)),
        body: html(&facts.look, &announcement.body, Style { root: "../../", heading: 2 }),
    };
    let folder = paths::announcement(&announcement.id);
    let (title, description) = (announcement.title.clone(), excerpt(&announcement.body, 200));
    let head = PageHead::new(&folder, title, description).settled(true);
    render(facts, "announcement.html", &head, &page)
}

#[derive(Serialize)]
struct AnnouncementList<'a> {
    current: Vec<AnnouncementRow<'a>>,
    past: Vec<AnnouncementRow<'a>>,
}

#[derive(Serialize)]
struct AnnouncementRow<'a> {
    path: String,
    title: &'a str,
    /// An element.
    published: String,
    text: Excerpt,
}

/// All of them, the newest first: those in force, and those whose time is over.
pub(super) fn list(facts: &Facts) -> Made {
    let newest_first = facts.site.announcements.iter().rev();
    let (current, past): (Vec<_>, Vec<_>) =
        newest_first.partition(|announcement| announcement.is_in_force(facts.look.now()));
    let rows = |all: Vec<_>| all.into_iter().map(|announcement| row(facts, announcement)).collect();
    let page = AnnouncementList { current: rows(current), past: rows(past) };
    let messages = &facts.look.theme.messages;
    let (title, description) = (messages.get("announcements"), messages.get("announcements_intro"));
    let head = PageHead::new(paths::ANNOUNCEMENTS, title, description);
    render(facts, "announcements.html", &head, &page)
}

fn row<'a>(facts: &Facts, announcement: &'a Announcement) -> AnnouncementRow<'a> {
    AnnouncementRow {
        path: paths::file(&paths::announcement(&announcement.id)),
        title: &announcement.title,
        published: clock(&facts.look, announcement.from, Form::Full),
        text: opening(&facts.look, &announcement.body, 180),
    }
}
