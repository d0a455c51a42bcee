//! `candor update`, `candor resolve`, `candor reopen`

use clap::Args;

use super::change::FileChange;
use super::message::{TextArgs, TextContext};
use super::moment::whole_minute;
use super::statuses::{of_component, word};
use super::target::{TargetEntry, UpdateTarget};
use super::terminal::Terminal;
use super::times::TimeArgs;
use super::usual_status::usual_status;
use super::window::WindowArgs;
use super::{Workspace, WriteOptions, preview};
use crate::author::{NewUpdate, append};
use crate::cli::{CannotRun, Outcome, print};
use crate::model::{Incident, IncidentStatus, Maintenance, MaintenanceStatus, Site, TemplateStatus};
use crate::time::Time;

/// Say more about an incident or about maintenance: adds an update at the end of its file.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor update --status identified\n  candor update checkout-errors --component checkout=degraded --next-update 30m\n  candor update checkout-errors --message 'We know the cause.' --yes --commit\n  candor update weekly-restart --status cancelled --all-times"
)]
pub(in crate::cli) struct UpdateCommand {
    /// The entry: its file name, or a part of it; left out, the incident that is open
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// How far it has come: investigating, identified, monitoring, resolved; of maintenance scheduled,
    /// in_progress, verifying, completed, postponed, cancelled [default: as before; a note on what is over is `scheduled`]
    #[arg(long, short, value_name = "STATUS")]
    status: Option<String>,
    /// Of recurring work, mean all times to come, not the one at hand; with `scheduled` or `cancelled`
    #[arg(long)]
    all_times: bool,
    #[command(flatten)]
    arguments: UpdateArgs,
}

/// Say that it is over: adds the last update, after which every component works.
#[derive(Args)]
#[command(
    after_help = "Example:\n  candor resolve checkout-errors --message 'Payments work again. No order was lost.'"
)]
pub(in crate::cli) struct ResolveCommand {
    /// The entry: its file name, or a part of it; left out, the incident that is open
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    arguments: UpdateArgs,
}

/// Say that an incident is not over after all.
#[derive(Args)]
#[command(after_help = "Example:\n  candor reopen checkout-errors --component checkout=partial_outage")]
pub(in crate::cli) struct ReopenCommand {
    /// The incident: its file name, or a part of it
    #[arg(value_name = "ID")]
    id: String,
    /// How far it has come: investigating, identified or monitoring
    #[arg(long, short, value_name = "STATUS", default_value = "investigating")]
    status: String,
    #[command(flatten)]
    arguments: UpdateArgs,
}

/// What an update says, and when.
#[derive(Args)]
pub(super) struct UpdateArgs {
    /// A component and its new status, such as `checkout=partial_outage`; may be repeated
    #[arg(long = "component", short, value_name = "ID=STATUS")]
    components: Vec<String>,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    times: TimeArgs,
    #[command(flatten)]
    options: WriteOptions,
    /// Of recurring work, whether it is about all times to come.
    #[arg(skip)]
    is_about_all: bool,
}

/// Which of the four commands it is.
pub(super) enum UpdateAction {
    Update(Option<String>),
    Resolve,
    Reopen(String),
    Reschedule(WindowArgs),
}

impl UpdateCommand {
    pub(in crate::cli) fn run(mut self) -> Result<Outcome, CannotRun> {
        self.arguments.is_about_all = self.all_times;
        self.arguments.run(self.id.as_deref(), &UpdateAction::Update(self.status))
    }
}

impl ResolveCommand {
    pub(in crate::cli) fn run(self) -> Result<Outcome, CannotRun> {
        self.arguments.run(self.id.as_deref(), &UpdateAction::Resolve)
    }
}

impl ReopenCommand {
    pub(in crate::cli) fn run(self) -> Result<Outcome, CannotRun> {
        self.arguments.run(Some(&self.id), &UpdateAction::Reopen(self.status))
    }
}

