//! Collections of postmortems of any shape become reports that are whole, with the times that their authors give and
//! no other.

use std::collections::BTreeMap;
use std::path::Path;

use candor::diagnostic::Severity;
use candor::import::{CollectionOptions, FirstCommits, Headings, Imported, postmortems};
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::{Time, Zone};
use proptest::prelude::*;

use super::{noted, text};
use crate::support::cases;

fn options() -> CollectionOptions<'static> {
    CollectionOptions { new_site: Some("Reports"), ..CollectionOptions::default() }
}

/// The collection of these files, which must lose nothing, build, and be given no advice.
fn imported(files: &[(&str, &str)], options: &CollectionOptions<'_>) -> Imported {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let imported = postmortems(&files, options);
    assert!(imported.lost.is_empty(), "{:#?}", imported.lost);
    let source = Source::from_files(imported.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())));
    let build = pipeline::build(&source, &Options::at(Time::parse("2026-11-22T12:00Z").unwrap()));
    let faults: Vec<String> =
        build.diagnostics.iter().map(|fault| format!("{:?}: {}", fault.place, fault.message)).collect();
    let is_grave = build.diagnostics.iter().any(|fault| fault.severity != Severity::Note);
    assert!(!is_grave, "{faults:#?}\n{}", shown(&imported));
    imported
}

fn shown(imported: &Imported) -> String {
    let reports = imported.files.iter().filter(|(path, _)| path.ends_with(".md"));
    reports.map(|(path, bytes)| format!("==> {path}\n{}", String::from_utf8_lossy(bytes))).collect()
}

/// The one report of a collection, and its notes.
fn one(name: &str, report: &str) -> (String, Imported) {
    let imported = imported(&[(name, report)], &options());
    let mut reports = imported.files.iter().filter(|(path, _)| path.starts_with("content/postmortems/"));
    let report = String::from_utf8_lossy(reports.next().expect("a report").1).into_owned();
    (report, imported)
}

fn assert_holds(report: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(report.contains(piece), "`{piece}` is not in\n{report}");
    }
}

#[test]
fn clocks_of_twelve_hours_are_read_in_their_zone() {
    let source = "# Parcels stuck\n\n## Timeline (all times PST)\n\n- 7:32 PM - The belt stops.\n- 7:42 PM - It moves.\n- 12:10 AM - All is well.\n";
    let (report, _) = one("2020-01-07-belt.md", source);
    assert_holds(
        &report,
        &[
            "  started: 2020-01-08T03:32Z\n",
            "All times in America/Los_Angeles.",
            "| 2020-01-07 19:32 | (7:32 PM) The belt stops. |",
            "| 2020-01-07 19:42 |",
            "| 2020-01-08 00:10 | (12:10 AM) All is well. |",
            "## Timeline (all times PST)\n",
        ],
    );
    let table = "# Queue full\n\n## Timeline\n\n| Time (UTC) | What |\n| --- | --- |\n| Jan 8, 10:18 AM | It fills. |\n| 5:33 PM | It is empty. |\n";
    let (report, _) = one("2020-01-08-queue.md", table);
    assert_holds(
        &report,
        &[
            "| 2020-01-08 10:18 | (Jan 8, 10:18 AM) It fills. |",
            "| 2020-01-08 17:33 | (5:33 PM) It is empty. |",
            "| Time (UTC) | What |",
        ],
    );
}

