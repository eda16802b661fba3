//! Values of the ingress that make no sense together, or that the controller cannot do: refused with what to do.

use emt_model::choices::{BackendTrust, CertificateSource, IngressController};
use emt_model::group::{GatewayGroup, GatewayGroupSymbol};
use emt_model::ingress::{Ingress, IngressSymbol};
use emt_model::names::{Cidr, HostLabel, OptionalDomain};
use helmwright::expression::{
    Condition, Expr, TextExpression, add, all, any, any_of, either, equal, first_of, multiply, not, not_empty, overlay,
    sum_of, to_text,
};
use helmwright::text;
use helmwright::tree::File;
use helmwright::typed::{DocumentBuilder, TextHelper, bound, choose, text_function};

use super::COLUMNS;
use super::hosts::{self, Audience, Published, Site};
use crate::common::Common;

/// The template that renders nothing and refuses what must not be published.
pub(super) fn file(common: &Common) -> File {
    let always = |_: &IngressSymbol| Expr::from(true);
    let mut documents = Vec::new();
    for published in Published::ALL {
        documents.extend(hosts::documents(common, published, &always, &|documents, site| {
            refuse(common, documents, site);
        }));
    }
    File {
        name: "refused-ingress.yaml",
        purpose: "Renders nothing: refuses hosts that cannot be published as the values say.",
        documents,
    }
}

const NO_DOMAIN: &str = "domain: name the DNS domain of the hosts, or set ingress.enabled to false";

fn refuse(common: &Common, documents: &mut DocumentBuilder, site: &Site<'_>) {
    documents.refuse(all([&site.any_host(), &not(not_empty(&site.domain))]), NO_DOMAIN);
    let fault = match site.audience {
        Audience::Admin => admin_fault().call((site.ingress.clone(),)),
        Audience::Callers => fault().call((site.ingress.clone(),)),
    };
    documents.bind("fault", &fault, |documents, fault| {
        documents.refuse(not_empty(&fault), text!("{site.path}.ingress.{fault}"));
    });
    site.each(documents, |documents, site, host, name| {
        if let Some(open) = &host.open {
            documents.refuse(not(open), text!("{site.holder}.hosts.{host.port}: the port of the host {name} is off"));
        }
        documents.refuse(
            all([&equal(&site.ingress.certificate.source, "passthrough"), &equal(&host.scheme, "HTTP")]),
            text!("{site.holder}.hosts.{host.port}: the port speaks no TLS that could be passed through to it"),
        );
        documents.refuse(
            not(equal(&claims(common).call((host.label.clone(), site.domain.clone())), "1")),
            text!("{site.holder}.hosts.{host.port}: another port claims the host {name} too"),
        );
    });
}

/// What is wrong with the ingress of a component; nothing where all is well.
fn fault() -> TextHelper<(IngressSymbol,), String> {
    text_function(
        "apim-emt.ingressFault",
        "What is wrong with the ingress of a component; nothing where all is well.",
        ["ingress"],
        |(ingress,): (IngressSymbol,)| {
            bound("controller", &ingress.controller, |controller| {
                bound("source", &ingress.certificate.source, |source| {
                    bound("trust", &ingress.backend_tls.trust, |trust| {
                        let faults = faults(&ingress, &controller, &source, &trust);
                        choose(&branches(&faults), &"")
                    })
                })
            })
        },
    )
}

