//! The traffic gateways of each group: the pods that handle API calls (seed rows S1-242 to S1-259).

use emt_model::group::GatewayGroupSymbol;
use emt_model::ingress::GroupHostsSymbol;
use emt_model::names::HostLabel;
use emt_model::traffic::{OpenPortSymbol, OptionalPortSymbol, TrafficSymbol};
use helmwright::expression::{Expr, all, equal, not};
use helmwright::tree::File;
use helmwright::typed::Object;
use helmwright::{fragment, list};
use helmwright_k8s::types::{ContainerPort, DeploymentSpec, ServicePort};

use crate::common::{Common, Group};
use crate::component::{Component, Kind};
use crate::ingress::Host;
use crate::network::Endpoint;
use crate::pod::{GATEWAY_DIRECTORIES, GATEWAY_START_SCRIPT, Merged, Parts, gateway, group_env, port, service_port};
use crate::{prechecks, settings};

pub(crate) const KIND: Kind = Kind { name: "traffic", suffix: "traffic", mounts: |pods| pods.traffic.clone() };

/// The template files of the component.
pub(crate) fn files(common: &Common) -> Vec<File> {
    let file = |name,
                purpose,
                condition: &dyn Fn(&GatewayGroupSymbol) -> Expr<bool>,
                object: &dyn Fn(&Component<'_>, &Group) -> Object| {
        let condition = |group: &GatewayGroupSymbol| all([&group.enabled, &condition(group)]);
        let documents = common.for_groups(condition, |documents, group| {
            documents.bind("traffic", &group.values.traffic, |documents, traffic| {
                let values = group.values.with(|group| group.traffic = traffic);
                let group = Group { values, ..group.clone() };
                let pod = group.values.traffic.pod();
                documents.object(object(&Component { common, kind: KIND, group: Some(&group), pod }, &group));
            });
        });
        File { name, purpose, documents }
    };
    let always = |_: &GatewayGroupSymbol| Expr::from(true);
    vec![
        file(
            "traffic-serviceaccount.yaml",
            "The identity of each gateway group's traffic pods.",
            &|group| Component::makes_service_account(&group.traffic.pod()),
            &|component, _| component.service_account(),
        ),
        file(
            "traffic-configmap.yaml",
            "Settings that the traffic pods of each gateway group merge into their configuration.",
            &|group| files_of(group).wanted(),
            &|component, group| component.settings(&files_of(&group.values)),
        ),
        file("traffic-deployment.yaml", "The traffic pods of each gateway group.", &always, &|component, group| {
            component.deployment(&parts(component, group))
        }),
        file(
            "traffic-service.yaml",
            "The address of each gateway group's traffic pods inside the cluster.",
            &always,
            &|component, group| {
                let ports = &group.values.traffic.ports;
                component.service(&list!(ServicePort [
                    service_port("traffic", &ports.traffic.port, &ports.traffic.scheme),
                    service_port("plain", &ports.plain.port, &ports.plain.scheme),
                    if &ports.sample.enabled { service_port("sample", &ports.sample.port, &ports.sample.scheme), }
                    if &ports.secure.enabled { service_port("secure", &ports.secure.port, &ports.secure.scheme), }
                    if &ports.oauth.enabled { service_port("oauth", &ports.oauth.port, &ports.oauth.scheme), }
                ]))
            },
        ),
        file(
            "traffic-horizontalpodautoscaler.yaml",
            "The number of traffic pods of each gateway group follows the load.",
            &|group| group.traffic.autoscaling.enabled.clone(),
            &|component, group| component.autoscaler(&group.values.traffic.autoscaling),
        ),
        file(
            "traffic-poddisruptionbudget.yaml",
            "How many traffic pods of each gateway group may be away at once.",
            &|group| group.traffic.disruption_budget.enabled.clone(),
            &|component, _| component.disruption_budget(),
        ),
        file(
            "traffic-networkpolicy.yaml",
            "Who may call the traffic pods of each gateway group, and whom they may call.",
            &|_| common.values.network_policy.enabled.clone(),
            &|component, _| component.network_policy(Endpoint::Traffic),
        ),
    ]
}

fn files_of(group: &GatewayGroupSymbol) -> settings::Files {
    settings::Files { group: Some(group.clone()), jvm: group.traffic.jvm.clone() }
}

fn parts<'a>(component: &Component<'a>, group: &'a Group) -> Parts<'a> {
    let (traffic, ports) = (&group.values.traffic, &group.values.traffic.ports);
    Parts {
        image: &group.values.image,
        start_script: GATEWAY_START_SCRIPT,
        replicas: fragment!(DeploymentSpec {
            if not(&traffic.autoscaling.enabled) { replicas: &traffic.replicas, }
        }),
        one_pod: all([&not(&traffic.autoscaling.enabled), &equal(&traffic.replicas, &1)]),
        topology_spread: Some(&traffic.topology_spread),
        env: gateway(component, group),
        user_env: group_env(group, &component.pod),
        ports: list!(ContainerPort [
            port("traffic", &ports.traffic.port),
            port("plain", &ports.plain.port),
            port("management", &ports.management.port),
            if &ports.sample.enabled { port("sample", &ports.sample.port), }
            if &ports.secure.enabled { port("secure", &ports.secure.port), }
            if &ports.oauth.enabled { port("oauth", &ports.oauth.port), }
        ]),
        directories: GATEWAY_DIRECTORIES,
        merged: Merged { configuration: &group.values.configuration, settings: files_of(&group.values) },
        admin_users: None,
        prechecks: prechecks::of_traffic(component.common, group),
    }
}

/// The ports that may have a host.
pub(crate) fn hosts(hosts: &GroupHostsSymbol, values: &TrafficSymbol) -> Vec<Host> {
    let open = |name, port: &OpenPortSymbol, label: &Expr<HostLabel>| Host {
        port: name,
        number: port.port.clone(),
        scheme: port.scheme.clone(),
        label: label.clone(),
        open: None,
    };
    let optional = |name, port: &OptionalPortSymbol, label: &Expr<HostLabel>| Host {
        port: name,
        number: port.port.clone(),
        scheme: port.scheme.clone(),
        label: label.clone(),
        open: Some(port.enabled.clone()),
    };
    let ports = &values.ports;
    vec![
        open("traffic", &ports.traffic, &hosts.traffic),
        open("plain", &ports.plain, &hosts.plain),
        optional("sample", &ports.sample, &hosts.sample),
        optional("secure", &ports.secure, &hosts.secure),
        optional("oauth", &ports.oauth, &hosts.oauth),
    ]
}
