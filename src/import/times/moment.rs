//! Reads a moment where it stands.
//!
//! What is not known is not made up: a moment has no day if nothing names one, no clock if it cannot be read, and
//! no zone if it names none; what stands there and is not understood is said.

use super::clock::clock;
use super::day::{self, Context, Day};
use super::week::{after_weekday, without_weekday};
use super::zone::{Word, after_time, is_range, shifted};

/// When something happened, as far as a text says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Moment {
    /// The day that the text names.
    pub day: Option<Day>,
    /// Milliseconds since midnight, if hour and minute are known; those of a whole day are its end.
    pub clock: Option<i64>,
    /// The zone it names, if it names one.
    pub zone: Option<Word>,
    /// Whether it says "about".
    pub is_about: bool,
    /// What it says of its end, as written.
    pub until: Option<String>,
    /// Whether something stands where its clock should, and is none: `T015:00`, `HH:MM`, `25:00`.
    pub is_mistyped: bool,
}

/// Where a moment stands, which decides how much of a text may belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Place {
    /// It is the value of a key, so no span: `10:00-03:00` ends with an offset.
    Value,
    /// It has the text for itself, as in a column of times.
    Alone,
    /// Words follow it.
    Before,
    /// It is among the few words of a label.
    Label,
}

/// The moment at the beginning of `text`, and what follows it. Brackets and emphasis around it are passed over.
pub(in crate::import) fn read(text: &str, context: Context, place: Place) -> Option<(Moment, &str)> {
    let mut moment = Moment::default();
    let mut rest = opened(text);
    (moment.is_about, rest) = about(rest);
    rest = after_weekday(rest);
    let before = rest;
    if let Some((day, after)) = day::day(rest, context) {
        moment.day = Some(day);
        rest = without_weekday(after);
    }
    let has_day = moment.day.is_some();
    let (is_later, at) = if has_day { about(between(rest)) } else { (false, rest) };
    let is_sure = match place {
        Place::Alone | Place::Value => true,
        // `10.30` is a time only with two digits on both sides, as a version seldom is.
        Place::Label => has_day || day::digits(at, 2, 2).is_some(),
        Place::Before => has_day,
    };
    if let Some((clock, after)) = clock(at, is_sure) {
        moment.clock = Some(clock);
        moment.is_about |= is_later;
        let is_exact = rest.starts_with(['T', 't']) || at[..at.len() - after.len()].matches(':').count() > 1;
        rest = finish(&mut moment, after, place, context, is_exact || place == Place::Value);
    } else if has_day {
        moment.is_mistyped = is_mistyped(rest);
    } else {
        return None;
    }
    let rest = rest.strip_prefix('~').map_or(rest, |rest| {
        moment.is_about = true;
        rest
    });
    let rest = closed(rest);
    // A number or a word that goes on is another thing: `1.30-beta`, `10:00ish`, `May 5 users`.
    let is_apart = moment.is_mistyped || !rest.starts_with(|c: char| c.is_alphanumeric() && c.is_ascii());
    let is_day = moment.clock.is_some() || place != Place::Before || is_set_off(before, rest);
    (is_apart && is_day).then_some((moment, rest))
}

/// Whether a day without a clock stands apart from the words behind it, or has a year.
fn is_set_off(before: &str, rest: &str) -> bool {
    let taken = &before[..before.len() - rest.len()];
    let has_year = taken.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 4);
    has_year || rest.is_empty() || rest.trim_start().starts_with([':', '-', '–', '—', ',', '|', '→'])
}

/// Reads what stands behind a clock: a zone, the end of a span, a day.
fn finish<'t>(moment: &mut Moment, rest: &'t str, place: Place, context: Context, is_exact: bool) -> &'t str {
    let mut rest = rest;
    let is_alone = place != Place::Before;
    let behind = |text: &'t str, is_alone| after_time(text, is_alone, context.home);
    if let Some((word, after)) = offset(rest, is_exact).or_else(|| behind(rest, false)) {
        (moment.zone, rest) = (Some(word), after);
    }
    if let Some((until, after)) = until(rest) {
        moment.until = Some(until.to_owned());
        rest = after;
        // Both ends of a span may name the zone.
        let is_its = |word: &Word| moment.zone.as_ref().is_none_or(|zone| zone == word);
        if let Some((word, after)) = behind(rest, false).filter(|(word, _)| is_its(word)) {
            (moment.zone, rest) = (Some(word), after);
        }
    }
    if let Some((word, after)) = behind(rest, true).filter(|_| moment.zone.is_none() && is_alone) {
        (moment.zone, rest) = (Some(word), after);
    }
    if moment.day.is_none() {
        let next = rest.trim_start_matches([',', ' ']);
        let next = ["on ", "am "].iter().find_map(|word| next.strip_prefix(word)).unwrap_or(next);
        let day = day::day(after_weekday(next), context).filter(|(_, after)| is_set_off(next, after));
        if let Some((day, after)) = day {
            (moment.day, rest) = (Some(day), after);
        }
    }
    rest
}

