//! What a build is made from, as one number.

use std::collections::BTreeMap;
use std::fmt::Debug;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::folder::STATIC;
use crate::audience::PublicSite;
use crate::source::{self, Source};

/// SHA-256 over all that the public site is made of, in hexadecimal. What is internal changes nothing in it, or everybody
/// could see that something internal has changed.
pub(super) fn public(mut site: PublicSite, source: &Source) -> String {
    let (incidents, maintenance) = (std::mem::take(&mut site.incidents), std::mem::take(&mut site.maintenance));
    // Entries one by one: all of them as one text would be as large as the site.
    let incidents = incidents.par_iter().map(of);
    let entries: Vec<[u8; 32]> = incidents.chain(maintenance.par_iter().map(of)).collect();
    let entries = entries.concat();
    let site = of(&site);
    source::digest(published_files(source).into_iter().chain([("", site.as_slice()), ("", &entries)]))
}

/// Comments in texts are shown to nobody.
fn of(part: &impl Debug) -> [u8; 32] {
    Sha256::digest(without_comments(format!("{part:?}"))).into()
}

fn without_comments(text: String) -> String {
    if !text.contains("<!--") {
        return text;
    }
    let mut parts = text.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |told, part| told + part.split_once("-->").map_or(part, |(_, rest)| rest))
}

/// Static files by their addresses, and the files of themes by their paths, but for those of the wiki.
pub(super) fn published_files(source: &Source) -> BTreeMap<&str, &[u8]> {
    let statics = source.under(STATIC).map(|(path, bytes)| (&path[STATIC.len() - 1..], &**bytes));
    let themes = source.under("themes/").filter(|(path, _)| !path.split('/').any(|folder| folder == "wiki"));
    statics.chain(themes.map(|(path, bytes)| (path, &**bytes))).collect()
}