impl UpdateArgs {
    pub(super) fn run(self, id: Option<&str>, action: &UpdateAction) -> Result<Outcome, CannotRun> {
        if self.text.is_question() {
            return self.text.list(&self.options);
        }
        let terminal = Terminal::new();
        let Some(workspace) = Workspace::open(&self.options)? else { return Ok(Outcome::Faults) };
        let Some(mut target) = UpdateTarget::find(&workspace, id)? else { return Ok(Outcome::Faults) };
        if self.is_about_all {
            target.mean_all_times()?;
        }
        let template = self.text.template(&workspace)?.map(|template| template.status);
        let (status, scheduled) = match action {
            UpdateAction::Reschedule(window) => {
                let (window, status) = window.plan(&workspace, &target)?;
                (status.word(), Some(window))
            }
            action => (status(&workspace, &target, action, template, terminal)?, None),
        };
        let mut update = NewUpdate { scheduled, ..self.update(&workspace, &target, status)? };
        let help = preview::help(&workspace, target.title(), &update, target.last_word());
        let subject = TextContext { help, values: target.values(&workspace, &update) };
        let message = self.text.get(&workspace, terminal, status, subject)?;
        update.body = message.text.trim().to_owned();
        let bytes = workspace.content.source().get(target.path).map_or(&[][..], |bytes| bytes);
        let text = append(target.path, bytes, &update).map_err(CannotRun::because)?;
        let subject = format!("{}: {}", target.title(), workspace.messages().get(status).to_lowercase());
        let change = FileChange { path: target.path, text, subject };
        let Some(changed) = change.build(&workspace, Some(target.id())) else { return Ok(Outcome::Faults) };
        changed.is_only(&workspace, target.kind(), target.id(), target.path)?;
        if !has_one_more(&changed.site, &target) {
            let path = target.path;
            return Err(CannotRun(format!("{path}: the update would change something else too; write it by hand")));
        }
        let planned = scheduled.or_else(|| target.window_of_time(&workspace));
        let planned: Vec<String> =
            planned.map(|window| workspace.format().planned(window.from, window.until)).into_iter().collect();
        print::say(&preview::of(&workspace, &target.previewed(&update), &changed, &planned));
        print::complain(&changed.diagnostics);
        change.keep(&workspace, &self.options, terminal, message)
    }

    /// The update without its text.
    fn update(
        &self,
        workspace: &Workspace,
        target: &UpdateTarget<'_>,
        status: &'static str,
    ) -> Result<NewUpdate, CannotRun> {
        let at = self.times.at(workspace)?.unwrap_or_else(|| now(workspace, target));
        let components: Result<Vec<_>, _> = self.components.iter().map(|text| of_component(workspace, text)).collect();
        let mut update = NewUpdate {
            at,
            status,
            components: components?,
            next_update: None,
            scheduled: None,
            occurrence: target.occurrence(),
            body: String::new(),
        };
        update.next_update = match &target.entry {
            TargetEntry::Maintenance(_) if self.times.has_promise() => {
                return Err(CannotRun("--next-update: maintenance promises no next update".to_owned()));
            }
            TargetEntry::Maintenance(_) => None,
            TargetEntry::Incident(record) => self.times.next_update(workspace, at, record.incident.impact, status)?,
        };
        if matches!(target.entry, TargetEntry::Maintenance(_)) && !update.components.is_empty() {
            return Err(CannotRun("--component: maintenance changes no statuses; it lists its components".to_owned()));
        }
        Ok(update)
    }
}

/// The present minute, unless something was said within it.
fn now(workspace: &Workspace, target: &UpdateTarget<'_>) -> Time {
    let last = match &target.entry {
        TargetEntry::Incident(record) => record.incident.updates.last().map(|update| update.at),
        TargetEntry::Maintenance(work) => work.updates.last().map(|update| update.at),
    };
    let minute = whole_minute(workspace.now);
    if last.is_some_and(|last| last > minute) { workspace.now } else { minute }
}

