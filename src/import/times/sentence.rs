//! The zone that a sentence or a heading about times names: `(all times CET)`, `heure de Paris`.

use super::frame::Frame;
use super::place::{of_place, place_behind, place_in_words};
use super::zone::{Word, named};
use crate::time::Zone;

/// Words for time in the languages of reports, in small letters.
const TIMES: [&str; 16] = [
    "time",
    "zeit",
    "heure",
    "horaire",
    "hora",
    "horário",
    "horario",
    "tiempo",
    "orario",
    "tijd",
    "時刻",
    "時間",
    "日時",
    "时间",
    "時系列",
    "タイムライン",
];

/// The zone that a sentence or a heading about times names.
pub(in crate::import) fn in_sentence(text: &str, home: Option<Zone>) -> Option<Word> {
    let lower = text.to_lowercase();
    if !TIMES.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let is_end = |c: char| c.is_whitespace() || "()（）[],;.|".contains(c);
    let mut words = text.split(is_end).map(|word| word.trim_matches(|c: char| "*`\"".contains(c)));
    let word = |name: &str, frame| Word { name: name.to_owned(), frame: Some(frame) };
    // Of two zones in one breath, such as `CET (GMT+1)`, the first is the one that was meant.
    let known = words.find_map(|name| Some(word(name, named(name, home)?)));
    let placed = || {
        let mut starts = lower.char_indices().map(|(at, _)| at).filter(|at| text.is_char_boundary(*at));
        let (zone, _) = starts.find_map(|at| place_in_words(&text[at..]))?;
        Some(word(zone.name(), Frame::Zone(zone)))
    };
    known.or_else(placed).or_else(|| in_place(text)).or_else(|| unknown(text, home))
}

/// What a place or the people there call its time: `heure de Paris`, `Berlin time`, `hora local`.
fn in_place(text: &str) -> Option<Word> {
    const OF: [&str; 8] =
        ["heure de", "heures de", "hora de", "horas de", "horário de", "horario de", "ora di", "tijd in"];
    const LOCAL: [&str; 7] =
        ["heure locale", "heures locales", "hora local", "horário local", "horario local", "ora locale", "lokale zeit"];
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let known = |from: usize, count: usize| {
        let name = words.get(from..from + count)?.join(" ");
        let is_name = name.chars().next().is_some_and(char::is_uppercase);
        let zone = of_place(&name).filter(|_| is_name)?;
        Some(Word { name, frame: Some(Frame::Zone(zone)) })
    };
    let pair = |at: usize| words.get(at..at + 2).map(|pair| pair.join(" ").to_lowercase()).unwrap_or_default();
    let behind =
        |at: usize| [2, 1].into_iter().filter(|_| OF.contains(&&*pair(at))).find_map(|count| known(at + 2, count));
    let before = |at: usize| {
        let is_time = words[at].eq_ignore_ascii_case("time");
        [2, 1].into_iter().filter(|count| is_time && *count <= at).find_map(|count| known(at - count, count))
    };
    let local = |at: usize| LOCAL.contains(&&*pair(at)).then(|| Word { name: pair(at), frame: None });
    (0..words.len()).find_map(|at| behind(at).or_else(|| before(at)).or_else(|| local(at)))
}

/// A word that stands where a zone would, and is none: `(all times XYZ)`, `times are in XYZ`.
fn unknown(text: &str, home: Option<Zone>) -> Option<Word> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).find_map(|at| unknown_behind(&words, at, home))
}

fn unknown_behind(words: &[&str], at: usize, home: Option<Zone>) -> Option<Word> {
    const OF_TIMES: [&str; 7] = ["time", "times", "timeline", "zeiten", "uhrzeiten", "heures", "horas"];
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let lower = |at: usize| words.get(at).map(|word| bare(word).to_lowercase()).unwrap_or_default();
    if !OF_TIMES.contains(&&*lower(at)) {
        return None;
    }
    let next = (at + 1..words.len()).find(|at| !["in", "are", "is", "en", "em", "sind"].contains(&&*lower(*at)))?;
    let is_linked = ["in", "en", "em"].contains(&&*lower(next - 1));
    let (word, name) = (words[next], bare(words[next]));
    if lower(next) == "local" && is_linked {
        return Some(Word { name: "local time".to_owned(), frame: None });
    }
    let is_said = (at > 0 && ["all", "alle"].contains(&&*lower(at - 1))) || next > at + 2;
    if is_linked
        && is_said
        && let Some(place) = place_behind(&words[next..])
    {
        let frame = of_place(&place).or(home).map(Frame::Zone);
        return Some(Word { name: place, frame });
    }
    let is_abbreviation = (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_enclosed = word.starts_with('(') && word.ends_with(')');
    let follows = is_linked || is_enclosed || (at > 0 && lower(at - 1) == "all");
    (is_abbreviation && follows).then_some(Word { name, frame: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Option<Frame> {
        Zone::named(name).map(Frame::Zone)
    }

    #[test]
    fn sentences_and_titles_name_zones() {
        let known = |text: &str| in_sentence(text, None).and_then(|word| word.frame);
        for text in ["All times in CET.", "Date and Time in CET", "(all times CET)", "Time (CET)", "Uhrzeit (MEZ)"] {
            assert_eq!(known(text), zone("CET"), "{text}");
        }
        assert_eq!(known("Timeline (all times PST) 01/07/2020 - 01/09/2020"), zone("America/Los_Angeles"));
        assert_eq!(known("時刻 (JST)"), zone("Asia/Tokyo"));
        assert_eq!(known("タイムライン（JST）"), zone("Asia/Tokyo"));
        assert_eq!(known("All times are Pacific Time"), zone("America/Los_Angeles"));
        assert_eq!(known("All times are in Eastern."), zone("America/New_York"));
        assert_eq!(known("All times in Berlin"), zone("Europe/Berlin"));
        assert_eq!(known("(times are in New York)"), zone("America/New_York"));
        for (text, name) in [
            ("Chronologie (heure de Paris)", "Europe/Paris"),
            ("Línea de tiempo (hora de Madrid)", "Europe/Madrid"),
            ("Linha do tempo (horário de Brasília)", "America/Sao_Paulo"),
            ("Timeline (Berlin time)", "Europe/Berlin"),
            ("All rows are in New York time.", "America/New_York"),
        ] {
            assert_eq!(known(text), zone(name), "{text}");
        }
        for text in ["Chronologie (heure locale)", "Linha do tempo (hora local)"] {
            assert_eq!(in_sentence(text, None).map(|word| word.frame), Some(None), "{text}");
        }
        for text in ["Heure de Début", "hora de inicio", "Response time", "Time of Impact", "heure de la Panne"] {
            assert_eq!(in_sentence(text, None), None, "{text}");
        }
        assert_eq!(in_sentence("All times are in Atlantis.", None).map(|word| word.frame), Some(None));
        for text in ["This happened many times in January.", "It is time in Production."] {
            assert_eq!(in_sentence(text, None), None, "{text}");
        }
        for text in
            ["Time is short", "the MET office", "Timeline", "All times approximate", "Timeline (all times approximate)"]
        {
            assert_eq!(in_sentence(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_zone_that_is_not_understood_is_told() {
        let unknown = |name: &str| Some(Word { name: name.to_owned(), frame: None });
        assert_eq!(in_sentence("All times in IST.", None), unknown("IST"));
        assert_eq!(in_sentence("Time (XYZ)", None), unknown("XYZ"));
        assert_eq!(in_sentence("Timeline (all times QQT)", None), unknown("QQT"));
        assert_eq!(in_sentence("All times are in local time", None), unknown("local time"));
    }
}
