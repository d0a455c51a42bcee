//! How a report is printed.

use clap::ValueEnum;

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a pull request, a chat or an issue
    Markdown,
}