/// The status that is wished for, as the entry's kind has it.
fn status(
    workspace: &Workspace,
    target: &UpdateTarget<'_>,
    action: &UpdateAction,
    template: Option<TemplateStatus>,
    terminal: Terminal,
) -> Result<&'static str, CannotRun> {
    let is_of_maintenance = matches!(target.entry, TargetEntry::Maintenance(_));
    if let Some(status) = template.filter(|status| status.is_of_maintenance() != is_of_maintenance) {
        let kind = if is_of_maintenance { "incidents" } else { "maintenance" };
        return Err(CannotRun(format!("--template: this one is for {kind}: its status is `{}`", status.word())));
    }
    let by_template = template.map(|status| UpdateAction::Update(Some(status.word().to_owned())));
    let action = by_template.as_ref().filter(|_| matches!(action, UpdateAction::Update(None))).unwrap_or(action);
    match &target.entry {
        TargetEntry::Incident(record) => {
            let last = record.incident.updates.last().map_or(IncidentStatus::Investigating, |last| last.status);
            incident_status(target, action, terminal, last).map(IncidentStatus::word)
        }
        TargetEntry::Maintenance(work) => {
            let usual = || usual_status(target, work, workspace.now);
            maintenance_status(action, terminal, usual).map(MaintenanceStatus::word)
        }
    }
}

fn incident_status(
    target: &UpdateTarget<'_>,
    action: &UpdateAction,
    terminal: Terminal,
    last: IncidentStatus,
) -> Result<IncidentStatus, CannotRun> {
    let (id, is_over) = (target.id(), last == IncidentStatus::Resolved);
    match action {
        UpdateAction::Reopen(_) if !is_over => Err(CannotRun(format!("`{id}` is open: use `candor update {id}`"))),
        UpdateAction::Update(_) | UpdateAction::Resolve if is_over => {
            Err(CannotRun(format!("`{id}` is resolved: if it came back, use `candor reopen {id}`")))
        }
        UpdateAction::Resolve => Ok(IncidentStatus::Resolved),
        UpdateAction::Reopen(text) => match word("--status", text)? {
            IncidentStatus::Resolved => Err(CannotRun(format!("--status: `{id}` is resolved already"))),
            status => Ok(status),
        },
        UpdateAction::Update(Some(text)) => word("--status", text),
        UpdateAction::Update(None) if terminal.is_there => terminal.ask_word("Status", last.word()),
        UpdateAction::Update(None) | UpdateAction::Reschedule(_) => Ok(last),
    }
}

fn maintenance_status(
    action: &UpdateAction,
    terminal: Terminal,
    usual: impl Fn() -> Result<MaintenanceStatus, CannotRun>,
) -> Result<MaintenanceStatus, CannotRun> {
    match action {
        UpdateAction::Resolve => Ok(MaintenanceStatus::Completed),
        UpdateAction::Reopen(_) => Err(CannotRun("maintenance is not reopened; plan it anew".to_owned())),
        UpdateAction::Update(Some(text)) => word("--status", text),
        UpdateAction::Update(None) if terminal.is_there => terminal.ask_word("Status", usual()?.word()),
        UpdateAction::Update(None) | UpdateAction::Reschedule(_) => usual(),
    }
}

/// Whether the entry is as before but for one more update, and what follows from it.
fn has_one_more(site: &Site, target: &UpdateTarget<'_>) -> bool {
    match &target.entry {
        TargetEntry::Incident(before) => {
            let after = site.incidents.iter().find(|record| record.incident.id == before.incident.id);
            after.is_some_and(|after| {
                let mut incident = Incident::clone(&after.incident);
                // Where the file names none it comes from the worst status.
                incident.impact = before.incident.impact;
                incident.updates.pop().is_some()
                    && incident == *before.incident
                    && (after.visibility, after.detected_by) == (before.visibility, before.detected_by)
            })
        }
        TargetEntry::Maintenance(before) => {
            let after = site.maintenance.iter().find(|work| work.id == before.id);
            after.is_some_and(|after| {
                let mut work = Maintenance::clone(after);
                work.updates.pop().is_some() && work == ***before
            })
        }
    }
}
