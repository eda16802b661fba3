//! Values that the schema lets pass and that make no sense together: refused with what to do.

mod components;

use emt_model::databases::{Cassandra, CassandraSymbol};
use emt_model::names::ObjectName;
use emt_model::secrets::SecretSymbol;
use helmwright::expression::{Expr, all, any, equal, greater, less, not, not_empty, one_of, overlay};
use helmwright::text;
use helmwright::tree::File;
use helmwright::typed::DocumentBuilder;

use crate::admin_node_manager::{self, image_missing};
use crate::common::{Common, Group};
use crate::network::{refuse_nameless, refuse_nameless_cassandra};
use crate::pod::{UserEnv, group_env, health_check_port};
use crate::secrets::for_secrets;
use crate::{setup, traffic};

/// The template that renders nothing and refuses what must not be installed.
pub(crate) fn file(common: &Common) -> File {
    let values = &common.values;
    let mut documents = DocumentBuilder::documents(|documents| {
        documents.refuse(
            not(not_empty(&values.gateway_groups)),
            "gatewayGroups: there is no gateway group: add an entry such as gatewayGroups.main",
        );
        documents.refuse(
            all([
                &not(&values.admin_node_manager.enabled),
                &not(not_empty(&values.topology.external_admin_node_managers)),
            ]),
            "topology.externalAdminNodeManagers: name an Admin Node Manager, or set adminNodeManager.enabled to true",
        );
        documents.refuse(
            image_missing(common),
            "adminNodeManager.image.tag: name the tag of the Admin Node Manager's image",
        );
        documents.refuse(
            all([&values.metrics_database.enabled, &not(not_empty(&values.metrics_database.host))]),
            "metricsDatabase.host: name the database's host, or set metricsDatabase.enabled to false",
        );
    });
    documents.extend(DocumentBuilder::documents(|documents| refuse_node_manager(common, documents)));
    documents.extend(DocumentBuilder::documents(|documents| refuse_nameless(common, documents)));
    documents.extend(DocumentBuilder::documents(|documents| refuse_resources(common, documents)));
    documents.extend(for_secrets(common, |documents, name, secret| refuse_secret(common, documents, name, secret)));
    documents.extend(
        common.for_groups(|group| group.enabled.clone(), |documents, group| refuse_group(common, documents, group)),
    );
    File {
        name: "refused-values.yaml",
        purpose: "Renders nothing: refuses values that make no sense together.",
        documents,
    }
}

fn refuse_node_manager(common: &Common, documents: &mut DocumentBuilder) {
    let (values, path) = (&common.values.admin_node_manager, text!("adminNodeManager"));
    components::configuration(documents, &path, &values.enabled, &values.configuration);
    documents.when(&values.enabled, |documents| {
        documents.bind("node_manager", values, |documents, values| {
            let pod = values.pod();
            components::rollout(documents, &path, &pod.rollout);
            components::probes(documents, &path, &admin_node_manager::hosts(&values), &pod.probes);
            let user = UserEnv { env: pod.env.clone(), refs: pod.env_refs.clone() };
            components::variables(documents, &path, &user);
        });
    });
}

