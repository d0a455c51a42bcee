//! The figures at the end of a postmortem.

use super::length::{self, Length};
use super::list;
use super::sections::SourceSection;

/// What the authors state.
#[derive(Debug, Default)]
pub(super) struct Stats {
    /// `Category`
    pub category: Option<String>,
    /// `Time to detection` and its line
    pub detection: Option<(usize, Length)>,
    /// `Time to recovery` and its line
    pub recovery: Option<(usize, Length)>,
    /// Whether something else stands there: notes, footnotes, figures of another kind.
    pub has_more: bool,
}

/// Reads a section of figures.
pub(super) fn read(section: &SourceSection) -> Stats {
    let (items, others) = list::items(&section.body);
    let mut stats = Stats { has_more: !others.is_empty(), ..Stats::default() };
    for item in &items {
        let text = item.text.replace("**", "");
        let (key, value) = text.split_once(':').unwrap_or((&text, ""));
        let value = value.trim();
        let is_new = match key.trim().to_lowercase().as_str() {
            "category" => fill(&mut stats.category, value.to_owned()),
            "time to detection" | "time to detect" => fill(&mut stats.detection, (item.line, length::read(value))),
            "time to recovery" | "time to recover" => fill(&mut stats.recovery, (item.line, length::read(value))),
            _ => false,
        };
        stats.has_more |= !is_new || !item.is_flat();
    }
    let lengths = stats.detection.iter().chain(&stats.recovery).map(|(_, length)| length);
    stats.has_more |= lengths.into_iter().any(|length| match length {
        Length::Stated(stated) => !stated.rest.is_empty(),
        Length::Unknown => false,
        Length::Words => true,
    });
    stats
}

/// Fills a place that is empty; whether it was.
fn fill<T>(place: &mut Option<T>, value: T) -> bool {
    let is_new = place.is_none();
    place.get_or_insert(value);
    is_new
}
