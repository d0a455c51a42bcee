//! What an entry of cState says of the order, the times and the kind of what happened, and what it leaves open.

use super::{cstate, errors, site, text};
use crate::support::cases;
use candor::import::Imported;
use candor::time::Zone;
use proptest::prelude::*;
use std::collections::BTreeMap;

const CONFIG: &str = "title: Example\nbaseURL: https://status.example.org\nparams:\n  systems:\n    - name: Shop\n";

const FRONT: &str = "title: Orders wait\ndate: 2023-03-04T08:00:00Z\nresolved: true\nresolvedWhen: 2023-03-04T11:00:00Z\nseverity: down\naffected: [Shop]\nsection: issue\n";

fn imported(config: &str, front: &str, body: &str, zone: Option<Zone>) -> Imported {
    let files = [("config.yml", config.to_owned()), ("content/issues/one.md", format!("---\n{front}---\n{body}\n"))];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    let imported = cstate(&files, zone);
    assert_eq!(errors(&imported), Vec::<String>::new());
    imported
}

/// The one entry that a body becomes.
fn entry(body: &str) -> String {
    only(&imported(CONFIG, FRONT, body, None)).to_owned()
}

fn only(imported: &Imported) -> &str {
    let entry = |path: &&String| path.ends_with("/one.md");
    text(imported, imported.files.keys().find(entry).unwrap())
}

/// The times of the updates, as `HH:MM status`.
fn course(entry: &str) -> Vec<String> {
    let times = entry.lines().filter_map(|line| line.trim_start().strip_prefix("- at: "));
    let statuses = entry.lines().filter_map(|line| line.trim_start().strip_prefix("status: "));
    times.zip(statuses).map(|(at, status)| format!("{} {status}", &at[11..16])).collect()
}

#[test]
fn a_text_within_emphasis_is_never_lost() {
    for body in [
        "_Rerouting - every order takes another way._\n\n_Update - The way is free again._",
        "We look into it.\n\n**Update: the way is free again**",
        "*We look: é*\n\n***Résolu : é, the way is free again***",
        "*Investigating: é*\n\n***Resolved: the way is free again é***",
    ] {
        let imported = imported(CONFIG, FRONT, body, None);
        assert!(!imported.taken.iter().any(|taken| taken.message.contains("the way")), "{:?}", imported.taken);
        let entry = only(&imported).to_owned();
        assert!(entry.contains("free again"), "{entry}");
        assert_eq!(course(&entry), ["08:00 investigating", "11:00 resolved"]);
    }
}

#[test]
fn what_is_labelled_oldest_first_is_never_told_backwards() {
    let entry =
        entry("_Investigating_ - A cable broke.\n\n_Update_ - We lay another.\n\n_Update_ - It lies, all is well.");
    let at = |words: &str| entry.find(words).unwrap();
    assert!(at("A cable broke") < at("We lay another") && at("We lay another") < at("all is well"), "{entry}");
    assert_eq!(course(&entry), ["08:00 investigating", "11:00 resolved"]);
}

#[test]
fn updates_without_proof_of_their_order_stay_one_text() {
    let body = "*Update* - We lay another cable.\n\n*Update* - A cable broke.";
    let imported = imported(CONFIG, FRONT, body, None);
    let entry = only(&imported);
    assert_eq!(course(entry), ["08:00 investigating", "11:00 resolved"]);
    assert!(entry.contains("      *Update* - We lay another cable.\n\n      *Update* - A cable broke.\n"), "{entry}");
    assert!(imported.notes.iter().any(|note| note.message.contains("in which order")));
}

#[test]
fn times_in_labels_date_the_updates() {
    let full = "*Update 2023-03-04 10:40:00*: Back.\n\n*Update 2023-03-04 09:10:00*: We clean.\n\n*Investigating 2023-03-04 08:00:00*: Down.";
    assert_eq!(
        course(&entry(full)),
        ["08:00 investigating", "09:10 investigating", "10:40 investigating", "11:00 resolved"]
    );
    for short in [
        "**08:05** Seen\n\n**09:35** Confirmed\n\n**10:45** Repaired",
        "**8:05 AM** Seen\n\n**9.35 am** Confirmed\n\n**10:45 AM** Repaired",
        "[08:05] Seen\n\n[09:35] Confirmed\n\n[10:45] Repaired",
        "08:05 UTC - Seen\n\n10:35 CET - Confirmed\n\n11:45 UTC+1 - Repaired",
    ] {
        let said = course(&entry(short));
        assert_eq!(said[..3], ["08:05 investigating", "09:35 investigating", "10:45 investigating"], "{short}");
    }
}

