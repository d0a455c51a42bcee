//! Which `track` shortcodes of a body date an update, and which are times within a sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use super::head::head;
use super::shortcode;
use crate::import::times::{Context, Moment, whole};

/// A `track` that dates what stands before it, or behind it.
#[derive(Clone, Debug)]
pub(super) struct Track {
    /// Where in its line.
    pub range: Range<usize>,
    /// What it says; none if it cannot be read.
    pub mark: Option<Moment>,
    /// Whether it dates what stands before it.
    pub is_end: bool,
}

/// All that date something, by their lines.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    by_line: BTreeMap<usize, Vec<Track>>,
    /// Those that cannot be read.
    pub bad: Vec<(usize, String)>,
}

impl Tracks {
    /// Those of a line, in order.
    pub(super) fn of(&self, line: usize) -> &[Track] {
        self.by_line.get(&line).map_or(&[], Vec::as_slice)
    }

    /// Whether an update ends on a line.
    pub(super) fn ends(&self, line: usize) -> bool {
        self.of(line).iter().any(|track| track.is_end && track.mark.is_some())
    }
}

/// What is beside a track on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// It ends what stands before it.
    End,
    /// It begins what follows.
    Begin,
    /// It stands between a head and its text.
    BehindHead,
    /// It is within a sentence.
    Inside,
}

/// Words after which a time belongs to the sentence.
const PREPOSITIONS: [&str; 37] = [
    "at", "to", "till", "until", "from", "since", "by", "before", "after", "around", "about", "on", "and", "between",
    "um", "bis", "seit", "ab", "vor", "nach", "gegen", "von", "und", "am", "à", "vers", "depuis", "jusqu'à", "de",
    "desde", "hasta", "até", "dalle", "alle", "om", "tot", "vanaf",
];

/// Sorts the tracks of a body, given by its lines, each with whether it is code.
pub(super) fn tracks(lines: &[(&str, bool)], context: Context) -> Tracks {
    let mut found = Tracks::default();
    let mut sided: Vec<(usize, Track, Side)> = Vec::new();
    for (number, (line, is_code)) in lines.iter().enumerate() {
        if !is_code {
            let torn = |range: &Range<usize>| is_torn(lines, number, range.start, context);
            let inside = |(number, track, side): (usize, Track, Side)| {
                let is_inside = side == Side::End && torn(&track.range);
                let side = if is_inside { Side::Inside } else { side };
                (number, Track { is_end: side == Side::End, ..track }, side)
            };
            sided.extend(of_line(number, line, context).into_iter().map(inside));
        }
    }
    // Some stand before their text and some behind it: nobody knows what belongs to what.
    let has = |side: Side| sided.iter().any(|(_, _, other)| *other == side);
    let begins_body = sided.first().is_some_and(|(line, _, side)| {
        *side == Side::Begin && lines[..*line].iter().all(|(line, _)| line.trim().is_empty())
    });
    let unclear = has(Side::Begin) && (has(Side::End) || !begins_body);
    for (number, track, side) in sided {
        if track.mark.is_none() {
            let text = &lines[number].0[track.range.clone()];
            let argument = shortcode::next(text, 0).map_or("", |code| code.argument);
            found.bad.push((number, argument.to_owned()));
        }
        let counts = match side {
            Side::BehindHead => true,
            Side::End | Side::Begin => !unclear,
            Side::Inside => false,
        };
        if counts && track.mark.is_some() {
            found.by_line.entry(number).or_default().push(track);
        }
    }
    found
}

/// Whether a time at the end of a line belongs to a sentence that was broken into lines.
fn is_torn(lines: &[(&str, bool)], number: usize, start: usize, context: Context) -> bool {
    let line = lines[number].0;
    let own = line[..start].trim_end();
    let above = || number.checked_sub(1).map_or("", |above| lines[above].0.trim_end());
    let before = if own.is_empty() { above() } else { own };
    let is_text = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let next = lines.get(number + 1).filter(|(_, is_code)| !is_code).map_or("", |(next, _)| next.trim());
    let goes_on = next.starts_with(char::is_alphanumeric) && head(next, context).is_none();
    is_text && (goes_on || ends_with_preposition(before))
}

fn ends_with_preposition(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    PREPOSITIONS.contains(&&*last)
}

fn of_line(number: usize, line: &str, context: Context) -> Vec<(usize, Track, Side)> {
    let mut codes = Vec::new();
    let mut from = 0;
    while let Some(code) = shortcode::next(line, from) {
        from = code.range.end;
        if code.name == "track" {
            codes.push((code.range, whole(code.argument, context)));
        }
    }
    let sides: Vec<Side> = codes.iter().map(|(range, _)| side(line, range, context)).collect();
    let is_torn = sides.contains(&Side::Inside);
    let mut tracks = Vec::new();
    for ((range, mark), side) in codes.into_iter().zip(sides) {
        // Of several in one sentence the last ends nothing, unless a sentence ended before it.
        let side =
            if is_torn && side == Side::End && !ends_sentence(&line[..range.start]) { Side::Inside } else { side };
        tracks.push((number, Track { range, mark, is_end: side == Side::End }, side));
    }
    tracks
}

fn side(line: &str, range: &Range<usize>, context: Context) -> Side {
    let (before, behind) = (line[..range.start].trim_end(), line[range.end..].trim());
    let is_over = behind.is_empty() || head(behind, context).is_some() || behind.starts_with("{{");
    let only = before.trim_start_matches(['*', '_', ' ', '#']);
    if only.is_empty() {
        return if behind.is_empty() { Side::End } else { Side::Begin };
    }
    if head(before, context).is_some_and(|head| head.rest.is_empty()) && !behind.is_empty() {
        return Side::BehindHead;
    }
    if is_over && !ends_with_preposition(before) { Side::End } else { Side::Inside }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ')', '\u{3002}', '>'])
}
