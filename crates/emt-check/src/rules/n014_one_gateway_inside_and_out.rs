//! Internal hosts at the Gateway of public ones.
//!
//! # What it does
//!
//! Compares the `exposure` of hosts whose routes attach to one Gateway.
//!
//! # Why it matters
//!
//! All routes of a Gateway share its addresses. The Gateway API has no field for who may reach a route, and none for
//! ranges of addresses: whoever reaches the public hosts reaches the internal ones by their names.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   controller: gateway-api
//!   parent: { name: edge }
//!   backendTls: { trust: system }
//! gatewayGroupDefaults:
//!   manager:
//!     ingress:
//!       exposure: internal  # found here
//!   traffic:
//!     ingress:
//!       exposure: public
//!       parent: { name: edge }
//! adminNodeManager:
//!   ingress:
//!     parent: { name: inside }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   controller: gateway-api
//!   parent: { name: inside }
//!   backendTls: { trust: system }
//! gatewayGroupDefaults:
//!   traffic:
//!     ingress:
//!       exposure: public
//!       parent: { name: edge }
//! ```

use emt_model::choices::Exposure;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N014",
    level: Level::Required,
    rows: &["S1-172", "S1-203", "S1-263"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let entries = subject.entries();
    let found = |entry: &super::Entry<'_>| {
        let gateway @ (namespace, name) = subject.gateway(entry)?;
        let is_public = |other: &&super::Entry<'_>| {
            other.exposure == Exposure::Public && subject.gateway(other) == Some(gateway)
        };
        let public = entries.iter().find(is_public)?;
        let message = format!(
            "routes of the Gateway {namespace}/{name} are internal, and {}.exposure is public: all are reached alike",
            public.path
        );
        let found = Found::at(format!("{}.exposure", entry.path), message);
        Some(found.help(format!("name another Gateway in {}.parent: one with an internal address", entry.path)))
    };
    entries.iter().filter(|entry| entry.exposure == Exposure::Internal).filter_map(found).collect()
}
