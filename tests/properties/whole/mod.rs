//! Whole random sites at random moments: every output tells the same story, the past stays as it was told, what was in
//! trouble is named, ids stay, and versions rise exactly when customers can see a change.
//!
//! The long run: `PROPTEST_CASES=4000 PROPTEST_RNG_SEED=1 cargo test --test candor whole::`, and other seeds; what fails is
//! made smaller by itself.

mod update;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use candor::diagnostic::has_errors;
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::cases;
use world::{SPAN, Said, World, time, world};

/// A built site, of which files are made when they are looked at.
struct Built {
    routes: BTreeMap<String, candor::output::Route>,
    now: Time,
}

impl Built {
    fn of(files: &[(String, String)], now: i64) -> Built {
        Built::with(files, &[], now)
    }

    /// `earlier` are other versions of the files, each with the minute of its commit; `files` are the last.
    fn with(files: &[(String, String)], earlier: &[(i64, &[(String, String)])], now: i64) -> Built {
        let source = Source::from_files(files.iter().cloned());
        let mut options = Options::at(time(now));
        for (minute, files) in earlier {
            for (path, text) in *files {
                let versions = options.versions.entry(path.clone()).or_default();
                versions.push((time(*minute), text.as_bytes().into()));
            }
        }
        let build = pipeline::build(&source, &options);
        assert!(!has_errors(&build.diagnostics), "{:#?}", build.diagnostics);
        let routes = build.routes.iter().map(|route| (route.path.clone(), route.clone())).collect();
        Built { routes, now: time(now) }
    }

    fn text(&self, path: &str) -> String {
        let route = self.routes.get(path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(route.make().expect("a file")).expect("UTF-8")
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path)).expect("JSON")
    }

    fn incidents(&self) -> Vec<Value> {
        self.json("api/v2/incidents.json")["incidents"].as_array().expect("a list").clone()
    }

    fn works(&self) -> Vec<Value> {
        self.json("api/v2/scheduled-maintenances.json")["scheduled_maintenances"].as_array().expect("a list").clone()
    }

    /// The events of the calendar, by their addresses: each line by its name.
    fn events(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let text = self.text("maintenance.ics").replace("\r\n ", "");
        let events = text.split("BEGIN:VEVENT\r\n").skip(1).map(|event| {
            let lines = event
                .split("END:VEVENT")
                .next()
                .unwrap_or_default()
                .split("\r\n")
                .filter_map(|line| line.split_once(':'));
            let lines: BTreeMap<String, String> =
                lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            (lines["URL"].clone(), lines)
        });
        events.collect()
    }

    /// The intervals of trouble before `end`: component, status, from, until, page.
    fn troubles(&self, end: Time) -> BTreeSet<[String; 5]> {
        let answer = self.json("api/uptime.json");
        let mut found = BTreeSet::new();
        for component in answer["components"].as_array().expect("a list") {
            for one in component["intervals"].as_array().expect("a list") {
                let at = |key: &str| Time::parse(text(one, key)).expect("a time").min(end);
                let (from, until) = (at("from"), at("until"));
                if from < until {
                    let page = text(one, "url").replace("https://world.example/", "");
                    let slug = text(component, "slug").to_owned();
                    found.insert([slug, text(one, "status").to_owned(), from.rfc3339(), until.rfc3339(), page]);
                }
            }
        }
        found
    }

    /// The entries of `history.atom`, by their addresses: when each was updated, and all else of it.
    fn feed(&self) -> BTreeMap<String, (String, String)> {
        let feed = self.text("history.atom");
        let entries = feed.split("<entry>").skip(1).map(|entry| {
            let entry = entry.split("</entry>").next().expect("all of it");
            let updated = between(entry, "<updated>", "</updated>").to_owned();
            let url = between(entry, "<link href=\"", "\"").to_owned();
            (url, (updated.clone(), entry.replace(&format!("<updated>{updated}</updated>"), "")))
        });
        entries.collect()
    }

    /// Every id by which something is known outside.
    fn ids(&self) -> Vec<String> {
        let mut ids = Vec::new();
        for entry in self.incidents().iter().chain(&self.works()) {
            ids.push(text(entry, "id").to_owned());
            let updates = entry["incident_updates"].as_array().expect("a list");
            ids.extend(updates.iter().map(|update| text(update, "id").to_owned()));
        }
        for path in ["history.atom", "updates.atom"] {
            ids.extend(self.text(path).split("<id>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()));
        }
        ids.extend(self.events().values().map(|event| event["UID"].clone()));
        let record = self.json("build.json");
        ids.extend(record["outbox"]["told"].as_object().expect("keys").keys().cloned());
        ids
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let rest = text.split_once(begin).unwrap_or_else(|| panic!("no {begin} in {text}")).1;
    rest.split_once(end).expect("an end").0
}

/// An instant as calendars write it.
fn basic(instant: &str) -> String {
    Time::parse(instant).expect("a time").rfc3339().replace(['-', ':'], "").replace(".000", "")
}

/// What an entry of the API says, but for when it last changed and for how its components do, which all entries say
/// together.
fn seen(entry: &Value) -> String {
    let mut entry = entry.clone();
    let map = entry.as_object_mut().expect("an entry");
    map.remove("updated_at");
    map.remove("components");
    for update in map["incident_updates"].as_array_mut().expect("a list") {
        update.as_object_mut().expect("an update").remove("updated_at");
        for component in update["affected_components"].as_array_mut().expect("a list") {
            component.as_object_mut().expect("a component").retain(|key, _| key == "code");
        }
    }
    entry.to_string()
}

/// The same edits that people make: a text, a window, a shorter rule, one update more or less, or a note that nobody sees.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Note,
    Text,
    Title,
    Window,
    Rule,
    Added,
    Removed,
}

fn edited(world: &World, edit: Edit, at: i64) -> World {
    let mut world = world.clone();
    let said = |status: &'static str| Said::new(at, status, "One more.".to_owned());
    for incident in &mut world.incidents {
        match edit {
            Edit::Text => incident.updates[0].body = "Other words.".to_owned(),
            Edit::Title => incident.title += " again",
            Edit::Added if incident.updates.iter().all(|update| update.at < at) => {
                incident.updates.push(said("investigating"));
            }
            Edit::Removed if incident.updates.len() > 1 => {
                incident.updates.pop();
            }
            Edit::Note | Edit::Window | Edit::Rule | Edit::Added | Edit::Removed => {}
        }
    }
    for work in &mut world.works {
        match edit {
            Edit::Text => work.description += " More.",
            Edit::Title => work.title += " again",
            Edit::Window => work.window = (work.window.0 + 60, work.window.1 + 90),
            Edit::Rule => work.shorten(),
            Edit::Added if work.updates.iter().all(|update| update.at < at) => work.updates.push(said("scheduled")),
            Edit::Removed => _ = work.updates.pop(),
            Edit::Note | Edit::Added => {}
        }
    }
    world
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::Note),
        Just(Edit::Text),
        Just(Edit::Title),
        Just(Edit::Window),
        Just(Edit::Rule),
        Just(Edit::Added),
        Just(Edit::Removed)
    ]
}

