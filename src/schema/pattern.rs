//! What texts look like, as patterns of JSON Schema (ECMA 262) that Rust's `regex` reads the same way.
//!
//! A pattern lets through everything that the program's own reader accepts, and stops what is malformed.
//! Days that no calendar has are the reader's to find.

pub(super) const NOT_BLANK: &str = r"\S";

/// See [`Id::new`](crate::model::Id::new).
pub(super) const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// Letters, digits, `-`, `.` and `_`, and not signs alone.
pub(super) const POSTMORTEM_NAME: &str = "^[-._]*[A-Za-z0-9][A-Za-z0-9._-]*$";

/// An id, or the path of a file that is called so.
pub(super) const INCIDENT: &str = r"^([a-z0-9]+(-[a-z0-9]+)*|(.*/)?[a-z0-9]+(-[a-z0-9]+)*\.(md|yaml))$";

/// See [`Time::parse`](crate::time::Time::parse).
pub(super) const TIME: &str = concat!(
    r"^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    r"([Tt]| )([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(\.[0-9]+)?",
    r" *([Zz]|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])$"
);

/// See [`Date::parse`](crate::time::Date::parse).
pub(super) const DATE: &str = "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// See [`parse_duration`](crate::time::parse_duration).
pub(super) const DURATION: &str = r"^\+?0*[1-9][0-9]*\s*[smhd]$";

/// An absolute URL, without what no URL holds.
pub(super) const URL: &str =
    "^https?://[^/?#\\s\\x00-\\x1f\\x7f-\\x9f\"<>\\\\^`{|}][^\\s\\x00-\\x1f\\x7f-\\x9f\"<>\\\\^`{|}]*$";

/// `Colour::parse`.
pub(super) const COLOUR: &str = "^\\s*#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\\s*$";

/// A URL that further addresses can be put below.
pub(super) const BASE_URL: &str =
    "^https?://[^/?#\\s\\x00-\\x1f\\x7f-\\x9f\"<>\\\\^`{|}][^?#\\s\\x00-\\x1f\\x7f-\\x9f\"<>\\\\^`{|}]*$";