#[test]
fn a_zone_that_nobody_knows_becomes_no_utc() {
    let imported = imported(CONFIG, FRONT, "**08:05 ZZT** Seen\n\n**09:35 ZZT** Confirmed", None);
    let entry = only(&imported);
    assert!(entry.contains("**08:05 ZZT** Seen") && entry.contains("**09:35 ZZT** Confirmed"), "{entry}");
    assert_eq!(course(entry), ["08:00 investigating", "11:00 resolved"]);
    assert!(imported.notes.iter().any(|note| note.message.contains("`ZZT` is not known")));
}

#[test]
fn a_time_within_a_sentence_is_printed_and_splits_nothing() {
    let entry = entry("No orders from {{< track \"2023-03-04 08:00:00\" >}} to {{< track \"2023-03-04 11:00:00\" >}}.");
    assert!(entry.contains("    body: No orders from 2023-03-04 08:00 UTC to 2023-03-04 11:00 UTC.\n"), "{entry}");
    assert_eq!(course(&entry), ["08:00 investigating", "11:00 resolved"]);
}

#[test]
fn nobody_says_that_it_is_over_if_nobody_said_so() {
    let entry = entry("Orders fail.");
    assert_eq!(course(&entry), ["08:00 investigating", "11:00 resolved"]);
    assert!(!entry.contains("Resolved") && entry.matches("body:").count() == 1, "{entry}");
    let lone = self::entry("*Resolved* - A cable had broken.");
    assert_eq!(course(&lone), ["11:00 resolved"]);
    assert!(lone.contains("started: 2023-03-04T08:00Z\n") && !lone.contains("body: Orders wait"), "{lone}");
}

#[test]
fn an_end_that_is_not_known_costs_nothing() {
    let backwards = FRONT.replace("2023-03-04T11", "2023-03-03T11");
    let none = FRONT.replace("resolvedWhen: 2023-03-04T11:00:00Z\n", "");
    let torn = FRONT.replace("T11:00", "T011:00");
    let day = FRONT.replace("T11:00:00Z", "").replace("T08:00:00Z", "");
    let start = FRONT.replace("T08:00", "T08:75");
    for front in [backwards, none, torn, day, start] {
        let files = imported(CONFIG, &front, "Orders fail.", None);
        let known = files.files.values().any(|bytes| String::from_utf8_lossy(bytes).contains("duration_known: false"));
        assert!(known, "{front}{:?}", files.files.keys());
        assert!(files.notes.iter().any(|note| note.weight == candor::import::Weight::Time), "{front}");
    }
}

#[test]
fn the_zone_of_the_site_is_the_zone_of_its_times() {
    let front = FRONT.replace('T', " ").replace("Z\n", "\n").replace(" itle", "Title");
    let berlin = format!("timeZone: Europe/Berlin\n{CONFIG}");
    let files = imported(&berlin, &front, "**09:30** Seen\n\n**10:00** Found", None);
    assert_eq!(course(only(&files)), ["08:30 investigating", "09:00 investigating", "10:00 resolved"]);
    assert!(text(&files, "content/site.yaml").contains("timezone: Europe/Berlin\n"));
    let told = imported(CONFIG, &front, "Slow.", Zone::named("Asia/Tokyo"));
    assert!(only(&told).contains("2023-03-03T23:00Z"), "{}", only(&told));
    let guessed = imported(CONFIG, &front, "Slow.", None);
    assert_eq!(guessed.notes.iter().filter(|note| note.message.contains("without a zone")).count(), 1);
    // The offset of an entry is that of the times in its text.
    let offset = FRONT.replace("T08:00:00Z", "T10:00:00+02:00");
    let files = imported(CONFIG, &offset, "**10:30** Seen\n\n**11:00** Found", None);
    assert_eq!(course(only(&files))[..2], ["08:30 investigating", "09:00 investigating"]);
}

#[test]
fn a_site_without_systems_gets_one_to_correct() {
    let files =
        imported("title: Example\nparams:\n  systems: null\n", &FRONT.replace("[Shop]", "[]"), "Orders fail.", None);
    assert!(text(&files, "content/site.yaml").contains("components:\n  - id: service\n    name: Example\n"));
}

