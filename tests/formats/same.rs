//! A text that some format cannot carry is the same in all of them.

use std::collections::BTreeMap;

use super::xml::Xml;
use super::{NOW, built, content};

/// U+000B as it stands in a file, as YAML writes it, and as Markdown writes it; and others of its kind.
const WAYS: [&str; 4] = ["One\u{b}two.", "One&#11;two.", "One\u{1}two.", "One\u{7f}two."];

#[test]
fn what_xml_and_calendars_cannot_carry_is_a_blank_in_every_format() {
    for way in WAYS {
        let mut content = content();
        let work = content.get_mut("content/maintenance/disks.md").unwrap();
        *work = work.replace("Then they are full.", way);
        let incident = content.get_mut("content/incidents/payments.yaml").unwrap();
        let escaped = way.replace('\u{b}', "\\v").replace('\u{1}', "\\x01").replace('\u{7f}', "\\x7F");
        *incident = incident.replace("We know why.", &format!("\"{escaped}\""));
        let files = built(&content, NOW);
        let atom = Xml::read(&files["history.atom"]);
        let rss = Xml::read(&files["history.rss"]);
        let feed: serde_json::Value = serde_json::from_str(&files["feed.json"]).unwrap();
        let api: serde_json::Value = serde_json::from_str(&files["api/v2/summary.json"]).unwrap();
        let unfolded = files["maintenance.ics"].replace("\r\n ", "");
        for (format, text) in [
            ("page", &*files["maintenance/disks/index.html"]),
            ("page", &files["incidents/payments/index.html"]),
            ("Atom", &atom.texts("feed/entry/content").concat()),
            ("RSS", &rss.texts("rss/channel/item/description").concat()),
            ("JSON Feed", feed["items"][0]["content_html"].as_str().unwrap()),
            ("API", api["incidents"][0]["incident_updates"][0]["body"].as_str().unwrap()),
            ("API", api["scheduled_maintenances"][0]["incident_updates"][0]["body"].as_str().unwrap()),
            ("calendar", &unfolded),
        ] {
            assert!(text.contains("One two."), "{format} of {way:?}: {text}");
        }
        none_has_a_control_character(&files);
    }
}

fn none_has_a_control_character(files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let odd = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r'));
        assert_eq!(odd, None, "{path}");
        assert!(!text.contains("\\u000b"), "{path}");
    }
}
