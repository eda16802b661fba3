//! A metrics database that no events reach.
//!
//! # What it does
//!
//! Finds values with a metrics database whose events lie on a volume of each pod (`events.storage.type: emptyDir`).
//!
//! # Why it matters
//!
//! The Admin Node Manager reads the gateways' events from the volume that they share, and fills the database with them.
//! Without it the database stays empty.
//!
//! # Example
//!
//! ```yaml
//! events:
//!   storage: { type: emptyDir }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! events:
//!   storage: { type: emptyDir }
//! metricsDatabase:
//!   enabled: false
//! ```

use emt_model::choices::EventsStorage;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "D007",
    level: Level::Recommended,
    rows: &["S0-022", "S1-025", "S1-026", "S1-085"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let values = &subject.values;
    let alone = values.events.storage.kind == EventsStorage::EmptyDir && values.metrics_database.enabled;
    let found = alone.then(|| {
        let message = "each pod keeps its own events, so that the metrics database stays empty";
        Found::at("events.storage.type", message).set("events.storage.type", EventsStorage::Claim.as_str())
    });
    found.into_iter().collect()
}
