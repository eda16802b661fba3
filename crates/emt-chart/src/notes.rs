//! What Helm prints after an installation.

use emt_model::group::{GatewayGroup, GatewayGroupSymbol};
use emt_model::ingress::{Ingress, IngressSymbol};
use helmwright::expression::{Expr, any, equal, first_of, not, not_empty, overlay};
use helmwright::text;
use helmwright::tree::Line;
use helmwright::typed::Lines;
use helmwright::values::{Label, release};

use crate::common::Common;
use crate::ingress::Host;
use crate::{admin_node_manager, events, ingress, manager, traffic};

/// The lines of NOTES.txt.
pub(crate) fn lines(common: &Common) -> Vec<Line> {
    let (values, fullname) = (&common.values, &common.fullname);
    Lines::build(|lines| {
        lines.line(text!("API Management runs as {fullname}, version {release::app_version()}."));
        administrators(common, lines);
        lines.line("");
        lines.line(text!(
            "Gateway groups and the address of their API traffic in the namespace {release::namespace()}:"
        ));
        lines.range(["name", "entry"], &values.gateway_groups, |lines, name, entry| {
            let merged = overlay::<GatewayGroup>(&values.gateway_group_defaults, &entry);
            lines.bind("group", &merged, |lines, group| {
                lines.either(
                    &group.enabled,
                    |lines| {
                        let port = &group.traffic.ports.traffic.port;
                        lines.line(text!("- {name}: {fullname}-{name}-traffic:{port}"));
                        hosts_of_group(common, &group, lines);
                    },
                    |lines| lines.line(text!("- {name}: switched off")),
                );
            });
        });
        claim(common, lines);
        duties(common, lines);
        lines.line("");
        lines.line("See whether the pods are ready:");
        lines.line(text!(
            "kubectl get pods --namespace {release::namespace()} --selector app.kubernetes.io/instance={release::name()}"
        ));
    })
}

/// The hosts of the Admin Node Manager.
fn administrators(common: &Common, lines: &mut Lines) {
    let values = &common.values;
    lines.bind("node_manager", &values.admin_node_manager, |lines, node_manager| {
        lines.when(&node_manager.enabled, |lines| {
            let ingress = overlay::<Ingress>(&values.ingress, &node_manager.ingress);
            hosts(lines, &ingress, &admin_node_manager::hosts(&node_manager), |host| {
                text!("Admin Node Manager, {host.port}: {host.label}.{values.domain}")
            });
        });
    });
}

/// The hosts of a gateway group.
fn hosts_of_group(common: &Common, group: &GatewayGroupSymbol, lines: &mut Lines) {
    let values = &common.values;
    let domain = first_of(&group.domain, &values.domain);
    lines.bind("manager", &group.manager, |lines, manager| {
        lines.when(&manager.enabled, |lines| {
            let ingress = overlay::<Ingress>(&values.ingress, &manager.ingress);
            hosts(lines, &ingress, &manager::hosts(&group.hosts, &manager), |host| {
                text!("  API Manager: {host.label}.{domain}")
            });
        });
    });
    lines.bind("traffic", &group.traffic, |lines, traffic| {
        let ingress = overlay::<Ingress>(&values.ingress, &traffic.ingress);
        hosts(lines, &ingress, &traffic::hosts(&group.hosts, &traffic), |host| {
            text!("  {host.port}: {host.label}.{domain}")
        });
    });
}

/// A line for each host that is published.
fn hosts(lines: &mut Lines, ingress: &IngressSymbol, hosts: &[Host], line: impl Fn(&Host) -> Expr<String>) {
    lines.bind("ingress", ingress, |lines, ingress| {
        lines.when(&ingress.enabled, |lines| {
            for host in hosts {
                lines.when(not_empty(&host.label), |lines| lines.line(line(host)));
            }
        });
    });
}

/// The claim that would make a later upgrade fail.
fn claim(common: &Common, lines: &mut Lines) {
    let storage = &common.values.events.storage;
    lines.when(any([&equal(&storage.kind, "claim"), &equal(&storage.kind, "static")]), |lines| {
        lines.line("");
        lines.line(text!(
            "The events volume has {events::size(common)}. It never shrinks: set events.storage.size to that before you lower the"
        ));
        lines.line("largest number of a group's traffic pods, and before you raise it where its class does not allow expansion.");
    });
}

/// What no object of the release can say, for each controller that publishes something.
fn duties(common: &Common, lines: &mut Lines) {
    let published = ingress::published_by(common);
    for (controller, duties) in ingress::duties() {
        let count = published.call((Expr::<Label>::from(controller),));
        lines.when(not(equal(&count, "0")), |lines| {
            lines.line("");
            if controller == "nginx" {
                lines.line("ingress-nginx is retired since March 2026 and gets no fixes: plan for gateway-api.");
            }
            lines.line(text!(
                "For the administrator of the cluster, since no object of the release can say it ({controller}):"
            ));
            for duty in duties {
                lines.line(duty.setting_and_place().as_str());
            }
        });
    }
}
