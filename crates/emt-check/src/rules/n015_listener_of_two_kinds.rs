//! A listener that ends TLS and passes it through.
//!
//! # What it does
//!
//! Finds hosts with `certificate.source: passthrough` whose route attaches to the listener of a Gateway that other hosts'
//! routes attach to without.
//!
//! # Why it matters
//!
//! A listener has one protocol: HTTPS, which takes HTTPRoutes, or TLS, which takes TLSRoutes. The Gateway accepts the
//! routes of one kind and refuses the others, so some hosts answer nothing.
//!
//! # Example
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   staging:
//!     accepted:
//!       N009: { reason: partners bring certificates of their own }
//! ```
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   controller: gateway-api
//!   parent: { name: edge }
//!   backendTls: { trust: system }
//! gatewayGroupDefaults:
//!   traffic:
//!     ingress:
//!       certificate: { source: passthrough }
//!       parent: { listener: https }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   staging:
//!     accepted:
//!       N009: { reason: partners bring certificates of their own }
//! ```
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   controller: gateway-api
//!   parent: { name: edge }
//!   backendTls: { trust: system }
//! gatewayGroupDefaults:
//!   traffic:
//!     ingress:
//!       certificate: { source: passthrough }
//!       parent: { listener: tls }
//! ```

use emt_model::choices::CertificateSource;

use super::{Check, Definition, Entry, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N015",
    level: Level::Required,
    rows: &["S1-157", "S1-159"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let entries = subject.entries();
    let passes = |entry: &&Entry<'_>| entry.certificate_source == CertificateSource::Passthrough;
    let (passing, ending): (Vec<_>, Vec<_>) = entries.iter().partition(passes);
    let found = |entry: &Entry<'_>| {
        let gateway = subject.gateway(entry)?;
        let listener = &entry.parent.listener;
        let same = |other: &&&Entry<'_>| subject.gateway(other) == Some(gateway) && other.parent.listener == *listener;
        let other = ending.iter().find(same)?;
        let message = format!(
            "the listener {} of the Gateway {}/{} has to pass TLS through, and to end it for {}",
            listener.as_str(),
            gateway.0,
            gateway.1,
            other.path
        );
        let help = "name a listener of its own, of protocol TLS with tls.mode Passthrough";
        Some(Found::at(format!("{}.parent.listener", entry.path), message).help(help))
    };
    passing.into_iter().filter_map(found).collect()
}
