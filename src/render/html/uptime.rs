//! The uptime of every component, with the formula and the intervals' sums beside the numbers.

use serde::Serialize;

use super::bars::{Time, times};
use super::parts::component_path;
use super::{PageHead, render};
use crate::model::CountedMaintenance;
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::view::{DAYS, Record, Uptime};

#[derive(Serialize)]
struct UptimePage<'a> {
    rows: Vec<UptimeRow<'a>>,
    rule_1: &'a str,
    rule_3: String,
}

#[derive(Serialize)]
struct UptimeRow<'a> {
    name: &'a str,
    path: String,
    group: Option<&'a str>,
    /// Over 7, 30 and 90 days; none where nothing is counted.
    shares: Vec<Option<String>>,
    times: Vec<Time>,
}

pub(super) fn page(facts: &Facts) -> Made {
    let messages = &facts.look.theme.messages;
    let page = UptimePage {
        rows: facts
            .records
            .iter()
            .filter(|record| !facts.is_retired(&record.component))
            .map(|record| row(facts, record))
            .collect(),
        rule_1: messages.get(match facts.site.settings.counted_maintenance {
            CountedMaintenance::None => "uptime_rule_1",
            CountedMaintenance::Impact => "uptime_rule_1_impact",
        }),
        rule_3: messages.fill("uptime_rule_3", &[("zone", facts.site.settings.zone.name())]),
    };
    let (title, description) = (messages.get("uptime").to_owned(), messages.get("uptime_intro").to_owned());
    render(facts, "uptime.html", &PageHead::new(paths::UPTIME, title, description), &page)
}

fn row<'a>(facts: &'a Facts, record: &'a Record) -> UptimeRow<'a> {
    let share = |days: u64| latest(record, days).share().map(|share| facts.look.format().percent(share));
    let group = record.component.group.as_ref().and_then(|id| facts.site.groups.iter().find(|group| group.id == *id));
    UptimeRow {
        name: &record.component.name,
        path: component_path(&record.component.id),
        group: group.map(|group| &*group.name),
        shares: vec![share(7), share(30), share(DAYS)],
        times: times(facts, &record.uptime),
    }
}

/// The last `days` days together, today included.
fn latest(record: &Record, days: u64) -> Uptime {
    let first = record.days.len().saturating_sub(days as usize);
    record.days[first..].iter().map(|day| &day.uptime).sum()
}
