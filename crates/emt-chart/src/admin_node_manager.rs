//! The Admin Node Manager: always one pod (seed rows S1-200 to S1-219).

use emt_model::admin_node_manager::AdminNodeManagerSymbol;
use emt_model::pod::PodSymbols;
use helmwright::expression::{Expr, all, equal, not_empty, to_text};
use helmwright::list;
use helmwright::tree::File;
use helmwright::typed::{DocumentBuilder, Fragment, ListFragment, Object, choose, text_helper};
use helmwright_k8s::types::{DeploymentSpec, EnvVar};

use crate::common::Common;
use crate::component::{Component, Kind};
use crate::ingress::Host;
use crate::network::Endpoint;
use crate::pod::{Directories, Merged, Parts, UserEnv, databases, port, product, service_port, variable};
use crate::{prechecks, settings};

pub(crate) const KIND: Kind =
    Kind { name: "admin-node-manager", suffix: "anm", mounts: |pods| pods.admin_node_manager.clone() };

/// What the image runs.
const START_SCRIPT: &str = "/opt/Axway/apigateway/posix/bin/start-emt-nodemanager";

const DIRECTORIES: Directories = Directories {
    trace: "/opt/Axway/apigateway/trace",
    open_traffic: None,
    audit: "/opt/Axway/apigateway/logs",
    conf: "conf",
};

/// The template files of the component.
pub(crate) fn files(common: &Common) -> Vec<File> {
    let values = &common.values.admin_node_manager;
    let file =
        |name, purpose, condition: Expr<bool>, object: &dyn Fn(&Component<'_>, &AdminNodeManagerSymbol) -> Object| {
            let documents = DocumentBuilder::documents(|documents| {
                documents.when(condition, |documents| {
                    documents.bind("node_manager", values, |documents, values| {
                        documents
                            .object(object(&Component { common, kind: KIND, group: None, pod: values.pod() }, &values));
                    });
                });
            });
            File { name, purpose, documents }
        };
    vec![
        file(
            "admin-node-manager-serviceaccount.yaml",
            "The identity of the Admin Node Manager.",
            all([&values.enabled, &Component::makes_service_account(&values.pod())]),
            &|component, _| component.service_account(),
        ),
        file(
            "admin-node-manager-configmap.yaml",
            "Settings that the Admin Node Manager merges into its configuration.",
            all([&values.enabled, &files_of(values).wanted()]),
            &|component, values| component.settings(&files_of(values)),
        ),
        file(
            "admin-node-manager-deployment.yaml",
            "The Admin Node Manager: one pod, replaced one by one.",
            values.enabled.clone(),
            &|component, values| component.deployment(&parts(common, values)),
        ),
        file(
            "admin-node-manager-service.yaml",
            "The address of the Admin Node Manager inside the cluster.",
            values.enabled.clone(),
            &|component, values| {
                let ports = &values.ports;
                component.service(&list!(helmwright_k8s::types::ServicePort [
                    service_port("management", &ports.management.port, &ports.management.scheme),
                    if &ports.ui.enabled { service_port("ui", &ports.ui.port, &ports.ui.scheme), }
                ]))
            },
        ),
        file(
            "admin-node-manager-poddisruptionbudget.yaml",
            "Whether the Admin Node Manager may be away when nodes are drained.",
            all([&values.enabled, &values.disruption_budget.enabled]),
            &|component, _| component.disruption_budget(),
        ),
        network_policy(common),
    ]
}

/// Its flows name the values that they depend on from the root, so that the component has no short name in it.
fn network_policy(common: &Common) -> File {
    let values = &common.values.admin_node_manager;
    let documents = DocumentBuilder::documents(|documents| {
        documents.when(all([&values.enabled, &common.values.network_policy.enabled]), |documents| {
            let component = Component { common, kind: KIND, group: None, pod: values.pod() };
            documents.object(component.network_policy(Endpoint::AdminNodeManager));
        });
    });
    File {
        name: "admin-node-manager-networkpolicy.yaml",
        purpose: "Who may call the Admin Node Manager, and whom it may call.",
        documents,
    }
}

fn files_of(values: &AdminNodeManagerSymbol) -> settings::Files {
    settings::Files { group: None, jvm: values.jvm.clone() }
}

fn parts<'a>(common: &'a Common, values: &'a AdminNodeManagerSymbol) -> Parts<'a> {
    let ports = &values.ports;
    Parts {
        image: &values.image,
        start_script: START_SCRIPT,
        replicas: one(),
        one_pod: Expr::from(true),
        topology_spread: None,
        env: environment(common, &values.pod()),
        user_env: UserEnv { env: values.env.clone(), refs: values.env_refs.clone() },
        ports: list!(helmwright_k8s::types::ContainerPort [
            port("management", &ports.management.port),
            if &ports.ui.enabled { port("ui", &ports.ui.port), }
        ]),
        directories: DIRECTORIES,
        merged: Merged { configuration: &values.configuration, settings: files_of(values) },
        admin_users: Some(&values.admin_users),
        prechecks: prechecks::of_admin_node_manager(common),
    }
}

/// Two at once would break login and topology, so the number is no value (S1-219).
fn one() -> Fragment<DeploymentSpec> {
    helmwright::fragment!(DeploymentSpec { replicas: 1 })
}

fn environment(common: &Common, pod: &PodSymbols) -> ListFragment<EnvVar> {
    let topology = &common.values.topology;
    let usage = &topology.usage_log;
    let (topology_log, trace_log) = (equal(&usage.destination, "topologyLog"), equal(&usage.destination, "traceLog"));
    let destination: Expr<String> = text_helper(
        "apim-emt.usageLogDestination",
        "Where usage records of the topology go, as the product numbers it.",
        choose(&[(&topology_log, &"1"), (&trace_log, &"2")], &"3"),
    );
    list!(EnvVar [
        ..product(common, pod),
        variable("EMT_TOPOLOGY_TTL", to_text(&topology.registration_ttl_seconds)),
        if &usage.enabled {
            variable("EMT_TOPOLOGY_LOG_ENABLED", "true"),
            variable("EMT_TOPOLOGY_LOG_INTERVAL", to_text(&usage.interval_seconds)),
            variable("EMT_TOPOLOGY_LOG_DEST", destination),
            variable("EMT_TOPOLOGY_LOG_DIR", &usage.directory),
        }
        ..databases(common),
    ])
}

/// Whether the release has an Admin Node Manager whose image is not named.
pub(crate) fn image_missing(common: &Common) -> Expr<bool> {
    let values = &common.values.admin_node_manager;
    all([&values.enabled, &helmwright::expression::not(not_empty(&values.image.tag))])
}

/// The ports that may have a host.
pub(crate) fn hosts(values: &AdminNodeManagerSymbol) -> Vec<Host> {
    let (ports, hosts) = (&values.ports, &values.hosts);
    vec![
        Host {
            port: "management",
            number: ports.management.port.clone(),
            scheme: ports.management.scheme.clone(),
            label: hosts.management.clone(),
            open: None,
        },
        Host {
            port: "ui",
            number: ports.ui.port.clone(),
            scheme: ports.ui.scheme.clone(),
            label: hosts.ui.clone(),
            open: Some(ports.ui.enabled.clone()),
        },
    ]
}
