//! `candor import`

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, Command, FromArgMatches};

use super::progress::Verbosity;
use super::{CannotRun, Outcome, git, print};
use crate::document::{Document, Node};
use crate::import::{
    FORMATS, FirstCommits, Headings, ImportChoices, ImportFormat, Imported, NoteKind, kinds, seems, totals,
};
use crate::time::Zone;

/// Take over the history of another system.
pub(super) struct Import {
    format: Option<&'static ImportFormat>,
    from: From,
    headings: Option<PathBuf>,
    label: Option<String>,
}

const EXAMPLE: &str = "Examples:\n  candor import ../old-status --out status\n  candor import cstate ../old-status --out status && candor check --site status";

#[derive(Args)]
pub(super) struct From {
    /// The folder of the old site, of what was saved of it, or of the reports
    #[arg(value_name = "DIR")]
    from: PathBuf,
    /// The folder of the new site; importing again leaves alone what you touched
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The zone of times that name none, such as Europe/Copenhagen; UTC if left out
    #[arg(long, value_name = "ZONE", value_parser = zone, global = true)]
    timezone: Option<Zone>,
    /// Say what would be written, and write nothing
    #[arg(long, global = true)]
    dry_run: bool,
    #[command(flatten)]
    verbosity: Verbosity,
}

/// For texts whose headings may be the author's own.
#[derive(Args)]
struct Sections {
    /// What headings of your own stand for: YAML with a line for each, such as `Was los war: Summary`
    #[arg(long, value_name = "FILE")]
    headings: Option<PathBuf>,
}

/// For issues, of which some tell of incidents.
#[derive(Args)]
struct Labelled {
    /// The label of the issues that tell of incidents; `incident` if left out
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
}

fn zone(name: &str) -> Result<Zone, String> {
    Zone::named(name).ok_or_else(|| "no such zone; use a name such as `Europe/Copenhagen` or `Etc/UTC`".to_owned())
}

// By hand, since the subcommands are the lines of a table and no variants of a type.
impl Args for Import {
    fn augment_args(command: Command) -> Command {
        let subcommands = FORMATS.iter().map(|format| {
            let command = From::augment_args(Command::new(format.name));
            let command = if format.has_headings { Sections::augment_args(command) } else { command };
            let command = if format.has_label { Labelled::augment_args(command) } else { command };
            command.about(format.about).after_help(format.help)
        });
        From::augment_args(command)
            .about("Take over the history of another system; without its name, of what the folder seems to be")
            .after_help(EXAMPLE)
            // What holds of every format may also stand before its name.
            .mut_arg("quiet", |quiet| quiet.global(true))
            .subcommands(subcommands)
            .subcommand_negates_reqs(true)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Import::augment_args(command)
    }
}

impl FromArgMatches for Import {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Import, clap::Error> {
        let chosen = matches.subcommand().and_then(|(name, matches)| Some((ImportFormat::named(name)?, matches)));
        let (format, matches) = chosen.map_or((None, matches), |(format, matches)| (Some(format), matches));
        let has_headings = format.is_some_and(|format| format.has_headings);
        let headings = if has_headings { Sections::from_arg_matches(matches)?.headings } else { None };
        let has_label = format.is_some_and(|format| format.has_label);
        let label = if has_label { Labelled::from_arg_matches(matches)?.label } else { None };
        Ok(Import { format, from: From::from_arg_matches(matches)?, headings, label })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Import::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Import {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let Import { format, from: From { from, out, timezone, dry_run, verbosity }, headings, label } = self;
        let headings = headings.map(|path| own_headings(&path)).transpose()?.unwrap_or_default();
        let format = match format {
            Some(format) => format,
            None => found(&from, &verbosity)?,
        };
        let first_commits: Option<FirstCommits> = Some(git::first_commits_of_all);
        let choices = ImportChoices { zone: timezone, headings, label, first_commits };
        let imported = verbosity.watch("taking over the files", None, |_| {
            if dry_run {
                let (imported, plan) = format.rehearse(&from, &choices, &out)?;
                verbosity.say(&format!(
                    "{} would be written into {}",
                    print::count(plan.paths.len(), "file"),
                    out.display()
                ));
                return Ok(imported);
            }
            format.import_with(&from, &choices, &out)
        });
        let imported = imported.map_err(CannotRun::because)?;
        tell(&imported, &verbosity);
        if !dry_run {
            let site = out.display();
            verbosity.say(&format!(
                "\nEvery place stands in {site}/IMPORT.md. Read it, then:\n  candor check --site {site}"
            ));
        }
        Ok(Outcome::Fine)
    }
}

/// Reads a file of headings: each with the section that it stands for.
fn own_headings(path: &Path) -> Result<Headings, CannotRun> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| CannotRun::because(format!("cannot read `{name}`: {cause}")))?;
    let document = Document::read(&name, &bytes);
    let document = document.map_err(|faults| {
        let why: Vec<String> = faults.iter().map(|fault| fault.message.clone()).collect();
        CannotRun::because(format!("cannot read `{name}`: {}", why.join("; ")))
    })?;
    let Node::Map(entries) = document.root() else {
        return Err(CannotRun::because(format!(
            "`{name}` is no list of headings: write a line such as `Was los war: Summary` for each"
        )));
    };
    let mut headings = Headings::default();
    for (heading, section) in entries {
        let Node::Text(section) = section else {
            return Err(CannotRun::because(format!(
                "in `{name}`, the heading `{heading}` stands for no section: write `{heading}: Summary`"
            )));
        };
        if !headings.add(heading, section) {
            return Err(CannotRun::because(format!(
                "in `{name}`, the heading `{heading}` stands for `{section}`, which is no section: write one such as `Summary`, `Impact` or `Timeline`"
            )));
        }
    }
    Ok(headings)
}

/// The one system that a folder is of.
fn found(from: &Path, verbosity: &Verbosity) -> Result<&'static ImportFormat, CannotRun> {
    let seems = seems(from).map_err(CannotRun::because)?;
    match seems[..] {
        [format] => {
            verbosity.say(&format!("{} seems to be `{}`: {}", from.display(), format.name, format.about));
            Ok(format)
        }
        [] => Err(CannotRun::because(format!(
            "{} holds nothing that an import knows; name one of: {}",
            from.display(),
            FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
        ))),
        _ => {
            let names: Vec<String> = seems.iter().map(|format| format!("`candor import {}`", format.name)).collect();
            Err(CannotRun::because(format!("{} may be several things; choose: {}", from.display(), names.join(", "))))
        }
    }
}

/// What somebody should look at, a line a kind, the worst first; and how much was taken.
fn tell(imported: &Imported, verbosity: &Verbosity) {
    let lines: String = kinds(&imported.notes).iter().map(NoteKind::line).collect();
    if !verbosity.is_quiet() {
        print::show(&lines);
    }
    verbosity.say(&totals(imported));
}
