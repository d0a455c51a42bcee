//! Markdown of other systems in Candor's dialect: raw HTML is text here and links begin at the root,
//! so what has an equal is rewritten, and what has none stays readable and is reported.

use std::ops::Range;

use super::html::decoded;
use super::spans::{Link, Span, marked_code, spans};

/// What is to become of a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rewrite {
    /// It works as it stands.
    Keep,
    /// It leads here now.
    To(String),
    /// It leads nowhere in the new site; its words stay.
    Words,
}

/// What becomes of a link in a text that comes without its site: whole addresses stay.
pub(super) fn stand_alone(target: &str) -> Rewrite {
    let is_whole = ["https://", "http://", "mailto:", "#"].iter().any(|start| target.starts_with(start));
    if is_whole { Rewrite::Keep } else { Rewrite::Words }
}

type Edits = Vec<(Range<usize>, String)>;

/// Takes HTML comments out, which readers of the source never saw, and returns them; the lines keep
/// their numbers. Links with their target elsewhere get it in place, so that the text can be cut.
pub(super) fn prepare(text: &str) -> (String, Vec<String>) {
    let (mut edits, mut comments) = (Edits::new(), Vec::new());
    for (range, span) in spans(text) {
        match span {
            Span::Block | Span::Inline => cut_comments(text, range, &mut edits, &mut comments),
            Span::Link(link) if link.is_reference => {
                let mark = if link.is_picture { "!" } else { "" };
                let label = &text[link.label];
                edits.push((range, format!("{mark}[{label}{}", ending(&link.target, &link.title))));
            }
            Span::Link(_) | Span::Text => {}
        }
    }
    (apply(text, edits), comments)
}

fn cut_comments(text: &str, range: Range<usize>, edits: &mut Edits, comments: &mut Vec<String>) {
    let mut from = range.start;
    while let Some(found) = text[from..range.end].find("<!--") {
        let start = from + found;
        let end = text[start..range.end].find("-->").map_or(range.end, |closing| start + closing + 3);
        let inner = text[start + 4..end].trim_end_matches("-->").trim();
        comments.push(inner.to_owned());
        edits.push((start..end, "\n".repeat(text[start..end].matches('\n').count())));
        from = end;
    }
}

/// At most so often is a text converted again.
const LOOKS: usize = 8;

/// As [`convert`], until nothing changes.
pub(super) fn settle(text: &str, rewrite: &dyn Fn(&str) -> Rewrite) -> (String, Vec<String>) {
    let (settled, mut findings) = repeat(text, rewrite);
    // What an open comment hid is seen now, and is converted as well.
    let open = without_open_comments(&settled);
    if open == settled {
        return (settled, findings);
    }
    let (seen, more) = repeat(&open, rewrite);
    findings.extend(more);
    (seen, findings)
}

fn repeat(text: &str, rewrite: &dyn Fn(&str) -> Rewrite) -> (String, Vec<String>) {
    let (mut converted, mut findings) = convert(text, rewrite);
    // An edit may make Markdown of what was none before it; mostly the second look finds nothing.
    for _ in 0..LOOKS {
        let (again, more) = convert(&converted, rewrite);
        if again == converted {
            break;
        }
        converted = again;
        findings.extend(more);
    }
    (converted, findings)
}

/// What begins a comment and is no code is words here: a comment that nothing ends would hide, or show, what follows.
fn without_open_comments(text: &str) -> String {
    let code = marked_code(text);
    let places = text.match_indices("<!--").map(|(at, _)| at).filter(|at| !code.iter().any(|range| range.contains(at)));
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for at in places {
        out.push_str(text[done..at].trim_end_matches('\\'));
        out.push_str("&lt;");
        done = at + 1;
    }
    out + &text[done..]
}

/// `text` in Candor's dialect, and what somebody should know about it.
pub(super) fn convert(text: &str, rewrite: &dyn Fn(&str) -> Rewrite) -> (String, Vec<String>) {
    let (mut edits, mut findings) = (Edits::new(), Vec::new());
    let mut anchors: Vec<Option<String>> = Vec::new();
    for (range, span) in spans(text) {
        match span {
            Span::Link(link) => convert_link(text, range, &link, rewrite, &mut edits, &mut findings),
            Span::Inline => match convert_tag(text, &range, rewrite, &mut anchors) {
                Some(edit) => edits.push(edit),
                None => findings.push(format!("the HTML `{}` will be shown as text", &text[range])),
            },
            Span::Block => {
                let line = text[range].trim().lines().next().unwrap_or_default().to_owned();
                findings.push(format!("the HTML that begins with `{line}` will be shown as text"));
            }
            // Bare addresses are links here as well.
            Span::Text => {}
        }
    }
    (apply(text, edits), findings)
}

