//! Counts: who noticed first, and how many incidents each month had.

use std::fmt::Write;

use serde::Serialize;

use crate::model::{Detection, Postmortem};
use crate::render::text::escape;
use crate::render::wiki::Wiki;
use crate::render::wiki::plot::scale::short_month;
use crate::theme::sentence_case;
use crate::time::{Date, Zone};
use crate::view::wilson;

/// Who noticed first.
#[derive(Serialize)]
pub(in crate::render::wiki) struct Noticed {
    /// `3 of 9`; absent if no postmortem says.
    big: Option<String>,
    /// The share with its interval, and what is not counted.
    say: String,
    rows: Vec<(String, usize)>,
}

/// How often customers noticed first among these postmortems, with a 95 % interval by Wilson.
pub(in crate::render::wiki) fn noticed(wiki: &Wiki, postmortems: &[&Postmortem]) -> Noticed {
    let messages = &wiki.look.theme.messages;
    let of = |source: Detection| postmortems.iter().filter(|postmortem| postmortem.detected_by == Some(source)).count();
    let (customers, n) =
        (of(Detection::Customer), postmortems.iter().filter(|postmortem| postmortem.detected_by.is_some()).count());
    let missing = postmortems.len() - n;
    let mut say = if n == 0 { messages.get("noticed_nothing").to_owned() } else { share(wiki, customers, n) };
    if missing > 0 && n > 0 {
        say = format!("{say} {}", messages.count("noticed_missing", missing));
    }
    let big = messages.fill("n_of", &[("n", &customers.to_string()), ("all", &n.to_string())]);
    let row = |source: &Detection| (sentence_case(messages.get(&format!("noticed_{}", source.word()))), of(*source));
    let sources = Detection::ALL.iter().map(row);
    let unknown = (missing > 0).then(|| (messages.get("unknown").to_owned(), missing));
    Noticed { big: (n > 0).then_some(big), say, rows: sources.chain(unknown).collect() }
}

fn share(wiki: &Wiki, hits: usize, n: usize) -> String {
    let (low, high) = wilson(hits, n);
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    wiki.look.theme.messages.fill(
        "noticed_share",
        &[("share", &percent(hits as f64 / n as f64)), ("low", &percent(low)), ("high", &percent(high))],
    )
}

/// Incidents by the month in which they began.
#[derive(Serialize)]
pub(in crate::render::wiki) struct Months {
    /// How many months are shown, in words.
    say: String,
    /// An SVG element.
    bars: String,
    /// Newest first.
    rows: Vec<(String, usize)>,
}

/// At most so many months are shown.
const MONTHS: usize = 24;

/// The incidents of the last months, public and internal; none if there has been no incident.
pub(in crate::render::wiki) fn months(wiki: &Wiki) -> Option<Months> {
    let counts = counts(wiki);
    let format = wiki.look.format();
    let all: usize = counts.iter().map(|(_, n)| n).sum();
    let (first, last) = (counts.first()?.0, counts.last()?.0);
    let say = wiki.look.theme.messages.fill(
        "months_say",
        &[
            ("n", &wiki.look.theme.messages.count("incidents", all)),
            ("from", &format.month(first)),
            ("until", &format.month(last)),
        ],
    );
    let rows = counts.iter().rev().map(|(month, n)| (format.month(*month), *n)).collect();
    Some(Months { bars: bars(wiki, &counts, &say), say, rows })
}

/// The first day of each month until the present, with the number of incidents.
fn counts(wiki: &Wiki) -> Vec<(Date, usize)> {
    let zone = wiki.site.settings.zone;
    let month = |time| Zone::month_bounds(zone.date(time)).0;
    let begun: Vec<Date> = wiki.incidents.iter().map(|snapshot| month(snapshot.incident.started)).collect();
    let Some(first) = begun.iter().min().copied() else { return Vec::new() };
    let now = month(wiki.look.now());
    let next = |month: &Date| Some(Zone::month_bounds(*month).1).filter(|next| *next <= now && next > month);
    let counted = std::iter::successors(Some(first), next)
        .map(|month| (month, begun.iter().filter(|one| **one == month).count()));
    let all: Vec<(Date, usize)> = counted.collect();
    all[all.len().saturating_sub(MONTHS)..].to_vec()
}

/// Labels at either end stay inside.
fn anchor(place: usize, all: usize) -> &'static str {
    match place {
        0 => "start",
        _ if place + 1 == all => "end",
        _ => "middle",
    }
}

fn bars(wiki: &Wiki, counts: &[(Date, usize)], say: &str) -> String {
    const WIDTH: f64 = 560.0;
    const FOOT: f64 = 100.0;
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1) as f64;
    let step = (WIDTH / counts.len() as f64).min(60.0);
    let every = counts.len().div_ceil(6);
    let mut svg =
        format!("<svg class=\"plot\" viewBox=\"0 0 {WIDTH} 124\" role=\"img\" aria-label=\"{}\">", escape(say));
    svg += "<path class=\"grid\" d=\"M0 100H560\"/>";
    for (place, (month, n)) in counts.iter().enumerate() {
        let (x, height) = (place as f64 * step, *n as f64 / most * (FOOT - 20.0));
        let (top, middle) = (FOOT - height, x + step / 2.0);
        if *n > 0 {
            let (left, width) = (x + step * 0.2, step * 0.6);
            _ = write!(
                svg,
                "<rect class=\"bar\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
            );
            _ = write!(svg, "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{n}</text>", top - 5.0);
        }
        if place % every == 0 {
            let is_new = place == 0 || counts[place - every].0.year() != month.year();
            let text = escape(&short_month(*month, is_new, &wiki.look.format()));
            _ = write!(
                svg,
                "<text x=\"{middle:.1}\" y=\"118\" text-anchor=\"{}\">{text}</text>",
                anchor(place, counts.len())
            );
        }
    }
    svg + "</svg>"
}
