//! ingress-nginx: a column of the table, and its Ingress objects. The project is retired; the chart still speaks to it.

use emt_model::ingress::IngressSymbol;
use helmwright::expression::{Expr, all, equal, first_text, greater, join, not, not_empty, to_text};
use helmwright::typed::{FragmentHelper, Map, Object, Text, fragment_helper};
use helmwright::values::{Name, release};
use helmwright::{fragment, text};
use helmwright_k8s::types::{IngressSpec, IngressTLS};

use super::hosts::{Host, Site};
use super::table::{Column, Duty, Entry, Need, Pods, Row, Value, always, case, write};
use super::{EntryParameters, PodsParameters, column_entry, column_pods};

pub(super) static COLUMN: Column = Column {
    controller: "nginx",
    certificates: &["controllerDefault", "secret", "certManager", "passthrough"],
    certificate_fault: "certificate.source: ingress-nginx has no ACM: secret, certManager, passthrough or controllerDefault",
    trusts: &["none", "secret"],
    trust_fault: "backendTls.trust: ingress-nginx takes the CA from a Secret: secret or none",
    rows: &[
        Row::field(Need::Certificate, "Ingress", "/spec/tls/0"),
        Row::entry(
            Need::Certificate,
            "nginx.ingress.kubernetes.io/ssl-passthrough",
            &[case(|entry| passes(&entry.ingress), Value::Text("true"))],
        ),
        Row::entry(Need::Redirect, "nginx.ingress.kubernetes.io/force-ssl-redirect", &[always(Value::Text("true"))]),
        Row::inherent(
            Need::Redirect,
            "with httpPolicy drop too, until the administrator closes port 80: it is open for all hosts or for none",
        ),
        Row::entry(Need::HttpsOnly, "nginx.ingress.kubernetes.io/ssl-redirect", &[always(Value::Text("true"))]),
        Row::entry(
            Need::AllowedCidrs,
            "nginx.ingress.kubernetes.io/whitelist-source-range",
            &[case(|entry| not_empty(&entry.cidrs), Value::Of(|entry| join(&entry.cidrs, ",")))],
        ),
        Row::entry(
            Need::SessionAffinity,
            "nginx.ingress.kubernetes.io/affinity",
            &[case(cookie, Value::Text("cookie"))],
        ),
        Row::entry(
            Need::SessionAffinity,
            "nginx.ingress.kubernetes.io/affinity-mode",
            &[case(cookie, Value::Text("persistent"))],
        ),
        Row::entry(
            Need::SessionAffinity,
            "nginx.ingress.kubernetes.io/session-cookie-max-age",
            &[case(cookie, Value::Of(|entry| to_text(&entry.ingress.session_affinity.duration_seconds)))],
        ),
        Row::entry(
            Need::SessionAffinity,
            "nginx.ingress.kubernetes.io/session-cookie-secure",
            &[case(cookie, Value::Text("true"))],
        ),
        // A pod that is gone must not keep its clients.
        Row::entry(
            Need::SessionAffinity,
            "nginx.ingress.kubernetes.io/session-cookie-change-on-failure",
            &[case(cookie, Value::Text("true"))],
        ),
        Row::entry(
            Need::SessionAffinity,
            "nginx.ingress.kubernetes.io/session-cookie-name",
            &[case(
                |entry| all([&cookie(entry), &not_empty(&entry.ingress.session_affinity.cookie_name)]),
                Value::Of(|entry| text!("{entry.ingress.session_affinity.cookie_name}")),
            )],
        ),
        Row::pods(
            Need::BackendTls,
            "nginx.ingress.kubernetes.io/backend-protocol",
            &[always(Value::Of(|pods| text!("{pods.scheme}")))],
        ),
        Row::pods(
            Need::BackendTls,
            "nginx.ingress.kubernetes.io/proxy-ssl-verify",
            &[case(verified, Value::Text("on"))],
        ),
        Row::pods(
            Need::BackendTls,
            "nginx.ingress.kubernetes.io/proxy-ssl-secret",
            &[case(
                verified,
                Value::Of(|pods| text!("{release::namespace()}/{pods.ingress.backend_tls.existing_secret}")),
            )],
        ),
        Row::pods(
            Need::BackendTls,
            "nginx.ingress.kubernetes.io/proxy-ssl-server-name",
            &[case(verified, Value::Text("on"))],
        ),
        Row::field(Need::BackendTls, "Ingress", "/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-ssl-name"),
        Row::pods(
            Need::Timeouts,
            "nginx.ingress.kubernetes.io/proxy-read-timeout",
            &[case(is_read, Value::Of(|pods| to_text(&pods.ingress.limits.request_seconds)))],
        ),
        Row::pods(
            Need::Timeouts,
            "nginx.ingress.kubernetes.io/proxy-send-timeout",
            &[case(is_read, Value::Of(|pods| to_text(&pods.ingress.limits.request_seconds)))],
        ),
        Row::pods(
            Need::BodySize,
            "nginx.ingress.kubernetes.io/proxy-body-size",
            &[case(
                |pods| all([&is_read(pods), &greater(&pods.ingress.limits.body_mib, 0)]),
                Value::Of(|pods| text!("{pods.ingress.limits.body_mib}m")),
            )],
        ),
        Row::inherent(Need::HealthCheck, "the controller sends to ready pods alone: the readiness probe decides"),
    ],
    duties: &[
        Duty {
            need: Need::Certificate,
            place: "Deployment of ingress-nginx",
            setting: "the argument --enable-ssl-passthrough, for ingress.certificate.source passthrough",
            reason: "without it the controller opens TLS with its own certificate",
        },
        Duty {
            need: Need::Http2,
            place: "ConfigMap of ingress-nginx",
            setting: "use-http2: \"false\"",
            reason: "on by default, and no annotation can switch it off",
        },
        Duty {
            need: Need::MinimumTls,
            place: "ConfigMap of ingress-nginx",
            setting: "ssl-protocols: \"TLSv1.2 TLSv1.3\" (\"TLSv1.3\" for ingress.minimumTlsVersion \"1.3\")",
            reason: "an annotation can choose ciphers alone",
        },
        Duty {
            need: Need::HttpsOnly,
            place: "Service of ingress-nginx",
            setting: "no port 80, for ingress.httpPolicy drop",
            reason: "the port is open for all hosts or for none",
        },
        Duty {
            need: Need::Exposure,
            place: "Service of ingress-nginx",
            setting: "an internal load balancer for ingress.exposure internal",
            reason: "the controller's Service decides who reaches it; a second controller has its own ingress.className",
        },
        Duty {
            need: Need::AdminLoadBalancer,
            place: "ingress-nginx",
            setting: "a second controller, named as adminNodeManager.ingress.className and manager.ingress.className",
            reason: "all hosts of a class share its load balancer",
        },
        Duty {
            need: Need::Timeouts,
            place: "ConfigMap of ingress-nginx",
            setting: "keep-alive: the seconds of ingress.limits.idleSeconds",
            reason: "no annotation limits silent connections",
        },
        Duty {
            need: Need::AllowedCidrs,
            place: "Service of ingress-nginx",
            setting: "externalTrafficPolicy: Local, or use-proxy-protocol",
            reason: "else the controller sees the addresses of nodes and ingress.allowedCidrs means nothing",
        },
    ],
};

