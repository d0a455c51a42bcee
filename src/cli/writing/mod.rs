//! Commands that write content: what is asked for, checked in memory as a whole site, shown as customers will
//! read it, and only then written.

mod alert;
mod begin;
mod capacity;
mod change;
mod commit;
mod editor_file;
mod message;
mod moment;
mod preview;
mod reschedule;
mod schedule;
mod statuses;
mod target;
mod templates;
mod terminal;
mod times;
mod update;
mod usual_status;
mod window;

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::clock::ClockArgs;
use super::{CannotRun, print};
use crate::author;
use crate::model::{Component, EntryKind, Id, Site};
use crate::pipeline::{Content, Options};
use crate::theme::{Formatter, Messages};
use crate::time::{Date, Time};

pub(super) use alert::AlertCommand;
pub(super) use begin::IncidentCommand;
pub(super) use capacity::CapacityCommand;
pub(super) use reschedule::RescheduleCommand;
pub(super) use schedule::MaintenanceCommand;
pub(super) use templates::Templates;
pub(super) use terminal::Terminal;
pub(super) use update::{ReopenCommand, ResolveCommand, UpdateCommand};

/// How a command goes about it.
#[derive(Args)]
struct WriteOptions {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Write without asking whether it is right
    #[arg(long)]
    yes: bool,
    /// Write nothing; print the file as it would be
    #[arg(long)]
    dry_run: bool,
    /// Commit the file to git, and nothing else; nothing is pushed
    #[arg(long, conflicts_with = "dry_run")]
    commit: bool,
    #[command(flatten)]
    clock: ClockArgs,
}

/// The bytes of a file, or of standard input for `-`; none if there are more than `most`.
fn read_at_most(file: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    match file == Path::new("-") {
        true => io::stdin().lock().take(most + 1).read_to_end(&mut bytes)?,
        false => std::fs::File::open(file)?.take(most + 1).read_to_end(&mut bytes)?,
    };
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

/// The site as it is before the change.
struct Workspace {
    content: Content,
    site: Arc<Site>,
    now: Time,
}

impl Workspace {
    /// Reads the site; none if its settings have faults, which are printed.
    fn open(options: &WriteOptions) -> Result<Option<Workspace>, CannotRun> {
        let now = options.clock.now()?;
        let content = Content::load(print::read(&options.site)?, false);
        let Some(site) = content.site().map(Arc::clone) else {
            print::complain(content.faults());
            return Ok(None);
        };
        Ok(Some(Workspace { content, site, now }))
    }

    /// What the file of a new entry is called, and where it belongs.
    fn new_entry(&self, kind: EntryKind, day: Date, name: &str) -> Result<(Id, String), CannotRun> {
        let files = self.content.files();
        let id = author::free_id(|id| self.has_file(kind, id), day, name).ok_or_else(|| {
            CannotRun(format!("`{name}` has no letter that can stand in an address: give `--name NAME`"))
        })?;
        let path = author::path(files, kind, day, &id);
        Ok((id, path))
    }

    /// Whether an entry of this name has a file, be it a draft or one with faults, which the site does not know.
    fn has_file(&self, kind: EntryKind, id: &Id) -> bool {
        let folder = format!("content/{}/", kind.folder());
        let is_its = |path: &str| Path::new(path).file_stem().is_some_and(|stem| *stem == **id);
        self.content.source().under(&folder).any(|(path, _)| is_its(path))
    }

    /// What the pages depend on, beside the content.
    fn options(&self) -> Options {
        Options::at(self.now)
    }

    /// Prints times as the pages do.
    fn format(&self) -> Formatter<'_> {
        Formatter { messages: self.messages(), zone: self.site.settings.zone }
    }

    /// The words of the pages.
    fn messages(&self) -> &Messages {
        self.content.messages()
    }

    fn component(&self, id: &Id) -> Option<&Arc<Component>> {
        self.site.components.iter().find(|component| component.id == *id)
    }

    /// As printed.
    fn name<'a>(&'a self, id: &'a Id) -> &'a str {
        self.component(id).map_or(id, |component| &component.name)
    }
}
