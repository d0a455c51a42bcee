//! The lines of `_redirects` (<https://docs.netlify.com/routing/redirects/>), as this program writes them: addresses that
//! something had before.

use std::collections::BTreeMap;

use super::{BuiltFiles, CheckResult, HttpAnswer};
use crate::paths;

/// More are not asked for: a host that follows fifty lines follows all.
const MOST: usize = 50;

/// One line.
pub(super) struct Redirect {
    /// The old address, below that of the site.
    pub(super) from: String,
    /// The new one.
    to: String,
}

/// The lines that lead from one address, or from all below it, to one of the same site.
pub(super) fn read(text: &str) -> Vec<Redirect> {
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        let (from, to) = (words.next()?.strip_prefix('/')?, words.next()?.strip_prefix('/')?);
        let from = from.strip_suffix('*').unwrap_or(from);
        let to = to.strip_suffix(":splat").unwrap_or(to);
        let is_fixed = !from.contains(['*', ':']) && !to.contains(['*', ':']);
        is_fixed.then(|| Redirect { from: from.to_owned(), to: to.to_owned() })
    };
    text.lines().filter_map(line).take(MOST).collect()
}

/// Whether each old address leads on: by the host, or by the page that the build has there.
pub(super) fn check(redirects: &[Redirect], files: &BuiltFiles, answers: &BTreeMap<String, HttpAnswer>) -> CheckResult {
    let mut faults = Vec::new();
    for Redirect { from, to } in redirects {
        let Some(answer) = answers.get(from) else { continue };
        let leads = answer.location().is_some_and(|location| location.ends_with(&format!("/{to}")));
        let has_page = answer.status == 200 && files.get(&paths::file_at(from)) == Some(&answer.body);
        if !leads && !has_page {
            let way = match answer.location() {
                Some(location) => format!("leads to `{location}`"),
                None => format!("answers {}", answer.status),
            };
            faults
                .push(format!("`/{from}` {way}, and not to `/{to}`: publish `_redirects`, and the pages that lead on"));
        }
    }
    CheckResult { what: "redirects", summary: format!("{} old addresses", redirects.len()), faults }
}
