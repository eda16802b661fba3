//! Secrets in clear text beyond development.
//!
//! # What it does
//!
//! Finds `allowInlineSecrets: true` in environments of stage test and production.
//!
//! # Why it matters
//!
//! Whoever reads the values reads the secrets: the repository, the pipeline, Helm's record of the release.
//!
//! # Example
//!
//! ```yaml
//! allowInlineSecrets: true  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! allowInlineSecrets: false
//! secrets:
//!   cassandra-credentials:
//!     source: externalSecret
//!     store: { name: vault }
//!     data:
//!       username: { remoteKey: apim/cassandra, property: username }
//!       password: { remoteKey: apim/cassandra, property: password }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "A001",
    level: Level::Required,
    rows: &["S1-042", "S1-267"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let found = subject.is_beyond_development() && subject.values.allow_inline_secrets;
    let message = "secrets in clear text are for development alone";
    found.then(|| Found::at("allowInlineSecrets", message).set("allowInlineSecrets", false)).into_iter().collect()
}
