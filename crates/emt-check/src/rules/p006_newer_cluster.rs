//! A cluster that is newer than the one where changes are tried.
//!
//! # What it does
//!
//! Compares the `kubernetesVersion` of an environment with that of the environment which it is promoted from.
//!
//! # Why it matters
//!
//! A change that worked was tried on another version: what the newer one removed or does otherwise shows here first.
//!
//! # Example
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   staging: { kubernetesVersion: "1.34" }
//!   prod: { kubernetesVersion: "1.35" }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   staging: { kubernetesVersion: "1.35" }
//!   prod: { kubernetesVersion: "1.35" }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "P006",
    level: Level::Advisory,
    rows: &["S1-028", "S1-338"],
    check: Check::Promotion(check),
};

fn check(subject: &Subject<'_>, before: &Subject<'_>) -> Vec<Found> {
    let (Some(own), Some(first)) = (subject.kubernetes_version, before.kubernetes_version) else { return Vec::new() };
    let found = (own > first).then(|| {
        let environment = before.environment.unwrap_or_default();
        Found::of_environment(subject, "kubernetesVersion", format!("Kubernetes {own} here, and {first} in {environment} where it is tried"))
            .help(format!("upgrade the cluster of {environment} first"))
    });
    found.into_iter().collect()
}
