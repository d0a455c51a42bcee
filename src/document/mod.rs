//! What the author wrote: syntax and places, no meaning.
//!
//! A [`Document`] is one file: its front matter as a tree, its body, and the faults found in it so
//! far. The files of this module turn the tree into one plain structure per kind of entry, in which
//! each value knows its path and so, on demand, its line and column.

mod capacity;
mod entries;
mod fields;
mod lines;
mod place;
mod postmortem;
mod site;
mod unknown_keys;
mod wording;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

pub(crate) use capacity::{CAPACITY_FILE, CapacityReadingDoc};
pub(crate) use entries::{AnnouncementDoc, IncidentDoc, MaintenanceDoc, PageDoc, TemplateDoc, UpdateDoc, WindowDoc};
pub(crate) use fields::{At, Fields, PerLanguage};
pub(crate) use postmortem::{ActionDoc, ImpactDoc, PostmortemDoc};
pub(crate) use site::{AlertRuleDoc, BrandDoc, ComponentDoc, FontDoc, GroupDoc, ProviderDoc, ScriptDoc, SiteDoc};
pub(crate) use wording::WordingDoc;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::keys::Kind;
use crate::markdown;
pub use crate::yaml::Node;
use crate::yaml::{self, Places, SyntaxKind};
pub(crate) use crate::yaml::{Path, Step};
use lines::{LineIndex, Lines};
pub use place::PhrasePlaces;

/// How many faults of a file are kept, and beyond them one of each code, so that none is passed over that would stop a
/// build. A file may have one in every second byte, each of which would take many times the memory of these.
const MOST_FAULTS: usize = 10_000;

/// One content file, split and parsed. It has its text, so that it can be kept for whoever wants to know more of it.
pub struct Document {
    path: String,
    /// Shared with the source, which has them for as long: of a site of years they are not kept twice. UTF-8.
    bytes: Arc<[u8]>,
    /// Where the text begins, after a byte order mark.
    start: usize,
    /// The bytes of the front matter in the text.
    front: Range<usize>,
    /// How many lines stand above the front matter.
    front_line: usize,
    /// Where the Markdown begins in the text.
    body: usize,
    /// The tree of the front matter; none once what it says is known (see [`Document::without_tree`]).
    root: OnceLock<Node>,
    duplicates: Vec<Path>,
    /// None once they were taken: what is asked of the file later judges it no second time.
    faults: Mutex<Option<Vec<Diagnostic>>>,
    is_draft: AtomicBool,
    /// Worked out with the first fault: most files have none.
    places: OnceLock<Places>,
    /// All of it as text, likewise.
    text: OnceLock<String>,
    lines: OnceLock<LineIndex>,
}

