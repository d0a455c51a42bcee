//! Faults between files, found where only the model is at hand: their places are looked up afterwards.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::yaml::Path;

/// A fault with the way to its place, within one file.
pub(super) type Found = (Path, Diagnostic);

/// A fault that is known before its place is: the file is to be opened once more.
pub struct Unplaced {
    /// The file it stands in.
    pub path: String,
    at: Path,
    fault: Diagnostic,
}

impl Unplaced {
    pub(super) fn new(path: &str, at: Path, fault: Diagnostic) -> Unplaced {
        Unplaced { path: path.to_owned(), at, fault }
    }

    /// The fault, with its place in the file's document.
    pub fn fault(&self, document: &Document) -> Diagnostic {
        self.fault.clone().at(document.place(&self.at))
    }
}
