//! The name of the next postmortem, in the manner of those that are there.

use std::sync::Arc;

use crate::model::Postmortem;

/// A name such as `PM-2026-014`: what stands before the year, the year, what follows it, the number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern<'a> {
    before: &'a str,
    year: Option<i32>,
    between: &'a str,
    number: u64,
    /// Digits of the number, zeros in front of it included.
    width: usize,
}

/// The first free name for a postmortem of `year`: as the newest postmortem is named, with the next number;
/// `PM-2026-001` where no postmortem has such a name. Where names have a year, each year counts from 1.
pub(super) fn next_label(postmortems: &[Arc<Postmortem>], year: i32) -> String {
    let usual = Pattern { before: "PM-", year: Some(year), between: "-", number: 0, width: 3 };
    let patterns: Vec<Pattern<'_>> = postmortems.iter().filter_map(|postmortem| pattern(&postmortem.label)).collect();
    let model = patterns.last().cloned().unwrap_or(usual);
    let wanted = model.year.map(|_| year);
    let is_alike =
        |other: &&Pattern<'_>| (other.before, other.year, other.between) == (model.before, wanted, model.between);
    let last = patterns.iter().filter(is_alike).map(|pattern| pattern.number).max().unwrap_or(0);
    let year = wanted.map_or_else(String::new, |year| year.to_string());
    format!("{}{year}{}{:0width$}", model.before, model.between, last.saturating_add(1), width = model.width)
}

/// `label` in parts, if it begins with a letter and ends in a number.
fn pattern(label: &str) -> Option<Pattern<'_>> {
    let head = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = label[head.len()..].parse().ok()?;
    let width = label.len() - head.len();
    if !head.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let stem = head.trim_end_matches(['-', '.', '_']);
    let before = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let year = stem[before.len()..].parse().ok().filter(|year| (1970..=9999).contains(year));
    let before = if year.is_some() { before } else { head };
    let between = if year.is_some() { &head[stem.len()..] } else { "" };
    // Without a separator the year and the number are one row of digits.
    (year.is_none() || !between.is_empty()).then_some(Pattern { before, year, between, number, width })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_year_or_none() {
        let parts = |label| pattern(label).map(|p| (p.before, p.year, p.between, p.number, p.width));
        assert_eq!(parts("PM-2026-014"), Some(("PM-", Some(2026), "-", 14, 3)));
        assert_eq!(parts("PM2021-006"), Some(("PM", Some(2021), "-", 6, 3)));
        assert_eq!(parts("INC-7"), Some(("INC-", None, "", 7, 1)));
        assert_eq!(parts("2026-03-02-checkout-503"), None);
        assert_eq!(parts("checkout"), None);
    }
}
