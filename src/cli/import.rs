//! `candor import`

use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::progress::Verbosity;
use super::{CannotRun, Outcome, print};
use crate::document::{Document, Node};
use crate::import::{FORMATS, Headings, ImportFormat, Imported, Note};
use crate::time::Zone;

/// Take over the history of another system.
pub(super) struct Import {
    format: &'static ImportFormat,
    from: From,
    zone: Option<Zone>,
    headings: Option<PathBuf>,
}

const EXAMPLE: &str = "Example:\n  candor import cstate ../old-status --out status && candor check --site status";

#[derive(Args)]
pub(super) struct From {
    /// The folder of the old site, of what was saved of it, or of the reports
    #[arg(value_name = "DIR")]
    from: PathBuf,
    /// The folder of the new site; importing again changes nothing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    verbosity: Verbosity,
}

/// For systems whose times do not say their zone.
#[derive(Args)]
struct Times {
    /// The zone of times that name none, such as Europe/Copenhagen; UTC if left out
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<Zone>,
}

/// For texts whose headings may be the author's own.
#[derive(Args)]
struct Sections {
    /// What headings of your own stand for: YAML with a line for each, such as `Was los war: Summary`
    #[arg(long, value_name = "FILE")]
    headings: Option<PathBuf>,
}

fn zone(name: &str) -> Result<Zone, String> {
    Zone::named(name).ok_or_else(|| "no such zone; use a name such as `Europe/Copenhagen` or `Etc/UTC`".to_owned())
}

// By hand, since the subcommands are the lines of a table and no variants of a type.
impl Subcommand for Import {
    fn augment_subcommands(command: Command) -> Command {
        let subcommands = FORMATS.iter().map(|format| {
            let command = From::augment_args(Command::new(format.name));
            let command = if format.has_zone { command } else { Times::augment_args(command) };
            let command = if format.has_headings { Sections::augment_args(command) } else { command };
            command.about(format.about).after_help(format.help)
        });
        command.about("Take over the history of another system").after_help(EXAMPLE).subcommands(subcommands)
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Import::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        ImportFormat::named(name).is_some()
    }
}

impl FromArgMatches for Import {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Import, clap::Error> {
        let chosen = matches.subcommand().and_then(|(name, matches)| Some((ImportFormat::named(name)?, matches)));
        let (format, matches) = chosen.ok_or_else(|| clap::Error::new(ErrorKind::MissingSubcommand))?;
        let zone = if format.has_zone { None } else { Times::from_arg_matches(matches)?.timezone };
        let headings = if format.has_headings { Sections::from_arg_matches(matches)?.headings } else { None };
        Ok(Import { format, from: From::from_arg_matches(matches)?, zone, headings })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Import::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Import {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let Import { format, from: From { from, out, verbosity }, zone, headings } = self;
        let headings = headings.map(|path| own_headings(&path)).transpose()?.unwrap_or_default();
        let imported =
            verbosity.watch("taking over the files", None, |_| format.import_with(&from, zone, headings, &out));
        let imported = imported.map_err(CannotRun::because)?;
        // What could not be taken over as it was is the result to read; the totals are messages.
        print::give(&imported.notes.iter().map(line).collect::<String>());
        verbosity.say(&totals(&imported));
        verbosity.say(&format!("\nNow read the notes above, then:\n  candor check --site {}", out.display()));
        Ok(Outcome::Fine)
    }
}

/// Reads a file of headings: each with the section that it stands for.
fn own_headings(path: &Path) -> Result<Headings, CannotRun> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| CannotRun::because(format!("cannot read `{name}`: {cause}")))?;
    let document = Document::read(&name, &bytes);
    let document = document.map_err(|faults| {
        let why: Vec<String> = faults.iter().map(|fault| fault.message.clone()).collect();
        CannotRun::because(format!("cannot read `{name}`: {}", why.join("; ")))
    })?;
    let Node::Map(entries) = document.root() else {
        return Err(CannotRun::because(format!(
            "`{name}` is no list of headings: write a line such as `Was los war: Summary` for each"
        )));
    };
    let mut headings = Headings::default();
    for (heading, section) in entries {
        let Node::Text(section) = section else {
            return Err(CannotRun::because(format!(
                "in `{name}`, the heading `{heading}` stands for no section: write `{heading}: Summary`"
            )));
        };
        if !headings.add(heading, section) {
            return Err(CannotRun::because(format!(
                "in `{name}`, the heading `{heading}` stands for `{section}`, which is no section: write one such as `Summary`, `Impact` or `Timeline`"
            )));
        }
    }
    Ok(headings)
}

fn line(note: &Note) -> String {
    match note.line {
        Some(line) => format!("{}:{line}: {}\n", note.path, note.message),
        None => format!("{}: {}\n", note.path, note.message),
    }
}

fn totals(imported: &Imported) -> String {
    let summary = &imported.summary;
    if summary.postmortems > 0 {
        return format!("{} postmortems, {} notes", summary.postmortems, imported.notes.len());
    }
    format!(
        "{} entries read: {} incidents, {} maintenance, {} announcements, {} set aside as internal pages\n\
         {} components, {} pages, {} static files, {} notes",
        summary.entries,
        summary.incidents,
        summary.maintenance,
        summary.announcements,
        summary.set_aside,
        summary.components,
        summary.pages,
        summary.static_files,
        imported.notes.len()
    )
}
