//! Production whose traffic gateways do not scale.
//!
//! # What it does
//!
//! Finds groups of production with `traffic.autoscaling.enabled: false`.
//!
//! # Why it matters
//!
//! More load than was foreseen meets the same pods: they slow down together.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       replicas: 3
//!       autoscaling: { enabled: false }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       autoscaling: { enabled: true }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H009",
    level: Level::Recommended,
    rows: &["S1-151", "S1-258"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let groups = subject.groups.iter().filter(|_| subject.is_production());
    let fixed = groups.filter(|group| !group.values.traffic.autoscaling.enabled);
    let found = |group: &super::Group| {
        let path = format!("{}.traffic.autoscaling.enabled", group.path);
        Found::at(&path, "the number of traffic gateways does not follow the load").set(&path, true)
    };
    fixed.map(found).collect()
}
