//! A second import into a site whose settings somebody edited: what the source has more is added, and nothing that
//! somebody wrote changes.

#![expect(clippy::disallowed_methods, reason = "the tests edit files as whoever imports does")]

use std::fs;

use candor::diagnostic::Severity;
use candor::import::Imported;
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;
use proptest::prelude::*;

use super::{NOW, Scratch};
use crate::support::{cases, importer};

/// Settings of a cState site of these categories, each with its systems.
fn config(categories: &[(&str, &[&str])]) -> String {
    let names = categories.iter().map(|(name, _)| format!("    - name: {name}\n")).collect::<String>();
    let systems = categories.iter().flat_map(|(category, systems)| {
        systems.iter().map(move |system| format!("    - name: {system}\n      category: {category}\n"))
    });
    let systems: String = systems.collect();
    format!("title: T\nbaseURL: https://s.example/\nparams:\n  categories:\n{names}  systems:\n{systems}")
}

fn issue(system: &str) -> String {
    format!(
        "---\ntitle: It is slow\ndate: 2026-01-02T10:00:00Z\nresolved: false\nseverity: disrupted\naffected:\n  - {system}\nsection: issue\n---\nWe look.\n"
    )
}

/// A site that was imported once.
struct Site {
    source: Scratch,
    target: Scratch,
}

impl Site {
    fn new(name: &str) -> Site {
        let site = Site { source: Scratch::new(&format!("{name}-source")), target: Scratch::new(name) };
        fs::create_dir_all(site.source.path().join("content/issues")).unwrap();
        site.configure(&[("Shop", &["Web", "Pay"]), ("Inside", &["Mail"])]);
        site.import();
        site
    }

    fn configure(&self, categories: &[(&str, &[&str])]) {
        fs::write(self.source.path().join("config.yml"), config(categories)).unwrap();
    }

    fn import(&self) -> Imported {
        importer("cstate").import(self.source.path(), None, self.target.path()).unwrap()
    }

    /// What the source says later: a system more in a known category, one in a new one, and an entry of that.
    fn grow(&self) {
        self.configure(&[("Shop", &["Web", "Pay", "CDN"]), ("Inside", &["Mail"]), ("Edge", &["DNS"])]);
        fs::write(self.source.path().join("content/issues/2026-slow.md"), issue("DNS")).unwrap();
    }

    fn settings(&self) -> String {
        fs::read_to_string(self.target.path().join("content/site.yaml")).unwrap()
    }

    fn edit(&self, settings: &str) {
        fs::write(self.target.path().join("content/site.yaml"), settings).unwrap();
    }

    /// What `candor check` calls an error.
    fn errors(&self) -> Vec<String> {
        let build =
            pipeline::build(&Source::read(self.target.path()).unwrap(), &Options::at(Time::parse(NOW).unwrap()));
        let errors = build.diagnostics.iter().filter(|fault| fault.severity == Severity::Error);
        errors.map(|fault| format!("{:?}: {}", fault.place, fault.message)).collect()
    }
}

/// What is said of the settings.
fn told(imported: &Imported) -> Vec<&str> {
    let of_settings = imported.notes.iter().filter(|note| note.path == "content/site.yaml");
    of_settings.map(|note| &*note.message).collect()
}

#[test]
fn a_new_component_and_its_group_are_added_to_settings_that_somebody_edited() {
    let site = Site::new("settings-grow");
    let mine = site.settings().replace("name: T", "name: \"Ours\" # not theirs") + "\n# the end\n";
    site.edit(&mine);
    site.grow();
    let again = site.import();
    let group = "  - id: edge\n    name: Edge\n";
    let components = "  - id: cdn\n    name: CDN\n    group: shop\n  - id: dns\n    name: DNS\n    group: edge\n";
    let expected = mine
        .replace("components:\n", &format!("{group}components:\n"))
        .replace("    group: inside\n", &format!("    group: inside\n{components}"));
    assert_eq!(site.settings(), expected);
    assert_eq!(
        told(&again),
        [
            "`cdn` is new in the source; it was added to the end of `components`, and all else stayed as it was",
            "`dns` is new in the source; it was added to the end of `components`, and all else stayed as it was",
            "`edge` is new in the source; it was added to the end of `groups`, and all else stayed as it was",
        ]
    );
    assert_eq!(site.errors(), [""; 0]);
    assert_eq!(told(&site.import()), [""; 0], "it is new once");
    assert_eq!(site.settings(), expected);
}

#[test]
fn a_component_that_somebody_deleted_comes_back_only_for_an_entry_that_names_it() {
    let site = Site::new("settings-deleted");
    let mail = "  - id: mail\n    name: Mail\n    group: inside\n";
    let mine = site.settings().replace(mail, "");
    assert_ne!(mine, site.settings());
    site.edit(&mine);
    site.configure(&[("Shop", &["Web", "Pay", "CDN"]), ("Inside", &["Mail"])]);
    assert_eq!(told(&site.import()).len(), 1);
    assert!(site.settings().contains("id: cdn") && !site.settings().contains("id: mail"));
    fs::write(site.source.path().join("content/issues/2026-slow.md"), issue("Mail")).unwrap();
    let again = site.import();
    assert_eq!(
        told(&again),
        [
            "`mail` is not here, but an entry that was written now names it; it was added to the end of `components`, and all else stayed as it was"
        ]
    );
    assert!(site.settings().ends_with(mail));
    assert_eq!(site.errors(), [""; 0]);
}