#[test]
fn kinds_follow_keys_then_labels_then_words_of_several_languages() {
    let kind = |title: &str, severity: &str, affected: &str, body: &str| {
        let front = FRONT.replace("Orders wait", title).replace("down", severity).replace("[Shop]", affected);
        let files = imported(CONFIG, &front, body, None);
        files.files.keys().find(|path| path.ends_with("/one.md")).unwrap().split('/').nth(1).unwrap().to_owned()
    };
    for title in
        ["Geplante Wartungsarbeiten", "Mantenimiento programado", "Manutenção", "定期メンテナンス", "Maintenance"]
    {
        assert_eq!(kind(title, "notice", "[Shop]", "Text."), "maintenance", "{title}");
    }
    assert_eq!(kind("Neue Schränke", "notice", "[Shop]", "*In progress* - We build."), "maintenance");
    assert_eq!(kind("Odd prices", "notice", "[Shop]", "We will update this post when we know more."), "incidents");
    assert_eq!(kind("Odd prices", "notice", "[Shop]", "The shop will be moved on Friday."), "maintenance");
    assert_eq!(kind("We are on holiday", "notice", "[]", "Answers take longer."), "announcements");
    assert_eq!(kind("Störung der Bestellungen", "notice", "[]", "Nichts ging."), "incidents");
    assert_eq!(kind("Unplanned outage", "down", "[Shop]", "Nothing worked."), "incidents");
    for (title, affected) in [("Upgrade of issues.shop.example", "[Shop]"), ("Error Log upgrade", "[Error Log]")] {
        assert_eq!(kind(title, "down", affected, "It will be down."), "maintenance", "{title}");
    }
    assert_eq!(kind("Upgrade of the Error Log failed", "down", "[Error Log]", "Nothing worked."), "incidents");
}

#[test]
fn planned_work_without_an_end_gets_none_and_stays_planned_work() {
    let read = |resolved: &str, body: &str| {
        let front = FRONT.replace("down", "notice").replace("Orders wait", "Wartung");
        let front: String =
            front.lines().filter(|line| !line.starts_with("resolved")).map(|line| format!("{line}\n")).collect();
        let files = imported(CONFIG, &format!("{front}resolved: {resolved}\n"), body, None);
        assert_eq!((files.summary.maintenance, files.summary.entries), (1, 1));
        only(&files).to_owned()
    };
    for (resolved, body, is_unknown) in [
        ("true", "We rebuild the shop.", true),
        ("false", "We rebuild the shop.", false),
        ("false", "*In progress* - We rebuild the shop.", false),
    ] {
        let file = read(resolved, body);
        assert!(!file.contains("until:"), "{file}");
        assert_eq!(file.contains("duration_known: false\n"), is_unknown, "{resolved} {body}: {file}");
    }
}

#[test]
fn what_announcements_name_is_kept_and_makes_no_components() {
    let front = "title: New lamp\ndate: 2023-03-04\ninformational: true\naffected: [News, lamp]\nsection: issue\n";
    let files = imported(CONFIG, front, "It is here.", None);
    assert_eq!(text(&files, "content/site.yaml").matches("  - id:").count(), 1);
    assert!(only(&files).contains("# cState: affected: News, lamp\n"));
    assert!(only(&files).contains("home: false\n"), "as on cState's home: {}", only(&files));
    let pinned = imported(CONFIG, &format!("{front}pin: true\n"), "It is here.", None);
    assert!(only(&pinned).contains("pinned: true\n") && !only(&pinned).contains("home:"), "{}", only(&pinned));
    assert_eq!(files.notes.iter().filter(|note| note.message.contains("announcements name no components")).count(), 1);
}

#[test]
fn what_many_entries_have_in_common_is_one_line() {
    let front = |day: usize| {
        format!(
            "---\ntitle: Slow\ndate: 2021-03-{day:02} 10:00:00\nresolved: true\nresolvedWhen: 2021-03-{day:02} 11:00:00\nseverity: disrupted\naffected: [Web]\nsection: issue\n---\nSlow.\n"
        )
    };
    let config = ("config.yml".to_owned(), "title: S\nparams:\n  systems:\n    - name: Web\n".to_owned());
    let entries = (1..=25).map(|day| (format!("content/issues/{day}.md"), front(day)));
    let files = std::iter::once(config).chain(entries).map(|(path, text)| (path, text.into_bytes())).collect();
    let imported = candor::import::cstate(&files, None);
    let kinds = candor::import::kinds(&imported.notes);
    assert!((1..=5).contains(&kinds.len()), "{} kinds", kinds.len());
    assert_eq!(imported.summary.incidents, 25);
}

