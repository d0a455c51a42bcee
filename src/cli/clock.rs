//! The only place that reads the wall clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Args;

use super::CannotRun;
use crate::time::{Time, TimeFault};

/// The present moment, for every command that depends on it.
#[derive(Args)]
pub(super) struct ClockArgs {
    /// The present moment of the pages, such as 2026-03-02T15:04Z; the same input and the same time
    /// give the same bytes [default: the clock, or SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
}

impl ClockArgs {
    /// The time asked for, else that of `SOURCE_DATE_EPOCH` (reproducible-builds.org), else the clock's.
    pub(super) fn now(&self) -> Result<Time, CannotRun> {
        if let Some(text) = &self.now {
            return Time::parse(text).map_err(|fault| CannotRun(complaint(text, fault)));
        }
        #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
        let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
        match epoch {
            // Set by builders of packages, for the same reason for which there is `--now`.
            Some(text) => from_epoch(text.trim()),
            None => Ok(self.wall()),
        }
    }

    /// Whether the time was given, so that it does not go on.
    pub(super) fn is_fixed(&self) -> bool {
        self.now.is_some()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn wall(&self) -> Time {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Time::from_millis(0).plus_seconds(since_epoch.as_secs() as i64)
    }
}

fn from_epoch(text: &str) -> Result<Time, CannotRun> {
    /// The first second of the year 10000.
    const END: i64 = 253_402_300_800;
    match text.parse() {
        Ok(seconds) if (0..END).contains(&seconds) => Ok(Time::from_millis(0).plus_seconds(seconds)),
        Ok(_) => Err(CannotRun(format!("SOURCE_DATE_EPOCH lies outside the years 1970 to 9999: `{text}`"))),
        Err(_) => Err(CannotRun(format!("SOURCE_DATE_EPOCH is no number: `{text}`"))),
    }
}

fn complaint(text: &str, fault: TimeFault) -> String {
    let why = match fault {
        TimeFault::NoOffset => "does not say its offset from UTC: add `Z`",
        TimeFault::Impossible => "does not exist",
        TimeFault::Year => "has a year outside 1970 to 9999",
        TimeFault::Malformed => "is not a time: write it as 2026-03-02T15:04Z",
    };
    format!("--now: `{text}` {why}")
}
