//! API Manager of each group: its user interface and REST API (seed rows S1-220 to S1-241).

use emt_model::group::GatewayGroupSymbol;
use emt_model::ingress::GroupHostsSymbol;
use emt_model::manager::ManagerSymbol;
use helmwright::expression::{Expr, all, equal};
use helmwright::list;
use helmwright::tree::File;
use helmwright::typed::Object;
use helmwright_k8s::types::{ContainerPort, ServicePort};

use crate::common::{Common, Group};
use crate::component::{Component, Kind};
use crate::ingress::Host;
use crate::network::Endpoint;
use crate::pod::{
    GATEWAY_DIRECTORIES, GATEWAY_START_SCRIPT, Merged, Parts, gateway, group_env, port, replicas, service_port,
};
use crate::{prechecks, settings};

pub(crate) const KIND: Kind = Kind { name: "manager", suffix: "manager", mounts: |pods| pods.manager.clone() };

/// The template files of the component.
pub(crate) fn files(common: &Common) -> Vec<File> {
    let file = |name,
                purpose,
                condition: &dyn Fn(&GatewayGroupSymbol) -> Expr<bool>,
                object: &dyn Fn(&Component<'_>, &Group) -> Object| {
        let condition = |group: &GatewayGroupSymbol| all([&group.enabled, &group.manager.enabled, &condition(group)]);
        let documents = common.for_groups(condition, |documents, group| {
            documents.bind("manager", &group.values.manager, |documents, manager| {
                let values = group.values.with(|group| group.manager = manager);
                let group = Group { values, ..group.clone() };
                let pod = group.values.manager.pod();
                documents.object(object(&Component { common, kind: KIND, group: Some(&group), pod }, &group));
            });
        });
        File { name, purpose, documents }
    };
    let always = |_: &GatewayGroupSymbol| Expr::from(true);
    vec![
        file(
            "manager-serviceaccount.yaml",
            "The identity of each gateway group's API Manager.",
            &|group| Component::makes_service_account(&group.manager.pod()),
            &|component, _| component.service_account(),
        ),
        file(
            "manager-configmap.yaml",
            "Settings that each gateway group's API Manager merges into its configuration.",
            &|group| files_of(group).wanted(),
            &|component, group| component.settings(&files_of(&group.values)),
        ),
        file(
            "manager-deployment.yaml",
            "API Manager of each gateway group: user interface and REST API.",
            &always,
            &|component, group| component.deployment(&parts(component, group)),
        ),
        file(
            "manager-service.yaml",
            "The address of each gateway group's API Manager inside the cluster.",
            &always,
            &|component, group| {
                let manager = &group.values.manager.ports.manager;
                component.service(&list!(ServicePort[service_port("manager", &manager.port, &manager.scheme)]))
            },
        ),
        file(
            "manager-poddisruptionbudget.yaml",
            "How many API Manager pods of each gateway group may be away at once.",
            &|group| group.manager.disruption_budget.enabled.clone(),
            &|component, _| component.disruption_budget(),
        ),
        file(
            "manager-networkpolicy.yaml",
            "Who may call each gateway group's API Manager, and whom it may call.",
            &|_| common.values.network_policy.enabled.clone(),
            &|component, _| component.network_policy(Endpoint::Manager),
        ),
    ]
}

fn files_of(group: &GatewayGroupSymbol) -> settings::Files {
    settings::Files { group: Some(group.clone()), jvm: group.manager.jvm.clone() }
}

fn parts<'a>(component: &Component<'a>, group: &'a Group) -> Parts<'a> {
    let manager = &group.values.manager;
    Parts {
        image: &group.values.image,
        start_script: GATEWAY_START_SCRIPT,
        replicas: replicas(&manager.replicas),
        one_pod: equal(&manager.replicas, &1),
        topology_spread: Some(&manager.topology_spread),
        env: gateway(component, group),
        user_env: group_env(group, &component.pod),
        ports: list!(ContainerPort [
            port("manager", &manager.ports.manager.port),
            port("management", &group.values.traffic.ports.management.port),
        ]),
        directories: GATEWAY_DIRECTORIES,
        merged: Merged { configuration: &group.values.configuration, settings: files_of(&group.values) },
        admin_users: None,
        prechecks: prechecks::of_gateway(component.common, group),
    }
}

/// The port that may have a host.
pub(crate) fn hosts(hosts: &GroupHostsSymbol, values: &ManagerSymbol) -> Vec<Host> {
    let port = &values.ports.manager;
    let (number, scheme) = (port.port.clone(), port.scheme.clone());
    vec![Host { port: "manager", number, scheme, label: hosts.manager.clone(), open: None }]
}
