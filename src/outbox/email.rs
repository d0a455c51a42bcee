//! A mail: one line, plain text, and HTML that needs nothing from elsewhere.

use super::Message;
use super::text::{one_line, printable, whole};
use crate::render::{NotificationBody, escape_html};
use crate::time::Time;

/// What a mail says and what it belongs to, not yet as a message of the net.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// Lines of plain text.
    pub text: String,
    /// A whole document.
    pub html: String,
    /// Its own id, without the host.
    pub id: String,
    /// What all mails of the same incident answer to, so that they are one thread.
    pub thread: Option<String>,
    /// What the ids of the site are made of: an address, whose host is part of ids.
    pub site: String,
    /// When it is sent.
    pub date: Time,
}

impl Mail {
    /// The mail that a message is.
    pub fn of(message: &Message) -> Mail {
        let notification = &message.notification;
        Mail {
            subject: format!("[{}] {}", one_line(&notification.sender.name), message.headline()),
            text: text(message),
            html: html(message),
            id: message.key.clone(),
            thread: Some(notification.entry_code.clone()),
            site: notification.sender.id_base.clone(),
            date: message.date,
        }
    }
}

fn text(message: &Message) -> String {
    let notification = &message.notification;
    let headline = message.headline();
    let parts = [
        format!("{headline}\n{}", notification.said_at),
        whole(&notification.text),
        components(notification).join("\n"),
        notification.note.clone().unwrap_or_default(),
        format!("{}:\n{}", notification.sender.more, notification.url),
        format!("-- \n{}\n{}", one_line(&notification.sender.name), notification.sender.url),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn components(notification: &NotificationBody) -> Vec<String> {
    let line = |name: String, label: &str| if label.is_empty() { name } else { format!("{name}: {label}") };
    notification
        .components
        .iter()
        .map(|touched| format!("- {}", line(one_line(&touched.name), &touched.label)))
        .collect()
}

fn html(message: &Message) -> String {
    let notification = &message.notification;
    let components: String = components(notification)
        .iter()
        .map(|line| format!("<li>{}</li>\n", escape_html(line.trim_start_matches("- "))))
        .collect();
    let list = if components.is_empty() { String::new() } else { format!("<ul>\n{components}</ul>\n") };
    let note = notification
        .note
        .iter()
        .map(|note| format!("<p><strong>{}</strong></p>\n", escape_html(note)))
        .collect::<String>();
    let body = format!(
        "<p><small>{}</small></p>\n{}\n{list}{note}<p><a href=\"{}\">{}</a></p>\n",
        escape_html(&notification.said_at),
        printable(&notification.html),
        escape_html(&notification.url),
        escape_html(&notification.sender.more)
    );
    let foot = format!(
        "<a href=\"{}\">{}</a>",
        escape_html(&notification.sender.url),
        escape_html(&one_line(&notification.sender.name))
    );
    document(&notification.sender.language, &message.headline(), &body, &foot)
}

/// A whole page: its title, what it says, and who says it, the last two as HTML. Colours are the reader's,
/// so that it is legible on light and dark.
pub(super) fn document(language: &str, title: &str, body: &str, foot: &str) -> String {
    // Styles stand at their elements: many mail programs drop sheets.
    let title = escape_html(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n</head>\n<body style=\"margin: 0; padding: 24px; font: 16px/1.5 sans-serif\">\n\
         <div style=\"max-width: 640px; margin: 0 auto\" dir=\"auto\">\n<h1 style=\"font-size: 22px; line-height: 1.3\">\
         {title}</h1>\n{body}<hr>\n<p><small>{foot}</small></p>\n</div>\n</body>\n</html>\n",
        escape_html(language)
    )
}
