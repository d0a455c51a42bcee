//! The ways in which timelines are laid out: a table, or lines that begin with their times, be they headings,
//! items of a list or paragraphs.

use super::list;
use super::sections::{Line, heading};
use crate::import::times::{self, Context, Moment, Place};

/// Rows as they stand in the text, and what stands around them.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// What happened when.
    pub rows: Vec<RawRow>,
    /// The lines above the first row.
    pub before: Vec<Line>,
    /// The lines below the last one.
    pub after: Vec<Line>,
    /// The heading and the rule of a table, as written; none for lines.
    pub head: Option<[String; 2]>,
    /// Why the rows cannot stand in a table, if they cannot.
    pub obstacle: Option<&'static str>,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub(super) struct RawRow {
    /// Where it begins.
    pub line: usize,
    /// Where its time of day stands; a day may stand lines above.
    at: usize,
    /// The time as written.
    pub written: String,
    /// What of it could be read.
    pub moment: Moment,
    /// The other cells of a table, or the text behind the time.
    pub cells: Vec<String>,
    below: Vec<Line>,
    kind: LineKind,
    /// Whether it is an item with a number.
    is_numbered: bool,
}

/// What a line with a time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum LineKind {
    Heading,
    /// An item of a list, and how far it is indented.
    Item(usize),
    #[default]
    Paragraph,
}

/// The rows of a text that tells what happened when.
pub(super) fn read(lines: &[Line], context: Context) -> Option<Raw> {
    table(lines, context).or_else(|| timed_lines(lines, context))
}

/// A table whose first column is one of times.
fn table(lines: &[Line], mut context: Context) -> Option<Raw> {
    let is_row = |line: &Line| !line.is_code && line.text.trim_start().starts_with('|');
    let length = |start: usize| lines[start..].iter().take_while(|line| is_row(line)).count();
    let start = (0..lines.len()).find(|at| {
        let is_ruled = lines.get(at + 1).is_some_and(|line| is_row(line) && is_rule(&line.text));
        is_row(&lines[*at]) && is_ruled && is_of_times(&lines[*at..at + length(*at)], context)
    })?;
    let end = start + length(start);
    let rows = lines[start + 2..end].iter().map(|line| {
        let row = cells(line, context);
        context.near = row.moment.date().or(context.near);
        row
    });
    let rows = rows.collect();
    let head = [lines[start].text.trim().to_owned(), lines[start + 1].text.trim().to_owned()];
    Some(Raw { rows, before: lines[..start].to_vec(), after: lines[end..].to_vec(), head: Some(head), obstacle: None })
}

/// Whether most of the first cells are times, or the title above them says that they are.
fn is_of_times(lines: &[Line], context: Context) -> bool {
    const TITLES: [&str; 13] = [
        "time", "date", "when", "zeit", "uhrzeit", "datum", "heure", "hora", "horário", "fecha", "時刻", "日時", "时间",
    ];
    let titles = split(&lines[0].text);
    let first = titles.first().map(|title| title.to_lowercase()).unwrap_or_default();
    let rows = &lines[2..];
    let timed = rows.iter().filter(|line| cells(line, context).moment.clock.is_some()).count();
    titles.len() > 1 && (TITLES.iter().any(|word| first.contains(word)) || (timed > 0 && timed * 2 >= rows.len()))
}

fn is_rule(row: &str) -> bool {
    row.contains('-') && row.chars().all(|c| "|:- \t".contains(c))
}

/// A row of a table. Day and hour may stand in columns of their own.
fn cells(line: &Line, context: Context) -> RawRow {
    let mut cells = split(&line.text);
    let written = if cells.is_empty() { String::new() } else { cells.remove(0) };
    let read = |text: &str| times::read(text, context, Place::Alone).map(|(moment, _)| moment);
    let mut moment = read(&written).unwrap_or_default();
    // A day that is not said again is that of the row above.
    let is_day = moment.clock.is_none() && moment.day.is_some() && !moment.is_mistyped;
    if is_day || written.is_empty() {
        let clock = cells.first().and_then(|cell| read(cell)).filter(|clock| clock.day.is_none());
        moment = clock.map(|clock| Moment { day: moment.day.clone(), ..clock }).unwrap_or(moment);
    }
    RawRow { line: line.number, written, moment, cells, ..RawRow::default() }
}

