//! Production without network policies.
//!
//! # What it does
//!
//! Finds `networkPolicy.enabled: false` in environments of production.
//!
//! # Why it matters
//!
//! Every pod of the cluster may speak to the management ports. On a cluster that nobody else uses the reference
//! architecture does without; on a shared one it does not.
//!
//! # Example
//!
//! ```yaml
//! networkPolicy:
//!   enabled: false  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! networkPolicy:
//!   enabled: true
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N008",
    level: Level::Advisory,
    rows: &["S1-005", "S1-124", "S1-125", "S1-126", "S1-127", "S1-129"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let found = subject.is_production() && !subject.values.network_policy.enabled;
    let message = "every pod of the cluster may speak to these";
    let found = found.then(|| Found::at("networkPolicy.enabled", message).set("networkPolicy.enabled", true));
    found.into_iter().collect()
}
