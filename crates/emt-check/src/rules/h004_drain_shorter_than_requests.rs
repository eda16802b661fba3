//! Pods that end before the longest request does.
//!
//! # What it does
//!
//! Compares `drain.longestRequestSeconds` with the time for which the entry waits for an answer
//! (`ingress.limits.requestSeconds`).
//!
//! # Why it matters
//!
//! Kubernetes kills the pod when its grace period is over. Requests that the entry would have waited for are cut.
//!
//! # Example
//!
//! ```yaml
//! ingress:
//!   limits: { idleSeconds: 120, requestSeconds: 120 }
//! gatewayGroupDefaults:
//!   manager:
//!     drain: { longestRequestSeconds: 120 }
//!   traffic:
//!     drain: { longestRequestSeconds: 60 }  # found here
//! adminNodeManager:
//!   drain: { longestRequestSeconds: 120 }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! ingress:
//!   limits: { requestSeconds: 60 }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H004",
    level: Level::Recommended,
    rows: &["S0-024", "S1-012", "S1-330"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let drain = pod.drain.longest_request_seconds.get();
        if let Some(entry) = pod.request_seconds.filter(|entry| *entry > drain) {
            let path = format!("{}.drain.longestRequestSeconds", pod.path);
            let message = format!("the entry waits {entry} seconds for an answer, and a pod that ends gives {drain}");
            found.push(Found::at(&path, message).set(&path, entry));
        }
    }
    found
}