#[test]
fn what_the_source_changed_is_named_piece_by_piece() {
    let site = Site::new("settings-changed");
    site.edit(&site.settings().replace("name: T", "name: Ours"));
    let config = config(&[("Shop", &["Web", "Pay"]), ("Inside", &["Mail"])]);
    let config =
        config.replace("title: T", "title: Theirs").replace("name: Pay", "name: Pay\n      description: With cards.");
    fs::write(site.source.path().join("config.yml"), config).unwrap();
    let mine = site.settings();
    assert_eq!(
        told(&site.import()),
        [
            "changed here and in the source since the last import; yours was kept, compare it with the source's in `IMPORT/content/site.yaml`: `components/pay`, `name`"
        ]
    );
    assert_eq!(site.settings(), mine);
    assert_eq!(told(&site.import()), [""; 0]);
}

#[test]
fn what_cannot_be_added_with_certainty_is_told_as_lines_to_paste() {
    let site = Site::new("settings-refused");
    let mine = site.settings().replace("\ncomponents:\n", "\ncomponents: &all\n");
    site.edit(&mine);
    site.configure(&[("Shop", &["Web", "Pay", "CDN"]), ("Inside", &["Mail"])]);
    let again = site.import();
    let lines = "components:\n  - id: cdn\n    name: CDN\n    group: shop";
    let told = told(&again);
    assert!(told.len() == 1 && told[0].ends_with(&format!("; add this:\n{lines}")), "{told:?}");
    assert_eq!(site.settings(), mine);
    let report = fs::read_to_string(site.target.path().join("IMPORT.md")).unwrap();
    assert!(report.contains(&format!("add this:\n\n      {}\n", lines.replace('\n', "\n      "))), "{report}");
}

#[test]
fn an_entry_that_got_another_title_stays_in_its_file_and_is_there_once() {
    let site = Site { source: Scratch::new("renamed-source"), target: Scratch::new("renamed") };
    let save = |name: &str, more: &str| {
        let answer = format!(
            r#"{{"page":{{"id":"p","name":"P"}},"incidents":[{{"id":"a1","name":"{name}","status":"investigating","created_at":"2026-01-02T10:00:00Z","incident_updates":[{more}{{"id":"u1","status":"investigating","body":"We look.","display_at":"2026-01-02T10:00:00Z"}}]}},{{"id":"b2","name":"Other","status":"resolved","resolved_at":"2026-01-03T11:00:00Z","created_at":"2026-01-03T10:00:00Z","incident_updates":[{{"id":"u2","status":"resolved","body":"It was slow.","display_at":"2026-01-03T11:00:00Z"}}]}}]}}"#
        );
        fs::write(site.source.path().join("incidents.json"), answer).unwrap();
        importer("statuspage").import(site.source.path(), None, site.target.path()).unwrap()
    };
    let entries = || {
        let all = fs::read_dir(site.target.path().join("content/incidents/2026")).unwrap();
        let mut all: Vec<String> = all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        all.sort();
        all
    };
    save("Slow", "");
    let first = entries();
    assert_eq!(first, ["2026-01-02-slow.md", "2026-01-03-other.md"]);
    let end = r#"{"id":"u3","status":"resolved","body":"All is well.","display_at":"2026-01-02T12:00:00Z"},"#;
    for _ in 0..2 {
        let again = save("The shop was slow", end);
        assert_eq!(entries(), first);
        assert!(!again.notes.iter().any(|note| note.message.contains("gone from the source")));
        let file = fs::read_to_string(site.target.path().join("content/incidents/2026/2026-01-02-slow.md")).unwrap();
        assert!(file.contains("title: The shop was slow\n") && file.contains("All is well."), "{file}");
    }
    assert_eq!(site.errors(), [""; 0]);
}

/// One way or another to write the settings.
#[derive(Clone, Debug)]
struct Hand {
    order: Vec<usize>,
    /// For each of the two lists.
    forms: [usize; 2],
    comments: Vec<usize>,
    quotes: usize,
    has_crlf: bool,
    has_end: bool,
    has_mark: bool,
    has_groups: bool,
}

fn hand() -> impl Strategy<Value = Hand> {
    let order = Just((0..KEYS.len()).collect::<Vec<_>>()).prop_shuffle();
    let form = 0..FORMS;
    (order, [form.clone(), form], prop::collection::vec(0..COMMENTS.len(), KEYS.len()), 0..3usize, any::<[bool; 4]>())
        .prop_map(|(order, forms, comments, quotes, [has_crlf, has_end, has_mark, has_groups])| Hand {
            order,
            forms,
            comments,
            quotes,
            has_crlf,
            has_end,
            has_mark,
            has_groups,
        })
}

