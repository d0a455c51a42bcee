//! The present at a glance: the headline, the components, and their uptime.

use super::about::{Difference, SubjectDifferences};
use crate::render::facts::Facts;
use crate::render::html;
use crate::view::DAYS;

pub(super) fn present(old: &Facts, new: &Facts) -> Vec<Difference> {
    let mut about = SubjectDifferences::new("present", "", "");
    about.compare("headline", html::headline(old), html::headline(new));
    // What comes and goes as a whole is told of as a component.
    for state in &new.overview.components {
        let id = &state.component.id;
        if let Some(before) = old.overview.components.iter().find(|before| before.component.id == *id) {
            let word = |facts: &Facts, word: &str| facts.look.theme.messages.get(word).to_owned();
            let (before, after) = (word(old, before.status.word()), word(new, state.status.word()));
            about.compare(format!("status of {}", state.component.name), &before, &after);
        }
    }
    for record in &new.records {
        let id = &record.component.id;
        if let Some(before) = old.records.iter().find(|before| before.component.id == *id) {
            let percent = |facts: &Facts, share: Option<f64>| {
                share.map_or_else(String::new, |share| facts.look.format().percent(share))
            };
            let (before, after) = (percent(old, before.uptime.share()), percent(new, record.uptime.share()));
            about.compare(format!("uptime of {} over {DAYS} days", record.component.name), &before, &after);
        }
    }
    about.done()
}
