//! Production whose pods may all stand on one node or in one zone.
//!
//! # What it does
//!
//! Finds components of production with more than one pod and `topologySpread` of `none`.
//!
//! # Why it matters
//!
//! One node or zone that is lost takes all of them.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     topologySpread: { zone: none }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     topologySpread: { zone: preferred }
//! ```

use emt_model::choices::Spread;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H010",
    level: Level::Recommended,
    rows: &["S1-146", "S1-147", "S1-148"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods().into_iter().filter(|pod| subject.is_production() && pod.most > 1) {
        let Some(spread) = pod.topology_spread else { continue };
        for (key, chosen) in [("node", spread.node), ("zone", spread.zone)] {
            if chosen == Spread::None {
                let path = format!("{}.topologySpread.{key}", pod.path);
                let message = format!("all pods may stand in one {key}").replace("in one node", "on one node");
                found.push(Found::at(&path, message).set(&path, Spread::Preferred.as_str()));
            }
        }
    }
    found
}
