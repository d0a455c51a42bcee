//! Durations as people write them: `54 minutes`, `1d 5h 47m`, `19 hours 43 minutes.`

/// What a text says of a duration.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Length {
    /// This long.
    Stated(StatedLength),
    /// It says that nobody knows: `?`, `N/A`.
    Unknown,
    /// Something else.
    Words,
}

/// A duration.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StatedLength {
    /// How long.
    pub seconds: i64,
    /// The smallest unit it was given in, in seconds.
    pub unit: i64,
    /// What stands behind it, such as a footnote's mark.
    pub rest: String,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The longest duration that is believed.
const LONGEST: f64 = 36_525.0 * 86_400.0;

/// Reads a duration.
pub(super) fn read(text: &str) -> Length {
    let text = text.trim();
    if is_unknown(text) {
        return Length::Unknown;
    }
    let (mut rest, mut seconds, mut unit) = (text, 0.0, None::<i64>);
    while let Some((number, size, after)) = part(rest) {
        seconds += number * size as f64;
        unit = Some(unit.map_or(size, |unit| unit.min(size)));
        rest = after.trim_start().trim_start_matches([',', '&']).trim_start();
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    match unit {
        Some(unit) if seconds <= LONGEST => {
            let rest = rest.trim_matches(['.', ' ']).to_owned();
            Length::Stated(StatedLength { seconds: seconds.round() as i64, unit, rest })
        }
        _ => Length::Words,
    }
}

/// Whether a text says that nobody knows.
fn is_unknown(text: &str) -> bool {
    const WORDS: [&str; 9] = ["", "?", "??", "-", "n/a", "na", "unknown", "tbd", "none"];
    WORDS.contains(&text.trim_end_matches('.').to_ascii_lowercase().as_str())
}

/// A number, the unit behind it in seconds, and what follows.
fn part(text: &str) -> Option<(f64, i64, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = text[..digits].parse().ok()?;
    let rest = text[digits..].trim_start();
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let size = match rest[..letters].to_ascii_lowercase().as_str() {
        "w" | "week" | "weeks" => 7 * DAY,
        "d" | "day" | "days" => DAY,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "m" | "min" | "mins" | "minute" | "minutes" => MINUTE,
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        _ => return None,
    };
    Some((number, size, &rest[letters..]))
}

/// How well a time is known that such a duration leads to, if not to the minute.
pub(super) fn precision(stated: &StatedLength) -> Option<&'static str> {
    match stated.unit {
        unit if unit >= DAY => Some("day"),
        unit if unit >= HOUR => Some("hour"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_every_way_people_write_them() {
        let cases = [
            ("54 minutes", 54 * MINUTE, ""),
            ("1 minutes", MINUTE, ""),
            ("0 minutes", 0, ""),
            ("19 hours 43 minutes.", 19 * HOUR + 43 * MINUTE, ""),
            ("11 Days", 11 * DAY, ""),
            ("54 hours 10 minutes", 54 * HOUR + 10 * MINUTE, ""),
            ("279 minutes [^3]", 279 * MINUTE, "[^3]"),
            ("1d 5h 47m", DAY + 5 * HOUR + 47 * MINUTE, ""),
            ("8m", 8 * MINUTE, ""),
            ("5h 09m (during support hours 10:00-17:00)", 5 * HOUR + 9 * MINUTE, "(during support hours 10:00-17:00)"),
            ("1.5 hours", 90 * MINUTE, ""),
            ("2 hours and 5 min", 2 * HOUR + 5 * MINUTE, ""),
        ];
        for (text, seconds, rest) in cases {
            let Length::Stated(stated) = read(text) else { panic!("{text}") };
            assert_eq!((stated.seconds, stated.rest.as_str()), (seconds, rest), "{text}");
        }
    }

    #[test]
    fn nobody_knows_is_not_nothing() {
        for text in ["?", "N/A", "n/a.", ""] {
            assert_eq!(read(text), Length::Unknown, "{text}");
        }
        for text in ["a while", "5", "5 parsecs", "999999999999 days", "1.2.3 hours"] {
            assert_eq!(read(text), Length::Words, "{text}");
        }
    }

    #[test]
    fn whole_days_are_no_minutes() {
        let precision_of = |text| match read(text) {
            Length::Stated(stated) => precision(&stated),
            _ => None,
        };
        assert_eq!(precision_of("11 Days"), Some("day"));
        assert_eq!(precision_of("7 hours"), Some("hour"));
        assert_eq!(precision_of("1d 5h 47m"), None);
    }
}
