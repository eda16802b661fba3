//! Production that speaks to its metrics database in clear text.
//!
//! # What it does
//!
//! Finds `metricsDatabase.tls: none` in environments of production.
//!
//! # Why it matters
//!
//! User, password and what callers do pass the network readable. The reference architecture encrypts all communication.
//!
//! # Example
//!
//! ```yaml
//! metricsDatabase:
//!   tls: none  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! metricsDatabase:
//!   tls: verify
//! ```

use emt_model::choices::DatabaseTls;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "D008",
    level: Level::Required,
    rows: &["S1-268", "S1-269"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let database = &subject.values.metrics_database;
    let found = subject.is_production() && database.enabled && database.tls == DatabaseTls::None;
    let found = found.then(|| {
        Found::at("metricsDatabase.tls", "passwords and metrics pass the network in clear text")
            .set("metricsDatabase.tls", DatabaseTls::Required.as_str())
    });
    found.into_iter().collect()
}
