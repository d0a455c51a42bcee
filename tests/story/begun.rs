//! That the planned time has begun is told once, and what somebody says later takes nothing of it back.

use std::collections::{BTreeMap, BTreeSet};

use super::{SITE, event, json, text, work};
use crate::support::{Site, files, read};

const ENTRY: &str = "content/maintenance/db.yaml";

fn entry(said: &str) -> String {
    format!(
        "title: Database upgrade\nscheduled: {{ from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }}\ncomponents: [api]\n\
         updates:\n- {{ at: 2026-03-03T09:00Z, status: scheduled, body: We upgrade it. }}\n{said}"
    )
}

/// What was told, by the ids of the API and of the feed.
fn told(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let api = &json(files, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"][0];
    let updates = api["incident_updates"].as_array().unwrap().iter();
    let updates: BTreeSet<_> = updates.map(|update| text(update, "id").to_owned()).collect();
    for id in &updates {
        assert!(files["updates.atom"].contains(id), "{id} in the feed");
    }
    updates
}

#[test]
fn that_work_has_begun_stays_told_whatever_is_said_later() {
    for later in [
        "- { at: 2026-03-10T05:20Z, status: in_progress, body: We have begun. }\n",
        "- { at: 2026-03-10T05:20Z, status: in_progress }\n",
        "- { at: 2026-03-10T05:20Z, status: verifying, body: We look whether it works. }\n",
        "- { at: 2026-03-10T05:20Z, status: completed, body: Done. }\n",
        "- { at: 2026-03-10T05:20Z, status: cancelled, body: We gave it up. }\n",
        "- { at: 2026-03-10T05:20Z, status: postponed, body: Not today. }\n",
        "- { at: 2026-03-10T05:20Z, status: scheduled, body: A note. }\n",
        // Of the minute, and of the very instant.
        "- { at: 2026-03-10T05:00:40Z, status: in_progress, body: We have begun. }\n",
        "- { at: 2026-03-10T05:00Z, status: in_progress, body: We have begun. }\n",
    ] {
        let before = work("", "2026-03-10T05:00Z");
        let after = work(later, "2026-03-10T05:30Z");
        assert_eq!(told(&before).len(), 2, "the announcement and the beginning");
        let gone: Vec<_> = told(&before).difference(&told(&after)).cloned().collect();
        assert!(gone.is_empty(), "{later}: {gone:?}");
        let number = |files| event(files, "SEQUENCE").parse::<u8>().unwrap();
        assert_eq!(number(&after), number(&before) + 1, "{later}");
        let begun = after["maintenance/db/index.html"].matches("u-in_progress").count();
        // A note on work that goes on has no other status than it.
        let goes_on = ["in_progress", "scheduled"].iter().any(|status| later.contains(status));
        let is_own = goes_on && !later.contains("05:00");
        assert_eq!(begun, 1 + usize::from(is_own), "{later}");
    }
}

/// The first lines of the mails that a build has to send, and what the command says.
fn sent(site: &Site) -> (Vec<String>, String) {
    let (folders, said) = site.run(["outbox"]).says("outbox: ").both();
    let mails = folders.lines().map(|folder| read(&format!("{}/{folder}/email.txt", site.path().display())));
    let subjects = mails.map(|mail| mail.lines().next().unwrap_or_default().to_owned()).collect();
    (subjects, said)
}

#[test]
fn who_was_told_that_work_has_begun_is_told_no_second_time_without_words() {
    for (body, expected) in [("", 0), (", body: We have begun.", 1)] {
        for at in ["05:00", "05:20"] {
            let site = Site::new().file("content/site.yaml", SITE).file(ENTRY, entry(""));
            site.run(["build", "--now", "2026-03-10T04:00Z"]).says("public: ");
            site.run(["outbox", "--since", "start"]).says("outbox: 0 messages");
            site.run(["build", "--now", "2026-03-10T05:00Z"]).says("public: ");
            assert_eq!(sent(&site).0.len(), 1, "that it has begun");
            site.run(["outbox", "--ack"]).says("");
            let said = format!("- {{ at: 2026-03-10T{at}Z, status: in_progress{body} }}\n");
            site.write(ENTRY, entry(&said));
            site.run(["build", "--now", "2026-03-10T05:30Z"]).says("public: ");
            let (subjects, said) = sent(&site);
            assert_eq!(subjects.len(), expected, "{at}{body}: {subjects:?}");
            assert!(!said.contains("no longer there"), "{said}");
        }
    }
}

#[test]
fn a_beginning_that_nobody_was_told_of_is_not_sent_beside_the_words_on_it() {
    for (said, expected) in [
        ("- { at: 2026-03-10T05:05Z, status: in_progress, body: We have begun. }\n", 1),
        ("- { at: 2026-03-10T05:05Z, status: in_progress }\n", 1),
        ("- { at: 2026-03-10T05:05Z, status: completed, body: Done. }\n", 1),
        ("- { at: 2026-03-10T05:05Z, status: cancelled, body: We gave it up. }\n", 2),
    ] {
        let site = Site::new().file("content/site.yaml", SITE).file(ENTRY, entry(""));
        site.run(["build", "--now", "2026-03-10T04:00Z"]).says("public: ");
        site.run(["outbox", "--since", "start"]).says("outbox: 0 messages");
        site.write(ENTRY, entry(said));
        site.run(["build", "--now", "2026-03-10T05:30Z"]).says("public: ");
        let (subjects, _) = sent(&site);
        assert_eq!(subjects.len(), expected, "{said}: {subjects:?}");
        site.run(["outbox", "--ack"]).says("");
        assert_eq!(sent(&site).0.len(), 0, "{said}");
        assert!(files(&site.path().join("public")).contains_key("updates.atom"));
    }
}

/// The file alone announced it; whoever was told that keeps it.
#[test]
fn what_a_file_announced_without_a_word_stays_announced_when_somebody_speaks() {
    let silent = "title: Swap\nscheduled: { from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }\ncomponents: [api]\n";
    let spoken = format!("{silent}updates:\n- {{ at: 2026-03-05T09:00Z, status: scheduled, body: A reminder. }}\n");
    let history = [("2026-03-01T09:00Z", silent), ("2026-03-05T09:01Z", &*spoken)];
    let at = |now| super::edits::built(ENTRY, &history, now);
    let (before, after) = (at("2026-03-02T09:00Z"), at("2026-03-05T10:00Z"));
    assert!(told(&before).is_subset(&told(&after)) && told(&after).len() == 2);
    let dates = |files: &BTreeMap<String, String>| {
        let feed = files["updates.atom"].matches("2026-03-01T09:00:00+00:00").count();
        (feed > 0, event(files, "DTSTAMP").to_owned())
    };
    assert_eq!(dates(&before), (true, "20260301T090000Z".to_owned()));
    assert!(dates(&after).0, "its time stays");
    // A word to come takes nothing away until then.
    let later = spoken.replace("2026-03-05T09:00Z", "2026-03-08T09:00Z");
    let history = [("2026-03-01T09:00Z", silent), ("2026-03-05T09:01Z", &*later)];
    assert_eq!(told(&super::edits::built(ENTRY, &history, "2026-03-06T09:00Z")), told(&before));
}

/// An import brings years of planned work of which nobody spoke. None of it is news on the day on which it is committed.
#[test]
fn a_file_that_comes_after_its_work_announces_nothing_on_that_day() {
    let silent = "title: Swap\nscheduled: { from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }\ncomponents: [api]\n";
    let files = super::edits::built(ENTRY, &[("2026-04-20T09:00Z", silent)], "2026-04-21T09:00Z");
    assert!(!files["updates.atom"].contains("2026-04-20"), "{}", files["updates.atom"]);
    assert!(!files["history.atom"].contains("<updated>2026-04-20"), "{}", files["history.atom"]);
    assert!(event(&files, "DTSTAMP").starts_with("20260310T"));
}
