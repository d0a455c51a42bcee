//! `candor capacity`: readings of how much more services can carry, for their cards in the wiki.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::change::FileChange;
use super::message::Message;
use super::terminal::Terminal;
use super::{Workspace, WriteOptions, read_at_most, statuses};
use crate::author::{HeadroomValue, Measurement, NewReading, append_readings, measurements};
use crate::cli::{CannotRun, Outcome, print};
use crate::document::CAPACITY_FILE;
use crate::model::{Id, is_address};
use crate::time::Date;

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 16 << 20;

/// Write down how much more services can carry.
#[derive(Subcommand)]
#[command(
    after_help = "Examples:\n  candor capacity set checkout --headroom '40 %' --source https://metrics.example/d/checkout\n  candor capacity import headroom.json --ratio"
)]
pub(in crate::cli) enum CapacityCommand {
    /// Write down what somebody read
    #[command(
        after_help = "Example:\n  candor capacity set checkout --headroom '40 %' --source https://metrics.example/d/checkout"
    )]
    Set(SetCommand),
    /// Write down the answer of a metrics query: that of Prometheus, or an object from services to figures
    #[command(
        after_help = "Example:\n  candor capacity import answer.json --ratio   # what a query of Prometheus gave"
    )]
    Import(ImportCommand),
}

#[derive(Args)]
pub(in crate::cli) struct SetCommand {
    /// The service: the id or the name of a component
    #[arg(value_name = "SERVICE")]
    service: String,
    /// What is left at the peak, such as `40 %` or `about twice the load`
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = headroom)]
    headroom: String,
    /// The day of the reading [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    checked: Option<Date>,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    options: WriteOptions,
}

#[derive(Args)]
pub(in crate::cli) struct ImportCommand {
    /// The answer, in JSON; `-` reads it from standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The label by which a series names its service [default: component, else service]
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    /// What a number counts
    #[arg(long, value_name = "TEXT", default_value = "%")]
    unit: String,
    /// A number is a share of 1, to be written as a percentage
    #[arg(long, conflicts_with = "unit")]
    ratio: bool,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    options: WriteOptions,
}

#[derive(Args)]
struct SourceArgs {
    /// The address of the evidence
    #[arg(long, value_name = "URL", value_parser = address)]
    source: Option<String>,
}

fn headroom(given: &str) -> Result<String, String> {
    match given.split_whitespace().collect::<Vec<_>>().join(" ") {
        text if text.is_empty() => Err("say what is left, such as `40 %`".to_owned()),
        text => Ok(text),
    }
}

fn day(given: &str) -> Result<Date, String> {
    Date::parse(given).map_err(|_| "write a day as 2026-03-02".to_owned())
}

fn address(given: &str) -> Result<String, String> {
    let is_fine = is_address(given);
    is_fine
        .then(|| given.to_owned())
        .ok_or_else(|| "write an absolute address, such as https://metrics.example/d/1".to_owned())
}

impl CapacityCommand {
    pub(in crate::cli) fn run(self) -> Result<Outcome, CannotRun> {
        match self {
            CapacityCommand::Set(command) => command.run(),
            CapacityCommand::Import(command) => command.run(),
        }
    }
}

impl SetCommand {
    fn run(self) -> Result<Outcome, CannotRun> {
        let Some(workspace) = Workspace::open(&self.options)? else { return Ok(Outcome::Faults) };
        let component = service(&workspace, &self.service).map_err(CannotRun)?;
        let reading = NewReading {
            component,
            checked: self.checked.unwrap_or_else(|| today(&workspace)),
            headroom: self.headroom,
            source: self.source.source,
        };
        let subject = format!("{}: headroom {}", workspace.name(&reading.component), reading.headroom);
        keep(&workspace, &self.options, vec![reading], subject)
    }
}

