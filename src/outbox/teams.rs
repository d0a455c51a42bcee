//! Microsoft Teams: what a workflow "when a webhook request is received" posts into a channel, an
//! Adaptive Card (<https://adaptivecards.io/explorer/>) in a message.

use serde_json::{Value, json};

use super::Message;
use super::text::{cut, cut_pieces, one_line};
use crate::render::{NotificationBody, Piece};

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
    body.extend(paragraphs(&cut_pieces(&notification.text, longest)));
    body.extend(
        notification.note.iter().map(|note| text(json!({ "type": "TextRun", "text": note, "weight": "bolder" }))),
    );
    body.extend(components(notification, longest));
    body.push(text(json!({ "type": "TextRun", "text": foot, "isSubtle": true, "size": "small" })));
    body
}

/// A block a line that is not empty.
fn paragraphs(pieces: &[Piece]) -> Vec<Value> {
    let mut lines: Vec<Vec<Value>> = vec![Vec::new()];
    for piece in pieces {
        for (index, part) in piece.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            lines.last_mut().into_iter().for_each(|line| line.push(run(part, piece.address.as_deref())));
        }
    }
    let is_blank = |run: &Value| run["text"].as_str().is_none_or(|text| text.trim().is_empty());
    lines.iter_mut().for_each(|line| line.retain(|run| run["text"] != ""));
    let lines = lines.into_iter().filter(|line| !line.iter().all(is_blank)).take(PARAGRAPHS);
    lines.map(|line| json!({ "type": "RichTextBlock", "inlines": line })).collect()
}

fn run(text: &str, address: Option<&str>) -> Value {
    match address {
        None => json!({ "type": "TextRun", "text": text }),
        Some(url) => {
            json!({ "type": "TextRun", "text": text, "selectAction": { "type": "Action.OpenUrl", "url": url } })
        }
    }
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
