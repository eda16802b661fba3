//! Certificates that cert-manager gets for the hosts.

use helmwright::expression::Expr;
use helmwright::object;
use helmwright::typed::Object;
use helmwright::values::Name;
use helmwright_k8s::types::Certificate;

use super::hosts::{Host, Site};

/// The Certificate of a host; cert-manager writes it to a Secret.
pub(super) fn certificate(site: &Site<'_>, host: &Host, name: &Expr<Name>) -> Object {
    let issuer = &site.ingress.certificate.issuer;
    object!(Certificate {
        metadata: site.metadata_named(site.object_name(host)),
        spec: {
            secretName: site.certificate_secret(host),
            dnsNames: [name],
            issuerRef: { group: "cert-manager.io", kind: &issuer.kind, name: &issuer.name },
        },
    })
}
