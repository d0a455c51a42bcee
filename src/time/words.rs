//! Lengths of time for people.

/// `seconds` in their two largest units, such as `1 h 25 min`.
pub fn in_words(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60 % 60, seconds / 3600 % 24, seconds / 86_400);
    let parts = match seconds {
        ..60 => return format!("{seconds} s"),
        60..3600 => [(minutes, "min"), (0, "")],
        3600..86_400 => [(hours, "h"), (minutes, "min")],
        _ => [(days, "d"), (hours, "h")],
    };
    let parts = parts.iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number} {unit}"));
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn a_duration_has_two_units_at_most() {
        let durations = [0, 59, 60, 3599, 3600, 3660, 86_399, 86_400, 100_000].map(in_words);
        assert_eq!(durations, ["0 s", "59 s", "1 min", "59 min", "1 h", "1 h 1 min", "23 h 59 min", "1 d", "1 d 3 h"]);
    }
}