/// The cells of a row; a bar behind a backslash is none.
pub(super) fn split(row: &str) -> Vec<String> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in row.chars() {
        match (c, cells.last_mut()) {
            ('|', _) if !escaped => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
        escaped = c == '\\' && !escaped;
    }
    if row.ends_with('|') && !row.ends_with("\\|") {
        cells.pop();
    }
    cells.into_iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Lines that begin with their times. A day that stands alone is the one of the lines below it.
fn timed_lines(lines: &[Line], mut context: Context) -> Option<Raw> {
    let mut raw = Raw::default();
    let mut day: Option<RawRow> = None;
    for (at, line) in lines.iter().enumerate() {
        let is_first =
            at == 0 || lines[at - 1].text.trim().is_empty() || starts_row(raw.rows.last(), lines[at - 1].number);
        let parent = day.as_ref().or(raw.rows.last());
        // Among times, what looks like one and is none is a row of its own, and asked for.
        let is_clear = |row: &RawRow| !row.moment.is_mistyped || row.moment.day.is_some() || parent.is_some();
        match lead(line, is_first, context).filter(|row| is_clear(row) && stands_alone(row, parent)) {
            Some(row) => {
                context.near = row.moment.date().or(context.near);
                let is_day = row.moment.clock.is_none() && !row.moment.is_mistyped && row.cells[0].is_empty();
                let before = day.take();
                match (is_day, before) {
                    (true, None) => day = Some(row),
                    (true, Some(before)) => {
                        raw.rows.push(before);
                        day = Some(row);
                    }
                    (false, before) => raw.rows.push(on_day(row, before)),
                }
            }
            None if raw.rows.is_empty() && day.is_none() => raw.before.push(line.clone()),
            None if line.text.trim().is_empty() && day.is_some() => {}
            None => {
                raw.rows.extend(day.take());
                raw.rows.iter_mut().last().into_iter().for_each(|row| row.below.push(line.clone()));
            }
        }
    }
    raw.rows.extend(day);
    let is_timeline = raw.rows.iter().any(|row| row.moment.clock.is_some()) || raw.rows.len() > 1;
    if !is_timeline {
        return None;
    }
    raw.after = raw.rows.last_mut().map(after).unwrap_or_default();
    let numbered = raw.rows.iter().any(|row| row.is_numbered).then_some("its rows are a numbered list");
    let beside =
        raw.rows.iter().any(has_item_beside).then_some("an item that begins with no time stands among its rows");
    raw.obstacle = numbered.or(beside).or_else(|| raw.rows.iter().find_map(|row| obstacle(&row.below)));
    raw.rows.iter_mut().for_each(|row| row.cells = vec![on_one_line(&row.cells[0], &row.below)]);
    Some(raw)
}

/// Whether an item beside a row has no time at its beginning: `- before 10:00: …` happened at the time of no row.
fn has_item_beside(row: &RawRow) -> bool {
    let LineKind::Item(indent) = row.kind else { return false };
    let is_beside = |line: &Line| {
        let text = line.text.trim_start();
        !line.is_code && line.text.len() - text.len() <= indent && item(text).is_some()
    };
    row.below.iter().any(is_beside)
}

/// Whether the line of this number is the first of a row.
fn starts_row(row: Option<&RawRow>, number: usize) -> bool {
    row.is_some_and(|row| row.at == number && row.below.is_empty())
}

/// A row under the day that stood alone above it.
fn on_day(row: RawRow, day: Option<RawRow>) -> RawRow {
    let Some(day) = day else { return row };
    let moment = Moment { day: row.moment.day.clone().or(day.moment.day), ..row.moment };
    RawRow { written: format!("{}, {}", day.written, row.written), moment, line: day.line, ..row }
}

/// An item within another is a row of its own only where the outer one is no more than a day.
fn stands_alone(row: &RawRow, parent: Option<&RawRow>) -> bool {
    match (row.kind, parent) {
        (LineKind::Item(indent), Some(parent)) if indent > 1 => match parent.kind {
            LineKind::Item(outer) => outer >= indent || parent.moment.clock.is_none(),
            LineKind::Heading | LineKind::Paragraph => true,
        },
        _ => true,
    }
}

/// The row that a line begins, if it begins with a time.
fn lead(line: &Line, is_first: bool, context: Context) -> Option<RawRow> {
    if line.is_code {
        return None;
    }
    let indent = line.text.len() - line.text.trim_start().len();
    let (kind, text) = match (heading(line), item(line.text.trim_start())) {
        (Some((_, text)), _) => (LineKind::Heading, text),
        (None, Some(text)) => (LineKind::Item(indent), text),
        (None, None) if is_first && indent < 4 => (LineKind::Paragraph, line.text.trim()),
        (None, None) => return None,
    };
    let (moment, rest) = times::read(text, context, Place::Before).or_else(|| times::mistyped(text))?;
    let taken = text[..text.len() - rest.len()].trim();
    let is_set_off = rest.trim().is_empty() || rest.trim_start().starts_with([':', '-', '–', '—', '|']);
    if kind == LineKind::Paragraph && moment.clock.is_none() && !is_set_off {
        return None;
    }
    let written = taken.trim_matches(|c: char| "*_`[](): ".contains(c)).to_owned();
    let event = whole(taken, rest);
    let is_numbered =
        matches!(kind, LineKind::Item(_)) && line.text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let (line, cells, below) = (line.number, vec![event], Vec::new());
    Some(RawRow { line, at: line, written, moment, cells, below, kind, is_numbered })
}

/// What follows a time, without the marks that part the two, and with the emphasis that both stood in.
fn whole(taken: &str, rest: &str) -> String {
    let rest = rest.trim_start_matches(|c: char| ":-–—|→>".contains(c) || c.is_whitespace()).trim();
    let is_torn = |mark: &str| taken.matches(mark).count() % 2 == 1 && rest.matches(mark).count() % 2 == 1;
    let mark = ["**", "__", "`"].into_iter().find(|mark| is_torn(mark));
    let bracket = |open: char, close: char| taken.contains(open) && !taken.contains(close) && rest.contains(close);
    match mark {
        Some(mark) if rest.starts_with(mark) => {
            rest[mark.len()..].trim_start_matches([':', ' ', '-', '–']).trim().to_owned()
        }
        Some(mark) => format!("{mark}{rest}"),
        None if bracket('[', ']') => format!("[{rest}"),
        None if bracket('(', ')') => format!("({rest}"),
        None => rest.to_owned(),
    }
}

/// The text behind the mark of an item: a dash, or a number.
fn item(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        return rest.starts_with([' ', '\t']).then(|| rest.trim());
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=3).contains(digits))?;
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    rest.starts_with(' ').then(|| rest.trim())
}

