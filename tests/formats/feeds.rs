//! Atom, RSS and JSON Feed of everything, of a component and of a group.

use std::collections::BTreeSet;

use super::xml::Xml;
use super::{NOW, ODD, at, built, content};

const ATOM: [&str; 6] = [
    "history.atom",
    "updates.atom",
    "components/carts/history.atom",
    "components/carts/updates.atom",
    "groups/shop/history.atom",
    "groups/shop/updates.atom",
];
const JSON: [&str; 3] = ["feed.json", "components/carts/feed.json", "groups/shop/feed.json"];
const RSS: [&str; 3] = ["history.rss", "components/carts/history.rss", "groups/shop/history.rss"];

#[test]
fn odd_texts_come_back() {
    let files = at(NOW);
    for path in ATOM {
        let feed = Xml::read(&files[path]);
        assert!(feed.texts("feed/title")[0].starts_with(ODD), "{path}");
        let titles = feed.texts("feed/entry/title");
        assert!(!titles.is_empty() && titles.iter().all(|title| title.ends_with(ODD)), "{path}: {titles:?}");
    }
    for path in RSS {
        let feed = Xml::read(&files[path]);
        let titles = feed.texts("rss/channel/item/title");
        assert!(!titles.is_empty() && titles.iter().all(|title| *title == ODD), "{path}: {titles:?}");
    }
    for path in JSON {
        let feed = json(&files[path]);
        assert!(feed["title"].as_str().unwrap().starts_with(ODD), "{path}");
        assert!(feed["items"].as_array().unwrap().iter().all(|item| item["title"] == ODD), "{path}: {feed}");
    }
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// RSS requires a description of the channel, and Atom's subtitle is not to be empty.
#[test]
fn a_feed_without_a_description_says_its_title_in_rss_and_nothing_in_atom() {
    let files = at(NOW);
    for (scope, title) in [("components/mail/", format!("{ODD}: Mail")), ("groups/shop/", format!("{ODD}: {ODD}"))] {
        let rss = Xml::read(&files[&format!("{scope}history.rss")]);
        assert_eq!(rss.texts("rss/channel/description"), [&*title], "{scope}");
        assert!(Xml::read(&files[&format!("{scope}history.atom")]).texts("feed/subtitle").is_empty(), "{scope}");
    }
}

#[test]
fn each_feed_says_where_it_is() {
    let files = at(NOW);
    let mut ids = BTreeSet::new();
    for path in ATOM {
        let feed = Xml::read(&files[path]);
        let links = feed.attributes("feed/link", "href");
        assert_eq!(links[1], format!("https://status.example.net/{path}"));
        let name = path.strip_suffix(".atom").unwrap();
        assert_eq!(feed.texts("feed/id"), [format!("tag:status.example.net,2005:/{name}")]);
        assert!(ids.insert(feed.texts("feed/id")[0].to_owned()));
    }
    for path in RSS {
        let feed = Xml::read(&files[path]);
        assert_eq!(feed.attributes("rss/channel/atom:link", "href"), [format!("https://status.example.net/{path}")]);
    }
    for path in JSON {
        assert_eq!(json(&files[path])["feed_url"], format!("https://status.example.net/{path}"));
    }
    let page = json(&files["components/carts/feed.json"])["home_page_url"].clone();
    assert_eq!(page, "https://status.example.net/components/carts/");
    let carts = Xml::read(&files["components/carts/history.atom"]);
    assert_eq!(carts.attributes("feed/link", "href")[0], "https://status.example.net/components/carts/");
}

#[test]
fn an_entry_of_the_history_has_one_id_in_every_feed() {
    let files = at(NOW);
    let wanted = ["tag:status.example.net,2005:Incident/payments", "tag:status.example.net,2005:Maintenance/disks"];
    for path in ["history.atom", "components/carts/history.atom", "groups/shop/history.atom"] {
        assert_eq!(Xml::read(&files[path]).texts("feed/entry/id"), wanted, "{path}");
    }
    for path in JSON {
        let feed = json(&files[path]);
        let ids: Vec<&str> =
            feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids, wanted, "{path}");
    }
}

#[test]
fn an_update_stands_in_the_feeds_of_what_its_incident_touches_and_in_no_other() {
    let files = at(NOW);
    let ids = |path: &str| Xml::read(&files[path]).texts("feed/entry/id").len();
    assert_eq!((ids("updates.atom"), ids("components/carts/updates.atom"), ids("groups/shop/updates.atom")), (3, 3, 3));
    assert_eq!(ids("components/mail/updates.atom"), 0);
    assert_eq!(json(&files["components/mail/feed.json"])["items"], serde_json::json!([]));
}

