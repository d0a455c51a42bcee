//! Microsoft Teams: what a workflow "when a webhook request is received" posts into a channel, an
//! Adaptive Card (<https://adaptivecards.io/explorer/>) in a message.

use serde_json::{Value, json};

use super::Message;
use super::text::{cut, one_line, printable};
use crate::render::NotificationBody;

/// A message of Teams has at most 28 KB; some of it is for what the workflow adds.
const LARGEST: usize = 24 * 1024;
/// So many paragraphs; the page has the rest.
const PARAGRAPHS: usize = 40;

/// The body of a `POST` to the address of the workflow.
pub(super) fn payload(message: &Message) -> String {
    // A shorter text until it fits: letters may take several bytes, and more when they are escaped.
    let sizes = [8000, 4000, 2000, 1000, 250].map(|longest| with_texts_of(message, longest));
    let [.., shortest] = &sizes;
    sizes.iter().find(|message| message.len() <= LARGEST).unwrap_or(shortest).clone()
}

fn with_texts_of(message: &Message, longest: usize) -> String {
    let card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body(message, longest),
        "actions": [{
            "type": "Action.OpenUrl",
            "title": one_line(&message.notification.sender.more),
            "url": message.notification.url,
        }],
    });
    let attachment = json!({
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": null,
        "content": card,
    });
    format!("{:#}\n", json!({ "type": "message", "attachments": [attachment] }))
}

fn body(message: &Message, longest: usize) -> Vec<Value> {
    let notification = &message.notification;
    let headline =
        json!({ "type": "TextRun", "text": cut(&message.headline(), 300), "size": "large", "weight": "bolder" });
    let foot = one_line(&format!("{} · {}", notification.sender.name, notification.said_at));
    let mut body = vec![text(headline)];
    let words = cut(&printable(&notification.text), longest);
    let paragraphs = words.split('\n').filter(|line| !line.trim().is_empty()).take(PARAGRAPHS);
    body.extend(paragraphs.map(|line| text(json!({ "type": "TextRun", "text": line }))));
    body.extend(
        notification.note.iter().map(|note| text(json!({ "type": "TextRun", "text": note, "weight": "bolder" }))),
    );
    body.extend(components(notification, longest));
    body.push(text(json!({ "type": "TextRun", "text": foot, "isSubtle": true, "size": "small" })));
    body
}

/// Rich text is shown as it is; the other kind of text would read an author's words as Markdown.
fn text(run: Value) -> Value {
    json!({ "type": "RichTextBlock", "inlines": [run] })
}

fn components(notification: &NotificationBody, longest: usize) -> Option<Value> {
    let facts = notification
        .components
        .iter()
        .take(longest / 100)
        .map(|touched| json!({ "title": cut(&one_line(&touched.name), 100), "value": touched.label }));
    let facts: Vec<Value> = facts.collect();
    (!facts.is_empty()).then(|| json!({ "type": "FactSet", "facts": facts }))
}