#[test]
fn timelines_of_every_layout_are_tables() {
    for (layout, first) in [
        (
            "All times in CET\n\n### 2020-01-07 10:00\n\nIt begins.\n\n### 10:05\n\nIt ends.\n",
            "| 2020-01-07 10:00 | It begins. |",
        ),
        ("- **[10:00 CET]** It begins.\n- **[10:05 CET]** It ends.\n", "| 2020-01-07 10:00 | (10:00 CET) It begins. |"),
        (
            "All times in CET.\n\n10.00 Uhr - It begins.\n\n10.05 Uhr - It ends.\n",
            "| 2020-01-07 10:00 | (10.00 Uhr) It begins. |",
        ),
        ("(all times CET)\n\n* 10h00: It begins.\n* 10h05: It ends.\n", "| 2020-01-07 10:00 | (10h00) It begins. |"),
        ("(all times CET)\n\n1. 10:00: It begins.\n2. 10:05: It ends.\n", "1. 10:00: It begins."),
        (
            "| Datum | Uhrzeit (CET) | Was |\n|--|--|--|\n| 7.1.2020 | 10:00 | It begins. |\n| 7.1.2020 | 10:05 | It ends. |\n",
            "| 2020-01-07 10:00 | (7.1.2020) 10:00 | It begins. |",
        ),
    ] {
        let (report, _) = one("2020-01-07-x.md", &format!("# X\n\n## Zeitleiste\n\n{layout}"));
        let is_in_columns = layout.contains("Datum");
        assert_holds(
            &report,
            &[first, if is_in_columns { "  started: " } else { "  started: 2020-01-07T09:00Z\n" }, "10:05"],
        );
    }
}

#[test]
fn the_day_of_another_report_is_not_that_of_the_timeline() {
    for below in ["See [the other](2020-01-07-a.md).", "It was like that of 7 January 2020."] {
        let source = format!(
            "# The mail\n\n## Summary\n\nMail stood.\n\n## Timeline\n\n- 10:00 UTC Down.\n- 12:00 UTC Up.\n\n{below}\n"
        );
        let (report, _) = one("2020-01-08-mail.md", &source);
        assert_holds(&report, &["started: 2020-01-08T10:00Z\n"]);
    }
}

#[test]
fn underlined_headings_are_headings() {
    let source = "The mail\n========\n\nSummary\n-------\n\nMail stood.\n\nTimeline (all times UTC)\n------------------------\n\n- 10:00 Down.\n- gegen 11 Uhr: Better.\n- 12:00 Up.\n";
    let (report, _) = one("2020-01-08-mail.md", source);
    assert_holds(&report, &["title: The mail\n", "## Summary\n", "| 2020-01-08 10:00 | Down. |"]);
    assert_holds(&report, &["| 2020-01-08 11:00 | (gegen 11 Uhr) Better. |", "| 2020-01-08 12:00 | Up. |"]);
}

#[test]
fn what_no_table_can_hold_is_kept_with_the_reason() {
    let source = "# X\n\n## Timeline\n\nAll times in UTC.\n\n### 10:00\n\n```\nlog 1\n```\n\n### 10:05\n\nIt ends.\n";
    let (report, imported) = one("2020-01-07-x.md", source);
    assert_holds(&report, &["### 10:00\n\n```\nlog 1\n```\n", "started: 2020-01-07T10:00Z"]);
    assert!(noted(&imported, "a block of code stands among its rows"));
    let (report, imported) = one("2020-01-07-x.md", "# X\n\n## Timeline\n\nIt all went too fast.\n");
    assert!(!report.contains("marks:") && noted(&imported, "no rows with times were found"));
}

#[test]
fn a_zone_that_is_not_known_blocks_the_marks() {
    let source = "# X\n\n## Timeline (all times IST)\n\n| Time | What |\n|--|--|\n| 10:00 | It begins. |\n";
    let (report, found) = one("2020-01-07-x.md", source);
    assert!(!report.contains("marks:"), "{report}");
    assert_holds(&report, &["| 10:00 (IST) | It begins. |"]);
    assert!(noted(&found, "`IST`, a zone that is not known"));
    let told = CollectionOptions { zone: Zone::named("Asia/Kolkata"), ..options() };
    let found = imported(&[("2020-01-07-x.md", source)], &told);
    assert_holds(text(&found, "content/postmortems/2020/2020-01-07-x.md"), &["started: 2020-01-07T04:30Z"]);
    let (report, found) =
        one("2020-01-07-x.md", "# X\n\n## Timeline\n\n- 10:00 IST - It begins.\n- 10:30 UTC - It ends.\n");
    assert!(!report.contains("started"), "{report}");
    assert!(noted(&found, "is in a zone that is not known"));
}

