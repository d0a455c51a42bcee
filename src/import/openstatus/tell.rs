//! Things become what is told of a page.

use std::collections::{BTreeMap, BTreeSet};

use super::input::{OpenStatusInput, RowOf};
use crate::import::Notes;
use crate::import::object::{Object, as_text};
use crate::import::page::objects::{Affected, Component, Incident, Page, Readable, Update};
use crate::import::page::{Event, Unused, Whole};
use crate::import::things::Thing;
use crate::model::is_site_address;
use crate::time::Time;

/// Reads everything.
pub(super) fn whole(mut input: OpenStatusInput, notes: &mut Notes) -> Whole {
    let mut converter =
        Converter { notes, unused: Unused::default(), of_monitor: BTreeMap::new(), updates: BTreeMap::new() };
    let (reports, works) = (input.things.take(RowOf::Report), input.things.take(RowOf::Maintenance));
    let listed = converter.components(&mut input);
    converter.sort(input.things.take(RowOf::Update), &reports, input.is_of_several);
    let mut events: Vec<Event> = reports.into_iter().map(|report| converter.report(report)).collect();
    events.extend(works.into_iter().map(|work| converter.maintenance(work)));
    let page = converter.page(&input.path, input.page);
    Whole { path: input.path, page, listed, events, unused: converter.unused }
}

struct Converter<'n> {
    notes: &'n mut Notes,
    unused: Unused,
    /// The component that each monitor stands behind.
    of_monitor: BTreeMap<String, String>,
    /// By report.
    updates: BTreeMap<String, Vec<Thing<RowOf>>>,
}

/// Columns that only say where a row belongs.
const BELONGING: &[&str] = &["workspace_id", "page_id", "created_at", "updated_at", "type"];

