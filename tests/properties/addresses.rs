//! What a page links to is what every other output links to.

use candor::markdown::{self, Links, plain};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use crate::support::cases;

const SITE: Links<'_> = Links::Absolute("https://status.example/");

/// Texts with addresses, and with all that may stand around them.
fn written() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "https://a.example/x",
        "https://a.example/_x_",
        "http://b.example",
        "https://a.example/?q=1&r=2",
        "www.a.example",
        "help@a.example",
        "[named](https://a.example/named.)",
        "[own](/uptime/)",
        "<https://c.example/>",
        "<b@c.example>",
        "/y",
        "(",
        ")",
        "[",
        "]",
        "*",
        "**",
        "_",
        "~",
        "~~",
        "`",
        ".",
        ",",
        ";",
        "&amp;",
        "&lt;",
        "\\",
        "\\_",
        "<",
        ">",
        "|",
        "\"",
        "é",
        "。",
        " ",
        " ",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "    ",
        "```\n",
        "|a|b|\n|-|-|\n",
    ]);
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// The addresses of the links of a page.
fn of_page(html: &str) -> Vec<String> {
    let hrefs = html.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs
        .map(|href| {
            same(
                &href
                    .replace("&quot;", "\"")
                    .replace("&#x27;", "'")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&"),
            )
        })
        .collect()
}

/// Pages write some characters in another way, which is the same address.
fn same(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn pages_and_messages_link_to_the_same(text in written()) {
        let messages = markdown::pieces(&text, SITE).into_iter().filter_map(|piece| piece.address);
        let messages: Vec<String> = messages.map(|address| same(&address)).collect();
        prop_assert_eq!(of_page(&markdown::html(&text, SITE, 2)), messages);
    }

    #[test]
    fn an_address_as_a_link_reads_as_it_was_written(text in written()) {
        let escaped = markdown::escape(&text);
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.contains('\n') && !text.starts_with([' ', '>', '-']) && !one_line.ends_with('\\') {
            prop_assert_eq!(plain(&escaped), one_line, "{}", escaped);
        }
    }
}
