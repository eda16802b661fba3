//! Components that do not wait for what they need.
//!
//! # What it does
//!
//! Finds `prechecks.mode: none` beyond development.
//!
//! # Why it matters
//!
//! A gateway that starts before its databases answer fails in ways that are hard to read, and is restarted until they
//! do.
//!
//! # Example
//!
//! ```yaml
//! prechecks:
//!   mode: none  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! prechecks:
//!   mode: soft
//! ```

use emt_model::choices::PrecheckMode;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H011",
    level: Level::Recommended,
    rows: &["S1-213", "S1-232", "S1-249"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let found = subject.is_beyond_development() && subject.values.prechecks.mode == PrecheckMode::None;
    let found = found.then(|| {
        Found::at("prechecks.mode", "pods start whether their databases answer or not")
            .set("prechecks.mode", PrecheckMode::Soft.as_str())
    });
    found.into_iter().collect()
}
