//! An entry that gives up before the longest request is answered.
//!
//! # What it does
//!
//! Compares `drain.longestRequestSeconds` with the time after which the entry gives a request up:
//! `ingress.limits.requestSeconds`, and `ingress.limits.idleSeconds` with an AWS load balancer, which knows no other.
//!
//! # Why it matters
//!
//! Who calls gets 504 although the gateway still works on the answer, and a statement that changes something may have been
//! carried out.
//!
//! # Example
//!
//! ```yaml
//! ingress:
//!   limits: { idleSeconds: 60, requestSeconds: 60 }
//! gatewayGroupDefaults:
//!   traffic:
//!     ingress:
//!       limits: { idleSeconds: 60 }  # found here
//!     drain: { longestRequestSeconds: 90 }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! ingress:
//!   limits: { idleSeconds: 90, requestSeconds: 60 }
//! gatewayGroupDefaults:
//!   traffic:
//!     drain: { longestRequestSeconds: 90 }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H013",
    level: Level::Recommended,
    rows: &["S0-024", "S1-012", "S1-330"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let longest = pod.drain.longest_request_seconds.get();
        if let Some((seconds, path)) = pod.entry_timeout.filter(|(seconds, _)| *seconds < longest) {
            let message = format!("the entry gives up after {seconds} seconds, and the longest request takes {longest}");
            found.push(Found::at(&path, message).set(&path, longest));
        }
    }
    found
}
