//! Gateways that are forgotten between two registrations.
//!
//! # What it does
//!
//! Compares `topology.registrationTtlSeconds` with twice `topology.pollIntervalSeconds`.
//!
//! # Why it matters
//!
//! One late registration, and the Admin Node Manager drops a gateway that serves: monitoring and events of it are
//! missing.
//!
//! # Example
//!
//! ```yaml
//! topology:
//!   registrationTtlSeconds: 40  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! topology:
//!   registrationTtlSeconds: 120
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H012",
    level: Level::Recommended,
    rows: &["S0-020", "S1-229"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let topology = &subject.values.topology;
    let (ttl, poll) = (topology.registration_ttl_seconds.get(), topology.poll_interval_seconds.get());
    let found = (ttl < 2 * poll).then(|| {
        let message = format!("a gateway registers every {poll} seconds, and is dropped after {ttl}");
        Found::at("topology.registrationTtlSeconds", message).set("topology.registrationTtlSeconds", 4 * poll)
    });
    found.into_iter().collect()
}
