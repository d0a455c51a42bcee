//! Lists of sentences that say what the rules of wording are to find in them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The items of a list, each with the marks at its end and the bytes from its beginning to its end.
pub fn marked(text: &str) -> Vec<(BTreeSet<&str>, Range<usize>)> {
    let mut items = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("- ") {
            start = at;
        }
        at += line.len();
        if let Some((_, mark)) = line.trim_end().strip_suffix(" -->").and_then(|rest| rest.rsplit_once("<!-- "))
            && !mark.starts_with("candor")
        {
            items.push((mark.split(' ').filter(|word| *word != "none").collect(), start..at));
        }
    }
    items
}

/// What was found of what was to be found, by rule, and what was not as marked.
#[derive(Debug, Default)]
pub struct Tally<'t> {
    /// How many were found, and of how many.
    pub recall: BTreeMap<&'t str, [usize; 2]>,
    /// How many items are marked with no rule.
    pub guarded: usize,
    /// Items in which something else was found than is marked.
    pub wrong: Vec<String>,
}

impl<'t> Tally<'t> {
    /// Counts an item. A mark `missed` says that the rules do not do it right yet: what it says must then
    /// not be found, or the mark is out of date.
    pub fn count(&mut self, item: &str, mut wanted: BTreeSet<&'t str>, there: &BTreeSet<&str>) {
        self.guarded += usize::from(wanted.is_empty());
        let is_missed = wanted.remove("missed");
        for code in &wanted {
            let counts = self.recall.entry(code).or_default();
            counts[0] += usize::from(there.contains(code));
            counts[1] += 1;
        }
        if is_missed == (*there == wanted) {
            self.wrong.push(format!("{} found {there:?}, wanted {wanted:?}", item.trim()));
        }
    }
}
