//! Systems that no page shows any more: entries name them, and the settings do not.

use crate::time::{Date, Time, Zone};

/// When a system was last spoken of.
#[derive(Clone, Copy)]
pub(in crate::import) struct LastWord {
    at: Time,
    is_open: bool,
}

impl Default for LastWord {
    fn default() -> LastWord {
        LastWord { at: Time::from_millis(0), is_open: false }
    }
}

impl LastWord {
    /// Takes an entry that names it, and spoke of it until `at`; `is_open`: it is not over.
    pub(in crate::import) fn hear(&mut self, at: Time, is_open: bool) {
        self.at = self.at.max(at);
        self.is_open |= is_open;
    }

    /// Its last day; none if an entry that names it is open, so that it is there.
    pub(in crate::import) fn end(self, zone: Zone) -> Option<Date> {
        (!self.is_open).then(|| zone.date(self.at))
    }
}

/// What is said of one of them.
pub(in crate::import) fn said(key: &str, id: &str, end: Option<Date>, group: &str) -> String {
    match end {
        Some(end) => format!(
            "`{key}` is not listed, yet entries name it; it became the component `{id}`, which ended with the last of them, on {} (`end`)",
            end.iso()
        ),
        None => format!(
            "`{key}` is not listed, yet entries name it; it became the component `{id}` in the group `{group}`, please look at it"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_last_day_is_that_of_the_last_entry_unless_one_is_open() {
        let at = |text: &str| Time::parse(text).unwrap();
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let mut last = LastWord::default();
        last.hear(at("2020-05-02T23:30Z"), false);
        last.hear(at("2020-04-01T10:00Z"), false);
        assert_eq!(last.end(berlin).map(Date::iso).as_deref(), Some("2020-05-03"));
        last.hear(at("2019-04-01T10:00Z"), true);
        assert_eq!(last.end(berlin), None);
    }
}
