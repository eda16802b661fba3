//! Gateway API: a column of the table, its routes and policies. They attach to a Gateway of the cluster's administrator.
//!
//! The standard channel alone: session persistence, allow-lists and the gateway's own TLS are the implementation's, and
//! stand in the administrator's list.

use emt_model::ingress::IngressSymbol;
use emt_model::names::ObjectName;
use helmwright::expression::{Expr, all, any, equal, first_text, not, not_empty};
use helmwright::typed::{Fragment, FragmentHelper, ListFragment, Object, fragment_helper};
use helmwright::values::{Name, release};
use helmwright::{fragment, list, object, text};
use helmwright_k8s::types::{
    BackendTLSPolicy, BackendTLSPolicySpecValidation, HTTPRoute, HTTPRouteSpecParentRefs, ReferenceGrant,
    ReferenceGrantSpecTo, TLSRoute,
};

use super::hosts::{Host, Site};
use super::table::{Column, Duty, Need, Row};

pub(super) static COLUMN: Column = Column {
    controller: "gateway-api",
    certificates: &["controllerDefault", "secret", "certManager", "passthrough"],
    certificate_fault: "certificate.source: the Gateway API has no ACM: secret, certManager, passthrough or controllerDefault",
    trusts: &["system", "configMap", "secret"],
    trust_fault: "backendTls.trust: the Gateway API always checks the pods' certificate: system, configMap or secret",
    rows: &[
        Row::field(Need::Certificate, "ReferenceGrant", "/spec/to"),
        Row::field(Need::Certificate, "TLSRoute", "/spec/parentRefs/0/sectionName"),
        Row::field(Need::BackendTls, "BackendTLSPolicy", "/spec/validation"),
        Row::field(Need::BackendTls, "HTTPRoute", "/spec/rules/0/backendRefs/0/port"),
        Row::field(Need::HttpsOnly, "HTTPRoute", "/spec/parentRefs/0/sectionName"),
        Row::field(Need::Redirect, "HTTPRoute", "/spec/rules/0/filters/0/requestRedirect/scheme"),
        Row::field(Need::Timeouts, "HTTPRoute", "/spec/rules/0/timeouts/request"),
    ],
    duties: &[
        Duty {
            need: Need::Certificate,
            place: "Gateway",
            setting: "spec.listeners[].tls.certificateRefs: the Secrets of ingress.certificate, with their namespace",
            reason: "TLS ends at the listener; a ReferenceGrant of the release lets a Gateway elsewhere read them",
        },
        Duty {
            need: Need::Certificate,
            place: "Gateway",
            setting: "a listener of protocol TLS with tls.mode Passthrough, named as ingress.parent.listener, for \
                      ingress.certificate.source passthrough",
            reason: "a TLSRoute attaches to no other; it is in the standard channel since Gateway API 1.5",
        },
        Duty {
            need: Need::Exposure,
            place: "Gateway",
            setting: "spec.listeners[].allowedRoutes.namespaces: the release's, where ingress.parent.namespace is another",
            reason: "a listener takes routes of its own namespace alone unless it says so",
        },
        Duty {
            need: Need::HttpsOnly,
            place: "Gateway",
            setting: "no listener of protocol HTTP, for ingress.httpPolicy drop",
            reason: "routes can stay away from a listener, and not close it",
        },
        Duty {
            need: Need::MinimumTls,
            place: "Gateway",
            setting: "spec.listeners[].tls.options, or the implementation's policy (AWS sslPolicy, GKE GCPGatewayPolicy)",
            reason: "the API has no field for the lowest version",
        },
        Duty {
            need: Need::Http2,
            place: "Gateway",
            setting: "the implementation's policy (AWS LoadBalancerConfiguration: routing.http2.enabled=false)",
            reason: "the API has no field for it",
        },
        Duty {
            need: Need::SessionAffinity,
            place: "the implementation's policy on the Services of the Admin Node Manager and API Manager",
            setting: "affinity by cookie (AWS target group stickiness.enabled=true, GKE GCPBackendPolicy sessionAffinity)",
            reason: "sessionPersistence is in the experimental channel only",
        },
        Duty {
            need: Need::AllowedCidrs,
            place: "the implementation's policy",
            setting: "the ranges of ingress.allowedCidrs and ingress.adminAllowedCidrs (AWS sourceRanges, GKE securityPolicy)",
            reason: "the API has no filter by address",
        },
        Duty {
            need: Need::Exposure,
            place: "Gateway",
            setting: "an internal address for ingress.exposure internal",
            reason: "the Gateway's class and addresses decide who reaches it",
        },
        Duty {
            need: Need::AdminLoadBalancer,
            place: "Gateway",
            setting: "a second one, named as adminNodeManager.ingress.parent and manager.ingress.parent",
            reason: "all routes of a Gateway share its load balancer",
        },
        Duty {
            need: Need::HealthCheck,
            place: "the implementation's policy on the Services",
            setting: "path, port and scheme of the readiness probes (AWS TargetGroupConfiguration, GKE HealthCheckPolicy)",
            reason: "the API has no health check; without one ready pods decide",
        },
        Duty {
            need: Need::Timeouts,
            place: "Gateway",
            setting: "the seconds of ingress.limits.idleSeconds, by the implementation's policy",
            reason: "routes limit requests, not silent connections",
        },
        Duty {
            need: Need::BodySize,
            place: "Gateway",
            setting: "the size of ingress.limits.bodyMiB, where the implementation limits bodies",
            reason: "the API has no field for it; implementations have their own default",
        },
    ],
};