/// As [`fault`], for the hosts of administrators.
fn admin_fault() -> TextHelper<(IngressSymbol,), String> {
    text_function(
        "apim-emt.adminIngressFault",
        "What is wrong with the ingress of the Admin Node Manager or API Manager; nothing where all is well.",
        ["ingress"],
        |(ingress,): (IngressSymbol,)| {
            let public = equal(&ingress.exposure, "public");
            let (ranges, groups) = (&ingress.admin_allowed_cidrs, &ingress.alb.security_groups);
            bound("controller", &ingress.controller, |controller| {
                let alb = equal(&controller, "alb");
                let unread =
                    all([&public, &equal(&controller, "nginx"), &equal(&ingress.certificate.source, "passthrough")]);
                // On AWS, security groups may say who may call instead.
                let open = all([&public, &not(not_empty(ranges)), &any([&not(&alb), &not(not_empty(groups))])]);
                let shared = all([&alb, &equal(&ingress.admin_load_balancer, "shared"), &not_empty(ranges)]);
                let unguarded = "adminAllowedCidrs: name who may reach it, or set ingress.exposure to internal";
                let one_list = "adminLoadBalancer: a shared AWS load balancer has one list of ranges: set separate";
                let to_all = "exposure: ingress-nginx passes TLS through whoever calls: set internal for hosts of administrators";
                let mut faults = vec![(unread, to_all), (open, unguarded), (shared, one_list)];
                let source = &ingress.certificate.source;
                let messages = [IGNORED_RANGES, UNREAD_ADMIN_RANGES];
                faults.extend(range_faults(&ingress, &controller, source, ranges, messages));
                choose(&branches(&faults), &fault().call((ingress.clone(),)))
            })
        },
    )
}

