//! A tag that moves, of which nodes keep the first image.
//!
//! # What it does
//!
//! Finds tags without a digit and without a digest, such as `dev` or `main`, while `image.pullPolicy` is not `Always`.
//!
//! # Why it matters
//!
//! Each node runs what the tag meant when it first pulled it: pods of one Deployment run different images.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! image: { pullPolicy: IfNotPresent }
//! gatewayGroups:
//!   main:
//!     image: { tag: main }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! image: { pullPolicy: Always }
//! gatewayGroups:
//!   main:
//!     image: { tag: main }
//! ```

use emt_model::choices::PullPolicy;

use super::{Check, Definition, Found, Level, Subject, images};

pub(super) const RULE: Definition = Definition {
    id: "I003",
    level: Level::Recommended,
    rows: &["S1-041"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let kept = subject.values.image.pull_policy != PullPolicy::Always;
    let moves = |image: &images::Image| {
        image.digest.is_none() && image.tag != "latest" && !image.tag.bytes().any(|byte| byte.is_ascii_digit())
    };
    let images = images::all(subject).into_iter().filter(|image| kept && moves(image));
    let found = |image: images::Image| {
        Found::at(image.path, format!("the tag {} names no version, and nodes keep the first image of it", image.tag))
            .set("image.pullPolicy", PullPolicy::Always.as_str())
    };
    images.map(found).collect()
}
