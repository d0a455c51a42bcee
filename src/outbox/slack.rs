//! Slack's incoming webhooks: Block Kit (<https://docs.slack.dev/reference/block-kit/blocks>).

use serde_json::{Value, json};

use super::Message;
use super::text::{cut, one_line, printable};
use crate::render::Touched;

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
    let sections =
        [printable(&notification.text), components.join("\n"), notification.note.clone().unwrap_or_default()];
    let mut blocks = vec![json!({ "type": "header", "text": plain(&cut(&headline, HEADER)) })];
    blocks.extend(sections.iter().filter(|text| !text.trim().is_empty()).map(|text| section(text)));
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

fn section(text: &str) -> Value {
    json!({ "type": "section", "text": marked(&fitting(text)) })
}

fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text, "emoji": false })
}

/// `verbatim`, so that Slack makes no mention or channel of a word that an author wrote.
fn marked(text: &str) -> Value {
    json!({ "type": "mrkdwn", "text": text, "verbatim": true })
}

/// As much of the text as fits when it is escaped.
fn fitting(text: &str) -> String {
    let mut longest = SECTION;
    loop {
        let written = linked(&cut(text, longest));
        let size = written.encode_utf16().count();
        if size <= SECTION {
            return written;
        }
        // One character becomes at most five (`&amp;`): so many have to go at least, and never too many.
        longest -= (size - SECTION).div_ceil(5).max(1);
    }
}

/// Escaped, with its addresses as links.
fn linked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(begin) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let after = &rest[begin..];
        let end = after.find(|c: char| c.is_whitespace() || "<>|)…".contains(c)).unwrap_or(after.len());
        let link = after[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        out += &format!("{}<{}>", escape(&rest[..begin]), address(link));
        rest = &after[link.len()..];
    }
    out + &escape(rest)
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

    #[test]
    fn no_word_of_an_author_is_a_command_and_addresses_are_links() {
        assert_eq!(
            linked("<!channel> & see (https://a.example/?a=1&b=2)."),
            "&lt;!channel&gt; &amp; see (<https://a.example/?a=1&amp;b=2>)."
        );
        assert_eq!(linked("http://a.example, https://b.example"), "<http://a.example>, <https://b.example>");
        assert_eq!(linked("https://"), "<https://>");
    }

    #[test]
    fn a_long_text_fits_after_it_was_escaped() {
        for text in ["&".repeat(4000), "a".repeat(4000), "🔥".repeat(4000), "https://a.example/ ".repeat(500)] {
            let size = fitting(&text).encode_utf16().count();
            assert!((SECTION - 30..=SECTION).contains(&size), "{size}");
        }
    }
}
