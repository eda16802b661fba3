//! Hosts for administrators on a public load balancer.
//!
//! # What it does
//!
//! Finds `exposure: public` for the Admin Node Manager and API Manager, whoever may call.
//!
//! # Why it matters
//!
//! The reference architecture reaches them from inside alone, by way of the bastion. A list of ranges is one typing
//! error away from everybody.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! adminNodeManager:
//!   ingress:
//!     exposure: public  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     ingress:
//!       exposure: public
//! ```

use emt_model::choices::Exposure;

use super::subject::administrators_ranges;
use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N002",
    level: Level::Recommended,
    rows: &["S1-203", "S1-263", "S1-N07"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let is_found = |ingress: &emt_model::ingress::Ingress| {
        let (_, ranges) = administrators_ranges(ingress);
        // Ranges of everybody are told by another rule, as an error.
        ingress.exposure == Exposure::Public && !ranges.iter().any(|range| range.as_str().ends_with("/0"))
    };
    let public = subject.administration().into_iter().filter(|(_, ingress)| is_found(ingress));
    let found = |(path, _): (String, _)| {
        let path = format!("{path}.exposure");
        Found::at(&path, "administrators are reached from the internet").set(&path, Exposure::Internal.as_str())
    };
    public.map(found).collect()
}
