//! Production that is promoted from development.
//!
//! # What it does
//!
//! Looks at the stages of an environment and of the one that it is promoted from.
//!
//! # Why it matters
//!
//! The reference architecture builds images for each environment above development, and tries them there. Here nothing
//! stands between.
//!
//! # Example
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   staging: { stage: development }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   staging: { stage: test }
//! ```

use emt_model::stage::Stage;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "P007",
    level: Level::Recommended,
    rows: &["S1-248", "S1-338"],
    check: Check::Promotion(check),
};

fn check(subject: &Subject<'_>, before: &Subject<'_>) -> Vec<Found> {
    let found = subject.is_production() && before.stage == Some(Stage::Development);
    let found = found.then(|| {
        let environment = before.environment.unwrap_or_default();
        Found::of_environment(subject, "promotesFrom", format!("production takes its changes from {environment}, which is for development"))
            .help("put an environment of stage test between")
    });
    found.into_iter().collect()
}
