//! Lists in Markdown: their top-level items, and what else stands beside them.

use super::sections::Line;

/// A top-level item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Its first line, without the dash.
    pub text: String,
    /// Where it begins.
    pub line: usize,
    /// The lines below the first one, with their indent.
    pub below: Vec<Line>,
}

/// The items of a list, and the lines that belong to none.
pub(super) fn items(lines: &[Line]) -> (Vec<Item>, Vec<&Line>) {
    let (mut items, mut others): (Vec<Item>, Vec<&Line>) = (Vec::new(), Vec::new());
    let mut is_open = false;
    for line in lines {
        let is_indented = line.text.starts_with([' ', '\t']);
        match (bullet(&line.text), items.last_mut()) {
            (Some(text), _) if !line.is_code => {
                items.push(Item { text: text.to_owned(), line: line.number, below: Vec::new() });
                is_open = true;
            }
            (_, Some(item)) if is_open && (is_indented || line.text.trim().is_empty()) => item.below.push(line.clone()),
            _ if line.text.trim().is_empty() => {}
            _ => {
                is_open = false;
                others.push(line);
            }
        }
    }
    items.retain(|item| !item.text.is_empty() || !item.is_flat());
    (items, others)
}

impl Item {
    /// Whether it is one line.
    pub fn is_flat(&self) -> bool {
        self.below.iter().all(|line| line.text.trim().is_empty())
    }

    /// What stands below its first line, moved to the left.
    pub fn inner(&self) -> Vec<Line> {
        let indent = |line: &Line| line.text.len() - line.text.trim_start().len();
        let filled = || self.below.iter().filter(|line| !line.text.trim().is_empty());
        let least = filled().map(indent).min().unwrap_or_default();
        let cut = |line: &Line| Line { text: line.text.get(least..).unwrap_or_default().to_owned(), ..line.clone() };
        self.below.iter().map(cut).collect()
    }
}

/// The text behind the dash of a top-level item.
fn bullet(line: &str) -> Option<&str> {
    let line = line.strip_prefix(' ').unwrap_or(line);
    let rest = line.strip_prefix(['-', '*', '+'])?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| rest.trim())
}

/// Text without links, emphasis and code marks, and whether that is all that it was.
pub(super) fn plain(text: &str) -> (String, bool) {
    let plain = open_brackets(&unlink(text)).replace("**", "").replace('`', "");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let same = plain == text.split_whitespace().collect::<Vec<_>>().join(" ");
    (plain, same)
}

/// Text in which no bar ends a cell of a table.
pub(super) fn escape_bars(text: &str) -> String {
    text.replace("\\|", "|").replace('|', "\\|")
}

/// `<https://…>` without its brackets.
fn open_brackets(text: &str) -> String {
    let Some((before, rest)) = text.split_once("<http") else { return text.to_owned() };
    match rest.split_once('>') {
        Some((inside, rest)) => format!("{before}http{inside}{}", open_brackets(rest)),
        None => text.to_owned(),
    }
}

/// `[words](https://target)` as `words (https://target)`.
fn unlink(text: &str) -> String {
    let Some((before, rest)) = text.split_once('[') else { return text.to_owned() };
    let linked = rest.split_once("](").and_then(|(label, rest)| Some((label, rest.split_once(')')?)));
    match linked {
        // A postmortem is named by its label; the address of anything else is worth keeping.
        Some((label, (target, rest))) if !label.contains('[') => {
            let target = if target.starts_with('/') { String::new() } else { format!(" ({target})") };
            format!("{before}{label}{target}{}", unlink(rest))
        }
        _ => format!("{before}[{}", unlink(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sections::lines;
    use super::*;

    #[test]
    fn items_know_what_hangs_on_them() {
        let lines = lines("- a\n  - b\n    c\n\n- d\ne\n", 1);
        let (items, others) = items(&lines);
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].inner().iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["- b", "  c", ""]);
        assert!(items[1].is_flat());
        assert_eq!(others.iter().map(|line| line.number).collect::<Vec<_>>(), [6]);
    }

    #[test]
    fn plain_text_says_whether_it_was_more() {
        assert_eq!(plain("a [b](https://c.example) [e](/f/) `d`"), ("a b (https://c.example) e d".to_owned(), false));
        assert_eq!(plain("<https://x.example/> > 1"), ("https://x.example/ > 1".to_owned(), false));
        assert_eq!(plain("a  [b] c"), ("a [b] c".to_owned(), true));
    }
}
