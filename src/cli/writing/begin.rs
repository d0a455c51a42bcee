//! `candor new incident`

use clap::Args;

use super::change::FileChange;
use super::message::{TextArgs, TextContext, text};
use super::moment::{Direction, length, moment, whole_minute};
use super::preview::{self, PreviewedUpdate};
use super::statuses::{component, of_component, word};
use super::templates::{ComponentStatuses, of_incident};
use super::terminal::Terminal;
use super::times::TimeArgs;
use super::{Workspace, WriteOptions};
use crate::author::{NewIncident, NewUpdate};
use crate::cli::{CannotRun, Outcome, print};
use crate::model::{ComponentStatus, Detection, EntryKind, Id, Impact, IncidentStatus, Visibility, Vocabulary};
use crate::time::Time;

/// Begin an incident: makes its file, with the first word to customers.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor new incident\n  candor new incident --title 'Payments fail' --component checkout=partial_outage --started 14:53"
)]
pub(in crate::cli) struct IncidentCommand {
    /// What customers notice, in a few words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = text)]
    title: Option<String>,
    /// A component and its status, such as `checkout=partial_outage`; may be repeated
    #[arg(long = "component", short, value_name = "ID=STATUS")]
    components: Vec<String>,
    /// How bad it is: none, minor, major, critical [default: by the worst status]
    #[arg(long, value_name = "IMPACT")]
    impact: Option<String>,
    /// When the impact began: a time, `14:53` in the site's zone, or `20m` for so long ago [default: now]
    #[arg(long, value_name = "TIME")]
    started: Option<String>,
    /// How long it lasted, such as `28m`: of one that is over, instead of `--started` or of `--at`
    #[arg(long, value_name = "DURATION")]
    duration: Option<String>,
    /// Who noticed first: monitor, employee, customer, third-party, security; not published
    #[arg(long, value_name = "WHO")]
    detected_by: Option<String>,
    /// Show it in the wiki alone
    #[arg(long)]
    internal: bool,
    /// How far it has come [default: investigating; with `--duration` resolved]
    #[arg(long, short, value_name = "STATUS")]
    status: Option<String>,
    /// What its file and its address are called after the day [default: by the title]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    times: TimeArgs,
    #[command(flatten)]
    options: WriteOptions,
}

impl IncidentCommand {
    pub(in crate::cli) fn run(self) -> Result<Outcome, CannotRun> {
        if self.text.is_question() {
            return self.text.list(&self.options);
        }
        let terminal = Terminal::new();
        let Some(workspace) = Workspace::open(&self.options)? else { return Ok(Outcome::Faults) };
        let mut incident = self.incident(&workspace, terminal)?;
        let day = workspace.site.settings.zone.date(incident.started);
        let (id, path) =
            workspace.new_entry(EntryKind::Incident, day, self.name.as_deref().unwrap_or(&incident.title))?;
        let help = preview::help(&workspace, &incident.title, &incident.update, None);
        let values =
            of_incident(&workspace, &incident.title, incident.started, &ComponentStatuses::new(), &incident.update);
        let message = self.text.get(&workspace, terminal, incident.update.status, TextContext { help, values })?;
        incident.update.body = message.text.trim().to_owned();
        let file = incident.file(path);
        let subject =
            format!("{}: {}", incident.title, workspace.messages().get(incident.update.status).to_lowercase());
        let change = FileChange { path: &file.path, text: file.text, subject };
        let Some(changed) = change.build(&workspace, Some(&id)) else { return Ok(Outcome::Faults) };
        changed.is_only(&workspace, EntryKind::Incident, &id, &file.path)?;
        let is_internal = incident.visibility == Visibility::Internal;
        let previewed = PreviewedUpdate {
            kind: EntryKind::Incident,
            id: &id,
            title: &incident.title,
            is_internal,
            update: &incident.update,
        };
        print::say(&preview::of(&workspace, &previewed, &changed, &[]));
        print::complain(&changed.diagnostics);
        change.keep(&workspace, &self.options, terminal, message)
    }

