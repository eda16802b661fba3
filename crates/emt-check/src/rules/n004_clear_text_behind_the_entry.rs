//! A published port without TLS between the entry and the pods.
//!
//! # What it does
//!
//! Finds hosts whose port speaks HTTP.
//!
//! # Why it matters
//!
//! Whoever can listen on the cluster's network reads requests with their tokens. The reference architecture encrypts up
//! to the pods.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   main:
//!     hosts: { plain: plain }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   main:
//!     hosts: { traffic: apimgr }
//! ```

use emt_model::choices::Scheme;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N004",
    level: Level::Recommended,
    rows: &["S1-170", "S1-268"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for group in &subject.groups {
        let (hosts, ports) = (&group.values.hosts, &group.values.traffic.ports);
        let (manager, traffic) = (group.publishes_manager(), group.publishes_traffic());
        for (key, label, scheme, published) in [
            ("manager", &hosts.manager, group.values.manager.ports.manager.scheme, manager),
            ("traffic", &hosts.traffic, ports.traffic.scheme, traffic),
            ("plain", &hosts.plain, ports.plain.scheme, traffic),
            ("sample", &hosts.sample, ports.sample.scheme, traffic),
            ("secure", &hosts.secure, ports.secure.scheme, traffic),
            ("oauth", &hosts.oauth, ports.oauth.scheme, traffic),
        ] {
            if published && scheme == Scheme::Http && !label.as_str().is_empty() {
                let path = format!("{}.hosts.{key}", group.path);
                let message = format!("calls of the host {label} reach the pods in clear text");
                found.push(Found::at(path, message).help("publish a port that speaks HTTPS"));
            }
        }
    }
    found
}
