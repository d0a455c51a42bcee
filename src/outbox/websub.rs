//! WebSub: what tells a hub that feeds have changed (<https://www.w3.org/TR/websub/>, section 6, which leaves
//! the form to the hub; this is the one that hubs agree on).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Message;

/// A line for each feed, the body of a `POST` with the type `application/x-www-form-urlencoded`; none if the
/// site has no hub or the message is in no feed.
pub(super) fn pings(message: &Message) -> Option<String> {
    let lines: String =
        message.notification.feeds.iter().map(|feed| format!("hub.mode=publish&hub.url={}\n", form(feed))).collect();
    (!lines.is_empty()).then_some(lines)
}

/// A value of a form, by the percent-encode set of the URL standard.
fn form(text: &str) -> impl std::fmt::Display {
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');
    utf8_percent_encode(text, ESCAPED)
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn an_address_is_one_value_of_the_form() {
        assert_eq!(
            form("https://s.example/ü/feed.json?a=1&b").to_string(),
            "https%3A%2F%2Fs.example%2F%C3%BC%2Ffeed.json%3Fa%3D1%26b"
        );
    }
}
