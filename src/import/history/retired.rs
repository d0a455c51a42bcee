//! Systems that no page shows any more: entries name them, and the settings do not.

use crate::time::{Date, Time, Zone};

/// When a system was last spoken of.
#[derive(Clone, Copy, Default)]
pub(super) struct LastWord {
    at: Option<Time>,
    is_open: bool,
    entries: usize,
}

impl LastWord {
    /// Takes an entry that names it, and spoke of it until `at`; `is_open`: it is not over.
    pub(super) fn hear(&mut self, at: Time, is_open: bool) {
        self.at = self.at.max(Some(at));
        self.is_open |= is_open;
        self.entries += 1;
    }

    /// Its last day; none if an entry that names it is open, or none was written, so that it is there.
    pub(super) fn end(self, zone: Zone) -> Option<Date> {
        self.at.filter(|_| !self.is_open).map(|at| zone.date(at))
    }

    /// How many entries name it.
    pub(super) fn entries(self) -> usize {
        self.entries
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
        assert_eq!((last.end(berlin), last.entries()), (None, 3));
        assert_eq!(LastWord::default().end(berlin), None);
    }
}
