//! Values of the ingress that make no sense together, or that the controller cannot do: refused with what to do.

use emt_model::group::{GatewayGroup, GatewayGroupSymbol};
use emt_model::ingress::IngressSymbol;
use emt_model::names::{HostLabel, OptionalDomain};
use helmwright::expression::{
    Condition, Expr, TextExpression, add, all, any, either, equal, first_of, not, not_empty, overlay, sum_of, to_text,
};
use helmwright::text;
use helmwright::tree::File;
use helmwright::typed::{DocumentBuilder, TextHelper, bound, choose, text_function};

use super::hosts::{self, Audience, Published, Site};
use super::{COLUMNS, gateway_api};
use crate::common::Common;

/// The template that renders nothing and refuses what must not be published.
pub(super) fn file(common: &Common) -> File {
    let always = |_: &IngressSymbol| Expr::from(true);
    let documents = Published::ALL
        .into_iter()
        .flat_map(|published| {
            hosts::documents(common, published, &always, &|documents, site| refuse(common, documents, site))
        })
        .collect();
    File {
        name: "refused-ingress.yaml",
        purpose: "Renders nothing: refuses hosts that cannot be published as the values say.",
        documents,
    }
}

fn refuse(common: &Common, documents: &mut DocumentBuilder, site: &Site<'_>) {
    documents.refuse(
        not(not_empty(&site.domain)),
        "domain: name the DNS domain of the hosts, or set ingress.enabled to false",
    );
    let fault = match site.audience {
        Audience::Admin => admin_fault().call((site.ingress.clone(),)),
        Audience::Callers => fault().call((site.ingress.clone(),)),
    };
    documents.bind("fault", &fault, |documents, fault| {
        documents.refuse(not_empty(&fault), text!("{site.path}: ingress.{fault}"));
    });
    site.each(documents, |documents, host| {
        if let Some(open) = &host.open {
            documents.refuse(
                not(open),
                text!("{site.path}.ports.{host.port}: has the host {host.label}, and is not enabled"),
            );
        }
        documents.refuse(
            not(equal(&claims(common).call((host.label.clone(), site.domain.clone())), "1")),
            text!("{site.path}: the host {site.name_of(host)} is claimed by another port too: name another in hosts"),
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
            let faults = faults(&ingress);
            let branches: Vec<(&dyn Condition, &dyn TextExpression)> =
                faults.iter().map(|(condition, message)| (condition as _, message as _)).collect();
            choose(&branches, &"")
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
            let alb = equal(&ingress.controller, "alb");
            let ranges = &ingress.admin_allowed_cidrs;
            // On AWS, security groups of the user's say who may call.
            let guarded = all([&alb, &not_empty(&ingress.alb.security_groups)]);
            let open = all([&equal(&ingress.exposure, "public"), &not(not_empty(ranges)), &not(guarded)]);
            let shared = all([&alb, &equal(&ingress.admin_load_balancer, "shared"), &not_empty(ranges)]);
            choose(
                &[
                    (
                        &open,
                        &"adminAllowedCidrs: name who may reach administration, or set ingress.exposure to internal",
                    ),
                    (
                        &shared,
                        &"adminLoadBalancer: a shared AWS load balancer has one list of ranges: separate, or allowedCidrs",
                    ),
                ],
                &fault().call((ingress.clone(),)),
            )
        },
    )
}

fn faults(ingress: &IngressSymbol) -> Vec<(Expr<bool>, &'static str)> {
    let (certificate, tls) = (&ingress.certificate, &ingress.backend_tls);
    let lacks = |chosen: Expr<bool>, empty: Expr<bool>| all([&chosen, &empty]);
    let mut faults = Vec::new();
    for column in COLUMNS {
        let here = equal(&ingress.controller, column.controller);
        let one_of = |words: &'static [&'static str], is: &dyn Fn(&'static str) -> Expr<bool>| match words {
            [only] => is(only),
            [first, second] => any([&is(first), &is(second)]),
            [first, second, third] => any([&is(first), &is(second), &is(third)]),
            _ => Expr::from(true),
        };
        let known = one_of(column.certificates, &|word| equal(&certificate.source, word));
        faults.push((all([&here, &not(known)]), column.certificate_fault));
        let known = one_of(column.trusts, &|word| equal(&tls.trust, word));
        faults.push((all([&here, &not(known)]), column.trust_fault));
    }
    let source = |word: &'static str| equal(&certificate.source, word);
    let trust = |word: &'static str| equal(&tls.trust, word);
    let gateway = equal(&ingress.controller, "gateway-api");
    faults.extend([
        (lacks(source("acm"), not(not_empty(&certificate.arn))), "certificate.arn: name the certificate in ACM"),
        (
            lacks(source("secret"), not(not_empty(&certificate.existing_secret))),
            "certificate.existingSecret: name the Secret with the certificate",
        ),
        (
            lacks(source("certManager"), not(not_empty(&certificate.issuer.name))),
            "certificate.issuer.name: name cert-manager's issuer",
        ),
        (
            lacks(trust("configMap"), not(not_empty(&tls.existing_config_map))),
            "backendTls.existingConfigMap: name the ConfigMap with the CA",
        ),
        (
            lacks(trust("secret"), not(not_empty(&tls.existing_secret))),
            "backendTls.existingSecret: name the Secret with the CA",
        ),
        (
            lacks(trust("inline"), not(not_empty(&tls.ca_certificate))),
            "backendTls.caCertificate: give the CA's certificates",
        ),
        (lacks(gateway, gateway_api::lacks_parent(ingress)), "parent: name the Gateway and its two listeners"),
        (
            all([
                &equal(&ingress.controller, "alb"),
                &not_empty(&ingress.alb.security_groups),
                &any([&not_empty(&ingress.allowed_cidrs), &not_empty(&ingress.admin_allowed_cidrs)]),
            ]),
            "alb.securityGroups: beside them an AWS load balancer ignores allowed ranges: say these in the groups",
        ),
    ]);
    faults
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
                let count = |claimed: &Expr<HostLabel>| either(equal(claimed, &label), 1, 0);
                let manager = inside
                    .bind("manager", &either(all([&group.manager.enabled, &equal(&hosts.manager, &label)]), 1, 0));
                let traffic = inside.bind("traffic", &count(&hosts.traffic));
                let plain = inside.bind("plain", &count(&hosts.plain));
                let sample = inside.bind("sample", &count(&hosts.sample));
                let secure = inside.bind("secure", &count(&hosts.secure));
                let oauth = inside.bind("oauth", &count(&hosts.oauth));
                add(manager, add(traffic, add(plain, add(sample, add(secure, oauth)))))
            });
            let node_manager = &values.admin_node_manager;
            let here = all([&node_manager.enabled, &equal(&values.domain, &domain)]);
            let count = |claimed: &Expr<HostLabel>| either(all([&here, &equal(claimed, &label)]), 1, 0);
            bound("management", &count(&node_manager.hosts.management), |management| {
                bound("ui", &count(&node_manager.hosts.ui), |ui| {
                    let all = add(of_groups, add(management, ui));
                    bound("all", &all, |all| to_text(&all).into())
                })
            })
        },
    )
}
