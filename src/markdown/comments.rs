//! HTML comments, which authors write for themselves: taken out, and found where they end elsewhere than they seem to.

use std::ops::Range;

use super::parser;
use pulldown_cmark::{Event, Tag, TagEnd, TextMergeWithOffset};

/// The events of `text` without HTML comments, which authors write for themselves.
pub(super) fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let (mut in_comment, mut waiting) = (false, None);
    parser(text)
        .flat_map(move |event| match event {
            // A block of comments alone is to leave no empty paragraph: its start waits for other text.
            Event::Start(Tag::HtmlBlock) => {
                in_comment = false;
                waiting = Some(event);
                [None, None]
            }
            Event::Html(html) => match without_comments(&html, &mut in_comment) {
                Some(text) => [waiting.take(), Some(Event::Html(text.into()))],
                None => [None, None],
            },
            Event::End(TagEnd::HtmlBlock) => [Some(event).filter(|_| waiting.take().is_none()), None],
            Event::InlineHtml(html) => {
                [without_comments(&html, &mut false).map(|text| Event::InlineHtml(text.into())), None]
            }
            other => [Some(other), None],
        })
        .flatten()
}

/// What of `html` stands outside of comments, which may begin and end in other lines of the block.
fn without_comments(html: &str, in_comment: &mut bool) -> Option<String> {
    let (mut kept, mut rest) = (String::new(), html);
    loop {
        let mark = if *in_comment { "-->" } else { "<!--" };
        let (before, after) = rest.split_once(mark).map_or((rest, None), |(before, after)| (before, Some(after)));
        if !*in_comment {
            kept += before;
        }
        let Some(after) = after else { break };
        *in_comment = !*in_comment;
        rest = after;
    }
    (!kept.trim().is_empty()).then_some(kept)
}

const BEGIN: &str = "<!--";
const END: &str = "-->";

/// What begins with the first mark of a comment that would be shown, or after which more is hidden or shown than it
/// seems: a comment that is not closed where Markdown closes it, and what is left of one that was closed before.
pub(super) fn broken(text: &str) -> Option<String> {
    if !text.contains(BEGIN) {
        return None;
    }
    let (mut in_comment, mut has_comment, mut in_code, mut begun) = (false, false, false, String::new());
    // A text is one event then, however many pieces the parser makes of it.
    let events = TextMergeWithOffset::new(parser(text).into_offset_iter());
    for (event, range) in events {
        match event {
            Event::Start(Tag::HtmlBlock) => in_comment = false,
            Event::Html(html) => {
                has_comment |= html.contains(BEGIN);
                // The last one that was begun is the one that is open at the end of the block.
                begun = html.rfind(BEGIN).map_or(begun, |at| line_from(&html, at));
                let kept = without_comments(&html, &mut in_comment).unwrap_or_default();
                if let Some(at) = kept.find(END) {
                    return Some(line_from(&kept, at));
                }
            }
            Event::End(TagEnd::HtmlBlock) if in_comment => return Some(begun),
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::InlineHtml(html) => has_comment |= html.starts_with(BEGIN),
            Event::Text(_) if !in_code => {
                // As it was written: a mark that is escaped or spelt as a character reference is meant to be seen.
                let end = unescaped(text, range.clone(), END).filter(|_| has_comment);
                if let Some(at) = unescaped(text, range, BEGIN).or(end) {
                    return Some(line_from(text, at));
                }
            }
            _ => {}
        }
    }
    None
}

/// The first `mark` in a range of the text that no backslash stands before.
fn unescaped(text: &str, range: Range<usize>, mark: &str) -> Option<usize> {
    let backslashes = |at: usize| at - text[..at].trim_end_matches('\\').len();
    let mut places = text[range.clone()].match_indices(mark).map(|(at, _)| range.start + at);
    places.find(|at| backslashes(*at).is_multiple_of(2))
}

fn line_from(text: &str, at: usize) -> String {
    text[at..].lines().next().unwrap_or_default().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_that_does_not_end_where_it_seems_is_told_from_its_mark_on() {
        for (text, told) in [
            ("Slow. <!-- who\n\nwhat -->", "<!-- who"),
            ("<!-- who\n\n## Lessons", "<!-- who"),
            ("<!-- a --> b <!-- c\nd -->", "<!-- c"),
            ("<div>\n<!-- a\n\nb -->\n</div>", "<!-- a"),
            ("<!-- a <!-- b --> c -->", "--> c -->"),
            ("x <!-- a --> c -->", "--> c -->"),
            ("- <!-- a\n\nb -->", "<!-- a"),
            ("| a | b |\n| - | - |\n\u{feff}<!-- who\nb -->\n", "<!-- who"),
        ] {
            let found = broken(text);
            assert!(found.as_deref().is_some_and(|found| told.ends_with(found)), "{text:?}: {found:?}");
        }
        for whole in [
            "A --> B",
            "`<!--` and <!-- a --> b",
            "<!-- a\n\nb -->\n\n```\n<!-- x\n```",
            "<!-- a -->\n<!-- b -->",
            "`<!-- c`&lt;!-- c",
            "<!-- a --> \\<!-- b --&gt; \\-->",
            "*x*\\<!-- b `<!--`",
            "\u{2028}| a | b |\n| - | - |\n<!-- who\nb -->\n",
        ] {
            assert_eq!(broken(whole), None, "{whole:?}");
        }
    }
}
