//! `candor import`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::progress::Verbosity;
use super::{CannotRun, Outcome, print};
use crate::import::{self, Imported, Note};
use crate::time::Zone;

/// Take over the history of another system.
#[derive(Subcommand)]
#[command(after_help = "Example:\n  candor import cstate ../old-status --out status && candor check --site status")]
pub(super) enum Import {
    /// A cState site: its config.yml, issues, pages and static files
    #[command(after_help = "Example:\n  candor import cstate ../old-status --out status && candor check --site status")]
    Cstate(From),
    /// A page of Statuspage: answers of its public API and its feed, saved as files
    #[command(
        after_help = "Example:\n  curl -o old/summary.json https://STATUS-PAGE/api/v2/summary.json\n  candor import statuspage old --out status && candor check --site status"
    )]
    Statuspage(From),
    /// A page of Cachet, version 2 or 3: answers of its API, saved as files
    #[command(
        after_help = "Example:\n  curl -o old/incidents.json 'https://STATUS-PAGE/api/v1/incidents?per_page=1000'\n  candor import cachet old --out status && candor check --site status"
    )]
    Cachet(Cachet),
    /// An Upptime repository, and its issues, saved as files
    #[command(
        after_help = "Example:\n  git clone https://github.com/OWNER/REPO old\n  gh api --paginate 'repos/OWNER/REPO/issues?state=all' > old/issues.json\n  gh api --paginate repos/OWNER/REPO/issues/comments > old/comments.json\n  candor import upptime old --out status && candor check --site status"
    )]
    Upptime(From),
    /// A Statusfy site: its settings, names and incidents
    #[command(
        after_help = "Example:\n  candor import statusfy ../old-status --out status && candor check --site status"
    )]
    Statusfy(From),
    /// The configuration of Gatus: a file, or a folder of them
    #[command(
        after_help = "Example:\n  candor import gatus ../gatus/config --out status && candor check --site status"
    )]
    Gatus(From),
    /// A page of OpenStatus: what it publishes at /feed/json, or rows of its tables, saved as files
    #[command(
        after_help = "Example:\n  curl -o old/feed.json https://STATUS-PAGE/feed/json\n  candor import openstatus old --out status && candor check --site status"
    )]
    Openstatus(From),
    /// A site of stactus: its settings and incidents in YAML
    #[command(
        after_help = "Example:\n  candor import stactus ../old-status --out status && candor check --site status"
    )]
    Stactus(From),
    /// Postmortems in a git repository: Markdown files, one for each report
    #[command(
        after_help = "Example:\n  candor import postmortems ../postmortems --out status && candor check --site status\n\nIf the new folder holds a site already, only postmortems are added to it."
    )]
    Postmortems(From),
}

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

#[derive(Args)]
pub(super) struct Cachet {
    #[command(flatten)]
    paths: From,
    /// The zone of times that name none: Cachet's own, such as Europe/Copenhagen; UTC if left out
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<Zone>,
}

fn zone(name: &str) -> Result<Zone, String> {
    Zone::named(name).ok_or_else(|| "no such zone; use a name such as `Europe/Copenhagen` or `Etc/UTC`".to_owned())
}

/// Reads the first folder and writes to the second.
type Importer = Box<dyn Fn(&Path, &Path) -> Result<Imported, import::ImportError>>;

impl Import {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let (take, From { from, out, verbosity }): (Importer, From) = match self {
            Import::Cstate(from) => (Box::new(import::import_cstate), from),
            Import::Statuspage(from) => (Box::new(import::import_statuspage), from),
            Import::Cachet(Cachet { paths, timezone }) => {
                (Box::new(move |from, out| import::import_cachet(from, timezone, out)), paths)
            }
            Import::Upptime(from) => (Box::new(import::import_upptime), from),
            Import::Statusfy(from) => (Box::new(import::import_statusfy), from),
            Import::Gatus(from) => (Box::new(import::import_gatus), from),
            Import::Openstatus(from) => (Box::new(import::import_openstatus), from),
            Import::Stactus(from) => (Box::new(import::import_stactus), from),
            Import::Postmortems(from) => (Box::new(import::import_postmortems), from),
        };
        let imported = verbosity.watch("taking over the files", None, |_| take(&from, &out));
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
