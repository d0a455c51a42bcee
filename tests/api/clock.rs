//! What the clock moves without an edit, and how times are written.

use super::json::Json;
use super::{MAINTENANCE, SITE, answer, api, files, sample};

/// Name and status of each planned work in a list.
fn planned(now: &str, name: &str) -> Vec<String> {
    let list = &answer(&sample(now), name)["scheduled_maintenances"];
    list.items().iter().map(|work| format!("{} {}", work["name"].text(), work["status"].text())).collect()
}

#[test]
fn planned_work_moves_without_an_edit() {
    let [before, inside, after] = ["2026-03-03T09:59Z", "2026-03-03T10:00Z", "2026-03-03T12:00Z"];
    for (now, status, upcoming, active, summary, indicator, carts) in [
        (before, "scheduled", 1, 0, 1, "none", "operational"),
        (inside, "in_progress", 0, 1, 1, "maintenance", "under_maintenance"),
        (after, "completed", 0, 0, 0, "none", "operational"),
    ] {
        assert_eq!(planned(now, "scheduled-maintenances"), [format!("Bigger disks {status}")], "{now}");
        assert_eq!(planned(now, "scheduled-maintenances/upcoming").len(), upcoming, "{now}");
        assert_eq!(planned(now, "scheduled-maintenances/active").len(), active, "{now}");
        assert_eq!(planned(now, "summary").len(), summary, "{now}");
        let files = sample(now);
        assert_eq!(answer(&files, "status")["status"]["indicator"], indicator, "{now}");
        assert_eq!(answer(&files, "summary")["status"], answer(&files, "status")["status"], "{now}");
        assert_eq!(answer(&files, "components")["components"].named("Carts")["status"], carts, "{now}");
    }
}

/// Status, time and body of each update of the only planned work, newest first, and its list as a whole.
fn told(maintenance: &str, now: &str) -> (Vec<String>, Json) {
    let files = files([("site.yaml", SITE), ("maintenance/disks.md", maintenance)], now);
    let work = answer(&files, "scheduled-maintenances")["scheduled_maintenances"][0].clone();
    let updates = work["incident_updates"].items().iter();
    let updates = updates.map(|update| {
        let clock = &update["display_at"].text()[8..16];
        format!("{} {clock} {}", update["status"].text(), update["body"].text())
    });
    (updates.collect(), work)
}

#[test]
fn what_the_clock_did_is_told_as_updates() {
    let (updates, work) = told(MAINTENANCE, "2026-03-05T00:00Z");
    let wanted = [
        "completed 03T12:00 The planned time of this maintenance is over.",
        "in_progress 03T10:00 The planned time of this maintenance has begun.",
        "scheduled 03T10:00 Carts are empty for a minute.",
    ];
    assert_eq!(updates, wanted);
    assert_eq!(work["resolved_at"], "2026-03-03T12:00:00.000Z");
    assert_eq!(work["updated_at"], "2026-03-03T12:00:00.000Z");
    let moved = |index: usize| {
        let affected = &work["incident_updates"][index]["affected_components"][0];
        format!("{}: {} to {}", affected["name"].text(), affected["old_status"].text(), affected["new_status"].text())
    };
    assert_eq!(moved(0), "Shop - Carts: under_maintenance to operational");
    assert_eq!(moved(1), "Shop - Carts: operational to under_maintenance");
    assert_eq!(moved(2), "Shop - Carts: operational to operational");
    let (updates, work) = told(MAINTENANCE, "2026-03-03T11:00Z");
    assert_eq!(updates, wanted[1..]);
    assert_eq!(work["resolved_at"], Json::Null);
}

#[test]
fn words_overrule_the_clock_and_the_description_joins_the_announcement() {
    let work = MAINTENANCE.replace(
        "components: [carts]\n",
        "components: [carts]
updates:
  - { at: 2026-03-01T08:00Z, status: scheduled, body: On Tuesday. }
  - { at: 2026-03-03T10:05Z, status: in_progress, body: We began. }
  - { at: 2026-03-03T12:30Z, status: verifying, body: Looking. }
",
    );
    let (updates, work) = told(&work, "2026-03-03T13:00Z");
    let wanted = [
        "verifying 03T12:30 Looking.",
        "in_progress 03T10:05 We began.",
        "in_progress 03T10:00 The planned time of this maintenance has begun.",
        "scheduled 01T08:00 On Tuesday.\n\nCarts are empty for a minute.",
    ];
    assert_eq!(updates, wanted);
    assert_eq!(work["status"], "verifying");
    assert_eq!((work["created_at"].text(), work["started_at"].text()), {
        ("2026-03-01T08:00:00.000Z", "2026-03-01T08:00:00.000Z")
    });
}

