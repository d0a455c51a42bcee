//! The editor: a text to begin with, in a file that outlives a failure.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use tempfile::TempPath;

use crate::cli::{CannotRun, print};

/// Everything from this line on is help and no text.
const CUT: &str = "----- what follows is not published -----";

/// A text that was written in an editor. Until it is [`EditorFile::done`], its file stays, so that a fault costs
/// nobody a text.
pub(super) struct EditorFile {
    /// None once it is done.
    file: Option<TempPath>,
}

/// The command that opens an editor, if the environment names one.
pub(super) fn editor() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok());
    named.filter(|command| !command.trim().is_empty())
}

/// Opens `command` with `text` and `help`, and gives back what was written; none if that is nothing.
pub(super) fn edit(command: &str, text: &str, help: &[String]) -> Result<Option<(String, EditorFile)>, CannotRun> {
    let editor_file = EditorFile::new(&format!("{text}\n\n{CUT}\n{}\n", help.join("\n")))?;
    let path = editor_file.file.as_deref().unwrap_or(Path::new(""));
    run(command, path)?;
    let bytes = fs::read(path).map_err(|error| failed(path, &error))?;
    let written = String::from_utf8(bytes).map_err(|_| failed(path, &"it is not valid UTF-8"))?;
    let text = written.split(CUT).next().unwrap_or_default().trim().to_owned();
    if text.is_empty() {
        editor_file.done();
        return Ok(None);
    }
    Ok(Some((text, editor_file)))
}

impl EditorFile {
    fn new(text: &str) -> Result<EditorFile, CannotRun> {
        let made = tempfile::Builder::new().prefix("candor-update-").suffix(".md").tempfile();
        let written = made.and_then(|mut file| file.write_all(text.as_bytes()).map(|()| file.into_temp_path()));
        written.map(|path| EditorFile { file: Some(path) }).map_err(|error| failed(&std::env::temp_dir(), &error))
    }

    /// The text is where it belongs.
    pub fn done(mut self) {
        self.file = None;
    }
}

impl Drop for EditorFile {
    fn drop(&mut self) {
        // A file that cannot be kept is gone, and nothing can be said of it.
        if let Some(path) = self.file.take().and_then(|file| file.keep().ok()) {
            print::say(&format!("your text is kept in {}", path.display()));
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
