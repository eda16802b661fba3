//! OpenShift's router: a column of the table, its Routes, and the Role with which it reads certificates.

use helmwright::expression::{Expr, any, equal, join, not, not_empty};
use helmwright::typed::{Fragment, FragmentHelper, ListFragment, Map, Object, Text, fragment_helper};
use helmwright::{fragment, list, object, text};
use helmwright_k8s::types::{PolicyRule, Role, RoleBinding, Route, RouteSpecTls};

use super::hosts::{Host, Site};
use super::table::{Column, Duty, Entry, Need, Row, Value, always, case, write};
use super::{EntryParameters, column_entry};

pub(super) static COLUMN: Column = Column {
    controller: "openshift",
    certificates: &["controllerDefault", "secret", "certManager"],
    certificate_fault: "certificate.source: OpenShift's router has no ACM: secret, certManager or controllerDefault",
    trusts: &["system", "inline"],
    trust_fault: "backendTls.trust: OpenShift's router always checks the pods' certificate: system (its own CA) or inline",
    rows: &[
        Row::field(Need::Certificate, "Route", "/spec/tls/externalCertificate/name"),
        Row::inherent(Need::Certificate, "controllerDefault: the router's own certificate"),
        Row::field(Need::BackendTls, "Route", "/spec/tls/termination"),
        Row::field(Need::BackendTls, "Route", "/spec/tls/destinationCACertificate"),
        Row::field(Need::HttpsOnly, "Route", "/spec/tls/insecureEdgeTerminationPolicy"),
        Row::field(Need::Redirect, "Route", "/spec/tls/insecureEdgeTerminationPolicy"),
        // Separated by blanks: anything else is ignored without a word, and everybody may call. Both names of the
        // annotation, as older routers know only the second.
        Row::entry(Need::AllowedCidrs, "haproxy.router.openshift.io/ip_allowlist", ALLOWED),
        Row::entry(Need::AllowedCidrs, "haproxy.router.openshift.io/ip_whitelist", ALLOWED),
        Row::entry(
            Need::SessionAffinity,
            "haproxy.router.openshift.io/disable_cookies",
            &[case(|entry| not(cookie(entry)), Value::Text("true"))],
        ),
        Row::entry(
            Need::SessionAffinity,
            "router.openshift.io/cookie_name",
            &[case(
                |entry| {
                    helmwright::expression::all([
                        &cookie(entry),
                        &not_empty(&entry.ingress.session_affinity.cookie_name),
                    ])
                },
                Value::Of(|entry| text!("{entry.ingress.session_affinity.cookie_name}")),
            )],
        ),
        Row::inherent(
            Need::SessionAffinity,
            "by cookie unless it is switched off; the cookie ends with the browser's session",
        ),
        Row::entry(
            Need::Timeouts,
            "haproxy.router.openshift.io/timeout",
            &[always(Value::Of(|entry| text!("{entry.ingress.limits.request_seconds}s")))],
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

fn entry() -> FragmentHelper<EntryParameters, Map<Text>> {
    fragment_helper(
        "apim-emt.routeEntry",
        "Annotations for OpenShift's router: what it does for its clients.",
        ["ingress", "cidrs"],
        |map, (ingress, cidrs)| write(map, &column_entry(&COLUMN), &Entry { ingress, cidrs }),
    )
}

/// The Route of a host.
pub(super) fn route(site: &Site<'_>, host: &Host) -> Object {
    let (ingress, backend_tls) = (&site.ingress, &site.ingress.backend_tls);
    let source = &ingress.certificate.source;
    let tls = fragment!(RouteSpecTls {
        if equal(&ingress.http_policy, "redirect") {
            insecureEdgeTerminationPolicy: "Redirect",
        } else {
            insecureEdgeTerminationPolicy: "None",
        }
        if equal(&host.scheme, "HTTPS") {
            termination: "reencrypt",
            if equal(&backend_tls.trust, "inline") { destinationCACertificate: &backend_tls.ca_certificate, }
        } else {
            termination: "edge",
        }
        if equal(source, "secret") {
            externalCertificate: { name: &ingress.certificate.existing_secret },
        } else if equal(source, "certManager") {
            externalCertificate: { name: site.certificate_secret(host) },
        }
    });
    object!(Route {
        metadata: site.metadata(host, entry().call((ingress.clone(), site.cidrs.clone()))),
        spec: {
            host: site.name_of(host),
            to: { kind: "Service", name: site.component.name(), weight: 100 },
            port: { targetPort: host.port },
            tls: tls,
            wildcardPolicy: "None",
        },
    })
}

/// Whether the router has to read certificates.
pub(super) fn reads_certificates(site: &Site<'_>) -> Expr<bool> {
    let source = &site.ingress.certificate.source;
    any([&equal(source, "secret"), &equal(source, "certManager")])
}

/// What lets the router read the certificates, and nothing else.
pub(super) fn role(site: &Site<'_>) -> Object {
    let certificate = &site.ingress.certificate;
    let mut each = ListFragment::build(|_| {});
    for host in &site.hosts {
        let rule = list!(PolicyRule [if not_empty(&host.label) { reading(site.certificate_secret(host)), }]);
        each = list!(PolicyRule [..each, ..rule]);
    }
    object!(Role {
        metadata: site.metadata_named(text!("{site.component.name()}-router")),
        rules: [
            if equal(&certificate.source, "secret") {
                reading(text!("{certificate.existing_secret}")),
            } else {
                ..each,
            }
        ],
    })
}

fn reading(secret: Expr<String>) -> Fragment<PolicyRule> {
    fragment!(PolicyRule {
        apiGroups: [""],
        resources: ["secrets"],
        resourceNames: [secret],
        verbs: ["get", "list", "watch"],
    })
}

/// Who it is for.
pub(super) fn role_binding(site: &Site<'_>) -> Object {
    object!(RoleBinding {
        metadata: site.metadata_named(text!("{site.component.name()}-router")),
        roleRef: {
            apiGroup: "rbac.authorization.k8s.io",
            kind: "Role",
            name: text!("{site.component.name()}-router"),
        },
        subjects: [
            { kind: "ServiceAccount", name: "router", namespace: "openshift-ingress" },
        ],
    })
}