/// `-07:00` behind seconds is an offset; behind minutes it would be the end of a span.
fn offset(text: &str, is_exact: bool) -> Option<(Word, &str)> {
    let end =
        text.char_indices().skip(1).find(|(_, c)| !(c.is_ascii_digit() || *c == ':')).map_or(text.len(), |(at, _)| at);
    let word = text[..end].trim_end_matches(':');
    let frame = shifted(word).filter(|_| is_exact && is_range(word))?;
    Some((Word { name: word.to_owned(), frame: Some(frame) }, &text[word.len()..]))
}

/// What may open a moment: brackets, emphasis.
fn opened(text: &str) -> &str {
    text.trim_start().trim_start_matches(['*', '_', '`', '[', '(', '【', '「']).trim_start()
}

/// What may close one.
fn closed(text: &str) -> &str {
    let rest = text.trim_start_matches([']', ')', '*', '_', '`', '】', '」']);
    if rest.len() < text.len() { rest } else { text }
}

/// Whether a text begins with a word for "about", and what follows.
fn about(text: &str) -> (bool, &str) {
    const WORDS: [&str; 16] = [
        "~",
        "≈",
        "about ",
        "around ",
        "approximately ",
        "approx. ",
        "approx ",
        "circa ",
        "ca. ",
        "ca ",
        "c. ",
        "gegen ",
        "etwa ",
        "vers ",
        "hacia ",
        "約",
    ];
    let lower = text.get(..16.min(text.len())).unwrap_or(text).to_lowercase();
    let word = WORDS.iter().find(|word| lower.starts_with(**word) && text.is_char_boundary(word.len()));
    word.map_or((false, text), |word| (true, text[word.len()..].trim_start()))
}

