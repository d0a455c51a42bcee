//! The wall: nothing internal reaches a public byte. Each internal field holds a word that stands
//! nowhere else, and every byte of the published site is searched for these words.

use std::path::Path;

use crate::support::{self, build, report};
use candor::diagnostic::Severity;
use candor::model::{SectionKind, Vocabulary as _};
use candor::source::Source;

const SITE: &str = "\
name: Example Status
url: https://status.example.net/
product_domains: [canary-domain.example]
wiki: { url: https://canary-wiki.example/ }
cadence: { critical: 7013013s, major: 7019019s, minor: 7027027s }
postmortem: { due: 7039039s, required_from: major }
recovery_target: 0.7043043
privacy: { people: [canary-person], forbid: ['*.canary-forbidden.example'] }
components:
  - id: checkout
    name: Checkout
    owner: canary-owner
    runbook: https://canary-runbook.example/
    dashboard: https://canary-dashboard.example/
    capacity: { headroom: canary-headroom, checked: 1999-07-09, source: https://canary-source.example/ }
  - { id: api, name: API }
";

const PUBLIC: &str = "\
---
title: Payments slow
detected_by: employee
updates:
  - at: 2026-11-22T15:00Z
    status: investigating
    components: { checkout: partial_outage }
    body: |
      Payments are slow. <!-- canary-comment
      canary-comment-below -->
---
What customers noticed.

<!-- canary-note
canary-note-below -->
";

const INTERNAL: &str = "\
---
title: canary-incident-title
impact: critical
visibility: internal
started: 2026-11-22T14:00Z
updates:
  - at: 2026-11-22T14:10Z
    status: investigating
    components: { api: major_outage }
    next_update: 2026-11-22T17:41Z
    body: canary-incident-body
---
canary-incident-summary
";

const RESOLVED: &str = "\
title: Labels late
updates:
  - { at: 2026-11-10T09:00Z, status: investigating, components: { api: partial_outage }, body: Labels are late. }
  - { at: 2026-11-10T10:00Z, status: resolved, body: Labels are printed again. }
";

/// A postmortem with a canary in every field and every section; `publish`, `published` and the external
/// message are filled in.
fn postmortem(publish: &str, message: &str) -> String {
    let sections = SectionKind::WORDS.iter().filter(|word| **word != "external message");
    let sections: String = sections.map(|word| format!("## {word}\n\ncanary-section {word}\n\n")).collect();
    format!(
        "\
---
id: CANARY-2026-7
title: canary-report-title
severity: SEV2
status: reviewed
owner: canary-report-owner
commander: canary-commander
scribe: canary-scribe
responders: [canary-responder]
marks:
  started: 2026-11-10T08:51Z
  detected: 2026-11-10T08:52Z
  declared: 2026-11-10T08:53Z
  acknowledged: 2026-11-10T08:54Z
  status_posted: 2026-11-10T08:55Z
  identified: 2026-11-10T08:56Z
  mitigated: 2026-11-10T08:57Z
  resolved: 2026-11-10T10:58Z
published: 2026-11-12T11:01Z
detected_by: security
first_noticed_by: canary-notice
impact: {{ users_pct: 70.13, users: 7013013, requests_failed: 7019019, data_loss: canary-loss, revenue: canary-revenue,
  support_tickets: 7027027 }}
trigger: canary-trigger
cause: canary-cause
factors: [canary-factor, Canary sentence.]
not_recurrence_of: [{{ id: canary-other, why: canary-why }}]
process_change: canary-change
actions:
  - {{ id: CANARY-A1, text: canary-action, type: detect, owner: canary-action-owner, due: 1999-07-09,
      link: 'https://canary-tracker.example/1', priority: true }}
tags: [canary-tag]
publish: {publish}
---
canary-preface

{sections}## canary-heading

canary-other-section

## External message

{message}
"
    )
}

/// Never published, though it has a message.
const UNPUBLISHED: &str = "\
---
id: canary-other
title: canary-unpublished-title
incident: payments-slow
published: 2026-11-20T08:00Z
---
canary-preface

## External message

canary-message
";

const PAGE: &str = "---\ntitle: canary-page-title\naudience: internal\n---\ncanary-page-body\n";

const ANNOUNCEMENT: &str =
    "---\ntitle: New prices\nfrom: 2026-11-20T10:00Z\n---\nFrom <!-- canary-aside --> December on.\n";

/// What must stand in no public byte: the words above, the internal entries' ids, and numbers in every
/// unit in which they could be printed.
const CANARIES: &[&str] = &[
    "canary",
    "7013013",
    "7019019",
    "7027027",
    "7039039",
    "7043043",
    "1999-07-09",
    "9 Jul 1999",
    "private-rota",
    "quiet-outage",
    "17:41",
    "70.13",
    "08:51",
    "08:52",
    "08:53",
    "08:54",
    "08:55",
    "08:56",
    "08:57",
    "10:58",
    "SEV2",
];

fn source() -> Source {
    Source::from_files([
        ("content/site.yaml", SITE),
        ("content/incidents/payments-slow.md", PUBLIC),
        ("content/incidents/quiet-outage.md", INTERNAL),
        ("content/pages/private-rota.md", PAGE),
        ("content/announcements/prices.md", ANNOUNCEMENT),
        ("content/incidents/labels-late.yaml", RESOLVED),
        ("content/postmortems/labels-late.md", &postmortem("true", "The told message: labels were late.")),
        ("content/postmortems/payments.md", UNPUBLISHED),
        ("content/internal/canary-graph.txt", "canary-graph"),
    ])
}

#[test]
fn of_a_postmortem_only_the_external_message_is_told_and_only_if_it_is_to_be() {
    let holds = |source: &Source, text: &str| {
        let files = bytes(source);
        let pages = files.into_iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(text));
        pages.map(|(path, _)| path).collect::<Vec<_>>()
    };
    let told = holds(&source(), "The told message");
    for path in ["incidents/labels-late/index.html", "history.atom", "updates.atom", "api/v2/incidents.json"] {
        assert!(told.iter().any(|found| found == path), "{path} lacks the message: {told:#?}");
    }
    let silent = Source::from_files([
        ("content/site.yaml", SITE),
        ("content/incidents/labels-late.yaml", RESOLVED),
        ("content/postmortems/labels-late.md", &postmortem("false", "The told message: labels were late.")),
        ("content/postmortems/payments.md", &UNPUBLISHED.replace("incident: payments-slow\n", "")),
    ]);
    assert_eq!(holds(&silent, "The told message"), Vec::<String>::new());
}

#[test]
fn no_internal_word_reaches_a_public_byte() {
    let errors: Vec<_> = support::diagnostics(&source());
    let errors: Vec<_> = errors.iter().filter(|fault| fault.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "the site itself is to have no error: {errors:#?}");
    let mut leaks = Vec::new();
    for route in build(&source()).routes.iter() {
        let bytes = route.make().expect("a page");
        let text = format!("{}\n{}", route.path, String::from_utf8_lossy(&bytes));
        let text = decoded(&text);
        let found = CANARIES.iter().filter(|word| encoded(word).iter().any(|form| text.contains(form)));
        leaks.extend(found.map(|word| format!("`{word}` in {}", route.path)));
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
}

/// A text as it is, and with what formats do to texts undone: folded lines, escapes of addresses, of HTML and of JSON.
fn decoded(text: &str) -> String {
    let unfolded = text.replace("\r\n ", "");
    let escapes =
        [("&amp;", "&"), ("&#x27;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#32;", " "), ("\\,", ",")];
    let unescaped = escapes.iter().fold(unfolded.clone(), |text, (from, to)| text.replace(from, to));
    let mut bytes = Vec::new();
    let mut rest = unfolded.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if byte.is_some() { &more[2..] } else { more };
    }
    format!("{text}\n{unfolded}\n{unescaped}\n{}", String::from_utf8_lossy(&bytes))
}

/// A word, and what it is inside of a longer text in base64, wherever it begins there.
fn encoded(word: &str) -> Vec<String> {
    let begins = (0..3_usize).map(|before| {
        let text = [&b"..."[..before], word.as_bytes()].concat();
        let whole = data_encoding::BASE64_NOPAD.encode(&text);
        // What its neighbours have a part in is left out.
        let end = whole.len() - usize::from(text.len() % 3 != 0);
        whole[(before * 4).div_ceil(3)..end].to_owned()
    });
    // Of so few letters some stand everywhere.
    std::iter::once(word.to_owned()).chain(begins.filter(|form| form.len() >= 6)).collect()
}

#[test]
fn a_canary_is_seen_in_every_form_that_is_searched() {
    let word = CANARIES[0];
    let sees = |text: &str| encoded(word).iter().any(|form| decoded(text).contains(form));
    for before in ["", "a", "ab", "abc"] {
        assert!(sees(&data_encoding::BASE64.encode(format!("{before}{word} and more").as_bytes())), "{before}");
    }
    assert!(sees(&word.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>()));
    let (begin, end) = word.split_at(3);
    assert!(sees(&format!("{begin}\r\n {end}")));
    assert!(!sees("another text"));
}

#[test]
fn every_canary_stands_in_the_content() {
    let report = postmortem("true", "");
    let content = [SITE, PUBLIC, INTERNAL, PAGE, ANNOUNCEMENT, UNPUBLISHED, &report].concat();
    let is_id = |word: &str| ["private-rota", "quiet-outage"].contains(&word);
    // A date may be printed in words, so it is looked for in both forms and written in one.
    let is_form = |word: &str| word == "9 Jul 1999";
    for word in CANARIES.iter().filter(|word| !is_id(word) && !is_form(word)) {
        assert!(content.contains(word), "`{word}` would be found nowhere");
    }
}

#[test]
fn an_internal_incident_moves_no_public_number() {
    let with = bytes(&source());
    let without = bytes(&Source::from_files([
        ("content/site.yaml", SITE),
        ("content/incidents/payments-slow.md", PUBLIC),
        ("content/announcements/prices.md", ANNOUNCEMENT),
        ("content/incidents/labels-late.yaml", RESOLVED),
        ("content/postmortems/labels-late.md", &postmortem("true", "The told message: labels were late.")),
        ("content/postmortems/payments.md", UNPUBLISHED),
    ]));
    assert!(with == without, "a byte differs");
    assert_eq!(record(&with, "next_transition"), record(&without, "next_transition"));
}

/// A site in which line by line another kind of secret stands in a public update.
/// The same public site by authors who have nothing internal.
fn twin() -> Source {
    const SITE: &str = "\
name: Example Status
url: https://status.example.net/
product_domains: [canary-domain.example]
components:
  - { id: checkout, name: Checkout }
  - { id: api, name: API }
";
    let public = "---\ntitle: Payments slow\nupdates:\n  - at: 2026-11-22T15:00Z\n    status: investigating\n    components: { checkout: partial_outage }\n    body: |\n      Payments are slow. <!-- other\n      comment -->\n---\nWhat customers noticed.\n\n<!-- another\nnote -->\n";
    let report = "---\ntitle: A report\nincident: labels-late\npublished: 2026-11-12T11:01Z\npublish: true\n---\n\n## External message\n\nThe told message: labels were late.\n";
    Source::from_files([
        ("content/site.yaml", SITE),
        ("content/incidents/payments-slow.md", public),
        ("content/announcements/prices.md", &ANNOUNCEMENT.replace("canary-aside", "other words")),
        ("content/incidents/labels-late.yaml", RESOLVED),
        ("content/postmortems/labels-late.md", report),
    ])
}

#[test]
fn nothing_internal_changes_one_public_byte() {
    let (with, without) = (bytes(&source()), bytes(&twin()));
    let differ: Vec<&str> = with
        .iter()
        .filter(|(path, bytes)| without.iter().find(|(other, _)| other == path).is_none_or(|(_, other)| other != bytes))
        .map(|(path, _)| &**path)
        .collect();
    assert!(differ.is_empty() && with.len() == without.len(), "{differ:#?}");
}

#[test]
fn what_time_alone_will_make_public_is_searched_now() {
    let settings = "name: T\nurl: https://status.example.net/\nprivacy: { people: [Kim Doe] }\ncomponents: [{ id: api, name: API }]\n";
    let later = "2026-12-24T10:00Z";
    let update = |at: &str, body: &str| {
        format!("  - {{ at: {at}, status: investigating, components: {{ api: major_outage }}, body: '{body}' }}\n")
    };
    let quiet = update("2026-11-20T10:00Z", "All is late.");
    for (path, text) in [
        ("content/announcements/a.md", format!("---\ntitle: Holidays\nfrom: {later}\n---\nAsk Kim Doe.\n")),
        ("content/announcements/b.md", format!("---\ntitle: Ask Kim Doe\nfrom: {later}\n---\nBy mail.\n")),
        ("content/incidents/a.yaml", format!("title: Late\nupdates:\n{quiet}{}", update(later, "Ask Kim  Doe."))),
        ("content/incidents/b.yaml", format!("title: Ask Kim Doe\nupdates:\n{}", update(later, "All is late."))),
        (
            "content/maintenance/a.yaml",
            format!(
                "title: Work\nscheduled: {{ from: {later}, until: 2026-12-24T12:00Z }}\ncomponents: [api]\nupdates:\n  - {{ at: {later}, status: in_progress, body: Kim Doe begins. }}\n"
            ),
        ),
    ] {
        let found = report(&Source::from_files([("content/site.yaml", settings), (path, &text)]));
        let says =
            "`Kim Doe` is not for the public (`privacy.people` names it), but will be told from 2026-12-24T10:00Z on";
        assert!(found.contains(says) && found.contains(&format!("--> {path}:")), "{path}: {found}");
    }
}

#[test]
fn every_kind_of_secret_is_found_in_its_line_and_keeps_the_site_from_being_published() {
    let settings = "\
name: Example Status
url: https://status.example.net/
wiki: { url: https://wiki.example/incidents/ }
privacy:
  people: [Åse Ørsted, Al, 王伟, \"O'Brien & Sons\"]
  forbid: ['*.forbidden.example', jira.example.com, 203.0.113.0/24, '2001:db8::/32', Project Falcon, 'db-*-eu']
  allow: [allowed.forbidden.example, 10.0.0.1]
components:
  - id: checkout
    name: Checkout
    runbook: https://docs.example/runbooks/checkout?page=1&mode=2
    dashboard: https://graphs.example/d/checkout/
    capacity: { headroom: enough, source: https://graphs.example/d/capacity }
  - { id: api, name: API }
";
    let secrets = [
        "Ask Åse Ørsted.",
        "ask åse ØRSTED",
        "Al's fault",
        "with 王伟 alone",
        "by O'Brien & Sons, too",
        "on db1.forbidden.example",
        "on forbidden.example:8080",
        "see https://jira.example.com/browse/X-1",
        "see [this](https://board.jira.example.com/)",
        "at 203.0.113.77",
        "at [2001:db8::7]:443",
        "in Project Falcon",
        "on db-17-eu",
        "10.1.2.3 and",
        "172.31.255.1 and",
        "192.168.0.1 and",
        "169.254.169.254 and",
        "100.64.3.2 and",
        "fd12:3456::1 and",
        "fe80::1%eth0",
        "see https://wiki.example/incidents/7",
        "see <https://docs.example/runbooks/checkout?page=1&mode=2>",
        "see graphs.example/d/checkout",
        "see <https://graphs.example/d/capacity>",
        "canary-incident-title",
        "quiet-outage",
    ];
    let harmless = "Also: allowed.forbidden.example, 10.0.0.1, 127.0.0.1, 172.32.0.1, 100.128.0.1, v10.1.2.3, 10.1.2, Alice, \
        notforbidden.example, status.example.net, wiki.example/other, quiet-outage-page, db-17-us, CANARY-incident-title.";
    let head = "title: Payments slow\nupdates:\n  - at: 2026-11-22T15:00Z\n    status: investigating\n    body: |\n";
    let lines = secrets.iter().chain([&harmless]).map(|line| format!("      {line}\n\n"));
    let update = format!("{head}{}", lines.collect::<String>());
    let source = Source::from_files([
        ("content/site.yaml", settings),
        ("content/incidents/payments-slow.yaml", &*update),
        ("content/incidents/quiet-outage.md", INTERNAL),
    ]);
    let found = support::diagnostics(&source);
    let lines: Vec<usize> = found.iter().map(|fault| fault.place.as_ref().map_or(0, |place| place.line)).collect();
    let expected: Vec<usize> = (0..secrets.len()).map(|index| 6 + 2 * index).collect();
    assert_eq!(lines, expected, "{}", report(&source));
    for fault in &found {
        assert_eq!((fault.code.as_str(), fault.severity.word()), ("C044", "error"), "{}", fault.message);
    }

    let folder = support::TempFolder::new();
    let target = folder.path().join("public");
    assert!(candor::output::publish(&build(&source).routes, &target).is_err());
    assert!(!target.exists(), "something was published");
}

#[test]
fn what_only_a_postmortem_knows_is_found_in_public_texts() {
    let settings = "name: Example\nurl: https://status.example.net/\ncomponents: [{ id: api, name: API }]\n";
    let postmortem = "---\nid: PM-2026-014\ntitle: A push without a test\nstatus: draft\nowner: team-shop\nactions:\n  \
        - { id: A1, text: Test it, owner: team-shop, link: https://tracker.example/browse/X-1 }\n---\n\
        ## Summary\nA push without a test, PM-2026-014, tracker.example.\n";
    let update = "title: Payments slow\nupdates:\n  - at: 2026-11-22T15:00Z\n    status: investigating\n    body: |\n      \
        See pm-2026-014\n      and https://tracker.example/browse/X-1\n      about A push without a test.\n      \
        Not PM-2026-0145, a push without a test, team-shop, eu.tracker.example.\n";
    let found = support::diagnostics(&Source::from_files([
        ("content/site.yaml", settings),
        ("content/incidents/payments-slow.yaml", update),
        ("content/postmortems/push.md", postmortem),
    ]));
    let leaks = found.iter().filter(|fault| fault.code.as_str() == "C044");
    let places = leaks.flat_map(|fault| &fault.place).map(|place| (&*place.path, place.line)).collect::<Vec<_>>();
    assert_eq!(places, [6, 7, 8].map(|line| ("content/incidents/payments-slow.yaml", line)), "{found:#?}");
}

#[test]
fn numbers_in_drawings_are_no_addresses_and_short_texts_in_pictures_are_chance() {
    let settings = "{ name: Example, url: 'https://status.example.net/', components: [{ id: api, name: API }], \
        privacy: { people: [Al, Kim Doe] } }";
    let site = |path: &'static str, bytes: &'static [u8]| {
        report(&Source::from_files([("content/site.yaml", settings.as_bytes()), (path, bytes)]))
    };
    assert_eq!(site("content/static/a.svg", b"<path d='M 10.1.2.3'/>"), "");
    assert_eq!(site("content/static/a.png", b"\0 Al 10.1.2.3 "), "");
    for (path, bytes) in [
        ("content/static/a.svg", &b"<text>kim doe</text>"[..]),
        ("content/static/a.png", b"\0\xff Kim Doe\0"),
        ("content/static/a.txt", b"10.1.2.3"),
        ("content/static/a.json", br#"{"by":"line\nKim\nDoe"}"#),
        ("content/static/by-kim%20doe.txt", b""),
    ] {
        let report = site(path, bytes);
        assert!(report.contains("error[C044]") && report.contains(path) && report.contains("1 error\n"), "{report}");
    }
}

#[test]
fn the_sample_site_tells_nothing_internal_either() {
    let source = Source::read(Path::new(".")).expect("the repository");
    assert!(!report(&source).contains("C044"), "{}", report(&source));
    let settings = support::read("content/site.yaml");
    let mut secrets: Vec<&str> = vec!["northwind.internal", "wiki.northwind", "runbook", "oncall-primary"];
    secrets.extend(["Quillfeather", "PM-2025", "PM-2026", "pool-exhausted", "feed-cursor-stuck", "SEV1"]);
    secrets.extend(settings.lines().filter_map(|line| line.trim().strip_prefix("owner: ")));
    secrets.extend(
        settings.lines().filter_map(|line| line.trim().strip_prefix("headroom: ")).map(|text| text.trim_matches('"')),
    );
    assert!(secrets.len() > 8, "the sample has owners and headrooms");
    let mut leaks = Vec::new();
    for (path, bytes) in bytes(&source) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        leaks.extend(
            secrets.iter().filter(|secret| text.contains(**secret)).map(|secret| format!("`{secret}` in {path}")),
        );
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
}

fn bytes(source: &Source) -> Vec<(String, Vec<u8>)> {
    let build = build(source);
    assert!(!build.routes.is_empty(), "nothing was built");
    build.routes.iter().map(|route| (route.path.clone(), route.make().expect("a page"))).collect()
}

fn record(files: &[(String, Vec<u8>)], key: &str) -> serde_json::Value {
    let (_, bytes) = files.iter().find(|(path, _)| path == "build.json").expect("build.json");
    serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON")[key].clone()
}

#[test]
fn the_words_of_a_theme_are_text_wherever_they_stand() {
    let words: serde_json::Map<String, serde_json::Value> =
        ["themes/default/messages/en.yaml", "themes/default/messages/wiki/en.yaml"]
            .iter()
            .flat_map(|path| {
                support::read(path)
                    .lines()
                    .filter_map(|line| line.split_once(": "))
                    .map(|(key, _)| key.to_owned())
                    .collect::<Vec<_>>()
            })
            .filter(|key| {
                !key.starts_with([' ', '#', '"'])
                    && !key.starts_with("format_")
                    && !key.starts_with("month")
                    && key != "weekdays"
            })
            .map(|key| (key.clone(), format!("<img src=x onerror=alert({key})> {{time}} {{components}} {{n}}").into()))
            .collect();
    assert!(words.len() > 500, "only {} words were found", words.len());
    let messages = serde_json::to_string(&words).expect("words");
    let theme =
        ["themes/mine/messages/da.yaml", "themes/mine/messages/wiki/da.yaml"].map(|path| (path, messages.clone()));
    let mut files: Vec<(String, Vec<u8>)> = support::files(Path::new("content"))
        .into_iter()
        .map(|(path, bytes)| (format!("content/{path}"), bytes))
        .collect();
    for (path, bytes) in files.iter_mut().filter(|(path, _)| path == "content/site.yaml") {
        let text = String::from_utf8(bytes.clone()).expect(path);
        *bytes = text
            .replace("\nlanguage: en\n", "\nlanguage: da\n")
            .replace("\ntheme: default\n", "\ntheme: mine\n")
            .into_bytes();
    }
    files.extend(theme.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())));
    let built = build(&Source::from_files(files.iter().map(|(path, bytes)| (&**path, &**bytes))));
    let routes: Vec<_> =
        built.routes.iter().chain(built.wiki.iter()).filter(|route| route.path.ends_with(".html")).collect();
    assert!(routes.len() > 50, "{:?}", built.diagnostics);
    for route in routes {
        let page = String::from_utf8(route.make().expect("a page")).expect("text");
        assert!(!page.contains("<img src=x"), "{} holds words of a theme as HTML", route.path);
    }
}

#[test]
fn a_private_name_is_found_however_it_is_written() {
    let settings = "name: T\nurl: https://status.example.net/\nprivacy: { people: [Kim Doe, Zoë Ås] }\ncomponents: [{ id: api, name: API }]\n";
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let picture = [b"\xff\xd8\xff\xe1\0\x40Exif\0\0Artist\0Kim Doe\0".to_vec(), vec![0; 64]].concat();
    for bytes in [
        b"Ask kim.doe@example.net".to_vec(),
        b"home/kim_doe/notes".to_vec(),
        b"by @kim-doe".to_vec(),
        "Ki\u{ad}m D\u{200b}oe".into(),
        "Zoe\u{308} A\u{30a}s".into(),
        wide("Ask Kim Doe."),
        picture,
        b"ssh ip-10-0-0-1.example.net".to_vec(),
        b"-----BEGIN OPENSSH PRIVATE KEY-----".to_vec(),
    ] {
        let found = report(&Source::from_files([
            ("content/site.yaml", settings.as_bytes()),
            ("content/static/notes.txt", &bytes),
        ]));
        assert!(found.contains("is not for the public"), "{}: {found}", String::from_utf8_lossy(&bytes));
    }
    for text in ["kim", "Kim Doering", "skip-10-0-0-1", "ship-10-12-2026", "ip-8-8-8-8", "BEGIN PUBLIC KEY-----"] {
        let found = report(&Source::from_files([("content/site.yaml", settings), ("content/static/notes.txt", text)]));
        assert!(!found.contains("is not for the public"), "{text}: {found}");
    }
}
