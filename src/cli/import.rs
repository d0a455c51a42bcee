//! `candor import`

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::progress::Verbosity;
use super::{CannotRun, Outcome, print};
use crate::import::{FORMATS, ImportFormat, Imported, Note};
use crate::time::Zone;

/// Take over the history of another system.
pub(super) struct Import {
    format: &'static ImportFormat,
    from: From,
    zone: Option<Zone>,
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
    /// The zone of times that name none: Cachet's own, such as Europe/Copenhagen; UTC if left out
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<Zone>,
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
        Ok(Import { format, from: From::from_arg_matches(matches)?, zone })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Import::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Import {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let Import { format, from: From { from, out, verbosity }, zone } = self;
        let imported = verbosity.watch("taking over the files", None, |_| format.import(&from, zone, &out));
        let imported = imported.map_err(CannotRun::because)?;
        // What could not be taken over as it was is the result to read; the totals are messages.
        print::give(&imported.notes.iter().map(line).collect::<String>());
        verbosity.say(&totals(&imported));
        verbosity.say(&format!("\nNow read the notes above, then:\n  candor check --site {}", out.display()));
        Ok(Outcome::Fine)
    }
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
