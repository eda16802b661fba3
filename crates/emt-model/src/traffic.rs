//! The traffic gateways of a group: the pods that handle API calls (seed rows S1-242 to S1-259).

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{Scheme, TraceLevel};
use crate::kubernetes::Toleration;
use crate::names::{EnvironmentName, JvmOption, LineText, OptionalObjectName};
use crate::numbers::{
    Mebibytes, OptionalPercentage, Port, PositiveSeconds, Replicas, Seconds, UnprivilegedPort, UtilizationPercentage,
};
use crate::pod::{
    Annotations, DisruptionBudget, Drain, Labels, Probes, Resources, Rollout, ServiceAccount, TopologySpread, pods,
};

/// A port that is always open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenPort {
    /// Number of the port.
    pub port: Port,
    /// HTTP or HTTPS.
    pub scheme: Scheme,
}

/// A port that the configuration may open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OptionalPort {
    /// Whether the configuration opens the port.
    pub enabled: bool,
    /// Number of the port.
    pub port: Port,
    /// HTTP or HTTPS.
    pub scheme: Scheme,
}

/// The ports of a traffic gateway; their names are those of the container's and the Service's ports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrafficPorts {
    /// API calls.
    ///
    /// Seed: S1-242, S1-255: 8065.
    pub traffic: OpenPort,
    /// API calls without TLS, and the health check.
    ///
    /// Seed: S1-243: 8080.
    pub plain: OpenPort,
    /// Management by the Admin Node Manager; never in a Service.
    ///
    /// Seed: S0-021: 8085.
    pub management: OpenPort,
    /// Sample services.
    ///
    /// Seed: S1-243: 8081.
    pub sample: OptionalPort,
    /// API calls with a certificate of their own.
    ///
    /// Seed: S1-243: 8443.
    pub secure: OptionalPort,
    /// OAuth services.
    pub oauth: OptionalPort,
}

impl Default for TrafficPorts {
    fn default() -> Self {
        let open = |port, scheme| OpenPort { port: Port::constant(port), scheme };
        let closed = |port| OptionalPort { enabled: false, port: Port::constant(port), scheme: Scheme::Https };
        Self {
            traffic: open(8065, Scheme::Https),
            plain: open(8080, Scheme::Http),
            management: open(8085, Scheme::Https),
            sample: closed(8081),
            secure: closed(8443),
            oauth: closed(8089),
        }
    }
}

/// The path that load balancers and probes ask for; such calls do not count as traffic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HealthCheck {
    /// Port of the health check.
    pub port: UnprivilegedPort,
    /// Path of the health check.
    pub path: crate::names::UrlPath,
}

impl Default for HealthCheck {
    fn default() -> Self {
        Self { port: UnprivilegedPort::constant(8080), path: crate::names::UrlPath::constant("/healthcheck") }
    }
}

/// How fast the number of pods grows or shrinks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScalingPace {
    /// Seconds over which the most cautious recommendation counts.
    pub stabilization_seconds: Seconds,
    /// Pods that may come or go in one period.
    pub pods: Replicas,
    /// Seconds of one period, at most 1800.
    pub period_seconds: PositiveSeconds,
}

/// Horizontal autoscaling of the pods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Autoscaling {
    /// Whether the number of pods follows the load.
    ///
    /// Seed: S1-151, S1-258.
    pub enabled: bool,
    /// Smallest number of pods.
    ///
    /// Seed: S1-259: 3.
    pub min_replicas: Replicas,
    /// Largest number of pods.
    ///
    /// Seed: S1-088: 12.
    pub max_replicas: Replicas,
    /// Average CPU, in percent of the request, that the number of pods aims at.
    ///
    /// Seed: S1-153, S1-154, S1-156: 75.
    #[serde(rename = "targetCPUUtilizationPercentage")]
    pub target_cpu_utilization_percentage: UtilizationPercentage,
    /// Average memory, in percent of the request, that the number of pods aims at; 0 for none.
    pub target_memory_utilization_percentage: OptionalPercentage,
    /// How fast pods are added.
    pub scale_up: ScalingPace,
    /// How fast pods are removed.
    pub scale_down: ScalingPace,
}

