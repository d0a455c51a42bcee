//! `maintenance.ics`, unfolded.

use std::collections::BTreeMap;

use super::{NOW, ODD, at, built, content};

/// The properties of each event.
pub(crate) fn events(text: &str) -> Vec<BTreeMap<String, String>> {
    assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "a line is too long");
    let unfolded = text.replace("\r\n ", "");
    let mut events = Vec::new();
    for line in unfolded.lines() {
        let (name, value) = line.split_once(':').unwrap();
        match (name, value) {
            ("BEGIN", "VEVENT") => events.push(BTreeMap::new()),
            _ => events.last_mut().into_iter().for_each(|event: &mut BTreeMap<_, _>| {
                let before = event.insert(name.to_owned(), value.to_owned());
                assert!(before.is_none() || name == "END", "{name} twice");
            }),
        }
    }
    events
}

/// A text as it was before it was escaped.
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next().unwrap() {
                'n' => '\n',
                c @ ('\\' | ';' | ',') => c,
                c => panic!("\\{c} in {value}"),
            }),
            ';' | ',' => panic!("{c} is not escaped in {value}"),
            c => out.push(c),
        }
    }
    out
}

fn only(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut events = events(&files["maintenance.ics"]);
    assert_eq!(events.len(), 1);
    events.remove(0)
}

#[test]
fn planned_work_is_an_event() {
    let event = only(&at(NOW));
    assert_eq!(event["DTSTART"], "20260303T100000Z");
    assert_eq!(event["DTEND"], "20260303T120000Z");
    assert_eq!(event["DTSTAMP"], "20260301T080000Z");
    assert_eq!((&*event["SEQUENCE"], &*event["STATUS"]), ("1", "CONFIRMED"));
    assert_eq!(event["URL"], "https://status.example.net/maintenance/disks/");
    assert_eq!(plain(&event["SUMMARY"]), ODD);
    assert_eq!(plain(&event["CATEGORIES"]), ODD);
    let wanted = "Carts are empty for a minute.\n\nThen they are full.\n\n\
                  1 Mar 2026, 08:00 UTC, Scheduled: Bigger disks.";
    assert_eq!(plain(&event["DESCRIPTION"]), wanted);
}

#[test]
fn a_group_has_the_calendar_of_its_components() {
    let files = at(NOW);
    assert_eq!(events(&files["groups/shop/maintenance.ics"]), events(&files["components/carts/maintenance.ics"]));
    assert!(events(&files["components/mail/maintenance.ics"]).is_empty());
}

#[test]
fn what_the_clock_does_is_a_step_like_any_other() {
    let stamp = |now| only(&at(now))["DTSTAMP"].clone();
    assert_eq!(stamp("2026-03-02T23:00Z"), "20260301T080000Z");
    assert_eq!(stamp("2026-03-03T11:00Z"), "20260303T100000Z");
    assert_eq!(stamp("2026-05-03T11:00Z"), "20260303T120000Z");
    let rest = |now| {
        let mut event = only(&at(now));
        event.retain(|name, _| !["DTSTAMP", "SEQUENCE", "DESCRIPTION"].contains(&&**name));
        event
    };
    assert_eq!(rest(NOW), rest("2026-05-03T11:00Z"));
    let version = |now| only(&at(now))["SEQUENCE"].clone();
    assert_eq!([NOW, "2026-03-03T11:00Z", "2026-05-03T11:00Z"].map(version), ["1", "2", "3"]);
}

/// Work of which somebody says late that it began: it began with its window, as everybody was told; its end is real.
#[test]
fn real_times_replace_planned_ones() {
    let mut content = content();
    let work = content.get_mut("content/maintenance/disks.md").unwrap();
    let said = "Bigger disks. }\n- { at: 2026-03-03T10:30Z, status: in_progress, body: Begun. }\n\
                - { at: 2026-03-03T14:00Z, status: completed, body: Done. }\n";
    *work = work.replace("Bigger disks. }\n", said);
    let window = |now| {
        let event = only(&built(&content, now));
        [&event["DTSTART"][9..13], &event["DTEND"][9..13], &event["SEQUENCE"], &event["UID"]].join(" ")
    };
    let uid = only(&built(&content, NOW))["UID"].clone();
    assert!(uid.ends_with("@status.example.net"), "{uid}");
    assert_eq!(window(NOW), format!("1000 1200 1 {uid}"));
    assert_eq!(window("2026-03-03T11:00Z"), format!("1000 1200 3 {uid}"));
    assert_eq!(window("2026-03-03T13:00Z"), format!("1000 1200 3 {uid}"), "running over");
    assert_eq!(window("2026-03-03T15:00Z"), format!("1000 1400 4 {uid}"));
}

#[test]
fn a_component_has_a_calendar_of_its_own_even_without_work() {
    let files = at(NOW);
    assert_eq!(events(&files["components/carts/maintenance.ics"]), events(&files["maintenance.ics"]));
    let empty = &files["components/mail/maintenance.ics"];
    assert!(events(empty).is_empty());
    assert!(empty.contains("X-WR-CALNAME:Mail: Maintenance\r\n"), "{empty}");
    assert!(empty.contains("BEGIN:VTIMEZONE\r\n"), "a calendar must hold something");
}

#[test]
fn a_year_of_past_work_stays_but_no_more_than_fifty() {
    let mut content = content();
    for day in 1..=60 {
        let date = format!("2026-{:02}-{:02}", 1 + day / 29, 1 + day % 28);
        let work = format!(
            "title: Work {day}\nscheduled: {{ from: {date}T01:00Z, until: {date}T02:00Z }}\ncomponents: [mail]\n"
        );
        content.insert(format!("content/maintenance/work-{day}.yaml"), work);
    }
    assert_eq!(events(&built(&content, "2026-06-01T00:00Z")["maintenance.ics"]).len(), 50);
    assert_eq!(events(&built(&content, "2026-01-01T00:00Z")["maintenance.ics"]).len(), 60);
    assert!(events(&built(&content, "2027-06-01T00:00Z")["maintenance.ics"]).is_empty());
}