#[test]
fn a_zone_may_be_named_by_its_place() {
    for (place, expected) in [
        ("Eastern", "All times in America/New_York."),
        ("Berlin", "All times in Europe/Berlin."),
        ("New York", "All times in America/New_York."),
    ] {
        let source =
            format!("# T\n\n## Timeline\n\nAll times are in {place}.\n\n- 9:05 a.m. - down\n- 12:15 p.m. - up\n");
        assert_holds(&one("2020-01-07-a.md", &source).0, &[expected, "2020-01-07 12:15"]);
    }
    let atlantis = "# T\n\n## Timeline\n\nAll times are in Atlantis.\n\n- 9:05 - down\n- 12:15 - up\n";
    let (report, imported) = one("2020-01-07-a.md", atlantis);
    assert!(!report.contains("marks:") && noted(&imported, "`Atlantis`, a zone that is not known"), "{report}");
}

#[test]
fn a_mistyped_time_behind_a_label_is_a_question() {
    for typed in ["2020-01-07T015:00Z", "2020-01-07 25:00", "2020-13-07 10:00 UTC"] {
        let (report, imported) = one("2020-01-07-a.md", &format!("# T\n\n**Start time:** {typed}\n\nText.\n"));
        assert!(!report.contains("started:"), "{report}");
        assert!(noted(&imported, "is no time that can be read; it marks nothing"), "{typed}: {:?}", imported.notes);
    }
}

#[test]
fn an_end_before_its_beginning_is_a_question() {
    let source = "---\ntitle: X\nstart_time: 2020-01-07T15:00Z\nend_time: 2020-01-07T02:00Z\n---\n\nIt broke.\n";
    let (report, found) = one("x.md", source);
    assert!(report.contains("started: 2020-01-07T15:00Z") && !report.contains("resolved:"), "{report}");
    assert!(noted(&found, "lies before the beginning") && noted(&found, "which of them is right?"));
    let (report, found) = one("x.md", "---\ntitle: X\nstart_time: 2020-01-07T015:00\n---\n\nIt broke.\n");
    assert!(!report.contains("marks:") && noted(&found, "is no time"), "{report}");
}

#[test]
fn every_text_with_a_day_is_a_report_in_whatever_language() {
    let files = [
        (
            "2020-01-08-b.md",
            "# 画像が出ない\n\n## サマリー\n\n画像が出なかった。\n\n## タイムライン\n\n| 時刻 (JST) | 出来事 |\n| --- | --- |\n| 2020-01-08 10:18 | 検知 |\n",
        ),
        ("c.md", "# Kein Versand\n\nAm 9. Januar 2020 ging nichts.\n\n## Zusammenfassung\n\nDer Speicher war voll.\n"),
        (
            "2020-01-10-d.txt",
            "Flags were gone from 15:30 to 18:10 UTC.\n\nHow did it come to this?\n\nThe pool was full.\n",
        ),
        ("2020-01-11-e/index.md", "# Panne\n\n## Résumé\n\nCourt.\n\n## Was noch?\n\nNichts.\n"),
        ("README.md", "# About\n\n2020-01-01\n"),
        ("LICENSE", "2020-01-01\n"),
        ("CONTRIBUTING.md", "2020-01-01\n"),
        ("index.md", "# All\n\n- 2020-01-08\n"),
        ("00-template.md", "# Title\n\n## Summary\n\n2020-01-01\n"),
    ];
    let found = imported(&files, &options());
    assert_eq!(found.summary.postmortems, 4);
    let japanese = text(&found, "content/postmortems/2020/2020-01-08-b.md");
    assert_holds(japanese, &["## サマリー\n\n画像", "detected: 2020-01-08T01:18Z", "All times in Asia/Tokyo."]);
    assert_holds(text(&found, "content/postmortems/2020/2020-01-11-e.md"), &["## Résumé", "## Was noch?\n\nNichts."]);
    for name in ["README.md", "LICENSE", "CONTRIBUTING.md", "index.md", "00-template.md"] {
        assert!(found.notes.iter().any(|note| note.path == name && note.message.contains("not imported")), "{name}");
    }
}

