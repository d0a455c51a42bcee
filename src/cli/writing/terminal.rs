//! Questions on a terminal. Where nobody sits at one nothing is asked: what is missing is an error instead.

use std::fmt::Display;
use std::io::{self, BufRead, IsTerminal, Write};

use inquire::{InquireError, MultiSelect, Select};

use super::statuses::word;
use crate::cli::CannotRun;
use crate::model::Vocabulary;

/// Whoever sits at the keyboard, if anybody does.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Terminal {
    pub is_there: bool,
    /// Whether it can draw a list to choose from. Where it cannot, as in an editor's shell, a line is read.
    pub has_lists: bool,
}

impl Terminal {
    pub fn new() -> Terminal {
        let is_there = io::stdin().is_terminal() && io::stderr().is_terminal();
        let can_draw = cfg!(windows) || std::env::var_os("TERM").is_some_and(|name| !name.is_empty() && name != "dumb");
        Terminal { is_there, has_lists: is_there && can_draw }
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
                Err(error) => crate::cli::print::say(&format!("  {error}")),
            }
        }
    }

    /// One of the words, begun at the `usual` one.
    pub fn ask_word<T: Vocabulary>(self, question: &str, usual: &str) -> Result<T, CannotRun> {
        if !self.has_lists {
            return self.ask_until(question, usual, |text| word(question, text));
        }
        let chosen = self.choose(question, T::WORDS.to_vec(), usual)?;
        word(question, chosen)
    }

    /// One of the options, begun at the one that reads `usual`.
    pub fn choose<T: Display>(self, question: &str, options: Vec<T>, usual: &str) -> Result<T, CannotRun> {
        let start = options.iter().position(|option| option.to_string() == usual).unwrap_or(0);
        Select::new(question, options).with_starting_cursor(start).prompt().map_err(unanswered)
    }

    /// Any of the options.
    pub fn choose_several<T: Display>(self, question: &str, options: Vec<T>) -> Result<Vec<T>, CannotRun> {
        MultiSelect::new(question, options).with_keep_filter(false).prompt().map_err(unanswered)
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

fn unanswered(error: InquireError) -> CannotRun {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            CannotRun("the question was left; nothing was written".to_owned())
        }
        error => CannotRun(format!("the answer cannot be read: {error}")),
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
