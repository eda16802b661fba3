//! The keys that every component with pods has.

use helmwright::expression::Expr;

use super::{
    Annotations, DisruptionBudgetSymbol, DrainSymbol, JvmSymbol, Labels, ResourcesSymbol, RolloutSymbol,
    ServiceAccountSymbol, ServiceSymbol,
};
use crate::choices::TraceLevel;
use crate::hatches::{Env, EnvRefs, EnvSources, ExtraContainers, ExtraVolumeMounts, ExtraVolumes, SecretMounts};
use crate::kubernetes::{Affinity, Toleration};
use crate::names::OptionalObjectName;
use crate::numbers::Mebibytes;
use crate::probes::ProbesSymbols;

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
            /// Initial and largest heap of the JVM (Xms and Xmx) in MiB. The JVM needs memory beside it: raise
            /// resources.limits.memory with it, a quarter above at least.
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
            /// Rules of your own on which nodes pods stand; they replace the chart's, where it has any.
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
            /// Containers beside the component, by name. Their securityContext is yours to write.
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
