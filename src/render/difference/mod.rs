//! What customers would see change between two states of the content, in words.
//!
//! It compares what the public pages draw on, so it cannot name anything internal: an incident that becomes
//! internal is one that goes off the page.

mod about;
mod entries;
mod present;
mod site;
mod update_differences;

use super::facts::Facts;

pub use about::{Difference, Sign, Subject};
pub use site::files;

/// Everything that differs between what two states of a site show at the same moment: first the present at a
/// glance, then settings and components, then the entries, newest first. Texts are plain, times in the zone
/// and the language of each site.
pub fn differences(old: &Facts, new: &Facts) -> Vec<Difference> {
    let parts = [
        present::present(old, new),
        site::settings(old, new),
        site::components(old, new),
        entries::incidents(old, new),
        entries::maintenance(old, new),
        entries::announcements(old, new),
        entries::pages(old, new),
    ];
    parts.into_iter().flatten().collect()
}
