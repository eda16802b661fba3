//! Values that the schema lets pass and that make no sense together: refused with what to do.

use emt_model::databases::Cassandra;
use helmwright::expression::{all, any, greater, not, not_empty, overlay};
use helmwright::text;
use helmwright::tree::File;
use helmwright::typed::DocumentBuilder;

use crate::admin_node_manager::image_missing;
use crate::common::{Common, Group};
use crate::network::refuse_nameless;

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
    documents.extend(DocumentBuilder::documents(|documents| refuse_nameless(common, documents)));
    documents.extend(
        common.for_groups(|group| group.enabled.clone(), |documents, group| refuse_group(common, documents, group)),
    );
    File {
        name: "refused-values.yaml",
        purpose: "Renders nothing: refuses values that make no sense together.",
        documents,
    }
}

fn refuse_group(common: &Common, documents: &mut DocumentBuilder, group: &Group) {
    let Group { name, values: group } = group;
    documents.refuse(
        not(not_empty(&group.image.tag)),
        text!("gatewayGroups.{name}.image.tag: name the tag of the group's image"),
    );
    documents.bind("autoscaling", &group.traffic.autoscaling, |documents, autoscaling| {
        documents.refuse(
            all([&autoscaling.enabled, &greater(&autoscaling.min_replicas, &autoscaling.max_replicas)]),
            text!("gatewayGroups.{name}.traffic.autoscaling: minReplicas is larger than maxReplicas"),
        );
        documents.refuse(
            all([&group.policy_studio_deployment, &any([&autoscaling.enabled, &greater(&group.traffic.replicas, 1)])]),
            text!("gatewayGroups.{name}.policyStudioDeployment: needs autoscaling off and traffic.replicas 1"),
        );
    });
    documents.bind(
        "cassandra",
        &overlay::<Cassandra>(&common.values.cassandra, &group.cassandra),
        |documents, cassandra| {
            documents.refuse(
                all([&cassandra.enabled, &not(not_empty(&cassandra.hosts))]),
                text!("gatewayGroups.{name}: set cassandra.hosts, or cassandra.enabled to false"),
            );
            documents.refuse(
                all([&cassandra.enabled, &not(not_empty(&cassandra.keyspace))]),
                text!("gatewayGroups.{name}.cassandra.keyspace: name the group's keyspace"),
            );
        },
    );
}
