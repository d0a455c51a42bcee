//! The keys of `content/capacity.yaml`.

use super::{Key, Shape};

pub(super) const CAPACITY: &[Key] =
    &[Key::needed("readings", Shape::List(&Shape::Map(READING)), "What was read, in any order of days.")];

const READING: &[Key] = &[
    Key::needed("component", Shape::Component, "The component that it is of."),
    Key::needed("checked", Shape::Date, "The day on which somebody, or a query, looked."),
    Key::needed("headroom", Shape::Title, "What was left at the peak, such as `40 %`."),
    Key::optional("source", Shape::Url, "Where the figure comes from."),
];