impl Document {
    /// Reads a file. Where it cannot be read at all, the faults say why.
    ///
    /// # Errors
    /// Bytes that are no UTF-8, front matter that is absent or not closed, YAML that cannot be read.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Document, Vec<Diagnostic>> {
        Document::of(path, bytes.into())
    }

    /// The same, of bytes that are kept elsewhere as well.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn of(path: &str, bytes: Arc<[u8]>) -> Result<Document, Vec<Diagnostic>> {
        let whole = std::str::from_utf8(&bytes).map_err(|error| {
            vec![
                Diagnostic::error(Code::InvalidUtf8, "the file is not valid UTF-8")
                    .at(place::of_bad_byte(path, &bytes, error.valid_up_to()))
                    .help("save the file with the encoding UTF-8"),
            ]
        })?;
        let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
        let unsplit = Split { front: 0..text.len(), front_line: 0, body: text.len() };
        let Split { front, front_line, body } = if path.ends_with(".md") { split(path, text)? } else { unsplit };
        let bare = Document {
            path: path.to_owned(),
            start: whole.len() - text.len(),
            bytes,
            front,
            front_line,
            body,
            root: OnceLock::new(),
            duplicates: Vec::new(),
            faults: Mutex::new(Some(Vec::new())),
            is_draft: AtomicBool::new(false),
            places: OnceLock::new(),
            text: OnceLock::new(),
            lines: OnceLock::new(),
        };
        match yaml::parse(bare.front()) {
            Ok(parsed) => {
                let document = Document { root: parsed.root.into(), duplicates: parsed.duplicates, ..bare };
                document.too_deep().map_or(Ok(document), |fault| Err(vec![fault]))
            }
            Err(fault) => Err(vec![bare.syntax_fault(&fault)]),
        }
    }

    /// All of it, without a byte order mark. Kept as text from the first place on that is asked for: of most files none is.
    fn text(&self) -> &str {
        self.text.get_or_init(|| self.part(0..self.bytes.len() - self.start).to_owned())
    }

    /// What stands there, counted in bytes from the beginning of the text.
    fn part(&self, at: Range<usize>) -> &str {
        std::str::from_utf8(&self.bytes[self.start..][at]).expect("what is not UTF-8 is no document")
    }

    /// Relative to the site folder.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The Markdown after the front matter; empty in a `.yaml` file.
    pub fn body(&self) -> &str {
        self.part(self.body..self.bytes.len() - self.start)
    }

    /// The front matter; all of a `.yaml` file.
    pub fn front(&self) -> &str {
        self.part(self.front.clone())
    }

    /// The line of the file on which a line of the front matter stands, both counted from 1.
    pub fn line_of_front(&self, line: usize) -> usize {
        self.front_line + line
    }

    /// The fields of the whole front matter; reports keys that are not of this `kind`, and keys that repeat.
    pub fn fields(&self, kind: impl Into<Kind>) -> Fields<'_> {
        self.report_duplicates();
        Fields::new(self, self.root(), Path::new(), kind.into().keys())
    }

    /// Notes a fault, unless the file was judged already.
    pub fn report(&self, diagnostic: Diagnostic) {
        if let Some(faults) = self.lock().as_mut()
            && (faults.len() < MOST_FAULTS || !faults.iter().any(|fault| fault.code == diagnostic.code))
        {
            faults.push(diagnostic);
        }
    }

    /// Whether the file has so many faults that nobody will read where each of them stands.
    fn is_overfull(&self) -> bool {
        self.lock().as_ref().is_some_and(|faults| faults.len() >= MOST_FAULTS)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<Diagnostic>>> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it was read as an entry that says that it is a draft.
    pub fn is_draft(&self) -> bool {
        self.is_draft.load(Ordering::Relaxed)
    }

    fn note_draft(&self, fields: &Fields<'_>) {
        self.is_draft.store(fields.flag("draft") == Some(true), Ordering::Relaxed);
    }

    /// The faults that were noted; with that the file is judged, and no more of them are.
    pub fn take_faults(&self) -> Vec<Diagnostic> {
        self.lock().take().unwrap_or_default()
    }

    /// The whole front matter, for readers of other systems' keys.
    pub fn root(&self) -> &Node {
        self.root.get_or_init(|| yaml::parse(self.front()).map_or(Node::Null, |parsed| parsed.root))
    }

    /// The same file, to be kept by whoever knows what it says and may want to know where. Of a site of years the trees are
    /// larger than the text. Should a place be asked for, its front matter is read once more, as for the places themselves.
    #[must_use]
    pub fn without_tree(self) -> Document {
        Document { root: OnceLock::new(), ..self }
    }

    /// The path to each key that repeats an earlier one.
    pub fn repeated_keys(&self) -> &[Path] {
        &self.duplicates
    }

    /// The lines of the key at `path`: its own, and those below that belong to it.
    pub fn block(&self, path: &Path) -> String {
        let first = self.place(path).line.saturating_sub(1);
        let indent = |line: &str| line.len() - line.trim_start().len();
        let mut lines = self.text().lines().skip(first);
        let Some(own) = lines.next() else { return String::new() };
        let belongs = |line: &&str| line.trim().is_empty() || indent(line) > indent(own);
        std::iter::once(own).chain(lines.take_while(belongs)).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// The file name without its ending.
    pub fn stem(&self) -> &str {
        stem_of(&self.path)
    }

    /// Where the value at `path` stands.
    pub fn place(&self, path: &Path) -> Place {
        if self.is_overfull() { Place::file(&*self.path) } else { place::of_node(self, path) }
    }

    /// Where `needle` stands for the n-th time, counted from 0, in the value at `path`, or in the body
    /// if there is no path.
    pub fn place_within(&self, path: Option<&Path>, needle: &str, nth: usize) -> Place {
        if self.is_overfull() { Place::file(&*self.path) } else { place::of_text(self, path, needle, nth) }
    }

    /// Where phrases stand in the value at `path`.
    pub fn phrase_places<'d>(&'d self, path: &'d Path) -> PhrasePlaces<'d> {
        PhrasePlaces { document: self, path, asked: 0, last: None }
    }

    /// Where these bytes of the body stand, as far as the end of their first line.
    pub fn place_in_body(&self, at: Range<usize>) -> Place {
        place::in_body(self, at)
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(self.front()))
    }

    fn lines(&self) -> Lines<'_> {
        Lines { text: self.text(), index: self.lines.get_or_init(|| LineIndex::of(self.text())) }
    }

    fn report_duplicates(&self) {
        for path in &self.duplicates {
            let Some(yaml::Step::KeyItself(key, _)) = path.last() else { continue };
            let message = format!("the key `{key}` stands here a second time");
            let fault = Diagnostic::error(Code::DuplicateKey, message).at(self.place(path));
            self.report(fault.help("keep one of the two"));
        }
    }

    /// A Markdown text in it that nests too deeply to be read.
    fn too_deep(&self) -> Option<Diagnostic> {
        let of_body = || markdown::too_deep(self.body()).map(|at| self.place_in_body(at..self.body().len()));
        let of_value = || nested_text(self.root(), &mut Path::new()).map(|path| self.place(&path));
        let fault = Diagnostic::error(Code::TooDeep, "lists and quotations are nested too deeply here");
        let place = of_value().or_else(of_body)?;
        Some(
            fault.at(place).help("no page can show a hundred levels: put marks that are meant to be seen in backticks"),
        )
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

/// The way to the first text whose Markdown nests too deeply.
fn nested_text(node: &Node, path: &mut Path) -> Option<Path> {
    let mut inside = |step: yaml::Step, node| {
        path.push(step);
        let found = nested_text(node, path);
        path.pop();
        found
    };
    match node {
        Node::Text(text) => markdown::too_deep(text).map(|_| path.clone()),
        Node::List(items) => items.iter().enumerate().find_map(|(index, item)| inside(yaml::Step::Index(index), item)),
        Node::Map(entries) => {
            entries.iter().find_map(|(key, value)| inside(yaml::Step::Key(key.clone().into()), value))
        }
        _ => None,
    }
}

/// Where the parts of a file begin and end.
struct Split {
    front: Range<usize>,
    /// How many lines stand above the front matter.
    front_line: usize,
    body: usize,
}

/// Splits a Markdown file.
fn split(path: &str, text: &str) -> Result<Split, Vec<Diagnostic>> {
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
            return Ok(Split { front: first.len()..end, front_line: 1, body: end + line.len() });
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
