//! From documents to the model: meaning, references, order.
//!
//! Each file is checked by itself (so files can be checked side by side), then [`assemble()`] checks
//! what concerns several files: ids that are used twice and links between entries.

mod address;
mod alert;
mod aliases;
mod assemble;
mod brand;
mod capacity;
mod drafts;
mod entries;
mod external_message;
mod frame;
mod gathered;
mod languages;
mod links;
mod marks;
mod pages;
mod postmortem;
mod privacy;
mod recurrence;
mod relations;
mod site;
mod template;
mod text;
mod timeline;
mod wording;

pub(crate) use assemble::assemble;
pub use capacity::{CapacityFile, capacity};
pub use entries::{incident, maintenance};
pub use frame::Frame;
pub(crate) use gathered::{Entries, EntryFiles};
pub use pages::{announcement, page};
pub use postmortem::postmortem;
pub(crate) use site::SiteFile;
pub use site::site;
pub use template::template;
pub(crate) use text::Link;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::document::{At, Document, Path};
use crate::model::{Id, Vocabulary};

/// A fault with the way to its place, within one file.
type FaultAtPath = (Path, Diagnostic);

/// What one content file gave.
#[derive(Clone)]
pub struct Entry<T> {
    /// Relative to the site folder.
    pub path: Arc<str>,
    /// From the file's name, if that is a slug.
    pub id: Option<Id>,
    /// What it means; absent when something essential is missing.
    pub value: Option<T>,
    /// Its links to other pages of the site, to be checked when all of them are known.
    pub links: Vec<Link>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
    /// Whether it says that it is not to be published.
    pub is_draft: bool,
    /// As it was written, for whoever wants to know where something stands; absent when it could not be read.
    pub document: Option<Arc<Document>>,
}

impl<T> Entry<T> {
    /// Where the value at `path` stands.
    fn place(&self, path: &Path) -> Place {
        self.document.as_ref().map_or_else(|| Place::file(&*self.path), |document| document.place(path))
    }
}

/// Reads a file and hands it, with its id, to `make`.
fn entry<T>(
    path: &str,
    bytes: impl Into<Arc<[u8]>>,
    make: impl FnOnce(&Document, &mut Vec<Link>, Option<Id>) -> Option<T>,
) -> Entry<T> {
    let id = Id::new(crate::document::stem_of(path));
    let mut faults: Vec<Diagnostic> = id.is_none().then(|| invalid_file_name(path)).into_iter().collect();
    let mut links = Vec::new();
    let document = Document::of(path, bytes.into()).map_err(|unreadable| faults.extend(unreadable)).ok();
    let value = document.as_ref().and_then(|document| {
        let value = make(document, &mut links, id.clone());
        faults.extend(document.take_faults());
        value
    });
    let is_draft = document.as_ref().is_some_and(Document::is_draft);
    let document = document.map(|document| Arc::new(document.without_tree()));
    Entry { path: path.into(), id, value, links, faults, is_draft, document }
}

const SLUG_HELP: &str = "use lower-case letters and digits, in words joined by single hyphens, at most 100 in all";

fn invalid_file_name(path: &str) -> Diagnostic {
    let stem = crate::document::stem_of(path);
    let message = format!("the file name `{stem}` cannot stand in a URL");
    let help = Id::slug(stem).map_or(SLUG_HELP.to_owned(), |slug| format!("rename the file to `{slug}`"));
    Diagnostic::error(Code::InvalidId, message).at(Place::file(path)).help(help)
}

/// An id that the author wrote.
fn written_id(document: &Document, text: &At<String>) -> Option<Id> {
    let id = Id::new(&text.value);
    if id.is_none() {
        let message = format!("the id `{}` cannot stand in a URL", text.value);
        let help = Id::slug(&text.value).map_or(SLUG_HELP.to_owned(), |slug| format!("write `{slug}`"));
        document.report(Diagnostic::error(Code::InvalidId, message).at(document.place(&text.path)).help(help));
    }
    id
}

/// A title or name, which must have text.
fn title(document: &Document, text: Option<At<String>>, what: &str) -> Option<String> {
    let text = text?;
    let trimmed = text.value.split_whitespace().collect::<Vec<_>>().join(" ");
    if trimmed.is_empty() {
        let fault = Diagnostic::error(Code::EmptyTitle, format!("the {what} is empty")).at(document.place(&text.path));
        document.report(fault.help(match what {
            "title" => "say in a few words what it is about",
            "headroom" => "say what is left at the peak, such as `40 %`",
            _ => "write the name that customers know",
        }));
        return None;
    }
    Some(trimmed)
}

/// A word out of a closed list.
fn word<T: Vocabulary>(document: &Document, text: Option<&At<String>>, code: Code, what: &str) -> Option<T> {
    let At { value, path } = text?;
    let found = T::from_word(value);
    if found.is_none() {
        let fault = Diagnostic::error(code, format!("unknown {what} `{value}`")).at(document.place(path));
        document.report(fault.help(suggestion(value, T::WORDS)));
    }
    found
}

/// The closest of `words`, or all of them.
fn suggestion(value: &str, words: &[&str]) -> String {
    did_you_mean(value, words.iter().copied()).unwrap_or_else(|| {
        format!("one of {}", words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
    })
}
