//! Production that traces in detail.
//!
//! # What it does
//!
//! Finds `traceLevel` of `DEBUG` or `DATA` in environments of production.
//!
//! # Why it matters
//!
//! `DATA` writes what callers send and get, with their passwords and tokens, into the logs; both slow the gateway down.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     traceLevel: DATA  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     traceLevel: INFO
//! ```

use emt_model::choices::TraceLevel;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "O004",
    level: Level::Recommended,
    rows: &["S1-212"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let pods = subject.pods().into_iter().filter(|_| subject.is_production());
    let found = |pod: super::Pod<'_>| {
        let message = match pod.trace_level {
            TraceLevel::Info => return None,
            TraceLevel::Debug => "DEBUG slows the gateway down, and fills the logs",
            TraceLevel::Data => "DATA writes what callers send into the logs",
        };
        let path = format!("{}.traceLevel", pod.path);
        Some(Found::at(&path, message).set(&path, TraceLevel::Info.as_str()))
    };
    pods.filter_map(found).collect()
}
