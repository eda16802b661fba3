//! The Deployment of a component, from what all pods share and the few parts that are the component's own.

mod container;
pub(crate) mod csi;
mod environment;
mod image;
mod logs;
mod placement;
mod security;
mod volumes;

use emt_model::admin_node_manager::AdminUsersSymbol;
use emt_model::image::ImageSymbol;
use emt_model::numbers::Replicas;
use emt_model::pod::{Annotations, Labels, TopologySpreadSymbol};
use helmwright::expression::{Expr, add, any, equal, first_of, not, not_empty, overlay};
use helmwright::typed::{Fragment, ListFragment, Object};
use helmwright::{fragment, object};
use helmwright_k8s::types::{
    Container, ContainerPort, Deployment, DeploymentSpec, EnvVar, ObjectMeta, PodDisruptionBudget, PodSpec, Service,
    ServiceAccount, ServicePort,
};

use crate::component::Component;
use crate::{linters, prechecks};

pub(crate) use container::{amounts, port, resources, service_port};
pub(crate) use environment::{
    UserEnv, databases, gateway, group_env, health_check_port, metrics_database_url, product, secret_variable, variable,
};
pub(crate) use image::{or as image_or, pull_secrets};
pub(crate) use placement::placed;
pub(crate) use security::{container as container_security, helper_container, pod as pod_security};
pub(crate) use volumes::{Directories, Merged, configuration_mounts, configuration_volumes, copy_configuration};

/// What a gateway's image runs, API Manager or traffic (seed row S1-246).
pub(crate) const GATEWAY_START_SCRIPT: &str = "/opt/Axway/apigateway/posix/bin/start-emt-instance";

/// Where a gateway keeps what it writes.
pub(crate) const GATEWAY_DIRECTORIES: Directories = Directories {
    trace: "/opt/Axway/apigateway/groups/emt-group/emt-service/trace",
    open_traffic: Some("/opt/Axway/apigateway/logs/opentraffic"),
    audit: "/opt/Axway/apigateway/groups/emt-group/emt-service/logs",
    conf: "groups/emt-group/emt-service/conf",
};

/// Seconds that a pod has beyond its preStop and its longest request.
const GRACE_MARGIN_SECONDS: i32 = 10;

/// What is a component's own in its Deployment.
pub(crate) struct Parts<'a> {
    /// Its image.
    pub(crate) image: &'a ImageSymbol,
    /// What the image runs.
    pub(crate) start_script: &'static str,
    /// The number of pods, as fields of the Deployment.
    pub(crate) replicas: Fragment<DeploymentSpec>,
    /// Whether there is one pod.
    pub(crate) one_pod: Expr<bool>,
    /// How its pods keep apart; none for a component that has one.
    pub(crate) topology_spread: Option<&'a TopologySpreadSymbol>,
    /// Its environment, before the user's variables.
    pub(crate) env: ListFragment<EnvVar>,
    /// The user's variables.
    pub(crate) user_env: environment::UserEnv,
    /// Its ports.
    pub(crate) ports: ListFragment<ContainerPort>,
    /// Where the product keeps traces, open traffic and audit logs.
    pub(crate) directories: volumes::Directories,
    /// What goes over the image's configuration.
    pub(crate) merged: Merged<'a>,
    /// Users of the Admin Node Manager; none for gateways.
    pub(crate) admin_users: Option<&'a AdminUsersSymbol>,
    /// What has to answer before it starts.
    pub(crate) prechecks: prechecks::Targets,
}

