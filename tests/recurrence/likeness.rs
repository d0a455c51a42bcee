//! Candidates: earlier reports that a report looks like.

use std::time::{Duration, Instant};

use candor::view::{LikenessAnswer, candidates};

use super::read;

fn about(id: &str, title: &str, more: &str, summary: &str) -> String {
    format!("---\nid: {id}\ntitle: {title}\n{more}\n---\n## Summary\n\n{summary}\n")
}

const TARGETS: &str = "All targets of the load balancer were detached by an upgrade.";

/// Two reports in the same words, and what the later one says to the earlier one.
fn answer(earlier: &str, later: &str) -> LikenessAnswer {
    let postmortems = read(&[
        about("pm-1", "Services return 503", earlier, TARGETS),
        about("pm-2", "Services return 503", later, TARGETS),
        about("pm-3", "Certificates ran out", "", "Nobody renewed the mail server."),
    ]);
    let found = candidates(&postmortems);
    assert_eq!((found[0].len(), found[2].len()), (0, 0));
    let [candidate] = found[1].as_slice() else { panic!("one candidate: {found:?}") };
    assert_eq!(candidate.postmortem, 0);
    assert!((candidate.score - 1.0).abs() < 1e-9, "the same words: {}", candidate.score);
    assert_eq!(candidate.is_unanswered(), candidate.answer == LikenessAnswer::Open);
    candidate.answer.clone()
}

#[test]
fn an_author_has_four_answers() {
    assert_eq!(answer("", ""), LikenessAnswer::Open);
    assert_eq!(answer("", "recurrence_of: [PM-1]"), LikenessAnswer::Recurrence);
    assert_eq!(answer("cause: alb", "cause: alb"), LikenessAnswer::SameCause);
    assert_eq!(answer("cause: alb", "cause: cni"), LikenessAnswer::Open, "another name may still be the same cause");
    let other = LikenessAnswer::LookAlike("another cause".to_owned());
    assert_eq!(answer("", "not_recurrence_of: [{ id: PM-1, why: another cause }]"), other);
    assert_eq!(answer("not_recurrence_of: [{ id: PM-2, why: another cause }]", ""), other);
}

#[test]
fn three_are_shown_and_the_nearest_comes_first() {
    let postmortem = |number: usize, title: &str| about(&format!("pm-{number}"), title, "", "");
    let titles =
        ["Kafka lost metrics", "Kafka lost disks", "Mail queue stuck", "Kafka lost mail", "Kafka lost disks again"];
    let files: Vec<String> = titles.iter().enumerate().map(|(number, title)| postmortem(number, title)).collect();
    let found = candidates(&read(&files));
    assert_eq!(found[4].iter().map(|candidate| candidate.postmortem).collect::<Vec<_>>(), [1, 3, 0]);
    assert!(found[4].is_sorted_by(|a, b| a.score >= b.score));
    assert_eq!(found, candidates(&read(&files)));
}

#[test]
fn japanese_postmortems_are_compared_by_pairs_of_characters() {
    let files = [
        about("pm-1", "決済サービスの障害", "", "ロードバランサーの設定変更により決済が失敗した。"),
        about("pm-2", "メール配信の遅延", "", "キューが詰まった。"),
        about("pm-3", "決済サービスの再障害", "", "ロードバランサーの更新により決済が失敗した。"),
    ];
    let found = candidates(&read(&files));
    assert_eq!(found[2].first().map(|candidate| candidate.postmortem), Some(0));
    assert!(found[2][0].is_demanding());
}

/// A thousand reports of 200 words out of 5,000, of which some are frequent. In a release build that
/// takes some 0.1 s; the bound leaves room for a debug build on a busy machine.
#[test]
fn a_thousand_postmortems_are_compared_in_no_time() {
    let mut state = 1_u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (state >> 33) as f64 / (1_u64 << 31) as f64;
        format!("word{}", (share * share * share * 5_000.0) as usize)
    };
    let mut text = |words: usize| (0..words).map(|_| word()).collect::<Vec<_>>().join(" ");
    let files: Vec<String> =
        (0..1000).map(|number| about(&format!("pm-{number:04}"), &text(5), "", &text(200))).collect();
    let postmortems = read(&files);
    let begun = Instant::now();
    let found = candidates(&postmortems);
    let took = begun.elapsed();
    assert_eq!(found.len(), 1000);
    assert!(took < Duration::from_secs(20), "{took:?}");
}
