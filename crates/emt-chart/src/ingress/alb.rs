//! The AWS Load Balancer Controller: a column of the table, and its Ingress objects.
//!
//! Hosts of one group share a load balancer and have to agree on everything that is said of it. Group names are known in
//! the whole cluster, so they begin with the namespace.

use emt_model::ingress::IngressSymbol;
use helmwright::expression::{
    Expr, all, equal, first_text, greater, join, length, not_empty, sha256, text_of, to_text, truncate, word_of,
};
use helmwright::typed::{
    FragmentHelper, Map, Object, Text, choose, fragment_helper, lines_helper, text_function, text_helper,
};
use helmwright::values::{Label, Name, release};
use helmwright::{fragment, text};
use helmwright_k8s::types::IngressSpec;

use super::hosts::{Audience, Host, Site};
use super::table::{Check, Column, Duty, Entry, Need, Pods, Row, Value, always, case, write};
use super::{CheckParameters, EntryParameters, PodsParameters, column_check, column_entry, column_pods};
use crate::common::Common;

pub(super) static COLUMN: Column = Column {
    controller: "alb",
    certificates: &["controllerDefault", "acm"],
    certificate_fault: "certificate.source: an AWS load balancer ends TLS itself, with certificates in ACM: acm or controllerDefault",
    trusts: &["none"],
    trust_fault: "backendTls.trust: an AWS load balancer never checks the pods' certificate: only none is possible",
    rows: &[
        Row::entry(
            Need::Http2,
            LOAD_BALANCER_ATTRIBUTES,
            &[always(Value::Block(|entry| balancer_attributes(&entry.ingress)))],
        ),
        Row::entry(
            Need::Exposure,
            "alb.ingress.kubernetes.io/scheme",
            &[
                case(|entry| equal(&entry.ingress.exposure, "public"), Value::Text("internet-facing")),
                always(Value::Text("internal")),
            ],
        ),
        Row::entry(
            Need::HttpsOnly,
            "alb.ingress.kubernetes.io/listen-ports",
            &[
                case(redirects, Value::Text(r#"[{"HTTP": 80}, {"HTTPS": 443}]"#)),
                always(Value::Text(r#"[{"HTTPS": 443}]"#)),
            ],
        ),
        Row::entry(Need::Redirect, "alb.ingress.kubernetes.io/ssl-redirect", &[case(redirects, Value::Text("443"))]),
        // Without it the controller takes a policy that still accepts TLS 1.0.
        Row::entry(
            Need::MinimumTls,
            "alb.ingress.kubernetes.io/ssl-policy",
            &[
                case(
                    |entry| equal(&entry.ingress.minimum_tls_version, "1.3"),
                    Value::Text("ELBSecurityPolicy-TLS13-1-3-2021-06"),
                ),
                always(Value::Text("ELBSecurityPolicy-TLS13-1-2-2021-06")),
            ],
        ),
        Row::entry(
            Need::Certificate,
            "alb.ingress.kubernetes.io/certificate-arn",
            &[case(
                |entry| equal(&entry.ingress.certificate.source, "acm"),
                Value::Of(|entry| text!("{entry.ingress.certificate.arn}")),
            )],
        ),
        Row::inherent(
            Need::Certificate,
            "controllerDefault: the controller finds the certificate in ACM by the rule's host",
        ),
        Row::entry(
            Need::AllowedCidrs,
            "alb.ingress.kubernetes.io/inbound-cidrs",
            &[case(|entry| not_empty(&entry.cidrs), Value::Of(|entry| join(&entry.cidrs, ",")))],
        ),
        Row::entry(
            Need::Exposure,
            "alb.ingress.kubernetes.io/subnets",
            &[case(
                |entry| not_empty(&entry.ingress.alb.subnets),
                Value::Of(|entry| join(&entry.ingress.alb.subnets, ",")),
            )],
        ),
        Row::entry(
            Need::AllowedCidrs,
            "alb.ingress.kubernetes.io/security-groups",
            &[case(
                |entry| not_empty(&entry.ingress.alb.security_groups),
                Value::Of(|entry| join(&entry.ingress.alb.security_groups, ",")),
            )],
        ),
        Row::entry(
            Need::AllowedCidrs,
            "alb.ingress.kubernetes.io/wafv2-acl-arn",
            &[case(
                |entry| not_empty(&entry.ingress.alb.waf_acl_arn),
                Value::Of(|entry| text!("{entry.ingress.alb.waf_acl_arn}")),
            )],
        ),
        Row::field(Need::AdminLoadBalancer, "Ingress", "/metadata/annotations/alb.ingress.kubernetes.io~1group.name"),
        // Services are of type ClusterIP, and cookies need it.
        Row::pods(Need::BackendTls, "alb.ingress.kubernetes.io/target-type", &[always(Value::Text("ip"))]),
        Row::pods(
            Need::BackendTls,
            "alb.ingress.kubernetes.io/backend-protocol",
            &[always(Value::Of(|pods| text!("{pods.scheme}")))],
        ),
        Row::check(
            Need::HealthCheck,
            "alb.ingress.kubernetes.io/healthcheck-protocol",
            &[always(Value::Of(|check| text!("{check.port.scheme}")))],
        ),
        Row::check(
            Need::HealthCheck,
            "alb.ingress.kubernetes.io/healthcheck-port",
            &[always(Value::Of(|check| to_text(&check.port.port)))],
        ),
        Row::check(
            Need::HealthCheck,
            "alb.ingress.kubernetes.io/healthcheck-path",
            &[always(Value::Of(|check| first_text(&check.ingress.health_check.path, &check.path)))],
        ),
        Row::check(
            Need::HealthCheck,
            "alb.ingress.kubernetes.io/healthcheck-interval-seconds",
            &[always(Value::Of(|check| to_text(&check.ingress.health_check.interval_seconds)))],
        ),
        Row::check(
            Need::HealthCheck,
            "alb.ingress.kubernetes.io/success-codes",
            &[always(Value::Of(|check| text!("{check.ingress.health_check.success_codes}")))],
        ),
        Row::pods(
            Need::SessionAffinity,
            "alb.ingress.kubernetes.io/target-group-attributes",
            &[case(
                |pods| equal(&pods.ingress.session_affinity.mode, "cookie"),
                Value::Block(|pods| stickiness(&pods.ingress)),
            )],
        ),
        Row::field(
            Need::Timeouts,
            "Ingress",
            "/metadata/annotations/alb.ingress.kubernetes.io~1load-balancer-attributes",
        ),
        Row::inherent(Need::Timeouts, "the load balancer limits silence, not the length of a request"),
        Row::inherent(Need::BodySize, "the load balancer does not limit what it hands to IP targets"),
    ],
    duties: &[
        Duty {
            need: Need::Certificate,
            place: "AWS Certificate Manager",
            setting: "a certificate for every published host, in the region of the load balancer",
            reason: "the load balancer reads no Kubernetes Secret",
        },
        Duty {
            need: Need::HealthCheck,
            place: "the release's Namespace",
            setting: "label elbv2.k8s.aws/pod-readiness-gate-inject=enabled",
            reason: "else a rollout goes on before the load balancer knows the new pods",
        },
        Duty {
            need: Need::AdminLoadBalancer,
            place: "AWS Load Balancer Controller",
            setting: "its permissions in AWS, and nobody else in groups of these names",
            reason: "any Ingress of the cluster can join a group and add rules to its load balancer",
        },
    ],
};

const LOAD_BALANCER_ATTRIBUTES: &str = "alb.ingress.kubernetes.io/load-balancer-attributes";

fn redirects(entry: &Entry) -> Expr<bool> {
    equal(&entry.ingress.http_policy, "redirect")
}

/// The controller trims what stands around each comma, and takes no comma at the end.
fn balancer_attributes(ingress: &IngressSymbol) -> Expr<String> {
    lines_helper(
        "apim-emt.albLoadBalancerAttributes",
        "Attributes of an AWS load balancer, separated by commas.",
        ["ingress"],
        |lines, (ingress,): (IngressSymbol,)| {
            lines.line(text!("routing.http2.enabled={word_of(&ingress.http2)},"));
            lines.range(["attribute", "value"], &ingress.alb.attributes, |lines, attribute, value| {
                lines.line(text!("{attribute}={value},"));
            });
            lines.line(text!("idle_timeout.timeout_seconds={ingress.limits.idle_seconds}"));
        },
    )
    .call((ingress.clone(),))
}

fn stickiness(ingress: &IngressSymbol) -> Expr<String> {
    lines_helper(
        "apim-emt.albStickiness",
        "Attributes of an AWS target group whose clients stay with one pod, separated by commas.",
        ["ingress"],
        |lines, (ingress,): (IngressSymbol,)| {
            let affinity = &ingress.session_affinity;
            lines.line("stickiness.enabled=true,");
            lines.either(
                not_empty(&affinity.cookie_name),
                |lines| {
                    lines.line("stickiness.type=app_cookie,");
                    lines.line(text!("stickiness.app_cookie.cookie_name={affinity.cookie_name},"));
                    lines.line(text!("stickiness.app_cookie.duration_seconds={affinity.duration_seconds}"));
                },
                |lines| {
                    lines.line("stickiness.type=lb_cookie,");
                    lines.line(text!("stickiness.lb_cookie.duration_seconds={affinity.duration_seconds}"));
                },
            );
        },
    )
    .call((ingress.clone(),))
}

/// The group that a host's load balancer is of: at most 63 characters.
fn group(common: &Common, ingress: &IngressSymbol, audience: Audience) -> Expr<Name> {
    let fullname = &common.fullname;
    let namespace = release::namespace();
    let long = greater(length(text!("{namespace}-{fullname}")), 46);
    let unnamed: Expr<Name> = text_helper(
        "apim-emt.albGroupBase",
        "What the names of load balancer groups begin with. They are known in the whole cluster.",
        choose(&[(&long, &text!("{fullname}-{truncate(sha256(&namespace), 6)}"))], &text!("{namespace}-{fullname}")),
    );
    let groups = text_function::<(IngressSymbol, Expr<Label>), Name>(
        "apim-emt.albGroup",
        "Group of a host's load balancer: hosts share one unless they differ in exposure, or are for administrators.",
        ["ingress", "audience"],
        |(ingress, audience)| {
            let own = all([&equal(&audience, "admin"), &equal(&ingress.admin_load_balancer, "separate")]);
            let base = text_of(&[&first_text(&ingress.alb.group, &unnamed)]);
            choose(&[(&own, &text!("{base}-admin-{ingress.exposure}"))], &text!("{base}-{ingress.exposure}"))
        },
    );
    groups.call((ingress.clone(), Expr::<Label>::from(audience.word())))
}

fn entry() -> FragmentHelper<EntryParameters, Map<Text>> {
    fragment_helper(
        "apim-emt.albEntry",
        "Annotations for the AWS Load Balancer Controller: what the load balancer does for its clients.",
        ["ingress", "cidrs"],
        |map, (ingress, cidrs)| write(map, &column_entry(&COLUMN), &Entry { ingress, cidrs }),
    )
}

fn pods() -> FragmentHelper<PodsParameters, Map<Text>> {
    fragment_helper(
        "apim-emt.albPods",
        "Annotations for the AWS Load Balancer Controller: how the load balancer speaks to the pods.",
        ["ingress", "scheme"],
        |map, (ingress, scheme)| write(map, &column_pods(&COLUMN), &Pods { ingress, scheme }),
    )
}

fn check() -> FragmentHelper<CheckParameters, Map<Text>> {
    fragment_helper(
        "apim-emt.albHealthCheck",
        "Annotations for the AWS Load Balancer Controller: how the load balancer sees that a pod is ready.",
        ["ingress", "path", "port"],
        |map, (ingress, path, port)| write(map, &column_check(&COLUMN), &Check { ingress, path, port }),
    )
}

/// The Ingress of a host.
pub(super) fn ingress(site: &Site<'_>, host: &Host, name: &Expr<Name>) -> Object {
    let group = group(site.component.common, &site.ingress, site.audience);
    let annotations = fragment!(Map<Text> {
        ..entry().call((site.ingress.clone(), site.cidrs.clone())),
        "alb.ingress.kubernetes.io/group.name": group,
        ..pods().call((site.ingress.clone(), host.scheme.clone())),
        ..check().call((site.ingress.clone(), site.probe.path.clone(), site.probe.at.clone())),
    });
    let spec = fragment!(IngressSpec {
        ingressClassName: first_text(&site.ingress.class_name, "alb"),
        ..site.rules(host, name),
    });
    site.ingress_object(host, annotations, spec)
}
