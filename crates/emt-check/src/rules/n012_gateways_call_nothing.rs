//! Network policies that let gateways call nothing.
//!
//! # What it does
//!
//! Finds `networkPolicy.enabled` with `egress.anyHttps: false` and nothing below `egress.backends`.
//!
//! # Why it matters
//!
//! A gateway stands in front of other systems, and asks an identity provider who its caller is. Neither can be reached:
//! each request waits until its connection times out.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! networkPolicy:
//!   enabled: true
//!   ingressControllers:
//!     load-balancer: { cidrs: [10.21.0.0/20] }
//!   egress:
//!     anyHttps: false  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! networkPolicy:
//!   enabled: true
//!   ingressControllers:
//!     load-balancer: { cidrs: [10.21.0.0/20] }
//!   egress:
//!     anyHttps: false
//!     backends:
//!       accounts: { namespace: accounts, ports: [8443] }
//!       identity-provider: { cidrs: [10.21.60.0/24], ports: [443] }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N012",
    level: Level::Recommended,
    rows: &["S1-022", "S1-069", "S1-N01"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let policies = &subject.values.network_policy;
    let calls_nothing = !policies.egress.any_https && policies.egress.backends.is_empty();
    let found = policies.enabled && calls_nothing && !subject.groups.is_empty();
    let found = found.then(|| {
        let path = "networkPolicy.egress.anyHttps";
        Found::at(path, "no policy lets gateways call a back end or an identity provider")
            .set(path, true)
            .help("or name what they call below networkPolicy.egress.backends")
    });
    found.into_iter().collect()
}