const KEYS: [&str; 5] =
    ["name: 'Ours'", "url: https://own.example/", "groups", "components", "brand: { accent: \"#336699\" }"];

const COMMENTS: [&str; 6] =
    ["", "# at the margin\n", "  # further in\n", "\n", "\n# below an empty line\n\n", "# a ] and an - id: of none\n"];

/// How many forms a list may have; the last one takes no item with certainty.
const FORMS: usize = 8;

impl Hand {
    fn text(&self) -> String {
        let groups = [vec![("id", "shop"), ("name", "Shop")], vec![("id", "inside"), ("name", "Inside [old]")]];
        let components = [
            vec![("id", "web"), ("name", "Web: the shop"), ("group", "shop")],
            vec![("id", "mail"), ("name", "Mail"), ("group", "inside")],
            vec![("id", "own"), ("name", "Our own"), ("description", "Ours # alone, and [odd].")],
        ];
        let mut text = String::new();
        for (index, comment) in self.order.iter().zip(&self.comments) {
            match KEYS[*index] {
                "groups" if !self.has_groups => {}
                "groups" => text += &self.list("groups", &groups, self.forms[0]),
                "components" => text += &self.list("components", &components, self.forms[1]),
                line => text += &format!("{line}\n"),
            }
            text += COMMENTS[*comment];
        }
        if !self.has_end {
            text.truncate(text.trim_end_matches('\n').len());
        }
        let text = if self.has_crlf { text.replace('\n', "\r\n") } else { text };
        if self.has_mark { format!("\u{feff}{text}") } else { text }
    }

    fn list(&self, key: &str, items: &[Vec<(&str, &str)>], form: usize) -> String {
        let value = |text: &str| match self.quotes {
            0 => format!("'{text}'"),
            1 => format!("\"{text}\""),
            _ if text.contains([':', '#', '[']) => format!("'{text}'"),
            _ => text.to_owned(),
        };
        let entries = |item: &Vec<(&str, &str)>| {
            item.iter().map(|(key, text)| format!("{key}: {}", value(text))).collect::<Vec<_>>()
        };
        let flow = |item| format!("{{ {} }}", entries(item).join(", "));
        let block = |item, dash: &str, inner: &str| format!("{dash}- {}\n", entries(item).join(&format!("\n{inner}")));
        let lines = |dash: &str, inner: &str| items.iter().map(|item| block(item, dash, inner)).collect::<Vec<_>>();
        match form {
            0 => format!("{key}:\n{}", lines("  ", "    ").concat()),
            1 => format!("{key}: # ours\n{}", lines("", "  ").join("# the next\n")),
            2 => format!("{key}:\n{}", lines("    ", "      ").join("\n")),
            3 => format!("{key}: [{}]\n", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
            4 => format!(
                "{key}: [\n  {},  # one [ of ] them\n]   # ours\n",
                items.iter().map(flow).collect::<Vec<_>>().join(",\n  ")
            ),
            5 => format!("{key}: [\n  {}  # the last\n  ]\n", items.iter().map(flow).collect::<Vec<_>>().join(",\n  ")),
            6 => {
                format!("\"{key}\":\n{}", items.iter().map(|item| format!("  - {}\n", flow(item))).collect::<String>())
            }
            _ => format!("{key}: &all\n{}", lines("  ", "    ").concat()),
        }
    }

    /// Whether each list takes one more.
    fn takes_all(&self) -> bool {
        self.forms[1] != FORMS - 1 && self.has_groups && self.forms[0] != FORMS - 1
    }
}

/// Whether `new` is `old` with something put in at one place or at several.
fn is_grown(old: &str, new: &str) -> bool {
    let mut new = new.chars();
    old.chars().all(|c| new.any(|other| other == c))
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_second_import_leaves_every_byte_that_somebody_wrote(hand in hand()) {
        let site = Site::new("settings-property");
        let mine = hand.text();
        site.edit(&mine);
        prop_assert_eq!(site.errors(), [""; 0], "{}", mine);
        site.grow();
        let again = site.import();
        let now = site.settings();
        prop_assert!(is_grown(&mine, &now), "{mine}\n=>\n{now}");
        let told = told(&again);
        let is_told = |id: &str| told.iter().any(|message| message.contains(&format!("`{id}`")) || message.contains(&format!("- id: {id}\n")));
        for id in ["cdn", "dns", "edge"] {
            prop_assert!(is_told(id), "{id}: {told:?}");
        }
        if hand.takes_all() {
            prop_assert!(!told.iter().any(|message| message.contains("add this")), "{told:?}\n{mine}");
        }
        // A group that is not listed goes by what components name.
        let lacks = |list: usize| hand.forms[list] == FORMS - 1 && (list == 1 || hand.has_groups);
        if !lacks(0) && !lacks(1) {
            prop_assert_eq!(site.errors(), [""; 0], "{}", now);
        }
        // What the source did not touch is not asked about again.
        let third = site.import();
        prop_assert_eq!(site.settings(), now);
        prop_assert!(!third.notes.iter().any(|note| note.message.contains("since the last import")));
    }
}
