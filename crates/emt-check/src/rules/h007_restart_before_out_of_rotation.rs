//! A liveness probe that is quicker than readiness.
//!
//! # What it does
//!
//! Compares the seconds after which each of the two probes counts as failed.
//!
//! # Why it matters
//!
//! A gateway under load is restarted before it had the chance to be left alone for a while: its requests are lost, and
//! the others get its load.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     probes:
//!       liveness: { periodSeconds: 5, failureThreshold: 1 }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     probes:
//!       liveness: { periodSeconds: 30, failureThreshold: 3 }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H007",
    level: Level::Recommended,
    rows: &["S1-145", "S1-253"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let (liveness, readiness) = (pod.liveness.seconds(), pod.readiness.seconds());
        if liveness <= readiness {
            let path = format!("{}.probes.liveness.failureThreshold", pod.path);
            let message = format!("a pod is restarted after {liveness} seconds, and taken out of rotation after {readiness}");
            let threshold = readiness * pod.liveness.threshold() / liveness.max(1) + 1;
            found.push(Found::at(&path, message).set(path, threshold * 2));
        }
    }
    found
}
