//! What the pages show, as pure functions of the model and of `now`.
//!
//! Views take the slices they need, not a site: the public pages and the wiki share one arithmetic,
//! and an internal incident never moves a public number.

mod actions;
mod cadence;
mod chain;
mod comparison;
mod duties;
mod duty;
mod families;
mod history;
mod incident_snapshot;
mod incident_story;
mod interval;
mod learning;
mod likeness;
mod maintenance_snapshot;
mod maintenance_story;
mod postmortem_stats;
mod reports_due;
mod risk;
mod statistics;
mod status;
#[cfg(test)]
mod tests;
mod times;
mod tokens;
mod transition;
mod updates;
mod uptime;

pub use actions::{ActionState, Progress, actions};
pub use cadence::{
    DueState, GRACE, LEFT_OPEN_AFTER, Promise, PromiseOutcome, PromisesKept, UPDATE_DUE_WITHIN, UpdateGap, allowed_gap,
    promises, update_gaps,
};
pub use chain::{CarriedOver, Chain, Step, chains};
pub use comparison::{Change, Comparison, Dimension, Outcome, Value, Verdict, compare};
pub use duties::duties;
pub use duty::{CAPACITY_STALE_AFTER, Due, Duty, DutyGroup, DutyKind, SOON};
pub use history::{HistoryEntry, Month, months};
pub use incident_snapshot::{IncidentSnapshot, incident_snapshots, with_messages};
pub use incident_story::Span;
pub use interval::Interval;
pub use learning::Learning;
pub use likeness::{Answer, Candidate, DEMANDING, SHOWN, candidates, nearest};
pub use maintenance_snapshot::{MaintenanceSnapshot, MaintenanceState, maintenance_snapshots};
pub use maintenance_story::MaintenanceStep;
pub use postmortem_stats::{MetricStats, PostmortemStats, postmortem_stats};
pub use reports_due::{LONG_OUTAGE, USUAL_DUE};
pub use risk::{Effort, Phases, Risk, effort, risk_of_causes, risk_of_components, weight};
pub use statistics::{Finding, LEVEL, MedianInterval, Sample, Trend, compare_periods, trend, wilson};
pub use status::{ComponentState, GroupState, Headline, Overview, overview};
pub use times::{Measurement, Metric};
pub use transition::{next_change, next_transition};
pub use updates::{PublishedStatus, PublishedUpdate, StatusChange, UpdateKey, UpdateText};
pub use uptime::{Cause, DAYS, Day, Record, Trouble, Uptime, WEIGHTS, records, window_start};
