//! The page becomes `site.yaml`.

use super::System;
use super::roster::Roster;
use super::told::{Page, filled};
use crate::import::history::write::Keys;
use crate::import::html::plain;
use crate::import::{Notes, is_address};
use crate::time::Zone;
use crate::yaml::write as yaml;

/// `site.yaml`, with the old codes as comments.
pub(super) fn file(system: System, path: &str, page: &Page, roster: &Roster, notes: &mut Notes) -> Vec<u8> {
    let mut keys = Keys::default();
    let name = filled(page.name.as_ref());
    keys.set("name", required(path, name, "name", "Status", notes));
    let url = filled(page.url.as_ref()).filter(|url| is_address(url));
    keys.set("url", required(path, url, "url", "https://status.example.com/", notes));
    if let Some(description) = filled(page.description.as_ref()) {
        keys.set("description", plain(description));
    }
    if let Some(zone) = filled(page.time_zone.as_ref()) {
        match Zone::named(zone) {
            Some(zone) => keys.set("timezone", zone.name()),
            None => notes.add(path, None, format!("the time zone `{zone}` is unknown; days begin in UTC now")),
        }
    }
    roster.write(&mut keys);
    let mut text = yaml::mapping(&keys.0);
    if let Some(code) = filled(page.id.as_ref()) {
        text.push_str(&yaml::comment(&format!("{}: page {code}", system.name)));
    }
    roster.comments().for_each(|line| text.push_str(&yaml::comment(&line)));
    text.into_bytes()
}

fn required(path: &str, value: Option<&str>, key: &str, otherwise: &str, notes: &mut Notes) -> String {
    if value.is_none() {
        let message =
            format!("there is no `{key}` of the page that can be used; `{otherwise}` stands for it, please correct it");
        notes.add(path, None, message);
    }
    value.unwrap_or(otherwise).to_owned()
}
