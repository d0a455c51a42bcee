//! What is known of alarms from one run to the next: a file of JSON beside the content.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Id;
use crate::time::Time;

/// After so many seconds an alarm that is over is forgotten. No monitor repeats one that is older.
const KEPT: i64 = 30 * 86_400;

/// One alarm as it was heard last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmRecord {
    /// When it began, as its sender says; RFC 3339. None while only its end is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    began: Option<String>,
    /// When it was heard of, if the sender's clock was ahead of ours then, or ours has jumped back since.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    heard: Option<String>,
    /// When it began again without an end in between that was heard of; none if it did not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    again: Option<String>,
    /// When it ended; none while it goes on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    over: Option<String>,
    /// The rule that it fits, by its number in `site.yaml`, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rule: Option<usize>,
    /// The incident that tells of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub incident: Option<String>,
}

/// All alarms that are remembered, by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AlertRecords(pub BTreeMap<String, AlarmRecord>);

impl AlarmRecord {
    /// One that goes on since `began`.
    pub fn open(began: Time, rule: Option<usize>) -> AlarmRecord {
        AlarmRecord { began: Some(began.rfc3339()), rule, ..AlarmRecord::default() }
    }

    /// When it began by our clock, which is the one that incidents are told by.
    pub fn started(&self) -> Option<Time> {
        let began = time(self.began.as_ref())?;
        Some(time(self.heard.as_ref()).map_or(began, |heard| heard.min(began)))
    }

    /// What goes on at `now` began by then, whatever a sender's clock says or ours said earlier.
    pub fn goes_on_at(&mut self, now: Time) {
        if self.is_open() && self.started().is_some_and(|started| started > now) {
            self.heard = Some(now.rfc3339());
        }
    }

    /// When it began last, as its sender says. What ended before that is not its end.
    pub fn began_last(&self) -> Option<Time> {
        time(self.again.as_ref()).or(time(self.began.as_ref()))
    }

    /// It goes on, and began anew then: an end in between was not heard of, or comes late.
    pub fn go_on(&mut self, began: Time) {
        if self.began_last().is_some_and(|last| last < began) {
            self.again = Some(began.rfc3339());
        }
    }

    /// When it ended, as its sender says.
    pub fn over(&self) -> Option<Time> {
        time(self.over.as_ref())
    }

    /// It is over since `ended`, or since the latest that was said.
    pub fn end(&mut self, ended: Time) {
        self.over = Some(self.over().map_or(ended, |known| known.max(ended)).rfc3339());
    }

    /// Whether it goes on.
    pub fn is_open(&self) -> bool {
        self.began.is_some() && self.over.is_none()
    }
}

fn time(text: Option<&String>) -> Option<Time> {
    Time::parse(text?).ok()
}

impl AlertRecords {
    /// What a file of an earlier run says.
    ///
    /// # Errors
    /// A file that is none of ours, in words.
    pub fn parse(text: &str) -> Result<AlertRecords, String> {
        serde_json::from_str(text).map_err(|fault| fault.to_string())
    }

    /// As the file has it. What is over for long is forgotten.
    pub fn print(&self, now: Time) -> String {
        let is_kept = |record: &AlarmRecord| record.over().is_none_or(|over| over.plus_seconds(KEPT) > now);
        let kept: BTreeMap<&String, &AlarmRecord> = self.0.iter().filter(|(_, record)| is_kept(record)).collect();
        serde_json::to_string_pretty(&kept).map(|text| text + "\n").unwrap_or_default()
    }

    /// Whether an alarm that the incident tells of goes on.
    pub fn has_open(&self, incident: &Id) -> bool {
        self.0.values().any(|record| record.is_open() && record.incident.as_deref() == Some(&**incident))
    }
}