fn refuse_resources(common: &Common, documents: &mut DocumentBuilder) {
    let values = &common.values;
    documents.bind("image", &values.metrics_database.setup.image, |documents, image| {
        documents.refuse(
            all([&not_empty(&image.repository), &not(not_empty(&image.tag))]),
            "metricsDatabase.setup.image.tag: name the tag of the image",
        );
    });
    let tests_image = &values.tests.image;
    documents.refuse(
        all([&values.tests.enabled, &not_empty(&tests_image.repository), &not(not_empty(&tests_image.tag))]),
        "tests.image.tag: name the tag of the image",
    );
    documents.bind("storage", &values.events.storage, |documents, storage| {
        let share = &storage.static_volume;
        documents.refuse(
            all([
                &equal(&storage.kind, "static"),
                &any([&not(not_empty(&share.driver)), &not(not_empty(&share.volume_handle))]),
            ]),
            "events.storage.static: name the driver and the volumeHandle of the share",
        );
        documents.refuse(
            all([&equal(&storage.kind, "existing"), &not(not_empty(&storage.existing_claim))]),
            "events.storage.existingClaim: name the claim",
        );
    });
    let logs = &values.logging.volumes;
    for (volume, message) in [
        (&logs.trace, "logging.volumes.trace.storage.existingClaim: name the claim"),
        (&logs.opentraffic, "logging.volumes.opentraffic.storage.existingClaim: name the claim"),
        (&logs.audit, "logging.volumes.audit.storage.existingClaim: name the claim"),
    ] {
        documents.bind("storage", &volume.storage, |documents, storage| {
            documents
                .refuse(all([&equal(&storage.kind, "existing"), &not(not_empty(&storage.existing_claim))]), message);
        });
    }
    let monitor = &values.monitoring.pod_monitor;
    documents.refuse(
        all([&monitor.enabled, &not(not_empty(&monitor.port))]),
        "monitoring.podMonitor.port: name the container port of your exporter",
    );
}

fn refuse_secret(common: &Common, documents: &mut DocumentBuilder, name: &Expr<ObjectName>, secret: &SecretSymbol) {
    let values = &common.values;
    let from = |source: &'static str| equal(&secret.source, source);
    documents.refuse(
        all([&from("inline"), &not(&values.allow_inline_secrets)]),
        text!("secrets.{name}.source: inline is for development alone and needs allowInlineSecrets"),
    );
    documents.refuse(
        all([&from("inline"), &not(not_empty(&secret.values))]),
        text!("secrets.{name}.values: give each key its value"),
    );
    documents.refuse(
        all([&from("externalSecret"), &not(not_empty(&secret.store.name))]),
        text!("secrets.{name}.store.name: name the store, here or in secretDefaults"),
    );
    documents.refuse(
        all([&any([&from("externalSecret"), &from("csi")]), &not(not_empty(&secret.data))]),
        text!("secrets.{name}.data: say where the value of each key comes from"),
    );
    documents.refuse(
        all([&from("sealedSecret"), &not(not_empty(&secret.encrypted_data))]),
        text!("secrets.{name}.encryptedData: give each key its encrypted value"),
    );
    documents.when(not(from("existing")), |documents| refuse_late_secret(common, documents, name));
}

/// What a hook reads has to exist before the release does.
fn refuse_late_secret(common: &Common, documents: &mut DocumentBuilder, name: &Expr<ObjectName>) {
    let values = &common.values;
    documents.bind("database", &values.metrics_database, |documents, database| {
        documents.when(all([&database.enabled, &equal(&database.setup.mode, "hook")]), |documents| {
            documents.when(setup::has_image(common, &database), |documents| {
                documents.refuse(
                    any([&equal(name, &setup::secret(common)), &one_of(name, &values.image.pull_secrets)]),
                    text!("secrets.{name}: a hook needs it earlier: create it yourself, or set metricsDatabase.setup.mode to plain or argocd"),
                );
            });
        });
    });
}

fn refuse_group(common: &Common, documents: &mut DocumentBuilder, group: &Group) {
    let path = text!("gatewayGroups.{group.name}");
    let Group { name, values } = group;
    documents.refuse(
        not(not_empty(&values.image.tag)),
        text!("gatewayGroups.{name}.image.tag: name the tag of the group's image"),
    );
    components::configuration(documents, &path, &Expr::from(true), &values.configuration);
    documents.bind(
        "cassandra",
        &overlay::<Cassandra>(&common.values.cassandra, &values.cassandra),
        |documents, known| {
            refuse_cassandra(documents, group, &known);
            documents.when(&values.manager.enabled, |documents| {
                documents.bind("manager", &values.manager, |documents, manager| {
                    let path = text!("{path}.manager");
                    let pod = manager.pod();
                    components::rollout(documents, &path, &pod.rollout);
                    refuse_variables(documents, &path, &known, &group_env(group, &pod));
                });
            });
            documents.bind("traffic", &values.traffic, |documents, traffic| {
                let values = group.values.with(|group| group.traffic = traffic);
                refuse_traffic(documents, &Group { name: group.name.clone(), values }, &known);
            });
        },
    );
}