    /// The incident without its text.
    fn incident(&self, workspace: &Workspace, terminal: Terminal) -> Result<NewIncident, CannotRun> {
        let zone = workspace.site.settings.zone;
        let title = match &self.title {
            Some(title) => title.clone(),
            None if terminal.is_there => terminal.ask_until("Title, as customers would say it", "", wanted)?,
            None => return Err(CannotRun("the title is missing: give `--title TEXT`".to_owned())),
        };
        let title = wanted(&title)?;
        let components = self.components(workspace, terminal)?;
        let status = self.status(workspace)?;
        let length = self.length(status)?;
        let said = self.times.at(workspace)?;
        let mut at = said.unwrap_or(whole_minute(workspace.now));
        let past = |text: &str| match text {
            "now" => Ok(at),
            text => moment("--started", text, zone, workspace.now, Direction::Past),
        };
        let started = match (&self.started, length) {
            (Some(text), Some(length)) => {
                let started = past(text)?;
                at = ended(workspace, started, length, said)?;
                started
            }
            (Some(text), None) => past(text)?,
            (None, Some(length)) => at.plus_seconds(-length),
            (None, None) if terminal.is_there => {
                terminal.ask_until("Since when (15:04, or 20m ago)", "now", |text| {
                    past(text.trim_end_matches("ago").trim())
                })?
            }
            (None, None) => at,
        };
        let optional = |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty()).map(str::to_owned);
        let impact = optional(&self.impact).map(|text| word::<Impact>("--impact", &text)).transpose()?;
        let detected_by = self.detected_by(terminal)?;
        let worst = components.iter().map(|(_, status)| *status).max();
        let of_worst = worst.map_or(Impact::None, Impact::of);
        let next_update = self.times.next_update(workspace, at, impact.unwrap_or(of_worst), status)?;
        let update =
            NewUpdate { at, status, components, next_update, scheduled: None, occurrence: None, body: String::new() };
        let visibility = if self.internal { Visibility::Internal } else { Visibility::Public };
        Ok(NewIncident { title, impact, started, detected_by, visibility, is_draft: false, update })
    }

    /// How long it lasted, in seconds, if that was said.
    fn length(&self, status: &str) -> Result<Option<i64>, CannotRun> {
        let Some(text) = &self.duration else { return Ok(None) };
        if status != IncidentStatus::Resolved.word() {
            return Err(CannotRun(format!("--duration: what is `{status}` is not over; say `--started`")));
        }
        let length = length(text);
        let fault = || CannotRun(format!("--duration: `{text}` is no duration: write it as `28m`, `1h30m` or `1d`"));
        length.map(Some).ok_or_else(fault)
    }

    /// As said, else as the template has it.
    fn status(&self, workspace: &Workspace) -> Result<&'static str, CannotRun> {
        let status = match (&self.status, self.text.template(workspace)?) {
            (Some(text), _) => word::<IncidentStatus>("--status", text)?,
            (None, Some(template)) => word("--template", template.status.word())?,
            (None, None) if self.duration.is_some() => IncidentStatus::Resolved,
            (None, None) => IncidentStatus::Investigating,
        };
        Ok(status.word())
    }

    fn components(&self, workspace: &Workspace, terminal: Terminal) -> Result<Vec<(Id, ComponentStatus)>, CannotRun> {
        if !self.components.is_empty() || !terminal.is_there {
            return self.components.iter().map(|text| of_component(workspace, text)).collect();
        }
        if terminal.has_lists {
            return chosen(workspace, terminal);
        }
        let ids: Vec<&str> = workspace.site.components.iter().map(|component| &*component.id).collect();
        print::say(&format!("Components: {}", ids.join(", ")));
        let read = |text: &str| {
            let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
            parts.map(|part| of_component(workspace, part)).collect::<Result<Vec<_>, _>>()
        };
        terminal.ask_until("Which are affected, such as checkout=partial (empty: none)", "", read)
    }

    fn detected_by(&self, terminal: Terminal) -> Result<Option<Detection>, CannotRun> {
        let read = |text: &str| match text {
            "" => Ok(None),
            text => word::<Detection>("--detected-by", text).map(Some),
        };
        match &self.detected_by {
            Some(text) => read(text),
            None if terminal.has_lists => {
                const NOT_SAID: &str = "not said";
                let options = [&[NOT_SAID], Detection::WORDS].concat();
                let chosen = terminal.choose("Who noticed first", options, NOT_SAID)?;
                Ok(Detection::from_word(chosen))
            }
            None if terminal.is_there => {
                let question = format!("Who noticed first: {} (empty: not said)", Detection::WORDS.join(", "));
                terminal.ask_until(&question, "", read)
            }
            None => Ok(None),
        }
    }
}

/// When something ended that lasted so long.
fn ended(workspace: &Workspace, started: Time, length: i64, said: Option<Time>) -> Result<Time, CannotRun> {
    let end = started.plus_seconds(length);
    if said.is_some_and(|said| said != end) {
        return Err(CannotRun("--duration: `--started` and `--at` say another; leave one of the three out".to_owned()));
    }
    if end > workspace.now {
        return Err(CannotRun("--duration: so it would end after the present; check `--started`".to_owned()));
    }
    Ok(end)
}

/// Components from a list, and the status of each.
fn chosen(workspace: &Workspace, terminal: Terminal) -> Result<Vec<(Id, ComponentStatus)>, CannotRun> {
    let ids: Vec<&str> = workspace.site.components.iter().map(|component| &*component.id).collect();
    let chosen = terminal.choose_several("Which components are affected", ids)?;
    let usual = ComponentStatus::PartialOutage.word();
    let status = |id: &&str| Ok((component(workspace, id)?, terminal.ask_word(&format!("{id} is now"), usual)?));
    chosen.iter().map(status).collect()
}

/// A title with text.
pub(super) fn wanted(title: &str) -> Result<String, CannotRun> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() { Err(CannotRun("the title is empty".to_owned())) } else { Ok(title) }
}
