//! The parts of a body in the order in which they were said.

use super::split::Part;
use crate::import::marker::Label;
use crate::time::Time;

/// What an entry tells.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// Oldest first; some without a time.
    pub said: Vec<Part>,
    /// Text that belongs to no update.
    pub loose: Vec<Part>,
    /// What was learnt.
    pub postmortem: Vec<Part>,
}

impl Story {
    /// Sorts the parts of a body.
    pub(super) fn of(parts: Vec<Part>) -> Story {
        let mut story = Story::default();
        let adopts_first = adopts_first(&parts);
        for (index, mut part) in parts.into_iter().enumerate() {
            if part.label == Label::Postmortem {
                story.postmortem.push(part);
            } else if part.is_marked {
                story.said.push(part);
            } else if index == 0 && adopts_first {
                part.label = Label::Initial;
                story.said.push(part);
            } else {
                story.loose.push(part);
            }
        }
        if is_newest_first(&story.said) {
            story.said.reverse();
        }
        story
    }
}

/// Text above the first marker is the first message where no other part says that it is.
fn adopts_first(parts: &[Part]) -> bool {
    let is_first = |part: &Part| matches!(part.label, Label::Initial | Label::Investigating) || part.at.is_some();
    !parts.iter().any(is_first)
}

/// Whether a file has its newest update on top, as cState's own pages do.
fn is_newest_first(parts: &[Part]) -> bool {
    let times: Vec<Time> = parts.iter().filter_map(|part| part.at).collect();
    if let (Some(first), Some(last)) = (times.first(), times.last())
        && first != last
    {
        return first > last;
    }
    match (parts.first(), parts.last()) {
        (Some(first), _) if first.label == Label::Initial => false,
        (_, Some(last)) if last.label == Label::Final => false,
        _ => true,
    }
}

/// One update with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// When.
    pub at: Time,
    /// What its first words say.
    pub label: Label,
    /// Those words, where they mean no status.
    pub unknown: Option<String>,
    /// Markdown.
    pub text: String,
    /// The line of the body it begins on, counted from 0.
    pub line: usize,
}

/// Gives each part its time. A part without one is told together with the next that has one: by then
/// it had been said. What has no later part is returned.
pub(super) fn dated(parts: Vec<Part>) -> (Vec<Said>, Vec<Part>) {
    let (mut said, mut waiting) = (Vec::new(), Vec::new());
    for part in parts {
        let Some(at) = part.at else {
            waiting.push(part);
            continue;
        };
        let text = with_earlier(own_text(&part), &std::mem::take(&mut waiting));
        let unknown = (part.label == Label::Unknown && !part.words.is_empty()).then_some(part.words);
        said.push(Said { at, label: part.label, unknown, text, line: part.line });
    }
    said.sort_by_key(|said| said.at);
    (said, waiting)
}

/// The text of a part with the words of its marker, where they say more than a status.
fn own_text(part: &Part) -> String {
    match (part.words.as_str(), part.label) {
        ("", _) => part.text.clone(),
        (words, Label::Unknown) => format!("*{words}* - {}", part.text),
        (words, _) => format!("**{words}**\n\n{}", part.text),
    }
}

/// `text` and below it what was said before, at a time that is not known.
pub(super) fn with_earlier(text: String, earlier: &[Part]) -> String {
    earlier.iter().filter(|part| !part.text.is_empty()).fold(text, |text, part| {
        let heading = if part.words.is_empty() { "Earlier update" } else { &part.words };
        format!("{text}\n\n**{heading}**\n\n{}", part.text)
    })
}

#[cfg(test)]
mod tests {
    use super::super::split::split;
    use super::*;

    fn texts(body: &str) -> Vec<String> {
        Story::of(split(body).parts).said.into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn both_orders_become_oldest_first() {
        assert_eq!(texts("[Final]\nc\n[Update]\nb\n[Initial]\na"), ["a", "b", "c"]);
        assert_eq!(texts("[Initial]\na\n[Update]\nb"), ["a", "b"]);
        assert_eq!(texts("a\n\n[Update]\nb\n\n[Final]\nc"), ["a", "b", "c"]);
        let tracked = "*Investigating* - a {{< track \"2020-01-01 10:00\" >}}\n\n*Resolved* - b {{< track \"2020-01-01 11:00\" >}}";
        assert_eq!(texts(tracked), ["a", "b"]);
    }

    #[test]
    fn an_update_without_time_is_told_with_the_next() {
        let mut parts = Story::of(split("[Final]\nc\n[Update 2]\nb\n[Initial]\na").parts).said;
        parts[0].at = Some(Time::from_millis(0));
        parts[2].at = Some(Time::from_millis(60_000));
        let (said, waiting) = dated(parts);
        assert_eq!(said.iter().map(|said| said.text.as_str()).collect::<Vec<_>>(), ["a", "c\n\n**Update 2**\n\nb"]);
        assert!(waiting.is_empty());
    }
}
