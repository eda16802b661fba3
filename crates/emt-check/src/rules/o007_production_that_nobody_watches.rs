//! Production that no monitoring system can reach.
//!
//! # What it does
//!
//! Finds production whose network policies let no namespace of a monitoring system in.
//!
//! # Why it matters
//!
//! Metrics of the pods stay where nobody sees them: the first to know of a fault are the callers.
//!
//! # Example
//!
//! ```yaml
//! networkPolicy:
//!   monitoringNamespaces: []  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! networkPolicy:
//!   monitoringNamespaces: [monitoring]
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "O007",
    level: Level::Recommended,
    rows: &["S1-033", "S1-128"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let policies = &subject.values.network_policy;
    let found = subject.is_production() && policies.enabled && policies.monitoring_namespaces.is_empty();
    let message = "network policies let no monitoring system reach the pods";
    let found = found.then(|| {
        Found::at("networkPolicy.monitoringNamespaces", message).help("name the namespace that it runs in")
    });
    found.into_iter().collect()
}
