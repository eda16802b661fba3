//! The Deployment of the traffic pods.

use emt_model::pod::{Annotations, Labels, ProbeSymbol, ResourceAmountsSymbol, ResourcesSymbol, TopologySpreadSymbol};
use helmwright::expression::{add, equal, first_of, not, not_empty, overlay, ternary};
use helmwright::typed::{Fragment, Map, Object, Quantity, Text};
use helmwright::{fragment, object, text};
use helmwright_k8s::types::{
    Affinity, Container, Deployment, PodSecurityContext, PodSpec, Probe, ResourceRequirements, SecurityContext,
    TopologySpreadConstraint,
};

use super::{COMPONENT, TrafficGroup, account, environment, settings};
use crate::common::Common;
use crate::image;

/// What the images run (facts of the vendor's images; seed row S1-246).
const START_SCRIPT: &str = "/opt/Axway/apigateway/posix/bin/start-emt-instance";

/// Seconds that a pod has beyond its preStop and its longest request.
const GRACE_MARGIN_SECONDS: i32 = 10;

pub(super) fn deployment(of: &TrafficGroup<'_>) -> Object {
    let TrafficGroup { common, group, traffic } = of;
    let pods = &common.values.pod_defaults;
    let pod_labels = overlay::<Labels>(&pods.pod_labels, &traffic.pod_labels);
    let pod_annotations = overlay::<Annotations>(&pods.pod_annotations, &traffic.pod_annotations);
    object!(Deployment {
        metadata: common.metadata(COMPONENT, group, Some(&traffic.annotations)),
        spec: {
            if not(&traffic.autoscaling.enabled) { replicas: &traffic.replicas, }
            minReadySeconds: &traffic.rollout.min_ready_seconds,
            progressDeadlineSeconds: &traffic.rollout.progress_deadline_seconds,
            revisionHistoryLimit: &traffic.rollout.revision_history_limit,
            strategy: {
                type: "RollingUpdate",
                rollingUpdate: {
                    maxSurge: &traffic.rollout.max_surge,
                    maxUnavailable: &traffic.rollout.max_unavailable,
                },
            },
            selector: { matchLabels: common.selector(COMPONENT, group) },
            template: {
                metadata: {
                    labels: {
                        ..common.selector(COMPONENT, group),
                        ..&pod_labels,
                    },
                    annotations: {
                        "kubectl.kubernetes.io/default-container": COMPONENT,
                        if settings::wanted(&group.values) {
                            # "A change of the settings rolls the pods of this group alone."
                            "checksum/configuration": settings::checksum(&group.values),
                        }
                        ..&pod_annotations,
                    },
                },
                spec: {
                    serviceAccountName: account::name(of),
                    automountServiceAccountToken: false,
                    enableServiceLinks: false,
                    with class = first_of(&traffic.priority_class_name, &pods.priority_class_name) {
                        priorityClassName: class,
                    }
                    terminationGracePeriodSeconds: add(
                        add(&traffic.drain.pre_stop_seconds, &traffic.drain.longest_request_seconds),
                        GRACE_MARGIN_SECONDS,
                    ),
                    securityContext: pod_security(common),
                    ..image_pull_secrets(common),
                    with selector = overlay::<Labels>(&pods.node_selector, &traffic.node_selector) {
                        nodeSelector: selector,
                    }
                    with tolerations = first_of(&traffic.tolerations, &pods.tolerations) { tolerations: tolerations, }
                    ..spread(of),
                    containers: [container(of)],
                    volumes: [
                        { name: "tmp", emptyDir: {} },
                        if settings::wanted(&group.values) {
                            { name: "configuration", configMap: { name: of.name() } },
                        }
                    ],
                },
            },
        },
    })
}

fn container(of: &TrafficGroup<'_>) -> Fragment<Container> {
    let TrafficGroup { common, group, traffic } = of;
    let (ports, probes) = (&traffic.ports, &traffic.probes);
    let jvm_options = &traffic.jvm.options;
    fragment!(Container {
        name: COMPONENT,
        image: image::reference(common, &group.values.image),
        imagePullPolicy: &common.values.image.pull_policy,
        args: [START_SCRIPT],
        env: environment::variables(of),
        ports: [
            { name: "traffic", containerPort: &ports.traffic.port, protocol: "TCP" },
            { name: "plain", containerPort: &ports.plain.port, protocol: "TCP" },
            { name: "management", containerPort: &ports.management.port, protocol: "TCP" },
            if &ports.sample.enabled { { name: "sample", containerPort: &ports.sample.port, protocol: "TCP" }, }
            if &ports.secure.enabled { { name: "secure", containerPort: &ports.secure.port, protocol: "TCP" }, }
            if &ports.oauth.enabled { { name: "oauth", containerPort: &ports.oauth.port, protocol: "TCP" }, }
        ],
        startupProbe: probe("startup", &probes.startup),
        readinessProbe: probe("readiness", &probes.readiness),
        livenessProbe: probe("liveness", &probes.liveness),
        lifecycle: { preStop: { sleep: { seconds: &traffic.drain.pre_stop_seconds } } },
        resources: resources(&traffic.resources),
        securityContext: container_security(common),
        volumeMounts: [
            { name: "tmp", mountPath: "/tmp" },
            if &group.values.env_settings.enabled {
                {
                    name: "configuration",
                    mountPath: text!("{settings::DIRECTORY}/envSettings.props"),
                    subPath: "envSettings.props",
                    readOnly: true,
                },
            }
            if not_empty(jvm_options) {
                {
                    name: "configuration",
                    mountPath: text!("{settings::DIRECTORY}/jvm.xml"),
                    subPath: "jvm.xml",
                    readOnly: true,
                },
            }
        ],
    })
}

