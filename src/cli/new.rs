//! `candor new`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::clock::Clock;
use super::{CannotRun, Outcome, report};
use crate::author;
use crate::diagnostic::did_you_mean;
use crate::model::{Id, IncidentRecord, Site as Model};
use crate::pipeline::{self, Build, Options};
use crate::time::Time;

/// Start something new.
#[derive(Subcommand)]
pub(super) enum New {
    /// Make the folder of a new site
    #[command(after_help = "Example:\n  candor new site status && cd status && candor serve")]
    Site(Site),
    /// Begin the postmortem of an incident, with all that the incident knows
    #[command(after_help = "Example:\n  candor new postmortem 2026-03-02-checkout-errors")]
    Postmortem(Postmortem),
}

#[derive(Args)]
pub(super) struct Site {
    /// The folder to make; it must be absent or empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

#[derive(Args)]
pub(super) struct Postmortem {
    /// The incident: its file name without the ending
    #[arg(value_name = "INCIDENT")]
    incident: String,
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[command(flatten)]
    clock: Clock,
}

impl New {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        match self {
            New::Site(command) => command.run(),
            New::Postmortem(command) => command.run(),
        }
    }
}

impl Site {
    fn run(self) -> Result<Outcome, CannotRun> {
        let folder = self.folder;
        let files = author::new_site(&folder).map_err(CannotRun::because)?;
        for file in files {
            report::say(&format!("{}", folder.join(file).display()));
        }
        let folder = folder.display();
        report::say(&format!("\nNow look at it:\n  candor serve --site {folder}"));
        Ok(Outcome::Fine)
    }
}

impl Postmortem {
    fn run(self) -> Result<Outcome, CannotRun> {
        let now = self.clock.now()?;
        let build = pipeline::build(&report::read(&self.site)?, &Options::at(now));
        let (Some(site), false) = (&build.site, self.is_faulty(&build)) else {
            report::complain(&build.diagnostics);
            report::say("nothing was written");
            return Ok(Outcome::Faults);
        };
        let record = self.find(site, now)?;
        refuse_second(site, &build, &record.incident.id)?;
        let draft = author::postmortem(site, record, now);
        author::write_new_file(&self.site, &draft.path, draft.text.as_bytes()).map_err(CannotRun::because)?;
        let path = self.site.join(&draft.path);
        report::say(&path.strip_prefix(".").unwrap_or(&path).display().to_string());
        Ok(Outcome::Fine)
    }

    /// Whether the incident's file is there and cannot be used. Faults elsewhere do not matter here.
    fn is_faulty(&self, build: &Build) -> bool {
        let incidents = build.site.iter().flat_map(|site| &site.incidents);
        let is_known = incidents.map(|record| &record.incident.id).any(|id| **id == *self.incident);
        !is_known && build.files.keys().any(|(kind, id)| *kind == "incidents" && **id == *self.incident)
    }

    fn find<'a>(&self, site: &'a Model, now: Time) -> Result<&'a IncidentRecord, CannotRun> {
        let known = || site.incidents.iter().filter(|record| record.incident.updates[0].at <= now);
        known().find(|record| *record.incident.id == *self.incident).ok_or_else(|| {
            let help = did_you_mean(&self.incident, known().map(|record| &*record.incident.id));
            let help = help.unwrap_or_else(|| "give the file name of an incident, without its ending".to_owned());
            CannotRun(format!("unknown incident `{}`: {help}", self.incident))
        })
    }
}

/// An incident has one postmortem.
fn refuse_second(site: &Model, build: &Build, incident: &Id) -> Result<(), CannotRun> {
    let report = site.postmortems.iter().find(|report| report.incident.as_ref() == Some(incident));
    let file = report.and_then(|report| build.files.get(&("postmortems", report.id.clone())));
    match file {
        Some(file) => Err(CannotRun(format!("`{incident}` has a postmortem already: {file}"))),
        None => Ok(()),
    }
}