/// What stands between a day and its clock.
fn between(text: &str) -> &str {
    let rest = text.trim_start_matches([',', ' ', '*', '_', '[', '(', '@']);
    let rest =
        rest.strip_prefix(['T', 't']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
    let words = ["at ", "um ", "à ", "a las ", "às ", "alle "];
    let rest = words.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    // `01-31-2024: 10:00`, `2024-01-31 - 10:00`
    let marked = rest.trim_start_matches([':', '-', '–', '—', '|']).trim_start();
    if clock(marked, false).is_some() { marked } else { rest }
}

/// The end of a span, as written, and what follows: `- 11:00`, `to 11 PM`, `-12:??`.
fn until(text: &str) -> Option<(&str, &str)> {
    let blank = text.trim_start();
    let mark = ["-", "–", "—", "〜", "～", "~", "to ", "until ", "till ", "bis ", "→", "->"]
        .iter()
        .find_map(|mark| blank.strip_prefix(mark))?;
    let start = mark.trim_start();
    let unknown = || {
        let (hour, rest) = day::digits(start, 1, 2)?;
        Some((hour, rest.strip_prefix(":??")?))
    };
    let end = clock(start, false).map(|(_, rest)| rest).or_else(|| unknown().map(|(_, rest)| rest))?;
    Some((start[..start.len() - end.len()].trim_end(), end))
}

/// What stands where a moment should begin and is none, such as `25:00` or `T015:00`, and what follows it.
pub(in crate::import) fn mistyped(text: &str) -> Option<(Moment, &str)> {
    let start = opened(text);
    let end = start.find(|c: char| c.is_whitespace() || "*`])".contains(c)).unwrap_or(start.len());
    let moment = Moment { is_mistyped: true, ..Moment::default() };
    is_mistyped(&start[..end]).then(|| (moment, closed(&start[end..])))
}

/// Whether something follows a day that looks like a clock and cannot be read.
fn is_mistyped(text: &str) -> bool {
    let word = between(text).split_whitespace().next().unwrap_or_default();
    let word = word.trim_start_matches(['T', 't']);
    word.contains(':') && word.chars().all(|c| c.is_ascii_digit() || "HhMmSs:?-xX_Z".contains(c)) && word.len() >= 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::frame::Frame;
    use super::super::{first, in_sentence, order, whole, within};
    use super::*;
    use crate::time::{Date, Time, Zone};

    fn context() -> Context {
        Context { near: Date::parse("2020-01-07").ok(), ..Context::default() }
    }

    fn minute(moment: &Moment) -> Option<i64> {
        moment.clock.map(|clock| clock / 60_000)
    }

    fn shown(text: &str, place: Place) -> String {
        let Some((moment, rest)) = read(text, context(), place) else { return "none".to_owned() };
        let day = moment.date().map_or_else(|| "-".to_owned(), Date::iso);
        let clock =
            minute(&moment).map_or_else(|| "-".to_owned(), |minute| format!("{:02}:{:02}", minute / 60, minute % 60));
        let zone = match moment.zone.map(|word| (word.frame, word.name)) {
            Some((Some(Frame::Zone(zone)), _)) => format!(" {}", zone.name()),
            Some((Some(frame), _)) => format!(" {}", frame.suffix().unwrap_or_default()),
            Some((None, name)) => format!(" ?{name}"),
            None => String::new(),
        };
        let about = if moment.is_about { " about" } else { "" };
        let until = moment.until.map(|until| format!(" until {until}")).unwrap_or_default();
        format!("{day} {clock}{zone}{about}{until}|{rest}")
    }

    #[test]
    fn times_are_read_in_every_way_people_write_them() {
        for (text, expected) in [
            ("7:32 PM - The chain", "- 19:32| - The chain"),
            ("7pm: x", "- 19:00|: x"),
            ("Mon Aug 10 2020 07:54:45 GMT+0000 (Coordinated Universal Time)", "2020-08-10 07:54 +00:00|"),
            ("Fri Jul 03 2020 07:54:45 GMT+0200 (Mitteleuropäische Sommerzeit): x", "2020-07-03 07:54 +02:00|: x"),
            ("2020-07-03 07:54 GMT+2 (we saw it)", "2020-07-03 07:54 +02:00| (we saw it)"),
            ("08:09 AM UTC Issue", "- 08:09 Etc/UTC| Issue"),
            ("12:05 a.m. x", "- 00:05| x"),
            ("12:05pm x", "- 12:05| x"),
            ("[10:00] x", "- 10:00| x"),
            ("[10:00 UTC] x", "- 10:00 Etc/UTC| x"),
            ("**10:00** x", "- 10:00| x"),
            ("**21:45 UTC** - Deploy", "- 21:45 Etc/UTC| - Deploy"),
            ("`10:00`: x", "- 10:00|: x"),
            ("10:00:05 x", "- 10:00| x"),
            ("10h30 x", "- 10:30| x"),
            ("2020-01-07 11.57", "2020-01-07 11:57|"),
            ("2020-01-07 9:29", "2020-01-07 09:29|"),
            ("2018-01-17 17:14pm", "2018-01-17 17:14|"),
            ("Jan 8, 10:18 AM", "2020-01-08 10:18|"),
            ("Sep 27 2017 13:06", "2017-09-27 13:06|"),
            ("Wed, 8 Jan 10:18: x", "2020-01-08 10:18|: x"),
            ("2024-05-06T10:00:00+02:00", "2024-05-06 10:00 +02:00|"),
            ("2017-01-31T17:20:00-07:00", "2017-01-31 17:20 -07:00|"),
            ("2017-01-31T17:20:00-07:00: x", "2017-01-31 17:20 -07:00|: x"),
            ("2024-05-06T10:00Z", "2024-05-06 10:00 Etc/UTC|"),
            ("2024-05-06 10:00 UTC+2 x", "2024-05-06 10:00 +02:00| x"),
            ("~2025-03-03 19:30", "2025-03-03 19:30 about|"),
            ("2020-11-17 10:45~", "2020-11-17 10:45 about|"),
            ("about 10:00, x", "- 10:00 about|, x"),
            ("2020-10-06 09:00 - 11:00", "2020-10-06 09:00 until 11:00|"),
            ("2020-10-06 09:00-11:00 UTC x", "2020-10-06 09:00 Etc/UTC until 11:00| x"),
            ("2022-08-03 12:26-12:??", "2022-08-03 12:26 until 12:??|"),
            ("2026-03-23 19:25 JST 〜 21:27 JST", "2026-03-23 19:25 Asia/Tokyo until 21:27|"),
            ("01-10-2020", "2020-01-10 -|"),
            ("01-31-2024 - The fix", "2024-01-31 -| - The fix"),
            ("01/31/2024 10:00 - x", "2024-01-31 10:00| - x"),
            ("10:00 on Jan 8", "- 10:00| on Jan 8"),
            ("1030Z x", "- 10:30 Etc/UTC| x"),
            ("10時18分 検知", "- 10:18| 検知"),
            ("2020年1月8日 午後3時 検知", "2020-01-08 15:00| 検知"),
            ("8. Januar 2020, 14.30 Uhr: x", "2020-01-08 14:30|: x"),
            ("Samstag, 11. Januar 2020, 14:30 Uhr: x", "2020-01-11 14:30|: x"),
            ("samedi 11 janvier 2020 14:30: x", "2020-01-11 14:30|: x"),
            ("2020年1月8日（水） 10:30 検知", "2020-01-08 10:30| 検知"),
            ("2020-01-08 (Wed) 10:30: x", "2020-01-08 10:30|: x"),
            ("10:00 IST - x", "- 10:00 ?IST| - x"),
            ("10:00 DNS fails", "- 10:00| DNS fails"),
        ] {
            let expected = if text == "10:00 on Jan 8" { "2020-01-08 10:00|" } else { expected };
            assert_eq!(shown(text, Place::Before), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_left_alone() {
        for text in [
            "503 errors",
            "1.30 was released",
            "2.2.0",
            "25:00",
            "1:1 talks",
            "May 5 users",
            "2023",
            "soon",
            "",
            "10:00ish",
            "1 pod",
        ] {
            assert_eq!(shown(text, Place::Before), "none", "{text}");
        }
        assert_eq!(shown("11.57", Place::Alone), "- 11:57|");
        assert_eq!(shown("10:00 XYZ", Place::Alone), "- 10:00 ?XYZ|");
    }

    #[test]
    fn a_mistyped_clock_is_told_from_none() {
        let is_mistyped =
            |text| read(text, context(), Place::Alone).map(|(moment, _)| (minute(&moment), moment.is_mistyped));
        for text in
            ["2024-03-13 HH:mm", "2024-03-13T015:00", "2024-03-13 14:??", "2019-12-03 --:--", "2024-03-13 25:00"]
        {
            assert_eq!(is_mistyped(text), Some((None, true)), "{text}");
        }
        assert_eq!(is_mistyped("2021-12-10"), Some((None, false)));
        assert_eq!(mistyped("**25:00** - x").map(|(_, rest)| rest), Some(" - x"));
        assert_eq!(mistyped("T015:00: x").map(|(_, rest)| rest), Some(" x"));
        assert_eq!((mistyped("soon: x"), mistyped("1:1 talks"), mistyped("")), (None, None, None));
    }

    #[test]
    fn a_moment_becomes_an_instant_only_if_all_is_known() {
        let zone = |name| Frame::Zone(Zone::named(name).unwrap());
        let at = |text: &str, frame| {
            let (moment, _) = read(text, context(), Place::Before)?;
            moment.instant(frame, Date::parse("2020-01-07").ok()).ok().map(Time::rfc3339_minutes)
        };
        assert_eq!(at("7:32 PM", zone("America/Los_Angeles")).as_deref(), Some("2020-01-08T03:32Z"));
        assert_eq!(at("10:00 JST", zone("CET")).as_deref(), Some("2020-01-07T01:00Z"));
        assert_eq!(at("10:00 IST", zone("CET")), None);
        assert_eq!(at("2020-06-09 12:20", zone("CET")).as_deref(), Some("2020-06-09T10:20Z"));
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(pieces in prop::collection::vec(prop::sample::select(vec![
            "10", ":", "2020", "-", "/", ".", " ", "7", "PM", "\u{9803}", "\u{6642}", "\u{6708}", "Jan", "UTC", "+", "(", "T", "\u{2013}", "~", "**", "\u{130}", "Z", "h", "\u{ff1a}",
        ]), 0..8)) {
            let text = pieces.concat();
            for place in [Place::Alone, Place::Before] {
                if let Some((_, rest)) = read(&text, context(), place) {
                    prop_assert!(text.ends_with(rest));
                }
            }
            let _ = (first(&text, context()), order(&text), in_sentence(&text, None), whole(&text, context()));
            if let Some((_, range)) = within(&text, context()) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
