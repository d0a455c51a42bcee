//! Words that say of a time what it marks, in the languages of reports.

/// Words that say of a time what it marks, the longer ones first.
const SAID: [(&str, &str); 59] = [
    ("outage begins", "started"),
    ("outage began", "started"),
    ("outage starts", "started"),
    ("outage started", "started"),
    ("incident started", "started"),
    ("impact started", "started"),
    ("impact began", "started"),
    ("fault occurs", "started"),
    ("fault occurred", "started"),
    ("started", "started"),
    ("start", "started"),
    ("began", "started"),
    ("beginn", "started"),
    ("début", "started"),
    ("inicio", "started"),
    ("início", "started"),
    ("発生", "started"),
    ("发生", "started"),
    ("开始", "started"),
    ("故障开始", "started"),
    ("first detected", "detected"),
    ("detected", "detected"),
    ("detection", "detected"),
    ("erkannt", "detected"),
    ("détecté", "detected"),
    ("detectado", "detected"),
    ("検知", "detected"),
    ("发现", "detected"),
    ("acknowledged", "acknowledged"),
    ("incident declared", "declared"),
    ("incident begins", "declared"),
    ("declared", "declared"),
    ("root cause identified", "identified"),
    ("cause identified", "identified"),
    ("原因特定", "identified"),
    ("outage mitigated", "mitigated"),
    ("mitigated", "mitigated"),
    ("repaired", "mitigated"),
    ("緩和", "mitigated"),
    ("outage ends", "resolved"),
    ("outage ended", "resolved"),
    ("incident resolved", "resolved"),
    ("resolved", "resolved"),
    ("behoben", "resolved"),
    ("résolu", "resolved"),
    ("resuelto", "resolved"),
    ("resolvido", "resolved"),
    ("復旧", "resolved"),
    ("解決", "resolved"),
    ("ended", "resolved"),
    ("ende", "resolved"),
    ("end", "resolved"),
    ("fin", "resolved"),
    ("fim", "resolved"),
    ("término", "resolved"),
    ("fine", "resolved"),
    ("恢复", "resolved"),
    ("服务恢复", "resolved"),
    ("结束", "resolved"),
];

/// The mark that a text such as `First detected: 2021-11-05 15:40` names at its beginning, and what follows.
pub(super) fn labelled(text: &str) -> Option<(&'static str, &str)> {
    let text = text.trim().trim_start_matches('*');
    let lower = text.to_lowercase();
    let (words, mark) =
        SAID.iter().find(|(words, _)| lower.starts_with(words) && text.is_char_boundary(words.len()))?;
    let rest = &text[words.len()..];
    let is_word = !rest.starts_with(char::is_alphabetic);
    is_word.then(|| (*mark, rest.trim_start_matches(['*', ':', ' ', '-', '–', '|'])))
}

/// The mark that the name of a label is as a whole: `Start time`, `Ended at`.
pub(super) fn named(label: &str) -> Option<&'static str> {
    let lower = label.trim().to_lowercase();
    let ends = [" time", "zeit", " at", " on", "日時", "時刻", "时间"];
    let word = ends.iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower).trim();
    SAID.iter().find(|(words, _)| *words == word).map(|(_, mark)| *mark)
}

/// The mark that an event is: with nothing else, as the label of what follows, or in capitals.
pub(super) fn of_event(event: &str) -> Option<&'static str> {
    let plain = event.replace(['*', '_'], "");
    let capitals = SAID.iter().find(|(words, _)| words.contains(' ') && plain.contains(&words.to_uppercase()));
    if let Some((_, mark)) = capitals {
        return Some(mark);
    }
    let label = plain.split_once([':', '：']).map_or(plain.as_str(), |(label, _)| label);
    let label = label.trim().trim_end_matches(['.', '!']).to_lowercase();
    SAID.iter().find(|(words, _)| *words == label).map(|(_, mark)| *mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_say_what_they_mark() {
        for (event, mark) in [
            ("**OUTAGE BEGINS** – all fails", Some("started")),
            ("検知", Some("detected")),
            ("**復旧**: 正常に進行", Some("resolved")),
            ("Resolved.", Some("resolved")),
            ("The alert is detected late", None),
            ("Start of the deploy", None),
        ] {
            assert_eq!(of_event(event), mark, "{event}");
        }
        assert_eq!(labelled("First detected 2021-11-05 9:29"), Some(("detected", "2021-11-05 9:29")));
        assert_eq!(labelled("**Resolved**: 10:46"), Some(("resolved", "10:46")));
        assert_eq!(labelled("Startled by it"), None);
        assert_eq!(labelled("Ended: 10:46"), Some(("resolved", "10:46")));
        assert_eq!(
            ["Start time", "END TIME", "Began at", "Start of work"].map(named),
            [Some("started"), Some("resolved"), Some("started"), None]
        );
    }
}
