//! The body of an entry, cut into its updates.

use super::{shortcode, times};
use crate::import::marker::{Label, label_of, marker};
use crate::time::Time;

/// One update as it stands in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What its first words say.
    pub label: Label,
    /// Those words, where they say more than the label.
    pub words: String,
    /// Whether anything marks it as an update: a marker or a time.
    pub is_marked: bool,
    /// When it was said, if the text says so.
    pub at: Option<Time>,
    /// Markdown.
    pub text: String,
    /// The line of the body it begins on, counted from 0.
    pub line: usize,
}

/// The parts of a body, and what in it looked like a time and was none, with its line.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// In the order of the file.
    pub parts: Vec<Part>,
    /// `track` shortcodes that cannot be read.
    pub bad_times: Vec<(usize, String)>,
}

/// Cuts `body` at markers and behind `track` shortcodes. Code blocks are never cut.
pub(super) fn split(body: &str) -> Split {
    let mut cutter = Cutter { any_words: has_track(body), ..Cutter::default() };
    let mut fence: Option<&str> = None;
    for (number, line) in body.lines().enumerate() {
        let is_fence = toggle_fence(line, &mut fence);
        if is_fence || fence.is_some() {
            cutter.text(number, line);
        } else {
            pieces(line).for_each(|piece| cutter.line(number, piece));
        }
    }
    cutter.finish()
}

fn has_track(body: &str) -> bool {
    let mut from = 0;
    while let Some(found) = shortcode::next(body, from) {
        if found.name == "track" {
            return true;
        }
        from = found.range.end;
    }
    false
}

/// Notes whether a code block begins or ends with this line, and whether the line is such a border.
fn toggle_fence<'l>(line: &'l str, fence: &mut Option<&'l str>) -> bool {
    let trimmed = line.trim_start();
    let length = trimmed.len() - trimmed.trim_start_matches(['`', '~']).len();
    let mark = trimmed[..length].get(..3).filter(|mark| *mark == "```" || *mark == "~~~");
    match (*fence, mark) {
        (None, Some(mark)) => *fence = Some(mark),
        (Some(open), Some(mark)) if open == mark && trimmed[length..].trim().is_empty() => *fence = None,
        _ => return false,
    }
    true
}

/// A line, cut behind each `track`.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let (mut start, mut from, mut found) = (0, 0, Vec::new());
    while let Some(code) = shortcode::next(line, from) {
        from = code.range.end;
        if code.name == "track" && !line[from..].trim().is_empty() {
            found.push(&line[start..from]);
            start = from;
        }
    }
    found.push(&line[start..]);
    found.into_iter()
}

#[derive(Default)]
struct Cutter {
    any_words: bool,
    /// The last update is over: its `track` has been read.
    closed: bool,
    split: Split,
}

impl Cutter {
    fn line(&mut self, number: usize, line: &str) {
        if let Some(marker) = marker(line, self.any_words) {
            let words = marker.words.to_owned();
            let at = times::named_in(&words);
            self.begin(Part { label: marker.label, words, is_marked: true, at, text: String::new(), line: number });
            self.tracked(number, marker.rest);
        } else {
            self.tracked(number, line);
        }
    }

    /// Adds a line that may hold a `track`.
    fn tracked(&mut self, number: usize, line: &str) {
        let mut from = 0;
        let code = loop {
            let Some(code) = shortcode::next(line, from) else { return self.text(number, line) };
            if code.name == "track" {
                break code;
            }
            from = code.range.end;
        };
        let at = times::read(code.argument).map(|(time, _)| time);
        let unread = if at.is_some() { String::new() } else { format!(" ({})", code.argument) };
        let text = format!("{}{unread}{}", line[..code.range.start].trim_end(), &line[code.range.end..]);
        self.text(number, &text);
        if at.is_none() {
            self.split.bad_times.push((number, code.argument.to_owned()));
        }
        let part = self.current(number);
        part.is_marked = true;
        part.at = at.or(part.at);
        self.closed = true;
    }

