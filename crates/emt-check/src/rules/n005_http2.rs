//! An entry that speaks HTTP/2.
//!
//! # What it does
//!
//! Finds `http2: true`.
//!
//! # Why it matters
//!
//! The reference architecture turns it off: the gateway speaks HTTP/1.1, and long connections of one client stay with
//! one pod.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   http2: true  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   http2: false
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N005",
    level: Level::Recommended,
    rows: &["S1-166"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let paths = subject.ingress_paths("http2", subject.values.ingress.http2, |entry| entry.http2);
    let found = |path: String| {
        let message = "clients may speak HTTP/2, which the reference architecture turns off";
        Found::at(&path, message).set(&path, false)
    };
    paths.into_iter().map(found).collect()
}
