//! What the public pages show of much: many components, a long history, a year of uptime.

use std::collections::BTreeMap;
use std::fmt::Write;

use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;

/// Pages of a site at noon of 22 November 2026, by their addresses.
fn pages(files: &[(&str, String)]) -> BTreeMap<String, String> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    let build = pipeline::build(&Source::from_files(files), &Options::at(Time::parse("2026-11-22T12:00Z").unwrap()));
    assert!(!build.routes.is_empty(), "{:#?}", build.diagnostics);
    let pages = build.routes.iter().filter(|route| route.path.ends_with(".html"));
    pages.map(|route| (route.path.clone(), String::from_utf8(route.make().unwrap()).unwrap())).collect()
}

/// A site of so many components, named `Part 1` and so on.
fn site(components: usize, group: &str) -> String {
    let mut text = "name: Acme\nurl: https://status.example.org\ncomponents:\n".to_owned();
    for number in 1..=components {
        _ = writeln!(text, "- {{ id: part-{number}, name: Part {number}{group} }}");
    }
    text
}

fn incident(component: &str, impact: &str, from: &str, until: Option<&str>) -> String {
    let mut text = format!(
        "title: Trouble of {component}\nimpact: {impact}\nupdates:\n- {{ at: {from}, status: investigating, \
         components: {{ {component}: major_outage }}, body: We look. }}\n"
    );
    if let Some(until) = until {
        _ = writeln!(text, "- {{ at: {until}, status: resolved, body: It works. }}");
    }
    text
}

/// The names of the components in the order of home, and where those begin that are folded.
fn rows(home: &str) -> (Vec<&str>, Option<usize>) {
    let fold = home.find("<details class=\"rest\">");
    let name = |(at, _): (usize, &str)| {
        let row = &home[at..];
        (at, row.split_once("<bdi>").unwrap().1.split_once("</bdi>").unwrap().0)
    };
    let rows: Vec<(usize, &str)> = home.match_indices("<li class=\"row\">").map(name).collect();
    let folded = fold.map(|fold| rows.iter().filter(|(at, _)| *at < fold).count());
    (rows.into_iter().map(|(_, name)| name).collect(), folded)
}

#[test]
fn of_many_components_those_in_trouble_come_first_and_those_that_work_are_folded() {
    let trouble = ["part-17", "part-19"].map(|id| incident(id, "major", "2026-11-22T11:00Z", None));
    let [first, second] = trouble;
    let files = |site: String| {
        let incidents = [first.clone(), second.clone()];
        let [first, second] = incidents;
        pages(&[("content/site.yaml", site), ("content/incidents/a.yaml", first), ("content/incidents/b.yaml", second)])
    };
    let many = files(site(20, ""));
    let (names, folded) = rows(&many["index.html"]);
    assert_eq!(names.len(), 20);
    assert_eq!(names[..4], ["Part 17", "Part 19", "Part 1", "Part 2"]);
    assert_eq!(folded, Some(8), "some that work are seen where no group shows a picture");
    assert!(many["index.html"].contains("data-find="), "one is found by its name");
    // In a group, whose own summary has the picture, those in trouble alone.
    let grouped = files(site(20, ", group: all") + "groups: [{ id: all, name: Everything }]\n");
    assert_eq!(rows(&grouped["index.html"]).1, Some(2));
    // A few are in the order of the site, and nothing is folded.
    let few = files(site(19, ""));
    let (names, folded) = rows(&few["index.html"]);
    assert_eq!((names[0], names[16], folded), ("Part 1", "Part 17", None));
    assert!(!few["index.html"].contains("data-find="));
}

#[test]
fn many_open_incidents_are_a_few_cards_and_a_list() {
    let mut files = vec![("content/site.yaml", site(9, ""))];
    let names = ["a", "b", "c", "d", "e"].map(|name| format!("content/incidents/{name}.yaml"));
    let text = |hour: usize| incident("part-1", "major", &format!("2026-11-22T0{hour}:00Z"), None);
    files.extend(names.iter().enumerate().map(|(hour, name)| (name.as_str(), text(hour))));
    let cards = |files: &[(&str, String)]| pages(files)["index.html"].matches("<article class=\"card").count();
    assert_eq!(cards(&files[..5]), 4);
    assert_eq!(cards(&files), 2);
}

#[test]
fn an_entry_of_the_history_says_what_it_can_be_filtered_by() {
    let maintenance =
        "title: Work\nscheduled: { from: 2026-11-02T10:00Z, until: 2026-11-02T11:00Z }\ncomponents: [part-2]\n";
    let pages = pages(&[
        ("content/site.yaml", site(2, "")),
        ("content/incidents/a.yaml", incident("part-1", "major", "2026-11-03T10:00Z", Some("2026-11-03T11:00Z"))),
        ("content/maintenance/b.yaml", maintenance.to_owned()),
    ]);
    for path in ["history/index.html", "history/2026-11/index.html"] {
        let page = &pages[path];
        assert!(page.contains("<li data-kind=\"incident\" data-impact=\"major\" data-component=\"part-1\">"), "{page}");
        assert!(page.contains("<li data-kind=\"maintenance\" data-impact=\"\" data-component=\"part-2\">"), "{page}");
        for choice in
            ["part-1\" dir=\"auto\">Part 1", "major\">Major impact", "none\">No impact", "maintenance\">Maintenance"]
        {
            assert!(page.contains(&format!("<option value=\"{choice}</option>")), "{path}: {choice}");
        }
    }
}

