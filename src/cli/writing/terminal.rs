//! Questions on a terminal. Where nobody sits at one nothing is asked: what is missing is an error instead.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::cli::CannotRun;

/// Whoever sits at the keyboard, if anybody does.
#[derive(Clone, Copy)]
pub(super) struct Terminal {
    pub is_there: bool,
}

impl Terminal {
    pub fn new() -> Terminal {
        Terminal { is_there: io::stdin().is_terminal() && io::stderr().is_terminal() }
    }

    /// The answer to a question; `usual` where it is left empty.
    pub fn ask(self, question: &str, usual: &str) -> Result<String, CannotRun> {
        let hint = if usual.is_empty() { String::new() } else { format!(" [{usual}]") };
        let answer = line(&format!("{question}{hint}: "))?;
        Ok(if answer.trim().is_empty() { usual.to_owned() } else { answer.trim().to_owned() })
    }

    /// Asks until `read` takes the answer; what it refuses is said.
    pub fn ask_until<T>(
        self,
        question: &str,
        usual: &str,
        read: impl Fn(&str) -> Result<T, CannotRun>,
    ) -> Result<T, CannotRun> {
        loop {
            match read(&self.ask(question, usual)?) {
                Ok(value) => return Ok(value),
                Err(error) => crate::cli::report::say(&format!("  {error}")),
            }
        }
    }

    /// Lines up to an empty one, after the first with text; `usual` where the first is empty.
    pub fn ask_text(self, question: &str, usual: &str) -> Result<String, CannotRun> {
        let shown: String = usual.lines().map(|line| format!("  {line}\n")).collect();
        let hint = if usual.is_empty() { "" } else { "; empty: the text above" };
        let mut text = line(&format!("{shown}{question} (an empty line ends it{hint})\n> "))?;
        if text.trim().is_empty() && !usual.is_empty() {
            return Ok(usual.to_owned());
        }
        loop {
            let next = if text.trim().is_empty() { String::new() } else { line("> ")? };
            if next.trim().is_empty() {
                return Ok(text.trim().to_owned());
            }
            text = format!("{text}\n{next}");
        }
    }

    /// Yes unless the answer begins with `n`.
    pub fn agrees(self, question: &str) -> Result<bool, CannotRun> {
        let answer = line(&format!("{question} [Y/n] "))?;
        Ok(!answer.trim_start().to_lowercase().starts_with('n'))
    }
}

/// One line of the keyboard, without its end.
fn line(prompt: &str) -> Result<String, CannotRun> {
    let mut talk = io::stderr();
    let _ = write!(talk, "{prompt}").and_then(|()| talk.flush());
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) => Err(CannotRun("the input ended; nothing was written".to_owned())),
        Ok(_) => Ok(line.trim_end_matches(['\n', '\r']).to_owned()),
        Err(error) => Err(CannotRun(format!("the answer cannot be read: {error}"))),
    }
}
