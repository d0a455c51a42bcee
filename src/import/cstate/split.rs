//! The body of an entry, cut where the text says by itself that an update begins or ends. Nothing is thrown away:
//! each part knows how it was written.

use super::head::{Proof, UpdateHead, head};
use super::tracks::{Tracks, tracks};
use crate::import::marker::Label;
use crate::import::times::{Context, Moment};

/// One update as it stands in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BodyUpdate {
    /// What its first words say.
    pub label: Label,
    /// Whether its head says nothing but a label and a time, so that it can become keys.
    pub is_bare: bool,
    /// Whether anything marks it as an update: a head or a time.
    pub is_marked: bool,
    /// When it was said, as the text says it; perhaps a day alone.
    pub mark: Option<Moment>,
    /// The words of its head and of its `track`, without which `text` is.
    pub taken: Vec<String>,
    /// Markdown, without its head.
    pub text: String,
    /// Markdown, as it was written.
    pub raw: String,
    /// The line of the body it begins on, counted from 0.
    pub line: usize,
}

/// The parts of a body, and what in it looked like a time and was none, with its line.
#[derive(Debug, Default)]
pub(super) struct SplitBody {
    /// In the order of the file.
    pub parts: Vec<BodyUpdate>,
    /// `track` shortcodes that cannot be read.
    pub bad_times: Vec<(usize, String)>,
}

/// Cuts `body` before heads and behind `track` shortcodes. Code blocks are never cut.
pub(super) fn split(body: &str, context: Context) -> SplitBody {
    let lines = lines(body);
    let tracks = tracks(&lines.iter().map(|line| (line.text, line.is_code)).collect::<Vec<_>>(), context);
    let heads = heads(&lines, &tracks, context);
    let split = SplitBody { parts: Vec::new(), bad_times: tracks.bad.clone() };
    let mut cutter = Cutter { split, closed: false, context };
    for (number, line) in lines.iter().enumerate() {
        cutter.line(number, line.text, &tracks, heads[number]);
    }
    cutter.finish()
}

struct BodyLine<'b> {
    text: &'b str,
    is_code: bool,
}

fn lines(body: &str) -> Vec<BodyLine<'_>> {
    let mut fence: Option<&str> = None;
    let line = |text| {
        let is_fence = toggle_fence(text, &mut fence);
        BodyLine { text, is_code: is_fence || fence.is_some() }
    };
    body.lines().map(line).collect()
}

/// Which lines begin with a head that proves an update where it stands.
fn heads(lines: &[BodyLine<'_>], tracks: &Tracks, context: Context) -> Vec<bool> {
    let found: Vec<Option<UpdateHead<'_>>> = (0..lines.len()).map(|at| placed_head(lines, at, context)).collect();
    let company = found.iter().flatten().filter(|head| head.proof == Proof::InCompany).count();
    let is_dated = |from: usize| {
        let next = (from + 1..lines.len()).find(|at| found[*at].is_some()).unwrap_or(lines.len());
        (from..next).any(|at| tracks.ends(at))
    };
    let judge = |(at, head): (usize, &Option<UpdateHead<'_>>)| match head.as_ref().map(|head| head.proof) {
        Some(Proof::Whole) => true,
        Some(Proof::InCompany) => company > 1,
        Some(Proof::IfDated) => is_dated(at),
        None => false,
    };
    found.iter().enumerate().map(judge).collect()
}

/// The head of a line, if it begins a paragraph, or follows a whole sentence or another head: a bold word or a time
/// where a sentence was broken into lines is none.
fn placed_head<'b>(lines: &[BodyLine<'b>], at: usize, context: Context) -> Option<UpdateHead<'b>> {
    let found = head(lines[at].text, context).filter(|_| !lines[at].is_code)?;
    let before = at.checked_sub(1).map_or("", |before| lines[before].text.trim_end());
    let is_begin = before.is_empty() || is_separator(before) || before.starts_with('#');
    let is_sentence = before.ends_with(['.', '!', '?', ':', ')', '>', '}', ']', '*', '_', '\u{3002}', '\\']);
    (is_begin || is_sentence || head(before, context).is_some()).then_some(found)
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

