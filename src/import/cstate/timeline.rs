//! The parts of a body in the order in which they were said, as far as the text proves it.

use super::split::{BodyUpdate, tidy};
use crate::import::marker::Label;
use crate::import::times::{Doubt, Frame, Moment};
use crate::time::{Date, Time};

/// What is known of the time in which an entry was told.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntryFrame {
    /// When it began.
    pub start: Time,
    /// When it was over, if that is known.
    pub end: Option<Time>,
    /// The zone of times that name none.
    pub zone: Frame,
    /// How many seconds before its beginning something may have been said of it.
    pub before: i64,
}

/// One update, oldest first in a [`Timeline`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CstateUpdate {
    /// When; none if nothing says it.
    pub at: Option<Time>,
    /// What its first words say.
    pub label: Label,
    /// Markdown. Words that became a status or a time are not in it.
    pub text: String,
    /// Markdown, as it was written.
    pub raw: String,
    /// What became a status or a time.
    pub taken: Vec<String>,
    /// The line of the body it begins on, counted from 0.
    pub line: usize,
}

/// What an entry tells.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// Oldest first.
    pub said: Vec<CstateUpdate>,
    /// Text that belongs to no update: it stands above the newest, or below the last.
    pub loose: Vec<BodyUpdate>,
    /// What was learnt.
    pub postmortem: Vec<BodyUpdate>,
    /// What nobody can decide but a person, with the line that it is about.
    pub doubts: Vec<(usize, String)>,
    /// The times of the parts, as the body has them, where they alone decided the order.
    pub times: Vec<Time>,
}

/// How the parts of a body follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    OldestFirst,
    NewestFirst,
    /// Each part has its own time, which decides.
    ByTime,
    Unknown,
}

impl Timeline {
    /// Sorts the parts of a body; `whole` is that body. Where nothing proves their order, it stays one text.
    pub(super) fn of(parts: Vec<BodyUpdate>, whole: &str, frame: EntryFrame) -> Timeline {
        let mut timeline = Timeline::default();
        let (postmortem, mut parts): (Vec<BodyUpdate>, Vec<BodyUpdate>) =
            parts.into_iter().partition(|part| part.label == Label::Postmortem);
        let marked = parts.iter().filter(|part| part.is_marked).count();
        let trailing = parts.last().is_some_and(|last| !last.is_marked) && marked > 0;
        let tail = trailing.then(|| parts.pop()).flatten();
        let times = times(&parts, frame, &mut timeline.doubts);
        let order = order(&parts, &times);
        let is_told = parts.len() <= 1 || order != Order::Unknown;
        if !is_told {
            let line = parts.first().map_or(0, |part| part.line);
            timeline
                .doubts
                .push((line, "nothing says in which order its parts were written; the text stays whole".to_owned()));
            timeline.said = vec![said_whole(whole)];
            return timeline;
        }
        let leads = order == Order::NewestFirst && parts.len() > 1 && !parts[0].is_marked;
        let mut told: Vec<CstateUpdate> =
            parts.iter().zip(&times).skip(usize::from(leads)).map(|(part, at)| said(part, *at)).collect();
        if leads {
            timeline.loose.push(parts[0].clone());
        }
        match order {
            Order::NewestFirst => told.reverse(),
            Order::ByTime => {
                timeline.times = times.into_iter().flatten().collect();
                told.sort_by_key(|said| said.at);
            }
            Order::OldestFirst | Order::Unknown => {}
        }
        timeline.said = told;
        timeline.loose.extend(tail);
        timeline.postmortem = postmortem;
        timeline
    }
}

/// A body that stays whole.
fn said_whole(whole: &str) -> CstateUpdate {
    let text = tidy(whole);
    CstateUpdate { at: None, label: Label::Unknown, raw: text.clone(), text, taken: Vec::new(), line: 0 }
}

/// A part as an update. Words that mean no status, and times that could not be read, stay in the text.
fn said(part: &BodyUpdate, at: Option<Time>) -> CstateUpdate {
    let (is_read, has_meaning) = (part.mark.is_none() || at.is_some(), part.label != Label::Unknown || at.is_some());
    let is_taken = part.is_bare && is_read && has_meaning;
    let (text, taken) = match (is_taken, at) {
        (true, _) => (part.text.clone(), part.taken.clone()),
        (false, Some(_)) => without_tracks(part),
        (false, None) => (part.raw.clone(), Vec::new()),
    };
    CstateUpdate { at, label: part.label, text, raw: part.raw.clone(), taken, line: part.line }
}

