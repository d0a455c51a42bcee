//! A Markdown text as pieces under headings.

/// A heading and the lines below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SourceSection {
    /// As written; empty for what stands above the first heading.
    pub heading: String,
    /// 1 to 6; 0 for what stands above the first heading.
    pub level: usize,
    /// The line of the heading, or of the first line of all.
    pub line: usize,
    /// What stands below it.
    pub body: Vec<Line>,
}

/// A line and where it stood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Without its end.
    pub text: String,
    /// Whether it belongs to a block of code between fences.
    pub is_code: bool,
}

impl SourceSection {
    /// A section for a test.
    #[cfg(test)]
    pub fn made(heading: &str, line: usize, text: &str) -> SourceSection {
        let body = text.lines().map(|text| Line { number: line, text: text.to_owned(), is_code: false }).collect();
        SourceSection { heading: heading.to_owned(), level: 2, line, body }
    }

    /// Its text.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.body.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n").trim_matches('\n').trim_end().to_owned()
    }

    /// Whether nothing stands in it but, perhaps, the dash of a list that nobody filled.
    pub fn is_empty(&self) -> bool {
        self.body.iter().all(|line| ["", "-", "*"].contains(&line.text.trim()))
    }
}

/// The lines of a text, the first of which is line `first` of its file.
pub(super) fn lines(text: &str, first: usize) -> Vec<Line> {
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for (index, text) in text.lines().enumerate() {
        let start = text.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        let is_code = fence.is_some() || mark.is_some();
        fence = match (fence, mark) {
            (None, mark) => mark,
            (Some(open), Some(mark)) if open == mark => None,
            (open, _) => open,
        };
        lines.push(Line { number: first + index, text: text.to_owned(), is_code });
    }
    underlined(&mut lines);
    lines
}

/// Headings may be lines that are underlined; here all begin with number signs.
fn underlined(lines: &mut [Line]) {
    for at in 1..lines.len() {
        let rule = lines[at].text.trim_end();
        let is_of = |mark: char| rule.len() >= 3 && rule.chars().all(|c| c == mark);
        let Some(marks) = is_of('=').then_some("#").or(is_of('-').then_some("##")) else { continue };
        let above = lines[at - 1].text.trim_end();
        let is_first = at < 2 || lines[at - 2].text.trim().is_empty();
        let is_words = above.starts_with(|c: char| c.is_alphanumeric() || "*_`\"'(".contains(c))
            && !above.starts_with("* ")
            && !above.starts_with(|c: char| c.is_ascii_digit() && above.contains(". "));
        if is_first && is_words && !lines[at].is_code && !lines[at - 1].is_code {
            lines[at - 1].text = format!("{marks} {above}");
            lines[at].text.clear();
        }
    }
}

/// `text` with an end to the block of code that nobody closed. It reached to the end of its section, and
/// must not reach into the next one.
pub(super) fn closed(text: &str) -> String {
    let mut open: Option<&str> = None;
    for line in text.lines() {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        open = match (open, mark) {
            (None, mark) => mark,
            (Some(open), Some(mark)) if open == mark => None,
            (open, _) => open,
        };
    }
    open.map_or_else(|| text.to_owned(), |mark| format!("{}\n{mark}", text.trim_end()))
}

/// Cuts lines at the headings that `is_cut` names by level and text. What stands above the first of
/// them comes first, and may be empty.
pub(super) fn split(lines: Vec<Line>, is_cut: &dyn Fn(usize, &str) -> bool) -> Vec<SourceSection> {
    let first = lines.first().map_or(1, |line| line.number);
    let (mut sections, mut open) = (Vec::new(), SourceSection { line: first, ..SourceSection::default() });
    for line in lines {
        match heading(&line).filter(|(level, text)| is_cut(*level, text)) {
            Some((level, text)) => {
                let next = SourceSection { heading: text.to_owned(), level, line: line.number, body: Vec::new() };
                sections.push(std::mem::replace(&mut open, next));
            }
            None => open.body.push(line),
        }
    }
    sections.push(open);
    sections
}

/// The level and the text of a heading.
pub(super) fn heading(line: &Line) -> Option<(usize, &str)> {
    let text = line.text.trim_end();
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &text[level..];
    let is_heading = (1..=6).contains(&level) && !line.is_code && (rest.is_empty() || rest.starts_with([' ', '\t']));
    is_heading.then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_cut_and_code_does_not() {
        let text = "a\n# Title #\nb\n```\n# no\n```\n### deep\n#hash\n## Next";
        let found = split(lines(text, 5), &|level, _| level <= 2);
        let shape: Vec<_> = found.iter().map(|s| (s.heading.as_str(), s.level, s.line, s.body.len())).collect();
        assert_eq!(shape, [("", 0, 5, 1), ("Title", 1, 6, 6), ("Next", 2, 13, 0)]);
        assert_eq!(found[1].text(), "b\n```\n# no\n```\n### deep\n#hash");
    }

    #[test]
    fn underlined_lines_are_headings() {
        let text = "What happened\n=====\n\nx\n\nThen\n---\ny\nno\n---\n\n- a\n---\n\n```\nz\n===\n```";
        let found = split(lines(text, 1), &|_, _| true);
        let shape: Vec<_> = found.iter().map(|s| (s.heading.as_str(), s.level, s.line)).collect();
        assert_eq!(shape, [("", 0, 1), ("What happened", 1, 1), ("Then", 2, 6)]);
        assert_eq!(found[2].text(), "y\nno\n---\n\n- a\n---\n\n```\nz\n===\n```");
    }

    #[test]
    fn a_dash_alone_is_nothing() {
        assert!(SourceSection::made("A", 1, "\n-\n\n").is_empty());
        assert!(!SourceSection::made("A", 1, "- a").is_empty());
    }
}
