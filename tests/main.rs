//! All tests of the program and of the library's face, in one program: a second one would link everything a second time.

mod advice;
mod alerts;
mod api;
mod architecture;
mod bad;
mod bars;
mod brand;
mod cli;
mod difference;
mod documents;
mod drafts;
mod duties;
mod formats;
mod forms;
mod golden;
mod help;
mod import;
mod outbox;
mod output;
mod paths;
mod properties;
mod reach;
mod recurrence;
mod reference;
mod reports;
mod schema;
mod serve;
mod statuspage;
mod story;
mod support;
#[cfg(unix)]
mod terminal;
mod updates;
mod wall;
mod wording;
mod writing;
