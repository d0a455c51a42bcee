//! Nothing that an author writes breaks out of its place in a message, whatever the channel.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::injection::{is_harmful, payloads, shape, tags, yaml};
use crate::support::{Site, files};

/// The files of each message, oldest first, of a site with each of these texts as the title and the body of an incident,
/// and as the name of its component.
fn messages(texts: &[String]) -> Vec<BTreeMap<String, String>> {
    let components: Vec<Value> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| json!({ "id": format!("c{n}"), "name": format!("{text} {n}") }))
        .collect();
    let settings =
        json!({ "name": format!("x {}", texts[0]), "url": "https://status.example.org/", "components": components });
    let site = Site::new().file("content/site.yaml", yaml(&settings));
    site.run(["build", "--now", "2026-11-02T09:00Z", "--out", "old"]).says("old: ");
    for (n, text) in texts.iter().enumerate() {
        let component = format!("c{n}");
        let incident = json!({ "title": format!("x {text}"), "updates": [{
            "at": format!("2026-11-02T1{}:{:02}Z", n / 60, n % 60), "status": "investigating",
            "components": { component: "partial_outage" }, "body": format!("x {text}"),
        }] });
        site.write(&format!("content/incidents/i{n}.yaml"), yaml(&incident));
    }
    site.run(["build", "--now", "2026-11-02T12:00Z"]).says("public: ");
    let mailing = ["outbox", "--since", "old", "--mail-from", "a@example.org", "--mail-to", "all@example.org"];
    let folders = site.run(mailing).output();
    let text = |(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8"));
    folders.lines().map(|folder| files(&site.path().join(folder)).into_iter().map(text).collect()).collect()
}

/// What a file of a message is made of, without its texts.
fn made_of(name: &str, text: &str) -> BTreeSet<String> {
    match name {
        "email.html" => tags(text).into_iter().filter(|tag| is_harmful(tag)).collect(),
        "email.eml" => {
            let (head, body) = text.split_once("\r\n\r\n").expect("a head");
            let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
            assert!(head.is_ascii() && !head.replace("\r\n", "").contains(['\r', '\n']), "{head}");
            let parts = body.lines().filter(|line| line.starts_with("--")).count();
            lines.map(|line| line.split(':').next().unwrap_or_default().to_owned()).chain([parts.to_string()]).collect()
        }
        _ if name.ends_with(".json") => {
            let mut keys = Vec::new();
            shape(&serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}")), &mut keys);
            // A bare address in a text is a link for whoever reads it.
            keys.into_iter().filter(|key| key != "selectAction").collect()
        }
        _ => BTreeSet::new(),
    }
}

#[test]
fn no_text_breaks_out_of_its_place_in_any_channel() {
    let size = 84;
    let harmless = messages(&vec!["word".to_owned(); size]);
    let mut compared = 0;
    for texts in payloads().chunks(size) {
        let hostile = messages(texts);
        assert_eq!((hostile.len(), harmless.len()), (size, size), "{texts:?}");
        for (theirs, ours) in hostile.iter().zip(&harmless) {
            assert_eq!(theirs.keys().collect::<Vec<_>>(), ours.keys().collect::<Vec<_>>());
            for (name, text) in theirs {
                let is_control = |c: char| c.is_control() && !"\n\t\r".contains(c);
                assert!(!text.contains(is_control), "{name} holds a control character: {text:?}");
                assert_eq!(made_of(name, text), made_of(name, &ours[name]), "{name}: {text}");
                compared += 1;
            }
            let slack: Value = serde_json::from_str(&theirs["slack.json"]).expect("JSON");
            // A header is plain text, in which Slack reads no commands.
            let blocks = slack["blocks"].as_array().expect("blocks").iter().filter(|block| block["type"] != "header");
            for read in blocks.chain([&slack["text"]]).map(Value::to_string) {
                assert!(
                    ["<!", "<@", "<#", "<https://pwn.example|x>"].iter().all(|mark| !read.contains(mark)),
                    "{read}"
                );
            }
        }
    }
    assert!(compared > 2_000, "only {compared} files");
}
