//! Short names of zones, as people write them behind a time: `CEST`, `PDT`.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Offset, TimeZone};
use chrono_tz::{OffsetName, TZ_VARIANTS, Tz};

use super::{Date, Time, Zone};

impl Zone {
    /// The seconds by which clocks are ahead of UTC where they are said to show `abbreviation`, around `date`: in this
    /// zone if it calls its own time so, else by the list of RFC 2822, else wherever the database knows the
    /// word with one meaning. None for what no list has, or with several meanings.
    pub fn offset_called(self, abbreviation: &str, date: Date) -> Option<i64> {
        let word = abbreviation.to_ascii_uppercase();
        let own = offsets_called(self.0, &word, date);
        if own.len() == 1 {
            return own.first().copied();
        }
        in_mail(&word).or_else(|| {
            let all: BTreeSet<i64> = TZ_VARIANTS.iter().flat_map(|zone| offsets_called(*zone, &word, date)).collect();
            all.first().copied().filter(|_| all.len() == 1)
        })
    }
}

/// The offsets that a zone has under this name in the year of a day.
fn offsets_called(zone: Tz, word: &str, date: Date) -> BTreeSet<i64> {
    let seasons = [(1, 1), (7, 1)].into_iter().filter_map(|(month, day)| {
        let noon = NaiveDate::from_ymd_opt(date.year(), month, day)?.and_hms_opt(12, 0, 0)?;
        let offset = zone.offset_from_utc_datetime(&noon);
        (offset.abbreviation() == Some(word)).then(|| i64::from(offset.fix().local_minus_utc()))
    });
    seasons.collect()
}

/// The zones that mail names with letters: UTC and those of the United States.
fn in_mail(word: &str) -> Option<i64> {
    if ["UTC", "Z"].contains(&word) {
        return Some(0);
    }
    let is_long = word.len() == 3;
    let time = DateTime::parse_from_rfc2822(&format!("Wed, 01 Jan 2020 12:00:00 {word}")).ok().filter(|_| is_long)?;
    // Words that the standard does not have are read as UTC; of its own, only one is.
    let seconds = i64::from(time.offset().local_minus_utc());
    (seconds != 0 || word == "GMT").then_some(seconds)
}

impl Date {
    /// The instant at which clocks that are `offset` seconds ahead of UTC show so many seconds since midnight.
    pub fn at_offset(self, seconds: i64, offset: i64) -> Time {
        Zone::UTC.day_start(self).plus_seconds(seconds - offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_one_meaning_is_an_offset() {
        let date = Date::parse("2024-07-01").unwrap();
        let at =
            |zone: &str, word: &str| Zone::named(zone).unwrap().offset_called(word, date).map(|seconds| seconds / 60);
        assert_eq!(at("Etc/UTC", "CEST"), Some(120));
        assert_eq!(at("Etc/UTC", "cet"), Some(60));
        assert_eq!(at("Etc/UTC", "PDT"), Some(-420));
        assert_eq!(at("Etc/UTC", "PST"), Some(-480));
        assert_eq!(at("Asia/Manila", "PST"), Some(480));
        assert_eq!(at("Etc/UTC", "JST"), Some(540));
        assert_eq!(at("Etc/UTC", "GMT"), Some(0));
        assert_eq!(at("Etc/UTC", "Z"), Some(0));
        // India, Israel and Ireland.
        assert_eq!(at("Etc/UTC", "IST"), None);
        assert_eq!(at("Asia/Kolkata", "IST"), Some(330));
        assert_eq!(at("Etc/UTC", "XYZ"), None);
        assert_eq!(at("Etc/UTC", "A"), None);
    }
}
