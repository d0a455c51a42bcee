//! A bare address is the same link wherever HTML is shown, and is not marred where plain text is.

use super::xml::Xml;
use super::{NOW, built, content};

#[test]
fn a_bare_address_is_a_link_on_pages_in_feeds_and_in_the_api() {
    let mut content = content();
    let told = "Ask in [the room](https://talk.example.net/Room_(open)), at www.example.net/_a_/b or help@example.net, \
                or see (https://docs.example.net/Fees_(EU)).";
    let incident = content.get_mut("content/incidents/payments.yaml").unwrap();
    *incident = incident.replace("We know why.", &format!("'{told}'"));
    let work = content.get_mut("content/maintenance/disks.md").unwrap();
    *work = work.replace("Then they are full.", told);
    let files = built(&content, NOW);
    let feed: serde_json::Value = serde_json::from_str(&files["feed.json"]).unwrap();
    let items = feed["items"].as_array().unwrap();
    let shown = [
        files["index.html"].clone(),
        files["incidents/payments/index.html"].clone(),
        files["maintenance/disks/index.html"].clone(),
        files["history/2026-03/index.html"].clone(),
        Xml::read(&files["history.atom"]).texts("feed/entry/content").concat(),
        Xml::read(&files["updates.atom"]).texts("feed/entry/content").concat(),
        Xml::read(&files["history.rss"]).texts("rss/channel/item/description").concat(),
        items.iter().filter_map(|item| item["content_html"].as_str()).collect(),
    ];
    for html in shown.iter().filter(|html| html.contains("talk.example.net")) {
        for link in [
            "<a href=\"https://talk.example.net/Room_(open)\">the room</a>, at ",
            "<a href=\"http://www.example.net/_a_/b\">www.example.net/_a_/b</a> or ",
            "<a href=\"mailto:help@example.net\">help@example.net</a>, or",
            "(<a href=\"https://docs.example.net/Fees_(EU)\">https://docs.example.net/Fees_(EU)</a>).",
        ] {
            assert!(html.contains(link), "{link}: {html}");
        }
    }
    assert!(shown.iter().filter(|html| html.contains("talk.example.net")).count() >= 6);
    let plain = "Ask in the room (https://talk.example.net/Room_(open)), at www.example.net/_a_/b or help@example.net, \
                 or see (https://docs.example.net/Fees_(EU)).";
    let api: serde_json::Value = serde_json::from_str(&files["api/v2/summary.json"]).unwrap();
    assert_eq!(api["incidents"][0]["incident_updates"][0]["body"], plain);
    assert!(files["maintenance.ics"].replace("\r\n ", "").replace('\\', "").contains(plain));
}
