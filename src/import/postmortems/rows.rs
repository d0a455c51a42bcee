//! The three ways in which timelines are laid out: a table, headings, a list.

use super::list;
use super::moment;
use super::sections::{Line, heading};
use crate::time::Date;

/// Rows as they stand in the text, and what stands around them.
#[derive(Default)]
pub(super) struct Raw {
    /// Line, time and event.
    pub rows: Vec<(usize, String, String)>,
    /// The lines above the first row.
    pub before: Vec<Line>,
    /// The lines below the last one.
    pub after: Vec<Line>,
    /// The heading above the times, if it is a table.
    pub title: String,
}

/// A table whose first column is one of times.
pub(super) fn table(lines: &[Line]) -> Option<Raw> {
    let is_row = |line: &Line| !line.is_code && line.text.trim_start().starts_with('|');
    let start = (0..lines.len()).find(|at| {
        let is_rule = lines.get(at + 1).is_some_and(|line| is_row(line) && is_rule(&line.text));
        is_row(&lines[*at]) && is_rule && is_of_times(&cells(&lines[*at].text))
    })?;
    let end = lines[start..].iter().position(|line| !is_row(line)).map_or(lines.len(), |length| start + length);
    let titles = cells(&lines[start].text);
    let rows = lines[start + 2..end].iter().map(|line| {
        let cells = cells(&line.text);
        (line.number, cells.first().cloned().unwrap_or_default(), event(&titles, &cells))
    });
    let rows = rows.collect();
    let title = titles.first().cloned().unwrap_or_default();
    Some(Raw { rows, before: lines[..start].to_vec(), after: lines[end..].to_vec(), title })
}

fn is_of_times(titles: &[String]) -> bool {
    let first = titles.first().map(|title| title.to_lowercase()).unwrap_or_default();
    titles.len() > 1 && ["time", "date", "when"].iter().any(|word| first.contains(word))
}

fn is_rule(row: &str) -> bool {
    row.contains('-') && row.chars().all(|c| "|:- \t".contains(c))
}

/// The cells of a row; a bar behind a backslash is none.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim().trim_start_matches('|');
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

/// The second cell, and those after it under their titles.
fn event(titles: &[String], cells: &[String]) -> String {
    let mut text = cells.get(1).cloned().unwrap_or_default();
    for (at, cell) in cells.iter().enumerate().skip(2).filter(|(_, cell)| !cell.is_empty()) {
        match titles.get(at).filter(|title| !title.is_empty()) {
            Some(title) => text.push_str(&format!("; {title}: {cell}")),
            None => text.push_str(&format!("; {cell}")),
        }
    }
    text
}

/// Headings that are moments, with their text below.
pub(super) fn headings(lines: &[Line]) -> Option<Raw> {
    let mut raw = Raw::default();
    let mut open: Option<(usize, String, String, Vec<Line>)> = None;
    for line in lines {
        match heading(line).and_then(|(_, text)| timed(text)) {
            Some((time, rest)) => {
                close(&mut raw, open.replace((line.number, time, rest, Vec::new())));
            }
            None => match &mut open {
                Some((_, _, _, below)) => below.push(line.clone()),
                None => raw.before.push(line.clone()),
            },
        }
    }
    close(&mut raw, open);
    // Code cannot stand in a cell, and a heading within a moment would be lost in one.
    let fits = !raw.rows.is_empty() && raw.before.iter().all(|line| !line.is_code);
    let is_plain = |line: &Line| !line.is_code && (heading(line).is_none_or(|(_, text)| timed(text).is_some()));
    (fits && lines.iter().all(is_plain)).then_some(raw)
}

fn close(raw: &mut Raw, open: Option<(usize, String, String, Vec<Line>)>) {
    if let Some((line, time, rest, below)) = open {
        raw.rows.push((line, time, on_one_line(&rest, &below)));
    }
}

/// A list whose items begin with moments. What hangs on an item, or follows it without a time of its
/// own, belongs to it.
pub(super) fn bullets(lines: &[Line]) -> Option<Raw> {
    let (items, _) = list::items(lines);
    let first = items.first()?.line;
    timed(&items.first()?.text)?;
    let mut raw = Raw::default();
    for item in &items {
        match (timed(&item.text), raw.rows.last_mut()) {
            (Some((time, rest)), _) => raw.rows.push((item.line, time, on_one_line(&rest, &item.below))),
            (None, Some((_, _, event))) => {
                *event = format!("{event}; {}", on_one_line(&item.text, &item.below));
            }
            (None, None) => return None,
        }
    }
    let last = items.last().map_or(first, |item| item.below.last().map_or(item.line, |line| line.number));
    raw.before = lines.iter().filter(|line| line.number < first).cloned().collect();
    raw.after = lines.iter().filter(|line| line.number > last).cloned().collect();
    let inside = lines.iter().filter(|line| (first..=last).contains(&line.number));
    let is_whole =
        inside.clone().all(|line| !line.is_code) && list::items(&inside.cloned().collect::<Vec<_>>()).1.is_empty();
    is_whole.then_some(raw)
}

