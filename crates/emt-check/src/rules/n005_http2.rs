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
    // Said once where the root says it for all.
    let paths = if subject.values.ingress.http2 {
        let any = subject.entries().iter().any(|entry| entry.http2);
        any.then(|| "ingress.http2".to_owned()).into_iter().collect()
    } else {
        let own = subject.entries().into_iter().filter(|entry| entry.http2);
        own.map(|entry| format!("{}.http2", entry.path)).collect::<Vec<_>>()
    };
    let found = |path: String| {
        let message = "clients may speak HTTP/2, which the reference architecture turns off";
        Found::at(&path, message).set(&path, false)
    };
    paths.into_iter().map(found).collect()
}
