//! Postmortems as lists of labels in bold: `- **Key events**`, `**Impact**: …`.

use super::list;
use super::sections::{Line, SourceSection};

/// A label and what stands behind and below it.
#[derive(Debug)]
pub(super) struct LabelledText {
    /// Without emphasis and colon.
    pub name: String,
    /// Where it stood.
    pub line: usize,
    /// The lines of its value, moved to the left.
    pub value: Vec<Line>,
    /// All its lines as they stood.
    pub raw: Vec<Line>,
}

/// The labels of a text, and the lines that belong to none of them.
pub(super) fn read(lines: &[Line]) -> (Vec<LabelledText>, Vec<Line>) {
    let (mut labels, mut others): (Vec<LabelledText>, Vec<Line>) = (Vec::new(), Vec::new());
    for block in blocks(lines) {
        let first = &block[0];
        match label(&first.text).filter(|_| !first.is_code) {
            Some((name, rest)) => {
                let below = list::Item { text: String::new(), line: first.number, below: block[1..].to_vec() }.inner();
                let value = Line { text: rest.to_owned(), ..first.clone() };
                let value = [value].into_iter().filter(|line| !line.text.is_empty()).chain(below).collect();
                labels.push(LabelledText { name: name.to_owned(), line: first.number, value, raw: block });
            }
            None => others.extend(block),
        }
    }
    (labels, others)
}

/// Lines in groups, each of which begins at a label. What follows a label belongs to it.
fn blocks(lines: &[Line]) -> Vec<Vec<Line>> {
    let mut blocks: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let begins = !line.is_code && label(&line.text).is_some();
        match blocks.last_mut() {
            Some(block) if !begins => block.push(line.clone()),
            _ => blocks.push(vec![line.clone()]),
        }
    }
    blocks
}

/// `- **Name**: rest`, with or without the dash and the colon.
fn label(line: &str) -> Option<(&str, &str)> {
    let text = line.strip_prefix("- ").or(line.strip_prefix("* ")).unwrap_or(line);
    let (name, rest) = ["**", "__"].iter().find_map(|marks| text.strip_prefix(marks)?.split_once(marks))?;
    let has_colon = name.ends_with(':') || rest.trim_start().starts_with(':');
    let is_item = text.len() < line.len();
    let name = name.trim_end_matches(':').trim();
    let is_label = !name.is_empty() && (has_colon || (is_item && rest.trim().is_empty()));
    is_label.then(|| (name, rest.trim_start_matches([':', ' '])))
}

impl LabelledText {
    /// As a section under its name.
    pub fn section(self) -> SourceSection {
        SourceSection { heading: self.name, level: 2, line: self.line, body: self.value }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sections::lines;
    use super::*;

    #[test]
    fn labels_take_what_hangs_on_them() {
        let text = lines(
            "Intro\n\n- **Key events**\n  - First detected: now\n\n- **Time to repair**: 8m\n\n**Impact:** none\nat all\n",
            1,
        );
        let (labels, others) = read(&text);
        let shape: Vec<_> =
            labels.iter().map(|label| (label.name.as_str(), label.line, label.value[0].text.as_str())).collect();
        assert_eq!(
            shape,
            [("Key events", 3, "- First detected: now"), ("Time to repair", 6, "8m"), ("Impact", 8, "none")]
        );
        assert_eq!(others[0].text, "Intro");
        assert!(read(&lines("**bold** words", 1)).0.is_empty());
    }
}
