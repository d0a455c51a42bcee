//! The plain facts of a postmortem: who, when, how long, how much.

use serde::Serialize;

use super::{Named, Wiki, paths};
use crate::model::{CustomerImpact, Detection, Mark, Marks, Postmortem, Precision};
use crate::render::html::parts::{clock, near};
use crate::render::text::escape;
use crate::theme::{Form, sentence_case};
use crate::time::Time;
use crate::view::{Measurement, Metric};

/// So many ordinals have a word.
const ORDINALS: usize = 9;

/// The durations that everybody should know.
const SHOWN: [Metric; 3] = [Metric::Detect, Metric::Identify, Metric::Recover];

/// What stands above the text.
#[derive(Serialize)]
pub(super) struct Facts {
    components: Vec<Named>,
    cause: Option<Named>,
    /// Which time it is that this cause struck.
    nth: Option<String>,
    noticed: Option<String>,
    /// An element.
    began: Option<String>,
    figures: Vec<Figure>,
    people: Vec<Person>,
    /// How long after the resolution it went out.
    written: Option<String>,
}

/// A duration with its name.
#[derive(Serialize)]
struct Figure {
    name: String,
    value: Option<String>,
}

#[derive(Serialize)]
struct Person {
    role: String,
    name: String,
}

pub(super) fn facts(wiki: &Wiki, postmortem: &Postmortem) -> Facts {
    let components = postmortem.components.iter();
    Facts {
        components: components.map(|id| Named::new(&paths::component(id), wiki.look.component_name(id))).collect(),
        cause: postmortem.cause.as_ref().map(|cause| Named::new(&paths::cause(cause), wiki.cause_title(cause))),
        nth: nth(wiki, postmortem),
        noticed: postmortem.detected_by.map(|who| noticed_by(wiki, who)),
        began: postmortem.marks.at(Mark::Started).map(|time| clock(&wiki.look, time, Form::Full)),
        figures: SHOWN.iter().map(|metric| figure(wiki, postmortem, *metric)).collect(),
        people: people(wiki, postmortem),
        written: written(wiki, postmortem),
    }
}

/// `Noticed by a customer`
pub(in crate::render::wiki) fn noticed_by(wiki: &Wiki, who: Detection) -> String {
    let messages = &wiki.look.theme.messages;
    messages.fill("noticed_by", &[("who", messages.get(&format!("noticed_{}", who.word())))])
}

/// How long it took to detect, to understand and to end, as far as that is known.
pub(super) fn durations(wiki: &Wiki, postmortem: &Postmortem) -> Vec<(String, String)> {
    let figures = SHOWN.iter().map(|metric| figure(wiki, postmortem, *metric));
    figures.filter_map(|figure| Some((figure.name, figure.value?))).collect()
}

fn figure(wiki: &Wiki, postmortem: &Postmortem, metric: Metric) -> Figure {
    Figure {
        name: wiki.look.theme.messages.get(&format!("metric_{}", metric.word())).to_owned(),
        value: wiki.measure(metric, postmortem).map(|known| measured(wiki, known)),
    }
}

/// `fourth time`, `third of 4 times`: by the order in which the postmortems of one cause happened.
fn nth(wiki: &Wiki, postmortem: &Postmortem) -> Option<String> {
    let cause = postmortem.cause.as_ref()?;
    let same = || wiki.site.postmortems.iter().filter(|other| other.cause.as_ref() == Some(cause));
    let place = same().position(|other| other.id == postmortem.id)? + 1;
    let messages = &wiki.look.theme.messages;
    let (count, all) = (same().count(), same().count().to_string());
    if place > ORDINALS {
        return Some(messages.fill("pm_nth_many", &[("n", &place.to_string()), ("all", &all)]));
    }
    let nth = messages.get(&format!("pm_nth_{place}")).to_owned();
    let key = if count > place { "pm_nth_times" } else { "pm_nth_time" };
    Some(messages.fill(key, &[("nth", &nth), ("all", &all)]))
}

/// A duration, which is about so long if one of its marks is only known so well.
fn measured(wiki: &Wiki, measured: Measurement) -> String {
    let duration = wiki.look.format().duration(measured.seconds);
    match measured.precision >= Precision::Estimated {
        true => wiki.look.theme.messages.fill("pm_about", &[("duration", &duration)]),
        false => duration,
    }
}

fn people(wiki: &Wiki, postmortem: &Postmortem) -> Vec<Person> {
    let messages = &wiki.look.theme.messages;
    let person = |key: &str, name: String| Person { role: messages.get(key).to_owned(), name };
    let responders = Some(postmortem.responders.join(", ")).filter(|names| !names.is_empty());
    let known = [
        ("owner", postmortem.owner.clone()),
        ("pm_commander", postmortem.commander.clone()),
        ("pm_scribe", postmortem.scribe.clone()),
        ("pm_responders", responders),
        ("pm_first_noticed", postmortem.first_noticed_by.clone()),
        ("pm_trigger", postmortem.trigger.as_ref().map(ToString::to_string)),
    ];
    known.into_iter().filter_map(|(key, name)| Some(person(key, name?))).collect()
}

