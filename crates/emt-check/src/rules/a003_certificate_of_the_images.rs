//! Production with the domain certificate of the images.
//!
//! # What it does
//!
//! Finds environments of production whose `topology.domainCertificate` names no Secret.
//!
//! # Why it matters
//!
//! The certificate with which the components trust one another comes with the vendor's images: everybody has its key.
//!
//! # Example
//!
//! ```yaml
//! topology:
//!   domainCertificate: { existingSecret: "" }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! topology:
//!   domainCertificate: { existingSecret: domain-certificate }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "A003",
    level: Level::Recommended,
    rows: &["S1-204", "S1-222", "S1-268"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let secret = &subject.values.topology.domain_certificate.existing_secret;
    let found = subject.is_production() && secret.as_str().is_empty();
    let message = "the components trust one another by the certificate of their images, whose key may be everybody's";
    let found = found.then(|| {
        Found::at("topology.domainCertificate.existingSecret", message)
            .help("name a Secret with a certificate of your own, or accept it where your images hold one")
    });
    found.into_iter().collect()
}