#[test]
fn labelled_times_are_marks_and_stay_in_the_text() {
    let source = "# Incident on 2020-01-07\n\n- **Key events**\n  - Fault occurs 2020-01-07 11:40\n  - First detected 2020-01-07 11.57\n  - Repaired 2020-01-07 13:59\n  - Resolved 2020-01-07 14:38\n  - Incident declared 2020-01-07 14:41\n\n- **Time to repair**: 2h 19m\n\n- **Identified**: A probe.\n\n- **Resolution**: A restart.\n";
    let (report, found) = one("2020-01-07-a.md", source);
    assert_holds(
        &report,
        &[
            "  started: 2020-01-07T11:40Z\n  detected: 2020-01-07T11:57Z\n  mitigated: 2020-01-07T13:59Z\n  resolved: 2020-01-07T14:38Z\n",
            "## Supporting data (Key events)",
            "- Incident declared 2020-01-07 14:41",
            "- **Time to repair**: 2h 19m",
            "## Identified\n\nA probe.",
        ],
    );
    assert!(!report.contains("declared:") && !noted(&found, "does not follow"), "{report}");
}

#[test]
fn a_label_that_is_a_mark_gives_its_time_wherever_it_stands_and_however_it_is_written() {
    let marks = "  started: 2021-11-05T09:00Z\n  resolved: 2021-11-05T10:00Z\n";
    for [began, ended] in [
        ["**Start time**:", "**End time**:"],
        ["**Start time:**", "**End time:**"],
        ["- **Start**:", "- **End**:"],
        ["__Began at__:", "__Resolved at__:"],
        ["* **Beginn:**", "* **Ende:**"],
    ] {
        let lines = format!("{began} 2021-11-05 09:00 UTC\n{ended} 2021-11-05 10:00 UTC\n");
        for source in [
            format!("# Search failed\n\n{lines}\n## Summary\n\nIt failed.\n"),
            format!("# Search failed\n\n## Summary\n\nIt failed.\n\n{lines}\n## Root cause\n\nA disk.\n"),
        ] {
            let (report, _) = one("2021-11-05-a.md", &source);
            assert_holds(&report, &[marks, &format!("{began} 2021-11-05 09:00 UTC")]);
        }
    }
    for value in ["soon", "2021-11-05", "09:00", "2021-11-05 09:00 UTC or later"] {
        let (report, _) =
            one("2021-11-05-a.md", &format!("# Search\n\n**Start time**: {value}\n\n## Summary\n\nIt failed.\n"));
        assert!(!report.contains("started:"), "{value}: {report}");
    }
}

#[test]
fn pictures_come_along_and_links_between_reports_lead_to_them() {
    let report = "# Traffic fell\n\n![Traffic](img/traffic%201.svg)\n\n<img width=\"300\" alt=\"Load\" src=\"https://img.example.org/load.png\" />\n\n<details><summary>More</summary>\n\nSee [the other](../b/2020-01-08-b.md#why), [gone](gone.md) and <NAME>.\n\n</details>\n";
    let files: BTreeMap<String, Vec<u8>> = [
        ("a/2020-01-07-a.md", report),
        ("b/2020-01-08-b.md", "# Other\n\n2020-01-08\n"),
        ("a/img/traffic 1.svg", "<svg/>"),
        ("a/img/unused.svg", "<svg/>"),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into();
    let found = postmortems(&files, &options());
    assert!(found.lost.is_empty(), "{:?}", found.lost);
    let written = text(&found, "content/postmortems/2020/2020-01-07-a.md");
    assert_holds(
        written,
        &[
            "![Traffic](/internal/postmortems/a/img/traffic-1.svg)",
            "[Load](https://img.example.org/load.png)",
            "**More**",
            "[the other](/postmortems/2020-01-08-b/)",
            "gone (`gone.md`)",
            "\\<NAME>",
        ],
    );
    assert_eq!(text(&found, "content/internal/postmortems/a/img/traffic-1.svg"), "<svg/>");
    assert!(
        !found.files.keys().any(|path| path.contains("unused")) && noted(&found, "1 file that no postmortem shows")
    );
    let source = Source::from_files(found.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())));
    let build = pipeline::build(&source, &Options::at(Time::parse("2026-11-22T12:00Z").unwrap()));
    assert!(build.diagnostics.iter().all(|fault| fault.severity == Severity::Note), "{:#?}", build.diagnostics);
}

