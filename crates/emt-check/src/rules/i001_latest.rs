//! An image whose tag is `latest`.
//!
//! # What it does
//!
//! Looks at the tags of all images, beyond development.
//!
//! # Why it matters
//!
//! Nobody can say what runs, and going back is impossible: the tag that ran yesterday is the tag that runs today.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! adminNodeManager:
//!   image: { tag: latest }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! adminNodeManager:
//!   image: { tag: 7.7.0.20250530 }
//! ```

use super::{Check, Definition, Found, Level, Subject, images};

pub(super) const RULE: Definition = Definition {
    id: "I001",
    level: Level::Recommended,
    rows: &["S1-041"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let images = images::all(subject).into_iter().filter(|image| subject.is_beyond_development() && image.tag == "latest");
    let found = |image: images::Image| {
        Found::at(image.path, "`latest` is another image tomorrow").help("name the version, and the digest beside it")
    };
    images.map(found).collect()
}
