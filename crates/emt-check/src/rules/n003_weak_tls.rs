//! An Ingress that takes TLS below 1.2.
//!
//! # What it does
//!
//! Looks at the Ingresses of `extraObjects` for policies of AWS load balancers that take TLS 1.0 or 1.1. Those of the
//! chart follow `minimumTlsVersion`, which has no such choice.
//!
//! # Why it matters
//!
//! Old versions of TLS are broken, and the reference architecture forbids them on every way in.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! extraObjects:
//!   legacy:
//!     apiVersion: networking.k8s.io/v1
//!     kind: Ingress
//!     metadata:
//!       name: legacy
//!       annotations:
//!         alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS-1-1-2017-01  # found here
//!     spec:
//!       defaultBackend: { service: { name: apim-main-traffic, port: { name: traffic } } }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! extraObjects:
//!   legacy:
//!     apiVersion: networking.k8s.io/v1
//!     kind: Ingress
//!     metadata:
//!       name: legacy
//!       annotations:
//!         alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-2-2021-06
//!     spec:
//!       defaultBackend: { service: { name: apim-main-traffic, port: { name: traffic } } }
//! ```

use super::{Check, Definition, Found, Level, Subject, objects};

pub(super) const RULE: Definition = Definition {
    id: "N003",
    level: Level::Required,
    rows: &["S1-169", "S1-269"],
    check: Check::Environment(check),
};

const POLICY: &str = "alb.ingress.kubernetes.io/ssl-policy";

/// Policies of AWS load balancers that take TLS 1.0 or 1.1.
const WEAK: [&str; 7] = [
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-TLS-1-0-2015-04",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-FS-2018-06",
    "ELBSecurityPolicy-FS-1-1-2019-08",
    "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "ELBSecurityPolicy-TLS13-1-1-2021-06",
];

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for ingress in subject.objects("Ingress") {
        let policy = ingress["metadata"]["annotations"][POLICY].as_str().unwrap_or_default();
        if WEAK.contains(&policy) {
            let path = format!("{}.metadata.annotations.{POLICY}", objects::path_of(subject, ingress));
            found.push(
                Found::at(path, format!("the policy {policy} takes TLS below 1.2"))
                    .help("name a policy such as ELBSecurityPolicy-TLS13-1-2-2021-06"),
            );
        }
    }
    found
}
