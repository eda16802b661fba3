//! API Manager of a group: its user interface and REST API (seed rows S1-220 to S1-241).

use helmwright::Values;
use helmwright::values::PartialOf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{ManagerPort, Scheme};
use crate::ingress::{Ingress, IngressPartial};
use crate::numbers::{Port, Replicas};
use crate::pod::{Resources, Rollout, TopologySpread, pod, pods};
use crate::probes::ManagerProbes;
use crate::traffic::OpenPort;

/// The ports of API Manager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ManagerPorts {
    /// User interface and REST API.
    ///
    /// Seed: S1-220: 8075.
    pub manager: OpenPort,
}

impl Default for ManagerPorts {
    fn default() -> Self {
        Self { manager: OpenPort { port: Port::constant(8075), scheme: Scheme::Https } }
    }
}

pod! {
    /// API Manager of a group.
    pub struct Manager as ManagerSymbol {
        /// Whether the group has an API Manager.
        pub enabled: bool,
        /// Pods; more than one needs session affinity by cookie in front of them.
        ///
        /// Seed: S1-221, S1-240: 1.
        pub replicas: Replicas,
        /// Ports of API Manager; the names are those of the container's and the Service's ports.
        pub ports: ManagerPorts,
        /// How the pods keep apart: none, preferred or required.
        ///
        /// Seed: S1-146 to S1-148.
        pub topology_spread: TopologySpread,
        /// Keys of the root's ingress that differ for API Manager.
        ///
        /// Seed: S1-239: session affinity by cookie.
        pub ingress: PartialOf<Ingress>,
    }
    default {
        heap_size_mib: 1024,
        resources: Resources::gateway(),
        probes: ManagerProbes ManagerProbes::of("/", ManagerPort::Manager),
        rollout: Rollout::default(),
        enabled: true,
        replicas: pods(1),
        ports: ManagerPorts::default(),
        topology_spread: TopologySpread::default(),
        ingress: IngressPartial::of_administrators(),
    }
}
