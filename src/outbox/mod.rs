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
//!
//! # What it promises
//!
//! `render::notifications` lists everything that customers are told, each with its key (`incident/ID/2`), of which its code is
//! made, and a fingerprint of what is read in it. `build.json` holds those of the last week, `outbox::Record`. The state of an
//! outbox has the same form, so both are read by the same function and either can be what a build is compared with.
//!
//! - **Why a list with an end loses nothing.** The list is only ever the earlier side. The later side is the whole content:
//!   `candor outbox` builds it again at the time of `build.json` and holds it to its digest. What is older than the earlier
//!   list is no news by definition, and age counts from the earlier record, not from the present, so a pause loses nothing.
//! - **The state moves by `acknowledge` alone**, by one fingerprint or to the record of the build; it is replaced by a rename.
//!   `tests/outbox/property.rs` holds both promises for random builds, failures and acknowledgements.
//! - What another message tells, such as the words on work that the clock began, is not sent beside it.
//! - A fingerprint must depend on nothing but the content: not on the theme, the site's address, or our version. A change of
//!   the scheme would send a week again, so its test has a constant.
//! - The wiki's mails (`render::reviews`, `outbox/review.rs`) have a record of their own kind, which no public outbox accepts.
//!   It only grows, so that a postmortem that is reviewed twice is mailed once.
//! - Messages are routes, so they pass `leak::Guard` and `output::publish` as pages do. Each channel is a file that knows its
//!   limits; `outbox/text.rs` has what keeps an author's words from being lines, commands or markup.

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
pub use index::{IndexedMessage, OutboxIndex};
pub(crate) use message::Message;
pub(crate) use mime::{Address, Mailing};
pub use notifiable::Notifiable;
pub use record::{Record, SiteKind};
pub(crate) use review::review_message;
