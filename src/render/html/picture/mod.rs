//! What other sites show beside a link to the site or to an incident: its state in words, colour and shape, the name, and
//! since when it holds. Made only when the site asks for it (`brand.pictures`), and only of texts whose letters the font has:
//! without a picture of its own a page has that of `brand.picture`, or none.

mod canvas;

use std::sync::Arc;

use super::lead::{colour, headline};
use super::parts::{incident, severity};
use crate::model::{Colour, ComponentStatus, LIGHT_GROUNDS, TEXT_CONTRAST};
use crate::output::{Made, Route};
use crate::paths;
use crate::render::facts::Facts;
use crate::render::text::host;
use crate::theme::Form;
use crate::view::IncidentSnapshot;
use canvas::Canvas;

/// What most sites ask for, in pixels.
const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;

/// Where texts begin, and how wide they may be.
const LEFT: f32 = 96.0;
const ROOM: f32 = 1020.0;

/// What is said of the site or of an incident.
struct Shared<'a> {
    name: &'a str,
    status: ComponentStatus,
    /// How far it has come.
    state: String,
    title: String,
    /// Where it stands, and when that held.
    foot: String,
}

/// The pictures of the site and of each incident, if they are wanted.
pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let mut routes = Vec::new();
    if has_own(facts) {
        let (path, facts) = (paths::PICTURE, facts);
        let facts = Arc::clone(facts);
        routes.push(Route::new(path, "Candor itself", move || Ok(drawn(&facts, &of_site(&facts)))));
    }
    for (index, snapshot) in facts.incidents.iter().enumerate() {
        if let Some(path) = path_of_incident(facts, snapshot) {
            let facts = Arc::clone(facts);
            let make = move || -> Made { Ok(drawn(&facts, &of_incident(&facts, &facts.incidents[index]))) };
            routes.push(Route::new(path, format!("the incident `{}`", snapshot.incident.id), make));
        }
    }
    routes
}

/// Where the picture of the page in a folder is, which other sites show beside a link to it: that of its incident, or the
/// site's own file, or the one that says how the site does.
pub(super) fn url(facts: &Facts, folder: &str) -> Option<String> {
    let id = folder.strip_prefix("incidents/").and_then(|rest| rest.strip_suffix('/')).filter(|_| is_wanted(facts));
    let snapshot = id.and_then(|id| facts.incident(id));
    let of_incident = snapshot.and_then(|snapshot| path_of_incident(facts, snapshot));
    let of_site = || has_own(facts).then(|| facts.look.url(paths::PICTURE));
    let given = || facts.site.settings.brand.picture.as_deref().map(|path| facts.look.file_url(path));
    of_incident.map(|path| facts.look.url(&path)).or_else(given).or_else(of_site)
}

/// Whether there is a picture of how the site does.
fn has_own(facts: &Facts) -> bool {
    is_wanted(facts) && is_drawable(&of_site(facts))
}

fn path_of_incident(facts: &Facts, snapshot: &Arc<IncidentSnapshot>) -> Option<String> {
    let is_made = is_wanted(facts) && is_drawable(&of_incident(facts, snapshot));
    is_made.then(|| format!("{}{}", paths::incident(&snapshot.incident.id), paths::PICTURE))
}

fn is_wanted(facts: &Facts) -> bool {
    facts.site.settings.brand.has_pictures
}

fn is_drawable(shared: &Shared<'_>) -> bool {
    [shared.name, &shared.state, &shared.title, &shared.foot].into_iter().all(canvas::has_letters_of)
}

fn of_site(facts: &Facts) -> Shared<'_> {
    let time = facts.look.format().time(facts.look.now(), Form::Full);
    let as_of = facts.look.theme.messages.fill("as_of", &[("time", &time)]);
    shared(facts, colour(facts), String::new(), headline(facts).to_owned(), &as_of)
}

fn of_incident<'a>(facts: &'a Facts, snapshot: &Arc<IncidentSnapshot>) -> Shared<'a> {
    let head = incident(&facts.look, snapshot);
    let (status, state) = match head.resolved_after {
        Some(after) => (ComponentStatus::Operational, after),
        None => (severity(snapshot), head.state),
    };
    let began = facts.look.format().day_of(snapshot.incident.started);
    shared(facts, status, state, head.title, &began)
}

