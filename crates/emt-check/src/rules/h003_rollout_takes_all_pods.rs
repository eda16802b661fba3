//! A rollout that takes all traffic gateways at once.
//!
//! # What it does
//!
//! Finds groups beyond development whose smallest number of traffic gateways `rollout.maxUnavailable` allows to be
//! missing together.
//!
//! # Why it matters
//!
//! Each change of an image or a value is then an outage, as long as a gateway needs to start.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       rollout: { maxSurge: 0, maxUnavailable: "100%" }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       rollout: { maxSurge: 1, maxUnavailable: 0 }
//! ```

use super::{Check, Component, Definition, Found, Level, Rounding, Subject, pods_of};

pub(super) const RULE: Definition = Definition {
    id: "H003",
    level: Level::Recommended,
    rows: &["S1-012", "S1-330", "S1-357"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let (least, _) = pod.least;
        let missing = pods_of(pod.rollout.max_unavailable, least, Rounding::Down);
        if subject.is_beyond_development() && pod.component == Component::Traffic && missing >= least {
            let path = format!("{}.rollout", pod.path);
            let message = format!("all of {least} pods may be missing while they are replaced");
            found.push(
                Found::at(format!("{path}.maxUnavailable"), message)
                    .set(format!("{path}.maxSurge"), 1)
                    .set(format!("{path}.maxUnavailable"), 0),
            );
        }
    }
    found
}
