//! A folder per message, a file per channel.

use super::{Change, Comparison, Index, Item, Listed, Mail, Mailing, Record, slack, teams, text::one_line, webhook};
use crate::output::Route;
use crate::render::Told;
use crate::time::Time;

/// One message, not yet in the form of any channel.
pub struct Letter {
    /// What is told.
    pub told: Told,
    /// Whether it was told otherwise before.
    pub is_correction: bool,
    /// By which receivers know it again: the same for the same message, however often it is written.
    pub key: String,
    /// The date that the message bears.
    pub date: Time,
}

impl Letter {
    /// The name of its folder, if it is the message of this number, from 0.
    pub fn folder(&self, number: usize) -> String {
        format!("{:03}-{}", number + 1, self.key)
    }

    /// One line that says what it is about.
    pub fn headline(&self) -> String {
        let told = &self.told;
        let headline = one_line(&format!("{}: {}", told.label, told.title));
        if self.is_correction { format!("{}: {headline}", told.sender.corrected) } else { headline }
    }
}

/// The messages of a comparison, oldest first; `tell` gives what the item of a number says.
pub fn letters(before: &Record, comparison: &Comparison, items: &[Item], tell: impl Fn(usize) -> Told) -> Vec<Letter> {
    let news = comparison.news.iter().map(|news| {
        let (item, told) = (&items[news.item], tell(news.item));
        let key = key(&told.code, &item.fingerprint, &news.change);
        // A mail dated before those that went out already would be sorted below them and not be seen.
        let is_timely = news.change == Change::New && item.at > before.now;
        let date = if is_timely { told.at } else { comparison.after.now };
        Letter { told, is_correction: news.change != Change::New, key, date }
    });
    news.collect()
}

/// The code of the update and how it reads; for a correction also how it read before, so that one that
/// takes back another is no repetition of the first message.
pub(super) fn key(code: &str, fingerprint: &str, change: &Change) -> String {
    let short = |print: &str| print.chars().take(8).collect::<String>();
    match change {
        Change::New => format!("{code}-{}", short(fingerprint)),
        Change::Changed(old) => format!("{code}-{}-{}", short(fingerprint), short(old)),
    }
}

/// Every file of the outbox: the list of messages, what the state is before and after, and each message
/// in each form. Complete mails are made only if it is known from whom to whom.
pub fn routes(
    letters: &[Letter],
    items: &[Item],
    before: &Record,
    comparison: &Comparison,
    mailing: Option<&Mailing>,
) -> Vec<Route> {
    let mut routes = Vec::new();
    let mut listed = Vec::new();
    for (number, (letter, news)) in letters.iter().zip(&comparison.news).enumerate() {
        let folder = letter.folder(number);
        let files = files(letter, mailing);
        let item = &items[news.item];
        listed.push(Listed {
            key: letter.key.clone(),
            folder: folder.clone(),
            place: item.place.clone(),
            fingerprint: item.fingerprint.clone(),
            subject: letter.headline(),
            is_correction: letter.is_correction,
            files: files.iter().map(|(name, _)| (*name).to_owned()).collect(),
        });
        routes.extend(files.into_iter().map(|(name, text)| route(format!("{folder}/{name}"), text)));
    }
    let index = Index { site: comparison.after.site.clone(), of: comparison.after.of, messages: listed };
    routes.push(route("index.json", index.json()));
    routes.push(route("before.json", before.json()));
    routes.push(route("after.json", comparison.after.json()));
    routes.sort_by(|a, b| a.path.cmp(&b.path));
    routes
}

fn files(letter: &Letter, mailing: Option<&Mailing>) -> Vec<(&'static str, String)> {
    let mail = Mail::of(letter);
    let mut files = vec![
        ("webhook.json", webhook::payload(letter)),
        ("slack.json", slack::payload(letter)),
        ("teams.json", teams::payload(letter)),
        ("email.txt", mail.text.clone()),
        ("email.html", mail.html.clone()),
    ];
    files.extend(mailing.map(|mailing| ("email.eml", mailing.message(&mail))));
    files
}

fn route(path: impl Into<String>, text: String) -> Route {
    Route::fixed(path, "the outbox", text.into_bytes().into())
}
