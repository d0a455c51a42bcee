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
            sided.extend(of_line(number, line, context));
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
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    if is_over && !PREPOSITIONS.contains(&&*last) { Side::End } else { Side::Inside }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ')', '\u{3002}', '>'])
}
