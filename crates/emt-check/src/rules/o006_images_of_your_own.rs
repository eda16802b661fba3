//! A configuration that is part of the image.
//!
//! # What it does
//!
//! Finds `configuration.mode: baked`.
//!
//! # Why it matters
//!
//! Since August 2024 Axway supports its own images, with a configuration that is merged when the pod starts. An image of
//! your own is built again for every change and every patch, and what differs from Axway's is yours to explain to its
//! support (S1-014, S1-333).
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroupDefaults:
//!   configuration: { mode: baked }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroupDefaults:
//!   configuration: { mode: merge }
//! ```

use emt_model::choices::ConfigurationMode;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "O006",
    level: Level::Advisory,
    rows: &["S1-014", "S1-333", "S1-377"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let baked = subject.configurations().into_iter().filter(|(_, of)| of.mode == ConfigurationMode::Baked);
    let found = |(path, _)| {
        let path = format!("{path}.mode");
        Found::at(&path, "the configuration is part of an image of your own").set(&path, "merge")
    };
    baked.map(found).collect()
}
