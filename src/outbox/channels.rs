//! A folder per message, a file per channel.

use super::{
    Comparison, IndexedMessage, Mail, Mailing, Message, Notifiable, OutboxIndex, Record, SendReason, slack, teams,
    webhook, websub,
};
use crate::output::Route;
use crate::render::NotificationBody;

/// One message, in the form of each channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedMessage {
    /// By which receivers know it again: the same for the same message, however often it is written.
    pub key: String,
    /// One line that says what it is about.
    pub headline: String,
    /// Whether it was told otherwise before.
    pub is_correction: bool,
    /// Name and text of its files.
    pub files: Vec<(&'static str, String)>,
}

impl RenderedMessage {
    /// The name of its folder, if it is the message of this number, from 0.
    pub fn folder(&self, number: usize) -> String {
        format!("{:03}-{}", number + 1, self.key)
    }
}

/// In the form of each channel. A complete mail is made only if it is known from whom to whom.
pub fn rendered(message: &Message, mailing: Option<&Mailing>) -> RenderedMessage {
    let mail = Mail::of(message);
    let eml = mailing.map(|mailing| ("email.eml", mailing.message(&mail)));
    let files = [
        ("webhook.json", webhook::payload(message)),
        ("slack.json", slack::payload(message)),
        ("teams.json", teams::payload(message)),
        ("email.txt", mail.text),
        ("email.html", mail.html),
    ];
    let pings = websub::pings(message).map(|pings| ("websub.txt", pings));
    let files = files.into_iter().chain(eml).chain(pings).collect();
    let (key, headline) = (message.key.clone(), message.headline());
    RenderedMessage { key, headline, is_correction: message.is_correction, files }
}

/// The messages of a comparison, oldest first; `tell` gives what the item of a number says.
pub fn messages(
    before: &Record,
    comparison: &Comparison,
    items: &[Notifiable],
    tell: impl Fn(usize) -> NotificationBody,
) -> Vec<Message> {
    let messages = comparison.pending.iter().map(|pending| {
        let (item, notification) = (&items[pending.item], tell(pending.item));
        let key = key(&notification.code, &item.fingerprint, &pending.reason);
        // A mail dated before those that went out already would be sorted below them and not be seen.
        let is_timely = pending.reason == SendReason::New && item.at > before.now;
        let date = if is_timely { notification.at } else { comparison.after.now };
        Message { notification, is_correction: pending.reason != SendReason::New, key, date }
    });
    messages.collect()
}

/// The code of the update and how it reads; for a correction also how it read before, so that one that
/// takes back another is no repetition of the first message.
pub(super) fn key(code: &str, fingerprint: &str, reason: &SendReason) -> String {
    // Enough to tell the texts of one update apart, and short enough for the name of a folder.
    let short = |print: &str| print.chars().take(8).collect::<String>();
    match reason {
        SendReason::New => format!("{code}-{}", short(fingerprint)),
        SendReason::Changed(old) => format!("{code}-{}-{}", short(fingerprint), short(old)),
    }
}

/// Every file of the outbox: the list of messages, what the state is before and after, and each message
/// in each form. `messages` are those of what is pending, in its order.
pub fn routes(
    messages: &[RenderedMessage],
    items: &[Notifiable],
    before: &Record,
    comparison: &Comparison,
) -> Vec<Route> {
    let numbered = || messages.iter().enumerate();
    let listed = numbered().zip(&comparison.pending).map(|((number, message), pending)| IndexedMessage {
        key: message.key.clone(),
        folder: message.folder(number),
        notification_key: items[pending.item].notification_key.clone(),
        fingerprint: items[pending.item].fingerprint.clone(),
        subject: message.headline.clone(),
        is_correction: message.is_correction,
        files: message.files.iter().map(|(name, _)| (*name).to_owned()).collect(),
    });
    let index = OutboxIndex {
        site: comparison.after.site.clone(),
        site_kind: comparison.after.site_kind,
        messages: listed.collect(),
    };
    let files = numbered().flat_map(|(number, message)| {
        let folder = message.folder(number);
        message.files.iter().map(move |(name, text)| route(format!("{folder}/{name}"), text.clone()))
    });
    let own = [
        route("index.json", index.json()),
        route("before.json", before.json()),
        route("after.json", comparison.after.json()),
    ];
    let mut routes: Vec<Route> = files.chain(own).collect();
    routes.sort_by(|a, b| a.path.cmp(&b.path));
    routes
}

fn route(path: impl Into<String>, text: String) -> Route {
    Route::fixed(path, "the outbox", text.into_bytes().into())
}