/// What stands below the last row and does not belong to it: a paragraph of its own.
fn after(last: &mut RawRow) -> Vec<Line> {
    let is_blank = |line: &Line| line.text.trim().is_empty();
    let is_apart = |at: &usize| {
        let line = &last.below[*at];
        let is_own = !line.text.starts_with([' ', '\t']) && item(&line.text).is_none();
        let is_next = *at > 0 && is_blank(&last.below[at - 1]);
        !is_blank(line) && ((is_own && is_next) || heading(line).is_some())
    };
    let cut = match last.kind {
        LineKind::Heading => (0..last.below.len()).find(|at| heading(&last.below[*at]).is_some()),
        LineKind::Item(_) | LineKind::Paragraph => (0..last.below.len()).find(is_apart),
    };
    cut.map(|at| last.below.split_off(at)).unwrap_or_default()
}

/// So many paragraphs may become one line.
const PARAGRAPHS: usize = 3;

/// Why lines cannot stand in one cell of a table.
fn obstacle(below: &[Line]) -> Option<&'static str> {
    let starts = |mark: char| below.iter().any(|line| line.text.trim_start().starts_with(mark));
    let is_ordered = |line: &Line| {
        line.text.trim_start().starts_with(|c: char| c.is_ascii_digit()) && item(line.text.trim_start()).is_some()
    };
    let paragraphs = below.split(|line| line.text.trim().is_empty()).filter(|lines| !lines.is_empty()).count();
    if below.iter().any(|line| line.is_code) {
        Some("a block of code stands among its rows")
    } else if below.iter().any(|line| heading(line).is_some()) {
        Some("headings without a time stand among its rows")
    } else if starts('|') || starts('>') || below.iter().any(is_ordered) {
        Some("tables, quotations or numbered lists stand among its rows")
    } else {
        (paragraphs > PARAGRAPHS).then_some("some of its rows are several paragraphs long")
    }
}

/// Several lines as one, for a cell: the dashes of lists become semicolons.
pub(super) fn on_one_line(first: &str, below: &[Line]) -> String {
    let mut text = first.trim().to_owned();
    for line in below.iter().map(|line| line.text.trim()).filter(|line| !line.is_empty()) {
        let (mark, line) = line.strip_prefix("- ").or(line.strip_prefix("* ")).map_or((" ", line), |item| ("; ", item));
        if !text.is_empty() {
            text.push_str(mark);
        }
        text.push_str(line.strip_suffix('\\').unwrap_or(line));
    }
    list::escape_bars(&text)
}

