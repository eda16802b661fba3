//! What every pod of the architecture has: resources, probes, rollout, placement.

use std::collections::BTreeMap;

use helmwright::Values;
use helmwright::expression::Expr;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{Spread, TraceLevel, UserIds};
use crate::hatches::{Env, EnvRefs, EnvSources, ExtraContainers, ExtraVolumeMounts, ExtraVolumes, SecretMounts};
use crate::kubernetes::{Affinity, Toleration};
use crate::names::{JvmOption, LabelKey, LabelValue, LineText, OptionalObjectName, Quantity};
use crate::numbers::{HistoryLimit, Mebibytes, PositiveSeconds, Replicas, Seconds, UserId};
use crate::probes::ProbesSymbols;
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
    /// Local disk: the container's own files, /tmp and logs.
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
    /// What the scheduler reserves.
    ///
    /// Seed: S1-143: 0.5 CPU, 0.5 GB (taken as 512Mi).
    pub requests: ResourceAmounts,
    /// What the container may use at most.
    ///
    /// Seed: S1-143, S1-256: 2 CPU, 2 GB (taken as 2Gi).
    pub limits: ResourceAmounts,
}

impl Resources {
    /// The seed's Admin Node Manager: S1-144, S1-216: limits 1 CPU and 2 GB.
    #[must_use]
    pub fn admin_node_manager() -> Self {
        Self { requests: ResourceAmounts::new("500m", "512Mi", "1Gi"), limits: ResourceAmounts::new("1", "2Gi", "4Gi") }
    }

    /// A container that only waits.
    #[must_use]
    pub fn waiting() -> Self {
        Self {
            requests: ResourceAmounts::new("25m", "32Mi", "16Mi"),
            limits: ResourceAmounts::new("100m", "64Mi", "64Mi"),
        }
    }

    /// A job that runs the product's database tool.
    #[must_use]
    pub fn database_setup() -> Self {
        Self {
            requests: ResourceAmounts::new("100m", "256Mi", "64Mi"),
            limits: ResourceAmounts::new("1", "512Mi", "1Gi"),
        }
    }

    /// A container of which nothing is known.
    #[must_use]
    pub fn of_others() -> Self {
        Self {
            requests: ResourceAmounts::new("100m", "128Mi", "64Mi"),
            limits: ResourceAmounts::new("500m", "512Mi", "1Gi"),
        }
    }

