//! What the author wrote: syntax and places, no meaning.
//!
//! A [`Document`] is one file: its front matter as a tree, its body, and the faults found in it so
//! far. The files of this module turn the tree into one plain structure per kind of entry, in which
//! each value knows its path and so, on demand, its line and column.

mod entries;
mod fields;
mod lines;
mod place;
mod postmortem;
mod site;
mod wording;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

pub use entries::{AnnouncementDoc, IncidentDoc, MaintenanceDoc, PageDoc, TemplateDoc, UpdateDoc, WindowDoc};
pub use fields::{At, Fields};
pub use postmortem::{ActionDoc, ImpactDoc, PostmortemDoc};
pub use site::{ComponentDoc, GroupDoc, SiteDoc};
pub use wording::WordingDoc;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::keys::Kind;
use crate::yaml::{self, Places, SyntaxKind};
pub use crate::yaml::{Node, Path, Step};
use lines::{LineIndex, Lines};

/// One content file, split and parsed.
pub struct Document<'a> {
    /// Relative to the site folder.
    pub path: &'a str,
    /// The Markdown after the front matter; empty in a `.yaml` file.
    pub body: &'a str,
    text: &'a str,
    front: &'a str,
    /// How many lines stand above the front matter.
    front_line: usize,
    root: Node,
    duplicates: Vec<Path>,
    faults: Mutex<Vec<Diagnostic>>,
    is_draft: AtomicBool,
    /// Worked out with the first fault: most files have none.
    places: OnceLock<Places>,
    lines: OnceLock<LineIndex>,
}

impl<'a> Document<'a> {
    /// Reads a file. Where it cannot be read at all, the faults say why.
    ///
    /// # Errors
    /// Bytes that are no UTF-8, front matter that is absent or not closed, YAML that cannot be read.
    pub fn read(path: &'a str, bytes: &'a [u8]) -> Result<Document<'a>, Vec<Diagnostic>> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            vec![
                Diagnostic::error(Code::InvalidUtf8, "the file is not valid UTF-8")
                    .at(place::of_bad_byte(path, bytes, error.valid_up_to()))
                    .help("save the file with the encoding UTF-8"),
            ]
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (front, front_line, body) = if path.ends_with(".md") { split(path, text)? } else { (text, 0, "") };
        let bare = Document {
            path,
            body,
            text,
            front,
            front_line,
            root: Node::Null,
            duplicates: Vec::new(),
            faults: Mutex::default(),
            is_draft: AtomicBool::new(false),
            places: OnceLock::new(),
            lines: OnceLock::new(),
        };
        match yaml::parse(front) {
            Ok(parsed) => Ok(Document { root: parsed.root, duplicates: parsed.duplicates, ..bare }),
            Err(fault) => Err(vec![bare.syntax_fault(&fault)]),
        }
    }

    /// The fields of the whole front matter; reports keys that are not of this `kind`, and keys that repeat.
    pub fn fields(&self, kind: impl Into<Kind>) -> Fields<'_> {
        self.report_duplicates();
        Fields::new(self, &self.root, Path::new(), kind.into().keys())
    }

    /// Notes a fault.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }

    /// Whether it was read as an entry that says that it is a draft.
    pub fn is_draft(&self) -> bool {
        self.is_draft.load(Ordering::Relaxed)
    }

    fn note_draft(&self, fields: &Fields<'_>) {
        self.is_draft.store(fields.flag("draft") == Some(true), Ordering::Relaxed);
    }

    /// The faults noted so far.
    pub fn into_faults(self) -> Vec<Diagnostic> {
        self.faults.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The whole front matter, for readers of other systems' keys.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The path to each key that repeats an earlier one.
    pub fn repeated_keys(&self) -> &[Path] {
        &self.duplicates
    }

    /// The file name without its ending.
    pub fn stem(&self) -> &'a str {
        stem_of(self.path)
    }

    /// Where the value at `path` stands.
    pub fn place(&self, path: &Path) -> Place {
        place::of_node(self, path)
    }

    /// Where `needle` stands for the n-th time, counted from 0, in the value at `path`, or in the body
    /// if there is no path.
    pub fn place_within(&self, path: Option<&Path>, needle: &str, nth: usize) -> Place {
        place::of_text(self, path, needle, nth)
    }

    /// Where a phrase stands in the value at `path`; the value, if its lines are folded within the phrase.
    pub fn place_of_phrase(&self, path: &Path, phrase: &str) -> Place {
        place::of_phrase(self, path, phrase)
    }

    /// Where these bytes of the body stand, as far as the end of their first line.
    pub fn place_in_body(&self, at: Range<usize>) -> Place {
        place::in_body(self, at)
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(self.front))
    }

    fn lines(&self) -> Lines<'_> {
        Lines { text: self.text, index: self.lines.get_or_init(|| LineIndex::of(self.text)) }
    }

    fn report_duplicates(&self) {
        for path in &self.duplicates {
            let Some(yaml::Step::KeyItself(key, _)) = path.last() else { continue };
            let message = format!("the key `{key}` stands here a second time");
            let fault = Diagnostic::error(Code::DuplicateKey, message).at(self.place(path));
            self.report(fault.help("keep one of the two"));
        }
    }

    fn syntax_fault(&self, fault: &yaml::SyntaxFault) -> Diagnostic {
        let (words, help) = explain(fault);
        let place = place::of_mark(self, fault.mark);
        Diagnostic::error(Code::YamlSyntax, format!("this is not valid YAML: {words}")).at(place).help(help)
    }
}

