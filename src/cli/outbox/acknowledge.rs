//! `candor outbox --ack`

use std::path::Path;

use super::files;
use crate::cli::{CannotRun, Outcome, print};
use crate::outbox::{self, OutboxIndex};

/// Moves the state on by the messages of these names, or by all that are in the folder.
pub(super) fn run(out: &Path, state: &Path, names: &[String]) -> Result<Outcome, CannotRun> {
    let path = out.join("index.json");
    let bytes = files::bytes(&path).map_err(|error| {
        CannotRun(format!(
            "there is no outbox in `{}` ({error}): write one with `candor outbox`, or name its folder with `--out DIR`",
            out.display()
        ))
    })?;
    let broken =
        || CannotRun(format!("`{}` is no list of messages: write it again with `candor outbox`", path.display()));
    let messages = OutboxIndex::messages(&bytes).ok_or_else(broken)?;
    let (before, after) = (files::record(&out.join("before.json"))?, files::record(&out.join("after.json"))?);
    let known = files::record(state)?;
    let names = Some(names).filter(|names| !names.is_empty());
    let next = outbox::acknowledge(&known, &messages, (&before, &after), names);
    let next = next.map_err(|fault| match fault {
        outbox::AckFault::Unknown { .. } => CannotRun::because(fault),
        fault => CannotRun(format!("`{}`: {fault}", state.display())),
    })?;
    files::replace(state, &next.json())?;
    let sent = names.map_or(messages.len(), <[String]>::len);
    let messages = print::count(messages.len(), "message");
    print::say(&format!("{}: {sent} of {messages} acknowledged", state.display()));
    Ok(Outcome::Fine)
}
