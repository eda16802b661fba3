//! A disruption budget that lets no pod go.
//!
//! # What it does
//!
//! Finds `disruptionBudget.maxUnavailable: 0`.
//!
//! # Why it matters
//!
//! No node with such a pod can be drained: every upgrade of the cluster stops there until somebody deletes the pod by
//! hand.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     disruptionBudget: { maxUnavailable: 0 }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     disruptionBudget: { maxUnavailable: 1 }
//! ```

use super::{Check, Definition, Found, Level, Rounding, Subject, pods_of};

pub(super) const RULE: Definition = Definition {
    id: "H002",
    level: Level::Recommended,
    rows: &["S1-012", "S1-357"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let budget = pod.disruption_budget;
        if budget.enabled && pods_of(budget.max_unavailable, pod.most, Rounding::Up) == 0 {
            let path = format!("{}.disruptionBudget.maxUnavailable", pod.path);
            found.push(Found::at(&path, "no pod may go, so that no node can be drained").set(&path, 1));
        }
    }
    found
}
