//! Comments that switch rules off: `<!-- candor: off … -->`.

use std::ops::Range;

/// A comment that switches rules off for one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// The bytes of the line that it is for.
    pub line: Range<usize>,
    /// The bytes of the comment itself.
    pub at: Range<usize>,
    /// As written; empty for all.
    pub rules: Vec<String>,
}

/// Finds these comments in a text, from its beginning on. What was walked past for one is not walked past again for the next:
/// a text may consist of them.
#[derive(Default)]
pub(super) struct SwitchReader {
    /// In the order of the text.
    pub(super) found: Vec<Switch>,
    /// The line of the comment before, if that comment was within one line.
    own: Range<usize>,
    /// What follows comments that stand alone: from the first of them on nothing but others and blank lines...
    gap: Range<usize>,
    /// ...and then this line, if there is one.
    below: Option<Range<usize>>,
}

impl SwitchReader {
    /// Reads a piece of HTML that stands at `start` of the text.
    pub(super) fn read(&mut self, text: &str, html: &str, start: usize) {
        let mut from = 0;
        while let Some(at) = html[from..].find("<!--").map(|at| from + at) {
            // A comment that is not closed here is told as such by `comments`.
            let Some(end) = html[at..].find("-->").map(|end| at + end + 3) else { return };
            from = end;
            if let Some(rules) = switched_off(&html[at..end]) {
                let at = start + at..start + end;
                let line = self.line_of(text, &at);
                self.found.push(Switch { line, at, rules });
            }
        }
    }

    /// The line that a comment is for: its own, or the next with text if it stands alone.
    fn line_of(&mut self, text: &str, comment: &Range<usize>) -> Range<usize> {
        let own = self.own_line(text, comment);
        if text[own.clone()].trim() != &text[comment.clone()] {
            return own;
        }
        if !self.gap.contains(&own.end) {
            self.below = line_below(text, own.end);
            self.gap = own.end..self.below.as_ref().map_or(text.len(), |line| line.start);
        }
        self.below.clone().unwrap_or(own)
    }

    fn own_line(&mut self, text: &str, comment: &Range<usize>) -> Range<usize> {
        if self.own.start <= comment.start && comment.end <= self.own.end {
            return self.own.clone();
        }
        let start = text[..comment.start].rfind('\n').map_or(0, |end| end + 1);
        let own = start..end_of_line(text, comment.end);
        if !text[comment.clone()].contains('\n') {
            self.own = own.clone();
        }
        own
    }
}

/// The first line behind the line end at `end` that is neither blank nor one of these comments.
fn line_below(text: &str, end: usize) -> Option<Range<usize>> {
    let mut at = end;
    while at < text.len() {
        let line = at + 1..end_of_line(text, at + 1);
        let words = text[line.clone()].trim();
        if !words.is_empty() && switched_off(words).is_none() {
            return Some(line);
        }
        at = line.end;
    }
    None
}

fn end_of_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |length| from + length)
}

/// The rules that a comment switches off, if it is such a comment.
fn switched_off(comment: &str) -> Option<Vec<String>> {
    let inner = comment.strip_prefix("<!--")?.strip_suffix("-->")?;
    let rest = inner.trim().strip_prefix("candor:")?.trim_start().strip_prefix("off")?;
    let is_word = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace());
    let words = rest.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    is_word.then(|| words.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use crate::markdown::prose;

    #[test]
    fn a_switch_is_for_its_own_line_or_else_for_the_next() {
        let text = "<!-- candor: off BL001, BL003 -->\n\none\ntwo <!-- candor: off -->\n<!-- candor: offer -->\n";
        let found: Vec<_> = prose(text).switches.into_iter().map(|s| (text[s.line].to_owned(), s.rules)).collect();
        assert_eq!(found[0], ("one".to_owned(), vec!["BL001".to_owned(), "BL003".to_owned()]));
        assert_eq!(found[1], ("two <!-- candor: off -->".to_owned(), Vec::new()));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn switches_below_each_other_are_for_the_same_line_and_the_last_lines_for_themselves() {
        let off = "<!-- candor: off -->";
        let text = format!("{off}\n\n{off}\none\n\n{off}\n\ntwo {off} and {off}\n\n{off}\n\n{off}");
        let found: Vec<&str> = prose(&text).switches.iter().map(|switch| &text[switch.line.clone()]).collect();
        let two = format!("two {off} and {off}");
        assert_eq!(found, ["one", "one", &two, &two, &two, off, off]);
    }
}
