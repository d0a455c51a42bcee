//! What is told now and was not, or read otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::{Notifiable, Record, SiteKind};

/// Why it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendReason {
    /// Nobody was told.
    New,
    /// It was told and reads otherwise now; with its earlier fingerprint.
    Changed(String),
}

/// Something to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingMessage {
    /// Its number among the items.
    pub item: usize,
    /// Why.
    pub reason: SendReason,
}

/// What two records have not in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// To be sent, oldest first.
    pub pending: Vec<PendingMessage>,
    /// How many there are more of those that are too old to be news.
    pub passed_over: usize,
    /// Keys of what was told and are no longer there.
    pub gone: Vec<String>,
    /// What was told once all of it is acknowledged.
    pub after: Record,
}

/// Why two records cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeFault {
    /// The clock went backwards, or the folders were exchanged.
    #[error(
        "it is of {before}, later than this build, which is of {after}: build again, or give an earlier one; if a clock was \
         wrong then, move it away and begin with `--since TIME`, when it was made in truth"
    )]
    Backwards {
        /// The time of the earlier record.
        before: String,
        /// The time of the build.
        after: String,
    },
    /// Two sites.
    #[error(
        "it is of another site, `{before}`, and this one is `{after}`; if the site has moved, correct `site` in it"
    )]
    OtherSite {
        /// The address in the earlier record.
        before: String,
        /// The address of the build.
        after: String,
    },
    /// The status page and the wiki.
    #[error("it is of the {before} site, and this is the {after} one")]
    OtherKind {
        /// The kind of the earlier record.
        before: &'static str,
        /// The kind of the build.
        after: &'static str,
    },
}

/// What of `items`, which is everything that is told in `after`, was not told in `before`.
///
/// Age counts from `before`, not from the present: however long nobody built or sent, nothing that was
/// said since is too old. What is older than all that `before` lists is history that was written or put
/// right later, and passed over.
///
/// # Errors
/// Records that do not belong together.
pub fn compare(before: &Record, items: &[Notifiable], after: &Record) -> Result<Comparison, TimeFault> {
    check(before, after)?;
    let pending = items
        .iter()
        .enumerate()
        .filter_map(|(number, item)| Some(PendingMessage { item: number, reason: reason(before, item)? }));
    let mut pending: Vec<PendingMessage> = pending.collect();
    // Of one instant in the order of the items, which is that of their file.
    pending.sort_by_key(|pending| (items[pending.item].at, pending.item));
    let there: BTreeSet<&str> = items.iter().map(|item| &*item.notification_key).collect();
    let gone = before.fingerprints.keys().filter(|key| !there.contains(&***key)).cloned().collect();
    let is_known = |item: &Notifiable| item.is_lasting || before.fingerprints.contains_key(&item.notification_key);
    let older = items.iter().filter(|item| item.at < before.since && !is_known(item)).count();
    // Those that were older at the last build were passed over then.
    let passed_over = older.saturating_sub(before.older);
    Ok(Comparison { pending, passed_over, gone, after: carried_on(before, after) })
}

/// Why an item is to be sent, if it is.
fn reason(before: &Record, item: &Notifiable) -> Option<SendReason> {
    let is_recent = item.at >= before.since;
    match before.fingerprints.get(&item.notification_key) {
        Some(print) if *print == item.fingerprint => None,
        // A correction of old history is no news to those who were told of it.
        Some(print) => is_recent.then(|| SendReason::Changed(print.clone())),
        None => (!item.is_repeated && (is_recent || item.is_lasting)).then_some(SendReason::New),
    }
}

/// What the wiki has told once is never told again, even if it was taken back in between.
fn carried_on(before: &Record, after: &Record) -> Record {
    let mut fingerprints = match after.site_kind {
        SiteKind::Wiki => before.fingerprints.clone(),
        SiteKind::Public => BTreeMap::new(),
    };
    fingerprints.extend(after.fingerprints.clone());
    Record { fingerprints, ..after.clone() }
}

/// Whether `before` can be an earlier record of the same site.
///
/// # Errors
/// Says why not.
pub(super) fn check(before: &Record, after: &Record) -> Result<(), TimeFault> {
    if before.site_kind != after.site_kind {
        return Err(TimeFault::OtherKind { before: before.site_kind.word(), after: after.site_kind.word() });
    }
    if before.site != after.site {
        return Err(TimeFault::OtherSite { before: before.site.clone(), after: after.site.clone() });
    }
    // An earlier build would seem to take back what a later one has told.
    if before.now > after.now {
        return Err(TimeFault::Backwards { before: before.now.rfc3339(), after: after.now.rfc3339() });
    }
    Ok(())
}
