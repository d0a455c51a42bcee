//! The section "Timeline" of a postmortem: a table whose rows have a time, perhaps a kind, and an event.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::markdown::first_table;
use crate::model::{RowKind, Section, SectionKind, TimelineRow, Vocabulary};
use crate::time::{Date, Time, Wall, Zone};

/// The rows of the timeline. A row without a day is on the day of the row above, or of the start; a
/// time without an offset is in the zone that the section names, such as "All times in CET", or in UTC.
pub(super) fn rows(
    document: &Document,
    sections: &[Section],
    started: Option<Time>,
    is_imported: bool,
) -> Vec<TimelineRow> {
    let Some(section) = sections.iter().find(|section| section.kind == SectionKind::Timeline) else {
        return Vec::new();
    };
    let table = first_table(&section.body);
    let Some((head, rows)) = table.split_first() else { return Vec::new() };
    let kind_column = head.iter().position(|name| name.eq_ignore_ascii_case("kind"));
    let zone = zone_of(&section.body);
    let mut day = started.map(|time| zone.date(time));
    let mut last = None;
    let mut found = Vec::new();
    for cells in rows {
        let Some(time) = cells.first() else { continue };
        let at = instant(time, zone, &mut day, last);
        last = at.or(last);
        // The import told it already.
        if at.is_none() && !is_imported {
            report(document, time, found.iter().filter(|row: &&TimelineRow| row.time == **time).count());
        }
        let kind = kind_column.and_then(|column| RowKind::from_word(&cells.get(column)?.to_lowercase()));
        let event = cells.iter().enumerate().skip(1).filter(|(column, _)| Some(*column) != kind_column);
        let event = event.map(|(_, cell)| *cell).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ");
        found.push(TimelineRow { at, time: (*time).to_owned(), kind: kind.unwrap_or(RowKind::Observation), event });
    }
    found
}

/// The instant of a row. A clock that goes far back without naming a day has passed midnight.
fn instant(text: &str, zone: Zone, day: &mut Option<Date>, last: Option<Time>) -> Option<Time> {
    const HALF_A_DAY: i64 = 12 * 3600;
    let text = text.trim_matches(['*', '`', '_', ' ']);
    if let Ok(time) = Time::parse(text) {
        *day = Some(zone.date(time));
        return Some(time);
    }
    let bare = text.strip_suffix("UTC").map(str::trim_end);
    let wall = Wall::parse(bare.unwrap_or(text))?;
    *day = wall.date.or(*day);
    let zone = if bare.is_some() { Zone::UTC } else { zone };
    let at = zone.instant((*day)?, wall.minute)?;
    if wall.date.is_none() && last.is_some_and(|last| last.seconds_since(at) > HALF_A_DAY) {
        *day = day.map(|day| day.plus_days(1));
        return zone.instant((*day)?, wall.minute);
    }
    Some(at)
}

/// The zone that the text names after "times in" or "times are in"; else UTC.
fn zone_of(text: &str) -> Zone {
    let prose = text.lines().filter(|line| !line.trim_start().starts_with('|'));
    let words: Vec<&str> = prose.flat_map(str::split_whitespace).collect();
    let named = words.windows(4).find_map(|words| match words {
        [times, "in", name, _] | [times, "are" | "is", "in", name] if times.to_lowercase().starts_with("time") => {
            zone(name)
        }
        _ => None,
    });
    let last = || match words.as_slice() {
        [.., times, "in", name] if times.to_lowercase().starts_with("time") => zone(name),
        _ => None,
    };
    named.or_else(last).unwrap_or(Zone::UTC)
}

fn zone(name: &str) -> Option<Zone> {
    Zone::named(name.trim_matches(|c: char| !c.is_ascii_alphanumeric()).trim_end_matches('.'))
}

fn report(document: &Document, time: &str, nth: usize) {
    let message = format!("the time `{time}` of the timeline cannot be read, so the picture leaves the row out");
    let fault = Diagnostic::warning(Code::UnreadTimelineTime, message);
    let place = document.place_within(None, time, nth);
    document.report(fault.at(place).help("write `2026-03-02 14:53`, or `14:53` on the day of the row above"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_the_one_that_the_section_names() {
        assert_eq!(zone_of("All times in CET.\n\n| Time | Event |").name(), "CET");
        assert_eq!(zone_of("All times are in Europe/Copenhagen, on one day.").name(), "Europe/Copenhagen");
        assert_eq!(zone_of("Times in UTC").name(), "UTC");
        assert_eq!(zone_of("Nothing is said."), Zone::UTC);
    }

    #[test]
    fn a_row_without_a_day_is_on_the_day_of_the_row_above() {
        let (mut day, mut last) = (None, None);
        let mut at = |text: &str| {
            let at = instant(text, Zone::UTC, &mut day, last);
            last = at.or(last);
            at.map(Time::rfc3339_minutes)
        };
        assert_eq!(at("10:00"), None, "no day is known yet");
        assert_eq!(at("2026-03-02 23:50").as_deref(), Some("2026-03-02T23:50Z"));
        assert_eq!(at("23:55").as_deref(), Some("2026-03-02T23:55Z"));
        assert_eq!(at("2026-03-03T01:10+01:00").as_deref(), Some("2026-03-03T00:10Z"));
        assert_eq!(at("23:20").as_deref(), Some("2026-03-03T23:20Z"));
        assert_eq!(at("0:20").as_deref(), Some("2026-03-04T00:20Z"), "after midnight");
    }
}
