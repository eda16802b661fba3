//! OpenShift's router: a column of the table, its Routes, and the Role with which it reads certificates.

use emt_model::choices::Scheme;
use emt_model::ingress::IngressSymbol;
use helmwright::expression::{Expr, Symbol, all, any, equal, join, not, not_empty};
use helmwright::typed::{FragmentHelper, Map, Object, Text, fragment_helper};
use helmwright::values::Name;
use helmwright::{fragment, list, object, text};
use helmwright_k8s::types::{Role, RoleBinding, Route, RouteSpecTls};

use super::hosts::{Host, Site};
use super::table::{Column, Duty, Entry, Need, Row, Value, always, case, write};
use super::{EntryParameters, column_entry};

pub(super) static COLUMN: Column = Column {
    controller: "openshift",
    certificates: &["controllerDefault", "secret", "certManager", "passthrough"],
    certificate_fault: "certificate.source: OpenShift's router has no ACM: secret, certManager, passthrough or controllerDefault",
    trusts: &["system", "inline"],
    trust_fault: "backendTls.trust: OpenShift's router always checks the pods' certificate: system (its own CA) or inline",
    rows: &[
        Row::field(Need::Certificate, "Route", "/spec/tls/termination"),
        Row::field(Need::Certificate, "Route", "/spec/tls/externalCertificate/name"),
        Row::inherent(Need::Certificate, "controllerDefault: the router's own; passthrough: the pods' own"),
        Row::field(Need::BackendTls, "Route", "/spec/tls/termination"),
        Row::field(Need::BackendTls, "Route", "/spec/tls/destinationCACertificate"),
        Row::field(Need::HttpsOnly, "Route", "/spec/tls/insecureEdgeTerminationPolicy"),
        Row::field(Need::Redirect, "Route", "/spec/tls/insecureEdgeTerminationPolicy"),
        Row::entry(
            Need::Timeouts,
            "haproxy.router.openshift.io/timeout",
            &[always(Value::Of(|entry| text!("{entry.ingress.limits.request_seconds}s")))],
        ),
        // Separated by blanks: anything else is ignored without a word, and everybody may call. Both names of the
        // annotation, as older routers know only the second.
        Row::entry(Need::AllowedCidrs, "haproxy.router.openshift.io/ip_allowlist", ALLOWED),
        Row::entry(Need::AllowedCidrs, "haproxy.router.openshift.io/ip_whitelist", ALLOWED),
        Row::entry(
            Need::SessionAffinity,
            "haproxy.router.openshift.io/disable_cookies",
            &[case(|entry| not(any([&cookie(entry), &passes(entry)])), Value::Text("true"))],
        ),
        Row::entry(
            Need::SessionAffinity,
            "router.openshift.io/cookie_name",
            &[case(
                |entry| {
                    let named = not_empty(&entry.ingress.session_affinity.cookie_name);
                    all([&cookie(entry), &named, &not(passes(entry))])
                },
                Value::Of(|entry| text!("{entry.ingress.session_affinity.cookie_name}")),
            )],
        ),
        Row::inherent(
            Need::SessionAffinity,
            "by cookie unless it is switched off, until the browser's session ends; by address where TLS is passed through",
        ),
        Row::inherent(Need::HealthCheck, "the router sends to ready pods alone: the readiness probe decides"),
        Row::inherent(Need::BodySize, "the router does not limit bodies"),
    ],
    duties: &[
        Duty {
            need: Need::Http2,
            place: "IngressController",
            setting: "annotation ingress.operator.openshift.io/default-enable-http2: \"false\"",
            reason: "off by default; where it is on, only a Route with the router's own certificate stays without",
        },
        Duty {
            need: Need::MinimumTls,
            place: "IngressController",
            setting: "spec.tlsSecurityProfile: Intermediate for TLS 1.2, Modern for ingress.minimumTlsVersion \"1.3\"",
            reason: "a Route cannot say it; the router's lowest version is 1.2 already",
        },
        Duty {
            need: Need::Exposure,
            place: "IngressController",
            setting: "spec.endpointPublishingStrategy.loadBalancer.scope: Internal for ingress.exposure internal",
            reason: "the router decides who reaches it",
        },
        Duty {
            need: Need::AdminLoadBalancer,
            place: "IngressController",
            setting: "a second one with spec.routeSelector app.kubernetes.io/component in (admin-node-manager, manager)",
            reason: "all Routes that a router admits share its load balancer",
        },
        Duty {
            need: Need::Timeouts,
            place: "IngressController",
            setting: "spec.tuningOptions.clientTimeout: the seconds of ingress.limits.idleSeconds",
            reason: "a Route cannot limit silent connections of clients",
        },
    ],
};