fn written(wiki: &Wiki, postmortem: &Postmortem) -> Option<String> {
    let messages = &wiki.look.html_words;
    let published = clock(&wiki.look, postmortem.published?, Form::Full);
    Some(match wiki.measure(Metric::Postmortem, postmortem) {
        Some(measured) => {
            let after = escape(&wiki.look.format().duration(measured.seconds));
            messages.fill("pm_published_after", &[("time", &published), ("after", &after)])
        }
        None => messages.fill("published", &[("time", &published)]),
    })
}

/// A line of the table of marks.
#[derive(Serialize)]
pub(super) struct MarkRow {
    name: String,
    word: &'static str,
    /// An element; none if it is unknown.
    time: Option<String>,
    since: Option<String>,
    precision: String,
    source: String,
}

pub(super) fn marks(wiki: &Wiki, marks: &Marks, started: Option<Time>) -> Vec<MarkRow> {
    Mark::ALL.iter().map(|mark| mark_row(wiki, marks, *mark, started)).collect()
}

fn mark_row(wiki: &Wiki, marks: &Marks, mark: Mark, started: Option<Time>) -> MarkRow {
    let messages = &wiki.look.theme.messages;
    let known = marks.times.get(&mark);
    let source = |from_incident| if from_incident { "pm_from_incident" } else { "pm_from_postmortem" };
    let since = |at: Time| started.filter(|started| *started <= at).map(|started| at.seconds_since(started));
    let reference = if mark == Mark::Started { None } else { started };
    MarkRow {
        name: sentence_case(messages.get(&format!("mark_{}", mark.word()))),
        word: mark.word(),
        time: known.map(|known| match reference {
            Some(reference) => near(&wiki.look, known.at, reference),
            None => clock(&wiki.look, known.at, Form::Full),
        }),
        since: known.filter(|_| mark != Mark::Started).and_then(|known| since(known.at)).map(|s| after(wiki, s)),
        precision: known.map(|known| precision(wiki, known.precision)).unwrap_or_default(),
        source: known.map(|known| messages.get(source(known.from_incident)).to_owned()).unwrap_or_default(),
    }
}

/// `+17 min`
fn after(wiki: &Wiki, seconds: i64) -> String {
    format!("+{}", wiki.look.format().duration(seconds))
}

fn precision(wiki: &Wiki, precision: Precision) -> String {
    wiki.look.theme.messages.get(&format!("precision_{}", precision.word())).to_owned()
}

/// A line of the table of times.
#[derive(Serialize)]
pub(super) struct TimeRow {
    name: String,
    formula: String,
    value: Option<String>,
    /// Why it does not count, if it does not.
    note: Option<String>,
}

pub(super) fn times(wiki: &Wiki, postmortem: &Postmortem) -> Vec<TimeRow> {
    Metric::ALL.iter().map(|metric| time_row(wiki, postmortem, *metric)).collect()
}

fn time_row(wiki: &Wiki, postmortem: &Postmortem, metric: Metric) -> TimeRow {
    let messages = &wiki.look.theme.messages;
    let known = wiki.measure(metric, postmortem);
    let (to, from) = metric.formula();
    let coarse = known.filter(|measured| !measured.is_countable());
    TimeRow {
        name: messages.get(&format!("metric_{}", metric.word())).to_owned(),
        formula: format!("{to} − {from}"),
        value: known.map(|known| measured(wiki, known)),
        note: coarse.map(|measured| messages.fill("pm_coarse", &[("precision", &precision(wiki, measured.precision))])),
    }
}

/// A figure of the impact.
#[derive(Serialize)]
pub(super) struct ImpactFigure {
    name: String,
    value: String,
}

pub(super) fn customer_impact(wiki: &Wiki, customer_impact: &CustomerImpact) -> Vec<ImpactFigure> {
    let percent =
        customer_impact.users_pct.map(|share| wiki.look.theme.messages.fill("percent", &[("n", &share.to_string())]));
    let known = [
        ("pm_users_pct", percent),
        ("pm_users", customer_impact.users.map(grouped)),
        ("pm_requests_failed", customer_impact.requests_failed.map(grouped)),
        ("pm_support_tickets", customer_impact.support_tickets.map(grouped)),
        ("pm_data_loss", customer_impact.data_loss.clone()),
        ("pm_revenue", customer_impact.revenue.clone()),
    ];
    let figure = |(key, value): (&str, Option<String>)| {
        Some(ImpactFigure { name: wiki.look.theme.messages.get(key).to_owned(), value: value? })
    };
    known.into_iter().filter_map(figure).collect()
}

/// A number with thin spaces between its thousands.
pub(in crate::render::wiki) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "−".to_owned() } else { String::new() };
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(81_000), "81\u{202f}000");
        assert_eq!(grouped(-1_234_567), "−1\u{202f}234\u{202f}567");
    }
}
