//! A gateway that gets too little time to start.
//!
//! # What it does
//!
//! Multiplies period and threshold of the startup probe: it is less than five minutes.
//!
//! # Why it matters
//!
//! A gateway that merges a configuration and connects to its databases needs minutes. One that is killed before begins
//! anew, and never gets there.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     probes:
//!       startup: { periodSeconds: 10, failureThreshold: 9 }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     probes:
//!       startup: { periodSeconds: 10, failureThreshold: 60 }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H005",
    level: Level::Recommended,
    rows: &["S1-145", "S1-253"],
    check: Check::Environment(check),
};

/// Seconds that a gateway gets at least.
const LEAST: i64 = 300;

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let seconds = pod.startup.seconds();
        if seconds < LEAST {
            let path = format!("{}.probes.startup.failureThreshold", pod.path);
            let message = format!("a pod that does not answer {seconds} seconds after its start is killed");
            let threshold = LEAST * pod.startup.threshold() / seconds.max(1) + 1;
            found.push(Found::at(&path, message).set(path, threshold));
        }
    }
    found
}
