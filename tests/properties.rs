//! Properties that hold for every input: the arithmetic of uptime, robustness, and harmless HTML.
//!
//! The numbers of cases are bounded, so that all of it takes some seconds. A failure prints the smallest
//! input that shows it; it becomes a test of its own in the file where the fault was.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use candor::diagnostic::Diagnostic;
use candor::markdown::{self, Links};
use candor::model::{
    Component, ComponentStatus, Id, Impact, Incident, IncidentStatus, Maintenance, MaintenanceStatus,
    MaintenanceUpdate, Update,
};
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::{Date, Time, Zone};
use candor::view::{self, Overview, Record};
use proptest::prelude::*;

/// Zones with daylight saving, odd offsets, midnights that do not exist, and a day that was left out.
const ZONES: &[&str] = &[
    "Etc/UTC",
    "Europe/Copenhagen",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Atlantic/Azores",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
];

const COMPONENTS: usize = 3;

const STATUSES: [ComponentStatus; 5] = [
    ComponentStatus::Operational,
    ComponentStatus::UnderMaintenance,
    ComponentStatus::DegradedPerformance,
    ComponentStatus::PartialOutage,
    ComponentStatus::MajorOutage,
];

/// A site in the middle of things.
#[derive(Clone, Debug)]
struct World {
    zone: Zone,
    now: Time,
    components: Vec<Arc<Component>>,
    incidents: Vec<Arc<Incident>>,
    maintenance: Vec<Arc<Maintenance>>,
}

impl World {
    fn records(&self) -> Vec<Record> {
        self.records_with(&self.incidents)
    }

    fn records_with(&self, incidents: &[Arc<Incident>]) -> Vec<Record> {
        let incidents = view::seen_incidents(incidents, self.now);
        let maintenance = view::seen_maintenance(&self.maintenance, self.now);
        view::records(&self.components, &incidents, &maintenance, self.zone, self.now)
    }

    fn overview(&self, now: Time) -> Overview {
        let incidents = view::seen_incidents(&self.incidents, now);
        view::overview(&self.components, &[], &incidents, &view::seen_maintenance(&self.maintenance, now))
    }

    fn next_transition(&self) -> Time {
        let change = view::next_change(&self.incidents, &self.maintenance, &[], self.now);
        view::next_transition(change, self.zone, self.now)
    }
}

fn id(name: &str, number: usize) -> Id {
    Id::new(&format!("{name}-{number}")).expect("a slug")
}

/// Some instant that matters: the changes of the clocks of many zones, and the day that Apia left out.
fn present() -> impl Strategy<Value = Time> {
    let days = prop::sample::select(vec![
        "2011-12-31",
        "2018-11-04",
        "2018-02-18",
        "2026-03-08",
        "2026-03-29",
        "2026-04-05",
        "2026-10-25",
        "2026-11-22",
        "1970-01-20",
        "2000-02-29",
    ]);
    (days, 0i64..120 * 24 * 60)
        .prop_map(|(day, minutes)| Time::parse(&format!("{day}T00:00Z")).expect("a time").plus_seconds(minutes * 60))
}

fn component_statuses() -> impl Strategy<Value = BTreeMap<Id, ComponentStatus>> {
    let one = (0..COMPONENTS, prop::sample::select(&STATUSES[..]));
    prop::collection::vec(one, 0..3)
        .prop_map(|list| list.into_iter().map(|(n, status)| (id("component", n), status)).collect())
}

/// Updates as minutes since the one before, in order, any status after any other.
fn incident(now: Time) -> impl Strategy<Value = Incident> {
    let gap = prop_oneof![Just(0i64), 1i64..600, 1i64..40_000];
    let promise = prop::option::of(1i64..3000);
    let status = prop::sample::select(IncidentStatus::ALL);
    let updates = prop::collection::vec((gap.clone(), status, component_statuses(), promise), 1..5);
    (-1000i64..130_000, gap, updates).prop_map(move |(ago, first, list)| {
        let started = now.plus_seconds(-ago * 60);
        let mut at = started.plus_seconds(first * 60);
        let updates = list.into_iter().map(|(gap, status, components, promise)| {
            at = at.plus_seconds(gap * 60);
            let next_update = promise.map(|minutes| at.plus_seconds(minutes * 60));
            Update { at, status, components, next_update, body: "x".to_owned() }
        });
        let updates = updates.collect();
        let (id, title, summary) = (id("incident", 0), "x".to_owned(), String::new());
        Incident { id, title, impact: Impact::Minor, started, updates, summary }
    })
}

