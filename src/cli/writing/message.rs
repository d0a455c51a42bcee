//! The text of an update: from a flag, from standard input, from a template, an editor or the keyboard.

use std::io::{self, Read};

use clap::{Args, Command, CommandFactory};

use super::editor_file::{self, EditorFile};
use super::templates::{self, MissingValues};
use super::terminal::Terminal;
use super::{Workspace, WriteOptions, statuses};
use crate::author::{Values, blanks, fill_in};
use crate::cli::{CannotRun, Cli, Outcome, print};
use crate::model::{Blank, Template, TemplateStatus, Vocabulary};

/// What customers are told.
#[derive(Args)]
pub(super) struct TextArgs {
    /// The text, in Markdown; `-` reads it from standard input
    #[arg(long, short, value_name = "TEXT", allow_hyphen_values = true, value_parser = text)]
    message: Option<String>,
    /// A text to begin with, by its name; `?` lists them
    #[arg(long, short, value_name = "NAME", conflicts_with = "message")]
    template: Option<String>,
    /// What stands in braces in a template, such as `symptom=Payments fail.`; may be repeated
    #[arg(long, value_name = "NAME=TEXT")]
    fill: Vec<String>,
}

/// A text may begin with `-`, as a list does. One that is a flag of these commands in all but its place was meant as one,
/// and would be published otherwise.
pub(super) fn text(given: &str) -> Result<String, String> {
    let name = given.strip_prefix("--").map(|flag| flag.split('=').next().unwrap_or_default());
    match name.is_some_and(|name| is_flag(&Cli::command(), name)) {
        true => Err("a text is missing; this is the next flag".to_owned()),
        false => Ok(given.to_owned()),
    }
}

fn is_flag(command: &Command, name: &str) -> bool {
    let mut own = command.get_arguments().filter_map(clap::Arg::get_long);
    own.any(|long| long == name) || command.get_subcommands().any(|below| is_flag(below, name))
}

/// A text, and the file it was written in if that was an editor's.
pub(super) struct Message {
    pub text: String,
    pub editor_file: Option<EditorFile>,
}

/// What the text is to be about.
pub(super) struct TextContext {
    /// For whoever writes it.
    pub help: Vec<String>,
    /// What is known of a template's blanks.
    pub values: Values,
}

impl TextArgs {
    /// Whether the templates are to be listed, and nothing else.
    pub fn is_question(&self) -> bool {
        self.template.as_deref() == Some("?")
    }

    /// Lists the templates.
    pub fn list(&self, options: &WriteOptions) -> Result<Outcome, CannotRun> {
        let Some(workspace) = Workspace::open(options)? else { return Ok(Outcome::Faults) };
        print::give(&templates::list(&templates::all(&workspace.site.templates)));
        Ok(Outcome::Fine)
    }

    /// The template that is named.
    pub fn template(&self, workspace: &Workspace) -> Result<Option<Template>, CannotRun> {
        self.template.as_deref().map(|name| templates::named(workspace, name)).transpose()
    }

    /// The text of an update with this status.
    pub fn get(
        &self,
        workspace: &Workspace,
        terminal: Terminal,
        status: &str,
        subject: TextContext,
    ) -> Result<Message, CannotRun> {
        let TextContext { help, mut values } = subject;
        values.extend(self.given()?);
        let message = match (&self.message, self.template(workspace)?) {
            (Some(text), _) if text == "-" => Message { text: standard_input()?, editor_file: None },
            (Some(text), _) => Message { text: text.clone(), editor_file: None },
            (None, Some(template)) => Message { text: filled(&template.body, &values, terminal)?, editor_file: None },
            (None, None) if terminal.is_there => {
                let template =
                    TemplateStatus::from_word(status).and_then(|status| templates::of_status(workspace, status));
                written(terminal, template, &help, &values)?
            }
            (None, None) => {
                let flags = "`--message TEXT`, `--message -` or `--template NAME`";
                return Err(CannotRun(format!("the text is missing: give {flags}")));
            }
        };
        if message.text.trim().is_empty() {
            let is_flag = self.message.is_some();
            return Err(CannotRun(
                if is_flag { "--message is empty" } else { "the text is empty; nothing was written" }.to_owned(),
            ));
        }
        Ok(message)
    }

    /// What `--fill` says.
    fn given(&self) -> Result<Vec<(Blank, String)>, CannotRun> {
        let pairs = self.fill.iter().map(|pair| {
            let (name, text) = pair
                .split_once('=')
                .ok_or_else(|| CannotRun(format!("--fill: `{pair}` has no text: write it as `{pair}=TEXT`")))?;
            Ok((statuses::word("--fill", name)?, text.trim().to_owned()))
        });
        pairs.collect()
    }
}

/// The template without blanks: what nobody knows is asked for, or is an error.
fn filled(body: &str, values: &Values, terminal: Terminal) -> Result<String, CannotRun> {
    let mut values = values.clone();
    let missing: Vec<Blank> = blanks(body).into_iter().filter(|blank| !values.contains_key(blank)).collect();
    if !terminal.is_there && !missing.is_empty() {
        return Err(MissingValues(missing).into());
    }
    for blank in missing {
        values.insert(blank, templates::ask(terminal, blank)?);
    }
    Ok(fill_in(body, &values).trim().to_owned())
}

/// A text by whoever sits at the terminal, begun with a template.
fn written(
    terminal: Terminal,
    template: Option<Template>,
    help: &[String],
    values: &Values,
) -> Result<Message, CannotRun> {
    let begun = template.map(|template| fill_in(&template.body, values)).unwrap_or_default();
    let Some(command) = editor_file::editor() else {
        let text = terminal.ask_text("What do customers need to know?", &begun)?;
        return Ok(Message { text: filled(&text, values, terminal)?, editor_file: None });
    };
    match editor_file::edit(&command, &begun, help)? {
        Some((text, editor_file)) => {
            Ok(Message { text: filled(&text, values, terminal)?, editor_file: Some(editor_file) })
        }
        None => Ok(Message { text: String::new(), editor_file: None }),
    }
}

// Read only when `-` asks for it: a pipe that nobody closes would hang every command that is run from a script.
fn standard_input() -> Result<String, CannotRun> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.map_err(|error| CannotRun(format!("the text cannot be read from standard input: {error}")))?;
    Ok(text)
}
