//! `candor new`

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};

use super::clock::ClockArgs;
use super::writing::Terminal;
use super::{CannotRun, Outcome, print, writing};
use crate::author::{self, Beginning, Ci, HOSTS, Host};
use crate::diagnostic::did_you_mean;
use crate::model::{EntryKind, Id, IncidentRecord, Site, is_site_address};
use crate::pipeline::Content;
use crate::time::Time;

/// Start something new.
#[derive(Subcommand)]
#[command(
    after_help = "Examples:\n  candor new site status && cd status && candor serve\n  candor new postmortem 2026-03-02-checkout-errors"
)]
pub(super) enum New {
    /// Make the folder of a new site
    #[command(
        after_help = "Examples:\n  candor new site status && cd status && candor serve --open\n  candor new site status --name 'Acme Status' --url https://status.acme.example/ -c Shop -c API\n  candor new site status --host github-pages\n  candor new site status --host s3 --ci gitlab"
    )]
    Site(SiteCommand),
    /// Begin the postmortem of an incident, with all that the incident knows
    #[command(after_help = "Example:\n  candor new postmortem 2026-03-02-checkout-errors")]
    Postmortem(PostmortemCommand),
    /// Begin an incident
    Incident(writing::IncidentCommand),
    /// Announce planned work; the same as `candor schedule`
    #[command(
        after_help = "Example:\n  candor new maintenance --title 'Database upgrade' --component checkout --until 2h"
    )]
    Maintenance(writing::MaintenanceCommand),
}

#[derive(Args)]
pub(super) struct SiteCommand {
    /// The folder to make; it must be absent or empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What the page is called
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The address at which it will be published
    #[arg(long, value_name = "URL", value_parser = address)]
    url: Option<String>,
    /// The name of a component; may be given several times
    #[arg(long = "component", short, value_name = "NAME", value_parser = component_name)]
    components: Vec<String>,
    /// Where the site will be published: adds a workflow that checks and publishes it
    #[arg(long, value_name = "HOST", value_parser = PossibleValuesParser::new(HOSTS.iter().map(|host| host.word)))]
    host: Option<String>,
    /// Where the workflow runs [default: github, but gitlab for gitlab-pages]
    #[arg(long, value_enum, requires = "host")]
    ci: Option<CiWord>,
}

#[derive(Clone, Copy, ValueEnum)]
enum CiWord {
    /// GitHub Actions
    Github,
    /// GitLab CI
    Gitlab,
}

#[derive(Args)]
pub(super) struct PostmortemCommand {
    /// The incident: its file name without the ending
    #[arg(value_name = "INCIDENT")]
    incident: String,
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[command(flatten)]
    clock: ClockArgs,
}

impl New {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        match self {
            New::Site(command) => command.run(),
            New::Postmortem(command) => command.run(),
            New::Incident(command) => command.run(),
            New::Maintenance(command) => command.run(),
        }
    }
}

impl SiteCommand {
    fn run(mut self) -> Result<Outcome, CannotRun> {
        self.ask()?;
        let host = self.host.as_deref().and_then(Host::named);
        let workflow = match host {
            Some(host) => self.workflow(host)?,
            None => Vec::new(),
        };
        let files = author::new_site(&self.folder, &self.beginning(), &workflow).map_err(CannotRun::because)?;
        for file in files {
            print::say(&format!("{}", self.folder.join(file).display()));
        }
        if let Some(host) = host {
            print::say("\nBefore the first run, set in the CI of the repository:");
            host.settings().for_each(|setting| print::say(&format!("  {}: {}", setting.name, setting.meaning)));
        }
        let site = self.folder.display();
        print::say(&format!(
            "\nNow look at it, and begin your first incident:\n  candor serve --open --site {site}\n  candor new incident --site {site}"
        ));
        Ok(Outcome::Fine)
    }

    fn beginning(&self) -> Beginning {
        Beginning { name: self.name.clone(), url: self.url.clone(), components: self.components.clone() }
    }