#[test]
fn the_history_begins_with_a_calendar_of_twelve_months_and_the_latest_entries() {
    let mut files = vec![("content/site.yaml", site(1, ""))];
    let names: Vec<(String, String)> = (1..=12)
        .flat_map(|month| [(2025, month), (2026, month)])
        .filter(|when| *when <= (2026, 11))
        .map(|(year, month)| {
            let day = format!("{year}-{month:02}-03");
            let text = incident("part-1", "major", &format!("{day}T10:00Z"), Some(&format!("{day}T11:00Z")));
            (format!("content/incidents/{day}.yaml"), text)
        })
        .collect();
    files.extend(names.iter().map(|(name, text)| (name.as_str(), text.clone())));
    let pages = pages(&files);
    let history = &pages["history/index.html"];
    let calendar = history.split_once("<ul class=\"calendar\">").unwrap().1.split_once("</ul>").unwrap().0;
    assert_eq!(calendar.matches("<li>").count(), 12);
    assert!(calendar.find("December 2025") < calendar.find("November 2026"));
    assert_eq!(calendar.matches("Major outage</title>").count(), 12, "{calendar}");
    // November is not over: of its 22 days one had trouble.
    assert_eq!(calendar.rsplit_once("class=\"quiet\"").unwrap().1.matches("h0").count(), 21);
    assert_eq!(history.matches("<li data-kind=").count(), 12);
    let older = history.split_once("data-older=\"").unwrap().1.split_once('"').unwrap().0;
    let older: Vec<&str> = older.split(' ').collect();
    assert_eq!((older.len(), older[0]), (11, "../history/2025-11/index.html"));
    assert!(!history.contains("<details class=\"year\" open"));
}

#[test]
fn a_component_tells_its_uptime_by_month_as_far_as_somebody_kept_a_record() {
    let site = site(1, "") + "- { id: young, name: Young, start: 2026-11-12 }\n";
    let files = [
        ("content/site.yaml", site),
        ("content/incidents/a.yaml", incident("part-1", "major", "2026-09-30T21:00Z", Some("2026-10-01T12:00Z"))),
    ];
    let pages = pages(&files);
    let months = |component: &str| {
        let page = &pages[&format!("components/{component}/index.html")];
        let table = page.split_once("months-table").unwrap().1.split_once("</table>").unwrap().0.to_owned();
        let rows = table.split("<tr><th scope=\"row\">").skip(1).map(|row| {
            let text =
                |from: &str, until: &str| row.split_once(from).unwrap().1.split_once(until).unwrap().0.to_owned();
            (text("index.html\">", "</a>"), text("<td class=\"n\">", "</td>"))
        });
        rows.collect::<Vec<_>>()
    };
    let known = [("November 2026", "100 %"), ("October 2026", "98.38 %"), ("September 2026", "99.58 %")];
    assert_eq!(months("part-1"), known.map(|(month, share)| (month.to_owned(), share.to_owned())));
    assert_eq!(months("young"), [("November 2026".to_owned(), "100 %".to_owned())]);
}

#[test]
fn only_a_page_that_time_may_change_says_when_it_was_built() {
    let told = |name: &str, from: &str, until: Option<&str>| {
        (format!("content/incidents/{name}.yaml"), incident("part-1", "minor", from, until))
    };
    let mut files = vec![
        ("content/site.yaml".to_owned(), site(2, "")),
        told("2026-09-01-old", "2026-09-01T10:00Z", Some("2026-09-01T11:00Z")),
        told("2026-11-02-new", "2026-11-02T10:00Z", Some("2026-11-02T11:00Z")),
        told("2026-11-20-open", "2026-11-20T10:00Z", None),
        (
            "content/maintenance/2026-09-03-done.md".to_owned(),
            "---\ntitle: Disks\ncomponents: [part-1]\nscheduled: { from: 2026-09-03T10:00Z, until: 2026-09-03T11:00Z }\n---\n\
             We change disks.\n"
                .to_owned(),
        ),
        ("content/pages/terms.md".to_owned(), "---\ntitle: Terms\n---\nThey stay.\n".to_owned()),
    ];
    let timeless = |files: &[(String, String)]| -> Vec<String> {
        let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (&**path, text.clone())).collect();
        let has_time = |page: &str| page.contains("data-built=\"2026") && page.contains("<footer>\n<p>Built <time");
        let own = pages(&files).into_iter().filter(|(path, page)| path != "embed/index.html" && !has_time(page));
        own.map(|(path, _)| path.trim_end_matches("index.html").to_owned()).collect()
    };
    let today = timeless(&files);
    let settled =
        ["404.html", "history/2026-09/", "incidents/2026-09-01-old/", "maintenance/2026-09-03-done/", "terms/"];
    assert_eq!(today, settled);
    // That something will be told tomorrow shows on no page today.
    files.push(told("2026-11-23-told-late", "2026-11-23T10:00Z", Some("2026-11-23T11:00Z")));
    assert_eq!(timeless(&files), today);
}
