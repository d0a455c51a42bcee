//! Times as monitors write them.

use serde_json::Value;

use crate::time::Time;

/// A number below this many seconds is seconds, and milliseconds otherwise: 1 January 5138 and 3 March 1973.
const LARGEST_SECONDS: i64 = 100_000_000_000;

/// The time that a value says: RFC 3339, also with a blank for the `T` and an offset without a colon (`+0000`); without an
/// offset it is UTC, as all monitors mean it that leave it out; or a number of seconds or milliseconds since 1970.
/// None if it is no time, or one that stands for none (`0001-01-01T00:00:00Z`, as Go writes it).
pub(super) fn moment(value: &Value) -> Option<Time> {
    match value {
        Value::Number(number) => of_number(number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))?),
        Value::String(text) => text.parse().ok().and_then(of_number).or_else(|| of_text(text.trim())),
        _ => None,
    }
}

fn of_number(number: i64) -> Option<Time> {
    let seconds = if number.abs() < LARGEST_SECONDS { number } else { number / 1000 };
    (seconds > 0).then(|| Time::parse("1970-01-01T00:00Z").ok().map(|epoch| epoch.plus_seconds(seconds)))?
}

fn of_text(text: &str) -> Option<Time> {
    let (day, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let end = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    // Fractions of a second are no use to anybody here, and some have nine digits.
    let clock = clock.split('.').next()?.trim();
    let zone = match zone.trim() {
        "" | "Z" | "z" => "Z".to_owned(),
        zone if zone.len() == 5 && !zone.contains(':') => format!("{}:{}", &zone[..3], &zone[3..]),
        zone => zone.to_owned(),
    };
    Time::parse(&format!("{day}T{clock}{zone}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monitors_write_times_in_many_ways() {
        let noon = Time::parse("2026-03-02T12:00Z").ok();
        for text in [
            "2026-03-02T12:00:00Z",
            "2026-03-02T13:00:00.123456789+01:00",
            "2026-03-02T12:00:00.112+0000",
            "2026-03-02 12:00:00.678",
            "1772452800",
        ] {
            assert_eq!(moment(&Value::from(text)), noon, "{text}");
        }
        assert_eq!(moment(&Value::from(1_772_452_800)), noon);
        assert_eq!(moment(&Value::from(1_772_452_800_000_i64)), noon);
        for none in ["0001-01-01T00:00:00Z", "", "soon", "2026-13-02T12:00:00Z", "2026-03-02", "é026-03-02T"] {
            assert_eq!(moment(&Value::from(none)), None, "{none}");
        }
    }
}
