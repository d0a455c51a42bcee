//! `candor new maintenance`, which is also `candor schedule`

use clap::Args;

use super::begin::wanted;
use super::change::FileChange;
use super::message::{TextArgs, TextContext, text};
use super::moment::{Direction, moment, whole_minute};
use super::preview::{self, PreviewedUpdate};
use super::statuses::component;
use super::templates::of_maintenance;
use super::terminal::Terminal;
use super::{Workspace, WriteOptions};
use crate::author::{NewMaintenance, NewUpdate};
use crate::cli::{CannotRun, Outcome, print};
use crate::model::{EntryKind, Id, MaintenanceStatus};
use crate::recurrence::Recurrence;
use crate::theme::Form;
use crate::time::{Date, Time, Zone};

/// Announce planned work: makes its file, with the first word to customers.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor schedule\n  candor schedule --title 'Database upgrade' --component checkout --from 2026-03-10T05:00Z --until 2h\n  candor schedule --title Restart --component checkout --from 2026-04-05T04:00 --until 1h --repeat 'FREQ=MONTHLY;BYDAY=1SU'"
)]
pub(in crate::cli) struct MaintenanceCommand {
    /// What is done, in a few words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = text)]
    title: Option<String>,
    /// A component that it touches; may be repeated
    #[arg(long = "component", short, value_name = "ID")]
    components: Vec<String>,
    /// When it begins: a time, `05:00` in the site's zone, or `2d` from now
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// When it ends: a time, `07:00` in the site's zone, or `2h` after its beginning
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// The days on which it takes place again: `daily`, `weekly`, `monthly`, `yearly`, or a rule of RFC 5545 such as
    /// `FREQ=MONTHLY;BYDAY=1SU` [default: once]
    #[arg(long, value_name = "RULE")]
    repeat: Option<String>,
    /// The last day on which it may take place, such as 2027-12-31 [default: without end]
    #[arg(long, value_name = "DAY", requires = "repeat")]
    repeat_until: Option<String>,
    /// What its file and its address are called after the day [default: by the title]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    text: TextArgs,
    /// When this is said: a time, `15:04` in the site's zone, or `5m` for so long ago [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[command(flatten)]
    options: WriteOptions,
}

impl MaintenanceCommand {
    pub(in crate::cli) fn run(self) -> Result<Outcome, CannotRun> {
        if self.text.is_question() {
            return self.text.list(&self.options);
        }
        let terminal = Terminal::new();
        let Some(workspace) = Workspace::open(&self.options)? else { return Ok(Outcome::Faults) };
        let mut work = self.maintenance(&workspace, terminal)?;
        let day = workspace.site.settings.zone.date(work.from);
        let (id, path) =
            workspace.new_entry(EntryKind::Maintenance, day, self.name.as_deref().unwrap_or(&work.title))?;
        let help = preview::help(&workspace, &work.title, &work.update, None);
        let values = of_maintenance(&workspace, &work.title, &work.components, work.from, Some(work.until));
        let message = self.text.get(&workspace, terminal, work.update.status, TextContext { help, values })?;
        work.update.body = message.text.trim().to_owned();
        let file = work.file(path);
        let subject = format!("{}: {}", work.title, workspace.messages().get(work.update.status).to_lowercase());
        let change = FileChange { path: &file.path, text: file.text, subject };
        let Some(changed) = change.build(&workspace, Some(&id)) else { return Ok(Outcome::Faults) };
        changed.is_only(&workspace, EntryKind::Maintenance, &id, &file.path)?;
        let previewed = PreviewedUpdate {
            kind: EntryKind::Maintenance,
            id: &id,
            title: &work.title,
            is_internal: false,
            update: &work.update,
        };
        print::say(&preview::of(&workspace, &previewed, &changed, &planned(&workspace, &work)));
        print::complain(&changed.diagnostics);
        change.keep(&workspace, &self.options, terminal, message)
    }