/// A site with recurring work, whose first time begins at a minute.
fn recurring(from: i64, rule: &str) -> [(String, String); 2] {
    let [from, until] = [from, from + 30].map(|minute| time(minute).rfc3339());
    let work = format!(
        "---\ntitle: Work\nscheduled: {{ from: {from}, until: {until}, repeat: {rule} }}\ncomponents: [api]\n---\n"
    );
    let site = "name: World\nurl: https://world.example/\ncomponents: [{ id: api, name: API }]\n";
    [("content/site.yaml".to_owned(), site.to_owned()), ("content/maintenance/m.md".to_owned(), work)]
}

/// What calendars wait for before an edit and do not have some minutes after it.
fn lost_events(first: &[(String, String)], second: &[(String, String)], committed: i64, gap: i64) -> Vec<String> {
    let before = Built::with(first, &[(-10_000, first)], committed - 1).events();
    let after = Built::with(second, &[(-10_000, first), (committed, second)], committed + gap).events();
    let waits = |event: &BTreeMap<String, String>| event["DTSTART"] > basic(&time(committed).rfc3339());
    let waited = before.into_iter().filter(|(_, event)| waits(event)).map(|(url, _)| url);
    waited.filter(|url| !after.contains_key(url)).collect()
}

/// Two moments, the first not later.
fn moments() -> impl Strategy<Value = (i64, i64)> {
    (0..SPAN + 4000, 0..4000i64).prop_map(|(first, gap)| (first, first + gap))
}