#[test]
fn a_component_without_a_past_has_its_feeds() {
    let files = at(NOW);
    let atom = Xml::read(&files["components/mail/history.atom"]);
    assert_eq!(atom.texts("feed/title"), [format!("{ODD}: Mail")]);
    assert!(atom.texts("feed/entry/id").is_empty());
    assert!(Xml::read(&files["components/mail/history.rss"]).texts("rss/channel/item/title").is_empty());
}

/// Number by number: the ids are the codes of the API, and an update that follows leaves them alone.
#[test]
fn each_update_is_an_entry_with_the_code_of_the_api() {
    let codes = |now: &str| {
        let files = at(now);
        let feed = Xml::read(&files["updates.atom"]);
        let ids: Vec<String> = feed.texts("feed/entry/id").into_iter().map(str::to_owned).collect();
        let summary: Vec<serde_json::Value> = ["incidents", "scheduled_maintenances"]
            .iter()
            .zip(["incidents", "scheduled-maintenances"])
            .flat_map(|(key, name)| {
                let answer: serde_json::Value = serde_json::from_str(&files[&format!("api/v2/{name}.json")]).unwrap();
                answer[key].as_array().unwrap().clone()
            })
            .flat_map(|entry| entry["incident_updates"].as_array().unwrap().clone())
            .collect();
        let wanted: BTreeSet<String> = summary
            .iter()
            .map(|update| format!("tag:status.example.net,2005:IncidentUpdate/{}", update["id"].as_str().unwrap()))
            .collect();
        assert_eq!(ids.iter().cloned().collect::<BTreeSet<_>>(), wanted, "{now}");
        assert_eq!(ids.len(), wanted.len());
        ids
    };
    let (before, after) = (codes(NOW), codes("2026-03-03T12:00Z"));
    assert_eq!((before.len(), after.len()), (3, 5));
    assert_eq!(after[2..], before, "newest first, and the old ones as they were");
}

#[test]
fn an_update_links_to_its_place_on_the_page() {
    let files = at("2026-03-03T12:00Z");
    let feed = Xml::read(&files["updates.atom"]);
    let page = "https://status.example.net/";
    let wanted = [
        "maintenance/disks/#update-completed-20260303T120000Z",
        "maintenance/disks/#update-in_progress-20260303T100000Z",
        "incidents/payments/#update-20260302T102000Z",
        "incidents/payments/#update-20260302T100000Z",
        "maintenance/disks/#update-20260301T080000Z",
    ];
    assert_eq!(feed.attributes("feed/entry/link", "href"), wanted.map(|path| format!("{page}{path}")));
    for (path, anchor) in [
        ("incidents/payments", "update-20260302T102000Z"),
        ("maintenance/disks", "update-in_progress-20260303T100000Z"),
        ("maintenance/disks", "update-20260301T080000Z"),
    ] {
        assert!(files[&format!("{path}/index.html")].contains(&format!("id=\"{anchor}\"")), "{path}");
    }
    assert_eq!(feed.texts("feed/entry/title")[2], format!("Identified: {ODD}"));
    assert!(feed.texts("feed/entry/content")[4].contains("Carts are <strong>empty</strong> for a minute."));
}

#[test]
fn feeds_are_bounded() {
    let mut content = content();
    for number in 0..60 {
        let at = format!("2026-01-{:02}T{:02}:00Z", 1 + number / 3, number % 3);
        let incident = format!(
            "title: Late {number}\nupdates:\n- {{ at: {at}, status: resolved, components: {{ mail: operational }}, body: x }}\n"
        );
        content.insert(format!("content/incidents/late-{number}.yaml"), incident);
    }
    let files = built(&content, NOW);
    for path in ["history.atom", "updates.atom", "components/mail/history.atom", "components/mail/updates.atom"] {
        assert_eq!(Xml::read(&files[path]).texts("feed/entry/id").len(), 50, "{path}");
    }
    assert_eq!(json(&files["components/mail/feed.json"])["items"].as_array().unwrap().len(), 50);
}

#[test]
fn the_page_of_a_component_names_its_feeds() {
    let files = at(NOW);
    let page = &files["components/carts/index.html"];
    for file in ["history.rss", "history.atom", "updates.atom", "feed.json", "maintenance.ics"] {
        let link = format!("href=\"../../components/carts/{file}\"");
        assert_eq!(page.matches(&link).count(), 2, "{file}: for programs and for people");
        assert!(files["subscribe/index.html"].contains(&format!("components/carts/{file}")));
    }
}

