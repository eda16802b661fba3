//! Hosts for administrators that are public for every address.
//!
//! # What it does
//!
//! Finds a range such as `0.0.0.0/0` among those that may reach a public Admin Node Manager or API Manager.
//!
//! # Why it matters
//!
//! The pages from which the topology and all APIs are managed stand open to everybody's guesses.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! adminNodeManager:
//!   ingress:
//!     exposure: public
//!     adminAllowedCidrs: [0.0.0.0/0]  # found here
//!     alb: { group: apim-staging-anm }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! adminNodeManager:
//!   ingress:
//!     exposure: internal
//!     adminAllowedCidrs: [10.10.0.0/16]
//!     alb: { group: apim-staging-anm }
//! ```

use emt_model::choices::Exposure;

use super::subject::administrators_ranges;
use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N001",
    level: Level::Required,
    rows: &["S1-203", "S1-263", "S1-N07"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, ingress) in subject.administration().into_iter().filter(|(_, one)| one.exposure == Exposure::Public) {
        let (key, ranges) = administrators_ranges(ingress);
        if let Some(range) = ranges.iter().find(|range| range.as_str().ends_with("/0")) {
            found.push(
                Found::at(format!("{path}.{key}"), format!("{range} is everybody, and the hosts are public"))
                    .set(format!("{path}.exposure"), Exposure::Internal.as_str()),
            );
        }
    }
    found
}