/// The header tells the probes' calls from others in the traffic monitor.
fn probe(kind: &'static str, probe: &ProbeSymbol) -> Fragment<Probe> {
    fragment!(Probe {
        httpGet: {
            path: &probe.path,
            port: &probe.port,
            scheme: &probe.scheme,
            httpHeaders: [{ name: "k8sprobe", value: text!("{kind}.{COMPONENT}") }],
        },
        periodSeconds: &probe.period_seconds,
        timeoutSeconds: &probe.timeout_seconds,
        failureThreshold: &probe.failure_threshold,
    })
}

fn resources(resources: &ResourcesSymbol) -> Fragment<ResourceRequirements> {
    fragment!(ResourceRequirements { requests: amounts(&resources.requests), limits: amounts(&resources.limits) })
}

fn amounts(amounts: &ResourceAmountsSymbol) -> Fragment<Map<Quantity>> {
    fragment!(Map<Quantity> {
        "cpu": &amounts.cpu,
        "memory": &amounts.memory,
        "ephemeral-storage": &amounts.ephemeral_storage,
    })
}

fn image_pull_secrets(common: &Common) -> Fragment<PodSpec> {
    fragment!(PodSpec {
        with secrets = &common.values.image.pull_secrets {
            imagePullSecrets: [for secret in &secrets { { name: secret }, }],
        }
    })
}

fn pod_security(common: &Common) -> Fragment<PodSecurityContext> {
    let security = &common.values.security;
    fragment!(PodSecurityContext {
        runAsNonRoot: true,
        if equal(&security.user_ids, "fixed") {
            runAsUser: &security.run_as_user,
            runAsGroup: &security.run_as_group,
            fsGroup: &security.fs_group,
        }
        seccompProfile: { type: "RuntimeDefault" },
    })
}

fn container_security(common: &Common) -> Fragment<SecurityContext> {
    fragment!(SecurityContext {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: &common.values.security.read_only_root_filesystem,
        capabilities: { drop: ["ALL"] },
    })
}

/// Seed rows S1-146 to S1-148: pods keep apart on nodes and zones, softly unless required.
fn spread(TrafficGroup { common, group, traffic }: &TrafficGroup<'_>) -> Fragment<PodSpec> {
    let (spread, selector) = (&traffic.topology_spread, || common.selector(COMPONENT, group));
    fragment!(PodSpec {
        if not(equal(&spread.node, "none")) { affinity: anti_affinity(spread, &selector()), }
        if not(equal(&spread.zone, "none")) {
            topologySpreadConstraints: [{
                ..zone_constraint(spread),
                labelSelector: { matchLabels: selector() },
            }],
        }
    })
}

fn zone_constraint(spread: &TopologySpreadSymbol) -> Fragment<TopologySpreadConstraint> {
    fragment!(TopologySpreadConstraint {
        topologyKey: "topology.kubernetes.io/zone",
        maxSkew: 1,
        whenUnsatisfiable: ternary(equal(&spread.zone, "required"), "DoNotSchedule", "ScheduleAnyway"),
    })
}

fn anti_affinity(spread: &TopologySpreadSymbol, selector: &Fragment<Map<Text>>) -> Fragment<Affinity> {
    fragment!(Affinity {
        podAntiAffinity: {
            if equal(&spread.node, "required") {
                requiredDuringSchedulingIgnoredDuringExecution: [{
                    topologyKey: "kubernetes.io/hostname",
                    labelSelector: { matchLabels: selector },
                }],
            } else {
                preferredDuringSchedulingIgnoredDuringExecution: [{
                    weight: 100,
                    podAffinityTerm: {
                        topologyKey: "kubernetes.io/hostname",
                        labelSelector: { matchLabels: selector },
                    },
                }],
            }
        },
    })
}