impl Component<'_> {
    /// The Deployment.
    pub(crate) fn deployment(&self, parts: &Parts<'_>) -> Object {
        let (pod, defaults) = (&self.pod, &self.common.values.pod_defaults);
        let pod_labels = overlay::<Labels>(&defaults.pod_labels, &pod.pod_labels);
        let pod_annotations = overlay::<Annotations>(&defaults.pod_annotations, &pod.pod_annotations);
        object!(Deployment {
            metadata: self.metadata_of_pods(parts),
            spec: {
                ..&parts.replicas,
                minReadySeconds: &pod.rollout.min_ready_seconds,
                progressDeadlineSeconds: &pod.rollout.progress_deadline_seconds,
                revisionHistoryLimit: &pod.rollout.revision_history_limit,
                strategy: {
                    type: "RollingUpdate",
                    rollingUpdate: {
                        maxSurge: &pod.rollout.max_surge,
                        maxUnavailable: &pod.rollout.max_unavailable,
                    },
                },
                selector: { matchLabels: self.selector() },
                template: {
                    metadata: {
                        labels: {
                            ..self.selector(),
                            ..&pod_labels,
                        },
                        annotations: {
                            "kubectl.kubernetes.io/default-container": self.kind.name,
                            ..parts.merged.annotations(),
                            ..&pod_annotations,
                        },
                    },
                    spec: {
                        ..self.service_account_name(),
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        with class = first_of(&pod.priority_class_name, &defaults.priority_class_name) {
                            priorityClassName: class,
                        }
                        terminationGracePeriodSeconds: add(
                            add(&pod.drain.pre_stop_seconds, &pod.drain.longest_request_seconds),
                            GRACE_MARGIN_SECONDS,
                        ),
                        securityContext: security::pod(&self.common.values.security),
                        ..image::pull_secrets(self.common),
                        with selector = overlay::<Labels>(&defaults.node_selector, &pod.node_selector) {
                            nodeSelector: selector,
                        }
                        with tolerations = first_of(&pod.tolerations, &defaults.tolerations) {
                            tolerations: tolerations,
                        }
                        ..self.placed(parts),
                        ..self.init_containers(parts),
                        containers: [
                            self.container(parts),
                            for (container_name, container) in &pod.extra_containers {
                                { name: container_name, ..&container, },
                            }
                        ],
                        volumes: self.volumes(parts),
                    },
                },
            },
        })
    }

    /// Metadata of the Deployment: the user's annotations, and what linters have to know.
    fn metadata_of_pods(&self, parts: &Parts<'_>) -> Fragment<ObjectMeta> {
        let values = &self.common.values;
        let annotations = overlay::<Annotations>(&values.common_annotations, &self.pod.annotations);
        let subject = linters::Subject { pods: linters::Pods::Product, one: parts.one_pod.clone() };
        fragment!(ObjectMeta {
            name: self.name(),
            namespace: helmwright::values::release::namespace(),
            labels: self.labels(),
            if any([&values.linter_exceptions, &not_empty(&annotations)]) {
                annotations: {
                    if &values.linter_exceptions { ..linters::annotations(self.common, &subject), }
                    ..&annotations,
                },
            }
        })
    }

    /// Where its pods stand.
    fn placed(&self, parts: &Parts<'_>) -> Fragment<PodSpec> {
        parts.topology_spread.map_or_else(|| self.placement_of_one(), |spread| self.placement(spread))
    }

    /// What runs before the component: prechecks, the copy of a configuration image, the user's own.
    fn init_containers(&self, parts: &Parts<'_>) -> Fragment<PodSpec> {
        let extra = &self.pod.extra_init_containers;
        let waits = not(equal(&self.common.values.prechecks.mode, "none"));
        let copies = parts.merged.copies();
        fragment!(PodSpec {
            let copies = copies;
            if any([&waits, &copies, &not_empty(extra)]) {
                initContainers: [
                    if &waits { self.prechecks(parts), }
                    if &copies { volumes::copy_configuration(self.common, parts.merged.configuration), }
                    for (container_name, container) in extra { { name: container_name, ..&container, }, }
                ],
            }
        })
    }

    fn prechecks(&self, parts: &Parts<'_>) -> Fragment<Container> {
        let image = fragment!(Container { image: image::reference(self.common, parts.image) });
        prechecks::container(self.common, "prechecks", image, &self.common.values.prechecks.mode, &parts.prechecks)
    }

    fn container(&self, parts: &Parts<'_>) -> Fragment<Container> {
        let (pod, sources) = (&self.pod, &self.pod.env_sources);
        fragment!(Container {
            name: self.kind.name,
            image: image::reference(self.common, parts.image),
            imagePullPolicy: &self.common.values.image.pull_policy,
            args: [parts.start_script],
            with sources = sources {
                envFrom: [for (source_name, source) in &sources { ..environment::source(&source_name, &source), }],
            }
            env: [
                ..&parts.env,
                ..environment::user(&parts.user_env),
            ],
            ports: &parts.ports,
            startupProbe: container::probe("startup", self.kind.name, &pod.probes.startup),
            readinessProbe: container::probe("readiness", self.kind.name, &pod.probes.readiness),
            livenessProbe: container::probe("liveness", self.kind.name, &pod.probes.liveness),
            lifecycle: { preStop: { sleep: { seconds: &pod.drain.pre_stop_seconds } } },
            resources: container::resources(&pod.resources),
            securityContext: security::container(&self.common.values.security),
            volumeMounts: self.volume_mounts(parts),
        })
    }

    /// The Service in front of the pods, always of type ClusterIP.
    pub(crate) fn service(&self, ports: &ListFragment<ServicePort>) -> Object {
        let service = &self.pod.service;
        let annotations = overlay::<Annotations>(&self.common.values.common_annotations, &service.annotations);
        object!(Service {
            metadata: {
                name: self.name(),
                namespace: helmwright::values::release::namespace(),
                labels: self.labels_and(&service.labels),
                with annotations = &annotations { annotations: annotations, }
            },
            spec: {
                type: "ClusterIP",
                selector: self.selector(),
                ports: ports,
            },
        })
    }

    /// The identity of the pods. Its token is never mounted: the product does not speak to Kubernetes.
    pub(crate) fn service_account(&self) -> Object {
        object!(ServiceAccount {
            metadata: self.metadata(Some(&self.pod.service_account.annotations)),
            automountServiceAccountToken: false,
        })
    }

    /// The name of the identity: the one that exists, else the one that is made.
    fn service_account_name(&self) -> Fragment<PodSpec> {
        let existing = &self.pod.service_account.existing_name;
        fragment!(PodSpec {
            if not_empty(existing) {
                serviceAccountName: existing,
            } else {
                serviceAccountName: self.name(),
            }
        })
    }

    /// Whether the release makes the identity.
    pub(crate) fn makes_service_account(pod: &emt_model::pod::PodSymbols) -> Expr<bool> {
        not(not_empty(&pod.service_account.existing_name))
    }

    /// How many pods may be away at once when nodes are drained.
    pub(crate) fn disruption_budget(&self) -> Object {
        object!(PodDisruptionBudget {
            metadata: self.metadata(None),
            spec: {
                maxUnavailable: &self.pod.disruption_budget.max_unavailable,
                selector: { matchLabels: self.selector() },
            },
        })
    }
}

/// A fixed number of pods.
pub(crate) fn replicas(count: &Expr<Replicas>) -> Fragment<DeploymentSpec> {
    fragment!(DeploymentSpec { replicas: count })
}
