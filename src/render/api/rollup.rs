//! The components' statuses in one word and one phrase, row by row as Statuspage's own table has it
//! (<https://support.atlassian.com/statuspage/docs/top-level-status-and-incident-impact-calculations>).
//! The page's headline also weighs which components are core; readers of this format expect the table.

use super::wire::ApiStatus;
use crate::model::{ComponentStatus, MaintenanceIndicator};

/// The rollup of these components; groups are none of them.
pub(super) fn rollup(statuses: &[ComponentStatus], maintenance: MaintenanceIndicator) -> ApiStatus {
    use ComponentStatus::{DegradedPerformance, MajorOutage, Operational, PartialOutage, UnderMaintenance};
    let worst = statuses.iter().copied().max().unwrap_or(Operational);
    let is_alone = statuses.len() == 1;
    let are_all = statuses.iter().all(|status| *status == worst);
    let (indicator, description) = match worst {
        MajorOutage if are_all => ("critical", "Major System Outage"),
        MajorOutage => ("major", "Partial System Outage"),
        PartialOutage if are_all => ("major", "Partial System Outage"),
        PartialOutage => ("minor", "Minor Service Outage"),
        DegradedPerformance if are_all && !is_alone => ("minor", "Degraded System Service"),
        DegradedPerformance => ("minor", "Partially Degraded Service"),
        UnderMaintenance => (maintenance.word(), "Service Under Maintenance"),
        Operational => ("none", "All Systems Operational"),
    };
    ApiStatus { indicator, description }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/api` holds the other rows to the table; no content has a page without components.
    #[test]
    fn without_components_all_is_well() {
        let status = rollup(&[], MaintenanceIndicator::Maintenance);
        assert_eq!((status.indicator, status.description), ("none", "All Systems Operational"));
    }
}
