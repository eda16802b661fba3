//! Two environments that publish one host.
//!
//! # What it does
//!
//! Compares the hosts of the rendered Ingresses, routes of the Gateway API and routes of OpenShift of the environments
//! that are checked together.
//!
//! # Why it matters
//!
//! DNS sends callers to one of them: calls for production end in staging, or the other way round.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! domain: prod.example.com
//! ```
//!
//! ```yaml
//! domain: prod.example.com  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! domain: prod.example.com
//! ```

use serde_json::Value;

use super::{Check, Claim, Definition, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "P005",
    level: Level::Recommended,
    rows: &["S1-163", "S1-164"],
    check: Check::Claim(claims),
};

fn claims(subject: &Subject<'_>) -> Vec<Claim> {
    let ingresses = subject.objects("Ingress").flat_map(|one| one["spec"]["rules"].as_array().into_iter().flatten());
    let gateway = subject.objects("HTTPRoute").chain(subject.objects("TLSRoute"));
    let gateway = gateway.flat_map(|one| one["spec"]["hostnames"].as_array().into_iter().flatten());
    let routes = subject.objects("Route").map(|one| &one["spec"]["host"]);
    let hosts = ingresses.map(|rule| &rule["host"]).chain(gateway).chain(routes).filter_map(Value::as_str);
    let claim = |host| Claim { what: format!("the host {host}"), path: "domain".to_owned() };
    hosts.map(claim).collect()
}