    /// The maintenance without its text.
    fn maintenance(&self, workspace: &Workspace, terminal: Terminal) -> Result<NewMaintenance, CannotRun> {
        let zone = workspace.site.settings.zone;
        let title = match &self.title {
            Some(title) => wanted(title)?,
            None if terminal.is_there => terminal.ask_until("Title, in a few words", "", wanted)?,
            None => return Err(CannotRun("the title is missing: give `--title TEXT`".to_owned())),
        };
        let components = self.components(workspace, terminal)?;
        let time = |flag: &str, written: &Option<String>, question: &str, after: Time| {
            let read = |text: &str| moment(flag, text, zone, after, Direction::Future);
            match written {
                Some(text) => read(text),
                None if terminal.is_there => terminal.ask_until(question, "", read),
                None => Err(CannotRun(format!("a time is missing: give `{flag} TIME`"))),
            }
        };
        let from = time("--from", &self.from, "Begins (2026-03-10T05:00Z, 05:00, or 2d from now)", workspace.now)?;
        let until = time("--until", &self.until, "Ends (a time, or 2h after it begins)", from)?;
        let at = match &self.at {
            Some(text) => moment("--at", text, zone, workspace.now, Direction::Past)?,
            None => whole_minute(workspace.now),
        };
        let status = MaintenanceStatus::Scheduled.word();
        let update = NewUpdate {
            at,
            status,
            components: Vec::new(),
            next_update: None,
            scheduled: None,
            occurrence: None,
            body: String::new(),
        };
        let repeat = self.rule(from, zone)?;
        Ok(NewMaintenance { title, from, until, repeat, components, update })
    }

    /// The rule with its end, as the file is to have it.
    fn rule(&self, from: Time, zone: Zone) -> Result<Option<String>, CannotRun> {
        let Some(rule) = self.repeat.as_deref().map(str::trim) else { return Ok(None) };
        let read = |rule: &str| Recurrence::parse(rule, from, zone).map_err(|fault| fault.to_string());
        let cannot = |fault: String| {
            let help = "give a word such as `weekly`, or a rule such as `FREQ=MONTHLY;BYDAY=1SU`";
            CannotRun(format!("`--repeat {rule}`: {fault}; {help}"))
        };
        let Some(day) = &self.repeat_until else {
            read(rule).map_err(cannot)?;
            return Ok(Some(rule.to_owned()));
        };
        let no_day = |_| CannotRun(format!("`--repeat-until {day}` is no day: write it as 2027-12-31"));
        let day = Date::parse(day).map_err(no_day)?;
        let ended = Recurrence::ending(rule, day);
        read(&ended).map_err(cannot)?;
        Ok(Some(ended))
    }

    fn components(&self, workspace: &Workspace, terminal: Terminal) -> Result<Vec<Id>, CannotRun> {
        let read = |text: &str| -> Result<Vec<Id>, CannotRun> {
            let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
            parts.map(|part| component(workspace, part)).collect()
        };
        if !self.components.is_empty() {
            return self.components.iter().map(|text| component(workspace, text)).collect();
        }
        if !terminal.is_there {
            return Err(CannotRun("a component is missing: give `--component ID`".to_owned()));
        }
        let ids: Vec<&str> = workspace.site.components.iter().map(|component| &*component.id).collect();
        if terminal.has_lists {
            return read(&terminal.choose_several("Which components does it touch", ids)?.join(","));
        }
        print::say(&format!("Components: {}", ids.join(", ")));
        terminal.ask_until("Which does it touch", "", read)
    }
}

/// When, and what it touches.
fn planned(workspace: &Workspace, work: &NewMaintenance) -> Vec<String> {
    let format = workspace.format();
    let (from, until) = (format.time(work.from, Form::Full), format.near(work.until, work.from));
    let time = workspace.messages().fill("range", &[("from", &from), ("until", &until)]);
    let names: Vec<&str> = work.components.iter().map(|id| workspace.name(id)).collect();
    let touched = format!("Touches {}", names.join(", "));
    let again = work.repeat.as_ref().map(|rule| format!("Again by the rule {rule}"));
    let planned = workspace.messages().fill("planned_for", &[("time", &time)]);
    std::iter::once(planned).chain(again).chain([touched]).collect()
}
