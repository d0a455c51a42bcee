//! Comparisons of random reports.

use candor::model::{CustomerImpact, Id, Mark, Marked, Marks, Postmortem, Precision, Severity};
use candor::time::Time;
use candor::validate;
use candor::view::{Outcome, Verdict, compare};
use proptest::option::of;
use proptest::prelude::*;

use crate::support::cases;

/// A report without a fact.
fn bare() -> Postmortem {
    let text = b"---\ntitle: Payments fail\n---\n";
    validate::postmortem("content/postmortems/payments-fail.md", &text[..], None).value.expect("a report")
}

fn marked() -> impl Strategy<Value = Marked> {
    let precision = prop_oneof![
        4 => Just(Precision::Minute),
        1 => Just(Precision::Exact),
        1 => Just(Precision::Estimated),
        1 => Just(Precision::Hour),
    ];
    // Small values meet the tolerance of five minutes, large ones that of a tenth.
    let minutes = prop_oneof![0..40_i64, 0..4_000_i64];
    (minutes, precision).prop_map(|(minutes, precision)| Marked {
        at: Time::from_millis(1_600_000_000_000).plus_seconds(minutes * 60),
        precision,
        from_incident: false,
    })
}

fn report() -> impl Strategy<Value = Postmortem> {
    let marks =
        [Mark::Started, Mark::Detected, Mark::Identified, Mark::Resolved].map(|mark| (Just(mark), of(marked())));
    (marks, of(0..4_usize), of(0..100_u8), of(0..5000_i64), 0..4_usize).prop_map(
        |(marks, rank, share, users, touched)| {
            let mut times: std::collections::BTreeMap<Mark, Marked> =
                marks.into_iter().filter_map(|(mark, marked)| Some((mark, marked?))).collect();
            // All that is known lies after the start.
            if let Some(start) = times.get_mut(&Mark::Started) {
                start.at = Time::from_millis(1_600_000_000_000);
            }
            Postmortem {
                marks: Marks { times },
                severity: rank.map(|rank| Severity { rank, name: format!("SEV{}", rank + 1).into() }),
                customer_impact: CustomerImpact { users_pct: share.map(f64::from), users, ..CustomerImpact::default() },
                components: (0..touched).map(|_| Id::new("api").expect("an id")).collect(),
                ..bare()
            }
        },
    )
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_report_is_neither_better_nor_worse_than_itself(report in report()) {
        let comparison = compare(&report, &report);
        prop_assert!(matches!(comparison.verdict, Verdict::Same | Verdict::Unknown));
        let known = comparison.changes.iter().filter(|change| change.outcome != Outcome::Unknown);
        prop_assert_eq!(known.map(|change| change.difference().unwrap_or(1.0)).sum::<f64>(), 0.0);
    }

    /// The tolerance is a share of the earlier value, so that what got worse by a little more than it may
    /// be within it the other way round. What got better cannot.
    #[test]
    fn what_is_better_is_worse_the_other_way_round(one in report(), other in report()) {
        let (forth, back) = (compare(&one, &other), compare(&other, &one));
        if forth.verdict == Verdict::Better {
            prop_assert_eq!(back.verdict, Verdict::Worse);
        }
        for (forth, back) in forth.changes.iter().zip(&back.changes) {
            prop_assert_eq!(forth.dimension, back.dimension);
            prop_assert_eq!(forth.outcome == Outcome::Unknown, back.outcome == Outcome::Unknown);
            prop_assert!(forth.outcome != Outcome::Better || back.outcome == Outcome::Worse);
            prop_assert!(forth.outcome != Outcome::Worse || back.outcome != Outcome::Worse);
        }
        prop_assert_eq!(forth.verdict == Verdict::Unknown, back.verdict == Verdict::Unknown);
    }
}