proptest! {
    #![proptest_config(cases(24))]

    /// Pages, API, calendar, feeds, embed, metrics and badges agree on state, start, end and components.
    #[test]
    fn every_output_tells_the_same_story(world in world(), (now, _) in moments()) {
        let built = Built::of(&world.files(""), now);
        let embed = built.json("embed.json");
        let metrics = built.text("metrics");
        for component in built.json("api/v2/components.json")["components"].as_array().unwrap() {
            let found = ["web", "api", "jobs"].into_iter().find(|id| id.eq_ignore_ascii_case(text(component, "name")));
            let Some(id) = found else { continue };
            let status = text(component, "status");
            prop_assert_eq!(text(&embed["components"], id), status);
            let gauge = format!("candor_component_status{{component=\"{id}\",");
            let on = metrics.lines().find(|line| line.starts_with(&gauge) && line.ends_with(" 1")).unwrap();
            prop_assert!(on.contains(&format!("status=\"{status}\"")), "{}", on);
            let badge = built.json(&format!("components/{id}/badge.json"));
            prop_assert_eq!(text(&badge, "message").to_lowercase().replace(' ', "_"), status);
        }
        let (feed, notices) = (built.feed(), embed["notices"].as_array().unwrap());
        for entry in built.incidents().iter().chain(&built.works()) {
            let url = text(entry, "shortlink");
            let page = built.text(&format!("{}index.html", url.replace("https://world.example/", "")));
            let is_over = !entry["resolved_at"].is_null();
            let is_open = match entry.get("scheduled_for") {
                Some(_) => ["in_progress", "verifying"].contains(&text(entry, "status")),
                None => !is_over,
            };
            prop_assert_eq!(notices.iter().any(|notice| text(notice, "url") == url), is_open, "{}", url);
            let (updated, _) = &feed[url];
            prop_assert_eq!(Time::parse(updated).unwrap(), Time::parse(text(entry, "updated_at")).unwrap(), "{}", url);
            if let Some(resolved) = entry["resolved_at"].as_str() {
                prop_assert!(Time::parse(resolved).unwrap() <= built.now);
            }
            for update in entry["incident_updates"].as_array().unwrap() {
                for component in update["affected_components"].as_array().unwrap() {
                    let name = text(component, "name").rsplit(" - ").next().unwrap();
                    prop_assert!(page.contains(name), "{} does not name {}", url, name);
                }
            }
        }
        for work in built.works() {
            let event = &built.events()[text(&work, "shortlink")];
            let is_cancelled = text(&work["incident_updates"][0], "body").starts_with("Cancelled");
            if is_cancelled {
                prop_assert_eq!(&event["STATUS"], "CANCELLED");
            }
            if text(&work, "status") == "scheduled" {
                let window = ["scheduled_for", "scheduled_until"].map(|key| basic(text(&work, key)));
                prop_assert_eq!([&event["DTSTART"], &event["DTEND"]], [&window[0], &window[1]]);
            }
        }
    }

    /// What was told of the time before a moment is told later too, and no update goes away or reads otherwise.
    #[test]
    fn the_past_does_not_change_by_itself(world in world(), (earlier, later) in moments()) {
        let files = world.files("");
        let (before, after) = (Built::of(&files, earlier), Built::of(&files, later));
        let is_news = |[component, _, _, _, page]: &[String; 5]| {
            let mut own = world.incidents.iter().enumerate().filter(|(n, _)| *page == format!("incidents/i{n}/"));
            own.any(|(_, incident)| incident.is_told_afterwards(component, earlier))
        };
        let (told, mut known) = (before.troubles(time(earlier)), after.troubles(time(earlier)));
        known.retain(|trouble| told.contains(trouble) || !is_news(trouble));
        prop_assert_eq!(told, known);
        // Who has an event is told what becomes of it.
        let events = |built: &Built| built.events().values().map(|event| event["UID"].clone()).collect::<BTreeSet<_>>();
        let (kept, now) = (events(&before), events(&after));
        prop_assert!(kept.is_subset(&now), "{:?}", kept.difference(&now).collect::<Vec<_>>());
        let told = |built: &Built| -> BTreeMap<String, (String, String)> {
            let entries = built.incidents().into_iter().chain(built.works());
            let updates = entries.flat_map(|entry| entry["incident_updates"].as_array().unwrap().clone());
            updates.map(|it| (text(&it, "id").to_owned(), (text(&it, "created_at").to_owned(), text(&it, "body").to_owned()))).collect()
        };
        let (before, after) = (told(&before), told(&after));
        for (id, update) in &before {
            prop_assert_eq!(after.get(id), Some(update), "update {}", id);
        }
    }

    /// A page that does not say when it was built has the same bytes in every later build of the same content, once all of it
    /// is said.
    #[test]
    fn what_does_not_say_when_it_was_built_stays_as_it_is(
        world in world(), edit in edit(), after in 0..100 * 1440i64, gap in 0..400 * 1440i64,
    ) {
        let incidents = world.incidents.iter().flat_map(|incident| &incident.updates);
        let said = incidents.chain(world.works.iter().flat_map(|work| &work.updates)).map(|update| update.at);
        let earlier = after.max(said.max().unwrap_or(0));
        let edited_at = earlier - 10 * 1440;
        let (first, second) = (world.files(""), edited(&world, edit, edited_at).files(""));
        let versions = [(-10_000, &*first), (edited_at, &*second)];
        let (before, after) = (Built::with(&second, &versions, earlier), Built::with(&second, &versions, earlier + gap));
        for path in before.routes.keys().filter(|path| path.ends_with(".html")) {
            let page = before.text(path);
            if page.contains("<main") && !page.contains("data-built=\"2") {
                prop_assert!(!page.contains(&before.now.rfc3339_minutes()), "{} says when it was built", path);
                prop_assert_eq!(&page, &after.text(path), "{}", path);
            }
        }
    }

    /// Each interval of trouble is named by the page of its entry, by the months that it touched, and by its component.
    #[test]
    fn all_trouble_is_named(world in world(), (now, _) in moments()) {
        let built = Built::of(&world.files(""), now);
        for [component, _, from, until, page] in built.troubles(built.now) {
            let name = if component == "api" { "API".to_owned() } else { component[..1].to_uppercase() + &component[1..] };
            prop_assert!(built.text(&format!("{page}index.html")).contains(&name), "{} does not name {}", page, name);
            prop_assert!(built.text(&format!("components/{component}/index.html")).contains(&page), "{}", component);
            let last = Time::parse(&until).unwrap().plus_seconds(-1).rfc3339();
            let month = |instant: &str| world.zone().date(Time::parse(instant).unwrap()).iso()[..7].to_owned();
            for month in [month(&from), month(&last)] {
                prop_assert!(built.text(&format!("history/{month}/index.html")).contains(&page), "{} in {}", page, month);
            }
        }
    }

    /// No two things have one id, and another incident, or one more update, changes no id.
    #[test]
    fn ids_are_unique_and_stay(world in world(), other in world::incident(), (now, _) in moments()) {
        let before = Built::of(&world.files(""), now).ids();
        let api: Vec<&String> = before.iter().filter(|id| id.len() == 12).collect();
        prop_assert_eq!(api.iter().collect::<BTreeSet<_>>().len(), api.len(), "{:?}", before);
        let mut more = edited(&world, Edit::Added, now);
        // Where nobody has spoken yet of all of it, the first word on work takes the place of its description, and is none more.
        let is_silent = |work: &world::Work| work.updates.iter().all(|said| said.occurrence.is_some());
        for (work, silent) in more.works.iter_mut().zip(&world.works).filter(|(_, old)| is_silent(old)) {
            work.updates.clone_from(&silent.updates);
        }
        more.incidents.push(other);
        let after: BTreeSet<String> = Built::of(&more.files(""), now).ids().into_iter().collect();
        let gone: Vec<&String> = before.iter().filter(|id| !after.contains(*id)).collect();
        prop_assert!(gone.is_empty(), "{:?}", gone);
    }

    /// A word on work that is added later is one more: neither what was said nor that its time has come is taken back. Only that
    /// the time is over may be: who says later that it goes on, or is done, says that it ran over.
    #[test]
    fn a_word_that_is_added_takes_back_nothing_that_was_told(
        world in world(), (now, later) in moments(), status in prop::sample::select(&world::OF_WORK[..]), body in "|More\\.",
    ) {
        let told = |built: Built| -> BTreeSet<String> {
            let works = built.works();
            let updates = works.iter().flat_map(|work| work["incident_updates"].as_array().expect("a list"));
            let lasting = updates.filter(|update| text(update, "body") != "The planned time of this maintenance is over.");
            lasting.map(|update| text(update, "id").to_owned()).collect()
        };
        let mut more = world.clone();
        for work in more.works.iter_mut().filter(|work| work.repeat.is_none()) {
            let is_over = work.updates.last().is_some_and(|last| ["completed", "cancelled"].contains(&last.status));
            let status = if is_over { "in_progress" } else { status };
            if work.updates.iter().all(|said| said.at <= now) {
                work.updates.push(Said::new(later, status, body.clone()));
            }
        }
        let (first, second) = (world.files(""), more.files(""));
        let before = told(Built::with(&first, &[(-10_000, &first)], now));
        let after = told(Built::with(&second, &[(-10_000, &first), (later, &second)], later));
        let gone: Vec<&String> = before.difference(&after).collect();
        prop_assert!(gone.is_empty(), "{:?}", gone);
    }

    /// Recurring work is told for a year and a month ahead. An edit may move a time of it over that edge, and back in: calendars
    /// that have it keep it, and the site has it once.
    #[test]
    fn a_time_that_an_edit_moves_at_the_edge_of_what_is_told_ahead_stays_there_once(
        shift in -700..700i64, moment in -700..700i64, gap in 0..1400i64,
    ) {
        // At noon, so that no shift changes the day.
        let noon = 27 * 720;
        let (first, second) = (recurring(noon, "weekly"), recurring(noon + shift, "weekly"));
        // 57 weeks after the first time is three days more than the year and the month.
        let committed = noon + 3 * 1440 + moment;
        prop_assert_eq!(lost_events(&first, &second, committed, gap), Vec::<String>::new());
    }

    /// Also where another time, or the first, has its day then.
    #[test]
    fn a_time_that_an_edit_moves_to_another_day_does_not_vanish_from_calendars(
        from in 0..1440i64, shift in -4000..4000i64, gap in 0..1400i64,
    ) {
        let rule = "FREQ=DAILY;COUNT=4";
        let (first, second) = (recurring(20_000 + from, rule), recurring(20_000 + from + shift, rule));
        prop_assert_eq!(lost_events(&first, &second, 1, gap), Vec::<String>::new());
    }

    /// `SEQUENCE` and `updated` rise when what customers see of an entry is another, and only then; nothing falls.
    #[test]
    fn versions_rise_exactly_when_customers_can_see_a_change(
        world in world(), edit in edit(), (earlier, later) in moments(),
    ) {
        // At once, so that nothing that was said meanwhile comes and goes again unseen by this comparison.
        let committed = earlier + 1;
        let later = later.max(committed);
        let first = world.files("");
        let second = edited(&world, edit, committed).files("# a note\n");
        let before = Built::with(&first, &[(-10_000, &first)], earlier);
        let after = Built::with(&second, &[(-10_000, &first), (committed, &second)], later);
        let (events, new_events) = (before.events(), after.events());
        let (feed, new_feed) = (before.feed(), after.feed());
        let by_url = |list: Vec<Value>| list.into_iter().map(|one| (text(&one, "shortlink").to_owned(), one)).collect::<BTreeMap<_, _>>();
        // Who waits for something is told what becomes of it.
        let waits = |event: &BTreeMap<String, String>| event["DTSTART"] > basic(&time(committed).rfc3339());
        for (url, _) in events.iter().filter(|(_, event)| waits(event)) {
            prop_assert!(new_events.contains_key(url), "{:?}: {}", edit, url);
        }
        let new_works = by_url(after.works());
        for (url, work) in by_url(before.works()) {
            let Some(new) = new_works.get(&url) else { continue };
            let strip = |event: &BTreeMap<String, String>| {
                let mut event = event.clone();
                event.remove("SEQUENCE");
                event.remove("DTSTAMP");
                event
            };
            let (old_event, new_event) = (&events[&url], &new_events[&url]);
            let is_other = seen(&work) != seen(new) || strip(old_event) != strip(new_event) || feed[&url].1 != new_feed[&url].1;
            let number = |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<u32>().unwrap();
            prop_assert_eq!(number(new_event) > number(old_event), is_other, "{:?}: {}\n{}\n{:?}\n{:?}", edit, work, new, old_event, new_event);
            prop_assert!(number(new_event) >= number(old_event));
            prop_assert_eq!(new_feed[&url].0 > feed[&url].0, is_other, "{:?}: {} {}", edit, feed[&url].0, new_feed[&url].0);
            prop_assert_eq!(new_event["DTSTAMP"] > old_event["DTSTAMP"], is_other);
        }
        let new_incidents = by_url(after.incidents());
        for (url, incident) in by_url(before.incidents()) {
            let Some(new) = new_incidents.get(&url) else { continue };
            let is_other = seen(&incident) != seen(new) || feed[&url].1 != new_feed[&url].1;
            let updated = |one: &Value| Time::parse(text(one, "updated_at")).unwrap();
            prop_assert_eq!(updated(new) > updated(&incident), is_other, "{:?}: {}\n{}", edit, incident, new);
            prop_assert!(updated(new) >= updated(&incident));
        }
    }
}