fn maintenance(now: Time) -> impl Strategy<Value = Maintenance> {
    let status = prop::sample::select(MaintenanceStatus::ALL);
    let updates = prop::collection::vec((0i64..3000, status), 0..3);
    (-20_000i64..130_000, 1i64..3000, prop::collection::btree_set(0..COMPONENTS, 0..3), updates).prop_map(
        move |(ago, length, components, list)| {
            let from = now.plus_seconds(-ago * 60);
            let mut at = from.plus_seconds(-600);
            let updates = list.into_iter().map(|(gap, status)| {
                at = at.plus_seconds(gap * 60);
                MaintenanceUpdate { at, status, body: "x".to_owned() }
            });
            let updates = updates.collect();
            let components = components.into_iter().map(|n| id("component", n)).collect();
            let (id, title, description) = (id("maintenance", 0), "x".to_owned(), String::new());
            Maintenance { id, title, from, until: from.plus_seconds(length * 60), components, updates, description }
        },
    )
}

fn world() -> impl Strategy<Value = World> {
    (prop::sample::select(ZONES), present()).prop_flat_map(|(zone, now)| {
        let zone = Zone::named(zone).expect("a zone");
        let starts = prop::collection::vec(prop::option::of(0u64..200), COMPONENTS);
        let incidents = prop::collection::vec(incident(now), 0..6);
        (starts, incidents, prop::collection::vec(maintenance(now), 0..3)).prop_map(
            move |(starts, incidents, works)| {
                let start = |ago: Option<u64>| ago.map(|days| zone.date(now).minus_days(days));
                let components = starts.into_iter().enumerate().map(|(n, ago)| component(n, start(ago)));
                let incidents = incidents
                    .into_iter()
                    .enumerate()
                    .map(|(n, incident)| Incident { id: id("incident", n), ..incident });
                let works =
                    works.into_iter().enumerate().map(|(n, work)| Maintenance { id: id("maintenance", n), ..work });
                World {
                    zone,
                    now,
                    components: components.map(Arc::new).collect(),
                    incidents: incidents.map(Arc::new).collect(),
                    maintenance: works.map(Arc::new).collect(),
                }
            },
        )
    })
}

fn component(number: usize, start: Option<Date>) -> Component {
    let (name, description) = (format!("Component {number}"), String::new());
    Component { id: id("component", number), name, description, group: None, core: number == 0, start }
}

/// What has to be the same for two records to tell the same.
fn told(records: &[Record]) -> Vec<(i64, Vec<(ComponentStatus, i64)>, Vec<i64>)> {
    let one = |record: &Record| {
        let trouble = record.uptime.trouble.iter().map(|(status, millis)| (*status, *millis)).collect();
        (record.uptime.counted, trouble, record.days.iter().map(|day| day.uptime.troubled()).collect())
    };
    records.iter().map(one).collect()
}

