//! Content that is read again after an edit says and makes what content that is read for the first time does.

use std::collections::BTreeMap;

use candor::pipeline::{Build, Content, Options};
use candor::source::Source;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::{self, cases};

type Files = BTreeMap<String, String>;

/// Files that lean on each other: links, a report that takes its marks from an incident, one that came back, a draft.
fn start() -> Files {
    let incident = |more: &str| {
        format!(
            "---\ntitle: Payments fail\nupdates:\n  - {{ at: 2026-11-20T14:30Z, status: investigating, components: {{ \
             checkout: partial_outage }}, body: It will be fixed soon. }}\n  - {{ at: 2026-11-20T15:10Z, status: \
             resolved, body: \"See [the plan](/maintenance/upgrade/).\" }}\n---\n{more}\n"
        )
    };
    let report = |id: &str, more: &str| {
        format!("---\nid: {id}\ntitle: Queue full\ncause: queue-full\n{more}---\n\n## Summary\n\nAnna forgot it.\n")
    };
    let files = [
        ("content/site.yaml", support::SITE.to_owned() + "wiki: { url: https://wiki.example.org/ }\n"),
        ("content/incidents/payments.md", incident("See [the other](/incidents/again/).")),
        ("content/incidents/again.md", incident("")),
        (
            "content/maintenance/upgrade.yaml",
            "{ title: Upgrade, scheduled: { from: 2026-12-01T05:00Z, until: 2026-12-01T07:00Z }, components: [api] }"
                .to_owned(),
        ),
        ("content/announcements/news.md", "---\ntitle: News\nfrom: 2026-11-01T00:00Z\n---\nText.\n".to_owned()),
        ("content/pages/support.md", "---\ntitle: Support\n---\nWrite to us.\n".to_owned()),
        ("content/postmortems/one.md", report("one", "incident: payments\n")),
        ("content/postmortems/two.md", report("two", "incident: again\nrecurrence_of: [one]\n")),
        ("content/static/note.txt", "A note.".to_owned()),
    ];
    files.map(|(path, text)| (path.to_owned(), text)).into()
}

/// What somebody does to a file.
#[derive(Clone, Debug)]
enum Edit {
    /// Puts another word in the place of one.
    Replace(Index, &'static str, &'static str),
    Remove(Index),
    /// Makes a file with the text of another.
    Copy(Index, &'static str),
    /// Puts a file back as it was at the start.
    Restore(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let words = select(vec![
        ("Payments", "Orders"),
        ("resolved", "monitoring"),
        ("soon", "by noon"),
        ("checkout", "api"),
        ("Checkout", "Basket"),
        ("/incidents/again/", "/incidents/none/"),
        ("title:", "draft: true\ntitle:"),
        ("title: ", "titel: "),
        ("queue-full", "queue-lost"),
        ("2026-11-20T14:30Z", "2026-11-20T14:50Z"),
        ("---\n", "--\n"),
        ("A note", "Another note"),
        ("Anna", "Somebody"),
        ("name: Example Status", "name: Other Status\nlanguage: de"),
    ]);
    let places = select(vec![
        "content/incidents/new.md",
        "content/incidents/again.yaml",
        "content/postmortems/three.md",
        "content/pages/history.md",
        "content/static/new.txt",
        "content/odd.txt",
        "themes/default/static/style.css",
        "themes/default/templates/404.html",
        "themes/default/messages/en.yaml",
    ]);
    prop_oneof![
        4 => (any::<Index>(), words).prop_map(|(file, (from, to))| Edit::Replace(file, from, to)),
        1 => any::<Index>().prop_map(Edit::Remove),
        2 => (any::<Index>(), places).prop_map(|(file, path)| Edit::Copy(file, path)),
        2 => any::<Index>().prop_map(Edit::Restore),
    ]
}

fn apply(edit: &Edit, files: &mut Files) {
    let nth =
        |files: &Files, index: &Index| files.keys().nth(index.index(files.len())).cloned().expect("there are files");
    match edit {
        Edit::Replace(index, from, to) => {
            let having: Vec<String> =
                files.iter().filter(|(_, text)| text.contains(from)).map(|(path, _)| path.clone()).collect();
            if !having.is_empty() {
                let path = &having[index.index(having.len())];
                let text = files[path].replacen(from, to, 1);
                files.insert(path.clone(), text);
            }
        }
        // The last file stays, so that there is one to edit.
        Edit::Remove(index) if files.len() > 1 => _ = files.remove(&nth(files, index)),
        Edit::Remove(_) => {}
        Edit::Copy(index, path) => {
            let text = files[&nth(files, index)].clone();
            files.insert((*path).to_owned(), text);
        }
        Edit::Restore(index) => {
            let start = start();
            let path = nth(&start, index);
            files.insert(path.clone(), start[&path].clone());
        }
    }
}

/// Everything that can be seen of a build.
fn seen(build: &Build) -> (String, Vec<(&str, String)>) {
    let routes = build.routes.iter().chain(build.wiki.iter());
    let made = routes.map(|route| {
        let made = route.make().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        (&*route.path, format!("{made:?}"))
    });
    (format!("{:#?}", build.diagnostics), made.collect())
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn after_any_edit_all_is_as_if_read_for_the_first_time(edits in prop::collection::vec(edit(), 8)) {
        let options = Options::at(support::now());
        let mut files = start();
        let mut content = Content::load(Source::from_files(files.clone()), false);
        for edit in &edits {
            apply(edit, &mut files);
            let source = Source::from_files(files.clone());
            // What the rules said of a file stays with it, so they must have been asked.
            content.at(&options).advice();
            content = content.renewed(source.clone());
            let (renewed, fresh) = (content.at(&options).build(), Content::load(source, false).at(&options).build());
            let (renewed, fresh) = (seen(&renewed), seen(&fresh));
            prop_assert_eq!(&renewed.0, &fresh.0, "after {:?}", edit);
            prop_assert!(renewed.1 == fresh.1, "other bytes after {edit:?}");
        }
    }
}
