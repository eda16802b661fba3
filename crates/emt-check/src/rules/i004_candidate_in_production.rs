//! An image of production that is not released.
//!
//! # What it does
//!
//! Looks for `rc`, `alpha`, `beta`, `snapshot`, `dev` and `test` among the words of tags, in environments of
//! production.
//!
//! # Why it matters
//!
//! It was built to be tried, and is often deleted from the registry when the release is made: pods then cannot start on
//! new nodes.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     image: { tag: "main-1.5.0-rc.1@sha256:4f9c1d2e3b5a6978c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7" }  # found here
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
    id: "I004",
    level: Level::Recommended,
    rows: &["S1-041", "S1-248"],
    check: Check::Environment(check),
};

const WORDS: [&str; 6] = ["rc", "alpha", "beta", "snapshot", "dev", "test"];

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let unreleased = |image: &images::Image| {
        let words = image.tag.split(|character: char| !character.is_ascii_alphabetic());
        words.into_iter().any(|word| WORDS.contains(&word.to_lowercase().as_str()))
    };
    let images = images::all(subject).into_iter().filter(|image| subject.is_production() && unreleased(image));
    let found = |image: images::Image| {
        Found::at(image.path, format!("{} was built to be tried", image.tag)).help("promote a released image")
    };
    images.map(found).collect()
}
