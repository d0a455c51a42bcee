//! What the pages show, as pure functions of the model and of `now`.
//!
//! Views take the slices they need, not a site: the public pages and the wiki share one arithmetic,
//! and an internal incident never moves a public number.

mod actions;
mod cadence;
mod chain;
mod comparison;
mod concurrent;
mod duties;
mod duty;
mod edits;
mod families;
mod history;
mod incident_snapshot;
mod incident_story;
mod interval;
mod learning;
mod likeness;
mod maintenance_snapshot;
mod maintenance_story;
mod monthly;
mod occurrences;
mod postmortem_stats;
mod postmortems_due;
mod risk;
mod settled;
mod statistics;
mod status;
#[cfg(test)]
mod tests;
mod times;
mod tokens;
mod transition;
mod updates;
mod uptime;
mod withdrawn;

pub(crate) use actions::Progress;
pub use actions::{ActionState, actions};
pub(crate) use cadence::{
    DueState, GRACE, LEFT_OPEN_AFTER, Promise, PromiseOutcome, PromisesKept, UpdateGap, allowed_gap, promises,
    update_gaps,
};
pub(crate) use chain::Step;
pub use chain::{CarriedOver, Chain, chains};
pub(crate) use comparison::ComparedValue;
pub use comparison::{Change, Comparison, Dimension, Outcome, Verdict, compare};
pub(crate) use concurrent::Concurrent;
pub use duties::duties;
pub use duty::Duty;
pub(crate) use duty::{CAPACITY_STALE_AFTER, Due, DutyGroup, DutyKind};
pub(crate) use edits::{announcement_edited, incident_edits, maintenance_edits};
pub use history::Month;
pub(crate) use history::{HistoryEntry, months};
pub use incident_snapshot::incident_snapshots;
pub(crate) use incident_snapshot::{IncidentSnapshot, with_ends, with_messages};
pub(crate) use incident_story::Span;
pub(crate) use interval::Interval;
pub(crate) use learning::Learning;
pub use likeness::{Candidate, DEMANDING, LikenessAnswer, SHOWN, candidates, nearest};
pub use maintenance_snapshot::maintenance_snapshots;
pub(crate) use maintenance_snapshot::{MaintenanceSnapshot, MaintenanceState};
pub(crate) use maintenance_snapshot::{maintenance_to_come, time_at_hand, time_of_day};
pub(crate) use maintenance_story::MaintenanceStep;
pub use monthly::{MONTHS, MonthUptime, monthly};
pub(crate) use postmortem_stats::{MetricStats, PostmortemStats, postmortem_stats};
pub(crate) use risk::{Effort, Phases, Risk, effort, risk_of_causes, risk_of_components};
pub(crate) use statistics::TrendChange;
pub use statistics::{LEVEL, Sample, Trend, compare_periods, trend, wilson};
pub(crate) use status::present;
pub(crate) use status::{ComponentState, GroupState, Headline};
pub use status::{Overview, overview};
pub(crate) use times::{Measurement, Metric};
pub use transition::{next_change, next_transition};
pub(crate) use updates::{PublishedStatus, PublishedUpdate, StatusChange, UpdateKey, UpdateText};
pub(crate) use uptime::{Cause, Day, Trouble, WEIGHTS};
pub use uptime::{DAYS, Record, Uptime, records, window_start, worst_days};
pub(crate) use withdrawn::withdrawn_work;
