//! Chains of reports of one cause.

use candor::view::{CarriedOver, Chain, Dimension, Outcome, Verdict, chains};

use super::{read, took};

/// The ids of each chain's reports.
fn members(files: &[String]) -> Vec<Vec<String>> {
    let postmortems = read(files);
    let ids =
        |chain: Chain| chain.postmortems.iter().map(|postmortem| postmortems[*postmortem].id.to_string()).collect();
    chains(&postmortems, None).into_iter().map(ids).collect()
}

/// The three times that load balancers lost their targets.
fn targets() -> Vec<String> {
    let cause = "cause: alb-targets-detached";
    let actions = "actions:
  - { id: A1, text: Alert on targets, owner: team, done: 2020-11-20 }
  - { id: A2, text: Set a timeout, owner: team, done: 2021-06-30 }
  - { id: A3, text: Test releases, owner: team, done: 2021-07-09 }
  - { id: A4, text: Write it down, owner: team }";
    vec![
        took("pm2021-006", "2021-06-30", 1, 5, cause),
        took("pm2020-005", "2020-10-01", 5, 15, &format!("{cause}\n{actions}")),
        took("pm2021-005", "2021-06-22", 8, 25, cause),
    ]
}

#[test]
fn causes_and_declared_recurrences_make_chains() {
    let day = |day: u32| format!("2021-03-{day:02}");
    let postmortem = |id: &str, on: u32, more: &str| took(id, &day(on), 1, 2, more);
    let files = [
        postmortem("e", 5, "recurrence_of: [c]"),
        postmortem("a", 1, "cause: flux"),
        postmortem("c", 3, ""),
        postmortem("d", 4, "cause: disk"),
        postmortem("b", 2, "cause: flux"),
        postmortem("f", 6, "cause: disk\nrecurrence_of: [E]"),
        postmortem("alone", 7, ""),
        postmortem("once", 8, "cause: mail"),
    ];
    assert_eq!(members(&files), [vec!["a", "b"], vec!["c", "d", "e", "f"], vec!["once"]]);
}

#[test]
fn each_is_compared_with_the_previous_and_with_the_best() {
    let postmortems = read(&targets());
    let chains = chains(&postmortems, Some(0.5));
    let [chain] = chains.as_slice() else { panic!("one chain: {chains:?}") };
    assert_eq!(chain.cause.as_deref(), Some("alb-targets-detached"));
    assert_eq!(chain.next_goal, Some(150), "half of five minutes");
    let [second, third] = chain.steps.as_slice() else { panic!("two steps: {chain:?}") };
    assert_eq!((second.previous.verdict, third.previous.verdict), (Verdict::Worse, Verdict::Better));
    assert_eq!((second.goal, third.goal), (Some(450), Some(750)));
    let best = |dimension| third.best.changes.iter().find(|change| change.dimension == dimension).unwrap();
    assert_eq!(best(Dimension::Detect).outcome, Outcome::Same);
    assert_eq!(best(Dimension::Detect).difference(), Some(-240.0));
    assert_eq!(best(Dimension::Recover).outcome, Outcome::Better);
    assert_eq!(best(Dimension::Recover).difference(), Some(-600.0));
}

#[test]
fn the_best_is_the_best_of_each_dimension() {
    let cause = "cause: logs";
    let (first, second) = (took("a", "2021-01-01", 10, 400, cause), took("b", "2021-02-01", 50, 100, cause));
    let postmortems = read(&[first, second, took("c", "2021-03-01", 30, 200, cause)]);
    let chains = chains(&postmortems, None);
    let step = &chains[0].steps[1];
    assert_eq!(step.previous.verdict, Verdict::Mixed);
    assert_eq!(step.best.verdict, Verdict::Worse, "10 minutes and 100 minutes have been reached before");
    assert_eq!(step.goal, None);
}

#[test]
fn actions_that_were_open_when_it_came_back_are_carried_over() {
    let postmortems = read(&targets());
    let chains = chains(&postmortems, None);
    let at = |postmortem, action| CarriedOver { postmortem, action };
    assert_eq!(chains[0].steps[0].carried_over, [at(0, 1), at(0, 2), at(0, 3)]);
    assert_eq!(chains[0].steps[1].carried_over, [at(0, 2), at(0, 3)], "what is done on the day is done");
}

#[test]
fn factors_that_stand_there_again_are_found() {
    let first = "\n## Contributing factors\n\n- No version lock on Flux component\n- Version bumps to Flux leads to unwanted \
                 downtime\n- Nobody was in the office\n";
    let second = "\n## Contributing Factors\n\n* No version lock on the Flux component.\n* Nobody looked at the logs\n";
    let cause = |factors: &str| format!("cause: flux\nfactors: [{factors}]");
    let postmortems = read(&[
        took("a", "2021-02-15", 40, 55, &cause("no-ingress-test, flux-unpinned")) + first,
        took("b", "2021-02-19", 20, 48, &cause("flux-unpinned")) + second,
    ]);
    let chains = chains(&postmortems, None);
    assert_eq!(chains[0].steps[0].repeated_factors, ["flux-unpinned", "No version lock on the Flux component."]);
}