fn statuses(overview: &Overview) -> Vec<(String, ComponentStatus)> {
    overview.components.iter().map(|state| (state.component.id.to_string(), state.status)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_days_add_up_to_the_window(world in world()) {
        for record in world.records() {
            let sum: view::Uptime = record.days.iter().map(|day| &day.uptime).sum();
            prop_assert_eq!(&sum, &record.uptime);
            prop_assert_eq!(record.days.len() as u64, view::DAYS);
            prop_assert!(record.days.windows(2).all(|pair| pair[0].date < pair[1].date));
        }
    }

    #[test]
    fn uptime_is_a_share_of_a_time_within_the_window(world in world()) {
        let window = world.now.millis() - view::window_start(world.zone, world.now).millis();
        for record in world.records() {
            for uptime in record.days.iter().map(|day| &day.uptime).chain([&record.uptime]) {
                prop_assert!(uptime.share().is_none_or(|share| (0.0..=1.0).contains(&share)), "{uptime:?}");
                prop_assert!((0..=window).contains(&uptime.counted), "{uptime:?} in {window}");
                prop_assert!((0..=uptime.counted).contains(&uptime.troubled()), "{uptime:?}");
                prop_assert_eq!(uptime.share().is_none(), uptime.counted == 0);
            }
        }
    }

    #[test]
    fn the_order_of_the_incidents_does_not_matter(world in world()) {
        let backwards: Vec<_> = world.incidents.iter().rev().cloned().collect();
        prop_assert_eq!(told(&world.records()), told(&world.records_with(&backwards)));
    }

    #[test]
    fn another_incident_never_raises_uptime(world in world()) {
        let (last, fewer) = match world.incidents.split_last() {
            Some(parts) => parts,
            None => return Ok(()),
        };
        prop_assert!(last.updates.len() < 5);
        for (more, less) in world.records().iter().zip(world.records_with(fewer)) {
            for (more, less) in more.days.iter().zip(&less.days) {
                prop_assert!(more.uptime.share() <= less.uptime.share(), "{:?} > {:?}", more.uptime, less.uptime);
                prop_assert!(more.uptime.troubled() >= less.uptime.troubled());
            }
        }
    }

    #[test]
    fn an_incident_cut_in_two_that_touch_counts_the_same(world in world(), status in prop::sample::select(&STATUSES[2..]), begin in 0i64..120_000, first in 0i64..3000, second in 0i64..3000) {
        let at = |minutes: i64| world.now.plus_seconds((minutes - begin) * 60);
        let outage = |from: i64, until: i64, number: usize| {
            let components = BTreeMap::from([(id("component", 0), status)]);
            let said = |at, status, components| Update { at, status, components, next_update: None, body: "x".to_owned() };
            let updates = vec![
                said(at(from), IncidentStatus::Investigating, components),
                said(at(until), IncidentStatus::Resolved, BTreeMap::new()),
            ];
            let (title, summary) = ("x".to_owned(), String::new());
            Arc::new(Incident { id: id("cut", number), title, impact: Impact::Minor, started: at(from), updates, summary })
        };
        let with = |more: Vec<Arc<Incident>>| world.records_with(&[world.incidents.clone(), more].concat());
        let whole = with(vec![outage(0, first + second, 0)]);
        let halves = with(vec![outage(0, first, 1), outage(first, first + second, 2)]);
        prop_assert_eq!(told(&whole), told(&halves));
    }

    #[test]
    fn nothing_changes_before_the_next_transition(world in world(), share in 0.0f64..1.0) {
        let next = world.next_transition();
        prop_assert!(next > world.now, "{next:?} is not after {:?}", world.now);
        let between = Time::from_millis(world.now.millis() + ((next.millis() - 1 - world.now.millis()) as f64 * share) as i64);
        let (now, later) = (world.overview(world.now), world.overview(between));
        prop_assert_eq!(statuses(&now), statuses(&later));
        prop_assert_eq!(now.headline, later.headline);
        prop_assert_eq!(now.upcoming.len(), later.upcoming.len());
        prop_assert_eq!(world.zone.date(world.now), world.zone.date(between));
    }
}

/// The sample site, and its files that hold text.
static SAMPLE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let files = support::files(Path::new("content")).into_iter();
    files.map(|(path, bytes)| (format!("content/{path}"), bytes)).collect()
});

/// Builds and makes every page; every fault must have a place inside its file.
fn survives(files: &BTreeMap<String, Vec<u8>>) -> Result<(), TestCaseError> {
    let source = Source::from_files(files.iter().map(|(path, bytes)| (path.clone(), bytes)));
    let build = pipeline::build(&source, &Options::at(support::now()));
    for fault in &build.diagnostics {
        is_placed(fault, files)?;
    }
    for route in &build.routes {
        prop_assert!(route.make().is_ok(), "{route:?}");
    }
    Ok(())
}