fn passes(ingress: &IngressSymbol) -> Expr<bool> {
    equal(&ingress.certificate.source, "passthrough")
}

fn cookie(entry: &Entry) -> Expr<bool> {
    all([&equal(&entry.ingress.session_affinity.mode, "cookie"), &not(passes(&entry.ingress))])
}

/// Whether the controller reads requests: it times and limits none that it passes through.
fn is_read(pods: &Pods) -> Expr<bool> {
    not(passes(&pods.ingress))
}

fn verified(pods: &Pods) -> Expr<bool> {
    all([&equal(&pods.scheme, "HTTPS"), &equal(&pods.ingress.backend_tls.trust, "secret"), &is_read(pods)])
}

fn entry() -> FragmentHelper<EntryParameters, Map<Text>> {
    fragment_helper(
        "apim-emt.nginxEntry",
        "Annotations for ingress-nginx: what it does for its clients.",
        ["ingress", "cidrs"],
        |map, (ingress, cidrs)| write(map, &column_entry(&COLUMN), &Entry { ingress, cidrs }),
    )
}

fn pods() -> FragmentHelper<PodsParameters, Map<Text>> {
    fragment_helper(
        "apim-emt.nginxPods",
        "Annotations for ingress-nginx: how it speaks to the pods.",
        ["ingress", "scheme"],
        |map, (ingress, scheme)| write(map, &column_pods(&COLUMN), &Pods { ingress, scheme }),
    )
}

/// The Ingress of a host.
pub(super) fn ingress(site: &Site<'_>, host: &Host, name: &Expr<Name>) -> Object {
    let (ingress, backend_tls) = (&site.ingress, &site.ingress.backend_tls);
    let verified = verified(&Pods { ingress: ingress.clone(), scheme: host.scheme.clone() });
    let annotations = fragment!(Map<Text> {
        ..entry().call((ingress.clone(), site.cidrs.clone())),
        ..pods().call((ingress.clone(), host.scheme.clone())),
        if verified {
            "nginx.ingress.kubernetes.io/proxy-ssl-name": first_text(&backend_tls.server_name, name),
        }
    });
    let source = &ingress.certificate.source;
    let tls = fragment!(IngressTLS {
        hosts: [name],
        if equal(source, "secret") {
            secretName: &ingress.certificate.existing_secret,
        } else if equal(source, "certManager") {
            secretName: site.certificate_secret(host),
        }
    });
    let spec = fragment!(IngressSpec {
        ingressClassName: first_text(&ingress.class_name, "nginx"),
        tls: [tls],
        ..site.rules(host, name),
    });
    site.ingress_object(host, annotations, spec)
}