#[cfg(test)]
mod tests {
    use super::super::sections::lines;
    use super::*;
    use crate::time::Date;

    fn raw(text: &str) -> Option<Raw> {
        let context = Context { near: Date::parse("2020-01-07").ok(), ..Context::default() };
        read(&lines(text, 1), context)
    }

    fn rows(text: &str) -> Vec<(String, String)> {
        let raw = raw(text).expect("rows");
        raw.rows.into_iter().map(|row| (row.written, row.cells.join("; "))).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(time, event)| ((*time).to_owned(), (*event).to_owned())).collect()
    }

    #[test]
    fn tables_are_read_by_their_first_column() {
        let text = "x\n\n| Date and Time in CET | Event | Who |\n|:--|--|--|\n| 2019-11-29  12:00 | a \\| b | me |\n| ? | c\n\ny";
        let found = raw(text).unwrap();
        assert_eq!((found.before.len(), found.after.len(), found.head.is_some()), (2, 2, true));
        assert_eq!(rows(text), pairs(&[("2019-11-29 12:00", "a \\| b; me"), ("?", "c")]));
        assert!(raw("| Node | CPU |\n|--|--|\n| a | 1 |").is_none());
        assert!(raw("| | |\n|--|--|\n| 10:00 | x |").is_some());
        let two = raw("| Date | Time | Event |\n|--|--|--|\n| 2020-01-08 | 7:32 PM | x |\n|  | 7:33 PM | y |").unwrap();
        assert_eq!(two.rows[1].moment.clock, Some((19 * 60 + 33) * 60_000));
        assert_eq!(two.rows[0].moment.clock, Some((19 * 60 + 32) * 60_000));
    }

    #[test]
    fn headings_items_and_paragraphs_are_rows() {
        assert_eq!(
            rows("### 14:51\nNews.\n\nMore | less.\n### 14:54 **OUTAGE BEGINS**\n- a\n- b\n"),
            pairs(&[("14:51", "News. More \\| less."), ("14:54", "**OUTAGE BEGINS**; a; b")])
        );
        let text = "- 2021-11-05 15:40: First\n  - link\n- 16:04 - Then\n- and\n\nLast words.";
        assert_eq!(rows(text), pairs(&[("2021-11-05 15:40", "First; link"), ("16:04", "Then; and")]));
        assert_eq!(raw(text).unwrap().after.len(), 1);
        assert_eq!(
            rows("- 24:00 - a\n- 25:00 - b\n- T015:00: c\n- 1:1 talks"),
            pairs(&[("24:00", "a"), ("25:00", "b"), ("T015:00", "c; 1:1 talks")])
        );
        assert_eq!(
            rows("2020-01-08\n\n10:00 UTC - Down\n10:30 UTC - Found\n00:20 UTC - Up\nat last"),
            pairs(&[("2020-01-08, 10:00 UTC", "Down"), ("10:30 UTC", "Found"), ("00:20 UTC", "Up at last")])
        );
        assert_eq!(
            rows("01-10-2020\n\n7:32 PM - It stops.\n\n7:42 PM - It moves.\n\n01-31-2020 - The fix."),
            pairs(&[("01-10-2020, 7:32 PM", "It stops."), ("7:42 PM", "It moves."), ("01-31-2020", "The fix.")])
        );
        assert_eq!(rows("10:00 a\n10:05 b"), pairs(&[("10:00", "a"), ("10:05", "b")]));
        assert_eq!(
            rows("- 2020-01-08\n  - 10:00 a\n  - 10:05 b"),
            pairs(&[("2020-01-08, 10:00", "a"), ("10:05", "b")])
        );
        assert_eq!(
            rows("- **[10:00]** a\n- **10:05 UTC**: b\n- [10:10] c\n1. 10:15 d"),
            pairs(&[("10:00", "a"), ("10:05 UTC", "b"), ("10:10", "c"), ("10:15", "d")])
        );
        assert_eq!(rows("- **10:00 It begins** a\n- 10:01 b")[0].1, "**It begins** a");
        assert!(raw("- a\n- b 10:00").is_none());
        assert!(raw("503 errors at 10:00.").is_none());
    }

    #[test]
    fn what_no_cell_can_hold_is_told() {
        let obstacle = |text| raw(text).unwrap().obstacle;
        assert!(obstacle("### 10:00\n\n```\na\n```\n").is_some_and(|why| why.contains("code")));
        assert!(obstacle("### 10:00\n\n1. a\n2. b\n").is_some_and(|why| why.contains("numbered")));
        assert!(obstacle("- 10:00 a\n  - b\n").is_none());
    }
}