#[test]
fn a_text_that_a_report_leads_to_comes_along_and_another_is_named() {
    let found = imported(
        &[
            ("2020-01-07-a.md", "# A\n\nSee [the log](files/log.txt).\n"),
            ("files/log.txt", "disk full\n"),
            ("files/more.txt", "nothing\n"),
        ],
        &options(),
    );
    assert_holds(&shown(&found), &["[the log](/internal/postmortems/files/log.txt)"]);
    assert_eq!(text(&found, "content/internal/postmortems/files/log.txt"), "disk full\n");
    let named: Vec<&str> = found.notes.iter().map(|note| &*note.path).filter(|path| path.ends_with(".txt")).collect();
    assert_eq!(named, ["files/more.txt"]);
}

#[test]
fn headings_of_ones_own_are_sections_and_keep_their_words() {
    let mut headings = Headings::default();
    assert!(headings.add("Was los war", "Summary"));
    let told = CollectionOptions { headings, ..options() };
    let found =
        imported(&[("2020-01-07-a.md", "# A\n\n## Was los war\n\nNichts.\n\n## Anderes\n\nUnd doch.\n")], &told);
    assert_holds(
        text(&found, "content/postmortems/2020/2020-01-07-a.md"),
        &["## Summary (Was los war)\n\nNichts.", "## Anderes\n"],
    );
}

/// Lines of reports, of which any may be missing, doubled or moved.
const LINES: &[&str] = &[
    "---",
    "title: Belt stood",
    "start_time: 2020-01-07 10:00",
    "weight: 3",
    "# Belt stood still",
    "## Summary",
    "## サマリー",
    "Summary",
    "=======",
    "## Timeline (all times PST) 01/07/2020 - 01/09/2020",
    "### 2020-01-07 10:00",
    "### 10:05",
    "- 7:32 PM - The belt stops.",
    "- **[10:00 UTC]** It *moves*.",
    "  - by hand",
    "  - 10:07 again",
    "10:00 The belt stops.",
    "01-10-2020",
    "| Time (UTC) | What | Who |",
    "| --- | --- | --- |",
    "| Jan 8, 10:18 AM | It `a | b` fills. | me |",
    "| 5:33 PM | It is empty.",
    "| 25:00 | never | x |",
    "||",
    "- **Key events**",
    "  - First detected 2020-01-07 11.57",
    "- **Impact**: none at all",
    "**Date:** 2020-01-07",
    "## Attendees",
    "- AB, CD",
    "## Stats",
    "- Time to detection: 5 minutes",
    "- Category: Belt Data",
    "### What went well",
    "<!-- hidden words",
    "are here -->",
    // An empty line behind a tag that opens: what stands directly below it is HTML to some readers and Markdown to others,
    // and an import in which the proof cannot tell refuses the file with its place.
    "<details><summary>More</summary>\n",
    "</details>\n",
    "<img alt=\"Load 5\" src=\"https://img.example.org/load.png\">",
    "![Belt](img/belt.svg)",
    "[other](2020-01-08-b.md) and [gone](x.md \"with a title\")",
    "[a][b]",
    "[b]: https://x.example/b \"t\"",
    "[^1]: Once",
    "```",
    "    code here",
    "> 10:00 quoted",
    "words &amp; <NAME> 1 < 2 https://y.example/a_b_(c).",
    "<div>\n",
    "</div>\n",
    "a<br>b",
    "\\",
    "* * *",
    "1. 10:15 first",
    "text ~~struck~~ **bold 10:20**",
    "",
];

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn no_report_loses_a_word_whatever_it_is_made_of(at in prop::collection::vec(0..LINES.len(), 0..25)) {
        let body: Vec<&str> = at.into_iter().map(|at| LINES[at]).collect();
        let report = format!("2020-01-07\n\n{}\n", body.join("\n"));
        let found = postmortems(
            &BTreeMap::from([
                ("2020-01-07-a.md".to_owned(), report.clone().into_bytes()),
                ("2020-01-08-b.md".to_owned(), b"# B\n\n2020-01-08\n".to_vec()),
                ("img/belt.svg".to_owned(), b"<svg/>".to_vec()),
            ]),
            &options(),
        );
        prop_assert!(found.lost.is_empty(), "{:?}\n{report}\n{}", found.lost, shown(&found));
        let source = Source::from_files(found.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())));
        let build = pipeline::build(&source, &Options::at(Time::parse("2026-11-22T12:00Z").unwrap()));
        let errors: Vec<_> = build.diagnostics.iter().filter(|fault| fault.severity != Severity::Note).collect();
        prop_assert!(errors.is_empty(), "{errors:#?}\n{report}\n{}", shown(&found));
    }
}

