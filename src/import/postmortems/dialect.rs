//! A report's Markdown in Candor's dialect.

use std::collections::BTreeMap;

use crate::import::markdown::{Rewrite, prepare, settle};

/// Where the reports of a collection stand now.
#[derive(Default)]
pub(super) struct Links(BTreeMap<String, String>);

/// A text in Candor's dialect.
pub(super) struct Converted {
    /// The text.
    pub text: String,
    /// What somebody should know, by line.
    pub findings: Vec<(usize, String)>,
    /// What readers of the source never saw.
    pub comments: Vec<String>,
}

impl Links {
    /// Notes that the file of this name became the report with this id.
    pub fn add(&mut self, path: &str, id: &str) {
        self.0.insert(last(path).to_lowercase(), format!("/postmortems/{id}/"));
    }

    fn rewrite(&self, target: &str) -> Rewrite {
        if ["https://", "http://", "mailto:"].iter().any(|start| target.starts_with(start)) {
            return Rewrite::Keep;
        }
        if self.0.values().any(|new| new == target) {
            return Rewrite::Keep;
        }
        let path = target.split('#').next().unwrap_or_default();
        self.0.get(&decoded(last(path)).to_lowercase()).map_or(Rewrite::Words, |new| Rewrite::To(new.clone()))
    }

    /// The text, which begins at line `first` of its file.
    pub fn convert(&self, text: &str, first: usize) -> Converted {
        let (prepared, comments) = prepare(&without_breaks(text));
        let (converted, mut findings) = settle(&prepared, &|target| self.rewrite(target));
        let comments: Vec<String> = comments.into_iter().filter(|comment| !comment.is_empty()).collect();
        findings
            .extend(comments.iter().map(|_| "a hidden comment `<!--` was kept as a comment of the file".to_owned()));
        if text.contains("<%") {
            findings.push("the code between `<%` and `%>` means nothing here and was kept as text".to_owned());
        }
        let findings = findings.into_iter().map(|finding| (first + line_of(text, &finding), finding)).collect();
        Converted { text: converted, findings, comments }
    }
}

/// Whether a line defines a link: `[label]: target`. The definition of a footnote does not.
pub(super) fn is_definition(line: &str) -> bool {
    let label = line.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
    label.is_some_and(|(label, target)| {
        let is_one_word = !target.trim().is_empty() && !target.trim().contains(' ');
        !label.starts_with('^') && !label.contains(']') && is_one_word
    })
}

/// A footnote of one word would be taken for the definition of a link.
fn guarded(line: &str) -> String {
    let is_footnote = line.starts_with("[^") && line.contains("]:");
    if is_footnote { format!("\\{line}") } else { line.to_owned() }
}

/// How many lines stand above what a finding names between backticks.
fn line_of(text: &str, finding: &str) -> usize {
    let named = finding.split('`').nth(1).unwrap_or_default();
    let at = text.find(named).unwrap_or_default();
    text[..at].matches('\n').count()
}

/// The lines with what Markdown would take wrongly out of the way: a line break within a table ends its
/// row once it is Markdown.
fn without_breaks(text: &str) -> String {
    let line = |line: &str| {
        if !line.trim_start().starts_with('|') {
            return guarded(line);
        }
        ["<br>", "<br/>", "<br />"].iter().fold(line.to_owned(), |line, tag| line.replace(tag, " "))
    };
    text.split_inclusive('\n').map(line).collect()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// `%20` and the like as what they stand for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_reports_lead_to_them() {
        let mut links = Links::default();
        links.add("2019/PM1 - A b.md", "pm1");
        let convert = |text: &str| links.convert(text, 3);
        assert_eq!(convert("[x](PM1%20-%20A%20b.md)").text, "[x](/postmortems/pm1/)");
        let Converted { text, findings, comments } = convert("a\n[x](gone.md) b <!-- c -->\n\n| c<br>d |\n");
        assert_eq!(text, "a\nx (`gone.md`) b \n\n| c d |\n");
        assert_eq!(comments, ["c"]);
        assert_eq!(convert("a[^1]\n\n[^1]: Once").text, "a[^1]\n\n\\[^1]: Once");
        assert!(is_definition("[a b]: c.md") && !is_definition("[^1]: c.md") && !is_definition("[a]: b c"));
        assert_eq!(findings.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 4]);
    }
}
