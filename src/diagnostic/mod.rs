//! What every stage reports: faults in the content, with their place and their repair.
//!
//! A stage never stops at the first fault; it returns what it could make of the input together
//! with a `Vec<Diagnostic>`. Nothing here does I/O: the callers print.

mod codes;
mod print;
mod suggest;

use std::sync::Arc;

pub use codes::Code;
pub use print::{Format, print};
pub use suggest::did_you_mean;

/// Whether a fault stops the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be published as it stands.
    Error,
    /// The site can be published; somebody should look.
    Warning,
    /// Worth a thought; often fine as it is.
    Note,
}

impl Severity {
    /// The word in reports: `error`, `warning` or `note`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A place in a file of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Relative to the site folder, with forward slashes.
    pub path: String,
    /// Counted from 1; 0 when the whole file is meant.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// Characters under the caret, at least 1.
    pub length: usize,
    /// The line itself, without its end; shared by the faults in it.
    pub text: Arc<str>,
}

impl Place {
    /// The file as a whole, for faults that have no line (its name, its size, its encoding).
    pub fn file(path: impl Into<String>) -> Place {
        Place { path: path.into(), line: 0, column: 1, length: 1, text: Arc::default() }
    }
}

/// One fault: what is wrong, where, and what repairs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops the build.
    pub severity: Severity,
    /// Stable; listed with an example in `tests/bad/README.md`.
    pub code: Code,
    /// One sentence, lower case, names in backticks.
    pub message: String,
    /// Where, if it has a place at all.
    pub place: Option<Place>,
    /// The repair, in the imperative.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A fault that stops the build.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Error, code, message: message.into(), place: None, help: None }
    }

    /// A fault that somebody should look at.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// Something worth a thought.
    pub fn note(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Note, ..Diagnostic::error(code, message) }
    }

    /// Adds where it is.
    pub fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    /// Adds what repairs it.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }
}

/// Sorts by file, line and column, so that a report reads like the files do.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics
        .sort_by(|a, b| (&a.place, a.severity, a.code, &a.message).cmp(&(&b.place, b.severity, b.code, &b.message)));
}

/// Makes errors of what has one of these codes.
pub fn deny(diagnostics: &mut [Diagnostic], codes: &[Code]) {
    let denied = diagnostics.iter_mut().filter(|diagnostic| codes.contains(&diagnostic.code));
    denied.for_each(|diagnostic| diagnostic.severity = Severity::Error);
}

/// Whether any of them stops the build.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
