//! TLS that is not ended before the pods.
//!
//! # What it does
//!
//! Finds `certificate.source: passthrough`.
//!
//! # Why it matters
//!
//! The reference architecture ends TLS at the entry (S1-159): there is one place for the certificates of all hosts, and
//! the entry can look at requests. An entry that passes TLS through sets no cookie, so nothing keeps a client of API
//! Manager or the Admin Node Manager with one pod (S1-239), and no request is limited or timed.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroupDefaults:
//!   manager:
//!     ingress:
//!       controller: openshift
//!       certificate: { source: passthrough }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroupDefaults:
//!   manager:
//!     ingress:
//!       controller: openshift
//!       certificate: { source: certManager, issuer: { name: company } }
//!       backendTls: { trust: system }
//! ```

use emt_model::choices::{AffinityMode, CertificateSource};

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N009",
    level: Level::Recommended,
    rows: &["S1-157", "S1-159", "S1-239"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let passed = |entry: &super::Entry<'_>| entry.certificate_source == CertificateSource::Passthrough;
    let found = |entry: super::Entry<'_>| {
        let cookie = entry.session_affinity.mode == AffinityMode::Cookie;
        let message = match (entry.is_administration, cookie) {
            (true, _) => "TLS is passed through to the pods (S1-159), and no cookie keeps a client with one of them (S1-239)",
            (false, true) => "TLS is passed through to the pods (S1-159), and the cookie that is asked for is impossible",
            (false, false) => "TLS is passed through to the pods, where the reference architecture ends it before them (S1-159)",
        };
        Found::at(format!("{}.certificate.source", entry.path), message)
            .help("secret or certManager ends TLS at the entry; backendTls says what the way to the pods is checked against")
    };
    subject.entries().into_iter().filter(passed).map(found).collect()
}
