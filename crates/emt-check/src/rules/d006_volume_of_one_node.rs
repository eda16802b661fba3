//! A shared volume that one node alone can mount.
//!
//! # What it does
//!
//! Finds claims for events and log files with the access mode `ReadWriteOnce`.
//!
//! # Why it matters
//!
//! All gateways and the Admin Node Manager mount them. On a cluster of several nodes most pods would wait for the
//! volume for ever.
//!
//! # Example
//!
//! ```yaml
//! events:
//!   storage: { accessMode: ReadWriteOnce }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! events:
//!   storage: { accessMode: ReadWriteMany }
//! ```

use emt_model::choices::{AccessMode, EventsStorage, LogStorageKind};

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "D006",
    level: Level::Recommended,
    rows: &["S1-032", "S1-085", "S1-092", "S1-209", "S1-244"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let (events, logs) = (&subject.values.events.storage, &subject.values.logging.volumes);
    let claims = [
        ("events.storage", events.kind == EventsStorage::Claim, events.access_mode),
        ("logging.volumes.trace.storage", logs.trace.storage.kind == LogStorageKind::Claim, logs.trace.storage.access_mode),
        (
            "logging.volumes.opentraffic.storage",
            logs.opentraffic.storage.kind == LogStorageKind::Claim,
            logs.opentraffic.storage.access_mode,
        ),
        ("logging.volumes.audit.storage", logs.audit.storage.kind == LogStorageKind::Claim, logs.audit.storage.access_mode),
    ];
    let once = claims.into_iter().filter(|(_, is_claim, mode)| *is_claim && *mode == AccessMode::ReadWriteOnce);
    let found = |(path, ..): (&str, bool, AccessMode)| {
        let path = format!("{path}.accessMode");
        let message = "pods on several nodes mount this volume, and ReadWriteOnce lets one node";
        Found::at(&path, message).set(&path, AccessMode::ReadWriteMany.as_str())
    };
    once.map(found).collect()
}