/// The moment at the beginning of a text, as written, and what follows it.
pub(super) fn timed(text: &str) -> Option<(String, String)> {
    let (text, is_bold) = text.trim().strip_prefix("**").map_or((text.trim(), false), |text| (text, true));
    let any_day = Date::parse("2000-01-01").ok();
    let stop = |c: char| !(c.is_ascii_digit() || "-:~T+ZUC ".contains(c));
    let end = text.find(stop).unwrap_or(text.len());
    let ends = (1..=end).rev().filter(|end| text.is_char_boundary(*end));
    let fits = |end: &usize| {
        let moment = moment::read(&text[..*end], None, any_day);
        moment.has_clock() && moment.words.iter().all(|word| word == "about" || word.starts_with("until "))
    };
    let is_end = |end: &usize| !text[*end..].starts_with(|c: char| c.is_alphanumeric());
    let end = ends.filter(is_end).find(fits)?;
    let rest = text[end..].trim_start_matches(':');
    let rest = rest.strip_prefix("**").filter(|_| is_bold).unwrap_or(rest);
    let rest = rest.trim_start_matches([':', ' ', '-', '–']).trim();
    Some((text[..end].trim().trim_end_matches([':', '-', ' ']).to_owned(), rest.to_owned()))
}

/// Several lines as one, for a cell: the dashes of lists become semicolons.
pub(super) fn on_one_line(first: &str, below: &[Line]) -> String {
    let mut text = first.trim().to_owned();
    for line in below.iter().map(|line| line.text.trim()).filter(|line| !line.is_empty()) {
        let (mark, line) = line.strip_prefix("- ").or(line.strip_prefix("* ")).map_or((" ", line), |item| ("; ", item));
        if !text.is_empty() {
            text.push_str(mark);
        }
        text.push_str(line);
    }
    list::escape_bars(&text)
}

#[cfg(test)]
mod tests {
    use super::super::sections::lines;
    use super::*;

    fn rows(raw: Option<Raw>) -> Vec<(String, String)> {
        raw.expect("rows").rows.into_iter().map(|(_, time, event)| (time, event)).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(time, event)| ((*time).to_owned(), (*event).to_owned())).collect()
    }

    #[test]
    fn tables_are_read_by_their_first_title() {
        let text = lines(
            "x\n\n| Date and Time in CET | Event | Who |\n|:--|--|--|\n| 2019-11-29  12:00 | a \\| b | me |\n| ? | c\n\ny",
            1,
        );
        let raw = table(&text).unwrap();
        assert_eq!((raw.before.len(), raw.after.len(), raw.title.as_str()), (2, 2, "Date and Time in CET"));
        assert_eq!(rows(Some(raw)), pairs(&[("2019-11-29 12:00", "a \\| b; Who: me"), ("?", "c")]));
        assert!(table(&lines("| Node | CPU |\n|--|--|\n| a | 1 |", 1)).is_none());
    }

    #[test]
    fn headings_and_lists_of_moments_are_rows() {
        let text = lines(
            "2015-10-21 (all times UTC)\n\n### 14:51\nNews.\n\nMore | less.\n### 14:54 **OUTAGE BEGINS**\n- a\n- b\n",
            1,
        );
        assert_eq!(
            rows(headings(&text)),
            pairs(&[("14:51", "News. More \\| less."), ("14:54", "**OUTAGE BEGINS**; a; b")])
        );
        let text = lines("- 2021-11-05 15:40: First\n  - link\n- 16:04 - Then\n- and", 1);
        assert_eq!(rows(bullets(&text)), pairs(&[("2021-11-05 15:40", "First; link"), ("16:04", "Then; and")]));
        assert!(bullets(&lines("- a\n- 10:00 b", 1)).is_none());
    }

    #[test]
    fn a_moment_ends_where_words_begin() {
        assert_eq!(timed("2021-11-05 15:40: First"), Some(("2021-11-05 15:40".to_owned(), "First".to_owned())));
        assert_eq!(timed("**14:51** x"), Some(("14:51".to_owned(), "x".to_owned())));
        assert_eq!(timed("503 errors"), None);
    }
}
