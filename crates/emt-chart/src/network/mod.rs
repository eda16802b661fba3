//! Network policies: all is denied, and what the table of flows allows is written for each component (seed rows S1-N01 to
//! S1-N07, S1-126 to S1-128).
//!
//! Limits: policies know addresses and labels, not names. A database whose networks are not declared may be anywhere, on
//! its own port; other Admin Node Managers are reached where `topology.peers` says who they are.

mod flows;
mod peers;
mod ports;
mod rules;

use helmwright::expression::{Expr, all, any, equal, not, not_empty};
use helmwright::tree::File;
use helmwright::typed::{DocumentBuilder, Fragment, Map, Object, Text};
use helmwright::values::release;
use helmwright::{fragment, object, text};
use helmwright_k8s::types::{NetworkPolicy, ObjectMeta};

use crate::common::Common;
use crate::component::{Component, Kind};
use crate::setup::BEFORE_JOB;

pub use flows::{Endpoint, FLOWS, Flow, Ports};
pub(crate) use peers::{refuse_nameless, refuse_nameless_cassandra};

/// The policy that denies what no other policy allows, for all pods of the release.
pub(crate) fn file(common: &Common) -> File {
    let documents = DocumentBuilder::documents(|documents| {
        documents.when(&common.values.network_policy.enabled, |documents| {
            documents.object(object!(NetworkPolicy {
                metadata: {
                    name: text!("{common.fullname}-default-deny"),
                    namespace: release::namespace(),
                    labels: common.labels.call(("network".into(),)),
                    with annotations = &common.values.common_annotations { annotations: annotations, }
                },
                spec: {
                    podSelector: {
                        matchLabels: fragment!(Map<Text> {
                            "app.kubernetes.io/name": crate::NAME,
                            "app.kubernetes.io/instance": release::name(),
                        }),
                    },
                    policyTypes: ["Ingress", "Egress"],
                },
            }));
        });
    });
    File {
        name: "default-deny-networkpolicy.yaml",
        purpose: "Denies the pods of the release everything that no other policy allows.",
        documents,
    }
}

/// The policies of pods that run once: nobody may call them.
pub(crate) fn jobs_file(common: &Common) -> File {
    let values = &common.values;
    let database = &values.metrics_database;
    let sets_up = all([&values.network_policy.enabled, &database.enabled, &not(equal(&database.setup.mode, "none"))]);
    let tests = all([&values.network_policy.enabled, &values.tests.enabled]);
    let caller = |name, suffix| Component {
        common,
        kind: Kind { name, suffix, mounts: |_| Expr::from(false) },
        group: None,
        pod: values.admin_node_manager.pod(),
    };
    let documents = DocumentBuilder::documents(|documents| {
        documents.when(sets_up, |documents| {
            let caller = caller("database-setup", "dbsetup");
            documents.object(caller.caller_policy(Endpoint::DatabaseSetup, setup_metadata(&caller)));
        });
        documents.when(tests, |documents| {
            let caller = caller("test", "test");
            documents.object(caller.caller_policy(Endpoint::Tests, caller.metadata(None)));
        });
    });
    File {
        name: "jobs-networkpolicy.yaml",
        purpose: "Whom the job of the metrics database and the pods of helm test may call.",
        documents,
    }
}

/// The job runs before the release changes: its policy has to be there by then, since the default denies it everything.
fn setup_metadata(caller: &Component<'_>) -> Fragment<ObjectMeta> {
    let Common { values, .. } = caller.common;
    let (mode, annotations) = (&values.metrics_database.setup.mode, &values.common_annotations);
    fragment!(ObjectMeta {
        name: caller.name(),
        namespace: release::namespace(),
        labels: caller.labels(),
        if any([&equal(mode, "hook"), &equal(mode, "argocd"), &not_empty(annotations)]) {
            annotations: {
                if equal(mode, "hook") {
                    "helm.sh/hook": "pre-install,pre-upgrade",
                    # "Before the job, and gone when it is done.",
                    "helm.sh/hook-weight": BEFORE_JOB.hook_weight,
                    "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
                } else if equal(mode, "argocd") {
                    "argocd.argoproj.io/sync-wave": BEFORE_JOB.sync_wave,
                }
                ..annotations,
            },
        }
    })
}

impl Component<'_> {
    /// What the pods may call; nothing may call them.
    fn caller_policy(&self, own: Endpoint, metadata: Fragment<ObjectMeta>) -> Object {
        object!(NetworkPolicy {
            metadata: metadata,
            spec: {
                podSelector: { matchLabels: self.selector() },
                policyTypes: ["Ingress", "Egress"],
                egress: self.egress(own),
            },
        })
    }

    /// What may call the pods, and what they may call.
    pub(crate) fn network_policy(&self, own: Endpoint) -> Object {
        object!(NetworkPolicy {
            metadata: self.metadata(None),
            spec: {
                podSelector: { matchLabels: self.selector() },
                policyTypes: ["Ingress", "Egress"],
                ingress: self.ingress(own),
                egress: self.egress(own),
            },
        })
    }
}