fn is_placed(fault: &Diagnostic, files: &BTreeMap<String, Vec<u8>>) -> Result<(), TestCaseError> {
    let Some(place) = &fault.place else { return Err(TestCaseError::fail(format!("no place: {fault:?}"))) };
    let Some(bytes) = files.get(&place.path) else {
        prop_assert!(place.line == 0, "a line of a file that is not there: {fault:?}");
        return Ok(());
    };
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    prop_assert!(place.line <= text.lines().count().max(1), "below the last line: {fault:?}");
    if place.line > 0 {
        let line = text.lines().nth(place.line - 1).unwrap_or_default();
        let length = line.chars().count();
        prop_assert!((1..=length + 1).contains(&place.column), "beside its line of {length}: {fault:?}");
        prop_assert!(place.column + place.length <= length.max(1) + 2, "longer than its line of {length}: {fault:?}");
    }
    candor::diagnostic::print(std::slice::from_ref(fault), candor::diagnostic::Format::Text { colour: true });
    Ok(())
}

/// What a slip of the hand or a broken disk does to a file.
#[derive(Clone, Debug)]
enum Mutation {
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

impl Mutation {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let at = |share: usize| share % (bytes.len() + 1);
        match self {
            Mutation::Insert(from, piece) => {
                let from = at(*from);
                bytes.splice(from..from, piece.iter().copied());
            }
            Mutation::Remove(from, length) => {
                let from = at(*from);
                bytes.drain(from..(from + length).min(bytes.len()));
            }
            Mutation::Repeat(from, length) => {
                let from = at(*from);
                let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
                bytes.splice(from..from, piece);
            }
            Mutation::Cut(from) => bytes.truncate(at(*from)),
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let pieces = prop::sample::select(vec![
        "\t",
        "\n",
        "\r\n",
        " ",
        ":",
        ": ",
        "- ",
        "#",
        "\"",
        "'",
        "|",
        ">",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!x ",
        "---\n",
        "...\n",
        "%",
        "@",
        "\u{feff}",
        "\u{0}",
        "ü",
        "🚚",
        "null",
        "~",
        "<<: ",
        "? ",
        "<b>",
        "[x](/y)",
        "[x](javascript:1)",
        "![x](/y)",
        "\u{85}",
        "\u{2028}",
    ]);
    let piece = prop_oneof![
        4 => pieces.prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..6),
    ];
    let anywhere = || any::<u32>().prop_map(|n| n as usize);
    prop_oneof![
        6 => (anywhere(), piece).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        3 => (anywhere(), 1usize..60).prop_map(|(at, length)| Mutation::Remove(at, length)),
        2 => (anywhere(), 1usize..200).prop_map(|(at, length)| Mutation::Repeat(at, length)),
        1 => anywhere().prop_map(Mutation::Cut),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_of_the_sample_is_reported_in_its_place(file in any::<prop::sample::Index>(), damage in prop::collection::vec(mutation(), 1..4)) {
        let mut files = SAMPLE.clone();
        let texts: Vec<String> = files.keys().filter(|path| !path.starts_with("content/static/")).cloned().collect();
        let bytes = files.get_mut(file.get(&texts)).expect("a file of the sample");
        damage.iter().for_each(|mutation| mutation.apply(bytes));
        // Only this file and the settings, so that the other pages are not made again and again.
        let path = file.get(&texts).clone();
        files.retain(|name, _| *name == path || name == "content/site.yaml");
        survives(&files)?;
    }

    #[test]
    fn no_bytes_at_all_bring_a_build_down(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,80}", kind in 0usize..6) {
        let path = ["incidents/a.md", "incidents/a.yaml", "maintenance/a.yaml", "announcements/a.md", "pages/a.md", "site.yaml"][kind];
        for content in [bytes.clone(), text.clone().into_bytes(), format!("---\n{text}\n---\n{text}").into_bytes()] {
            let mut files = BTreeMap::from([("content/site.yaml".to_owned(), support::SITE.as_bytes().to_vec())]);
            files.insert(format!("content/{path}"), content);
            survives(&files)?;
        }
    }
}

/// Markdown with the pieces that attackers and careless pastes are made of.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<script>",
        "</script>",
        "<SCRIPT SRC=x>",
        "<img src=x onerror=alert(1)>",
        "<b onclick='x'>",
        "<svg/onload=x>",
        "<!--",
        "-->",
        "<a href=",
        "javascript:alert(1)",
        "JaVaScRiPt:",
        "data:text/html,x",
        "vbscript:x",
        "java\tscript:x",
        "&#106;avascript:x",
        "&Tab;",
        "[",
        "]",
        "](",
        ")",
        "<",
        ">",
        "\"",
        "'",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "    ",
        "# ",
        "> ",
        "* ",
        "1. ",
        "|a|b|\n|-|-|\n",
        "![",
        "x",
        "a b",
        "[x]: javascript:y\n",
        "[x]",
        "//evil.example",
        "/\\evil.example",
        "https://a.example/",
        "mailto:a@b.example",
        "<a@b.example>",
        "<https://a.example/?\"onmouseover=x>",
        "\\",
        "\u{1}",
        "é",
        "~~",
        "**",
        "\" onmouseover=\"x",
        "/incidents/x/",
        "#x",
        "\" onclick=x",
        "](x \"",
        "\")",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// The opening tags of a piece of HTML: name and attributes, values decoded.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\n', '\t', '/']);
            let key: String = rest.chars().take_while(|c| !c.is_whitespace() && !"=>/".contains(*c)).collect();
            rest = &rest[key.len()..];
            if let Some(value) = rest.strip_prefix("=\"") {
                let end = value.find('"').expect("a closed value");
                attributes.push((key, decoded(&value[..end])));
                rest = &value[end + 1..];
            } else if key.is_empty() {
                break;
            } else {
                attributes.push((key, String::new()));
            }
        }
        if !name.is_empty() {
            tags.push((name.to_lowercase(), attributes));
        }
    }
    tags
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}

