//! Which earlier postmortems a postmortem looks like. The text only suggests; the author decides, and
//! answers once: the same cause, a recurrence, or another cause for a reason.
//!
//! The measure is the cosine of TF-IDF vectors of title (three times), summary and contributing factors.
//! On 39 public postmortems of one company (DFDS, <https://github.com/dfds/postmortems>), with 33 of 741
//! pairs named as related by a reader beforehand, 9 of the 10 and 16 of the 20 highest pairs are related,
//! and for 21 of the 22 postmortems that have a related earlier one it is among the three nearest (for 19 if
//! they must reach [`SHOWN`]). Of the pairs that reach [`DEMANDING`], 14 of 15 are related. Points for
//! the same kind of component, or for factors in the same words, were tried and left out: 0.1 for the
//! kind made that 27 of 102, and 0.3 times the share of common words in the factors 15 of 19.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::families::{by_time, families, in_order};
use super::tokens::tokens;
use crate::model::{Postmortem, SectionKind};

/// The least cosine at which an earlier postmortem is shown beside a later one.
pub const SHOWN: f64 = 0.10;
/// The least cosine at which the author is asked for an answer.
pub const DEMANDING: f64 = 0.15;
/// So many earlier postmortems are shown at most.
const MOST: usize = 3;

/// An earlier postmortem that a postmortem looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The place of the earlier postmortem in the list that was searched.
    pub postmortem: usize,
    /// How alike they are: the cosine, from 0 to 1.
    pub score: f64,
    /// What the author says to it.
    pub answer: LikenessAnswer,
}

impl Candidate {
    /// Whether they are so alike that the author should say whether it is the same.
    pub fn is_demanding(&self) -> bool {
        self.score >= DEMANDING
    }

    /// Whether an answer is due and was not given.
    pub fn is_unanswered(&self) -> bool {
        self.is_demanding() && self.answer == LikenessAnswer::Open
    }
}

/// What the author says to a likeness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LikenessAnswer {
    /// It came back: `recurrence_of` says so, directly or through others.
    Recurrence,
    /// It came back: both have the same `cause`.
    SameCause,
    /// It is another one, for this reason: `not_recurrence_of`.
    LookAlike(String),
    /// Nothing yet.
    Open,
}

/// For each postmortem, in the order given: up to three earlier ones that it looks like, nearest first.
/// Earlier means by the time at which it happened, then by id.
pub fn candidates(postmortems: &[Arc<Postmortem>]) -> Vec<Vec<Candidate>> {
    nearest(postmortems, SHOWN)
}

/// As [`candidates`], with another least cosine than [`SHOWN`].
pub fn nearest(postmortems: &[Arc<Postmortem>], least: f64) -> Vec<Vec<Candidate>> {
    let vectors = vectors(postmortems);
    let families = families(postmortems);
    let mut found = vec![Vec::new(); postmortems.len()];
    let mut seen = Postings::of(&vectors);
    for later in in_order(postmortems) {
        let mut near = seen.scores(&vectors[later], postmortems.len());
        near.retain(|(_, score)| *score >= least && *score > 0.0);
        // Of two that are equally near, the more recent one.
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(by_time(&postmortems[b.0], &postmortems[a.0])));
        near.truncate(MOST);
        let candidate = |(earlier, score): (usize, f64)| {
            let is_family = families[earlier] == families[later];
            let answer = answer(&postmortems[earlier], &postmortems[later], is_family);
            Candidate { postmortem: earlier, score, answer }
        };
        found[later] = near.into_iter().map(candidate).collect();
        // Only now: a postmortem is like itself above all.
        seen.add(later, &vectors[later]);
    }
    found
}

