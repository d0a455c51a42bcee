//! What is said of changed content that was not said of it before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Moment;
use super::content::KeptFile;
use crate::diagnostic::{self, Diagnostic};
use crate::leak;

impl Moment<'_> {
    /// What is said here and was not said `before`, sorted by file and line; `found` is what was found besides.
    pub fn news(&self, before: &Moment<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut said = self.said_beside(before);
        said.extend(found);
        let mut news = not_said(&before.said_beside(self), said);
        diagnostic::sort(&mut news);
        news.dedup();
        leak::keep_one_each(&mut news);
        news
    }

    /// Everything that is said, but for the wording of files that are the same in `other`.
    fn said_beside(&self, other: &Moment<'_>) -> Vec<Diagnostic> {
        let is_other = |kept: &Arc<KeptFile>| !other.content().has(kept);
        let mut said = self.content().faults().to_vec();
        said.extend(self.rules());
        said.extend(self.wording(None, &is_other));
        said
    }
}

/// What `after` says that `before` did not. Lines are passed over: a change moves what stands below it.
fn not_said(before: &[Diagnostic], after: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let key = |one: &Diagnostic| {
        let place = one.place.as_ref().map(|place| (place.path.clone(), place.text.clone()));
        (one.code, place, one.message.clone())
    };
    // Counted, since a file may have the same fault in two equal lines.
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    before.iter().for_each(|one| *known.entry(key(one)).or_default() += 1);
    let mut is_new = |one: &Diagnostic| match known.get_mut(&key(one)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    after.into_iter().filter(|one| is_new(one)).collect()
}
