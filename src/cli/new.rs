//! `candor new`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CannotRun, Outcome, report};
use crate::author;

/// Start something new.
#[derive(Subcommand)]
pub(super) enum New {
    /// Make the folder of a new site
    #[command(after_help = "Example:\n  candor new site status && cd status && candor serve")]
    Site(Site),
}

#[derive(Args)]
pub(super) struct Site {
    /// The folder to make; it must be absent or empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl New {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let New::Site(Site { folder }) = self;
        let files = author::new_site(&folder).map_err(CannotRun::because)?;
        for file in files {
            report::say(&format!("{}", folder.join(file).display()));
        }
        let folder = folder.display();
        report::say(&format!("\nNow look at it:\n  candor serve --site {folder}"));
        Ok(Outcome::Fine)
    }
}