fn parent(site: &Site<'_>, listener: &Expr<ObjectName>) -> Fragment<HTTPRouteSpecParentRefs> {
    let parent = &site.ingress.parent;
    fragment!(HTTPRouteSpecParentRefs {
        name: &parent.name,
        with namespace = &parent.namespace { namespace: namespace, }
        sectionName: listener,
    })
}

/// The route of a host, from the listener for HTTPS to the pods.
pub(super) fn route(site: &Site<'_>, host: &Host, name: &Expr<Name>) -> Object {
    object!(HTTPRoute {
        metadata: site.metadata_named(site.object_name(host)),
        spec: {
            parentRefs: [parent(site, &site.ingress.parent.listener)],
            hostnames: [name],
            rules: [
                {
                    backendRefs: [{ name: &site.service, port: &host.number }],
                    timeouts: { request: text!("{site.ingress.limits.request_seconds}s") },
                },
            ],
        },
    })
}

/// Whether TLS is handed on unopened.
pub(super) fn passes(ingress: &IngressSymbol) -> Expr<bool> {
    equal(&ingress.certificate.source, "passthrough")
}

/// The route of a host whose TLS is passed through, by the name that clients ask for when they open it.
pub(super) fn passed_through(site: &Site<'_>, host: &Host, name: &Expr<Name>) -> Object {
    let parent = &site.ingress.parent;
    object!(TLSRoute {
        metadata: site.metadata_named(site.object_name(host)),
        spec: {
            parentRefs: [
                {
                    name: &parent.name,
                    with namespace = &parent.namespace { namespace: namespace, }
                    sectionName: &parent.listener,
                },
            ],
            hostnames: [name],
            rules: [
                {
                    backendRefs: [{ name: &site.service, port: &host.number }],
                },
            ],
        },
    })
}

/// Whether the Gateway reads certificates of the release from another namespace.
pub(super) fn reads_certificates(ingress: &IngressSymbol) -> Expr<bool> {
    let (source, namespace) = (&ingress.certificate.source, &ingress.parent.namespace);
    all([
        &equal(&ingress.controller, "gateway-api"),
        &any([&equal(source, "secret"), &equal(source, "certManager")]),
        &not_empty(namespace),
        &not(equal(namespace, &release::namespace())),
    ])
}

/// What lets Gateways of the namespace where the parent stands read the hosts' certificates, and nothing else.
///
/// It has to stand beside the Secrets, so the release writes it although the Gateway is the administrator's. Nothing else
/// that routes and policies refer to is in another namespace.
pub(super) fn grant(site: &Site<'_>) -> Object {
    let certificate = &site.ingress.certificate;
    let made = ListFragment::build(|list| {
        for host in &site.hosts {
            let secret = site.certificate_secret(host);
            let secret = list!(ReferenceGrantSpecTo [{ group: "", kind: "Secret", name: secret }]);
            match site.hosts.len() {
                // There is no grant without a host.
                1 => list.splice(secret),
                _ => list.when(host.published(), |list| list.splice(secret)),
            }
        }
    });
    object!(ReferenceGrant {
        metadata: site.metadata_named(text!("{site.service}-certificates")),
        spec: {
            from: [
                { group: "gateway.networking.k8s.io", kind: "Gateway", namespace: &site.ingress.parent.namespace },
            ],
            to: [
                if equal(&certificate.source, "secret") {
                    { group: "", kind: "Secret", name: &certificate.existing_secret },
                } else {
                    ..made,
                }
            ],
        },
    })
}

/// The route that redirects HTTP to HTTPS.
pub(super) fn redirect(site: &Site<'_>, host: &Host, name: &Expr<Name>) -> Object {
    object!(HTTPRoute {
        metadata: site.metadata_named(text!("{site.object_name(host)}-redirect")),
        spec: {
            parentRefs: [parent(site, &site.ingress.parent.http_listener)],
            hostnames: [name],
            rules: [
                {
                    filters: [
                        { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } },
                    ],
                },
            ],
        },
    })
}

/// HTTPS from the Gateway to the pods, and what their certificate is checked against.
pub(super) fn policy(site: &Site<'_>, host: &Host, name: &Expr<Name>) -> Object {
    object!(BackendTLSPolicy {
        metadata: site.metadata_named(site.object_name(host)),
        spec: {
            targetRefs: [{ group: "", kind: "Service", name: &site.service, sectionName: host.port }],
            validation: validation().call((site.ingress.clone(), name.clone())),
        },
    })
}

fn validation() -> FragmentHelper<(IngressSymbol, Expr<Name>), BackendTLSPolicySpecValidation> {
    fragment_helper(
        "apim-emt.backendValidation",
        "What a Gateway checks the pods' certificate against.",
        ["ingress", "host"],
        |map, (ingress, host): (IngressSymbol, Expr<Name>)| {
            let tls = &ingress.backend_tls;
            map.splice(fragment!(BackendTLSPolicySpecValidation {
                hostname: first_text(&tls.server_name, host),
                if equal(&tls.trust, "configMap") {
                    caCertificateRefs: [{ group: "", kind: "ConfigMap", name: &tls.existing_config_map }],
                } else if equal(&tls.trust, "secret") {
                    caCertificateRefs: [{ group: "", kind: "Secret", name: &tls.existing_secret }],
                } else {
                    wellKnownCACertificates: "System",
                }
            }));
        },
    )
}
