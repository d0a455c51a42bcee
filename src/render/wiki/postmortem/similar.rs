//! Earlier postmortems that a postmortem looks like, and what it would mean if it were the same.

use serde::Serialize;

use super::{PostmortemRow, Wiki, postmortem_row};
use crate::render::wiki::comparison;
use crate::render::wiki::judgement::Judgement;
use crate::view::{LikenessAnswer, compare};

#[derive(Serialize)]
pub(super) struct Candidate {
    postmortem: PostmortemRow,
    /// The cosine, with two decimals.
    score: String,
    answer: String,
    /// Whether the author still owes the answer.
    is_unanswered: bool,
    /// What the comparison would say.
    verdict: Judgement,
}

/// The candidates of the postmortem at this place of the site's list.
pub(super) fn candidates(wiki: &Wiki, index: usize) -> Vec<Candidate> {
    let (postmortems, later) = (&wiki.site.postmortems, &wiki.site.postmortems[index]);
    let Some(found) = wiki.known.learning.candidates.get(index) else { return Vec::new() };
    let candidate = |candidate: &crate::view::Candidate| {
        let earlier = &postmortems[candidate.postmortem];
        Candidate {
            postmortem: postmortem_row(wiki, earlier),
            score: format!("{:.2}", candidate.score),
            answer: answer(wiki, &candidate.answer),
            is_unanswered: candidate.is_unanswered(),
            verdict: comparison::verdict(wiki, compare(earlier, later).verdict),
        }
    };
    found.iter().map(candidate).collect()
}

/// The reason why it is another one stands among the look-alikes.
fn answer(wiki: &Wiki, answer: &LikenessAnswer) -> String {
    let key = match answer {
        LikenessAnswer::LookAlike(_) => "pm_answer_other",
        LikenessAnswer::Recurrence => "pm_answer_came_back",
        LikenessAnswer::SameCause => "pm_answer_same_cause",
        LikenessAnswer::Open => "pm_answer_none",
    };
    wiki.look.theme.messages.get(key).to_owned()
}
