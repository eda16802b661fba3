//! The traffic gateways of a group: the pods that handle API calls (seed rows S1-242 to S1-259).

use helmwright::Values;
use helmwright::values::PartialOf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{Scheme, TrafficPort};
use crate::ingress::TrafficIngress;
use crate::numbers::{OptionalPercentage, Port, Replicas, ScalingPeriodSeconds, StabilizationSeconds};
use crate::pod::{Resources, Rollout, TopologySpread, pod, pods};
use crate::probes::TrafficProbes;

/// A port that is always open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenPort {
    /// Number of the port.
    pub port: Port,
    /// HTTP or HTTPS.
    pub scheme: Scheme,
}

/// A port that no Service has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InnerPort {
    /// Number of the port.
    pub port: Port,
}

/// A port that the configuration may open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OptionalPort {
    /// true if your configuration opens the port; it then is in the Service, too.
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
    /// Management by the Admin Node Manager, of API Manager too; always HTTPS, never in a Service.
    ///
    /// Seed: S0-021: 8085.
    pub management: InnerPort,
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
            management: InnerPort { port: Port::constant(8085) },
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
    /// Name of the port of the health check; its number stands in traffic.ports, and is 1025 or more.
    pub port: TrafficPort,
    /// Path of the health check.
    pub path: crate::names::UrlPath,
}

impl Default for HealthCheck {
    fn default() -> Self {
        Self { port: TrafficPort::Plain, path: crate::names::UrlPath::constant("/healthcheck") }
    }
}

/// How fast the number of pods grows or shrinks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScalingPace {
    /// Stabilization window in seconds, at most 3600: of all recommendations in it the most cautious one counts.
    pub stabilization_window_seconds: StabilizationSeconds,
    /// Pods that may be added or removed in one period.
    pub pods: Replicas,
    /// Seconds of one period, at most 1800.
    pub period_seconds: ScalingPeriodSeconds,
}

/// Horizontal autoscaling of the pods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Autoscaling {
    /// Whether the number of pods follows the load. The Deployment then has no number of its own: a new one begins with
    /// one pod, which the autoscaler brings to minReplicas at once.
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
    /// Average CPU, in percent of the request, that the number of pods aims at: of the whole pod, or of the gateway's
    /// container alone where extraContainers stand beside it; 0 for none, where the target of memory is set.
    ///
    /// Seed: S1-153, S1-154, S1-156: 75.
    #[serde(rename = "targetCPUUtilizationPercentage")]
    pub target_cpu_utilization_percentage: OptionalPercentage,
    /// Average memory in the same way; 0 for none. The heap is memory that is in use always: ask for more than it, or the
    /// autoscaler sees a full pod at rest.
    ///
    /// Seed: S1-010.
    pub target_memory_utilization_percentage: OptionalPercentage,
    /// How fast pods are added.
    pub scale_up: ScalingPace,
    /// How fast pods are removed.
    pub scale_down: ScalingPace,
}

impl Default for Autoscaling {
    fn default() -> Self {
        let pace = |stabilization, count, period| ScalingPace {
            stabilization_window_seconds: StabilizationSeconds::constant(stabilization),
            pods: pods(count),
            period_seconds: ScalingPeriodSeconds::constant(period),
        };
        Self {
            enabled: true,
            min_replicas: pods(3),
            max_replicas: pods(12),
            target_cpu_utilization_percentage: OptionalPercentage::constant(75),
            target_memory_utilization_percentage: OptionalPercentage::constant(0),
            scale_up: pace(60, 2, 60),
            scale_down: pace(600, 1, 120),
        }
    }
}

pod! {
    /// The traffic gateways of a group.
    pub struct Traffic as TrafficSymbol {
        /// Pods while autoscaling is off.
        ///
        /// Seed: S1-259: 3.
        pub replicas: Replicas,
        /// Horizontal autoscaling of the pods.
        pub autoscaling: Autoscaling,
        /// Ports of the gateway; the names are those of the container's and the Service's ports.
        pub ports: TrafficPorts,
        /// How the pods keep apart: none, preferred or required.
        ///
        /// Seed: S1-146 to S1-148.
        pub topology_spread: TopologySpread,
        /// Keys of the root's ingress that differ for traffic.
        pub ingress: PartialOf<TrafficIngress>,
    }
    default {
        heap_size_mib: 1512,
        resources: Resources::gateway(),
        probes: TrafficProbes TrafficProbes::of("/healthcheck", TrafficPort::Plain),
        rollout: Rollout::default(),
        replicas: pods(3),
        autoscaling: Autoscaling::default(),
        ports: TrafficPorts::default(),
        topology_spread: TopologySpread::default(),
        ingress: PartialOf::<TrafficIngress>::default(),
    }
}
