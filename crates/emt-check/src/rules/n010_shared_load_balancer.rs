//! Hosts of one AWS load balancer that contradict each other.
//!
//! # What it does
//!
//! Compares the Ingresses that share a load balancer, those of `extraObjects` among them, in what it has once: who may
//! reach it, its policy for TLS, its listeners, attributes, subnets, security groups and firewall.
//!
//! # Why it matters
//!
//! The AWS Load Balancer Controller merges what the Ingresses of a group say. Where two contradict, it changes nothing of
//! the load balancer any more; where one says nothing, what the other says holds for both.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   partners:
//!     image: { tag: "partners-2.0.1@sha256:4f9c1d2e3b5a6978c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7" }
//!     cassandra: { keyspace: partners }
//!     hosts: { manager: partners-apimgmt, traffic: partners }
//!     traffic:
//!       ingress:
//!         allowedCidrs: [192.0.2.0/24]  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   partners:
//!     image: { tag: "partners-2.0.1@sha256:4f9c1d2e3b5a6978c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7" }
//!     cassandra: { keyspace: partners }
//!     hosts: { manager: partners-apimgmt, traffic: partners }
//!     traffic:
//!       ingress:
//!         allowedCidrs: [192.0.2.0/24]
//!         alb: { group: apim-staging-partners }
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::subject::administrators_ranges;
use super::{Check, Definition, Found, Level, Subject, objects};

pub(super) const RULE: Definition = Definition {
    id: "N010",
    level: Level::Required,
    rows: &["S1-167", "S1-169", "S1-172"],
    check: Check::Environment(check),
};

const PREFIX: &str = "alb.ingress.kubernetes.io/";

/// What a load balancer has once.
struct Shared {
    /// The annotation, without its prefix.
    annotation: &'static str,
    /// The value of `ingress` that it comes from.
    key: &'static str,
    what: &'static str,
    /// Whether an Ingress that says nothing contradicts one that does: it means another thing by it.
    silence_counts: bool,
}

const fn shared(annotation: &'static str, key: &'static str, what: &'static str, silence_counts: bool) -> Shared {
    Shared { annotation, key, what, silence_counts }
}

const SHARED: [Shared; 8] = [
    shared("scheme", "exposure", "scheme", true),
    shared("listen-ports", "httpPolicy", "set of listeners", true),
    shared("ssl-policy", "minimumTlsVersion", "policy for TLS", true),
    shared("inbound-cidrs", "allowedCidrs", "list of ranges that may call", true),
    shared("security-groups", "alb.securityGroups", "list of security groups", true),
    shared("wafv2-acl-arn", "alb.wafAclArn", "web application firewall", true),
    shared("subnets", "alb.subnets", "list of subnets", false),
    shared("ip-address-type", "annotations", "kind of addresses", false),
];

/// Attributes that have values of their own; the others stand in `alb.attributes`.
const ATTRIBUTES: [(&str, &str); 2] =
    [("routing.http2.enabled", "http2"), ("idle_timeout.timeout_seconds", "limits.idleSeconds")];

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut groups: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for ingress in subject.objects("Ingress") {
        if let Some(group) = annotation(ingress, "group.name") {
            groups.entry(group).or_default().push(ingress);
        }
    }
    let mut found = BTreeMap::new();
    for (group, ingresses) in &groups {
        for (index, second) in ingresses.iter().enumerate() {
            for (key, what) in ingresses[..index].iter().flat_map(|first| contradictions(first, second)) {
                // Each value is told once, against the first Ingress that it contradicts.
                found.entry(path(subject, second, &key)).or_insert_with(|| (*group, what));
            }
        }
    }
    let told = |(path, (group, what)): (String, (&str, String))| {
        Found::at(path, format!("{what} on the load balancer that the group {group} shares"))
            .help("say the same for all hosts of the group, or give these another by alb.group")
    };
    found.into_iter().map(told).collect()
}

/// What two Ingresses of a group contradict each other in: the value of `ingress`, and what is wrong with it.
fn contradictions(first: &Value, second: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let said = |text: Option<&str>| text.unwrap_or("nothing").to_owned();
    let other = objects::title(first);
    for shared in &SHARED {
        let (one, two) = (annotation(first, shared.annotation), annotation(second, shared.annotation));
        let silent = one.is_none() || two.is_none();
        if elements(one) != elements(two) && (shared.silence_counts || !silent) {
            let (one, two, what) = (said(one), said(two), shared.what);
            found.push((shared.key.to_owned(), format!("{two} contradicts {one} of {other}: there is one {what}")));
        }
    }
    let (one, two) = (attributes(first), attributes(second));
    for (name, value) in &two {
        let Some(differing) = one.get(name).filter(|other| *other != value) else { continue };
        let key = ATTRIBUTES.iter().find(|(attribute, _)| attribute == name).map_or("alb.attributes", |(_, key)| key);
        let message = format!("{name}={value} contradicts {name}={differing} of {other}: there is one such attribute");
        found.push((key.to_owned(), message));
    }
    found
}

fn annotation<'v>(ingress: &'v Value, key: &str) -> Option<&'v str> {
    ingress["metadata"]["annotations"].get(format!("{PREFIX}{key}"))?.as_str()
}

/// The parts of a list, in whatever order.
fn elements(list: Option<&str>) -> BTreeSet<&str> {
    list.unwrap_or_default().split(',').map(str::trim).collect()
}

fn attributes(ingress: &Value) -> BTreeMap<&str, &str> {
    let list = annotation(ingress, "load-balancer-attributes").unwrap_or_default();
    list.split(',').filter_map(|attribute| attribute.trim().split_once('=')).collect()
}

/// Where the value stands that an Ingress has a setting from.
fn path(subject: &Subject<'_>, ingress: &Value, key: &str) -> String {
    let path = objects::path_of(subject, ingress);
    if path.starts_with("extraObjects.") {
        return format!("{path}.metadata.annotations");
    }
    let path = format!("{path}.ingress");
    let administration = subject.administration();
    let own = administration.iter().find(|(of, _)| *of == path).filter(|_| key == "allowedCidrs");
    let key = own.map_or(key, |(_, ingress)| administrators_ranges(ingress).0);
    format!("{path}.{key}")
}
