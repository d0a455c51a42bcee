//! Likeness on real postmortems, where they are at hand: 39 of DFDS, with 33 pairs that a reader named
//! as related before anything was computed.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use candor::import;
use candor::model::Postmortem;
use candor::source::Source;
use candor::view::{Dimension, Outcome, Verdict, chains, nearest};

use crate::support;

const REAL: &str = "../shared/data/dfds-postmortems";

/// Year and number of both.
const RELATED: &str = "21-002/21-003 21-005/21-006 20-005/21-005 20-005/21-006 20-005/21-007 21-005/21-007 \
    21-006/21-007 22-004/22-007 20-002/20-009 20-002/21-004 19-009/19-011 19-009/19-010 21-001/21-002 \
    21-001/21-003 21-001/22-002 21-001/23-002 22-002/23-002 23-001/23-002 21-002/22-002 21-003/22-002 \
    20-007/22-001 22-001/22-003 20-007/24-001 22-003/24-001 22-001/24-001 24-001/25-001 20-003/20-006 \
    21-008/21-009 21-009/21-010 21-008/25-002 21-009/25-002 22-009/24-002 20-007/22-009";

/// What the importer makes of the collection, with `relations` (a report, what it repeats) declared.
fn postmortems(folder: &Path, relations: &[(&str, &str)]) -> Vec<Arc<Postmortem>> {
    let options = import::CollectionOptions { new_site: Some("Reports"), ..Default::default() };
    let imported = import::postmortems(&support::files(folder), &options);
    let files = imported.files.into_iter().map(|(path, bytes)| {
        let mut text = String::from_utf8(bytes).expect("UTF-8");
        for (later, earlier) in relations {
            text = text.replace(&format!("id: {later}\n"), &format!("id: {later}\nrecurrence_of: [{earlier}]\n"));
        }
        (path, text)
    });
    support::site(&Source::from_files(files)).postmortems.clone()
}

/// `pm2021-006` as `21-006`.
fn short(postmortem: &Postmortem) -> String {
    postmortem.id["pm20".len()..].to_owned()
}

fn related() -> BTreeSet<(&'static str, &'static str)> {
    RELATED.split_whitespace().filter_map(|pair| pair.split_once('/')).collect()
}

/// Whether each pair of a report and one of its three nearest is related, the most alike pair first.
fn by_score(postmortems: &[Arc<Postmortem>]) -> Vec<(f64, bool)> {
    let (found, related) = (nearest(postmortems, 0.0), related());
    let near = postmortems.iter().zip(&found).flat_map(|(later, near)| near.iter().map(move |found| (later, found)));
    let is_related =
        |later: &Postmortem, earlier: usize| related.contains(&(&*short(&postmortems[earlier]), &*short(later)));
    let mut pairs: Vec<(f64, bool)> =
        near.map(|(later, found)| (found.score, is_related(later, found.postmortem))).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// For how many reports one that is related is among the nearest, and how many have a related one.
fn hits(postmortems: &[Arc<Postmortem>], least: f64) -> (usize, usize) {
    let related = related();
    assert_eq!(related.len(), 33);
    let with_earlier: BTreeSet<&str> = related.iter().map(|(_, later)| *later).collect();
    let is_hit = |later: &Arc<Postmortem>, near: &[candor::view::Candidate]| {
        near.iter().any(|candidate| related.contains(&(&*short(&postmortems[candidate.postmortem]), &*short(later))))
    };
    let found = nearest(postmortems, least);
    (postmortems.iter().zip(&found).filter(|(later, near)| is_hit(later, near)).count(), with_earlier.len())
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn a_related_earlier_postmortem_is_among_the_nearest_three() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(REAL);
    if !folder.is_dir() {
        eprintln!("skipped: {REAL} is not here");
        return;
    }
    let postmortems = postmortems(&folder, &[]);
    assert_eq!(postmortems.len(), 39);
    let (anywhere, shown) = (hits(&postmortems, 0.0), hits(&postmortems, candor::view::SHOWN));
    let pairs = by_score(&postmortems);
    let first = |number: usize| pairs[..number].iter().filter(|(_, is_related)| *is_related).count();
    let asked = pairs.iter().filter(|(score, _)| *score >= candor::view::DEMANDING).count();
    assert!(first(10) >= 9 && first(20) >= 15, "the most alike pairs");
    assert!(first(asked) * 10 >= asked * 8, "four of five questions are asked with reason");
    assert_eq!(anywhere.1, 22);
    assert!(anywhere.0 >= 20, "{anywhere:?}");
    assert!(shown.0 >= 18, "{shown:?}");
}

/// The chains of the practice behind the project, with the minutes that their authors state.
#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn real_chains_get_the_verdicts_that_their_minutes_give() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(REAL);
    if !folder.is_dir() {
        eprintln!("skipped: {REAL} is not here");
        return;
    }
    let relations = [("PM2021-003", "PM2021-002"), ("PM2021-005", "PM2020-005"), ("PM2021-006", "PM2021-005")];
    let postmortems = postmortems(&folder, &relations);
    let mut found = Vec::new();
    for chain in chains(&postmortems, None).iter().filter(|chain| chain.postmortems.len() > 1) {
        for step in &chain.steps {
            let better = step.previous.with(Outcome::Better).map(|change| change.dimension.word());
            let worse = step.previous.with(Outcome::Worse).map(|change| change.dimension.word());
            let words = |words: Vec<&'static str>| words.join(" ");
            let label = postmortems[step.postmortem].label.clone();
            found.push((label, step.previous.verdict, words(better.collect()), words(worse.collect())));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let (detect, recover) = (Dimension::Detect.word(), Dimension::Recover.word());
    let both = format!("{detect} {recover}");
    let step = |label: &str, verdict, better: &str, worse: &str| {
        (label.to_owned(), verdict, better.to_owned(), worse.to_owned())
    };
    assert_eq!(
        found,
        [
            step("PM2021-003", Verdict::Better, &both, ""),
            step("PM2021-005", Verdict::Worse, "", recover),
            step("PM2021-006", Verdict::Better, &both, ""),
        ]
    );
}