/// A text whose Markdown would be shown as written: one line, links as words and address.
pub(super) fn plain_line(text: &str) -> String {
    let (text, _) = convert(text, &|_| Rewrite::Words);
    text.replace("(`", "(").replace("`)", ")").replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn convert_link(
    text: &str,
    range: Range<usize>,
    link: &Link,
    rewrite: &dyn Fn(&str) -> Rewrite,
    edits: &mut Edits,
    findings: &mut Vec<String>,
) {
    let label = &text[link.label.clone()];
    let Link { target, title, .. } = link;
    match rewrite(target) {
        Rewrite::Keep if link.is_picture => {
            findings.push(format!("the picture `{target}` on another host became a link"));
            let label = if label.trim().is_empty() { "picture" } else { label };
            edits.push((range, format!("[{label}{}", ending(target, title))));
        }
        Rewrite::Keep => {}
        Rewrite::To(new) => {
            let mark = if link.is_picture { "!" } else { "" };
            edits.push((range, format!("{mark}[{label}{}", ending(&new, title))));
        }
        Rewrite::Words => {
            findings.push(format!("the link `{target}` leads nowhere in the new site; its words were kept"));
            let words = if label.trim().is_empty() { format!("`{target}`") } else { format!("{label} (`{target}`)") };
            // The brackets parted two words, which must not become one.
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_joined = is_letter(text[..range.start].chars().next_back()) && is_letter(words.chars().next());
            edits.push((range, format!("{}{words}{}", if is_joined { " " } else { "" }, titled(title))));
        }
    }
}

/// What closes a link, behind its words.
fn ending(target: &str, title: &str) -> String {
    format!("]({}{})", destination(target), titled(title))
}

/// A target as it can stand between the parentheses of a link.
fn destination(target: &str) -> String {
    let plain =
        !target.is_empty() && !target.contains(|c: char| c.is_whitespace() || c.is_control() || "()<>\\".contains(c));
    if plain {
        target.to_owned()
    } else {
        format!("<{}>", target.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C"))
    }
}

/// A title as it stands behind a target: a blank and quotes around it; nothing if there is none.
fn titled(title: &str) -> String {
    let words = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return String::new();
    }
    // A bar would end the cell of a table, whatever stands before it.
    let escaped = words.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "\\&").replace('|', "&#124;");
    format!(" \"{escaped}\"")
}

/// The edit that turns one tag into Markdown; none if it has no equal. `anchors`: what is to stand for the end of each `<a>`
/// that is open, if that became a link.
fn convert_tag(
    text: &str,
    range: &Range<usize>,
    rewrite: &dyn Fn(&str) -> Rewrite,
    anchors: &mut Vec<Option<String>>,
) -> Option<(Range<usize>, String)> {
    let tag = text[range.clone()].trim_matches(['<', '>']);
    let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let name = tag.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    let mark = match (&*name, closing) {
        ("br", _) => {
            let rest = &text[range.end..];
            let end =
                rest.trim_start_matches(' ').strip_prefix('\n').map_or(range.end, |after| text.len() - after.len());
            return Some((range.start..end, "\\\n".to_owned()));
        }
        ("a", false) => {
            let target = attribute(tag, "href").and_then(|target| match rewrite(&target) {
                Rewrite::Keep => Some(target),
                Rewrite::To(new) => Some(new),
                Rewrite::Words => None,
            });
            let title = || decoded(&attribute(tag, "title").unwrap_or_default());
            let end = target.map(|target| ending(&target, &title()));
            let begin = end.as_ref().map(|_| (range.clone(), "[".to_owned()));
            anchors.push(end);
            return begin;
        }
        ("a", true) => return Some((range.clone(), anchors.pop()??)),
        ("b" | "strong", _) => "**",
        ("i" | "em", _) => "*",
        ("s" | "strike" | "del", _) => "~~",
        _ => return None,
    };
    Some(beside_blanks(text, range, mark, closing))
}

/// A mark of emphasis must touch the words it marks; blanks between them change sides.
fn beside_blanks(text: &str, range: &Range<usize>, mark: &str, closing: bool) -> (Range<usize>, String) {
    if closing {
        let start = text[..range.start].trim_end_matches(' ').len();
        (start..range.end, format!("{mark}{}", &text[start..range.start]))
    } else {
        let rest = &text[range.end..];
        let end = range.end + (rest.len() - rest.trim_start_matches(' ').len());
        (range.start..end, format!("{}{mark}", &text[range.end..end]))
    }
}

pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(rest[1..].split(quote).next()?.trim().to_owned())
}

/// Makes the edits; of two that overlap, the first.
pub(super) fn apply(text: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (range, new) in edits {
        if range.start >= done {
            out.push_str(&text[done..range.start]);
            out.push_str(&new);
            done = range.end;
        }
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::proof::{lost, visible};

    fn rewrite(target: &str) -> Rewrite {
        match target {
            "/old/" => Rewrite::To("/new/".to_owned()),
            target if target.starts_with("https://") => Rewrite::Keep,
            _ => Rewrite::Words,
        }
    }

    fn converted(text: &str) -> String {
        convert(text, &rewrite).0
    }

    #[test]
    fn links_are_kept_rewritten_or_made_words() {
        assert_eq!(converted("[a](https://x.example/)"), "[a](https://x.example/)");
        assert_eq!(converted("[a](/old/)"), "[a](/new/)");
        assert_eq!(converted("[a](gone.html \"t\")"), "a (`gone.html`) \"t\"");
        assert_eq!(converted("![a](https://x.example/a.png)"), "[a](https://x.example/a.png)");
        assert_eq!(converted("`[a](gone)`"), "`[a](gone)`");
        assert_eq!(converted("内容については[雛形](gone)を参照"), "内容については 雛形 (`gone`)を参照");
        assert_eq!(converted("([a](gone))"), "(a (`gone`))");
    }

    #[test]
    fn titles_of_links_and_pictures_are_kept() {
        let picture = converted("![a](https://x.example/a.png \"t \\\"u\\\" &amp;lt; v\")");
        assert_eq!(picture, "[a](https://x.example/a.png \"t \\\"u\\\" \\&lt; v\")");
        assert_eq!(converted("[a](/old/ 't')"), "[a](/new/ \"t\")");
        assert_eq!(converted("<a href=\"/old/\" title=\"t\">x</a>"), "[x](/new/ \"t\")");
        assert_eq!(
            prepare("[a]\n\n[a]: https://x.example/ (t)").0.lines().next(),
            Some("[a](https://x.example/ \"t\")")
        );
    }

    proptest! {
        #[test]
        fn a_link_within_words_keeps_them(
            before in "[a-z1雛.( ]{0,3}", mark in "!?", label in "[a-z雛]{1,3}|[*]{2}b[*]{2}",
            target in "gone|/old/|https://x.example/", after in "[a-z1雛.) ]{0,3}",
        ) {
            let text = format!("a {before}{mark}[{label}]({target}){after} b");
            let lost = lost(&visible(&text), &visible(&converted(&text)));
            prop_assert!(lost.is_none(), "{text}: {}", converted(&text));
        }

        #[test]
        fn any_title_reads_back_as_it_was(title in "[a-z\"'\\\\&;|()<>`*#é]{1,12}") {
            for text in [format!("[a](/old/{})", titled(&title)), format!("| b |\n| - |\n| [a](/old/{}) |\n", titled(&title))] {
                let titles = |text: &str| {
                    let links = spans(text).into_iter().filter_map(|(_, span)| match span {
                        Span::Link(link) => Some(link.title),
                        _ => None,
                    });
                    links.collect::<Vec<_>>()
                };
                prop_assert_eq!(titles(&text), [title.as_str()]);
                prop_assert_eq!(titles(&converted(&text)), [title.as_str()]);
            }
        }
    }

    #[test]
    fn bare_addresses_stay_as_they_are() {
        for text in ["see https://x.example/a_b_(c).", "<https://x.example/> [https://x.example](https://x.example)"] {
            assert_eq!(converted(text), text);
        }
    }

    #[test]
    fn simple_html_becomes_markdown_and_the_rest_is_reported() {
        assert_eq!(converted("a<br>b <strike>c </strike>d"), "a\\\nb ~~c~~ d");
        assert_eq!(converted("<a href=\"/old/\">x</a>"), "[x](/new/)");
        let (text, findings) = convert("a <u>b</u>", &rewrite);
        assert_eq!((text.as_str(), findings.len()), ("a <u>b</u>", 2));
    }

    #[test]
    fn comments_leave_the_text_and_lines_stay() {
        let (text, comments) = prepare("a\n<!-- b\nc -->\nd `<!-- e -->` <!-- f -->g");
        assert_eq!(text, "a\n\n\nd `<!-- e -->` g");
        assert_eq!(comments, ["b\nc", "f"]);
        assert_eq!(
            prepare("[a][b]\n\n[b]: https://x.example/").0,
            "[a](https://x.example/)\n\n[b]: https://x.example/"
        );
    }
}
