//! A postmortem's Markdown in Candor's dialect.

use std::collections::BTreeMap;

use super::tags;
use crate::import::markdown::{Rewrite, apply, prepare, settle};
use crate::import::proof::{code_blocks, definitions};

/// Where the postmortems of a collection, and the files beside them, stand now.
#[derive(Default)]
pub(super) struct CollectionLinks {
    /// By path in small letters.
    postmortems: BTreeMap<String, String>,
    /// By the last part of the path; none if several are called so.
    names: BTreeMap<String, Option<String>>,
    /// Pictures and other files, by path.
    files: BTreeMap<String, String>,
}

/// A text in Candor's dialect.
pub(super) struct Converted {
    /// The text.
    pub text: String,
    /// What somebody should know, by line.
    pub findings: Vec<(usize, String)>,
    /// What readers of the source never saw.
    pub comments: Vec<String>,
}

/// Where the files of the wiki begin in links.
const INTERNAL: &str = "/internal/postmortems/";

impl CollectionLinks {
    /// Notes that the file at this path became the postmortem with this id.
    pub fn add(&mut self, path: &str, id: &str) {
        let url = format!("/postmortems/{id}/");
        let lower = path.to_lowercase();
        self.names
            .entry(last(&lower).to_owned())
            .and_modify(|known| *known = None)
            .or_insert_with(|| Some(url.clone()));
        self.postmortems.insert(lower, url);
    }

    /// Notes a file that is no postmortem: postmortems may show it or lead to it.
    pub fn add_file(&mut self, path: &str) {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        let plain: String = path.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
        let mut url = format!("{INTERNAL}{plain}");
        while self.files.values().any(|taken| *taken == url) {
            url = url.replacen(INTERNAL, &format!("{INTERNAL}_/"), 1);
        }
        self.files.insert(path.to_owned(), url);
    }

    /// All files that are no postmortems.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The files that a text shows or leads to: each with its place in the content.
    pub fn used<'l>(&'l self, text: &str) -> Vec<(&'l str, String)> {
        let is_used = |url: &str| text.contains(&format!("({url})")) || text.contains(&format!("({url} "));
        self.files
            .iter()
            .filter(|(_, url)| is_used(url))
            .map(|(path, url)| (path.as_str(), format!("content{url}")))
            .collect()
    }

    fn rewrite(&self, target: &str, from: &str) -> Rewrite {
        if ["https://", "http://", "mailto:", "tel:", "#"].iter().any(|start| target.starts_with(start)) {
            return Rewrite::Keep;
        }
        if self.postmortems.values().any(|new| new == target) {
            return Rewrite::Keep;
        }
        if self.files.values().any(|new| new == target) {
            return Rewrite::To(target.to_owned());
        }
        let path = decoded(target.split(['#', '?']).next().unwrap_or_default());
        let whole = resolved(from, &path);
        let named = || self.names.get(&last(&path).to_lowercase()).and_then(Option::as_ref);
        let found = self.files.get(&whole).or_else(|| self.postmortem(&whole.to_lowercase())).or_else(named);
        found.filter(|_| !path.is_empty()).map_or(Rewrite::Words, |new| Rewrite::To(new.clone()))
    }

    /// A postmortem by its path, with or without its ending, or by its folder.
    fn postmortem(&self, path: &str) -> Option<&String> {
        let path = path.trim_end_matches('/');
        let endings = ["", ".md", ".markdown", "/index.md", ".html.md.erb"];
        endings.iter().find_map(|ending| self.postmortems.get(&format!("{path}{ending}")))
    }

    /// The text of the file at `path`, which begins at its line `first`.
    pub fn convert(&self, text: &str, path: &str, first: usize) -> Converted {
        let (prepared, comments) = prepare(&without_openings(&without_breaks(text)));
        let prepared = without_definitions(&tags::converted(&prepared));
        let (converted, mut findings) = settle(&prepared, &|target| self.rewrite(target, path));
        let converted = without_openings(&converted);
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

/// The text without the definitions of links, which have their targets with them by now. An address that stands
/// nowhere else stays.
fn without_definitions(text: &str) -> String {
    let mut edits = Vec::new();
    for range in definitions(text) {
        let target = text[range.clone()].split_once("]:").map_or("", |(_, target)| target.trim());
        let target = target.trim_start_matches('<').split([' ', '\n', '>']).next().unwrap_or_default();
        let is_elsewhere = text.matches(target).count() > 1;
        if !target.contains("://") || is_elsewhere {
            edits.push((range, String::new()));
        }
    }
    apply(text, edits)
}

/// The text in which no line that goes on with a sentence would define a link if the sentence were taken apart there.
fn without_openings(text: &str) -> String {
    if !text.contains("]:") {
        return text.to_owned();
    }
    let (mut edits, mut at) = (Vec::new(), 0);
    let others: Vec<_> = definitions(text).into_iter().chain(code_blocks(text)).collect();
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let is_opening = text[start..].starts_with('[') && line.contains("]:");
        if is_opening && !others.iter().any(|range| range.contains(&start)) {
            edits.push((start..start, "\\".to_owned()));
        }
        at += line.len();
    }
    apply(text, edits)
}

/// A footnote of one word would be taken for the definition of a link.
pub(super) fn guarded(line: &str) -> String {
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

/// The path that a link in the file at `from` names, from the collection's root.
fn resolved(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').filter(|part| !part.is_empty() && *part != ".") {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%20` and the like as what they stand for.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_postmortems_lead_to_them() {
        let mut links = CollectionLinks::default();
        links.add("2019/PM1 - A b.md", "pm1");
        links.add("2020/pm2.md", "pm2");
        links.add_file("2019/img/a b.png");
        let convert = |text: &str| links.convert(text, "2019/x.md", 3);
        assert_eq!(convert("[x](PM1%20-%20A%20b.md)").text, "[x](/postmortems/pm1/)");
        assert_eq!(
            convert("[x](../2020/pm2.md#why) [y](/2020/pm2)").text,
            "[x](/postmortems/pm2/) [y](/postmortems/pm2/)"
        );
        assert_eq!(convert("![g](img/a%20b.png)").text, "![g](/internal/postmortems/2019/img/a-b.png)");
        assert_eq!(links.used("(/internal/postmortems/2019/img/a-b.png)").len(), 1);
        let Converted { text, findings, comments } = convert("a\n[x](gone.md) b <!-- c -->\n\n| c<br>d |\n");
        assert_eq!(text, "a\nx (`gone.md`) b \n\n| c d |\n");
        assert_eq!(comments, ["c"]);
        assert_eq!(convert("a[^1]\n\n[^1]: Once").text, "a[^1]\n\n\\[^1]: Once");
        assert_eq!(findings.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 4]);
    }
}
