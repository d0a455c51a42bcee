//! A thin shell around the library: arguments, printing, exit codes.
//!
//! Data goes to stdout, messages to stderr. Exit codes: 0 fine, 1 faults in the content, 2 could not run.

mod build;
mod build_request;
mod check;
mod clock;
mod cms;
mod completions;
mod deny;
mod diff;
mod doctor;
mod explain;
mod folders;
mod git;
mod host_bounds;
mod import;
mod man;
mod new;
mod outbox;
mod print;
mod progress;
mod report;
mod report_format;
mod revision;
mod schema;
mod serve;
mod status;
mod theme;
mod threads;
mod timings;
mod versions;
mod wording;
mod writing;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Turns committed Markdown and YAML into a public status page.
#[derive(Parser)]
#[command(name = "candor", version, about, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Examples:\n  candor new site status\n  candor serve --site status\n  candor check --site status\n\nExit codes: 0 fine, 1 faults in the content, 2 could not run."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start something new
    #[command(subcommand)]
    New(new::New),
    /// Say more about an incident or about maintenance
    Update(writing::UpdateCommand),
    /// Say that an incident is over
    Resolve(writing::ResolveCommand),
    /// Say that an incident is not over after all
    Reopen(writing::ReopenCommand),
    /// Announce planned work
    Schedule(writing::MaintenanceCommand),
    /// Plan maintenance for another time
    Reschedule(writing::RescheduleCommand),
    /// Take an alarm of a monitor: begin an incident, add to one, or end it
    Alert(writing::AlertCommand),
    /// Write down how much more services can carry
    #[command(subcommand)]
    Capacity(writing::CapacityCommand),
    /// Say what is open and when the next word is due
    Status(status::StatusCommand),
    /// List the texts that an update can begin with
    Templates(writing::Templates),
    /// Report every fault of the content, and advice
    Check(check::Check),
    /// Say what the code of a fault means
    Explain(explain::Explain),
    /// Say what customers would see change
    Diff(diff::Diff),
    /// Show the site while you edit it
    Serve(serve::Serve),
    /// Make the site
    Build(build::BuildCommand),
    /// Compare a site that is published with its build
    Doctor(doctor::Doctor),
    /// Write a message for each update that was not sent before
    Outbox(outbox::Outbox),
    /// Say what needs somebody: postmortems, reviews, actions
    Report(report::Report),
    /// Take over the history of another system
    Import(import::Import),
    /// Print JSON Schemas of the content files, for editors
    Schema(schema::Schema),
    /// Change templates, styles and words
    #[command(subcommand)]
    Theme(theme::ThemeCommand),
    /// Make forms for editing in a browser
    Cms(cms::Cms),
    /// Print a script by which a shell completes commands
    Completions(completions::Completions),
    /// Print the manual page
    Man(man::Man),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// The content has faults, which are printed.
    Faults,
}

/// Why a command could not run, in a sentence for people.
// No enumeration: nothing but a person reads it, and every one of them ends the program in the same way.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct CannotRun(String);

impl CannotRun {
    fn because(error: impl std::fmt::Display) -> CannotRun {
        CannotRun(error.to_string())
    }
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let command = Cli::parse().command;
    threads::begin();
    // Returned to `main` and not ended with `exit`, which would leave files behind that are taken away when dropped.
    let result = match command {
        Command::Build(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Report(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Outbox(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::New(command) => command.run(),
        Command::Cms(command) => command.run(),
        Command::Theme(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
        Command::Status(command) => command.run(),
        Command::Update(command) => command.run(),
        Command::Alert(command) => command.run(),
        Command::Capacity(command) => command.run(),
        Command::Resolve(command) => command.run(),
        Command::Reopen(command) => command.run(),
        Command::Schedule(command) => command.run(),
        Command::Reschedule(command) => command.run(),
        Command::Templates(command) => command.run(),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Faults) => ExitCode::from(1),
        Err(error) => {
            print::say(&format!("error: {error}"));
            ExitCode::from(2)
        }
    }
}