#[test]
fn the_scanner_sees_what_a_browser_would() {
    let found = tags("<p>a &lt;b></p><a href=\"java&amp;x\" onclick=\"y\">x</a><img src=\"z\" />");
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["p", "a", "img"]);
    assert_eq!(found[1].1, [("href".to_owned(), "java&x".to_owned()), ("onclick".to_owned(), "y".to_owned())]);
}

/// Whether a browser would follow `link` without running anything: no scheme, or an allowed one.
fn is_harmless(link: &str) -> bool {
    let folded: String =
        link.chars().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).collect();
    let scheme = folded.split(['/', '?', '#']).next().and_then(|start| start.split_once(':')).map(|(scheme, _)| scheme);
    scheme.is_none_or(|scheme| ["https", "http", "mailto", "tel"].contains(&scheme)) && !folded.starts_with("//")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_becomes_harmless_html(text in prop_oneof![hostile(), "\\PC{0,60}"]) {
        for links in [Links::FromPage("../../"), Links::Absolute("https://status.example.org/")] {
            let html = markdown::html(&text, links, 2);
            prop_assert!(!html.to_lowercase().contains("<script"), "{html}");
            for (name, attributes) in tags(&html) {
                let is_known = [
                    "p", "br", "hr", "a", "img", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "h2", "h3",
                    "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div",
                ].contains(&name.as_str());
                prop_assert!(is_known, "<{name}> in {html}");
                for (key, value) in attributes {
                    prop_assert!(!key.to_lowercase().starts_with("on"), "{key} in {html}");
                    if key == "href" {
                        prop_assert!(is_harmless(&value), "{value} in {html}");
                    }
                    if key == "src" {
                        prop_assert!(value.starts_with("../../") || value.starts_with("https://status.example.org/"), "{value} in {html}");
                    }
                }
            }
        }
    }

    #[test]
    fn plain_text_is_one_line_without_comments(text in hostile()) {
        let plain = markdown::plain(&text);
        prop_assert!(!plain.contains('\n'), "{plain:?}");
        prop_assert_eq!(plain.trim(), &plain);
    }
}