impl ImportCommand {
    fn run(self) -> Result<Outcome, CannotRun> {
        let bytes = answer(&self.file)?;
        let (found, passed) = measurements(&bytes, self.label.as_deref())
            .map_err(|why| CannotRun(format!("{}: {why}", self.file.display())))?;
        let Some(workspace) = Workspace::open(&self.options)? else { return Ok(Outcome::Faults) };
        passed.iter().for_each(|why| print::say(&format!("passed over: {why}")));
        let mut readings = Vec::new();
        for measurement in found {
            match self.reading(&workspace, measurement) {
                Ok(reading) => readings.push(reading),
                Err(why) => print::say(&format!("passed over: {why}")),
            }
        }
        if readings.is_empty() {
            return Err(CannotRun("nothing of the answer is a reading of a service of this site".to_owned()));
        }
        let subject = format!("Headroom of {} services", readings.len());
        keep(&workspace, &self.options, readings, subject)
    }

    fn reading(&self, workspace: &Workspace, measurement: Measurement) -> Result<NewReading, String> {
        let component = service(workspace, &measurement.service)?;
        let headroom = match measurement.left {
            HeadroomValue::Words(words) => words,
            HeadroomValue::Number(number) if self.ratio => format!("{} %", rounded(number * 100.0)),
            HeadroomValue::Number(number) => format!("{} {}", rounded(number), self.unit).trim_end().to_owned(),
        };
        let checked = measurement.at.map_or_else(|| today(workspace), |at| workspace.site.settings.zone.date(at));
        if checked > today(workspace) {
            return Err(format!("`{}`: read on {}, which is not yet", measurement.service, checked.iso()));
        }
        Ok(NewReading { component, checked, headroom, source: self.source.source.clone() })
    }
}

/// To one place behind the point, and none where it is a zero.
fn rounded(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

fn today(workspace: &Workspace) -> Date {
    workspace.site.settings.zone.date(workspace.now)
}

/// The component that a service is: by its id, one that it had before, or its name.
fn service(workspace: &Workspace, wanted: &str) -> Result<Id, String> {
    let former = workspace.site.components.iter().find(|one| one.aliases.iter().any(|alias| **alias == *wanted));
    let found = former.map(|component| component.id.clone()).map_or_else(|| statuses::named(workspace, wanted), Ok);
    found.map_err(|help| format!("there is no component `{wanted}`: {help}"))
}

fn answer(file: &Path) -> Result<Vec<u8>, CannotRun> {
    let bytes = read_at_most(file, LONGEST);
    let bytes = bytes.map_err(|error| CannotRun(format!("cannot read `{}`: {error}", file.display())))?;
    bytes.ok_or_else(|| CannotRun(format!("{}: more than 16 MiB", file.display())))
}

/// Adds what is new to the file, after it was shown.
fn keep(
    workspace: &Workspace,
    options: &WriteOptions,
    readings: Vec<NewReading>,
    subject: String,
) -> Result<Outcome, CannotRun> {
    let readings: Vec<NewReading> = readings.into_iter().filter(|reading| !is_known(workspace, reading)).collect();
    if readings.is_empty() {
        print::say("nothing new: this is written down already");
        return Ok(Outcome::Fine);
    }
    let bytes = workspace.content.source().get(CAPACITY_FILE).map(|bytes| &**bytes);
    let text = append_readings(bytes, &readings).map_err(CannotRun::because)?;
    let change = FileChange { path: CAPACITY_FILE, text, subject };
    let Some(changed) = change.build(workspace, None) else { return Ok(Outcome::Faults) };
    print::complain(&changed.diagnostics);
    for reading in &readings {
        let before = last(workspace, reading).map_or_else(String::new, |before| format!(" (was {before})"));
        print::say(&format!("{}: {}{before}", workspace.name(&reading.component), reading.headroom));
    }
    change.keep(workspace, options, Terminal::new(), Message { text: String::new(), editor_file: None })
}

/// What was known of the service before.
fn last(workspace: &Workspace, reading: &NewReading) -> Option<String> {
    workspace.site.services.get(&reading.component)?.capacity()?.headroom.clone()
}

/// Whether the very reading is there: a query that runs twice a day says nothing new the second time.
fn is_known(workspace: &Workspace, reading: &NewReading) -> bool {
    let readings = workspace.site.services.get(&reading.component).map_or(&[][..], |card| &card.capacity);
    readings.iter().any(|known| {
        known.checked == Some(reading.checked)
            && known.headroom.as_deref() == Some(&reading.headroom)
            && known.source == reading.source
    })
}
