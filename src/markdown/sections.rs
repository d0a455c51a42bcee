//! A Markdown text heading by heading, and the cells of its first table.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

/// The text under a heading of the first or second level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// Without markup.
    pub heading: String,
    /// As written.
    pub body: &'a str,
    /// Where the body begins in the text, in bytes.
    pub at: usize,
}

/// What stands above the first heading of the first or second level, and a section for each of them.
/// Deeper headings, and those in quotes and lists, belong to the section they stand in.
pub fn sections(text: &str) -> (&str, Vec<Section<'_>>) {
    let headings = headings(text);
    let starts = headings.iter().map(|(_, range)| range.start).chain([text.len()]);
    let starts: Vec<usize> = starts.collect();
    let sections = headings.into_iter().zip(&starts[1..]);
    let sections =
        sections.map(|((heading, range), end)| Section { heading, body: &text[range.end..*end], at: range.end });
    (&text[..starts[0]], sections.collect())
}

/// The headings that part the text, each with the place of its whole line.
fn headings(text: &str) -> Vec<(String, Range<usize>)> {
    let (mut found, mut depth, mut open): (Vec<(String, Range<usize>)>, usize, bool) = (Vec::new(), 0, false);
    for (event, range) in super::parser(text).into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => depth -= 1,
            // A heading in a quotation parts the quotation, and not the text that quotes.
            Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }) if depth == 0 => {
                open = true;
                found.push((String::new(), range));
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            Event::Text(text) | Event::Code(text) if open => {
                found.last_mut().into_iter().for_each(|last| last.0 += &text)
            }
            _ => {}
        }
    }
    found
}

/// The rows of the first table in `text`, its head first, each cell as written.
pub fn first_table(text: &str) -> Vec<Vec<&str>> {
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for (event, range) in super::parser(text).into_offset_iter() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                rows.last_mut().into_iter().for_each(|row| row.push(text[range.clone()].trim()))
            }
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_parts_at_its_headings_and_not_at_those_in_code() {
        let text = "Before.\n\n## Summary\n\nIt `broke`.\n\n### Deeper\n\n```\n## not one\n```\n\n> ## quoted\n\n# The *Stats*\nlast";
        let (preface, sections) = sections(text);
        assert_eq!(preface, "Before.\n\n");
        let headings: Vec<&str> = sections.iter().map(|section| &*section.heading).collect();
        assert_eq!(headings, ["Summary", "The Stats"]);
        assert!(sections[0].body.contains("quoted") && sections[0].body.contains("### Deeper"));
        assert_eq!(sections[1].body.trim(), "last");
        assert_eq!(super::sections("no heading"), ("no heading", Vec::new()));
    }

    #[test]
    fn the_cells_of_a_table_come_as_written() {
        let text = "All times in UTC.\n\n| Time | Event |\n| --- | --- |\n| 10:00 | it **broke** |\n| 10:05 | |\n\n| another |\n| --- |\n";
        assert_eq!(first_table(text), [vec!["Time", "Event"], vec!["10:00", "it **broke**"], vec!["10:05", ""]]);
        assert!(first_table("no table").is_empty());
    }
}
