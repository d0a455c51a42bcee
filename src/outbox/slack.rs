//! Slack's incoming webhooks: Block Kit (<https://docs.slack.dev/reference/block-kit/blocks>).

use serde_json::{Value, json};

use super::Message;
use super::text::{cut, cut_pieces, one_line, whole};
use crate::render::{Piece, Touched};

/// Characters of a header.
const HEADER: usize = 150;
/// Characters of a section.
const SECTION: usize = 3000;

/// The body of a `POST` to an incoming webhook.
pub(super) fn payload(message: &Message) -> String {
    let notification = &message.notification;
    let headline = message.headline();
    let components: Vec<String> =
        notification.components.iter().map(|touched| format!("• {}", component(touched))).collect();
    let own = [components.join("\n"), notification.note.clone().unwrap_or_default()];
    let sections = [notification.text.clone()].into_iter().chain(own.map(|text| vec![Piece::words(&text)]));
    let mut blocks = vec![json!({ "type": "header", "text": plain(&cut(&headline, HEADER)) })];
    blocks.extend(sections.filter(|pieces| !whole(pieces).trim().is_empty()).map(|pieces| section(&pieces)));
    let link = format!("<{}|{}>", address(&notification.url), escape(&one_line(&notification.sender.more)));
    let foot =
        format!("{} · {link}", escape(&one_line(&format!("{} · {}", notification.sender.name, notification.said_at))));
    blocks.push(json!({ "type": "context", "elements": [marked(&foot)] }));
    // What notifications show.
    let fallback = escape(&cut(&format!("{headline} ({})", one_line(&notification.sender.name)), SECTION / 2));
    format!("{:#}\n", json!({ "text": fallback, "blocks": blocks }))
}

fn component(touched: &Touched) -> String {
    let name = one_line(&touched.name);
    if touched.label.is_empty() { name } else { format!("{name}: {}", touched.label) }
}

fn section(pieces: &[Piece]) -> Value {
    json!({ "type": "section", "text": marked(&fitting(pieces)) })
}

fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text, "emoji": false })
}

/// `verbatim`, so that Slack makes no mention or channel of a word that an author wrote.
fn marked(text: &str) -> Value {
    json!({ "type": "mrkdwn", "text": text, "verbatim": true })
}

/// As much of the text as fits when it is escaped.
fn fitting(pieces: &[Piece]) -> String {
    let mut longest = SECTION;
    loop {
        let written = linked(&cut_pieces(pieces, longest));
        let size = written.encode_utf16().count();
        if size <= SECTION {
            return written;
        }
        // One character becomes at most five (`&amp;`), and a link is at least as long as its text.
        longest -= (size - SECTION).div_ceil(5).max(1);
    }
}

/// Escaped, with its links.
fn linked(pieces: &[Piece]) -> String {
    let written = pieces.iter().map(|piece| match piece.address.as_deref().map(address) {
        None => escape(&piece.text),
        Some(link) if link == escape(&piece.text) => format!("<{link}>"),
        Some(link) => format!("<{link}|{}>", escape(&piece.text)),
    });
    written.collect()
}

/// The three characters by which Slack marks what is no text.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn address(url: &str) -> String {
    escape(url).replace('|', "%7C")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece> {
        crate::markdown::pieces(text, crate::markdown::Links::Absolute("https://s.example/"))
    }

    #[test]
    fn no_word_of_an_author_is_a_command_and_addresses_are_links() {
        let slack = |text| linked(&pieces(text));
        assert_eq!(
            slack("\\<!channel> & see (https://a.example/?a=1&b=2)."),
            "&lt;!channel&gt; &amp; see (<https://a.example/?a=1&amp;b=2>)."
        );
        assert_eq!(slack("http://a.example, https://b.example"), "<http://a.example>, <https://b.example>");
        assert_eq!(
            slack("www.a.example a@b.example"),
            "<http://www.a.example|www.a.example> <mailto:a@b.example|a@b.example>"
        );
        assert_eq!(slack("https:// `https://a.example`"), "https:// https://a.example");
        assert_eq!(slack("[x](https://a.example/a.)"), "x (<https://a.example/a.>)");
    }

    #[test]
    fn a_long_text_fits_after_it_was_escaped() {
        for text in ["&".repeat(4000), "a".repeat(4000), "🔥".repeat(4000), "https://a.example/ ".repeat(500)] {
            let size = fitting(&pieces(&text)).encode_utf16().count();
            assert!((SECTION - 30..=SECTION).contains(&size), "{size}");
        }
    }
}
