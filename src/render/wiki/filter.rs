//! What a list can be narrowed down by: severity, owner, component, time. Rows say what they have as marks, and a script of
//! the theme compares these with what the reader has chosen, which stands in the address. Without it, the list is whole.

use serde::Serialize;

use super::Wiki;
use crate::model::{Id, Impact, Postmortem};
use crate::time::Time;

/// By what a list can be narrowed down, in the order of the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FilterKind {
    Severity,
    Impact,
    Owner,
    Component,
    Time,
}

/// Spans of time until today, in days, and their messages.
const SPANS: [(u64, &str); 2] = [(90, "filter_90_days"), (365, "pm_year")];

impl FilterKind {
    const ALL: [FilterKind; 5] =
        [FilterKind::Severity, FilterKind::Impact, FilterKind::Owner, FilterKind::Component, FilterKind::Time];

    /// Its name in addresses and in the attributes of rows.
    fn word(self) -> &'static str {
        match self {
            FilterKind::Severity => "severity",
            FilterKind::Impact => "impact",
            FilterKind::Owner => "owner",
            FilterKind::Component => "component",
            FilterKind::Time => "time",
        }
    }

    /// The key of the message for its field.
    fn label(self) -> &'static str {
        match self {
            FilterKind::Time => "happened",
            other => other.word(),
        }
    }
}

/// Something to choose in a field.
#[derive(Clone, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct FilterChoice {
    /// Where the choice stands among the others.
    #[serde(skip)]
    order: (usize, String),
    value: String,
    name: String,
}

/// What a row has, for the filter of its list; in templates a list of attributes and their values.
#[derive(Clone, Default, Serialize)]
#[serde(into = "Vec<(&'static str, String)>")]
pub(super) struct FilterMarks(Vec<(FilterKind, FilterChoice)>);

impl FilterMarks {
    /// What a postmortem, and whatever belongs to it, can be found by.
    pub(super) fn of_postmortem(wiki: &Wiki, postmortem: &Postmortem) -> FilterMarks {
        let mut marks = FilterMarks::default();
        if let Some(severity) = &postmortem.severity {
            marks.add(FilterKind::Severity, severity.rank, &severity.name, &severity.name);
        }
        postmortem.components.iter().for_each(|id| marks.add_component(wiki, id));
        if let Some(time) = postmortem.happened() {
            marks.add_time(wiki, time);
        }
        marks
    }

    /// What an incident can be found by.
    pub(super) fn of_incident<'a>(
        wiki: &Wiki,
        impact: Impact,
        components: impl IntoIterator<Item = &'a Id>,
        started: Time,
    ) -> FilterMarks {
        let mut marks = FilterMarks::default();
        let name = wiki.look.theme.messages.get(&format!("impact_{}", impact.word())).to_owned();
        marks.add(FilterKind::Impact, usize::MAX - impact as usize, impact.word(), &name);
        components.into_iter().for_each(|id| marks.add_component(wiki, id));
        marks.add_time(wiki, started);
        marks
    }

    /// As these, and of an owner.
    pub(super) fn owned_by(mut self, owner: Option<&str>) -> FilterMarks {
        if let Some(owner) = owner.filter(|owner| !owner.is_empty()) {
            self.add(FilterKind::Owner, 0, owner, owner);
        }
        self
    }

    fn add_component(&mut self, wiki: &Wiki, id: &Id) {
        let order = wiki.look.components.iter().position(|component| component.id == *id).unwrap_or(usize::MAX);
        self.add(FilterKind::Component, order, id, &wiki.look.component_name(id));
    }

    /// The year, and what reaches back from today; the newest first.
    fn add_time(&mut self, wiki: &Wiki, time: Time) {
        let (zone, messages) = (wiki.site.settings.zone, &wiki.look.theme.messages);
        let (today, date) = (zone.date(wiki.look.now()), zone.date(time));
        for (rank, (days, message)) in SPANS.iter().enumerate() {
            if date > today.minus_days(*days) {
                self.add(FilterKind::Time, rank, &format!("{days}-days"), messages.get(message));
            }
        }
        let year = date.year();
        self.add(
            FilterKind::Time,
            usize::MAX - usize::try_from(year).unwrap_or_default(),
            &year.to_string(),
            &year.to_string(),
        );
    }

    fn add(&mut self, kind: FilterKind, rank: usize, value: &str, name: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join("_");
        let order = (rank, name.to_lowercase());
        self.0.push((kind, FilterChoice { order, value, name: name.to_owned() }));
    }
}

impl From<FilterMarks> for Vec<(&'static str, String)> {
    /// `severity`, `owner` and so on, and the values of each with a blank between them.
    fn from(marks: FilterMarks) -> Vec<(&'static str, String)> {
        let of = |kind: FilterKind| {
            let values = marks.0.iter().filter(|(own, _)| *own == kind).map(|(_, choice)| &*choice.value);
            let values = values.collect::<Vec<&str>>().join(" ");
            (!values.is_empty()).then(|| (kind.word(), values))
        };
        FilterKind::ALL.into_iter().filter_map(of).collect()
    }
}

/// The form above a list.
#[derive(Serialize)]
pub(super) struct ListFilter {
    fields: Vec<FilterField>,
    /// `{n} of {all}`, with its blanks.
    count: String,
}

#[derive(Serialize)]
struct FilterField {
    name: &'static str,
    label: String,
    choices: Vec<FilterChoice>,
}

/// What there is to choose for rows with these marks: only where it makes a difference.
pub(super) fn filter<'a>(wiki: &Wiki, rows: impl IntoIterator<Item = &'a FilterMarks>) -> Option<ListFilter> {
    let all: Vec<&(FilterKind, FilterChoice)> = rows.into_iter().flat_map(|marks| &marks.0).collect();
    let messages = &wiki.look.theme.messages;
    let field = |kind: FilterKind| {
        let mut choices: Vec<FilterChoice> =
            all.iter().filter(|(own, _)| *own == kind).map(|(_, choice)| choice.clone()).collect();
        choices.sort();
        choices.dedup();
        let field = FilterField { name: kind.word(), label: messages.get(kind.label()).to_owned(), choices };
        (field.choices.len() > 1).then_some(field)
    };
    let fields: Vec<FilterField> = FilterKind::ALL.into_iter().filter_map(field).collect();
    (!fields.is_empty()).then(|| ListFilter { fields, count: messages.get("n_of").to_owned() })
}