struct Cutter {
    /// The last update is over: its `track` has been read.
    closed: bool,
    split: SplitBody,
    context: Context,
}

impl Cutter {
    fn line(&mut self, number: usize, line: &str, tracks: &Tracks, is_head: bool) {
        let mut start = 0;
        for (index, track) in tracks.of(number).iter().enumerate() {
            let (before, code) = (&line[start..track.range.start], &line[track.range.clone()]);
            if track.is_end {
                self.piece(number, before, is_head || index > 0);
                self.dated(number, track.mark.clone(), code);
            } else {
                // It stands before its text: what comes first is a head, or nothing.
                if !before.trim().is_empty() {
                    self.piece(number, before, true);
                } else {
                    self.begin(number);
                }
                self.dated(number, track.mark.clone(), code);
                self.closed = false;
            }
            start = track.range.end;
        }
        let rest = if start > 0 { line[start..].trim_start() } else { line };
        if start == 0 || !rest.trim().is_empty() {
            self.piece(number, rest, (is_head && start == 0) || (start > 0 && is_whole(rest, self.context)));
        } else {
            self.add("\n", "\n", number);
        }
    }

    /// Adds a piece of a line, which may begin an update.
    fn piece(&mut self, number: usize, text: &str, may_head: bool) {
        // A time right below a label that has no text yet begins the text: `[Initial message]`, then `At 09:00 we will …`.
        let is_below = self.split.parts.last().is_some_and(|part| part.is_marked && part.text.trim().is_empty());
        let found = head(text, self.context).filter(|head| may_head && !(is_below && head.label.is_none()));
        let Some(head) = found else {
            if self.closed && !text.trim().is_empty() && !is_separator(text) {
                self.begin(number);
            }
            return self.add(&format!("{text}\n"), &format!("{text}\n"), number);
        };
        self.begin(number);
        let written = text.trim();
        // Emphasis around a head and its text ends behind the text, so that the text is no end of what is written.
        let rest = written.rfind(head.rest.trim()).unwrap_or_default();
        let taken = written[..rest].to_owned();
        let part = self.current(number);
        part.label = head.label.unwrap_or(Label::Unknown);
        part.is_bare = head.is_bare;
        part.is_marked = true;
        part.mark = head.mark;
        part.taken.push(taken);
        let rest = if head.rest.trim().is_empty() { String::new() } else { format!("{}\n", head.rest) };
        self.add(&rest, &format!("{text}\n"), number);
    }

    fn dated(&mut self, number: usize, mark: Option<Moment>, code: &str) {
        let part = self.current(number);
        part.raw.truncate(part.raw.trim_end_matches('\n').len());
        part.raw.push_str(code);
        part.raw.push('\n');
        if let Some(mark) = mark {
            part.is_marked = true;
            part.mark = Some(mark);
            part.taken.push(code.to_owned());
            self.closed = true;
        } else {
            part.text.truncate(part.text.trim_end_matches('\n').len());
            part.text.push_str(code);
            part.text.push('\n');
        }
    }

    fn add(&mut self, text: &str, raw: &str, number: usize) {
        let part = self.current(number);
        part.text.push_str(text);
        part.raw.push_str(raw);
    }

    fn begin(&mut self, line: usize) {
        self.closed = false;
        self.split.parts.push(BodyUpdate {
            label: Label::Unknown,
            is_bare: true,
            is_marked: false,
            mark: None,
            taken: Vec::new(),
            text: String::new(),
            raw: String::new(),
            line,
        });
    }

    fn current(&mut self, number: usize) -> &mut BodyUpdate {
        if self.split.parts.is_empty() {
            self.begin(number);
        }
        let last = self.split.parts.len() - 1;
        &mut self.split.parts[last]
    }

    fn finish(mut self) -> SplitBody {
        for part in &mut self.split.parts {
            part.text = tidy(&part.text).trim_end().to_owned();
            part.raw = tidy(&part.raw).trim_end().to_owned();
        }
        self.split.parts.retain(|part| part.is_marked || !part.text.is_empty());
        self.split
    }
}