#[test]
fn a_description_that_comes_twice_and_front_matter_that_is_a_sentence_are_texts() {
    let config = "title: S\nparams:\n  categories:\n    - name: Shop\n    - name: Shop\n      description: What customers buy with.\n  systems:\n    - name: Web\n    - name: web\n      description: Where they buy.\nparams:\n  description: Said a second time.\n";
    let page = "---\nWhere parcels are.\n---\ntitle: Tracking\n";
    let files = [("config.yml", config), ("content/about.md", page)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
    let imported = candor::import::cstate(&files, None);
    let sources: Vec<&str> = imported.sources.iter().map(|source| &*source.text).collect();
    for said in ["What customers buy with.", "Where they buy.", "Said a second time."] {
        assert!(sources.iter().any(|text| text.contains(said)), "{said}: {sources:?}");
    }
    assert!(text(&imported, "content/pages/about.md").contains("Where parcels are."));
}

#[test]
fn a_shortcode_that_means_nothing_here_is_told_once_a_name_with_its_count_and_first_place() {
    let entry = |day: &str, text: &str| {
        format!(
            "---\ntitle: E\ndate: 2024-05-{day}T10:00:00Z\nresolved: true\nresolvedWhen: 2024-05-{day}T11:00:00Z\nseverity: down\naffected: [API]\nsection: issue\n---\n{text}\n"
        )
    };
    let first = entry("06", "See {{< icon \"a\" >}} and {{< icon \"b\" >}}.");
    let second = entry("07", "{{< icon c >}} {{% youtube x %}}");
    let imported = site(&[("content/issues/1.md", &first), ("content/issues/2.md", &second)]);
    let told = imported.notes.iter().filter(|note| note.message.contains("shortcode"));
    let told: Vec<(&str, &str)> = told.map(|note| (&*note.path, &*note.message)).collect();
    assert_eq!(
        told,
        [
            (
                "content/issues/1.md",
                "the shortcode `icon` means nothing here and was kept as text, 3 times, the first here: `{{< icon \"a\" >}}`"
            ),
            ("content/issues/2.md", "the shortcode `{{% youtube x %}}` means nothing here and was kept as text"),
        ]
    );
}

#[test]
fn times_that_contradict_the_order_of_the_text_are_followed_counted_and_asked_about() {
    let code = |at: &str| format!("{{{{< track \"2023-03-{at}:00\" >}}}}");
    let [last, mistyped, first] = ["05 17:50", "04 05:30", "04 09:00"].map(code);
    let body = format!(
        "**Resolved**: All is well. {last}\n\nIt still goes on. {mistyped}\n\nWe look into the slowness. {first}"
    );
    let front = FRONT.replace("2023-03-04T11:00:00Z", "2023-03-05T17:50:00Z");
    let imported = imported(CONFIG, &front, &body, None);
    assert_eq!(imported.summary.reordered, 1);
    let told: Vec<&str> = imported.notes.iter().map(|note| &*note.message).collect();
    for said in [
        "1 update stands in another order than in the source",
        "it began on 2023-03-04 08:00 UTC, and an update of it is of 2023-03-04 05:30 UTC: it was taken to begin with that",
    ] {
        assert!(told.iter().any(|message| message.starts_with(said)), "{said}: {told:?}");
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn an_order_is_asked_about_where_the_times_break_it_and_nowhere_else(minutes in prop::collection::vec(0u32..180, 2..6)) {
        let part = |minute: &u32| format!("It is so. {{{{< track \"2023-03-04 {:02}:{:02}:00\" >}}}}", 8 + minute / 60, minute % 60);
        let body = minutes.iter().map(part).collect::<Vec<_>>().join("\n\n");
        let imported = imported(CONFIG, FRONT, &body, None);
        let is_asked = imported.notes.iter().any(|note| note.message.contains("in another order than in the source"));
        let is_ordered = minutes.is_sorted() || minutes.iter().rev().is_sorted();
        prop_assert_eq!(is_asked, !is_ordered, "{}", body);
        prop_assert_eq!(imported.summary.reordered > 0, !is_ordered);
    }
}

#[test]
fn comments_between_keys_are_kept_but_for_those_of_the_template() {
    let entry = |own: &str| format!("---\n# How bad: down, disrupted\n{FRONT}{own}---\nText.\n");
    let toml = "+++\n# How bad: down, disrupted\ntitle = \"a # b\"\ndate = 2023-03-04T08:00:00Z\nresolved = true\nseverity = \"down\" # the third time\n+++\nText.\n";
    let files = [
        ("config.yml", CONFIG.to_owned()),
        ("content/issues/one.md", entry("# Ask for a refund\n")),
        ("content/issues/two.md", entry("")),
        ("content/issues/three.md", toml.to_owned()),
        ("content/about.md", "---\ntitle: About # us\n---\nText.\n".to_owned()),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    let imported = cstate(&files, None);
    assert_eq!(errors(&imported), Vec::<String>::new());
    let comments = |name: &str| {
        let path = imported.files.keys().find(|path| path.ends_with(name)).unwrap();
        let lines = text(&imported, path).lines().filter_map(|line| line.strip_prefix("# A comment in the source: "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(comments("one.md"), ["Ask for a refund"]);
    assert_eq!(comments("two.md"), Vec::<String>::new());
    assert_eq!(comments("three.md"), ["the third time"]);
    assert_eq!(comments("about.md"), ["us"]);
    let notes: Vec<_> = imported.notes.iter().filter(|note| note.message.contains("between the keys")).collect();
    let template = notes.iter().filter(|note| note.message.contains("“How bad: down, disrupted”")).count();
    assert_eq!((notes.len(), template), (4, 1), "{notes:?}");
    let lines: std::collections::BTreeSet<_> = notes.iter().filter_map(|note| note.line).collect();
    assert_eq!(lines, [2, 6, 10].into());
}
