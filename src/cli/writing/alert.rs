//! `candor alert`

use std::path::{Path, PathBuf};

use clap::Args;

use super::change::FileChange;
use super::message::Message;
use super::moment::whole_minute;
use super::templates::{self, ComponentStatuses, of_incident};
use super::terminal::Terminal;
use super::times::TimeArgs;
use super::{Workspace, WriteOptions, preview, read_at_most};
use crate::alert::{self, Alarm, AlertFormat, AlertRecords, Decision, OpenIncident, PRESETS, decide};
use crate::author::{NewIncident, NewUpdate, append, fill_in};
use crate::cli::{CannotRun, Outcome, print};
use crate::model::{
    AlertRule, Blank, ComponentStatus, Detection, EntryKind, Id, Impact, Incident, IncidentStatus, Template,
    TemplateStatus, Visibility,
};
use crate::time::Time;

/// The longest body that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// An alarm that says that it began so many seconds ago and was not heard of is of a wrong clock, or a person knows more.
const LONG_AGO: i64 = 7 * 86_400;

/// Take an alarm of a monitor: begin an incident, add to one, or end it, by the rules of `alerts` in `site.yaml`.
///
/// The same alarm again adds nothing. Nothing of its words is published.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor alert --from alertmanager body.json\n  candor alert   # looks again at alarms that wait\n\nFormats: alertmanager, betterstack, cloudevents, cloudwatch, datadog, gatus, grafana, pagerduty, uptime-kuma; or a file with a mapping of your own."
)]
pub(in crate::cli) struct AlertCommand {
    /// A file with the body of one webhook; left out, standard input
    #[arg(value_name = "FILE", requires = "from")]
    body: Option<PathBuf>,
    /// The format of the body, or a file that describes it; left out, no body is read, and only alarms that wait are
    /// looked at
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    /// What is known of earlier alarms
    #[arg(long, value_name = "FILE", default_value = "alerts-state.json")]
    state: PathBuf,
    #[command(flatten)]
    options: WriteOptions,
}

impl AlertCommand {
    pub(in crate::cli) fn run(self) -> Result<Outcome, CannotRun> {
        let alarms = self.alarms()?;
        let mut records = records(&self.state)?;
        let Some(mut workspace) = Workspace::open(&self.options)? else { return Ok(Outcome::Faults) };
        let rules = workspace.site.internal.alerts.clone();
        if rules.is_empty() {
            return Err(CannotRun("`alerts` of `content/site.yaml` has no rule: add one".to_owned()));
        }
        let open = open_incidents(&workspace, &records);
        let mut outcome = Outcome::Fine;
        for decision in decide(&alarms, &mut records, &rules, &open, workspace.now) {
            let done = match decision {
                Decision::Begin { rule, started, keys } => {
                    self.begin(&workspace, &rules[rule], started)?.inspect(|id| note(&mut records, &keys, id)).is_some()
                }
                Decision::End { incident, ended } => self.end(&workspace, &rules, &records, &incident, ended)?,
                said => {
                    print::say(&words(&workspace, &said));
                    continue;
                }
            };
            if !done {
                outcome = Outcome::Faults;
            } else if !self.options.dry_run {
                // What was decided is remembered at once: a later one may fail.
                self.keep(&records, workspace.now)?;
                match Workspace::open(&self.options)? {
                    Some(next) => workspace = next,
                    None => return Ok(Outcome::Faults),
                }
            }
        }
        if !self.options.dry_run {
            self.keep(&records, workspace.now)?;
        }
        Ok(outcome)
    }

    /// What the body tells of; what of it is passed over is said.
    fn alarms(&self) -> Result<Vec<Alarm>, CannotRun> {
        let Some(name) = &self.from else { return Ok(Vec::new()) };
        let format = format(name)?;
        let (alarms, passed) = alert::read(&body(self.body.as_deref())?, &format).map_err(CannotRun)?;
        passed.iter().for_each(|why| print::say(&format!("passed over: {why}")));
        Ok(alarms)
    }

