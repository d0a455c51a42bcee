//! Messages for other channels: what a build tells that an earlier one did not.
//!
//! Pure. [`Record`] is what was told, as `build.json` and the state of an outbox have it; [`compare()`] finds
//! what is new and what reads otherwise; [`messages()`] writes a payload per message and channel, as routes;
//! [`acknowledge()`] moves the state on, by one message or by all.
//!
//! Nothing is lost, because the state moves only by acknowledgement, and what is there now is taken from the
//! whole content, not from a list with an end. Nothing is sent twice, because what is acknowledged stands
//! in the state with its fingerprint. Between sending and acknowledging a program can be killed: then a
//! message is sent once more, with the same key.

mod acknowledge;
mod channels;
mod compare;
mod email;
mod index;
mod message;
mod mime;
mod notifiable;
mod record;
mod review;
mod slack;
mod teams;
mod text;
mod webhook;
mod websub;

pub(crate) use acknowledge::AckFault;
pub use acknowledge::acknowledge;
pub(crate) use channels::{RenderedMessage, messages, rendered, routes};
pub use compare::compare;
pub(crate) use compare::{Comparison, SendReason};
pub(crate) use email::Mail;
pub use index::IndexedMessage;
pub(crate) use index::OutboxIndex;
pub(crate) use message::Message;
pub(crate) use mime::{Address, Mailing};
pub use notifiable::Notifiable;
pub use record::{Record, SiteKind};
pub(crate) use review::review_message;