/// A part as it was written, but for the `track` that has become its time.
fn without_tracks(part: &BodyUpdate) -> (String, Vec<String>) {
    let codes: Vec<String> = part.taken.iter().filter(|words| words.starts_with("{{")).cloned().collect();
    let text = codes.iter().fold(part.raw.clone(), |text, code| text.replacen(code, "", 1));
    (tidy(text.trim_end()), codes)
}

/// How many seconds after its end something may be said of an entry.
const AFTER: i64 = 14 * 86_400;

/// The time of each part that has one of its own.
type Times = (Vec<Option<Time>>, Vec<(usize, String)>);

/// Times of day alone do not say their day: read from both ends, the reading counts that leaves fewer doubts and takes
/// less time.
fn times(parts: &[BodyUpdate], frame: EntryFrame, doubts: &mut Vec<(usize, String)>) -> Vec<Option<Time>> {
    let forward: Vec<usize> = (0..parts.len()).collect();
    let backward: Vec<usize> = (0..parts.len()).rev().collect();
    let readings = [times_in(parts, frame, &forward), times_in(parts, frame, &backward)];
    let best = readings.into_iter().min_by_key(|(times, doubts)| (doubts.len(), times.iter().flatten().max().copied()));
    let (times, found) = best.unwrap_or_default();
    doubts.extend(found);
    times
}

fn times_in(parts: &[BodyUpdate], frame: EntryFrame, order: &[usize]) -> Times {
    let mut day = frame.zone.date(frame.start);
    let (mut last, mut found, mut doubts) = (None, vec![None; parts.len()], Vec::new());
    for index in order {
        let Some(mark) = parts[*index].mark.as_ref().filter(|mark| mark.clock.is_some()) else { continue };
        match placed(mark, frame, last, &mut day) {
            Ok(at) => {
                last = Some(at);
                found[*index] = Some(at);
            }
            Err(why) => doubts.push((parts[*index].line, why)),
        }
    }
    doubts.sort();
    (found, doubts)
}

/// The moment of a mark; one without a day is of the day of the last one, or of the next if the clock went past
/// midnight.
fn placed(mark: &Moment, frame: EntryFrame, last: Option<Time>, day: &mut Date) -> Result<Time, String> {
    let why = |doubt: Doubt| format!("{doubt}, so its time was left in the text");
    let mut at = mark.instant(frame.zone, Some(*day)).map_err(why)?;
    if mark.day.is_none() {
        let earliest = last.unwrap_or_else(|| frame.start.plus_seconds(-3_600));
        if at < earliest {
            *day = day.plus_days(1);
            at = mark.instant(frame.zone, Some(*day)).map_err(why)?;
        }
        // An end that is known shows which times do not fit.
        let latest = frame.end.map(|end| end.plus_seconds(86_400 / 2));
        if latest.is_some_and(|latest| at > latest) {
            return Err("its time of day lies outside the time of the entry, so it was left in the text".to_owned());
        }
    }
    *day = frame.zone.date(at);
    let is_near =
        at >= frame.start.plus_seconds(-frame.before) && frame.end.is_none_or(|end| at <= end.plus_seconds(AFTER));
    if is_near { Ok(at) } else { Err("its time is far from that of the entry, so it was left in the text".to_owned()) }
}

fn order(parts: &[BodyUpdate], times: &[Option<Time>]) -> Order {
    let known: Vec<Time> = times.iter().flatten().copied().collect();
    let (rises, falls) = directions(&known);
    let is_all = known.len() == parts.len();
    match (rises, falls) {
        (true, false) => return if is_all { Order::ByTime } else { Order::OldestFirst },
        (false, true) => return Order::NewestFirst,
        (true, true) => return if is_all { Order::ByTime } else { Order::Unknown },
        (false, false) => {}
    }
    let by_labels = order_of_labels(parts);
    if by_labels == Order::Unknown && is_all && !parts.is_empty() { Order::ByTime } else { by_labels }
}