    /// Makes the incident of a rule; none if it has faults, which are printed.
    fn begin(&self, workspace: &Workspace, rule: &AlertRule, started: Time) -> Result<Option<Id>, CannotRun> {
        let mut incident = incident(workspace, rule, started)?;
        if rule.is_public && incident.is_draft {
            let when = workspace.format().near(started, workspace.now);
            print::say(&format!("{}: a draft, since its alarm says that it began {when}: look at that", rule.title));
        }
        let template = match &rule.template {
            Some(name) => templates::named(workspace, name)?,
            None => template(workspace, TemplateStatus::Investigating)?,
        };
        let values = of_incident(workspace, &incident.title, started, &ComponentStatuses::new(), &incident.update);
        incident.update.body = filled(&template.body, values);
        let day = workspace.site.settings.zone.date(started);
        let (id, path) = workspace.new_entry(EntryKind::Incident, day, &incident.title)?;
        let text = incident.file(path.clone()).text;
        let change = FileChange { path: &path, text, subject: format!("{}: begun by an alarm", incident.title) };
        Ok(self.write(workspace, change, &id, &incident.update.body)?.then_some(id))
    }

    /// Resolves the incident whose last alarm is over if the site wants that, else says how.
    fn end(
        &self,
        workspace: &Workspace,
        rules: &[AlertRule],
        records: &AlertRecords,
        id: &Id,
        ended: Time,
    ) -> Result<bool, CannotRun> {
        let when = workspace.format().near(ended, workspace.now);
        let record = workspace.site.incidents.iter().find(|record| record.incident.id == *id);
        let Some(incident) = record.map(|record| &record.incident).filter(|incident| is_open(incident)) else {
            print::say(&format!(
                "{id}: its last alarm is over since {when}; it is a draft, resolved or gone: nothing to do"
            ));
            return Ok(true);
        };
        let of_it = |record: &&alert::AlarmRecord| record.incident.as_deref() == Some(&**id);
        let rule = records.0.values().filter(of_it).find_map(|record| rules.get(record.rule?));
        if !rule.is_some_and(|rule| rule.resolves) {
            print::say(&format!("{id}: its last alarm is over since {when}; if customers agree: candor resolve {id}"));
            return Ok(true);
        }
        let resolved = IncidentStatus::Resolved.word();
        let at = incident.updates.last().map_or(workspace.now, |last| last.at.max(whole_minute(workspace.now)));
        let mut update = NewUpdate {
            at,
            status: resolved,
            components: Vec::new(),
            next_update: None,
            scheduled: None,
            occurrence: None,
            body: String::new(),
        };
        let values =
            of_incident(workspace, &incident.title, incident.started, &preview::statuses(&workspace.site, id), &update);
        update.body = filled(&template(workspace, TemplateStatus::Resolved)?.body, values);
        let path = workspace.content.file(EntryKind::Incident, id).unwrap_or_default().to_owned();
        let bytes = workspace.content.source().get(&path).ok_or_else(|| CannotRun(format!("{id} has no file")))?;
        let text = append(&path, bytes, &update).map_err(CannotRun::because)?;
        let change = FileChange { path: &path, text, subject: format!("{}: the alarm is over", incident.title) };
        self.write(workspace, change, id, &update.body)
    }

    fn write(&self, workspace: &Workspace, change: FileChange<'_>, id: &Id, body: &str) -> Result<bool, CannotRun> {
        let Some(changed) = change.build(workspace, Some(id)) else { return Ok(false) };
        changed.is_only(workspace, EntryKind::Incident, id, change.path)?;
        // Nobody sits there when a monitor calls.
        let nobody = Terminal { is_there: false, has_lists: false };
        let message = Message { text: body.to_owned(), editor_file: None };
        change.keep(workspace, &self.options, nobody, message).map(|_| true)
    }

    fn keep(&self, records: &AlertRecords, now: Time) -> Result<(), CannotRun> {
        let staged = crate::files::stage(&self.state, records.print(now).as_bytes());
        let kept = staged.and_then(crate::files::Staged::replace);
        kept.map_err(|error| CannotRun(format!("cannot write `{}`: {error}", self.state.display())))
    }
}

fn format(name: &str) -> Result<AlertFormat, CannotRun> {
    if let Some(format) = AlertFormat::named(name) {
        return Ok(format);
    }
    let names: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
    let text = std::fs::read(name).map_err(|error| {
        CannotRun(format!("--from: `{name}` is none of {}, and no file: {error}", names.join(", ")))
    })?;
    AlertFormat::read(&String::from_utf8_lossy(&text)).map_err(|why| CannotRun(format!("{name}: {why}")))
}

