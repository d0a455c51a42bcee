//! Every command with its flags, as its help prints it.

use super::MARK;
use crate::support::{Site, every_command};

/// The chapter on all commands, in Markdown.
pub fn chapter() -> String {
    let site = Site::new();
    let mut text = format!("{MARK}# Every command and its flags\n\nWhat `--help` prints.\n");
    for command in every_command(&site, "").into_iter().filter(|command| !command.is_empty()) {
        text += &format!("\n## candor {command}\n\n```text\n{}\n```\n", site.help(&command).trim());
    }
    text
}
