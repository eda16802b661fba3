//! What every pod of the architecture has: resources, probes, rollout, placement.

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{Scheme, Spread, UserIds};
use crate::kubernetes::Toleration;
use crate::names::{LabelKey, LabelValue, LineText, OptionalObjectName, Quantity, UrlPath};
use crate::numbers::{HistoryLimit, Port, PositiveSeconds, Replicas, Seconds, Threshold, UserId};
use crate::surge::CountOrPercentage;

/// Labels by key.
pub type Labels = BTreeMap<LabelKey, LabelValue>;
/// Annotations by key.
pub type Annotations = BTreeMap<LabelKey, LineText>;

/// CPU, memory and local disk of a container.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceAmounts {
    /// Cores, such as "500m" or "2".
    pub cpu: Quantity,
    /// Memory, such as "512Mi" or "2Gi".
    pub memory: Quantity,
    /// Local disk for /tmp and logs; /tmp alone needs 500 MB.
    pub ephemeral_storage: Quantity,
}

impl ResourceAmounts {
    fn new(cpu: &'static str, memory: &'static str, ephemeral_storage: &'static str) -> Self {
        Self {
            cpu: Quantity::constant(cpu),
            memory: Quantity::constant(memory),
            ephemeral_storage: Quantity::constant(ephemeral_storage),
        }
    }
}

/// What a container asks for, and what it may use at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resources {
    /// What the scheduler reserves; autoscaling measures utilisation against it.
    ///
    /// Seed: S1-143: 0.5 CPU, 0.5 GB (taken as 512Mi).
    pub requests: ResourceAmounts,
    /// What the container may use at most.
    ///
    /// Seed: S1-143, S1-256: 2 CPU, 2 GB (taken as 2Gi).
    pub limits: ResourceAmounts,
}

impl Resources {
    /// The seed's gateway: S1-143, S1-256.
    #[must_use]
    pub fn gateway() -> Self {
        Self { requests: ResourceAmounts::new("500m", "512Mi", "1Gi"), limits: ResourceAmounts::new("2", "2Gi", "4Gi") }
    }
}

/// One probe of a container.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Probe {
    /// Path that is asked for.
    pub path: UrlPath,
    /// Port that is asked.
    pub port: Port,
    /// HTTP or HTTPS; certificates are not checked.
    pub scheme: Scheme,
    /// Seconds between two probes.
    pub period_seconds: PositiveSeconds,
    /// Seconds until a probe counts as failed.
    pub timeout_seconds: PositiveSeconds,
    /// Failures in a row until Kubernetes acts.
    pub failure_threshold: Threshold,
}

/// The three probes of a container.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Probes {
    /// Until it succeeds the others wait: it covers the start of the JVM.
    pub startup: Probe,
    /// While it fails the pod gets no traffic.
    ///
    /// Seed: S1-145, S1-253.
    pub readiness: Probe,
    /// When it fails the container is restarted.
    ///
    /// Seed: S1-145, S1-253.
    pub liveness: Probe,
}

impl Probes {
    /// The three probes of one endpoint, in the rhythm of a gateway: 10 minutes for its start.
    #[must_use]
    pub fn of(path: &'static str, port: i64, scheme: Scheme) -> Self {
        let probe = |period, timeout, failures| Probe {
            path: UrlPath::constant(path),
            port: Port::constant(port),
            scheme,
            period_seconds: PositiveSeconds::constant(period),
            timeout_seconds: PositiveSeconds::constant(timeout),
            failure_threshold: Threshold::constant(failures),
        };
        Self { startup: probe(10, 5, 60), readiness: probe(5, 5, 3), liveness: probe(30, 15, 3) }
    }
}

/// How pods are replaced when something changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rollout {
    /// Pods above the wanted number while pods are replaced: a number or a percentage.
    ///
    /// Seed: S1-358.
    pub max_surge: CountOrPercentage,
    /// Pods that may be missing while pods are replaced: a number or a percentage.
    ///
    /// Seed: S1-357.
    pub max_unavailable: CountOrPercentage,
    /// Seconds that a new pod has to be ready before it counts.
    pub min_ready_seconds: Seconds,
    /// Seconds until a rollout without progress counts as failed.
    pub progress_deadline_seconds: PositiveSeconds,
    /// Old ReplicaSets that are kept.
    pub revision_history_limit: HistoryLimit,
}

impl Default for Rollout {
    fn default() -> Self {
        Self {
            max_surge: CountOrPercentage::percentage(25),
            max_unavailable: CountOrPercentage::count(1),
            min_ready_seconds: Seconds::constant(0),
            progress_deadline_seconds: PositiveSeconds::constant(1200),
            revision_history_limit: HistoryLimit::constant(5),
        }
    }
}

/// How a pod ends without losing a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Drain {
    /// Seconds that the pod goes on serving after it was told to end: load balancers need them to notice.
    pub pre_stop_seconds: PositiveSeconds,
    /// Seconds that the longest request takes. The grace period is both together and 10 seconds.
    pub longest_request_seconds: Seconds,
}

impl Default for Drain {
    fn default() -> Self {
        Self { pre_stop_seconds: PositiveSeconds::constant(20), longest_request_seconds: Seconds::constant(60) }
    }
}

/// How many pods may be away at once when nodes are drained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DisruptionBudget {
    /// Whether there is a budget.
    pub enabled: bool,
    /// Pods that may be away at once: a number or a percentage.
    pub max_unavailable: CountOrPercentage,
}