fn directions<T: PartialOrd>(list: &[T]) -> (bool, bool) {
    let rises = list.windows(2).any(|pair| pair[0] < pair[1]);
    let falls = list.windows(2).any(|pair| pair[0] > pair[1]);
    (rises, falls)
}

/// What labels and numbers say of the order, if all of them say one thing.
fn order_of_labels(parts: &[BodyUpdate]) -> Order {
    let ranks: Vec<u8> = parts.iter().filter_map(|part| rank(part.label)).collect();
    match directions(&ranks) {
        (true, false) => return Order::OldestFirst,
        (false, true) => return Order::NewestFirst,
        (true, true) => return Order::Unknown,
        (false, false) => {}
    }
    match directions(&numbers(parts)) {
        (true, false) => return Order::OldestFirst,
        (false, true) => return Order::NewestFirst,
        (true, true) => return Order::Unknown,
        (false, false) => {}
    }
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Order::Unknown };
    let begins = |part: &BodyUpdate| rank(part.label) == Some(0);
    let ends = |part: &BodyUpdate| part.label == Label::Final;
    let updates = parts.iter().filter(|part| part.label == Label::Update).count();
    match parts.len() {
        0 | 1 => Order::Unknown,
        _ if begins(first) || ends(last) => Order::OldestFirst,
        _ if begins(last) || ends(first) => Order::NewestFirst,
        // An update is one of something that was said before.
        2 if updates == 1 && last.label == Label::Update => Order::OldestFirst,
        2 if updates == 1 && first.label == Label::Update && !last.is_marked => Order::Unknown,
        2 if updates == 1 && first.label == Label::Update => Order::NewestFirst,
        _ => Order::Unknown,
    }
}

/// How late in the course of an entry a label comes.
fn rank(label: Label) -> Option<u8> {
    match label {
        Label::Initial | Label::Investigating | Label::Scheduled => Some(0),
        Label::Identified | Label::InProgress => Some(1),
        Label::Monitoring | Label::Verifying => Some(2),
        Label::Final => Some(3),
        Label::Update | Label::Postmortem | Label::Unknown => None,
    }
}

/// The numbers of `Update 2`, and the days of those that name a day alone.
fn numbers(parts: &[BodyUpdate]) -> Vec<String> {
    let number = |part: &BodyUpdate| {
        // The hour of a time that could not be read is no number of an update.
        let is_counted = part.label == Label::Update && part.mark.as_ref().is_none_or(|mark| mark.clock.is_none());
        let head = part.taken.first().filter(|_| is_counted)?;
        let digits = head.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?;
        Some(part.mark.as_ref().and_then(Moment::date).map_or_else(|| format!("{digits:0>8}"), Date::iso))
    };
    parts.iter().filter_map(number).collect()
}

/// Gives each update its time. Those between two known times are told with the next one, in their order: by then they
/// had been said. What has no later one is returned.
pub(super) fn dated(said: Vec<CstateUpdate>) -> (Vec<CstateUpdate>, Vec<CstateUpdate>) {
    let (mut told, mut waiting) = (Vec::new(), Vec::new());
    for one in said {
        if one.at.is_none() {
            waiting.push(one);
            continue;
        }
        told.push(with_earlier(one, &std::mem::take(&mut waiting)));
    }
    (told, waiting)
}

/// An update, and above it what was said before at a time that is not known, as it was written.
pub(super) fn with_earlier(mut said: CstateUpdate, earlier: &[CstateUpdate]) -> CstateUpdate {
    if earlier.is_empty() {
        return said;
    }
    let own = if said.text.is_empty() { String::new() } else { said.raw.clone() };
    let pieces: Vec<&str> =
        earlier.iter().map(|one| &*one.raw).chain([&*own]).filter(|text| !text.trim().is_empty()).collect();
    said.text = pieces.join("\n\n");
    said.raw.clone_from(&said.text);
    said.taken.clear();
    said
}

#[cfg(test)]
mod tests {
    use super::super::split::split;
    use super::*;
    use crate::import::times::Context;

    fn frame() -> EntryFrame {
        let at = |text| Time::parse(text).unwrap();
        EntryFrame {
            start: at("2020-01-01T10:00Z"),
            end: Some(at("2020-01-01T12:00Z")),
            zone: Frame::UTC,
            before: 86_400,
        }
    }

