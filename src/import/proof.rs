//! The proof that an import lost nothing: every word of a source stands in what was written, in its order.
//!
//! Words are runs of letters and digits. Marks of Markdown are none, and neither are tags, comments and the targets
//! of links, which an import writes in its own way: [`visible`] leaves out what readers of a text do not see, and
//! whoever moves such a thing proves it by itself.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::spans::{Span, spans};

/// Where a source says something that the output does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lost {
    /// The line of the source, counted from 1.
    pub line: usize,
    /// The first word that is missing there, and a few that follow it.
    pub words: String,
}

/// The first place at which the words of `source` do not stand in `output` in their order. Both are texts as people
/// read them; `08` and `8` are one number.
pub(super) fn lost(source: &str, output: &str) -> Option<Lost> {
    let mut written = words(output);
    // One pass over both: a word is looked for behind the one before it, so that the order counts as well as the
    // words.
    let missing = words(source).find(|(_, word)| !written.any(|(_, written)| written == *word))?;
    let line = source[..missing.0].matches('\n').count() + 1;
    let shown: Vec<&str> = source[missing.0..].split_whitespace().take(6).collect();
    Some(Lost { line, words: shown.join(" ") })
}

/// The words of a text, each with its place. Numbers of two digits lose their leading zero.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| start + end);
        rest = end;
        let word = &text[start..end];
        let short =
            // An import writes times and days in its own form, with or without the zero.
            word.strip_prefix('0').filter(|digit| digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit()));
        Some((start, short.unwrap_or(word)))
    })
}

/// At most so often is a text looked at again: without its tags, more of it is Markdown.
const LOOKS: usize = 6;

/// A Markdown text of which only the words are left that its readers see: without tags, comments, the targets of
/// links and their definitions. What is left keeps its line.
pub(super) fn visible(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..LOOKS {
        let (blocks, others) = hidden(&text);
        let less = without(&text, &blocks, others);
        if less == text {
            break;
        }
        text = less;
    }
    // Last of all: until then, what comes to light may be a link that needs them. Of two definitions of one name, the
    // second is known once the first is gone.
    while !definitions(&text).is_empty() {
        text = without(&text, &definitions(&text), Vec::new());
    }
    text
}

/// Where tags stand in blocks of HTML; and, within sentences, tags and the targets of links.
fn hidden(text: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut blocks, mut hidden): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    for (range, span) in spans(text) {
        match span {
            Span::Block => tags(text, range, &mut blocks),
            Span::Inline => tags(text, range, &mut hidden),
            Span::Link(link) if link.label.is_empty() => hidden.push(range),
            Span::Link(link) => hidden.extend([range.start..link.label.start, link.label.end..range.end]),
            Span::Text => {}
        }
    }
    (blocks, hidden)
}

/// The text without some pieces of it, of which `within` stand in sentences.
fn without(text: &str, blocks: &[Range<usize>], within: Vec<Range<usize>>) -> String {
    let within = within.into_iter().map(|range| (range, true));
    let mut hidden: Vec<(Range<usize>, bool)> =
        blocks.iter().map(|range| (range.clone(), false)).chain(within).collect();
    hidden.sort_by_key(|(range, _)| range.start);
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (range, is_within) in hidden.into_iter().filter(|(range, _)| !range.is_empty()) {
        // What lies in something that is hidden is hidden with it.
        if range.start < done {
            continue;
        }
        out.push_str(&text[done..range.start]);
        // Lines are kept, since a note tells the line of what is lost.
        out.extend(text[range.clone()].chars().filter(|c| *c == '\n'));
        // What parted two words parts them still. At the beginning of a line a blank would be an indent, and an empty line
        // would end the paragraph.
        let is_blank = |line: &str| line.chars().all(|c| c == ' ' || c == '\t');
        let is_alone = is_blank(out.rsplit('\n').next().unwrap_or_default())
            && is_blank(text[range.end..].split('\n').next().unwrap_or_default());
        let is_between = out.ends_with(|c: char| !c.is_whitespace()) && !is_within_words(&text[range.clone()]);
        out.push_str(match (is_within && is_alone, is_between) {
            (true, _) => "\u{a0}",
            (_, true) => " ",
            _ => "",
        });
        done = range.end;
    }
    out + &text[done..]
}

