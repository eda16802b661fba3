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
    let root = &subject.values.ingress;
    let keys = [("allowedCidrs", &root.allowed_cidrs), ("adminAllowedCidrs", &root.admin_allowed_cidrs)];
    let paths = keys.into_iter().flat_map(|(key, in_root)| {
        subject.ingress_paths(key, !in_root.is_empty(), |entry| {
            entry.controller == IngressController::GatewayApi
                && entry.exposure == Exposure::Public
                && entry.ranges == Some(key)
        })
    });
    let found = |path: String| {
        let message = "the Gateway API has no field for these ranges, and the hosts are public";
        let help = "name them in the policy of the Gateway's implementation, and accept the warning with where that stands";
        Found::at(path, message).help(help)
    };
    paths.map(found).collect()
}
