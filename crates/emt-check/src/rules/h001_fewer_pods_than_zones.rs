//! Production with fewer traffic gateways than zones.
//!
//! # What it does
//!
//! Compares the smallest number of traffic gateways of each group with the three zones of the reference architecture.
//!
//! # Why it matters
//!
//! A zone without a pod serves nothing, and when one that has some is lost, half of the capacity goes or all of it.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       autoscaling: { minReplicas: 2 }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       autoscaling: { minReplicas: 3 }
//! ```

use super::{Check, Component, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H001",
    level: Level::Recommended,
    rows: &["S1-061", "S1-087", "S1-259"],
    check: Check::Environment(check),
};

/// The zones of the reference architecture (S1-061).
const ZONES: i64 = 3;

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let pods = subject.pods().into_iter().filter(|_| subject.is_production());
    let few = pods.filter(|pod| pod.component == Component::Traffic && pod.least.0 < ZONES);
    let found = |pod: super::Pod<'_>| {
        let (count, path) = pod.least;
        Found::at(&path, format!("{count} of {ZONES} zones have a pod: {} too few", ZONES - count)).set(path, ZONES)
    };
    few.map(found).collect()
}
