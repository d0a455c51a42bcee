//! Words that tell planned work from trouble, in the languages that status pages are written in.

/// Beginnings of words that mean planned work by themselves, in the languages that status pages are written in.
const PLANNED: [&str; 36] = [
    "maintenance",
    "maintain",
    "upgrad",
    "migrat",
    "brownout",
    "planned",
    "wartung",
    "instandhaltung",
    "umzug",
    "geplant",
    "entretien",
    "mise à niveau",
    "planifié",
    "mantenimiento",
    "programad",
    "manutenção",
    "manutencao",
    "manutenzione",
    "onderhoud",
    "underhåll",
    "vedligehold",
    "vedlikehold",
    "huolto",
    "konserwac",
    "prace serwisowe",
    "údržb",
    "karbantart",
    "bakım",
    "обслуживани",
    "плановые",
    "メンテナンス",
    "保守",
    "维护",
    "維護",
    "점검",
    "pemeliharaan",
];

/// Beginnings of words that mean that something is wrong.
const FAILURE: [&str; 51] = [
    "outage",
    "down",
    "incident",
    "unavailab",
    "unreachab",
    "issue",
    "problem",
    "error",
    "fail",
    "slow",
    "blocked",
    "not",
    "no",
    "expired",
    "disrupt",
    "flaky",
    "broken",
    "degrad",
    "missing",
    "exceeded",
    "overload",
    "delay",
    "latenc",
    "lost",
    "störung",
    "ausfall",
    "ausgefallen",
    "probleme",
    "fehler",
    "langsam",
    "panne",
    "interruption",
    "indisponib",
    "lenteur",
    "incidenc",
    "interrupc",
    "caíd",
    "fallo",
    "falla",
    "interrupç",
    "falha",
    "lentid",
    "guasto",
    "disservizio",
    "storing",
    "avbrott",
    "nedbrud",
    "awaria",
    "výpadek",
    "сбой",
    "障害",
];

/// Of these only whole words count.
const WHOLE: [&str; 3] = ["not", "no", "down"];

/// The word of a text that means planned work by itself.
pub(super) fn planned(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    PLANNED.into_iter().find(|word| begins_word(&text, word))
}

/// Whether a text says that something is wrong.
pub(super) fn fails(text: &str) -> bool {
    let text = text.to_lowercase();
    let is_failure = |word: &String| {
        FAILURE.iter().any(|stem| if WHOLE.contains(stem) { word == stem } else { word.starts_with(stem) })
    };
    of(&text).iter().any(is_failure) || FAILURE.iter().any(|stem| !stem.is_ascii() && text.contains(stem))
}

/// Whether a word is a host name or an address.
pub(super) fn is_host(word: &str) -> bool {
    word.contains('.')
}

/// Whether a word of `text` begins with `stem`; scripts without blanks have it anywhere.
fn begins_word(text: &str, stem: &str) -> bool {
    let is_begin = |at: usize| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let is_spaced = stem.chars().next().is_some_and(|c| (c as u32) < 0x3000);
    text.match_indices(stem).any(|(at, _)| !is_spaced || is_begin(at))
}

/// The words of a title between blanks, without punctuation at their ends: a host name such as
/// `issues.example.com` is one word.
pub(super) fn of(title: &str) -> Vec<String> {
    let trimmed = title.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    trimmed.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planned_work_is_told_from_trouble() {
        for (text, work, trouble) in [
            ("Scheduled maintenance on database servers", true, false),
            ("Geplante Wartungsarbeiten", true, false),
            ("Mise \u{e0} niveau planifi\u{e9}e", true, false),
            ("Mantenimiento programado", true, false),
            ("\u{30e1}\u{30f3}\u{30c6}\u{30ca}\u{30f3}\u{30b9}\u{306e}\u{304a}\u{77e5}\u{3089}\u{305b}", true, false),
            ("Outage after the maintenance", true, true),
            ("API is down", false, true),
            ("Download page moved", false, false),
            ("St\u{f6}rung", false, true),
        ] {
            assert_eq!((planned(text).is_some(), fails(text)), (work, trouble), "{text}");
        }
    }
}
