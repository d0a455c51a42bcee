//! Why a text is no YAML, from the words of the parser.

use super::Mark;

/// What makes a text unreadable, as far as the parser's words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxKind {
    /// A tab where only blanks may stand.
    Tab,
    /// A quote or bracket that is not closed.
    Unclosed,
    /// A value that is missing between brackets.
    NoValue,
    /// Two documents in one text.
    SecondDocument,
    /// An alias to something that has no anchor.
    UnknownAlias,
    /// Aliases of aliases, which would fill the memory.
    TooManyAliases,
    /// Lists in lists in lists, which would overflow the stack.
    TooDeep,
    /// A list or a mapping as a key.
    Key,
    /// A colon that begins a value where none can be.
    Colon,
    /// A character with a meaning in YAML at the beginning of a text.
    Character,
    /// Anything else, mostly a wrong indent.
    Other,
}

impl SyntaxKind {
    fn of(error: &str) -> SyntaxKind {
        const WORDS: &[(&str, SyntaxKind)] = &[
            ("while scanning a quoted scalar", SyntaxKind::Unclosed),
            ("while parsing a flow node", SyntaxKind::NoValue),
            ("while parsing a flow", SyntaxKind::Unclosed),
            ("more than one document", SyntaxKind::SecondDocument),
            ("unknown anchor", SyntaxKind::UnknownAlias),
            ("repetition limit", SyntaxKind::TooManyAliases),
            ("recursion limit", SyntaxKind::TooDeep),
            ("expected a word as the key", SyntaxKind::Key),
            ("mapping values are not allowed", SyntaxKind::Colon),
            ("cannot start any token", SyntaxKind::Character),
        ];
        // The crate has no kinds of errors to match, only words. Where they change, the bad cases of the tests do.
        WORDS.iter().find(|(words, _)| error.contains(words)).map_or(SyntaxKind::Other, |(_, kind)| *kind)
    }
}

/// A text that is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxFault {
    /// What it is.
    pub kind: SyntaxKind,
    /// The parser's words, without the place.
    pub message: String,
    /// Where the parser stopped.
    pub mark: Mark,
}

impl SyntaxFault {
    /// Reads the parser's words. It may have stopped far from what is wrong; then the better place is found.
    pub(super) fn new(text: &str, error: &str, mark: Mark) -> SyntaxFault {
        let (kind, mark) = match (SyntaxKind::of(error), tab_in_indent(text, mark)) {
            (SyntaxKind::Unclosed, _) => (SyntaxKind::Unclosed, opening(text, error).unwrap_or(mark)),
            (SyntaxKind::SecondDocument, _) => (SyntaxKind::SecondDocument, second_document(text).unwrap_or(mark)),
            (SyntaxKind::Other | SyntaxKind::Character | SyntaxKind::Colon, Some(tab)) => (SyntaxKind::Tab, tab),
            (kind, _) => (kind, mark),
        };
        let words = error.split(" at line ").next().unwrap_or(error);
        SyntaxFault { kind, message: words.to_owned(), mark }
    }
}

/// Where the quote or bracket stands that was never closed; the parser noticed only later, mostly at
/// the end of the file, and says ", while scanning a quoted scalar at line 1 column 8".
fn opening(text: &str, error: &str) -> Option<Mark> {
    let (_, context) = error.split_once(", while ")?;
    let Some((_, place)) = context.split_once(" at line ") else {
        return text.starts_with(['"', '\'', '[', '{']).then_some(Mark { line: 1, column: 1 });
    };
    let (line, column) = place.split_once(" column ")?;
    Some(Mark { line: line.parse().ok()?, column: column.parse().ok()? })
}

/// The line `---` that ends the first document.
fn second_document(text: &str) -> Option<Mark> {
    let is_content = |line: &str| !line.trim().is_empty() && !line.starts_with(['#', '%']) && !line.starts_with("---");
    let above = text.lines().take_while(|line| !is_content(line)).count();
    let below = text.lines().skip(above).position(|line| line.starts_with("---"))?;
    Some(Mark { line: above + below + 1, column: 1 })
}

/// The parser may stop far from a tab that it cannot read; the tab is the fault.
fn tab_in_indent(text: &str, mark: Mark) -> Option<Mark> {
    text.lines().take(mark.line + 1).enumerate().find_map(|(index, line)| {
        let blanks = line.chars().take_while(|c| *c == ' ').count();
        let tab = line.chars().nth(blanks) == Some('\t') && index + 2 >= mark.line;
        tab.then_some(Mark { line: index + 1, column: blanks + 1 })
    })
}
