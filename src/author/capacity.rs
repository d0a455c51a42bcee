//! Readings of how much more services could carry, put down in `capacity.yaml`.

use super::append::append_to;
use super::insertion::Refused;
use super::list_item::ListItem;
use crate::document::{CAPACITY_FILE, Node};
use crate::model::Id;
use crate::time::Date;
use crate::yaml::write::inline;

/// What a new file begins with.
const HEAD: &str = "# How much more each service could carry at its peak: `candor capacity set`, `candor capacity import`.\n\
                    # Shown in the wiki, never published.\nreadings:\n";

/// One more reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReading {
    /// What it is of.
    pub component: Id,
    /// The day of it.
    pub checked: Date,
    /// In words: `40 %`.
    pub headroom: String,
    /// URL of the evidence.
    pub source: Option<String>,
}

/// The whole file with `readings` at its end; `bytes` are those of the file of before, if there is one.
///
/// # Errors
/// A file that cannot be read, or that is written so that nothing can be added with certainty.
pub fn append_readings(bytes: Option<&[u8]>, readings: &[NewReading]) -> Result<String, Refused> {
    append_to("readings", CAPACITY_FILE, bytes.unwrap_or(HEAD.as_bytes()), readings)
}

impl NewReading {
    fn entries(&self) -> Vec<(&'static str, String)> {
        let mut entries = vec![
            ("component", self.component.to_string()),
            ("checked", self.checked.iso()),
            ("headroom", self.headroom.clone()),
        ];
        entries.extend(self.source.clone().map(|source| ("source", source)));
        entries
    }
}

// One line each, so that a year of them can be read at a glance, and two people's merge.
impl ListItem for NewReading {
    fn lines(&self, _indent: usize) -> Vec<String> {
        let written = |(key, value): (&str, String)| match key {
            "checked" => format!("{key}: {value}"),
            _ => format!("{key}: {}", inline(&value)),
        };
        vec![format!("{{ {} }}", self.entries().into_iter().map(written).collect::<Vec<_>>().join(", "))]
    }

    fn node(&self) -> Node {
        Node::Map(self.entries().into_iter().map(|(key, value)| (key.to_owned(), Node::Text(value))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(component: &str, headroom: &str, source: Option<&str>) -> NewReading {
        NewReading {
            component: Id::new(component).unwrap(),
            checked: Date::parse("2026-11-20").unwrap(),
            headroom: headroom.to_owned(),
            source: source.map(str::to_owned),
        }
    }

    #[test]
    fn readings_are_a_line_each_below_what_is_there() {
        let first = append_readings(None, &[reading("api", "40 %", Some("https://metrics.example/d/1"))]).unwrap();
        let line = "  - { component: api, checked: 2026-11-20, headroom: \"40 %\", source: \"https://metrics.example/d/1\" }\n";
        assert_eq!(first, format!("{HEAD}{line}"));
        let more = [reading("web", "about twice", None), reading("null", "- 3", None)];
        let second = append_readings(Some(first.as_bytes()), &more).unwrap();
        assert_eq!(
            second,
            first
                + "  - { component: web, checked: 2026-11-20, headroom: about twice }\n  \
                   - { component: \"null\", checked: 2026-11-20, headroom: \"- 3\" }\n"
        );
    }

    #[test]
    fn what_people_wrote_stays_as_they_wrote_it() {
        let own =
            "# ours\r\nreadings:\r\n- component: api   # the gate\r\n  checked: 2026-10-01\r\n  headroom: 55 %\r\n";
        let new = append_readings(Some(own.as_bytes()), &[reading("api", "40 %", None)]).unwrap();
        assert_eq!(new, format!("{own}- {{ component: api, checked: 2026-11-20, headroom: \"40 %\" }}\r\n"));
        let refused = append_readings(Some(b"readings: [{ component: api }]\n"), &[reading("api", "1", None)]);
        assert!(refused.unwrap_err().to_string().contains("stands in brackets"));
    }
}
