//! An image that is newer than where it comes from.
//!
//! # What it does
//!
//! Compares the versions in the tags of an environment of production with those of the environment that it is promoted
//! from, where all else in the tags is equal.
//!
//! # Why it matters
//!
//! What was not there first was not tried there: the promotion was left out.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     image: { tag: "main-1.5.0@sha256:4f9c1d2e3b5a6978c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7" }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     image: { tag: "main-1.4.1@sha256:4f9c1d2e3b5a6978c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7" }
//! ```

use super::{Check, Definition, Found, Level, Subject, images};

pub(super) const RULE: Definition = Definition {
    id: "P001",
    level: Level::Recommended,
    rows: &["S1-248", "S1-P10"],
    check: Check::Promotion(check),
};

fn check(subject: &Subject<'_>, before: &Subject<'_>) -> Vec<Found> {
    let sources = images::all(before);
    let mut found = Vec::new();
    for image in images::all(subject).into_iter().filter(|_| subject.is_production()) {
        let Some(source) = sources.iter().find(|source| source.path == image.path) else { continue };
        let (own, first) = (images::version(&image.tag), images::version(&source.tag));
        if own.0 == first.0 && own.1 > first.1 {
            let environment = before.environment.unwrap_or_default();
            let message = format!("{} is newer than {} of {environment}", image.tag, source.tag);
            found.push(Found::at(image.path, message).other(environment, &source.path).help("promote it there first"));
        }
    }
    found
}
