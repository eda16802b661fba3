//! An image of production without a digest.
//!
//! # What it does
//!
//! Finds tags without `@sha256:…` in environments of production.
//!
//! # Why it matters
//!
//! A tag can be moved. A pod that starts next week may then run what nobody tested, beside pods that run what was.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     image: { tag: main-1.4.2 }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     image: { tag: "main-1.4.2@sha256:4f9c1d2e3b5a6978c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7" }
//! ```

use super::{Check, Definition, Found, Level, Subject, images};

pub(super) const RULE: Definition = Definition {
    id: "I002",
    level: Level::Recommended,
    rows: &["S1-041", "S1-248"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let images = images::all(subject).into_iter().filter(|image| subject.is_production() && image.digest.is_none());
    let found = |image: images::Image| {
        Found::at(image.path, format!("the tag {} can be moved: no digest pins it", image.tag))
            .help("write the digest behind the tag: TAG@sha256:…; the registry knows it")
    };
    images.map(found).collect()
}
