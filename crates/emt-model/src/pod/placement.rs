//! Where pods stand, and what all pods of the release carry.

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Annotations, Labels};
use crate::choices::Spread;
use crate::kubernetes::Toleration;
use crate::names::OptionalObjectName;

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