type Faults = Vec<(Expr<bool>, &'static str)>;

fn branches(faults: &Faults) -> Vec<(&dyn Condition, &dyn TextExpression)> {
    faults.iter().map(|(condition, message)| (condition as _, message as _)).collect()
}

fn faults(
    ingress: &IngressSymbol,
    controller: &Expr<IngressController>,
    source: &Expr<CertificateSource>,
    trust: &Expr<BackendTrust>,
) -> Faults {
    let mut faults = Faults::new();
    for column in COLUMNS {
        let here = equal(controller, column.controller);
        let other_source = other_than(column.certificates, CertificateSource::WORDS, &|word| equal(source, word));
        let other_trust = other_than(column.trusts, BackendTrust::WORDS, &|word| equal(trust, word));
        faults.push((all([&here, &other_source]), column.certificate_fault));
        let checked = if column.certificates.contains(&"passthrough") {
            // Nobody between client and pod checks the pods' certificate when TLS is passed through.
            all([&here, &other_trust, &not(equal(source, "passthrough"))])
        } else {
            all([&here, &other_trust])
        };
        faults.push((checked, column.trust_fault));
    }
    let (certificate, tls) = (&ingress.certificate, &ingress.backend_tls);
    let missing = |chosen: Expr<bool>, set: Expr<bool>| all([&chosen, &not(set)]);
    faults.extend([
        (missing(equal(source, "acm"), not_empty(&certificate.arn)), "certificate.arn: name the certificate in ACM"),
        (
            missing(equal(source, "secret"), not_empty(&certificate.existing_secret)),
            "certificate.existingSecret: name the Secret with the certificate",
        ),
        (
            missing(equal(source, "certManager"), not_empty(&certificate.issuer.name)),
            "certificate.issuer.name: name cert-manager's issuer",
        ),
        (
            missing(equal(trust, "configMap"), not_empty(&tls.existing_config_map)),
            "backendTls.existingConfigMap: name the ConfigMap with the CA",
        ),
        (
            missing(equal(trust, "secret"), not_empty(&tls.existing_secret)),
            "backendTls.existingSecret: name the Secret with the CA",
        ),
        (
            missing(equal(trust, "inline"), not_empty(&tls.ca_certificate)),
            "backendTls.caCertificate: give the CA's certificates",
        ),
        (missing(equal(controller, "gateway-api"), not_empty(&ingress.parent.name)), "parent.name: name the Gateway"),
    ]);
    faults.extend(range_faults(ingress, controller, source, &ingress.allowed_cidrs, [IGNORED_RANGES, UNREAD_RANGES]));
    faults
}

const IGNORED_RANGES: &str = "alb.securityGroups: beside them AWS ignores allowed ranges: say these in the groups";
const UNREAD_RANGES: &str =
    "allowedCidrs: ingress-nginx passes TLS through whoever calls: name the ranges at its load balancer instead";
const UNREAD_ADMIN_RANGES: &str =
    "adminAllowedCidrs: ingress-nginx passes TLS through whoever calls: name the ranges at its load balancer instead";

/// Ranges that the controller would not look at.
fn range_faults(
    ingress: &IngressSymbol,
    controller: &Expr<IngressController>,
    source: &Expr<CertificateSource>,
    ranges: &Expr<Vec<Cidr>>,
    [ignored, unread]: [&'static str; 2],
) -> Faults {
    let groups = &ingress.alb.security_groups;
    vec![
        (all([&equal(controller, "alb"), &not_empty(groups), &not_empty(ranges)]), ignored),
        (all([&equal(controller, "nginx"), &equal(source, "passthrough"), &not_empty(ranges)]), unread),
    ]
}

/// None of the possible words is chosen; said by whichever of possible and impossible words are fewer.
fn other_than(
    possible: &[&'static str],
    all_words: &[&'static str],
    is: &dyn Fn(&'static str) -> Expr<bool>,
) -> Expr<bool> {
    let impossible: Vec<_> = all_words.iter().copied().filter(|word| !possible.contains(word)).collect();
    if impossible.len() < possible.len() { one_of(&impossible, is) } else { not(one_of(possible, is)) }
}

fn one_of(words: &[&'static str], is: &dyn Fn(&'static str) -> Expr<bool>) -> Expr<bool> {
    any_of(words.iter().map(|word| is(word)))
}

/// How many ports claim a host: one, or it is refused.
fn claims(common: &Common) -> TextHelper<(Expr<HostLabel>, Expr<OptionalDomain>), String> {
    let values = &common.values;
    text_function(
        "apim-emt.hostClaims",
        "How many ports of the release claim a host.",
        ["label", "domain"],
        |(label, domain): (Expr<HostLabel>, Expr<OptionalDomain>)| {
            let of_groups = sum_of("claims", &values.gateway_groups, |inside, entry| {
                let group: GatewayGroupSymbol =
                    inside.bind("group", &overlay::<GatewayGroup>(&values.gateway_group_defaults, &entry));
                inside.only_if(all([&group.enabled, &equal(&first_of(&group.domain, &values.domain), &domain)]));
                let hosts = &group.hosts;
                let of_manager: IngressSymbol =
                    inside.bind("managerIngress", &overlay::<Ingress>(&values.ingress, &group.manager.ingress));
                let of_traffic: IngressSymbol =
                    inside.bind("trafficIngress", &overlay::<Ingress>(&values.ingress, &group.traffic.ingress));
                let count =
                    |claimed: &Expr<HostLabel>| either(all([&of_traffic.enabled, &equal(claimed, &label)]), 1, 0);
                let manages = all([&group.manager.enabled, &of_manager.enabled, &equal(&hosts.manager, &label)]);
                let manager = inside.bind("manager", &either(manages, 1, 0));
                let traffic = inside.bind("traffic", &count(&hosts.traffic));
                let plain = inside.bind("plain", &count(&hosts.plain));
                let sample = inside.bind("sample", &count(&hosts.sample));
                let secure = inside.bind("secure", &count(&hosts.secure));
                let oauth = inside.bind("oauth", &count(&hosts.oauth));
                add(manager, add(traffic, add(plain, add(sample, add(secure, oauth)))))
            });
            bound("node_manager", &values.admin_node_manager, |node_manager| {
                bound("ingress", &overlay::<Ingress>(&values.ingress, &node_manager.ingress), |ingress| {
                    let publishes = all([&node_manager.enabled, &ingress.enabled, &equal(&values.domain, &domain)]);
                    let one_if = |claimed: &Expr<HostLabel>| either(equal(claimed, &label), 1, 0);
                    bound("here", &either(publishes, 1, 0), |here| {
                        bound("management", &one_if(&node_manager.hosts.management), |management| {
                            bound("ui", &one_if(&node_manager.hosts.ui), |ui| {
                                to_text(add(of_groups, multiply(here, add(management, ui)))).into()
                            })
                        })
                    })
                })
            })
        },
    )
}
