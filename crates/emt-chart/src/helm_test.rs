//! The pods that `helm test` starts: they ask whether the Services of Admin Node Manager and gateway groups answer.

use emt_model::image::ImageSymbol;
use helmwright::expression::{Expr, all};
use helmwright::tree::File;
use helmwright::typed::{DocumentBuilder, Object};
use helmwright::values::release;
use helmwright::{list, object, text};
use helmwright_k8s::types::{EnvVar, Pod};

use crate::common::{Common, Group};
use crate::linters;
use crate::pod::{image_or, placed, pod_security, pull_secrets, variable};
use crate::prechecks::{self, Targets};

/// The template file.
pub(crate) fn file(common: &Common) -> File {
    let (values, fullname) = (&common.values, &common.fullname);
    let node_manager = &values.admin_node_manager;
    let mut documents = DocumentBuilder::documents(|documents| {
        documents.when(all([&values.tests.enabled, &node_manager.enabled]), |documents| {
            let targets = list!(EnvVar [
                variable("ADMIN_NODE_MANAGER", text!("{fullname}-anm:{node_manager.ports.management.port}")),
            ]);
            documents.object(pod(common, text!("{fullname}-test"), &node_manager.image, &targets));
        });
    });
    documents.extend(common.for_groups(
        |group| all([&values.tests.enabled, &group.enabled]),
        |documents, group| documents.object(of_group(common, group)),
    ));
    File { name: "tests.yaml", purpose: "What helm test runs: do the Services answer?", documents }
}

fn of_group(common: &Common, group: &Group) -> Object {
    let (fullname, name) = (&common.fullname, &group.name);
    let (manager, traffic) = (&group.values.manager, &group.values.traffic);
    let targets = list!(EnvVar [
        if &manager.enabled {
            variable("API_MANAGER", text!("{fullname}-{name}-manager:{manager.ports.manager.port}")),
        }
        variable("TRAFFIC", text!("{fullname}-{name}-traffic:{traffic.ports.traffic.port}")),
    ]);
    pod(common, text!("{fullname}-{name}-test"), &group.values.image, &targets)
}

fn pod(common: &Common, name: Expr<String>, image: &ImageSymbol, targets: &Targets) -> Object {
    let values = &common.values;
    let subject = linters::Subject { pods: linters::Pods::Test, one: Expr::from(false) };
    object!(Pod {
        metadata: {
            name: name,
            namespace: release::namespace(),
            labels: common.labels_and("test", &values.pod_defaults.pod_labels),
            annotations: {
                "helm.sh/hook": "test",
                "helm.sh/hook-delete-policy": "before-hook-creation",
                if &values.linter_exceptions { ..linters::annotations(common, &subject), }
                ..&values.common_annotations,
            },
        },
        spec: {
            restartPolicy: "Never",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: pod_security(&values.security),
            ..pull_secrets(common),
            ..placed(common),
            containers: [prechecks::container(
                common,
                "test",
                image_or(common, &values.tests.image, image),
                "strict",
                targets,
            )],
        },
    })
}
