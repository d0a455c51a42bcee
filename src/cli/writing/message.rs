//! The text of an update: from a flag, from standard input, from an editor, or from the keyboard.

use std::io::{self, Read};

use clap::Args;

use super::draft::{self, Draft};
use super::terminal::Terminal;
use crate::cli::CannotRun;

/// What customers are told.
#[derive(Args)]
pub(super) struct Words {
    /// The text, in Markdown; `-` reads it from standard input
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
}

/// A text, and the file it was written in if that was an editor's.
pub(super) struct Message {
    pub text: String,
    pub draft: Option<Draft>,
}

impl Words {
    /// Whether the text is still to be asked for.
    fn is_missing(&self) -> bool {
        self.message.is_none()
    }

    /// The text; `help` tells whoever writes it what it is about.
    pub fn get(&self, terminal: Terminal, help: &[String]) -> Result<Message, CannotRun> {
        let message = match &self.message {
            Some(text) if text == "-" => Message { text: standard_input()?, draft: None },
            Some(text) => Message { text: text.clone(), draft: None },
            None if terminal.is_there => written(terminal, help)?,
            None => return Err(CannotRun("the text is missing: give `--message TEXT`, or `--message -`".to_owned())),
        };
        if message.text.trim().is_empty() {
            let why = if self.is_missing() { "the text is empty; nothing was written" } else { "--message is empty" };
            return Err(CannotRun(why.to_owned()));
        }
        Ok(message)
    }
}

fn written(terminal: Terminal, help: &[String]) -> Result<Message, CannotRun> {
    let Some(command) = draft::editor() else {
        let text = terminal.ask_text("What do customers need to know?")?;
        return Ok(Message { text, draft: None });
    };
    match draft::edit(&command, "", help)? {
        Some((text, draft)) => Ok(Message { text, draft: Some(draft) }),
        None => Ok(Message { text: String::new(), draft: None }),
    }
}

fn standard_input() -> Result<String, CannotRun> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.map_err(|error| CannotRun(format!("the text cannot be read from standard input: {error}")))?;
    Ok(text)
}