fn shared<'a>(facts: &'a Facts, status: ComponentStatus, state: String, title: String, when: &str) -> Shared<'a> {
    let settings = &facts.site.settings;
    Shared { name: &settings.name, status, state, title, foot: format!("{}  ·  {when}", host(&settings.url)) }
}

fn drawn(facts: &Facts, shared: &Shared<'_>) -> Vec<u8> {
    const INK: Colour = Colour(0x16, 0x19, 0x1d);
    const SOFT: Colour = Colour(0x59, 0x61, 0x6a);
    let paint = paint(shared.status);
    let Some(mut canvas) = Canvas::new(WIDTH, HEIGHT, LIGHT_GROUNDS[0]) else { return Vec::new() };
    canvas.rectangle([0.0, 0.0, 28.0, HEIGHT as f32], paint);
    if let Some((accent, _)) = facts.site.settings.brand.accents() {
        let accent = accent.nearest(&LIGHT_GROUNDS, TEXT_CONTRAST);
        canvas.rectangle([28.0, 0.0, WIDTH as f32 - 28.0, 12.0], accent);
    }
    let one = |text: &str, size: f32| canvas::lines(text, size, ROOM, 1).concat();
    canvas.text(&one(shared.name, 40.0), [LEFT, 112.0], 40.0, SOFT);
    // The mark stands before the state, or before the title that is the state.
    let (indent, base, middle) = if shared.state.is_empty() { (84.0, 300.0, 273.0) } else { (0.0, 336.0, 216.0) };
    mark(&mut canvas, shared.status, [LEFT + 26.0, middle], paint);
    canvas.text(&canvas::lines(&shared.state, 46.0, ROOM - 76.0, 1).concat(), [LEFT + 76.0, 232.0], 46.0, paint);
    for (place, line) in canvas::lines(&shared.title, 76.0, ROOM - indent, 3).iter().enumerate() {
        canvas.text(line, [LEFT + indent, base + 90.0 * place as f32], 76.0, INK);
    }
    canvas.text(&one(&shared.foot, 32.0), [LEFT, HEIGHT as f32 - 46.0], 32.0, SOFT);
    canvas.png().unwrap_or_default()
}

/// The shape of a status, as on the pages.
fn mark(canvas: &mut Canvas, status: ComponentStatus, [x, y]: [f32; 2], colour: Colour) {
    let r = 24.0;
    match status {
        ComponentStatus::Operational => canvas.disk([x, y], r, colour),
        ComponentStatus::DegradedPerformance => {
            canvas.disk([x, y], r, colour);
            canvas.disk([x, y], r - 6.0, LIGHT_GROUNDS[0]);
            let half = (0..=24).map(|step| std::f32::consts::PI * (step as f32 / 24.0 - 0.5));
            let corners: Vec<[f32; 2]> = half.map(|turn| [x + r * turn.cos(), y + r * turn.sin()]).collect();
            canvas.polygon(&corners, colour);
        }
        ComponentStatus::PartialOutage => {
            canvas.polygon(&[[x, y - r], [x + r * 1.1, y + r], [x - r * 1.1, y + r]], colour)
        }
        ComponentStatus::MajorOutage => canvas.rectangle([x - r, y - r, 2.0 * r, 2.0 * r], colour),
        ComponentStatus::UnderMaintenance => {
            let r = r * 1.2;
            canvas.polygon(&[[x, y - r], [x + r, y], [x, y + r], [x - r, y]], colour);
        }
    }
}

/// As the default theme has them in the light scheme.
fn paint(status: ComponentStatus) -> Colour {
    match status {
        ComponentStatus::Operational => Colour(0x17, 0x74, 0x4a),
        ComponentStatus::DegradedPerformance => Colour(0x8a, 0x5a, 0x00),
        ComponentStatus::PartialOutage => Colour(0xb3, 0x44, 0x0a),
        ComponentStatus::MajorOutage => Colour(0xb3, 0x20, 0x1a),
        ComponentStatus::UnderMaintenance => Colour(0x2f, 0x55, 0xb8),
    }
}
