//! What is tried with bytes that nobody wrote on purpose: a function for each way by which they come in. It takes any
//! bytes; it must not panic, must not take longer than their number lets expect, and what it makes must hold what is
//! promised of it. `cargo fuzz run TARGET` calls one of them, and `tests/fuzz.rs` all of them with the corpus.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};
use std::sync::Arc;

use candor::alert::{self, AlertFormat, AlertRecords, PRESETS};
use candor::import::{self, ImportChoices, ImportFormat};
use candor::markdown::{self, Links};
use candor::outbox::{OutboxIndex, Record};
use candor::time::{Date, parse_duration};
use candor::{Content, Diagnostic, Format, Options, Route, Source, Time, output, print, serve};

/// What takes the bytes.
pub type Target = fn(&[u8]);

/// All of them, by their names.
pub const TARGETS: [(&str, Target); 8] = [
    ("alerts", alerts),
    ("entries", entries),
    ("imports", imports),
    ("markdown", markdown),
    ("requests", requests),
    ("sites", sites),
    ("states", states),
    ("times", times),
];

const SITE: &str = "\
name: Example Status
url: https://status.example.org/
privacy: { people: [Kim Doe], forbid: [\"*.acme.internal\"] }
components:
  - { id: checkout, name: Checkout }
  - { id: api, name: API }
";

fn now() -> Time {
    Time::parse("2026-11-22T15:31Z").expect("a time")
}

/// The files of a text, each after a line `=== PATH`; what stands before the first belongs to `first`. Paths lead nowhere
/// outside.
fn files<'b>(bytes: &'b [u8], first: &str) -> BTreeMap<String, &'b [u8]> {
    let mut found = BTreeMap::new();
    let (mut path, mut begin, mut at) = (first.to_owned(), 0, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(b"=== ") {
            found.insert(std::mem::take(&mut path), &bytes[begin..at]);
            path = String::from_utf8_lossy(name).trim().to_owned();
            begin = at + line.len();
        }
        at += line.len();
    }
    found.insert(path, &bytes[begin..]);
    let is_inside = |path: &String| {
        let mut parts = Path::new(path).components();
        !path.is_empty() && path.len() < 200 && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    found.retain(|path, _| is_inside(path));
    found
}

/// What people and programs are told of faults has no character that a terminal obeys, but for tabs and line ends.
fn told(faults: &[Diagnostic]) {
    for format in [Format::Text { colour: false }, Format::Json, Format::Github] {
        let text = print(faults, format);
        assert!(!text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n')), "{text:?}");
    }
}

/// A whole site, with all pages of it: `site.yaml` first, other files after lines `=== content/…`.
pub fn sites(bytes: &[u8]) {
    let files = files(bytes, "content/site.yaml");
    // Templates and static files are published as they are, whole or not.
    let is_raw =
        |path: &String| ["/templates/", "content/static/", "content/internal/"].iter().any(|part| path.contains(part));
    let has_raw = files.keys().any(is_raw);
    let content = Content::load(Source::from_files(files), false);
    let options = Options::at(now());
    let build = content.at(&options).build();
    told(&build.diagnostics);
    for route in build.routes.iter().chain(build.wiki.iter()) {
        match route.make() {
            Ok(made) if route.path.ends_with(".html") && !has_raw => {
                assert!(String::from_utf8_lossy(&made).trim_end().ends_with("</html>"), "{}", route.path);
            }
            Ok(_) => {}
            Err(faults) => told(&faults),
        }
    }
}

/// One entry of a small site: the first byte says of which kind it is.
pub fn entries(bytes: &[u8]) {
    const KINDS: [&str; 8] = [
        "incidents/2026-11-02-x.md",
        "incidents/2026-11-02-x.yaml",
        "maintenance/2026-11-02-x.md",
        "announcements/x.md",
        "pages/x.md",
        "postmortems/2026-11-02-x.md",
        "templates/x.md",
        "postmortems/2026-11-02-x.yaml",
    ];
    let Some((first, rest)) = bytes.split_first() else { return };
    let path = format!("content/{}", KINDS[usize::from(*first) % KINDS.len()]);
    let content = Content::load(Source::from_files([("content/site.yaml", SITE.as_bytes()), (&path, rest)]), false);
    let options = Options::at(now());
    let moment = content.at(&options);
    told(content.faults());
    told(moment.advice());
    if let Some(facts) = moment.facts() {
        std::hint::black_box(facts);
    }
}

/// A text of an author, for pages, feeds and mails.
pub fn markdown(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let html = markdown::html(&text, Links::FromPage("../"), 2);
    let lower = html.to_ascii_lowercase();
    // A text may say `href="javascript`, in a text; it has no `<` of its own.
    for tag in lower.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let is_refused = ["script", "style", "iframe", "svg", "object"].iter().any(|name| tag.starts_with(name));
        let leads_elsewhere =
            ["javascript", "data", "vbscript"].iter().any(|scheme| tag.contains(&format!("href=\"{scheme}")));
        assert!(!is_refused && !leads_elsewhere, "{tag} in {html}");
    }
    assert!(html.matches('<').count() <= 40 * text.len() + 40);
    for plain in [
        markdown::plain(&text),
        markdown::opening(&text),
        markdown::text(&text, Links::Absolute("https://status.example.org/")),
        markdown::escape(&text),
    ] {
        std::hint::black_box(plain);
    }
    std::hint::black_box((markdown::findings(&text), markdown::prose(&text)));
}

/// Times, days and lengths, as authors write them.
pub fn times(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(time) = Time::parse(&text) {
        assert_eq!(Time::parse(&time.rfc3339()).map(|again| again.rfc3339()), Ok(time.rfc3339()));
        std::hint::black_box((time.rfc2822(), time.rfc3339_minutes()));
    }
    if let Ok(date) = Date::parse(&text) {
        assert_eq!(Date::parse(&date.iso()).map(Date::iso), Ok(date.iso()));
    }
    std::hint::black_box(parse_duration(&text));
}

/// The files of another system: its name on the first line, then files after lines `=== PATH`.
#[expect(clippy::disallowed_methods, reason = "the files of somebody else, which an import reads")]
pub fn imports(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let name = String::from_utf8_lossy(&bytes[..end]);
    let Some(format) = ImportFormat::named(name.trim()) else { return };
    let folder = tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "." });
    let folder = folder.expect("a folder");
    let from = folder.path().join("from");
    fs::create_dir(&from).expect("a folder");
    for (path, bytes) in files(&bytes[end..], "config.yml") {
        let path = from.join(path);
        // One name may be a file and a folder.
        let is_made = path.parent().is_some_and(|parent| fs::create_dir_all(parent).is_ok());
        if is_made && !path.is_dir() {
            // A name that no system takes is none.
            let _ = fs::write(path, bytes);
        }
    }
    let _ = import::seems(&from);
    if let Ok((imported, _)) = format.rehearse(&from, &ImportChoices::default(), &folder.path().join("to")) {
        let content = Content::load(Source::from_files(imported.files), false);
        told(content.faults());
    }
}