    /// Asks whoever sits at a terminal for what was not given; whoever gave anything of it knows the way.
    fn ask(&mut self) -> Result<(), CannotRun> {
        let terminal = Terminal::new();
        let is_given = self.beginning() != Beginning::default() || self.host.is_some();
        if !terminal.is_there || is_given {
            return Ok(());
        }
        self.name = Some(terminal.ask("What is the page called", "Example Status")?);
        let read = |text: &str| address(text).map_err(CannotRun);
        self.url = Some(terminal.ask_until("Its address", "https://status.example.org/", read)?);
        let read = |text: &str| {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            names.map(component_name).collect::<Result<Vec<String>, String>>().map_err(CannotRun)
        };
        self.components = terminal.ask_until("What customers use, with commas between", "Website, API", read)?;
        let words = HOSTS.iter().map(|host| host.word);
        let hint = format!("Where it is published: {}, or nothing yet", words.clone().collect::<Vec<_>>().join(", "));
        let read = |text: &str| match text {
            "" => Ok(None),
            word if words.clone().any(|known| known == word) => Ok(Some(word.to_owned())),
            word => Err(CannotRun(format!("`{word}` is none of them"))),
        };
        self.host = terminal.ask_until(&hint, "", read)?;
        Ok(())
    }

    fn workflow(&self, host: &Host) -> Result<Vec<(&'static str, String)>, CannotRun> {
        let ci = match self.ci {
            Some(CiWord::Github) => Ci::Github,
            Some(CiWord::Gitlab) => Ci::Gitlab,
            None => host.usual_ci(),
        };
        let why = || CannotRun(format!("{} publishes only from its own CI: leave `--ci` out", host.word));
        host.files(ci).ok_or_else(why)
    }
}

/// The address of a site, with a slash at its end.
fn address(text: &str) -> Result<String, String> {
    if !is_site_address(text) {
        return Err("an address begins with `https://` and a host, such as `https://status.example.org/`".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

/// A name from which an id can be made.
fn component_name(text: &str) -> Result<String, String> {
    let has_id = Id::slug(text).is_some();
    has_id.then(|| text.trim().to_owned()).ok_or_else(|| format!("`{text}` has no letter or digit to make an id of"))
}

impl PostmortemCommand {
    fn run(self) -> Result<Outcome, CannotRun> {
        let now = self.clock.now()?;
        let content = Content::load(print::read(&self.site)?, false);
        let (Some(site), false) = (content.site(), self.is_faulty(&content)) else {
            print::complain(content.faults());
            print::say("nothing was written");
            return Ok(Outcome::Faults);
        };
        let record = self.find(site, now)?;
        refuse_second(site, &content, &record.incident.id)?;
        let file = author::postmortem(site, record, now);
        author::write_new_file(&self.site, &file.path, file.text.as_bytes()).map_err(CannotRun::because)?;
        let path = self.site.join(&file.path);
        print::say(&path.strip_prefix(".").unwrap_or(&path).display().to_string());
        Ok(Outcome::Fine)
    }

    /// Whether the incident's file is there and cannot be used. Faults elsewhere do not matter here.
    fn is_faulty(&self, content: &Content) -> bool {
        let incidents = content.site().into_iter().flat_map(|site| &site.incidents);
        let is_known = incidents.map(|record| &record.incident.id).any(|id| **id == *self.incident);
        !is_known && content.files().keys().any(|(kind, id)| *kind == EntryKind::Incident && **id == *self.incident)
    }

    fn find<'a>(&self, site: &'a Site, now: Time) -> Result<&'a IncidentRecord, CannotRun> {
        let known = || site.incidents.iter().filter(|record| record.incident.updates[0].at <= now);
        known().find(|record| *record.incident.id == *self.incident).ok_or_else(|| {
            let help = did_you_mean(&self.incident, known().map(|record| &*record.incident.id));
            let help = help.unwrap_or_else(|| "give the file name of an incident, without its ending".to_owned());
            CannotRun(format!("unknown incident `{}`: {help}", self.incident))
        })
    }
}

/// An incident has one postmortem.
fn refuse_second(site: &Site, content: &Content, incident: &Id) -> Result<(), CannotRun> {
    let postmortem = site.postmortems.iter().find(|postmortem| postmortem.incident.as_ref() == Some(incident));
    let file = postmortem.and_then(|postmortem| content.file(EntryKind::Postmortem, &postmortem.id));
    match file {
        Some(file) => Err(CannotRun(format!("`{incident}` has a postmortem already: {file}"))),
        None => Ok(()),
    }
}