fn body(file: Option<&Path>) -> Result<Vec<u8>, CannotRun> {
    let read = read_at_most(file.unwrap_or(Path::new("-")), LONGEST);
    let bytes = read.map_err(|error| CannotRun(format!("the body cannot be read: {error}")))?;
    bytes.ok_or_else(|| CannotRun("the body has more than 1 MiB".to_owned()))
}

fn records(file: &Path) -> Result<AlertRecords, CannotRun> {
    match std::fs::read(file) {
        Ok(bytes) => AlertRecords::parse(&String::from_utf8_lossy(&bytes))
            .map_err(|why| CannotRun(format!("{}: this is no state of alarms: {why}", file.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(AlertRecords::default()),
        Err(error) => Err(CannotRun(format!("cannot read `{}`: {error}", file.display()))),
    }
}

/// The incidents that are open, and those of alarms that still wait as drafts for somebody to look at them.
fn open_incidents(workspace: &Workspace, records: &AlertRecords) -> Vec<OpenIncident> {
    let public = workspace.site.incidents.iter().map(|record| &record.incident);
    let mut open: Vec<OpenIncident> = public
        .filter(|incident| is_open(incident))
        .map(|incident| OpenIncident {
            id: incident.id.clone(),
            components: preview::statuses(&workspace.site, &incident.id),
        })
        .collect();
    let of_alarms = records.0.values().filter_map(|record| Id::new(record.incident.as_deref()?));
    let is_published = |id: &Id| workspace.site.incidents.iter().any(|record| record.incident.id == *id);
    let drafts = of_alarms.filter(|id| !is_published(id) && workspace.has_file(EntryKind::Incident, id));
    open.extend(drafts.map(|id| OpenIncident { id, components: ComponentStatuses::new() }));
    open
}

fn is_open(incident: &Incident) -> bool {
    incident.updates.last().is_some_and(|last| last.status != IncidentStatus::Resolved)
}

/// The incident of a rule, without its text.
fn incident(workspace: &Workspace, rule: &AlertRule, started: Time) -> Result<NewIncident, CannotRun> {
    let at = whole_minute(workspace.now).max(started);
    let status = IncidentStatus::Investigating.word();
    let worst = rule.components.iter().map(|(_, status)| *status).max();
    let impact = worst.filter(|status| *status != ComponentStatus::Operational).map_or(Impact::None, Impact::of);
    let next_update = TimeArgs::default().next_update(workspace, at, impact, status)?;
    let components = rule.components.clone();
    let update =
        NewUpdate { at, status, components, next_update, scheduled: None, occurrence: None, body: String::new() };
    Ok(NewIncident {
        title: rule.title.clone(),
        impact: None,
        started,
        detected_by: Some(Detection::Monitor),
        visibility: Visibility::Public,
        is_draft: !rule.is_public || started.plus_seconds(LONG_AGO) < workspace.now,
        update,
    })
}

fn template(workspace: &Workspace, status: TemplateStatus) -> Result<Template, CannotRun> {
    let none = || CannotRun(format!("there is no template for `{}`", status.word()));
    templates::of_status(workspace, status).ok_or_else(none)
}

/// The text of a template, in which what only a person knows is left out.
fn filled(body: &str, mut values: crate::author::Values) -> String {
    for blank in [Blank::Symptom, Blank::Works, Blank::Data] {
        values.insert(blank, String::new());
    }
    fill_in(body, &values).trim().to_owned()
}

fn note(records: &mut AlertRecords, keys: &[String], incident: &Id) {
    for key in keys {
        records.0.entry(key.clone()).and_modify(|record| record.incident = Some(incident.to_string()));
    }
}

fn words(workspace: &Workspace, decision: &Decision) -> String {
    match decision {
        Decision::Join { key, incident } => format!("`{key}`: {incident} tells of it"),
        Decision::Wait { key, until } => {
            format!("`{key}`: waits until {}", workspace.format().near(*until, workspace.now))
        }
        Decision::Unknown { key } => format!("`{key}`: no rule of `alerts` has its labels"),
        Decision::Begin { .. } | Decision::End { .. } => String::new(),
    }
}
