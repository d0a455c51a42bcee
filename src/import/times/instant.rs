//! From what a text says to an instant, or to the reason why there is none.

use std::fmt;

use super::frame::Frame;
use super::moment::Moment;
use super::written;
use crate::time::{Date, Time};

/// The last moment that content can name; the first is 1970.
const LAST: Time = Time::from_millis(253_402_300_799_000);

/// A time with its zone, unless no content can name it.
pub(in crate::import) fn exact(text: &str) -> Option<Time> {
    Time::parse(text.trim()).ok().filter(|time| is_nameable(*time))
}

/// Whether content can name it.
pub(in crate::import) fn is_nameable(time: Time) -> bool {
    (Time::from_millis(0)..=LAST).contains(&time)
}

/// So many seconds later, as far as content can name it.
pub(in crate::import) fn later(time: Time, seconds: i64) -> Time {
    time.plus_seconds(seconds).min(LAST)
}

/// As a sentence writes it.
pub(in crate::import) fn spoken(time: Time) -> String {
    written(time).replace('T', " ").replace('Z', " UTC")
}

/// Why a moment is no instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum Doubt {
    /// It has no day, and none is known otherwise.
    NoDay,
    /// Its day may be two days, or none.
    Day,
    /// It has no time of day, or none that can be read.
    NoClock,
    /// No list knows this zone, or several places call different times so.
    Zone(String),
    /// It is no time at all, or one among other words.
    Unread,
    /// Clocks of the zone never showed it, or content cannot name it.
    Impossible,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::NoDay => f.write_str("it names no day"),
            Doubt::Day => f.write_str("its day may be two days, or none"),
            Doubt::Unread => f.write_str("it is no time that can be read"),
            Doubt::NoClock => f.write_str("its time of day cannot be read"),
            Doubt::Zone(word) => write!(f, "the zone `{word}` is not known, or may be several"),
            Doubt::Impossible => f.write_str("clocks never showed it, or it is not from 1970 to 9999"),
        }
    }
}

impl Moment {
    /// The instant in its own zone or else in `home`, on its own day or else on `date`.
    pub(in crate::import) fn instant(&self, home: Frame, date: Option<Date>) -> Result<Time, Doubt> {
        let frame = match &self.zone {
            Some(word) => word.frame.ok_or_else(|| Doubt::Zone(word.name.clone()))?,
            None => home,
        };
        let day = match &self.day {
            Some(day) => day.date().ok_or(Doubt::Day)?,
            None => date.ok_or(Doubt::NoDay)?,
        };
        let clock = self.clock.filter(|_| !self.is_mistyped).ok_or(Doubt::NoClock)?;
        frame.instant(day, clock).filter(|time| is_nameable(*time)).ok_or(Doubt::Impossible)
    }

    /// The same; a day alone is its beginning.
    pub(in crate::import) fn beginning(&self, home: Frame) -> Result<Time, Doubt> {
        if self.clock.is_some() || self.is_mistyped {
            return self.instant(home, None);
        }
        let time = home.day_start(self.date().ok_or(Doubt::Day)?);
        Some(time).filter(|time| is_nameable(*time)).ok_or(Doubt::Impossible)
    }

    /// The day that it names.
    pub(in crate::import) fn date(&self) -> Option<Date> {
        self.day.as_ref().and_then(super::Day::date)
    }

    /// The word of its zone where that is one of the winter and clocks there show summer time, or the other way round.
    pub(in crate::import) fn other_season(&self, at: Time) -> Option<&str> {
        self.zone.as_ref().filter(|word| word.is_of_other_season(at)).map(|word| &*word.name)
    }
}