    fn timeline(body: &str) -> Timeline {
        Timeline::of(split(body, Context::default()).parts, body, frame())
    }

    fn texts(body: &str) -> Vec<String> {
        timeline(body).said.into_iter().map(|said| said.text).collect()
    }

    fn told(body: &str) -> Vec<String> {
        let told = timeline(body).said.into_iter().map(|said| (said.at.map(crate::import::times::written), said.text));
        told.map(|(at, text)| format!("{} {text}", at.as_deref().map_or("?", |at| &at[11..16]))).collect()
    }

    #[test]
    fn both_orders_become_oldest_first() {
        assert_eq!(texts("[Final]\nc\n\n[Update]\nb\n\n[Initial]\na"), ["a", "b", "c"]);
        assert_eq!(texts("[Initial]\na\n\n[Update]\nb"), ["a", "b"]);
        assert_eq!(texts("a\n\n[Update]\nb\n\n[Final]\nc"), ["a", "b", "c"]);
        assert_eq!(texts("_Investigating_ - a\n\n_Update_ - b\n\n_Update_ - c"), ["a", "b", "c"]);
        assert_eq!(texts("*Update 2* - b\n\n*Update 1* - a"), ["a", "b"]);
        let tracked = "*Investigating* - a {{< track \"2020-01-01 10:00\" >}}\n\n*Resolved* - b {{< track \"2020-01-01 11:00\" >}}";
        assert_eq!(texts(tracked), ["a", "b"]);
    }

    #[test]
    fn without_proof_of_the_order_the_text_stays_whole() {
        for body in [
            "*Update* - a\n\n*Update* - b",
            "a\n\n*Update* - b\n\n*Update* - c",
            "*Resolved* - a\n\n*Investigating* - b\n\n*Resolved* - c",
            "*Update 11:00 PM XYZ* - a\n\n*Update 1:00 AM XYZ* - b",
        ] {
            let timeline = timeline(body);
            assert_eq!(timeline.said.iter().map(|said| &*said.text).collect::<Vec<_>>(), [body]);
            assert!(
                timeline.doubts.iter().any(|(_, doubt)| doubt.starts_with("nothing says in which order")),
                "{body}"
            );
        }
    }

    #[test]
    fn times_of_day_follow_the_day_of_the_entry() {
        assert_eq!(
            told("**10:00** Seen\n\n**10:35** Found\n\n**11:45** Repaired"),
            ["10:00 Seen", "10:35 Found", "11:45 Repaired"]
        );
        assert_eq!(
            told("*Update 11:45*: c\n\n*Update 11:10 AM*: b\n\n*Investigating 10:00*: a"),
            ["10:00 a", "11:10 b", "11:45 c"]
        );
        let night = EntryFrame {
            start: Time::parse("2020-01-01T23:00Z").unwrap(),
            end: None,
            zone: Frame::UTC,
            before: 86_400,
        };
        let body = "**23:10** a\n\n**00:20** b";
        let said = Timeline::of(split(body, Context::default()).parts, body, night).said;
        assert_eq!(said[1].at.map(Time::rfc3339).as_deref(), Some("2020-01-02T00:20:00Z"));
    }

    #[test]
    fn a_zone_that_no_list_knows_leaves_its_time_in_the_text() {
        let timeline = timeline("**Update 10:30 QQT**: b\n\n**Investigating 10:00 QQT**: a");
        assert_eq!(
            timeline.said.iter().map(|said| (said.at, &*said.text)).collect::<Vec<_>>(),
            [(None, "**Investigating 10:00 QQT**: a"), (None, "**Update 10:30 QQT**: b"),]
        );
        assert_eq!(timeline.doubts.len(), 2);
    }

    #[test]
    fn an_update_without_time_is_told_with_the_next() {
        let mut said = timeline("[Final]\nc\n\n[Update 2]\nb\n\n[Initial]\na").said;
        said[0].at = Some(Time::from_millis(0));
        said[2].at = Some(Time::from_millis(60_000));
        let (told, waiting) = dated(said);
        assert_eq!(
            told.iter().map(|said| said.text.as_str()).collect::<Vec<_>>(),
            ["a", "[Update 2]\nb\n\n[Final]\nc"]
        );
        assert!(waiting.is_empty());
    }
}
