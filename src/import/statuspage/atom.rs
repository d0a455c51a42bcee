//! Statuspage's `history.atom`, which goes further back than the API. Each entry is an incident, its
//! updates are paragraphs of HTML, the newest first:
//!
//! ```text
//! <p><small>Jun <var data-var='date'>18</var>, <var data-var='time'>18:09</var> UTC</small><br>
//! <strong>Resolved</strong> - text</p>
//! ```
//!
//! Planned work begins with a paragraph `THIS IS A SCHEDULED EVENT Apr 7, 22:00 - 23:00 UTC`. The years
//! are not written: they follow from when the entry was published and last changed.

use std::io::BufReader;

use atom_syndication::{Entry, Feed};

use super::moment::{Years, times_in};
use crate::import::Notes;
use crate::import::html::plain;
use crate::import::page::objects::{Incident, Page, Readable, Update};
use crate::import::times::Frame;
use crate::time::{Time, Zone};

/// What a feed says.
pub(super) struct FeedContent {
    pub page: Page,
    pub incidents: Vec<Incident>,
}

/// Reads a feed; nothing if it tells of no incident.
pub(super) fn read(path: &str, bytes: &[u8], zone: Option<Zone>, notes: &mut Notes) -> Option<FeedContent> {
    let feed = match Feed::read_from(BufReader::new(bytes)) {
        Ok(feed) => feed,
        Err(error) => {
            notes.add(path, None, format!("it is no Atom feed: {error}; not imported"));
            return None;
        }
    };
    let incidents: Vec<Incident> =
        feed.entries().iter().filter_map(|entry| FeedReader { path, zone, notes, entry }.incident()).collect();
    if incidents.is_empty() {
        notes.add(path, None, "the feed tells of no incident; not imported");
        return None;
    }
    let message =
        "a feed knows neither impact nor components, and times to the minute; its incidents have no effect on uptime";
    notes.add(path, None, message);
    Some(FeedContent { page: page(&feed), incidents })
}

/// `NAME Status - Incident History`, and the link to the page.
fn page(feed: &Feed) -> Page {
    let title = feed.title().as_str();
    let name = title.strip_suffix(" - Incident History").unwrap_or(title);
    let url = feed.links().iter().find(|link| link.rel() == "alternate").map(|link| link.href().to_owned());
    Page { name: Some(name.to_owned()), url, ..Page::default() }
}

struct FeedReader<'a, 'n> {
    path: &'a str,
    /// The page's, if it is known.
    zone: Option<Zone>,
    notes: &'n mut Notes,
    entry: &'a Entry,
}

impl FeedReader<'_, '_> {
    fn incident(mut self) -> Option<Incident> {
        let entry = self.entry;
        let title = plain(entry.title().as_str());
        let Some(code) = self.code() else {
            self.note(&title, "it links to no incident; not imported");
            return None;
        };
        let years = self.years();
        let content = entry.content().and_then(|content| content.value()).or(entry.summary().map(|text| text.as_str()));
        let (mut updates, mut window) = (Vec::new(), None);
        for paragraph in paragraphs(content.unwrap_or_default()) {
            if plain(paragraph).starts_with("THIS IS A SCHEDULED EVENT") {
                window = self.window(&title, paragraph, &years);
            } else if let Some(update) = self.update(&title, paragraph, &years) {
                updates.push(update);
            } else if !plain(paragraph).is_empty() {
                self.note(&title, &format!("this paragraph is no update and was left out: {}", plain(paragraph)));
            }
        }
        if updates.is_empty() && window.is_none() {
            self.note(&title, "it has no update that can be read; not imported");
            return None;
        }
        let status = updates.first().and_then(|update: &Update| update.status.clone());
        let (from, until) = window.map(|(from, until)| (Readable::from(from), Readable::from(until))).unzip();
        Some(Incident {
            id: Some(code),
            name: Some(title),
            status: status.or_else(|| from.as_ref().map(|_| "scheduled".to_owned())),
            created_at: Some(Readable::from(years.from)),
            updated_at: Some(Readable::from(years.until)),
            incident_updates: Some(updates),
            scheduled_for: from,
            scheduled_until: until,
            ..Incident::default()
        })
    }

    fn note(&mut self, title: &str, message: &str) {
        self.notes.add(self.path, None, format!("`{title}`: {message}"));
    }

    fn doubt(&mut self, title: &str, message: &str) {
        self.notes.time(self.path, None, format!("`{title}`: {message}"));
    }

    /// The end of the link `https://HOST/incidents/CODE`.
    fn code(&self) -> Option<String> {
        let (_, rest) = self.entry.links().iter().find_map(|link| link.href().split_once("/incidents/"))?;
        let code: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        (!code.is_empty()).then_some(code)
    }

    fn years(&self) -> Years {
        let newest = *self.entry.updated();
        let oldest = self.entry.published().copied().unwrap_or(newest);
        let [oldest_at, newest_at] = [oldest, newest].map(|time| Time::from_millis(time.timestamp_millis()));
        let offset = oldest.offset().local_minus_utc() / 60;
        let clocks = self.zone.map_or(Frame::Offset(offset), Frame::Zone);
        Years { from: oldest_at.min(newest_at), until: oldest_at.max(newest_at), clocks }
    }

    fn update(&mut self, title: &str, paragraph: &str, years: &Years) -> Option<Update> {
        let (head, rest) = paragraph.split_once("<strong>")?;
        let (status, body) = rest.split_once("</strong>")?;
        let status = plain(status).to_lowercase().replace(' ', "_");
        let body = body.trim_start().strip_prefix('-').unwrap_or(body).trim();
        let moment = times_in(&plain(head), years.clocks).into_iter().next().and_then(|moment| years.place(&moment));
        let at = match moment {
            Some((time, doubt)) => {
                if let Some(doubt) = doubt {
                    self.doubt(title, &doubt);
                }
                Some(Readable::from(time))
            }
            None => {
                self.doubt(title, &format!("the time of an update, `{}`, cannot be read", plain(head)));
                None
            }
        };
        let (status, body) = (Some(status), Some(body.to_owned()));
        Some(Update { status, body, display_at: at, ..Update::default() })
    }

    fn window(&mut self, title: &str, paragraph: &str, years: &Years) -> Option<(Time, Time)> {
        // The work may lie up to a year after its announcement.
        let years = Years { until: years.until.max(years.from.plus_seconds(366 * 86_400)), ..*years };
        let words = plain(paragraph);
        let mut moments = times_in(&words, years.clocks).into_iter();
        let (from, until) = (moments.next(), moments.next());
        let placed = from.and_then(|from| years.place(&from)).zip(until.and_then(|until| years.place(&until)));
        let Some(((from, _), (until, _))) = placed else {
            self.doubt(title, &format!("its planned time, `{words}`, cannot be read"));
            return None;
        };
        Some((from, if until < from { until.plus_seconds(86_400) } else { until }))
    }
}

/// The insides of `<p>…</p>`.
fn paragraphs(html: &str) -> impl Iterator<Item = &str> {
    html.split("<p>").map(|rest| rest.split("</p>").next().unwrap_or(rest)).filter(|text| !text.trim().is_empty())
}
