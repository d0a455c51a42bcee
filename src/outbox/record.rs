//! What was told: of a build, or acknowledged so far.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Notifiable;
use crate::render::{self, FORMAT};
use crate::time::Time;

/// Which of the two sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteKind {
    /// The status page.
    Public,
    /// The internal wiki.
    Wiki,
}

impl SiteKind {
    /// Its name in files.
    pub fn word(self) -> &'static str {
        match self {
            SiteKind::Public => "public",
            SiteKind::Wiki => "wiki",
        }
    }
}

/// What was told up to a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Of which site.
    pub site_kind: SiteKind,
    /// The address of the status page, by which sites are told apart.
    pub site: String,
    /// The time of the build.
    pub now: Time,
    /// From when on `fingerprints` is complete. What is older is no news.
    pub since: Time,
    /// How many are older.
    pub older: usize,
    /// The fingerprint of what was told, by its key.
    pub fingerprints: BTreeMap<String, String>,
}

/// Why a file is no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordFault {
    /// Not JSON at all, such as a page for missing addresses.
    #[error("this is no JSON ({0}): give the `build.json` of a build, or the state of an outbox")]
    NotJson(String),
    /// JSON, but nothing of ours.
    #[error("this is no `build.json`: it has no `{0}`")]
    Foreign(&'static str),
    /// Of a build before there was an outbox.
    #[error("its build does not say what it told: an older Candor made it; begin with `--since start`")]
    Silent,
    /// Of a later version.
    #[error("it was written by a newer Candor (form {0}, this one reads {FORMAT}): update this one")]
    Newer(u64),
    /// Something inside is not what it should be.
    #[error("`outbox.{0}` in it cannot be read: was it edited?")]
    Broken(&'static str),
}

impl Record {
    /// Reads a `build.json` or a state; both have the same form.
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn read(bytes: &[u8]) -> Result<Record, RecordFault> {
        let root: Value = serde_json::from_slice(bytes).map_err(|error| RecordFault::NotJson(error.to_string()))?;
        let now = root.get("now").and_then(Value::as_str).ok_or(RecordFault::Foreign("now"))?;
        let now = Time::parse(now).map_err(|_| RecordFault::Foreign("now"))?;
        let outbox = root.get("outbox").ok_or(match root.get("candor") {
            Some(_) => RecordFault::Silent,
            None => RecordFault::Foreign("outbox"),
        })?;
        let format = outbox.get("format").and_then(Value::as_u64).ok_or(RecordFault::Broken("format"))?;
        // Earlier ones can be read; of a later one nobody knows what has to be remembered.
        if format > FORMAT {
            return Err(RecordFault::Newer(format));
        }
        let text = |key: &'static str| outbox.get(key).and_then(Value::as_str).ok_or(RecordFault::Broken(key));
        let site_kind = match text("of")? {
            "public" => SiteKind::Public,
            "wiki" => SiteKind::Wiki,
            _ => return Err(RecordFault::Broken("of")),
        };
        let since = Time::parse(text("since")?).map_err(|_| RecordFault::Broken("since"))?;
        let older = outbox.get("older").and_then(Value::as_u64).ok_or(RecordFault::Broken("older"))? as usize;
        Ok(Record { site_kind, site: text("site")?.to_owned(), now, since, older, fingerprints: fingerprints(outbox)? })
    }

    /// In the form that [`Record::read`] reads.
    pub fn json(&self) -> String {
        let outbox = render::record(self.site_kind.word(), &self.site, self.since, self.older, &self.fingerprints);
        let candor = env!("CARGO_PKG_VERSION");
        format!("{:#}\n", json!({ "candor": candor, "now": self.now.rfc3339(), "outbox": outbox }))
    }

    /// The same site, of which all was told that is older than `since`, and nothing that is not.
    #[must_use]
    pub fn beginning(&self, items: &[Notifiable], since: Time) -> Record {
        let old = || items.iter().filter(|item| item.at < since);
        let fingerprints =
            old().filter(|item| item.is_lasting).map(|item| (item.notification_key.clone(), item.fingerprint.clone()));
        let fingerprints = fingerprints.collect();
        let older = old().filter(|item| !item.is_lasting).count();
        Record { now: since.min(self.now), since, older, fingerprints, ..self.clone() }
    }
}

fn fingerprints(outbox: &Value) -> Result<BTreeMap<String, String>, RecordFault> {
    let told = outbox.get("told").and_then(Value::as_object).ok_or(RecordFault::Broken("told"))?;
    let pair = |(key, print): (&String, &Value)| Some((key.clone(), print.as_str()?.to_owned()));
    told.iter().map(pair).collect::<Option<_>>().ok_or(RecordFault::Broken("told"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        Record::read(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let fingerprints = BTreeMap::from([("incident/a/1".to_owned(), "0011223344556677".to_owned())]);
        let time = |text| Time::parse(text).unwrap();
        let (now, since) = (time("2026-03-08T00:00Z"), time("2026-03-01T00:00:00.5Z"));
        let record = Record {
            site_kind: SiteKind::Public,
            site: "https://s.example/".to_owned(),
            now,
            since,
            older: 3,
            fingerprints,
        };
        assert_eq!(Record::read(record.json().as_bytes()), Ok(record));
    }

    #[test]
    fn what_is_no_record_says_why() {
        assert!(fault("<!DOCTYPE html>").starts_with("this is no JSON (expected value at line 1 column 1)"));
        assert_eq!(fault("[]"), "this is no `build.json`: it has no `now`");
        assert_eq!(fault(r#"{"now":"yesterday"}"#), "this is no `build.json`: it has no `now`");
        assert_eq!(fault(r#"{"now":"2026-03-08T00:00:00Z"}"#), "this is no `build.json`: it has no `outbox`");
        assert!(fault(r#"{"now":"2026-03-08T00:00:00Z","candor":"0.1.0"}"#).contains("--since start"));
        assert!(fault(r#"{"now":"2026-03-08T00:00:00Z","outbox":{"format":2}}"#).contains("newer Candor (form 2"));
        assert!(fault(r#"{"now":"2026-03-08T00:00:00Z","outbox":{"format":1,"of":"x"}}"#).contains("`outbox.of`"));
        let told = r#"{"now":"2026-03-08T00:00:00Z","outbox":{"format":1,"of":"wiki","site":"s","since":"2026-03-08T00:00:00Z","older":0,"told":{"a":1}}}"#;
        assert!(fault(told).contains("`outbox.told`"));
    }
}
