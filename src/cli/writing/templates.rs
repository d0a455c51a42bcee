//! `candor templates`, and the template that is meant by a name or a status.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::Workspace;
use super::terminal::Terminal;
use crate::author::{NewUpdate, TEMPLATES, Values};
use crate::cli::{CannotRun, Outcome, print};
use crate::diagnostic::did_you_mean;
use crate::document::stem_of;
use crate::model::{Blank, ComponentStatus, Id, Template, TemplateStatus};
use crate::pipeline::Content;
use crate::theme::Form;
use crate::time::Time;
use crate::validate;

/// List the texts that an update can begin with: those in `content/templates/`, and those of Candor.
#[derive(Args)]
#[command(after_help = "Example:\n  candor update --template third-party")]
pub(in crate::cli) struct Templates {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

/// The status of each component that an incident touched.
pub(super) type ComponentStatuses = BTreeMap<Id, ComponentStatus>;

/// Blanks of a template that nobody is there to be asked about.
pub(super) struct MissingValues(pub Vec<Blank>);

impl Templates {
    pub(in crate::cli) fn run(self) -> Result<Outcome, CannotRun> {
        let content = Content::load(print::read(&self.site)?, false);
        let own = content.site().map_or(&[][..], |site| &site.templates);
        print::give(&list(&all(own)));
        Ok(Outcome::Fine)
    }
}

/// Name, status, title and blanks of each.
pub(super) fn list(templates: &[Template]) -> String {
    let wide = |width: fn(&Template) -> usize| templates.iter().map(width).max().unwrap_or(0);
    let (id, status) = (wide(|one| one.id.len()), wide(|one| one.status.word().len()));
    let line = |one: &Template| format!("{:id$}  {:status$}  {}\n", &*one.id, one.status.word(), one.title);
    templates.iter().map(line).collect()
}

/// The site's own, and of those in the program what it does not replace, by name.
pub(super) fn all(own: &[Template]) -> Vec<Template> {
    let built_in = TEMPLATES.iter().filter(|(path, _)| !own.iter().any(|one| *one.id == *stem_of(path)));
    let read = built_in.filter_map(|(path, text)| validate::template(path, text.as_bytes()).value);
    let mut all: Vec<Template> = own.iter().cloned().chain(read).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// The template of this name, or the one whose name begins so.
pub(super) fn named(workspace: &Workspace, name: &str) -> Result<Template, CannotRun> {
    let all = all(&workspace.site.templates);
    // As statuses: the beginning will do.
    let begun: Vec<&Template> = all.iter().filter(|one| !name.is_empty() && one.id.starts_with(name)).collect();
    let found = all.iter().find(|one| *one.id == *name);
    let found = found.or(if let [one] = begun.as_slice() { Some(*one) } else { None });
    found.cloned().ok_or_else(|| {
        let help = did_you_mean(name, all.iter().map(|one| &*one.id));
        let help = help.unwrap_or_else(|| "`candor templates` lists them".to_owned());
        CannotRun(format!("--template: there is no template `{name}`: {help}"))
    })
}

/// The template to begin an update of this status with: the one that is called so, or else the first.
pub(super) fn of_status(workspace: &Workspace, status: TemplateStatus) -> Option<Template> {
    let mut all = all(&workspace.site.templates);
    all.retain(|one| one.status == status);
    all.sort_by_key(|one| *one.id != *status.word());
    all.into_iter().next()
}

/// Asks for a blank. What customers notice, and what works, may have been said before.
pub(super) fn ask(terminal: Terminal, blank: Blank) -> Result<String, CannotRun> {
    if let Blank::Symptom | Blank::Works = blank {
        return terminal.ask(&format!("{} (empty: nothing more)", question(blank)), "");
    }
    terminal.ask_until(question(blank), "", |text| match text {
        "" => Err(CannotRun("this one is needed".to_owned())),
        text => Ok(text.to_owned()),
    })
}

fn question(blank: Blank) -> &'static str {
    match blank {
        Blank::Title => "What it is called",
        Blank::Component => "Which part of the product, as customers call it",
        Blank::Started => "Since when",
        Blank::NextUpdate => "By when the next update comes",
        Blank::From => "When the work begins",
        Blank::Until => "When the work ends",
        Blank::Symptom => "What customers notice, in a sentence",
        Blank::Works => "What works all the same, in a sentence",
        Blank::Data => "Was anything lost, late or doubled, in a sentence",
    }
}

impl From<MissingValues> for CannotRun {
    fn from(missing: MissingValues) -> CannotRun {
        let flag = |blank: &Blank| match blank {
            Blank::NextUpdate => "`--next-update TIME`".to_owned(),
            Blank::Component => "`--component ID=STATUS` or `--fill component=TEXT`".to_owned(),
            blank => format!("`--fill {}=TEXT`", blank.word()),
        };
        let flags: Vec<String> = missing.0.iter().map(flag).collect();
        CannotRun(format!("the template has blanks that are not known: give {}", flags.join(", ")))
    }
}

/// What is known of the blanks of an incident after `update`.
pub(super) fn of_incident(
    workspace: &Workspace,
    title: &str,
    started: Time,
    before: &ComponentStatuses,
    update: &NewUpdate,
) -> Values {
    let mut after = before.clone();
    after.extend(update.components.iter().cloned());
    let trouble = after.iter().filter(|(_, status)| **status != ComponentStatus::Operational);
    let mut touched: Vec<&Id> = trouble.map(|(id, _)| id).collect();
    if touched.is_empty() {
        touched = after.keys().collect();
    }
    let format = workspace.format();
    let mut values = common(workspace, title, &touched);
    values.insert(Blank::Started, format.near(started, update.at));
    values.extend(update.next_update.map(|next| (Blank::NextUpdate, format.near(next, update.at))));
    values
}

/// What is known of the blanks of maintenance.
pub(super) fn of_maintenance(
    workspace: &Workspace,
    title: &str,
    components: &[Id],
    from: Time,
    until: Option<Time>,
) -> Values {
    let format = workspace.format();
    let mut values = common(workspace, title, &components.iter().collect::<Vec<_>>());
    values.insert(Blank::From, format.time(from, Form::Full));
    values.extend(until.map(|until| (Blank::Until, format.near(until, from))));
    values
}

/// The title, and the names of the components in the order of the site.
fn common(workspace: &Workspace, title: &str, touched: &[&Id]) -> Values {
    let all = workspace.site.components.iter().filter(|component| touched.contains(&&component.id));
    let names: Vec<&str> = all.map(|component| component.name.as_str()).collect();
    let names = (!names.is_empty()).then(|| (Blank::Component, workspace.messages().list(&names)));
    std::iter::once((Blank::Title, title.to_owned())).chain(names).collect()
}
