//! What stands in each file of a message: whole snapshots of a plain one, and the limits and rules of each
//! channel for what a hostile or careless author may write.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Site, files};

/// Quotes, markup, entities, commands of Slack, Markdown, a header for mail, a turn of direction, letters
/// from right to left, emoji.
const ODD: &str =
    r#""\"Pay\" <b>&amp; <!channel> @here [x](https://evil.example) *y*\r\nBcc: x@evil.example \u202e🚚 مرحبا""#;

const SITE: &str = "name: NAME\nurl: https://status.example.org/\ncomponents:\n  - { id: api, name: NAME }\n";

const INCIDENT: &str = "title: NAME\nupdates:\n  - at: 2026-11-02T10:10Z\n    status: investigating\n    \
    components: { api: major_outage }\n    next_update: 2026-11-02T11:00Z\n    body: BODY\n";

/// The only message of a site with this name for everything and this text, by file name.
fn message(name: &str, body: &str) -> BTreeMap<String, String> {
    let site = Site::new().file("content/site.yaml", SITE.replace("NAME", name));
    site.run(["build", "--now", "2026-11-02T09:00Z", "--out", "old"]).says("old: ");
    site.write("content/incidents/odd.yaml", INCIDENT.replace("NAME", name).replace("BODY", body));
    site.run(["build", "--now", "2026-11-02T10:20Z"]).says("public: ");
    let mailing = ["--mail-from", "Ærø, Inc. <a@example.org>", "--mail-to", "all@example.org"];
    let [from, sender, to, receiver] = mailing;
    let run = site.run(["outbox", "--since", "old", from, sender, to, receiver, "--mail-to", "more@example.org"]);
    let folder = run.says("outbox: 1 message").output().trim().to_owned();
    let text = |(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8"));
    files(&site.path().join(folder)).into_iter().map(text).collect()
}

fn json(files: &BTreeMap<String, String>, name: &str) -> Value {
    serde_json::from_str(&files[name]).expect("JSON")
}

/// Every text in a value, at any depth.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(values) => values.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_channel_is_as_it_was() {
    let body = "'Nobody can *pay*. See [our terms](/uptime/) or https://example.org/a?b=1&c=2.'";
    for (name, text) in message("Checkout", body) {
        let expected = snapbox::Data::read_from(format!("tests/outbox/plain/{name}").as_ref(), None);
        snapbox::Assert::new().action_env("SNAPSHOTS").normalize_paths(false).eq(text.replace('\r', ""), expected);
    }
}

#[test]
fn slack_reads_no_command_and_nothing_is_too_long() {
    for body in [ODD.to_owned(), format!("'{}'", "<!channel> & 🔥 ".repeat(2000))] {
        let slack = json(&message(ODD, &body), "slack.json");
        let blocks = slack["blocks"].as_array().expect("blocks");
        assert!(blocks.len() <= 50);
        for block in blocks {
            let most = if block["type"] == "header" { 150 } else { 3000 };
            let texts = texts(block);
            assert!(texts.iter().all(|text| text.encode_utf16().count() <= most), "{block:#}");
            let marked = block["type"] != "header";
            // What is left of angle brackets are our own links.
            let is_foreign = |text: &&&str| text.replace("<https://", "").replace("<mailto:", "").contains('<');
            assert_eq!(texts.iter().filter(is_foreign).filter(|_| marked).count(), 0, "{block:#}");
            assert!(!marked || block.to_string().contains("\"verbatim\":true"), "{block:#}");
        }
        let fallback = slack["text"].as_str().expect("a text");
        assert!(fallback.contains("&lt;!channel&gt;") && !fallback.contains("<!"), "{fallback}");
    }
}

#[test]
fn teams_reads_no_markdown_and_the_card_is_small_enough() {
    for body in [ODD.to_owned(), format!("'{}'", "\\\"🔥 ".repeat(9000)), format!("|\n{}", "      a\n\n".repeat(900))]
    {
        let files = message(ODD, &body);
        assert!(files["teams.json"].len() <= 24 * 1024, "{}", files["teams.json"].len());
        let teams = json(&files, "teams.json");
        assert_eq!(teams["type"], "message");
        let attachment = &teams["attachments"][0];
        assert_eq!(attachment["contentType"], "application/vnd.microsoft.card.adaptive");
        let body = attachment["content"]["body"].as_array().expect("a body");
        let kinds: Vec<&str> = body.iter().filter_map(|block| block["type"].as_str()).collect();
        assert!(kinds.iter().all(|kind| ["RichTextBlock", "FactSet"].contains(kind)), "{kinds:?}");
        assert_eq!(
            attachment["content"]["actions"][0]["url"],
            "https://status.example.org/incidents/odd/#update-20261102T101000Z"
        );
    }
}

#[test]
fn a_mail_has_the_headers_that_it_should_and_no_other() {
    let eml = message(ODD, ODD).remove("email.eml").expect("a mail");
    assert!(eml.is_ascii() && !eml.replace("\r\n", "").contains(['\r', '\n']));
    assert!(eml.split("\r\n").all(|line| line.len() <= 78), "{eml}");
    let headers = eml.split("\r\n\r\n").next().expect("headers");
    let names = headers.split("\r\n").filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(": ").next());
    let expected = [
        "Date",
        "From",
        "To",
        "Subject",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    assert_eq!(names.collect::<Vec<_>>(), expected);
    assert!(headers.contains("\r\nTo: all@example.org,\r\n more@example.org\r\n"), "{headers}");
}

#[test]
fn html_shows_what_was_written_and_plain_text_has_no_line_of_its_own() {
    let files = message(ODD, ODD);
    let (html, text) = (&files["email.html"], &files["email.txt"]);
    assert!(!html.contains("<b>") && !html.contains("<!channel>"), "{html}");
    assert!(
        html.contains("<h1") && html.contains("&quot;Pay&quot; &lt;b&gt;&amp;amp; &lt;!channel&gt; @here"),
        "{html}"
    );
    let first = text.lines().next().expect("a line");
    assert!(first.contains("*y* Bcc: x@evil.example 🚚 مرحبا"), "{first:?}");
    let webhook = json(&files, "webhook.json");
    assert!(!webhook["headline"].as_str().expect("a line").contains(['\r', '\n', '\u{202e}']));
}
