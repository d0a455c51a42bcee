//! What the company's postmortems give together: worked out once, for the advice of `check`, for `report`
//! and for the wiki.

use super::{Candidate, Chain, Duty, candidates, chains, duties};
use crate::model::Site;
use crate::time::Time;

/// What is to be done, what came back, and what looks as if it had.
#[derive(Clone, Debug)]
pub struct Learning {
    /// What needs somebody, the most urgent first.
    pub duties: Vec<Duty>,
    /// The postmortems that share a cause, each compared with those before it; a cause that was seen once is
    /// a chain of one.
    pub chains: Vec<Chain>,
    /// For each postmortem of the site, the earlier ones that it looks like.
    pub candidates: Vec<Vec<Candidate>>,
}

impl Learning {
    /// What `site` gives at `now`.
    pub fn of(site: &Site, now: Time) -> Learning {
        Learning {
            duties: duties(site, now),
            chains: chains(&site.postmortems, site.internal.recovery_target),
            candidates: candidates(&site.postmortems),
        }
    }
}
