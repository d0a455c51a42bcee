//! Alarms of monitors: what a webhook says, in any format that a mapping describes, and what it means for the incidents of
//! a site. Pure: a body, the state of before and `now` in; decisions and the state of after out.

mod alarm;
mod decide;
mod format;
mod moment;
mod state;

pub use alarm::{Alarm, AlarmState, read};
pub use decide::{Decision, OpenIncident, decide};
pub use format::{AlertFormat, PRESETS};
pub use state::{AlarmRecord, AlertRecords};