/// Why a text is no YAML, and what usually repairs it.
fn explain(fault: &yaml::SyntaxFault) -> (&str, &'static str) {
    match fault.kind {
        SyntaxKind::Tab => ("a tab stands in the indent", "indent with blanks; YAML allows no tab there"),
        SyntaxKind::Unclosed => ("what opens here is not closed", "close the quote or the bracket"),
        SyntaxKind::NoValue => ("a value is missing here", "write one, or close the bracket"),
        SyntaxKind::SecondDocument => {
            ("a second document begins here", "keep one a file: move what follows to a file of its own")
        }
        SyntaxKind::UnknownAlias => ("this alias names nothing", "put a text that begins with `*` in quotes"),
        SyntaxKind::TooManyAliases => ("its aliases repeat too much", "write the values out"),
        SyntaxKind::TooDeep => ("it nests too deeply", "no entry needs more than five levels"),
        SyntaxKind::Key => ("a list or a mapping cannot be a key", "put a text that begins with `[` or `{` in quotes"),
        SyntaxKind::Colon => (&fault.message, "put a text that contains `: ` in quotes, and check the indent"),
        SyntaxKind::Character => (&fault.message, "put a text that starts with a special character in quotes"),
        SyntaxKind::Other => (&fault.message, "check the indent: keys of one mapping start in the same column"),
    }
}

/// Splits a Markdown file into front matter, the number of lines above it, and body.
fn split<'a>(path: &str, text: &'a str) -> Result<(&'a str, usize, &'a str), Vec<Diagnostic>> {
    let fault = |line, message: &str, help: &str| {
        let text = text.lines().nth(line - 1).unwrap_or_default();
        let length = text.chars().count().max(1);
        let place = Place { path: path.to_owned(), line, column: 1, length, text: text.into() };
        vec![Diagnostic::error(Code::FrontMatter, message).at(place).help(help)]
    };
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(fault(
            1,
            "a Markdown entry begins with its front matter",
            "put a line `---` first, then the keys, then `---`",
        ));
    }
    let mut end = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Ok((&text[first.len()..end], 1, &text[end + line.len()..]));
        }
        end += line.len();
    }
    Err(fault(1, "the front matter that begins here is not closed", "put a line `---` after its last key"))
}

/// The file name without its ending.
pub fn stem_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
