//! What of a Markdown text is the author's own prose, and where it stands: for rules about wording.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::switches::{Switch, SwitchReader};
use crate::characters;

/// The prose of a Markdown text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// In the order of the text.
    pub passages: Vec<Passage>,
    /// The comments `<!-- candor: off … -->`.
    pub switches: Vec<Switch>,
}

/// A paragraph, heading, item of a list or cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The byte at which it starts in the whole text.
    pub start: usize,
    /// As long as it is in the file, byte by byte. Markup is made blank; code, quotations and
    /// addresses are made `#`, since they are nobody's wording.
    pub text: String,
    /// The headings that it stands under, outermost first, without markup, as far as anybody reads them.
    pub headings: Arc<[String]>,
}

impl Prose {
    /// A text without Markdown, as one passage.
    pub fn plain(text: &str) -> Prose {
        let mut bytes = text.as_bytes().to_vec();
        hide_foreign(text, &mut bytes);
        let text = String::from_utf8(bytes).unwrap_or_default();
        Prose { passages: vec![Passage { start: 0, text, headings: Arc::default() }], switches: Vec::new() }
    }
}

/// Reads the prose of `text`.
pub fn prose(text: &str) -> Prose {
    let mut reader = ProseReader { text, ..ProseReader::default() };
    for (event, range) in super::parser(text).into_offset_iter() {
        reader.read(event, range);
    }
    reader.finish_passage();
    Prose { passages: reader.passages, switches: reader.switches.found }
}

/// So many bytes of a heading say what it is. Every passage below keeps them.
const HEADING_BYTES: usize = 200;

#[derive(Default)]
struct ProseReader<'t> {
    text: &'t str,
    passages: Vec<Passage>,
    switches: SwitchReader,
    /// The pieces of the passage at hand, and whether they are prose.
    pieces: Vec<(Range<usize>, bool)>,
    /// How many quotes and blocks of code are open.
    foreign: usize,
    /// For each open link, whether it is a bare address.
    links: Vec<bool>,
    /// Level and text of the headings above.
    headings: Vec<(u8, String)>,
    /// Their texts, as the passages below them have them.
    above: Arc<[String]>,
}

impl ProseReader<'_> {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(_) if self.foreign == 0 => self.pieces.push((range, !self.links.contains(&true))),
            Event::Code(_) if self.foreign == 0 => self.pieces.push((range, false)),
            Event::Html(html) | Event::InlineHtml(html) => self.switches.read(self.text, &html, range.start),
            Event::Start(Tag::Link { link_type, .. }) => {
                self.links.push(matches!(link_type, LinkType::Autolink | LinkType::Email));
            }
            Event::End(TagEnd::Link) => _ = self.links.pop(),
            Event::Start(tag) if super::is_block(&tag) => self.open(&tag),
            Event::End(end) if !super::is_inline(end) => self.close(end),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        self.finish_passage();
        match tag {
            Tag::BlockQuote(_) | Tag::CodeBlock(_) => self.foreign += 1,
            Tag::Heading { level, .. } => {
                let level = *level as u8;
                self.headings.retain(|(above, _)| *above < level);
                self.headings.push((level, String::new()));
                self.rise();
            }
            _ => {}
        }
    }

    fn close(&mut self, end: TagEnd) {
        match end {
            TagEnd::BlockQuote(_) | TagEnd::CodeBlock => self.foreign -= 1,
            TagEnd::Heading(_) => {
                let words: String = self.pieces.iter().map(|(range, _)| &self.text[range.clone()]).collect();
                self.finish_passage();
                let words = words.trim();
                let words = &words[..characters::cut_before(words, HEADING_BYTES)];
                self.headings.last_mut().into_iter().for_each(|heading| heading.1 = words.to_owned());
                self.rise();
            }
            _ => self.finish_passage(),
        }
    }

    /// Takes notice of other headings.
    fn rise(&mut self) {
        self.above = self.headings.iter().map(|(_, words)| words.clone()).collect();
    }

    fn finish_passage(&mut self) {
        let (Some((first, _)), Some((last, _))) = (self.pieces.first(), self.pieces.last()) else { return };
        let range = first.start..last.end;
        let blank = |byte| if byte == b'\n' { b'\n' } else { b' ' };
        let mut bytes: Vec<u8> = self.text[range.clone()].bytes().map(blank).collect();
        for (piece, is_prose) in self.pieces.drain(..) {
            let within = piece.start - range.start..piece.end - range.start;
            match is_prose {
                true => bytes[within].copy_from_slice(self.text[piece].as_bytes()),
                false => bytes[within].fill(b'#'),
            }
        }
        // Hidden in what is left of it: a quotation mark in code opens no quotation.
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        hide_foreign(&text, &mut bytes);
        let text = String::from_utf8(bytes).unwrap_or_default();
        self.passages.push(Passage { start: range.start, text, headings: Arc::clone(&self.above) });
    }
}

/// Hides quotations and bare addresses.
fn hide_foreign(text: &str, bytes: &mut [u8]) {
    for (start, word) in words(text) {
        if word.contains("://") || word.starts_with("www.") {
            bytes[start..start + word.len()].fill(b'#');
        }
    }
    for quotation in quotations(text) {
        bytes[quotation].fill(b'#');
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (start(word), word))
}

/// The texts in double quotes, quotes included.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut found, mut open) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        match open {
            None if "\"“„".contains(c) && !is_word(text[..at].chars().next_back()) => open = Some(at),
            Some(start) if "\"”“".contains(c) && !is_word(text[at + c.len_utf8()..].chars().next()) => {
                found.push(start..at + c.len_utf8());
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_keeps_its_place_and_what_is_foreign_is_hidden() {
        let text = "# Summary\n\nThe **on-call** `engineer`\nsaid \"human error\", see\nhttps://a.example/x [here](/x/).\n\n> quoted\n\n```\ncode\n```\n\n| a | b |\n| - | - |\n| c | d |\n";
        let prose = prose(text);
        let passages: Vec<&str> = prose.passages.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(passages[0], "Summary");
        assert_eq!(passages[1].split_whitespace().collect::<Vec<_>>()[..3], ["The", "on-call", "##########"]);
        assert!(!passages[1].contains("human") && !passages[1].contains("a.example") && passages[1].contains("here"));
        assert_eq!(passages[2..], ["a", "b", "c", "d"]);
        let second = &prose.passages[1];
        let at = second.start + second.text.find("on-call").expect("the word");
        assert_eq!(&text[at..at + 7], "on-call");
        assert_eq!(*second.headings, ["Summary"]);
    }

    #[test]
    fn headings_nest() {
        let prose = prose("# A\n\n## Timeline\n\n### Day one\n\nx\n\n## Lessons\n\ny\n");
        let under = |word: &str| prose.passages.iter().find(|p| p.text == word).map(|p| p.headings.join("/"));
        assert_eq!(under("x").as_deref(), Some("A/Timeline/Day one"));
        assert_eq!(under("y").as_deref(), Some("A/Lessons"));
    }
}
