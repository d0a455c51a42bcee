//! The editor: a text to begin with, in a file that outlives a failure.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::{CannotRun, report};

/// Everything from this line on is help and no text.
const CUT: &str = "----- what follows is not published -----";

/// A text that was written in an editor. Until it is [`Draft::done`], its file stays, so that a fault costs
/// nobody a text.
pub(super) struct Draft {
    path: PathBuf,
    is_done: bool,
}

/// The command that opens an editor, if the environment names one.
pub(super) fn editor() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok());
    named.filter(|command| !command.trim().is_empty())
}

/// Opens `command` with `text` and `help`, and gives back what was written; none if that is nothing.
pub(super) fn edit(command: &str, text: &str, help: &[String]) -> Result<Option<(String, Draft)>, CannotRun> {
    let mut draft = Draft::new(&format!("{text}\n\n{CUT}\n{}\n", help.join("\n")))?;
    run(command, &draft.path)?;
    let bytes = fs::read(&draft.path).map_err(|error| failed(&draft.path, &error))?;
    let written = String::from_utf8(bytes).map_err(|_| failed(&draft.path, &"it is not valid UTF-8"))?;
    let text = written.split(CUT).next().unwrap_or_default().trim().to_owned();
    if text.is_empty() {
        draft.is_done = true;
        return Ok(None);
    }
    Ok(Some((text, draft)))
}

impl Draft {
    fn new(text: &str) -> Result<Draft, CannotRun> {
        let name = format!("candor-update-{}.md", std::process::id());
        let path = std::env::temp_dir().join(name);
        // Never a file that somebody else has put there.
        let file = File::options().write(true).create_new(true).open(&path);
        file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| failed(&path, &error))?;
        Ok(Draft { path, is_done: false })
    }

    /// The text is where it belongs.
    pub fn done(mut self) {
        self.is_done = true;
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.is_done {
            // A file that is left behind does no harm.
            let _ = fs::remove_file(&self.path);
        } else {
            report::say(&format!("your text is kept in {}", self.path.display()));
        }
    }
}

/// As git does, through the shell, so that the command may have arguments and quotes.
fn run(command: &str, path: &Path) -> Result<(), CannotRun> {
    let mut editor = if cfg!(windows) {
        let mut words = command.split_whitespace();
        let mut editor = Command::new(words.next().unwrap_or_default());
        editor.args(words);
        editor
    } else {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} \"$@\""), command]);
        shell
    };
    match editor.arg(path).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(CannotRun(format!("the editor `{command}` failed: {status}"))),
        Err(error) => Err(CannotRun(format!("the editor `{command}` cannot be started: {error}"))),
    }
}

fn failed(path: &Path, why: &dyn std::fmt::Display) -> CannotRun {
    CannotRun(format!("`{}`: {why}", path.display()))
}