fn is_whole(text: &str, context: Context) -> bool {
    head(text, context).is_some_and(|head| head.proof == Proof::Whole)
}

/// `---` between two updates.
pub(super) fn is_separator(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.replace(mark, "").trim().is_empty())
}

/// Without empty lines and separators at both ends, and with single empty lines between paragraphs.
pub(super) fn tidy(text: &str) -> String {
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
    use crate::import::times::{Frame, written};

    fn outline(body: &str) -> Vec<(Label, Option<String>, String)> {
        let at =
            |part: &BodyUpdate| part.mark.as_ref().and_then(|mark| mark.instant(Frame::UTC, None).ok()).map(written);
        split(body, Context::default()).parts.into_iter().map(|part| (part.label, at(&part), part.text)).collect()
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
    fn track_behind_a_head_dates_what_follows() {
        let body = "**Monitoring*** {{< track \"2020-07-13 15:24\" >}} We look.\n\n**Investigating** {{< track \"2020-07-13 15:00\" >}} It fails.\n";
        assert_eq!(
            outline(body),
            [
                (Label::Monitoring, at("2020-07-13T15:24Z"), "We look.".to_owned()),
                (Label::Investigating, at("2020-07-13T15:00Z"), "It fails.".to_owned()),
            ]
        );
    }

    #[test]
    fn two_updates_on_one_line_and_text_behind_the_last() {
        let body = "*A* - x {{<track \"2020-07-13 15:24\">}} *B* - y {{<track \"never\">}}\n\nRest.";
        let split = split(body, Context::default());
        let texts: Vec<&str> = split.parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, ["x", "*B* - y {{<track \"never\">}}\n\nRest."]);
        assert_eq!(split.bad_times, [(0, "never".to_owned())]);
    }

    #[test]
    fn a_time_or_emphasis_within_a_sentence_cuts_nothing() {
        for body in [
            "No power from {{< track \"2020-01-01 10:00:00\" >}} to {{< track \"2020-01-01 12:00:00\" >}}.",
            "No power until {{< track \"2020-01-01 12:00:00\" >}}",
            "Back at {{< track \"2020-01-01 12:00:00\" >}} we saw the *Resolved* - mark.",
            "Backups were made at\n**10:00** and at\n**12:00** by hand.",
            "We restart at **10:00**, 2020-01-01.\nUpdate of the plugins included.",
            "Between\n{{< track \"2020-01-01 10:00:00\" >}}\nand\n{{< track \"2020-01-01 11:00:00\" >}}\nno power.",
            "No power until\n{{< track \"2020-01-01 12:00:00\" >}}",
            "The power was lost {{< track \"2020-01-01 10:00:00\" >}}\nin both halls.",
        ] {
            let parts = split(body, Context::default()).parts;
            assert_eq!(parts.len(), 1, "{body}");
            assert_eq!(parts[0].text, body);
        }
    }

    #[test]
    fn heads_cut_and_code_does_not() {
        let body =
            "[Final Message] -->\nDone.\n-----\n[Update 2]\n```\n[Initial message]\n```\n[Initial message] It began.\n";
        assert_eq!(
            outline(body),
            [
                (Label::Final, None, "Done.".to_owned()),
                (Label::Update, None, "```\n[Initial message]\n```\n[Initial message] It began.".to_owned()),
            ]
        );
        let apart = body.replace("```\n[Initial message] It", "```\n\n[Initial message] It");
        assert_eq!(outline(&apart).len(), 3);
    }

    #[test]
    fn a_time_right_below_a_label_is_text() {
        let body = "[Initial message]\nMay 6, 2024 at 09:00 UTC: we move.\n";
        assert_eq!(outline(body), [(Label::Initial, None, "May 6, 2024 at 09:00 UTC: we move.".to_owned())]);
    }

    #[test]
    fn text_without_head_is_one_part() {
        assert_eq!(outline("One.\n\nTwo."), [(Label::Unknown, None, "One.\n\nTwo.".to_owned())]);
        assert_eq!(outline(" \n---\n"), []);
    }
}