impl Default for Autoscaling {
    fn default() -> Self {
        let pace = |stabilization, count, period| ScalingPace {
            stabilization_seconds: Seconds::constant(stabilization),
            pods: pods(count),
            period_seconds: PositiveSeconds::constant(period),
        };
        Self {
            enabled: true,
            min_replicas: pods(3),
            max_replicas: pods(12),
            target_cpu_utilization_percentage: UtilizationPercentage::constant(75),
            target_memory_utilization_percentage: OptionalPercentage::constant(0),
            scale_up: pace(60, 2, 60),
            scale_down: pace(600, 1, 120),
        }
    }
}

/// What a Service carries besides its ports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Service {
    /// Annotations of the Service.
    pub annotations: Annotations,
    /// Labels of the Service.
    pub labels: Labels,
}

/// Options of the Java virtual machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Jvm {
    /// Options in order, such as -XX:+UseG1GC. The heap has a key of its own: heapSizeMiB.
    pub options: Vec<JvmOption>,
}

/// The traffic gateways of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Traffic {
    /// Initial and largest heap of the JVM (Xms and Xmx) in MiB.
    ///
    /// Seed: S1-140, S1-257: 1512.
    #[serde(rename = "heapSizeMiB")]
    pub heap_size_mib: Mebibytes,
    /// Trace level: INFO, DEBUG or DATA.
    pub trace_level: TraceLevel,
    /// CPU, memory and local disk of the container.
    pub resources: Resources,
    /// Pods while autoscaling is off.
    ///
    /// Seed: S1-259: 3.
    pub replicas: Replicas,
    /// Horizontal autoscaling of the pods.
    pub autoscaling: Autoscaling,
    /// Ports of the gateway; the names are those of the container's and the Service's ports.
    pub ports: TrafficPorts,
    /// The Service in front of the pods, always of type ClusterIP.
    pub service: Service,
    /// Startup, readiness and liveness probes.
    pub probes: Probes,
    /// How pods are replaced when something changes.
    pub rollout: Rollout,
    /// How a pod ends without losing a request.
    pub drain: Drain,
    /// How many pods may be away at once when nodes are drained.
    pub disruption_budget: DisruptionBudget,
    /// How the pods keep apart: none, preferred or required.
    pub topology_spread: TopologySpread,
    /// The identity that the pods run under.
    pub service_account: ServiceAccount,
    /// Options of the Java virtual machine.
    pub jvm: Jvm,
    /// Environment variables of yours, over those of the group.
    pub env: BTreeMap<EnvironmentName, LineText>,
    /// Labels that a node has to have, beside those of podDefaults.
    pub node_selector: Labels,
    /// Taints of nodes that the pods tolerate; empty for those of podDefaults.
    pub tolerations: Vec<Toleration>,
    /// Class that decides which pods give way; empty for that of podDefaults.
    pub priority_class_name: OptionalObjectName,
    /// Labels on the pods, beside those of podDefaults.
    pub pod_labels: Labels,
    /// Annotations on the pods, beside those of podDefaults.
    pub pod_annotations: Annotations,
    /// Annotations of the Deployment.
    pub annotations: Annotations,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            heap_size_mib: Mebibytes::constant(1512),
            trace_level: TraceLevel::Info,
            resources: Resources::gateway(),
            replicas: pods(3),
            autoscaling: Autoscaling::default(),
            ports: TrafficPorts::default(),
            service: Service::default(),
            probes: Probes::of("/healthcheck", 8080, Scheme::Http),
            rollout: Rollout::default(),
            drain: Drain::default(),
            disruption_budget: DisruptionBudget::default(),
            topology_spread: TopologySpread::default(),
            service_account: ServiceAccount::default(),
            jvm: Jvm::default(),
            env: BTreeMap::new(),
            node_selector: Labels::new(),
            tolerations: Vec::new(),
            priority_class_name: OptionalObjectName::constant(""),
            pod_labels: Labels::new(),
            pod_annotations: Annotations::new(),
            annotations: Annotations::new(),
        }
    }
}
