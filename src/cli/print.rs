//! Printing: data to stdout, messages to stderr, colours only where a person reads them.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::CannotRun;
use crate::characters::visible;
use crate::diagnostic::{self, Diagnostic, Format, Severity};
use crate::source::Source;

/// `1 message`, `2 messages`.
pub(super) fn count(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// One line for whoever watches.
pub(super) fn say(text: &str) {
    // A closed pipe is no reason to fail.
    let _ = writeln!(io::stderr(), "{}", visible(text));
}

/// Data.
pub(super) fn give(text: &str) {
    // A closed pipe is no reason to fail.
    let _ = io::stdout().write_all(text.as_bytes());
}

/// Data that people read, which holds names of others.
pub(super) fn show(text: &str) {
    give(&visible(text));
}

/// The diagnostics, as rustc prints them.
pub(super) fn complain(diagnostics: &[Diagnostic]) {
    let text = diagnostic::print(diagnostics, Format::Text { colour: colour(io::stderr().is_terminal()) });
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Only those that keep the site from being published.
pub(super) fn complain_of_errors(diagnostics: &[Diagnostic]) {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    complain(&errors.cloned().collect::<Vec<_>>());
}

/// Whether to print colours (<https://no-color.org>).
pub(super) fn colour(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The site folder's content.
pub(super) fn read(site: &Path) -> Result<Source, CannotRun> {
    Source::read(site).map_err(|error| CannotRun(format!("cannot read `{}`: {error}", site.display())))
}
