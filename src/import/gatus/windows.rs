//! Planned work that recurs. Candor knows planned work by its date, so each window is listed for the
//! author to write when it comes.

use super::config::Item;
use crate::import::Notes;
use crate::import::front::{child, flag, scalar, shown};

/// Notes every window.
pub(super) fn note(windows: &[(Option<String>, Item)], notes: &mut Notes) {
    for (endpoint, item) in windows {
        let text = |key: &str| child(&item.node, key).map(shown).filter(|text| !text.is_empty());
        let of = match endpoint {
            Some(name) => format!("the endpoint `{name}`"),
            None => "everything".to_owned(),
        };
        if child(&item.node, "enabled").and_then(flag) == Some(false) {
            item.location.note(notes, &format!("planned work on {of} that is switched off; not imported"));
            continue;
        }
        let days = text("every").unwrap_or_else(|| "day".to_owned());
        let zone = child(&item.node, "timezone").and_then(scalar).unwrap_or_else(|| "UTC".to_owned());
        let (start, length) = (text("start").unwrap_or("?".to_owned()), text("duration").unwrap_or("?".to_owned()));
        let message = format!(
            "planned work on {of} every {days} from {start} ({zone}) for {length}: what recurs has no place here; write one file for each time that customers should know of"
        );
        item.location.note(notes, &message);
    }
}