/// Tags that may stand within a word, and part none.
const WITHIN_WORDS: [&str; 12] =
    ["u", "sub", "sup", "span", "font", "small", "big", "mark", "ins", "abbr", "wbr", "nobr"];

/// Whether a tag, or what stands between its brackets, parts no words.
pub(super) fn is_within_words(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    WITHIN_WORDS.contains(&&*name.to_ascii_lowercase())
}

/// Where links are defined: `[label]: target`.
pub(super) fn definitions(text: &str) -> Vec<Range<usize>> {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect()
}

/// Where code stands in blocks.
pub(super) fn code_blocks(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter();
    events.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)))).map(|(_, range)| range).collect()
}

/// The tags and comments in a piece of HTML.
fn tags(text: &str, range: Range<usize>, hidden: &mut Vec<Range<usize>>) {
    let mut from = range.start;
    while let Some(found) = text[from..range.end].find('<') {
        let start = from + found;
        let rest = &text[start..range.end];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let end = match rest.strip_prefix("<!--") {
            Some(comment) => comment.find("-->").map(|end| start + 4 + end + 3),
            None => rest.find('>').map(|end| start + end + 1),
        };
        let end = end.unwrap_or(range.end);
        if is_tag {
            hidden.push(start..end);
        }
        from = if is_tag { end } else { start + 1 };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_that_is_gone_or_moved_is_found_with_its_place() {
        let source = "It broke.\n\nThen it worked at 08:30.";
        assert_eq!(lost(source, "title: It **broke**. | Then | it worked at 8:30"), None);
        let at = |output| lost(source, output).map(|lost| (lost.line, lost.words));
        assert_eq!(at("It broke. Then it at 8:30"), Some((3, "worked at 08:30.".to_owned())));
        assert_eq!(at("Then it worked at 8:30. It broke."), Some((3, "Then it worked at 08:30.".to_owned())));
        assert_eq!(lost("\u{969c}\u{5bb3} 1", "\u{969c}\u{5bb3}"), Some(Lost { line: 1, words: "1".to_owned() }));
        assert_eq!(lost("", ""), None);
    }

    #[test]
    fn readers_see_no_tags_targets_and_definitions() {
        let words_of = |text: &str| visible(text).split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        assert_eq!(words_of("a [b](https://x.example/c) <b>d</b> <!-- e --> `<f>`"), "a b d `<f>`");
        assert_eq!(words_of("![g](h.png) <img alt=\"i\"> [j][k]\n\n[k]: l"), "g j");
        assert_eq!(words_of("<details><summary>a</summary>\n![b](c.png)"), "a b");
        assert_eq!(words_of("<div>\nm <p>n\n</div>\n\no <https://p.example>"), "m n o <https://p.example>");
        assert_eq!(words_of("[b]: https://x.example/b\n<details><summary>c</summary>\n[a][b]"), "c a");
        assert_eq!(words_of("[b]: c\n[b]: d\n\ne"), "e");
        assert_eq!(words_of("f\n<img src=\"g.png\">\n=====\n[b]: c"), "f =====");
        assert_eq!(visible("a <b\nc> d").matches('\n').count(), 1);
    }

    proptest! {
        #[test]
        fn a_text_without_one_of_its_words_is_found_out(
            words in prop::collection::vec("[a-z]{1,3}[0-9]{2}", 1..20),
            gone in any::<prop::sample::Index>(),
            mark in prop::sample::select(vec![" ", "\n", "** ", " | ", "\n\n- "]),
        ) {
            let source = words.join(mark);
            prop_assert_eq!(lost(&source, &words.join(" (x) ")), None);
            let mut fewer = words.clone();
            let word = fewer.remove(gone.index(words.len()));
            if !fewer.contains(&word) {
                let found = lost(&source, &fewer.join(" "));
                prop_assert!(found.is_some_and(|found| found.words.starts_with(&word)));
            }
        }
    }
}
