//! Advice beyond validity: one rule a file, one code a rule.

mod action_overdue;
mod external_message_advised;
mod future_update;
mod likeness;
mod postmortem_overdue;
mod recurrence;
mod report_unfinished;
mod sections;
mod shared_fate;
mod wording;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::model::{Id, Site};
use crate::time::Time;
use crate::view::{Duty, Learning};
use crate::yaml::key;

/// Opens the file of an entry, by kind and id, and hands it to a check that wants a place in it.
pub type Open<'a> = dyn Fn(&'static str, &Id, &mut dyn FnMut(&Document<'_>)) + 'a;

/// What every rule has to say.
pub fn check(
    site: &Site,
    learning: &Learning,
    site_file: Option<&Document<'_>>,
    open: &Open<'_>,
    now: Time,
) -> Vec<Diagnostic> {
    let mut advice = future_update::check(site, open, now);
    advice.extend(recurrence::check(&site.postmortems, &learning.chains, open));
    advice.extend(likeness::check(&site.postmortems, &learning.candidates, open));
    advice.extend(sections::check(site, open));
    advice.extend(wording::check(site, open));
    advice.extend(site_file.and_then(|document| shared_fate::check(site, document)));
    advice.extend(reminders(&learning.duties, open));
    advice
}

/// What is late.
fn reminders(duties: &[Duty], open: &Open<'_>) -> Vec<Diagnostic> {
    let mut advice = postmortem_overdue::check(duties, open);
    advice.extend(report_unfinished::check(duties, open));
    advice.extend(external_message_advised::check(duties, open));
    advice.extend(action_overdue::check(duties, open));
    advice
}

/// So many seconds in words: whole days, or hours within the first.
fn days(seconds: i64) -> String {
    let (number, unit) = match seconds {
        ..3600 => return "less than an hour".to_owned(),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
