//! `candor cms`

use std::path::PathBuf;

use clap::Args;

use super::clock::ClockArgs;
use super::{CannotRun, Outcome, print};
use crate::author;
use crate::forms::{self, Backend};
use crate::pipeline::Content;

/// Make the folder of forms for a browser: a configuration of Decap CMS for this site, and its page.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor cms --out admin   # saves to files of this machine, through npx decap-server\n  candor cms --out admin --github acme/status   # saves as commits"
)]
pub(super) struct Cms {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// The folder of the forms; it is not part of the published site
    #[arg(long, value_name = "DIR", default_value = "admin")]
    out: PathBuf,
    /// The repository of GitHub that entries are committed to
    #[arg(long, value_name = "OWNER/NAME")]
    github: Option<String>,
    /// Its branch
    #[arg(long, value_name = "NAME", default_value = "main", requires = "github")]
    branch: String,
    #[command(flatten)]
    clock: ClockArgs,
}

impl Cms {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let content = Content::load(print::read(&self.site)?, false);
        let Some(site) = content.site() else {
            print::complain(content.faults());
            print::say("nothing was written");
            return Ok(Outcome::Faults);
        };
        let backend = match &self.github {
            Some(repository) => Backend::Github { repository, branch: &self.branch },
            None => Backend::Local,
        };
        let files = forms::files(site, &backend);
        author::replace_own_files(&self.out, forms::MARK, &files).map_err(CannotRun::because)?;
        for (name, _) in files {
            print::say(&self.out.join(name).display().to_string());
        }
        Ok(Outcome::Fine)
    }
}
