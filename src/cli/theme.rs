//! `candor theme`

use std::io::ErrorKind;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CannotRun, Outcome, print};
use crate::diagnostic::did_you_mean;
use crate::files;
use crate::pipeline::Content;
use crate::theme;

/// Change templates, styles and words.
#[derive(Subcommand)]
#[command(after_help = "Example:\n  candor theme eject templates/history.html")]
pub(super) enum ThemeCommand {
    /// Copy files of the default theme into that of the site, to change them there
    #[command(
        after_help = "Examples:\n  candor theme eject templates/history.html\n  candor theme eject history.html embed.css --site status"
    )]
    Eject(Eject),
}

impl ThemeCommand {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        match self {
            ThemeCommand::Eject(command) => command.run(),
        }
    }
}

/// Copy files of the default theme into that of the site, to change them there. From then on the site has its own: what
/// a later version of Candor changes in the default is not in it.
#[derive(Args)]
pub(super) struct Eject {
    /// What to copy, such as `templates/history.html`, or `history.html`
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

impl Eject {
    fn run(self) -> Result<Outcome, CannotRun> {
        let content = Content::load(print::read(&self.site)?, false);
        let Some(site) = content.site() else {
            print::complain(content.faults());
            print::say("nothing was written");
            return Ok(Outcome::Faults);
        };
        let folder = PathBuf::from("themes").join(&site.settings.theme);
        let found: Vec<_> = self.files.iter().map(|name| default_file(name)).collect::<Result<_, _>>()?;
        let mut staged = Vec::new();
        for (name, text) in found {
            let path = folder.join(name);
            let target = self.site.join(&path);
            if target.exists() {
                return Err(CannotRun(format!("`{}` is there already; nothing was written", path.display())));
            }
            staged.push((path, files::stage(&target, text.as_bytes()).map_err(CannotRun::because)?));
        }
        for (path, file) in staged {
            file.create().map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => CannotRun(format!("`{}` is there already", path.display())),
                _ => CannotRun(format!("cannot write `{}`: {error}", path.display())),
            })?;
            print::say(&path.display().to_string());
        }
        Ok(Outcome::Fine)
    }
}

/// The file of the default theme that is meant: by its path, or by its name if no other has it.
fn default_file(name: &str) -> Result<(&'static str, &'static str), CannotRun> {
    let path = name.strip_prefix("themes/default/").unwrap_or(name);
    let exact = theme::default_files().find(|(known, _)| *known == path);
    let ending = format!("/{path}");
    let mut meant = theme::default_files().filter(|(known, _)| known.ends_with(&ending));
    match (exact, meant.next(), meant.next()) {
        (Some(file), ..) | (None, Some(file), None) => Ok(file),
        (None, Some((first, _)), Some((second, _))) => {
            Err(CannotRun(format!("there are `{first}` and `{second}`; name one of them; nothing was written")))
        }
        (None, None, _) => Err(unknown(path)),
    }
}

fn unknown(path: &str) -> CannotRun {
    let known = || theme::default_files().map(|(known, _)| known);
    let by_name = known().filter_map(|known| known.rsplit('/').next());
    let help = did_you_mean(path, known()).or_else(|| did_you_mean(path, by_name));
    let help = help.unwrap_or_else(|| {
        let public = known().filter(|known| !known.contains("/wiki/") && !known.starts_with("messages/"));
        format!("there are {}, those of the wiki, and `messages/en.yaml`", public.collect::<Vec<_>>().join(", "))
    });
    CannotRun(format!("the default theme has no file `{path}`; {help}"))
}