#[test]
fn what_would_define_a_link_if_it_stood_alone_stays_a_text() {
    for source in [
        "2020-01-07\n\n- **Key events**\n[b]: https://x.example/b \"t\"\n",
        "2020-01-07\n\n- 10:00 The belt stops.\n[b]: https://x.example/b\n- 10:10 It moves.\n",
        "2020-01-07\n<img alt=\"Load 5\" src=\"https://img.example.org/load.png\">\n=======\n[b]: https://x.example/b \"t\"\n",
        "2020-01-07\n\n[^1]: Once\n=======\n<img alt=\"Load 5\" src=\"https://img.example.org/load.png\">\n```\n</div>\n",
    ] {
        let (report, _) = one("2020-01-07-a.md", source);
        assert_holds(&report, &[if source.contains("[b]") { "https://x.example/b" } else { "Once" }]);
    }
}

#[test]
fn a_list_of_postmortems_is_none() {
    let list = "# Incidents of 2020\n\n| Date | Postmortem |\n|---|---|\n| 2020-01-07 | [A](2020-01-07-a.md) |\n| 2020-01-08 | [B](b.md) |\n";
    let files = [
        ("2020-01-07-a.md", "# A\n\nIt stood.\n"),
        ("b.md", "# B 2020-01-08\n\n- [A](2020-01-07-a.md)\n- alike\n"),
        ("all.md", list),
    ];
    let imported = imported(&files, &options());
    assert_eq!(imported.summary.postmortems, 2);
    assert!(noted(&imported, "an index of the collection"));
}

#[test]
fn a_title_is_told_from_the_same_words_elsewhere() {
    for above in [
        "```\n# Belt stood still\n### Why\n```\n",
        "Belt stood still\n\n10 minutes.\n\n",
        "<!-- why\n# Belt stood still\nnot -->\n\n",
    ] {
        let (report, _) = one("2020-01-07-a.md", &format!("2020-01-07\n{above}# Belt stood still\n\nIt stood.\n"));
        assert_holds(&report, &["It stood."]);
    }
}

#[test]
fn git_is_asked_only_where_a_text_lacks_a_day() {
    let asked: FirstCommits = |_| panic!("git reads the whole history");
    let options = CollectionOptions { first_commits: Some((asked, Path::new("."))), ..options() };
    let files = [("2024-05-06-lamp.md", "# Lamp\n\nIt was dark. See [this](more.md).\n"), ("more.md", "# More\n")];
    assert_eq!(imported(&files, &options).summary.postmortems, 1, "a text that one leads to goes with it");
}

