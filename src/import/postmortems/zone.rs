//! The time zones that people name in timelines.

use crate::time::Zone;

/// The zone of an abbreviation or a name. `CET` is what clocks in central Europe show, in summer too:
/// nobody changes the sentence above a table twice a year.
pub(super) fn named(word: &str) -> Option<Zone> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/' && c != '_');
    let name = match word {
        "Z" => "UTC",
        "CEST" => "CET",
        "BST" => "Europe/London",
        "WEST" => "WET",
        "EEST" => "EET",
        "ET" | "EDT" => "America/New_York",
        "CT" | "CST" | "CDT" => "America/Chicago",
        "MT" | "MDT" => "America/Denver",
        "PT" | "PST" | "PDT" => "America/Los_Angeles",
        "UTC" | "GMT" | "CET" | "WET" | "EET" | "EST" | "MST" => word,
        name if name.contains('/') => name,
        _ => return None,
    };
    Zone::named(name)
}

/// The zone that a sentence about times names.
pub(super) fn in_sentence(text: &str) -> Option<Zone> {
    let is_about_times = text.to_ascii_lowercase().contains("time");
    is_about_times.then(|| text.split_whitespace().find_map(named))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_zones() {
        for text in ["All times in CET.", "Date and Time in CET", "(all times CET)", "Time (CET)"] {
            assert_eq!(in_sentence(text).map(Zone::name), Some("CET"), "{text}");
        }
        assert_eq!(in_sentence("Time is short"), None);
        assert_eq!(in_sentence("the MET office"), None);
    }
}
