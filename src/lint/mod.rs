//! Advice beyond validity: one rule a file, one code a rule.

mod future_update;
mod likeness;
mod recurrence;
mod sections;
mod shared_fate;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::model::{Id, Site};
use crate::time::Time;

/// Opens the file of an entry, by kind and id, and hands it to a check that wants a place in it.
pub type Open<'a> = dyn Fn(&'static str, &Id, &mut dyn FnMut(&Document<'_>)) + 'a;

/// What every rule has to say.
pub fn check(site: &Site, site_file: Option<&Document<'_>>, open: &Open<'_>, now: Time) -> Vec<Diagnostic> {
    let mut advice = future_update::check(site, open, now);
    advice.extend(recurrence::check(site, open));
    advice.extend(likeness::check(site, open));
    advice.extend(sections::check(site, open));
    advice.extend(site_file.and_then(|document| shared_fate::check(site, document)));
    advice
}
