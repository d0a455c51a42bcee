//! The one reader of times that other systems and people wrote: `7:32 PM`, `2020-01-07 11.57`, `[10:00] UTC`,
//! `Jan 8, 10:18 AM`, `10時18分`, and what programs print. Whatever the importer, the same words are the same instant.
//!
//! It never guesses: what is no time is none, what only looks like one is a question, and a zone that no list knows
//! leaves the time unknown.

mod clock;
mod day;
mod frame;
mod instant;
mod moment;
mod place;
mod sentence;
mod stated;
mod week;
mod zone;

pub(super) use super::history::write::time as written;
pub(super) use day::{Context, Day, first, order};
pub(super) use frame::{DAY, Frame};
pub(super) use instant::{Doubt, exact, is_nameable, later, spoken};
pub(super) use moment::{Moment, Place, mistyped, read};
pub(super) use sentence::in_sentence;
pub(super) use stated::{whole, within};
pub(super) use week::is_weekday;
pub(super) use zone::Word;