#[test]
fn a_text_is_a_report_by_a_day_wherever_it_stands_and_one_without_stops_no_other() {
    let plain = "# Lamp\n\nIt was dark.\n";
    let files = [
        ("2024-05-06-lamp.md", plain),
        ("2023-04-05/rooms/lamp.md", plain),
        ("front/lamp.md", "---\ndate: 2022-01-02\n---\n\nIt was dark.\n"),
        ("git/lamp.md", plain),
        ("git/LIST", "lamp.example.org\n"),
        ("none/lamp.md", plain),
    ];
    let committed: FirstCommits = |folder| {
        assert_eq!(folder, Path::new("reports"));
        let at = |path: &str| (path.to_owned(), Time::parse("2021-03-04T05:06Z").unwrap());
        BTreeMap::from(["git/lamp.md", "git/LIST", "2024-05-06-lamp.md"].map(at))
    };
    let first_commits = Some((committed, Path::new("reports")));
    let imported = imported(&files, &CollectionOptions { first_commits, ..options() });
    let taken: Vec<&String> = imported.files.keys().filter(|path| path.contains("/postmortems/")).collect();
    let folder = |path: &str| path.split('/').nth(2).unwrap().to_owned();
    assert_eq!(taken.iter().map(|path| folder(path)).collect::<Vec<_>>(), ["2022", "2023", "2024"]);
    assert!(!shown(&imported).contains("2021"), "when git got it is not when it happened");
    let said = |path: &str| imported.notes.iter().find(|note| note.path == path).map(|note| note.message.clone());
    assert!(said("git/lamp.md").unwrap().contains("git has it since 2021-03-04"));
    for path in ["git/lamp.md", "none/lamp.md", "git/LIST"] {
        assert!(said(path).unwrap().contains("names no day"), "{path}");
    }
    assert_eq!(said("2024-05-06-lamp.md"), None);
}

#[test]
fn the_zone_of_the_beginning_is_that_of_rows_that_name_none_and_told() {
    let text = "# Shop stood still on 3 July 2025\n\nBeginn: 03.07.2025, 9.15 Uhr MESZ\nEnde: 03.07.2025, 11.40 Uhr MESZ\n\n## Ablauf\n\n- 9.15 Uhr: first calls\n- 9.30 Uhr: on call\n";
    let (report, imported) = one("shop.md", text);
    for mark in ["  started: 2025-07-03T07:15Z\n", "  resolved: 2025-07-03T09:40Z\n"] {
        assert!(report.contains(mark), "{report}");
    }
    assert!(noted(&imported, "`MESZ` was taken, which the report names"));
    assert!(!noted(&imported, "UTC was taken"));
}

#[test]
fn a_heading_that_names_a_place_gives_the_zone_of_its_times() {
    let rows = "| Heure | Quoi |\n|---|---|\n| 10h05 | Début de l'incident |\n| 12h20 | Service restauré |\n";
    let text = format!("# Panne\n\n**Date** : 4 mars 2025\n\n## Chronologie (heure de Paris)\n\n{rows}");
    let (report, _) = one("panne.md", &text);
    assert!(report.contains("started: 2025-03-04T09:05Z"), "{report}");
    let (report, imported) = one("panne.md", &text.replace("heure de Paris", "heure locale"));
    assert!(!report.contains("marks:"), "a zone that nobody knows marks nothing: {report}");
    assert!(noted(&imported, "`heure locale`, a zone that is not known"));
}

#[test]
fn an_item_without_a_time_is_told_at_the_time_of_no_other() {
    let text = "# Slow\n\n**Date**: 2025-03-04\n\n## Timeline (UTC)\n\n- 08:40 — deploy\n- before 09:00 — the first one fails\n- 09:10 — it works\n";
    let (report, imported) = one("slow.md", text);
    assert!(
        report.contains("- 08:40 — deploy\n- before 09:00 — the first one fails\n- 09:10 — it works\n"),
        "{report}"
    );
    assert!(noted(&imported, "an item that begins with no time stands among its rows"));
}

#[test]
fn labels_of_other_languages_are_marks_without_emphasis_too() {
    for (began, ended) in
        [("发生时间：", "恢复时间："), ("Inicio: ", "Fin: "), ("Início: ", "Término: "), ("- Début : ", "- Fin : ")]
    {
        let text =
            format!("# R\n\n## 概述\n\n{began}2024-03-05 14:02:00 UTC\n{ended}2024-03-05 15:10 UTC\n\nIt stood.\n");
        let (report, _) = one("r.md", &text);
        for mark in ["  started: 2024-03-05T14:02Z\n", "  resolved: 2024-03-05T15:10Z\n"] {
            assert!(report.contains(mark), "{began}: {report}");
        }
    }
}
