//! Network policies that let nobody call published hosts.
//!
//! # What it does
//!
//! Finds `networkPolicy.enabled` with hosts that are published and no entry below `ingressControllers`.
//!
//! # Why it matters
//!
//! Everything is denied that is not allowed. The entry reaches no pod, and callers get errors of the load balancer.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! networkPolicy:  # found here
//!   enabled: true
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! networkPolicy:
//!   enabled: true
//!   ingressControllers:
//!     load-balancer: { cidrs: [10.21.0.0/20] }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N007",
    level: Level::Recommended,
    rows: &["S1-N04", "S1-127"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let policies = &subject.values.network_policy;
    let published = !subject.entries().is_empty();
    let found = policies.enabled && policies.ingress_controllers.is_empty() && published;
    let found = found.then(|| {
        Found::at("networkPolicy.ingressControllers", "hosts are published, and no policy lets their entry call the pods")
            .help("name the entry's namespace, or the ranges of the load balancer")
    });
    found.into_iter().collect()
}
