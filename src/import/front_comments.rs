//! Comments in front matter: no parser of YAML or TOML hands them out, and what somebody wrote there must not get lost.

use std::collections::{BTreeMap, BTreeSet};

use super::Notes;
use super::history::write::source_comment;
use crate::document::Node;

/// A comment, without its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrontComment {
    /// In the front matter, counted from 1.
    pub line: usize,
    pub text: String,
}

/// The comments of one file of the source, and the lines kept for the file that is written.
pub(super) struct Holder<'a> {
    pub path: &'a str,
    pub comments: &'a [FrontComment],
    pub kept: &'a mut Vec<String>,
}

/// A comment of so many files is one of the template that they began as.
const TEMPLATE: usize = 3;

/// So many bytes are parsed again in search of comments, at most: front matter is small, and a large one is data. What
/// looks like a comment beyond that is taken for one: a text that is kept twice is better than one that is lost.
const MOST_PARSED: usize = 4_000_000;

/// The comments of a text that `parse` can read. What begins with `#` is one if the text says the same without it, so that
/// neither quotes nor blocks of text are taken for comments.
pub(super) fn comments(front: &str, parse: impl Fn(&str) -> Option<Node>) -> Vec<FrontComment> {
    let Some(tree) = front.contains('#').then(|| parse(front)).flatten() else { return Vec::new() };
    let says_the_same = |text: &str| parse(text).is_some_and(|other| other == tree);
    let mut budget = MOST_PARSED / front.len().max(1);
    let mut begin = 0;
    let mut found = Vec::new();
    for (index, line) in front.split_inclusive('\n').enumerate() {
        let end = begin + line.trim_end_matches(['\n', '\r']).len();
        let is_comment = |at: &usize| {
            budget = budget.saturating_sub(1);
            match budget {
                0 => front[..*at].chars().next_back().is_none_or(char::is_whitespace),
                _ => says_the_same(&[&front[..*at], &front[end..]].concat()),
            }
        };
        let mut marks = front[begin..end].match_indices('#').map(|(at, _)| begin + at);
        if let Some(at) = marks.find(is_comment) {
            let text = front[at..end].trim_start_matches(['#', ' ']).trim();
            found.extend((!text.is_empty()).then(|| FrontComment { line: index + 1, text: text.to_owned() }));
        }
        begin += line.len();
    }
    found
}

/// Keeps every comment but those of the template, which are named once.
pub(super) fn keep(holders: Vec<Holder<'_>>, notes: &mut Notes) {
    let template = of_template(&holders);
    if let Some(first) = holders.iter().find(|holder| !template.is_empty() && !holder.comments.is_empty()) {
        let words: Vec<String> = template.iter().map(|text| format!("“{text}”")).collect();
        let message =
            format!("comments between the keys that {TEMPLATE} files or more share are not kept: {}", words.join(", "));
        notes.add(first.path, None, message);
    }
    for Holder { path, comments, kept } in holders {
        let own = comments.iter().filter(|comment| !template.contains(&comment.text));
        for (index, FrontComment { line, text }) in own.enumerate() {
            if index == 0 {
                notes.add(path, *line, "comments between the keys, which readers never saw, are kept as comments");
            }
            notes.source(path, Some(*line), text);
            kept.push(source_comment(text));
        }
    }
}

/// The comments that belong to no single file.
fn of_template(holders: &[Holder<'_>]) -> BTreeSet<String> {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for holder in holders {
        let once: BTreeSet<&str> = holder.comments.iter().map(|comment| comment.text.as_str()).collect();
        once.into_iter().for_each(|text| *files.entry(text).or_default() += 1);
    }
    files.into_iter().filter(|(_, count)| *count >= TEMPLATE).map(|(text, _)| text.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::toml;
    use crate::yaml;

    fn of_yaml(text: &str) -> Vec<(usize, String)> {
        let found = comments(text, |text| yaml::parse(text).ok().map(|parsed| parsed.root));
        found.into_iter().map(|comment| (comment.line, comment.text)).collect()
    }

    #[test]
    fn what_is_in_quotes_and_in_blocks_of_text_is_no_comment() {
        let text = "# One\ntitle: \"a # b\" # Two\nbody: |\n  # text\n  x # text\nlink: a#b\nnote: 'c' #Three\n#\n";
        assert_eq!(of_yaml(text), [(1, "One".into()), (2, "Two".into()), (7, "Three".into())]);
        let text = "# One\ntitle = \"a # b\" # Two\nbody = '''\n# text\n'''\nlist = [\n  \"x\", # Three\n]\n";
        let found = toml::comments(text);
        let found: Vec<_> = found.iter().map(|comment| (comment.line, comment.text.as_str())).collect();
        assert_eq!(found, [(1, "One"), (2, "Two"), (7, "Three")]);
    }

    #[test]
    fn none_of_hundreds_in_a_large_front_matter_is_lost() {
        let line = |number: usize| format!("k{number}: \"{} a#b\" # c{number}\n", "x".repeat(200));
        let found = of_yaml(&(0..400).map(line).collect::<String>());
        assert_eq!(found, (0..400).map(|number| (number + 1, format!("c{number}"))).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn every_comment_is_found_and_nothing_else(
            lines in proptest::collection::vec(("[a-z]{1,4}", "[a-z# ]{0,8}", 0..4_u8), 1..8),
        ) {
            let (mut text, mut expected) = (String::new(), Vec::new());
            for (index, (comment, value, kind)) in lines.iter().enumerate() {
                let value = serde_json::to_string(value).unwrap();
                text += &match kind {
                    0 => format!("k{index}: {value}\n"),
                    1 => format!("k{index}: {value} # {comment}\n"),
                    2 => format!("# {comment}\n"),
                    _ => format!("k{index}: [{value}, x#{comment}]\n"),
                };
                expected.extend(matches!(kind, 1 | 2).then(|| (index + 1, comment.clone())));
            }
            prop_assert_eq!(of_yaml(&text), expected);
        }
    }
}
