//! A gateway group that was never tried.
//!
//! # What it does
//!
//! Finds groups of production that the environment which it is promoted from does not have.
//!
//! # Why it matters
//!
//! Its configuration, its hosts and its keyspace meet the first calls in production.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   partners:  # found here
//!     image: { tag: "partners-1.0.0@sha256:4f9c1d2e3b5a6978c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7" }
//!     hosts: { manager: partners-apimgmt, traffic: partners }
//!     cassandra: { keyspace: apim_partners }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   partners:
//!     image: { tag: partners-1.0.0 }
//!     hosts: { manager: partners-apimgmt, traffic: partners }
//!     cassandra: { keyspace: apim_partners }
//! ```
//!
//! ```yaml
//! gatewayGroups:
//!   partners:
//!     image: { tag: "partners-1.0.0@sha256:4f9c1d2e3b5a6978c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7" }
//!     hosts: { manager: partners-apimgmt, traffic: partners }
//!     cassandra: { keyspace: apim_partners }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "P002",
    level: Level::Recommended,
    rows: &["S1-248", "S1-338"],
    check: Check::Promotion(check),
};

fn check(subject: &Subject<'_>, before: &Subject<'_>) -> Vec<Found> {
    let environment = before.environment.unwrap_or_default();
    let known = |group: &&super::Group| before.groups.iter().any(|other| other.name == group.name);
    let groups = subject.groups.iter().filter(|group| subject.is_production() && !known(group));
    let found = |group: &super::Group| {
        let message = format!("{environment} has no group {}: it was never tried", group.name);
        Found::at(&group.path, message).help("add the group there first").other(environment, "gatewayGroups")
    };
    groups.map(found).collect()
}
