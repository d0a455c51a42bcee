//! The state moves on by what was sent.

use super::compare::{TimeFault, check};
use super::{IndexedMessage, Record};
use crate::diagnostic::did_you_mean;

/// Why nothing was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AckFault {
    /// The state is of another site, or later than the messages.
    #[error(transparent)]
    Other(TimeFault),
    /// Somebody acknowledged other messages since these were written.
    #[error("it is of {state}, and these messages follow on {before}: write them again with `candor outbox`")]
    MovedOn {
        /// The time of the state.
        state: String,
        /// The time of the record that the messages were compared with.
        before: String,
    },
    /// No message is called so.
    #[error("there is no message `{name}`: {help}")]
    Unknown {
        /// What was given.
        name: String,
        /// What may be meant.
        help: String,
    },
}

/// The state after the messages called `names`, or all of them, were sent. They are what `after` tells and
/// `before` did not. Once all are sent, the state is that of the build.
///
/// # Errors
/// Names that no message has; a state that does not belong to these messages.
pub fn acknowledge(
    state: &Record,
    messages: &[IndexedMessage],
    (before, after): (&Record, &Record),
    names: Option<&[String]>,
) -> Result<Record, AckFault> {
    check(state, after).map_err(AckFault::Other)?;
    if state.now != before.now && state != after {
        return Err(AckFault::MovedOn { state: state.now.rfc3339(), before: before.now.rfc3339() });
    }
    let mut state = state.clone();
    for name in names.unwrap_or_default() {
        let message = messages.iter().find(|message| message.is_called(name)).ok_or_else(|| unknown(name, messages))?;
        state.fingerprints.insert(message.notification_key.clone(), message.fingerprint.clone());
    }
    let is_sent =
        |message: &IndexedMessage| state.fingerprints.get(&message.notification_key) == Some(&message.fingerprint);
    let is_done = names.is_none() || messages.iter().all(is_sent);
    Ok(if is_done { after.clone() } else { state })
}

fn unknown(name: &str, messages: &[IndexedMessage]) -> AckFault {
    let help = did_you_mean(name, messages.iter().map(|message| &*message.key));
    let help = help.unwrap_or_else(|| "give a `key` of `index.json`, or the folder of a message".to_owned());
    AckFault::Unknown { name: name.to_owned(), help }
}