fn answer(earlier: &Postmortem, later: &Postmortem, is_family: bool) -> LikenessAnswer {
    let reason = |from: &Postmortem, to: &Postmortem| {
        from.not_recurrence_of.iter().find(|(id, _)| *id == to.id).map(|(_, why)| why.clone())
    };
    if later.recurrence_of.contains(&earlier.id) {
        LikenessAnswer::Recurrence
    // Whichever of the two says so: the earlier one may have been looked at again.
    } else if let Some(why) = reason(later, earlier).or_else(|| reason(earlier, later)) {
        LikenessAnswer::LookAlike(why)
    } else if earlier.cause.is_some() && earlier.cause == later.cause {
        LikenessAnswer::SameCause
    } else if is_family {
        LikenessAnswer::Recurrence
    } else {
        LikenessAnswer::Open
    }
}

/// The weights of the words of a text, by the number of the word; of length 1, or empty.
type Vector = Vec<(usize, f64)>;

/// What a postmortem is about: its title thrice, its summary, and what contributed.
fn words(postmortem: &Postmortem) -> Vec<String> {
    let mut found: Vec<String> = std::iter::repeat_n(tokens(&postmortem.title), 3).flatten().collect();
    for kind in [SectionKind::Summary, SectionKind::Factors] {
        let sections = postmortem.sections.iter().filter(|section| section.kind == kind);
        found.extend(sections.flat_map(|section| tokens(&section.body)));
    }
    found.extend(postmortem.factors.iter().flat_map(|factor| tokens(factor)));
    found
}

/// A weight is (1 + ln tf) · ln((N + 1) / (df + ½)): a word counts less than twice when it stands there
/// twice, and the more postmortems have it the less it tells.
fn vectors(postmortems: &[Arc<Postmortem>]) -> Vec<Vector> {
    let counts: Vec<BTreeMap<String, u32>> = postmortems.iter().map(|postmortem| count(words(postmortem))).collect();
    let mut spread: BTreeMap<&str, u32> = BTreeMap::new();
    for word in counts.iter().flat_map(BTreeMap::keys) {
        *spread.entry(word).or_default() += 1;
    }
    let all = postmortems.len() as f64;
    let numbered = spread.iter().enumerate();
    let rarity = |df: u32| ((all + 1.0) / (f64::from(df) + 0.5)).ln();
    let known: BTreeMap<&str, (usize, f64)> =
        numbered.map(|(number, (word, df))| (*word, (number, rarity(*df)))).collect();
    let weighted = counts.iter().map(|count| {
        let weight = |(word, tf): (&String, &u32)| {
            let (number, rarity) = known[word.as_str()];
            (number, (1.0 + f64::from(*tf).ln()) * rarity)
        };
        normal(count.iter().map(weight).collect())
    });
    weighted.collect()
}

fn count(words: Vec<String>) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

fn normal(mut vector: Vector) -> Vector {
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    for (_, weight) in &mut vector {
        *weight /= length;
    }
    vector
}

/// For each word, the postmortems so far that have it. Sums run in the order of the words, so that a score
/// is the same to the last bit wherever it is computed.
struct Postings(Vec<Vec<(usize, f64)>>);

impl Postings {
    /// Empty, for words up to the highest number in `vectors`.
    fn of(vectors: &[Vector]) -> Postings {
        let highest = vectors.iter().flatten().map(|(word, _)| *word).max();
        Postings(vec![Vec::new(); highest.map_or(0, |word| word + 1)])
    }

    fn add(&mut self, postmortem: usize, vector: &Vector) {
        for (word, weight) in vector {
            self.0[*word].push((postmortem, *weight));
        }
    }

    /// The cosine with each postmortem so far that shares a word.
    fn scores(&self, vector: &Vector, postmortems: usize) -> Vec<(usize, f64)> {
        let mut sums = vec![0.0; postmortems];
        for (word, weight) in vector {
            for (postmortem, other) in &self.0[*word] {
                sums[*postmortem] += weight * other;
            }
        }
        sums.into_iter().enumerate().filter(|(_, sum)| *sum > 0.0).collect()
    }
}