    fn text(&mut self, number: usize, line: &str) {
        if self.closed && !line.trim().is_empty() && !is_separator(line) {
            let label = label_of(line.trim_start_matches(['*', '_', '#', ' ']));
            let label = label.filter(|label| *label == Label::Postmortem).unwrap_or(Label::Unknown);
            self.begin(Part {
                label,
                words: String::new(),
                is_marked: label == Label::Postmortem,
                at: None,
                text: String::new(),
                line: number,
            });
        }
        let part = self.current(number);
        part.text.push_str(line);
        part.text.push('\n');
    }

    fn begin(&mut self, part: Part) {
        self.closed = false;
        self.split.parts.push(part);
    }

    fn current(&mut self, number: usize) -> &mut Part {
        if self.split.parts.is_empty() {
            let label = Label::Unknown;
            self.begin(Part {
                label,
                words: String::new(),
                is_marked: false,
                at: None,
                text: String::new(),
                line: number,
            });
        }
        let last = self.split.parts.len() - 1;
        &mut self.split.parts[last]
    }

    fn finish(mut self) -> Split {
        for part in &mut self.split.parts {
            part.text = tidy(&part.text);
        }
        self.split.parts.retain(|part| part.is_marked || !part.text.is_empty());
        self.split
    }
}

/// `---` between two updates.
fn is_separator(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.replace(mark, "").trim().is_empty())
}

/// Without empty lines and separators at both ends, and with single empty lines between paragraphs.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_words = |line: &&str| !line.trim().is_empty() && !is_separator(line);
    let Some(first) = lines.iter().position(is_words) else { return String::new() };
    let last = lines.iter().rposition(is_words).unwrap_or(first);
    let (mut kept, mut fence): (Vec<&str>, Option<&str>) = (Vec::new(), None);
    for line in &lines[first..=last] {
        toggle_fence(line, &mut fence);
        let line = if line.trim().is_empty() { "" } else { line };
        let repeats = line.is_empty() && kept.last().is_some_and(|before| before.is_empty());
        if fence.is_some() || !repeats {
            kept.push(line);
        }
    }
    kept.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(body: &str) -> Vec<(Label, Option<String>, String)> {
        let parts = split(body).parts.into_iter();
        parts.map(|part| (part.label, part.at.map(times::written), part.text)).collect()
    }

    fn at(time: &str) -> Option<String> {
        Some(time.to_owned())
    }

    #[test]
    fn track_dates_the_update_it_ends() {
        let body = "*Resolved* - Over. {{< track \"2020-07-13 15:24:00\" >}}\n\n---\n\n*Just began* - Odd.\nMore. {{% track 2020-07-13T14:24:00Z %}}\n\n*Post-mortem* - Why.\n";
        assert_eq!(
            outline(body),
            [
                (Label::Final, at("2020-07-13T15:24Z"), "Over.".to_owned()),
                (Label::Unknown, at("2020-07-13T14:24Z"), "Odd.\nMore.".to_owned()),
                (Label::Postmortem, None, "Why.".to_owned()),
            ]
        );
    }

    #[test]
    fn two_updates_on_one_line_and_text_behind_the_last() {
        let body = "*A* - x {{<track \"2020-07-13 15:24\">}} *B* - y {{<track \"never\">}}\n\nRest.";
        let split = split(body);
        let texts: Vec<&str> = split.parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, ["x", "y (never)", "Rest."]);
        assert_eq!(split.bad_times, [(0, "never".to_owned())]);
        assert!(!split.parts[2].is_marked);
    }

    #[test]
    fn markers_cut_and_code_does_not() {
        let body =
            "[Final Message] -->\nDone.\n-----\n[Update 2]\n```\n[Initial message]\n```\n[Initial message] It began.\n";
        assert_eq!(
            outline(body),
            [
                (Label::Final, None, "Done.".to_owned()),
                (Label::Update, None, "```\n[Initial message]\n```".to_owned()),
                (Label::Initial, None, "It began.".to_owned()),
            ]
        );
    }

    #[test]
    fn text_without_marker_is_one_part() {
        assert_eq!(outline("One.\n\nTwo."), [(Label::Unknown, None, "One.\n\nTwo.".to_owned())]);
        assert_eq!(outline(" \n---\n"), []);
    }
}