/// The titles, ids and dates of what a feed has, by format.
fn entries(files: &std::collections::BTreeMap<String, String>, folder: &str) -> Vec<(String, Vec<[String; 3]>)> {
    let own = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let zip = |titles: Vec<String>, ids: Vec<String>, dates: Vec<String>| {
        titles.into_iter().zip(ids).zip(dates).map(|((title, id), date)| [title, id, date]).collect()
    };
    let mut found = Vec::new();
    for name in ["history.atom", "updates.atom"] {
        let feed = Xml::read(&files[&format!("{folder}{name}")]);
        let [titles, ids, dates] = ["title", "id", "updated"].map(|of| own(feed.texts(&format!("feed/entry/{of}"))));
        found.push((name.to_owned(), zip(titles, ids, dates)));
    }
    let rss = Xml::read(&files[&format!("{folder}history.rss")]);
    let [titles, ids, dates] = ["title", "guid", "pubDate"].map(|of| own(rss.texts(&format!("rss/channel/item/{of}"))));
    found.push(("history.rss".to_owned(), zip(titles, ids, dates)));
    let items = json(&files[&format!("{folder}feed.json")])["items"].as_array().unwrap().clone();
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap().to_owned();
    let items = items.iter().map(|item| ["title", "id", "date_modified"].map(|key| text(item, key)));
    found.push(("feed.json".to_owned(), items.collect()));
    found
}

#[test]
fn an_announcement_is_in_the_feeds_of_everything_dated_by_its_beginning_and_stays_after_its_end() {
    let mut content = content();
    let notice =
        "---\ntitle: New numbers\nfrom: 2026-03-01T09:00Z\nuntil: 2026-03-02T09:00Z\n---\n\nUpdate your **rules**.\n";
    content.insert("content/announcements/numbers.md".to_owned(), notice.to_owned());
    let ours = |now: &str, folder: &str| {
        let files = built(&content, now);
        let own = |(name, all): (String, Vec<[String; 3]>)| {
            let own: Vec<[String; 3]> = all.into_iter().filter(|[title, ..]| title.ends_with("New numbers")).collect();
            (name, own)
        };
        entries(&files, folder).into_iter().map(own).collect::<Vec<_>>()
    };
    for (name, found) in ours("2026-03-01T08:59Z", "") {
        assert!(found.is_empty(), "{name}");
    }
    for (name, found) in ours("2026-03-01T09:00Z", "") {
        let [[title, id, date]] = &found[..] else { panic!("{name}: {found:?}") };
        assert_eq!(title, if name == "updates.atom" { "Announcement: New numbers" } else { "New numbers" });
        let is_id =
            ["tag:status.example.net,2005:Announcement/numbers", "https://status.example.net/announcements/numbers/"];
        assert!(is_id.contains(&&**id), "{name}: {id}");
        let dates = [
            "2026-03-01T09:00:00Z",
            "2026-03-01T09:00:00+00:00",
            "Sun, 1 Mar 2026 09:00:00 +0000",
            "Sun, 01 Mar 2026 09:00:00 +0000",
        ];
        assert!(dates.contains(&&**date), "{name}: {date}");
    }
    assert_eq!(ours("2026-03-01T09:00Z", ""), ours("2026-04-02T09:00Z", ""), "the end and the build change nothing");
    assert!(ours(NOW, "components/carts/").iter().chain(&ours(NOW, "groups/shop/")).all(|(_, found)| found.is_empty()));
}

#[test]
fn an_announcement_is_found_from_the_history_after_its_end() {
    let mut content = content();
    assert!(!built(&content, NOW)["history/index.html"].contains("announcements/index.html"));
    for (id, until) in [("old", "until: 2026-01-20T09:00Z\n"), ("new", "")] {
        let notice = format!("---\ntitle: Notice {id}\nfrom: 2026-01-01T09:00Z\n{until}---\n\nRead this.\n");
        content.insert(format!("content/announcements/{id}.md"), notice);
    }
    let files = built(&content, NOW);
    assert!(files["history/index.html"].contains("href=\"../announcements/index.html\""));
    let archive = &files["announcements/index.html"];
    let place = |text: &str| archive.find(text).unwrap_or_else(|| panic!("{text}: {archive}"));
    assert!(place("In force") < place("Notice new") && place("Notice new") < place(">Past<"));
    assert!(place(">Past<") < place("href=\"../announcements/old/index.html\""));
    assert!(files["sitemap.xml"].contains("https://status.example.net/announcements/old/"));
    assert!(files["announcements/old/index.html"].contains("href=\"../../announcements/index.html\""));
}
