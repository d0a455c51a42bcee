//! `candor man`

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};

use super::{CannotRun, Cli, Outcome, print};
use crate::author;

/// What stands in every page, by which a file of ours is known.
const MARK: &str = ".\\\" Made by `candor man`; changes are overwritten.\n";

/// Print the manual page, or write one for each command.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor man > candor.1 && man -l candor.1\n  candor man --out ~/.local/share/man/man1   # then: man candor-build"
)]
pub(super) struct Man {
    /// The folder to write the pages of all commands to
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let mut command = Cli::command();
        command.build();
        let Some(folder) = self.out else {
            print::give(&page(&command));
            return Ok(Outcome::Fine);
        };
        let mut pages = Vec::new();
        collect(&command, &mut pages);
        author::replace_own_files(&folder, MARK, &pages).map_err(CannotRun::because)?;
        print::say(&format!("{}: {} pages", folder.display(), pages.len()));
        Ok(Outcome::Fine)
    }
}

/// The page of this command and those of the commands below it.
fn collect(command: &Command, pages: &mut Vec<(String, String)>) {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    pages.push((format!("{name}.1"), page(command)));
    // clap's own, which says nothing that `--help` does not.
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        collect(below, pages);
    }
}

fn page(command: &Command) -> String {
    let mut page = Vec::new();
    // A vector takes whatever is written to it.
    let _ = clap_mangen::Man::new(command.clone()).render(&mut page);
    MARK.to_owned() + &String::from_utf8_lossy(&page)
}
