//! What every pod of the architecture has: resources, probes, rollout, placement.

mod component;
mod life;
mod placement;
mod resources;
mod rights;

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{JvmOption, LabelKey, LabelValue, LineText};
use crate::numbers::Replicas;

pub use component::PodSymbols;
pub(crate) use component::pod;
pub use life::*;
pub use placement::*;
pub use resources::*;
pub use rights::*;

/// Labels by key.
pub type Labels = BTreeMap<LabelKey, LabelValue>;
/// Annotations by key.
pub type Annotations = BTreeMap<LabelKey, LineText>;

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

/// Used by defaults of other modules: a number of pods.
pub(crate) const fn pods(count: i64) -> Replicas {
    Replicas::constant(count)
}