const ALLOWED: &[super::table::Case<Entry>] =
    &[case(|entry| not_empty(&entry.cidrs), Value::Of(|entry| join(&entry.cidrs, " ")))];

fn cookie(entry: &Entry) -> Expr<bool> {
    equal(&entry.ingress.session_affinity.mode, "cookie")
}

fn passes(entry: &Entry) -> Expr<bool> {
    equal(&entry.ingress.certificate.source, "passthrough")
}

fn entry() -> FragmentHelper<EntryParameters, Map<Text>> {
    fragment_helper(
        "apim-emt.routeEntry",
        "Annotations for OpenShift's router: what it does for its clients.",
        ["ingress", "cidrs"],
        |map, (ingress, cidrs)| write(map, &column_entry(&COLUMN), &Entry { ingress, cidrs }),
    )
}

/// The Route of a host.
pub(super) fn route(site: &Site<'_>, host: &Host, name: &Expr<Name>) -> Object {
    let secret = Expr::<Name>::new(site.certificate_secret(host).expression());
    object!(Route {
        metadata: site.metadata(host, entry().call((site.ingress.clone(), site.cidrs.clone()))),
        spec: {
            host: name,
            to: { kind: "Service", name: &site.service, weight: 100 },
            port: { targetPort: host.port },
            tls: tls().call((site.ingress.clone(), host.scheme.clone(), secret)),
            wildcardPolicy: "None",
        },
    })
}

fn tls() -> FragmentHelper<(IngressSymbol, Expr<Scheme>, Expr<Name>), RouteSpecTls> {
    fragment_helper(
        "apim-emt.routeTls",
        "TLS of a Route: from clients to the router, and on to the pods.",
        ["ingress", "scheme", "secret"],
        |map, (ingress, scheme, secret): (IngressSymbol, Expr<Scheme>, Expr<Name>)| {
            let (source, backend_tls) = (&ingress.certificate.source, &ingress.backend_tls);
            map.splice(fragment!(RouteSpecTls {
                if equal(source, "passthrough") {
                    termination: "passthrough",
                } else if equal(&scheme, "HTTPS") {
                    termination: "reencrypt",
                    if equal(&backend_tls.trust, "inline") {
                        destinationCACertificate: &backend_tls.ca_certificate,
                    }
                } else {
                    termination: "edge",
                }
                if equal(&ingress.http_policy, "redirect") {
                    insecureEdgeTerminationPolicy: "Redirect",
                } else {
                    insecureEdgeTerminationPolicy: "None",
                }
                if equal(source, "secret") {
                    externalCertificate: { name: &ingress.certificate.existing_secret },
                } else if equal(source, "certManager") {
                    externalCertificate: { name: secret },
                }
            }));
        },
    )
}

/// Whether the router has to read certificates.
pub(super) fn reads_certificates(site: &Site<'_>) -> Expr<bool> {
    let source = &site.ingress.certificate.source;
    any([&equal(source, "secret"), &equal(source, "certManager")])
}

/// What lets the router read the certificates, and nothing else. The names are never none: that would mean all Secrets.
pub(super) fn role(site: &Site<'_>) -> Object {
    let certificate = &site.ingress.certificate;
    let mut made = list!(Text []);
    for host in &site.hosts {
        made = list!(Text [..made, site.certificate_secret(host)]);
    }
    object!(Role {
        metadata: site.metadata_named(text!("{site.service}-router")),
        rules: [
            {
                apiGroups: [""],
                resources: ["secrets"],
                resourceNames: [
                    if equal(&certificate.source, "secret") {
                        &certificate.existing_secret,
                    } else {
                        ..made,
                    }
                ],
                verbs: ["get", "list", "watch"],
            },
        ],
    })
}

/// Who it is for.
pub(super) fn role_binding(site: &Site<'_>) -> Object {
    object!(RoleBinding {
        metadata: site.metadata_named(text!("{site.service}-router")),
        roleRef: {
            apiGroup: "rbac.authorization.k8s.io",
            kind: "Role",
            name: text!("{site.service}-router"),
        },
        subjects: [
            { kind: "ServiceAccount", name: "router", namespace: "openshift-ingress" },
        ],
    })
}