/// What a client sends to the preview.
pub fn requests(bytes: &[u8]) {
    let page: Arc<[u8]> = Arc::from(&b"<!doctype html><html><body>x</body></html>"[..]);
    let routes = ["404.html", "a/index.html", "index.html"].map(|path| Route::fixed(path, "a test", Arc::clone(&page)));
    if let Some(head) = serve::answer_to(routes.to_vec(), bytes) {
        let lines = head.strip_suffix("\r\n\r\n").expect("a head ends with an empty line");
        assert!(lines.split("\r\n").all(|line| line.bytes().all(|byte| (b' '..=b'~').contains(&byte))), "{head:?}");
    }
}

/// What Candor itself wrote, and somebody edited: the list of a published folder, records of builds, of messages, of alarms.
pub fn states(bytes: &[u8]) {
    for path in output::listed(bytes).into_iter().flatten() {
        let mut parts = Path::new(&path).components();
        assert!(parts.all(|part| matches!(part, Component::Normal(_))), "{path:?} leads out");
    }
    if let Ok(record) = Record::read(bytes) {
        let again = Record::read(record.json().as_bytes());
        assert_eq!(again.map(|again| again.json()).ok(), Some(record.json()));
    }
    std::hint::black_box(OutboxIndex::messages(bytes));
    let text = String::from_utf8_lossy(bytes);
    if let Ok(records) = AlertRecords::parse(&text) {
        assert!(AlertRecords::parse(&records.print(now())).is_ok());
    }
}

/// The body of an alarm in every format, or a format of somebody's own.
pub fn alerts(bytes: &[u8]) {
    for (name, _) in PRESETS {
        let format = AlertFormat::named(name).expect("a format of ours");
        let _ = alert::read(bytes, &format);
    }
    let (format, body) = match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &b"{}"[..]),
    };
    if let Ok(format) = AlertFormat::read(&String::from_utf8_lossy(format)) {
        let _ = alert::read(body, &format);
    }
}
