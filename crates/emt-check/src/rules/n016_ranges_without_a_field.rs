//! Ranges for public hosts that the Gateway API has no field for.
//!
//! # What it does
//!
//! Finds `allowedCidrs` and `adminAllowedCidrs` of public hosts that the Gateway API publishes.
//!
//! # Why it matters
//!
//! No object of the release can say who may call: the ranges stand in the values, and everybody is let in until the Gateway
//! has a policy of its implementation with them (AWS `sourceRanges`, GKE `securityPolicy`).
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   controller: gateway-api
//!   exposure: internal
//!   parent: { name: inside }
//!   backendTls: { trust: system }
//! gatewayGroupDefaults:
//!   traffic:
//!     ingress:
//!       exposure: public
//!       parent: { name: edge }
//!       allowedCidrs: [192.0.2.0/24]  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   controller: gateway-api
//!   exposure: internal
//!   parent: { name: inside }
//!   backendTls: { trust: system }
//! gatewayGroupDefaults:
//!   traffic:
//!     ingress:
//!       exposure: public
//!       parent: { name: edge }
//! ```

use emt_model::choices::{Exposure, IngressController};

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N016",
    level: Level::Recommended,
    rows: &["S1-172", "S1-203"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let is_open = |entry: &super::Entry<'_>| {
        entry.controller == IngressController::GatewayApi && entry.exposure == Exposure::Public && entry.ranges.is_some()
    };
    let found = |entry: super::Entry<'_>| {
        let message = "the Gateway API has no field for these ranges, and the hosts are public";
        let help = "name them in the policy of the Gateway's implementation, and accept the warning with where that stands";
        Found::at(format!("{}.{}", entry.path, entry.ranges.unwrap_or_default()), message).help(help)
    };
    subject.entries().into_iter().filter(is_open).map(found).collect()
}