impl Converter<'_> {
    fn page(&mut self, path: &str, mut page: Object) -> Page {
        let updated = page.take("updated_at").and_then(|time| self.notes.stored(path, &time));
        let domain = page.text("custom_domain").map(|domain| format!("https://{domain}/"));
        let slug = page.text("slug").map(|slug| format!("https://{slug}.openstatus.dev/"));
        // Status follows from the others; a password is nobody's business.
        page.forget(&["id", "status", "password", "workspace_id", "created_at"]);
        Page {
            name: page.text("title"),
            url: domain.or(slug).filter(|url| is_site_address(url)),
            description: page.text("description"),
            updated_at: updated.map(Readable::from),
            rest: page.rest(),
            ..Page::default()
        }
    }

    /// Older dumps know monitors alone, which are the components then.
    fn components(&mut self, input: &mut OpenStatusInput) -> Option<(String, Vec<Component>)> {
        let (monitors, groups) = (input.things.take(RowOf::Monitor), input.things.take(RowOf::Group));
        let mut components = input.things.take(RowOf::Component);
        let path = components.first().or(monitors.first())?.path.clone();
        let is_older = components.is_empty();
        if is_older {
            components = monitors;
        } else {
            components.iter_mut().for_each(|component| {
                if let Some(monitor) = component.fields.text("monitor_id") {
                    self.of_monitor.insert(monitor, component.code.clone());
                }
            });
            let states = self.states(monitors);
            for component in &mut components {
                if let Some(state) = states.get(&component.code) {
                    component.fields.fill("status", state.clone());
                }
            }
        }
        let mut places: BTreeMap<String, i64> = BTreeMap::new();
        let mut listed: Vec<Component> = Vec::new();
        for component in components {
            listed.push(self.component(component, is_older, &mut places));
        }
        listed.extend(groups.into_iter().map(|group| self.group(group, &places)));
        Some((path, listed))
    }

    /// What monitors say of their components now.
    fn states(&mut self, monitors: Vec<Thing<RowOf>>) -> BTreeMap<String, serde_json::Value> {
        let mut states = BTreeMap::new();
        for mut monitor in monitors {
            let name = monitor.fields.text("name").unwrap_or_else(|| monitor.code.clone());
            let status = monitor.fields.take("status");
            match self.of_monitor.get(&monitor.code) {
                Some(component) => drop(status.map(|status| states.insert(component.clone(), status))),
                None => {
                    let message = format!("the monitor `{name}` stands behind no component of the page; not imported");
                    self.notes.add(&monitor.path, None, message);
                }
            }
        }
        states
    }

    /// A group stands where its first member does.
    fn component(
        &mut self,
        mut thing: Thing<RowOf>,
        is_monitor: bool,
        places: &mut BTreeMap<String, i64>,
    ) -> Component {
        let updated = self.time(&mut thing, "updated_at");
        let order = thing.fields.number("order").unwrap_or_default();
        let within = thing.fields.number("group_order");
        let group = thing.fields.text("group_id");
        if let Some(group) = &group {
            let place = places.entry(group.clone()).or_insert(order);
            *place = order.min(*place);
        }
        let name = thing.fields.text("name");
        let status = thing.fields.text("status").and_then(|word| state(&word));
        let description = thing.fields.text("description");
        thing.fields.forget(BELONGING);
        Component {
            id: Some(if is_monitor { monitor_code(&thing.code) } else { thing.code }),
            name,
            status,
            updated_at: updated.map(Readable::from),
            position: Some(if group.is_some() { within.unwrap_or_default() } else { order }),
            description,
            group: Some(false),
            group_id: group,
            rest: thing.fields.rest(),
            ..Component::default()
        }
    }

    fn group(&mut self, mut thing: Thing<RowOf>, places: &BTreeMap<String, i64>) -> Component {
        let name = thing.fields.text("name");
        thing.fields.forget(BELONGING);
        let position = places.get(&thing.code).copied();
        let rest = thing.fields.rest();
        Component { id: Some(thing.code), name, position, group: Some(true), rest, ..Component::default() }
    }

    /// Gives each update to its report. One without a report is kept, unless it may be that of somebody else's page.
    fn sort(&mut self, updates: Vec<Thing<RowOf>>, reports: &[Thing<RowOf>], is_of_several: bool) {
        let known: BTreeSet<&str> = reports.iter().map(|report| &*report.code).collect();
        for mut update in updates {
            match update.fields.text("status_report_id").filter(|report| known.contains(&**report)) {
                Some(report) => self.updates.entry(report).or_default().push(update),
                None => {
                    let message = format!("the update {} belongs to no report of this page; not imported", update.code);
                    let texts = if is_of_several { Vec::new() } else { update.fields.texts() };
                    self.notes.set_aside(&update.path, &texts, message);
                }
            }
        }
    }

    fn report(&mut self, mut thing: Thing<RowOf>) -> Event {
        let created = self.time(&mut thing, "created_at");
        // The dumps spelled it so for a while.
        let changed = self.time(&mut thing, "updated_at").or_else(|| self.time(&mut thing, "update_at"));
        let status = thing.fields.text("status");
        let later = self.updates.remove(&thing.code).unwrap_or_default();
        let mut updates: Vec<Update> = later.into_iter().map(|update| self.update(update)).collect();
        updates.sort_by_key(Update::at);
        updates.reverse();
        if updates.is_empty() {
            let at = created.or(changed).map(Readable::from);
            updates.push(Update { status: status.clone(), display_at: at, ..Update::default() });
        }
        let told = Incident {
            id: Some(thing.code.clone()),
            name: thing.fields.text("title").or_else(|| thing.fields.text("name")),
            status,
            updated_at: changed.map(Readable::from),
            incident_updates: Some(updates),
            components: Some(self.linked(&thing)),
            ..Incident::default()
        };
        event(thing, told)
    }

    fn update(&mut self, mut thing: Thing<RowOf>) -> Update {
        let at = self.time(&mut thing, "date").or_else(|| self.time(&mut thing, "created_at"));
        let affected = thing.statuses.iter().map(|(code, impact)| Affected {
            code: Some(code.clone()),
            new_status: as_text(impact),
            ..Affected::default()
        });
        let affected = Some(affected.collect());
        let (status, body) = (thing.fields.text("status"), thing.fields.text("message"));
        thing.fields.forget(BELONGING);
        let rest = thing.fields.rest();
        Update {
            status,
            body,
            display_at: at.map(Readable::from),
            affected_components: affected,
            rest,
            ..Update::default()
        }
    }

    fn maintenance(&mut self, mut thing: Thing<RowOf>) -> Event {
        let created = self.time(&mut thing, "created_at");
        let changed = self.time(&mut thing, "updated_at");
        let (from, to) = (self.time(&mut thing, "from"), self.time(&mut thing, "to"));
        let message = thing.fields.text("message");
        // Without the time at which it was said, the text describes the work.
        let at = created.filter(|created| to.is_none_or(|to| *created < to)).map(Readable::from);
        let (said, text) = if at.is_some() { (message, None) } else { (None, message) };
        let status = Some("scheduled".to_owned());
        let update =
            said.map(|body| Update { status: status.clone(), body: Some(body), display_at: at, ..Update::default() });
        let told = Incident {
            id: Some(thing.code.clone()),
            name: thing.fields.text("title").or_else(|| thing.fields.text("name")),
            status,
            updated_at: changed.map(Readable::from),
            scheduled_for: from.map(Readable::from),
            scheduled_until: to.map(Readable::from),
            incident_updates: Some(update.into_iter().collect()),
            components: Some(self.linked(&thing)),
            text,
            ..Incident::default()
        };
        event(thing, told)
    }

    /// The components that an entry names; dumps name the monitors behind them too.
    fn linked(&self, thing: &Thing<RowOf>) -> Vec<Component> {
        let mut codes: Vec<String> = thing.linked(RowOf::Component).cloned().collect();
        for monitor in thing.linked(RowOf::Monitor) {
            let code = self.of_monitor.get(monitor).cloned().unwrap_or_else(|| monitor_code(monitor));
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes.into_iter().map(|code| Component { id: Some(code), ..Component::default() }).collect()
    }

    /// The time of a key; one that cannot be read is noted.
    fn time(&mut self, thing: &mut Thing<RowOf>, key: &str) -> Option<Time> {
        let value = thing.fields.take(key)?;
        let time = self.notes.stored(&thing.path, &value);
        if time.is_none() {
            let shown = as_text(&value).unwrap_or_else(|| "a list or an object".to_owned());
            let message = format!("`{key}` of {} is no time: `{shown}`; left out", thing.code);
            self.notes.add(&thing.path, None, message);
        }
        time
    }
}

fn event(mut thing: Thing<RowOf>, mut told: Incident) -> Event {
    thing.fields.forget(BELONGING);
    told.rest = std::mem::take(&mut thing.fields).rest();
    Event { path: thing.path, line: None, told }
}

/// Monitors and components are numbered apart.
fn monitor_code(code: &str) -> String {
    format!("monitor {code}")
}

/// What a monitor sees, as the status of a component.
fn state(word: &str) -> Option<String> {
    let status = match word {
        "active" | "success" => "operational",
        "degraded" => "degraded_performance",
        "error" | "incident" => "major_outage",
        "info" | "maintenance" => "under_maintenance",
        "empty" | "" => return None,
        other => other,
    };
    Some(status.to_owned())
}