#[test]
fn work_without_any_word_says_when_it_is_planned() {
    let (work, _) = MAINTENANCE.rsplit_once("Carts").unwrap();
    let (updates, _) = told(work, "2026-03-01T00:00Z");
    assert_eq!(updates, ["scheduled 03T10:00 Planned for 3 Mar 2026, 10:00 UTC to 12:00 UTC"]);
}

#[test]
fn the_page_is_as_old_as_its_latest_change() {
    for (now, wanted) in [
        ("2026-01-01T00:00Z", "1970-01-01T00:00:00.000Z"),
        ("2026-03-01T00:00Z", "2026-02-01T00:00:00.000Z"),
        ("2026-03-02T10:30Z", "2026-03-02T10:20:00.000Z"),
        ("2026-03-03T09:59Z", "2026-03-02T11:00:00.000Z"),
        ("2026-03-03T10:01Z", "2026-03-03T10:00:00.000Z"),
        ("2026-03-09T00:00Z", "2026-03-03T12:00:00.000Z"),
    ] {
        assert_eq!(answer(&sample(now), "status")["page"]["updated_at"], wanted, "{now}");
    }
}

#[test]
fn a_component_knows_since_when_it_is_there_and_when_it_changed() {
    let times = |now: &str, name: &str| {
        let components = answer(&sample(now), "components")["components"].clone();
        let times = ["created_at", "updated_at"].map(|key| components.named(name)[key].text()[..16].to_owned());
        times.join(" ")
    };
    let [open, later] = ["2026-03-02T10:30Z", "2026-03-09T00:00Z"];
    assert_eq!(times(open, "Website"), "2026-02-01T00:00 2026-02-01T00:00", "its start");
    assert_eq!(times(open, "Checkout"), "2026-03-02T10:00 2026-03-02T10:20", "its first mention");
    assert_eq!(times(later, "Checkout"), "2026-03-02T10:00 2026-03-02T11:00", "until its last change");
    assert_eq!(times(open, "Carts"), "1970-01-01T00:00 1970-01-01T00:00", "nothing is known");
    assert_eq!(times(later, "Carts"), "2026-03-03T10:00 2026-03-03T12:00", "maintenance is a change");
    assert_eq!(times(later, "Shop"), "2026-03-02T10:00 2026-03-03T12:00", "a group is as its members are");
}

/// `2026-03-02T10:00:00.000` and an offset.
fn is_timestamp(text: &str, offset: &str) -> bool {
    let form = "dddd-dd-ddTdd:dd:dd.ddd";
    let fits = |(c, wanted): (char, char)| if wanted == 'd' { c.is_ascii_digit() } else { c == wanted };
    text.strip_suffix(offset).is_some_and(|time| time.len() == form.len() && time.chars().zip(form.chars()).all(fits))
}

#[test]
fn times_have_milliseconds_and_the_offset_of_the_zone() {
    for (zone, offset) in [("Etc/UTC", "Z"), ("America/Denver", "-07:00"), ("Asia/Kathmandu", "+05:45")] {
        let site = format!("{SITE}timezone: {zone}\n");
        let content = [("site.yaml", &*site), ("incidents/a.yaml", super::INCIDENT), ("maintenance/b.md", MAINTENANCE)];
        let files = files(content, "2026-03-03T11:00Z");
        let mut count = 0;
        for (path, json) in api(&files) {
            json.objects("", &mut |_, object| {
                let Json::Object(entries) = object else { return };
                for (key, value) in entries.iter().filter(|(key, value)| is_time(key) && *value != Json::Null) {
                    count += 1;
                    // In 1970 a zone may have had another offset.
                    let is_epoch = value.text().starts_with("1970") || value.text().starts_with("1969");
                    assert!(is_epoch || is_timestamp(value.text(), offset), "{path}: {key} is {value:?}");
                }
            });
        }
        assert!(count > 50, "{count} times");
    }
}

fn is_time(key: &str) -> bool {
    key.ends_with("_at") || ["scheduled_for", "scheduled_until", "from", "until"].contains(&key)
}
