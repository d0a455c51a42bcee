//! Chains: the postmortems of one cause, oldest first, and how each went compared with those before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::comparison::{ComparedValue, Comparison, Dimension, compare, compare_with_best};
use super::families::{families, in_order};
use super::tokens::{list_entries, tokens};
use crate::model::{Action, Id, Postmortem, SectionKind};
use crate::time::Zone;

/// Two sentences say the same when they share this part of their words (Jaccard).
const SAME_WORDS: f64 = 0.8;

/// Postmortems that have the same `cause`, or of which one is declared a recurrence of the other. One
/// postmortem alone is a cause that was seen once.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The cause, as the newest postmortem that names one calls it.
    pub cause: Option<Id>,
    /// The places of its postmortems in the list, oldest first.
    pub postmortems: Vec<usize>,
    /// One for each postmortem but the first.
    pub steps: Vec<Step>,
    /// The longest recovery, in seconds, that the next one should take, if there is a target.
    pub next_goal: Option<i64>,
}

/// A time that it came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The place of the postmortem in the list.
    pub postmortem: usize,
    /// Compared with the one before.
    pub previous: Comparison,
    /// Compared with the best of all before, dimension by dimension.
    pub best: Comparison,
    /// The longest recovery, in seconds, that it should have taken, if there is a target.
    pub goal: Option<i64>,
    /// What contributed to the one before as well, in this postmortem's words.
    pub repeated_factors: Vec<String>,
    /// The actions of all before that were open when it came back, oldest postmortem first.
    pub carried_over: Vec<CarriedOver>,
}

/// An action that was open when the incident came back which it was to prevent or to shorten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CarriedOver {
    /// The place of its postmortem in the list.
    pub postmortem: usize,
    /// Its place among the actions of that postmortem.
    pub action: usize,
}

/// The chains among `postmortems`, by their first postmortem. `target` is the share of a recovery's time that
/// the next one is to take at most (`recovery_target` of the site). Reports that name no cause and are
/// related to none are in no chain.
pub fn chains(postmortems: &[Arc<Postmortem>], target: Option<f64>) -> Vec<Chain> {
    let families = families(postmortems);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut order = Vec::new();
    for postmortem in in_order(postmortems) {
        let family = members.entry(families[postmortem]).or_default();
        if family.is_empty() {
            order.push(families[postmortem]);
        }
        family.push(postmortem);
    }
    let found = order.into_iter().filter_map(|family| members.remove(&family));
    let named = found.filter(|members| members.len() > 1 || postmortems[members[0]].cause.is_some());
    named.map(|members| chain(postmortems, members, target)).collect()
}

fn chain(postmortems: &[Arc<Postmortem>], members: Vec<usize>, target: Option<f64>) -> Chain {
    let steps = (1..members.len()).map(|at| step(postmortems, &members[..at], members[at], target)).collect();
    let cause = members.iter().rev().find_map(|postmortem| postmortems[*postmortem].cause.clone());
    let next_goal = members.last().and_then(|last| goal(&postmortems[*last], target));
    Chain { cause, postmortems: members, steps, next_goal }
}

fn step(postmortems: &[Arc<Postmortem>], before: &[usize], postmortem: usize, target: Option<f64>) -> Step {
    let earlier: Vec<&Postmortem> = before.iter().map(|postmortem| &*postmortems[*postmortem]).collect();
    let (later, last) = (&*postmortems[postmortem], earlier[earlier.len() - 1]);
    let previous = compare(last, later);
    Step {
        postmortem,
        best: compare_with_best(&earlier, later, &previous),
        previous,
        goal: goal(last, target),
        repeated_factors: repeated_factors(last, later),
        carried_over: carried_over(postmortems, before, later),
    }
}

/// The longest recovery after `previous`, in seconds.
fn goal(previous: &Postmortem, target: Option<f64>) -> Option<i64> {
    match Dimension::Recover.of(previous)? {
        ComparedValue::Time(measured) => Some((measured.seconds as f64 * target?).round() as i64),
        _ => None,
    }
}

/// The factors of `later` that `earlier` names too: the same slug, or a sentence of nearly the same words.
fn repeated_factors(earlier: &Postmortem, later: &Postmortem) -> Vec<String> {
    let before = factors(earlier);
    let known: Vec<Vec<String>> = before.iter().map(|factor| word_set(factor)).collect();
    let is_known = |factor: &String| {
        let words = word_set(factor);
        before.contains(factor) || known.iter().any(|other| jaccard(&words, other) >= SAME_WORDS)
    };
    factors(later).into_iter().filter(is_known).collect()
}

/// The factors of the front matter, and the entries of lists in the section.
fn factors(postmortem: &Postmortem) -> Vec<String> {
    let sections = postmortem.sections.iter().filter(|section| section.kind == SectionKind::Factors);
    let listed = sections.flat_map(|section| list_entries(&section.body));
    let mut factors: Vec<String> = Vec::new();
    for factor in postmortem.factors.iter().cloned().chain(listed) {
        if !factors.contains(&factor) {
            factors.push(factor);
        }
    }
    factors
}

fn word_set(sentence: &str) -> Vec<String> {
    let mut words = tokens(sentence);
    words.sort();
    words.dedup();
    words
}

/// The share of common words among all words of two sorted lists; 0 of nothing.
fn jaccard(one: &[String], other: &[String]) -> f64 {
    let common = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// An action that was done on the day on which it came back counts as done.
fn carried_over(postmortems: &[Arc<Postmortem>], before: &[usize], later: &Postmortem) -> Vec<CarriedOver> {
    let day = later.happened().map(|start| Zone::UTC.date(start));
    let was_open = |action: &Action| match (action.done, day) {
        (Some(done), Some(day)) => done > day,
        (done, _) => done.is_none(),
    };
    let of = |postmortem: &usize| {
        let actions = postmortems[*postmortem].actions.iter().enumerate();
        let open: Vec<usize> = actions.filter(|(_, action)| was_open(action)).map(|(place, _)| place).collect();
        let postmortem = *postmortem;
        open.into_iter().map(move |action| CarriedOver { postmortem, action })
    };
    before.iter().flat_map(of).collect()
}