impl Default for DisruptionBudget {
    fn default() -> Self {
        Self { enabled: true, max_unavailable: CountOrPercentage::count(1) }
    }
}

/// How pods of one kind keep apart: none, preferred or required.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TopologySpread {
    /// On different nodes. required caps the number of pods at the number of nodes.
    ///
    /// Seed: S1-146, S1-147.
    pub node: Spread,
    /// In different zones.
    ///
    /// Seed: S1-148.
    pub zone: Spread,
}

impl Default for TopologySpread {
    fn default() -> Self {
        Self { node: Spread::Preferred, zone: Spread::Preferred }
    }
}

/// The identity that pods run under. Its token is never mounted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceAccount {
    /// A ServiceAccount that exists; empty to make one.
    pub existing_name: OptionalObjectName,
    /// Annotations of the one that is made.
    pub annotations: Annotations,
}

impl Default for ServiceAccount {
    fn default() -> Self {
        Self { existing_name: OptionalObjectName::constant(""), annotations: Annotations::new() }
    }
}

/// What lies under every pod of the release. The same keys of a component come over it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PodDefaults {
    /// Labels that a node has to have.
    ///
    /// Seed: S1-147: keeps the monitoring node free.
    pub node_selector: Labels,
    /// Taints of nodes that pods tolerate.
    pub tolerations: Vec<Toleration>,
    /// Class that decides which pods give way.
    pub priority_class_name: OptionalObjectName,
    /// Labels on pods.
    pub pod_labels: Labels,
    /// Annotations on pods.
    pub pod_annotations: Annotations,
}

impl Default for PodDefaults {
    fn default() -> Self {
        Self {
            node_selector: Labels::new(),
            tolerations: Vec::new(),
            priority_class_name: OptionalObjectName::constant(""),
            pod_labels: Labels::new(),
            pod_annotations: Annotations::new(),
        }
    }
}

/// The ids and rights that containers run under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Security {
    /// fixed: the ids below. assigned: the platform assigns them (OpenShift).
    pub user_ids: UserIds,
    /// User id of the containers; emtuser in the vendor's images.
    pub run_as_user: UserId,
    /// Group id of the containers.
    pub run_as_group: UserId,
    /// Group id that owns mounted volumes.
    pub fs_group: UserId,
    /// Whether the containers' own file system is read-only. The vendor's images write into their installation.
    pub read_only_root_filesystem: bool,
}

impl Default for Security {
    fn default() -> Self {
        let id = UserId::constant(1000);
        Self {
            user_ids: UserIds::Fixed,
            run_as_user: id,
            run_as_group: id,
            fs_group: id,
            read_only_root_filesystem: false,
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

/// What every pod of the architecture has, as symbols: how objects are written without knowing which component they are of.
#[derive(Clone, Debug)]
pub struct PodSymbols {
    /// The component's values as a whole.
    pub whole: Expression,
    /// `heapSizeMiB`.
    pub heap_size_mib: Expr<Mebibytes>,
    /// `traceLevel`.
    pub trace_level: Expr<TraceLevel>,
    /// `resources`.
    pub resources: ResourcesSymbol,
    /// `service`.
    pub service: ServiceSymbol,
    /// `probes`.
    pub probes: ProbesSymbol,
    /// `rollout`.
    pub rollout: RolloutSymbol,
    /// `drain`.
    pub drain: DrainSymbol,
    /// `disruptionBudget`.
    pub disruption_budget: DisruptionBudgetSymbol,
    /// `topologySpread`.
    pub topology_spread: TopologySpreadSymbol,
    /// `affinity`.
    pub affinity: Expr<BTreeMap<AffinityKey, serde_json::Value>>,
    /// `serviceAccount`.
    pub service_account: ServiceAccountSymbol,
    /// `jvm`.
    pub jvm: JvmSymbol,
    /// `env`.
    pub env: Expr<BTreeMap<EnvironmentName, LineText>>,
    /// `envRefs`.
    pub env_refs: Expr<BTreeMap<EnvironmentName, EnvRef>>,
    /// `envSources`.
    pub env_sources: Expr<BTreeMap<ObjectName, EnvSource>>,
    /// `secretMounts`.
    pub secret_mounts: Expr<BTreeMap<MountPath, SecretMount>>,
    /// `extraVolumes`.
    pub extra_volumes: Expr<BTreeMap<ExtraVolumeName, ExtraVolume>>,
    /// `extraVolumeMounts`.
    pub extra_volume_mounts: Expr<ExtraVolumeMounts>,
    /// `extraInitContainers`.
    pub extra_init_containers: Expr<BTreeMap<ContainerName, ExtraContainer>>,
    /// `extraContainers`.
    pub extra_containers: Expr<BTreeMap<ContainerName, ExtraContainer>>,
    /// `nodeSelector`.
    pub node_selector: Expr<Labels>,
    /// `tolerations`.
    pub tolerations: Expr<Vec<Toleration>>,
    /// `priorityClassName`.
    pub priority_class_name: Expr<OptionalObjectName>,
    /// `podLabels`.
    pub pod_labels: Expr<Labels>,
    /// `podAnnotations`.
    pub pod_annotations: Expr<Annotations>,
    /// `annotations`.
    pub annotations: Expr<Annotations>,
}

/// Used by defaults of other modules: a number of pods.
pub(crate) const fn pods(count: i64) -> Replicas {
    Replicas::constant(count)
}