    /// The seed's gateway: S1-143, S1-256.
    #[must_use]
    pub fn gateway() -> Self {
        Self { requests: ResourceAmounts::new("500m", "512Mi", "1Gi"), limits: ResourceAmounts::new("2", "2Gi", "4Gi") }
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

impl Rollout {
    /// The old pod ends before the new one begins: two Admin Node Managers at once would break login and topology. A
    /// stated deviation from the seed's default (S1-357, S1-358).
    #[must_use]
    pub fn one_by_one() -> Self {
        Self { max_surge: CountOrPercentage::count(0), ..Self::default() }
    }
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
    /// `heapSizeMiB`.
    pub heap_size_mib: Expr<Mebibytes>,
    /// `traceLevel`.
    pub trace_level: Expr<TraceLevel>,
    /// `resources`.
    pub resources: ResourcesSymbol,
    /// `service`.
    pub service: ServiceSymbol,
    /// `probes`, with what `ports` says of the port of each.
    pub probes: ProbesSymbols,
    /// `rollout`.
    pub rollout: RolloutSymbol,
    /// `drain`.
    pub drain: DrainSymbol,
    /// `disruptionBudget`.
    pub disruption_budget: DisruptionBudgetSymbol,
    /// `affinity`.
    pub affinity: Expr<Affinity>,
    /// `serviceAccount`.
    pub service_account: ServiceAccountSymbol,
    /// `jvm`.
    pub jvm: JvmSymbol,
    /// `env`.
    pub env: Expr<Env>,
    /// `envRefs`.
    pub env_refs: Expr<EnvRefs>,
    /// `envSources`.
    pub env_sources: Expr<EnvSources>,
    /// `secretMounts`.
    pub secret_mounts: Expr<SecretMounts>,
    /// `extraVolumes`.
    pub extra_volumes: Expr<ExtraVolumes>,
    /// `extraVolumeMounts`.
    pub extra_volume_mounts: Expr<ExtraVolumeMounts>,
    /// `extraInitContainers`.
    pub extra_init_containers: Expr<ExtraContainers>,
    /// `extraContainers`.
    pub extra_containers: Expr<ExtraContainers>,
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

/// Defines a struct of values that has, beside its own fields, what every pod has.
///
/// Behind the fields stand the defaults of the fields that differ between components.
macro_rules! pod {
    (
        $(#[$meta:meta])*
        pub struct $name:ident as $symbol:ident { $($own:tt)* }
        default { heap_size_mib: $heap:expr, resources: $resources:expr, probes: $probes:ident $probe_defaults:expr, rollout: $rollout:expr, $($own_default:tt)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema, helmwright::Values)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            $($own)*
            /// Initial and largest heap of the JVM (Xms and Xmx) in MiB.
            ///
            /// Seed: S1-140, S1-208, S1-238, S1-257.
            #[serde(rename = "heapSizeMiB")]
            pub heap_size_mib: crate::numbers::Mebibytes,
            /// Trace level: INFO, DEBUG or DATA.
            ///
            /// Seed: S1-212.
            pub trace_level: crate::choices::TraceLevel,
            /// CPU, memory and local disk of the container.
            ///
            /// Seed: S1-142, S1-143.
            pub resources: crate::pod::Resources,
            /// The Service in front of the pods, always of type ClusterIP.
            pub service: crate::pod::Service,
            /// Startup, readiness and liveness probes.
            ///
            /// Seed: S1-145.
            pub probes: crate::probes::$probes,
            /// How pods are replaced when something changes.
            pub rollout: crate::pod::Rollout,
            /// How a pod ends without losing a request.
            pub drain: crate::pod::Drain,
            /// How many pods may be away at once when nodes are drained.
            pub disruption_budget: crate::pod::DisruptionBudget,
            /// Rules of your own on which nodes pods stand; they replace those of topologySpread.node, where there are any.
            pub affinity: crate::kubernetes::Affinity,
            /// The identity that the pods run under.
            pub service_account: crate::pod::ServiceAccount,
            /// Options of the Java virtual machine.
            pub jvm: crate::pod::Jvm,
            /// Environment variables of yours by name.
            pub env: crate::hatches::Env,
            /// Environment variables of yours whose value is read from a Secret or ConfigMap, by name.
            pub env_refs: crate::hatches::EnvRefs,
            /// Secrets and ConfigMaps all of whose keys become environment variables, by name.
            pub env_sources: crate::hatches::EnvSources,
            /// Secrets as files of the container, by path.
            pub secret_mounts: crate::hatches::SecretMounts,
            /// Volumes of yours by name: volume sources as Kubernetes has them.
            pub extra_volumes: crate::hatches::ExtraVolumes,
            /// Volumes in the container by path; the release's own are called merge, events, trace, audit and, of
            /// gateways, opentraffic.
            pub extra_volume_mounts: crate::hatches::ExtraVolumeMounts,
            /// Containers that run before the component, after the prechecks, in byte order of their names.
            pub extra_init_containers: crate::hatches::ExtraContainers,
            /// Containers beside the component, by name.
            pub extra_containers: crate::hatches::ExtraContainers,
            /// Labels that a node has to have, beside those of podDefaults.
            pub node_selector: crate::pod::Labels,
            /// Taints of nodes that the pods tolerate; empty for those of podDefaults.
            pub tolerations: Vec<crate::kubernetes::Toleration>,
            /// Class that decides which pods give way; empty for that of podDefaults.
            pub priority_class_name: crate::names::OptionalObjectName,
            /// Labels on the pods, beside those of podDefaults.
            pub pod_labels: crate::pod::Labels,
            /// Annotations on the pods, beside those of podDefaults.
            pub pod_annotations: crate::pod::Annotations,
            /// Annotations of the Deployment.
            pub annotations: crate::pod::Annotations,
        }

        impl Default for $name {
            fn default() -> Self {
                Self {
                    $($own_default)*
                    heap_size_mib: crate::numbers::Mebibytes::constant($heap),
                    resources: $resources,
                    probes: $probe_defaults,
                    rollout: $rollout,
                    trace_level: crate::choices::TraceLevel::Info,
                    affinity: crate::kubernetes::Affinity::none(),
                    priority_class_name: crate::names::OptionalObjectName::constant(""),
                    service: Default::default(),
                    drain: Default::default(),
                    disruption_budget: Default::default(),
                    service_account: Default::default(),
                    jvm: Default::default(),
                    env: Default::default(),
                    env_refs: Default::default(),
                    env_sources: Default::default(),
                    secret_mounts: Default::default(),
                    extra_volumes: Default::default(),
                    extra_volume_mounts: Default::default(),
                    extra_init_containers: Default::default(),
                    extra_containers: Default::default(),
                    node_selector: Default::default(),
                    tolerations: Default::default(),
                    pod_labels: Default::default(),
                    pod_annotations: Default::default(),
                    annotations: Default::default(),
                }
            }
        }

        impl $symbol {
            /// What every pod has, of this component.
            #[must_use]
            pub fn pod(&self) -> crate::pod::PodSymbols {
                crate::pod::PodSymbols {
                    heap_size_mib: self.heap_size_mib.clone(),
                    trace_level: self.trace_level.clone(),
                    resources: self.resources.clone(),
                    service: self.service.clone(),
                    probes: self.probes.with_ports(&self.ports),
                    rollout: self.rollout.clone(),
                    drain: self.drain.clone(),
                    disruption_budget: self.disruption_budget.clone(),
                    affinity: self.affinity.clone(),
                    service_account: self.service_account.clone(),
                    jvm: self.jvm.clone(),
                    env: self.env.clone(),
                    env_refs: self.env_refs.clone(),
                    env_sources: self.env_sources.clone(),
                    secret_mounts: self.secret_mounts.clone(),
                    extra_volumes: self.extra_volumes.clone(),
                    extra_volume_mounts: self.extra_volume_mounts.clone(),
                    extra_init_containers: self.extra_init_containers.clone(),
                    extra_containers: self.extra_containers.clone(),
                    node_selector: self.node_selector.clone(),
                    tolerations: self.tolerations.clone(),
                    priority_class_name: self.priority_class_name.clone(),
                    pod_labels: self.pod_labels.clone(),
                    pod_annotations: self.pod_annotations.clone(),
                    annotations: self.annotations.clone(),
                }
            }
        }
    };
}

pub(crate) use pod;

/// Used by defaults of other modules: a number of pods.
pub(crate) const fn pods(count: i64) -> Replicas {
    Replicas::constant(count)
}
