//! The list of the messages in an outbox: for programs that send, and for acknowledging.

use serde_json::{Value, json};

use super::SiteKind;

/// `index.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxIndex {
    /// The address of the status page.
    pub site: String,
    /// Which of the two sites.
    pub site_kind: SiteKind,
    /// In the order in which they are to be sent.
    pub messages: Vec<IndexedMessage>,
}

/// A message in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedMessage {
    /// For receivers that take a message once, such as by a header `Idempotency-Key`.
    pub key: String,
    /// Where its files are.
    pub folder: String,
    /// What it tells.
    pub notification_key: String,
    /// How that reads.
    pub fingerprint: String,
    /// One line.
    pub subject: String,
    /// Whether it was told otherwise before.
    pub is_correction: bool,
    /// The names of its files.
    pub files: Vec<String>,
}

impl OutboxIndex {
    /// As in the file.
    pub fn json(&self) -> String {
        let messages: Vec<Value> = self.messages.iter().map(IndexedMessage::json).collect();
        format!("{:#}\n", json!({ "site": self.site, "of": self.site_kind.word(), "messages": messages }))
    }

    /// What [`OutboxIndex::json`] wrote of each message; none if it is something else.
    pub fn messages(bytes: &[u8]) -> Option<Vec<IndexedMessage>> {
        let root: Value = serde_json::from_slice(bytes).ok()?;
        root.get("messages")?.as_array()?.iter().map(IndexedMessage::read).collect()
    }
}

impl IndexedMessage {
    fn json(&self) -> Value {
        json!({
            "key": self.key,
            "folder": self.folder,
            "change": if self.is_correction { "changed" } else { "new" },
            "subject": self.subject,
            "place": self.notification_key,
            "fingerprint": self.fingerprint,
            "files": self.files,
        })
    }

    fn read(value: &Value) -> Option<IndexedMessage> {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let files = value.get("files")?.as_array()?.iter().map(|name| name.as_str().map(str::to_owned));
        Some(IndexedMessage {
            key: text("key")?,
            folder: text("folder")?,
            notification_key: text("place")?,
            fingerprint: text("fingerprint")?,
            subject: text("subject")?,
            is_correction: text("change")? == "changed",
            files: files.collect::<Option<_>>()?,
        })
    }

    /// Whether somebody means this message: by its key, or by its folder, with or without what is above it.
    pub fn is_called(&self, name: &str) -> bool {
        let last = name.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(name);
        last == self.key || last == self.folder
    }
}
