//! `candor diff`

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::clock::ClockArgs;
use super::report_format::ReportFormat;
use super::{CannotRun, Outcome, print, revision};
use crate::characters::visible_json;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::pipeline::{self, Content, Options};
use crate::render::{Difference, Sign, Subject};
use crate::time::Time;

/// Say in words what customers would see change between two states of the content, both as they are at the
/// same moment.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor diff HEAD                  # what is not committed yet\n  candor diff origin/main HEAD      # what a branch would change\n  candor diff ../status-old .       # two folders\n  candor diff origin/main --format markdown >> \"$GITHUB_STEP_SUMMARY\""
)]
pub(super) struct Diff {
    /// The earlier state: a site folder, or a revision that git knows, such as `origin/main`
    #[arg(value_name = "OLD")]
    old: String,
    /// The later state, in the same way [default: the site's folder as it is]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// The folder that holds `content/` and `themes/`; revisions are those of its repository
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
    #[command(flatten)]
    clock: ClockArgs,
}

/// One state of the content, and what it gives.
struct DiffSide {
    content: Content,
    options: Options,
}

impl Diff {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let now = self.clock.now()?;
        let old = self.side(Some(&self.old), now)?;
        let new = self.side(self.new.as_deref(), now)?;
        for (state, name) in [(&old, &*self.old), (&new, self.new.as_deref().unwrap_or("."))] {
            let faults = state.faults();
            if has_errors(&faults) {
                print::complain_of_errors(&faults);
                print::say(&format!("`{name}` has faults, so nothing was compared"));
                return Ok(Outcome::Faults);
            }
        }
        let found = pipeline::differences(&old.content.at(&old.options), &new.content.at(&new.options));
        print::give(&match self.format {
            ReportFormat::Text => text(&found),
            ReportFormat::Json => visible_json(&json!({ "differences": found.iter().map(object).collect::<Vec<_>>() })),
            ReportFormat::Markdown => markdown(&found),
        });
        Ok(Outcome::Fine)
    }

    /// What `name` stands for: the site's folder if it is none, a folder, or a revision.
    fn side(&self, name: Option<&str>, now: Time) -> Result<DiffSide, CannotRun> {
        let source = match name {
            None => print::read(&self.site)?,
            // A folder before a revision of the same name: what is there can be looked at, and a revision can be written
            // otherwise, such as `refs/heads/NAME`.
            Some(name) if PathBuf::from(name).is_dir() => print::read(name.as_ref())?,
            Some(name) => revision::read(&self.site, name)?,
        };
        Ok(DiffSide { content: Content::load(source, false), options: Options::at(now) })
    }
}

impl DiffSide {
    /// What keeps the public site from being made.
    fn faults(&self) -> Vec<Diagnostic> {
        [self.content.faults(), self.content.theme_faults()].concat()
    }
}

const NOTHING: &str = "Customers would see no change.\n";

/// Each subject once, its differences below it.
fn text(found: &[Difference]) -> String {
    let mut out = String::new();
    for (index, difference) in found.iter().enumerate() {
        if index == 0 || found[index - 1].subject != difference.subject {
            let gap = if index == 0 { "" } else { "\n" };
            out += &format!("{gap}{}\n", heading(&difference.subject));
        }
        out += &format!("  {} {}\n", sign(difference.sign), difference.what);
        for (mark, side) in sides(difference) {
            for line in side.lines() {
                out += &format!("      {mark}{line}\n");
            }
        }
    }
    if out.is_empty() { NOTHING.to_owned() } else { out }
}

fn markdown(found: &[Difference]) -> String {
    let mut out = String::from("### What customers would see change\n");
    for (index, difference) in found.iter().enumerate() {
        if index == 0 || found[index - 1].subject != difference.subject {
            out += &format!("\n**{}**\n\n", crate::markdown::escape(&heading(&difference.subject)));
        }
        out += &format!("- {} {}\n", difference.sign.word(), crate::markdown::escape(&difference.what));
        for (mark, side) in sides(difference) {
            let lines: Vec<String> = side.lines().map(crate::markdown::escape).collect();
            let label = match mark {
                "- " => "was: ",
                "+ " => "now: ",
                _ => "",
            };
            out += &format!("  > {label}{}\n\n", lines.join("  \n  > "));
        }
    }
    if found.is_empty() { out + "\n" + NOTHING } else { out }
}

/// Before and after, each with a mark where there are both.
fn sides(difference: &Difference) -> Vec<(&'static str, &str)> {
    match (difference.before.as_deref(), difference.after.as_deref()) {
        (Some(before), Some(after)) => vec![("- ", before), ("+ ", after)],
        (before, after) => before.or(after).map(|side| ("", side)).into_iter().collect(),
    }
}

fn sign(sign: Sign) -> char {
    match sign {
        Sign::Added => '+',
        Sign::Removed => '-',
        Sign::Changed => '~',
    }
}

fn heading(subject: &Subject) -> String {
    match (subject.kind, &*subject.id, &*subject.title) {
        ("present", ..) => "at a glance".to_owned(),
        (kind, "", _) => kind.to_owned(),
        (kind, id, "") => format!("{kind} {id}"),
        (kind, id, title) => format!("{kind} {id}: {title}"),
    }
}

fn object(difference: &Difference) -> Value {
    let Subject { kind, id, title } = &difference.subject;
    json!({
        "kind": kind,
        "id": id,
        "title": title,
        "sign": difference.sign.word(),
        "what": difference.what,
        "before": difference.before,
        "after": difference.after,
    })
}