fn refuse_variables(documents: &mut DocumentBuilder, path: &Expr<String>, cassandra: &CassandraSymbol, user: &UserEnv) {
    components::variables(documents, path, user);
    components::not_cassandras(documents, path, cassandra, user);
}

fn refuse_cassandra(documents: &mut DocumentBuilder, group: &Group, cassandra: &CassandraSymbol) {
    let Group { name, values } = group;
    documents.refuse(
        all([&values.manager.enabled, &not(&cassandra.enabled)]),
        text!(
            "gatewayGroups.{name}.manager.enabled: API Manager keeps its data in Cassandra: set cassandra.enabled too"
        ),
    );
    documents.refuse(
        all([&cassandra.enabled, &not(not_empty(&cassandra.hosts))]),
        text!("gatewayGroups.{name}: set cassandra.hosts, or cassandra.enabled to false"),
    );
    documents.refuse(
        all([&cassandra.enabled, &not(not_empty(&cassandra.keyspace))]),
        text!("gatewayGroups.{name}.cassandra.keyspace: name the group's keyspace"),
    );
    components::cassandras_own(documents, &text!("gatewayGroups.{name}"), cassandra);
    refuse_nameless_cassandra(documents, name, cassandra);
}

fn refuse_traffic(documents: &mut DocumentBuilder, group: &Group, cassandra: &CassandraSymbol) {
    let Group { name, values } = group;
    let (path, manager, traffic) = (text!("gatewayGroups.{name}.traffic"), &values.manager, &values.traffic);
    let pod = traffic.pod();
    let ports = traffic::hosts(&values.hosts, traffic);
    components::rollout(documents, &path, &pod.rollout);
    components::probes(documents, &path, &ports, &pod.probes);
    let health_check = &values.health_check;
    if let Some(closed) = components::closed(&ports, &|port| equal(&health_check.port, port)) {
        documents.refuse(closed, text!("gatewayGroups.{name}.healthCheck.port: the port {health_check.port} is off"));
    }
    documents.refuse(
        less(health_check_port(values), LOWEST_HEALTH_CHECK_PORT),
        text!("gatewayGroups.{name}.healthCheck.port: the number of the port {health_check.port} is below 1025"),
    );
    documents.bind("autoscaling", &traffic.autoscaling, |documents, autoscaling| {
        documents.refuse(
            all([&autoscaling.enabled, &greater(&autoscaling.min_replicas, &autoscaling.max_replicas)]),
            text!("gatewayGroups.{name}.traffic.autoscaling: minReplicas is larger than maxReplicas"),
        );
        let (cpu, memory) =
            (&autoscaling.target_cpu_utilization_percentage, &autoscaling.target_memory_utilization_percentage);
        documents.refuse(
            all([&autoscaling.enabled, &not(greater(cpu, 0)), &not(greater(memory, 0))]),
            text!("gatewayGroups.{name}.traffic.autoscaling: name a target of CPU or memory"),
        );
        documents.refuse(
            all([
                &values.policy_studio_deployment,
                &any([
                    &autoscaling.enabled,
                    &greater(&traffic.replicas, 1),
                    &all([&manager.enabled, &greater(&manager.replicas, 1)]),
                ]),
            ]),
            text!(
                "gatewayGroups.{name}.policyStudioDeployment: needs autoscaling off, traffic.replicas 1 and manager.replicas 1"
            ),
        );
    });
    refuse_variables(documents, &path, cassandra, &group_env(group, &pod));
}

/// The product takes none below for its health check (conflict X11).
const LOWEST_HEALTH_CHECK_PORT: i32 = 1025;
