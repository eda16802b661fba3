//! Who may do what in the namespace, and what all pods in it may use together (seed rows S1-130 to S1-135, S1-264).

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::image::OptionalImage;
use crate::names::{Quantity, QuotaName, Subject};
use crate::pod::Resources;

/// People who get a role: names as the cluster's login gives them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct People {
    /// Names of users.
    pub users: Vec<Subject>,
    /// Names of groups.
    pub groups: Vec<Subject>,
}

/// Roles for people and pipelines, in the release's namespace. Only deployers read Secrets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rbac {
    /// Who may look at pods, their logs, and all that is around them.
    ///
    /// Seed: S1-132, S1-264.
    pub viewers: People,
    /// Who may moreover restart, scale and roll back pods.
    ///
    /// Seed: S1-132, S1-135, S1-264.
    pub operators: People,
    /// Who may install, upgrade and remove the release with Helm: people, or a pipeline as
    /// system:serviceaccount:NAMESPACE:NAME among the users. Helm keeps its releases in Secrets, so they read and write
    /// those of the namespace. An administrator installs first, as the role comes with the release, and makes what
    /// no role of a namespace allows: a wider role, the PersistentVolume of events.storage.kind static.
    ///
    /// Seed: S1-130, S1-132.
    pub deployers: People,
}

/// What all pods of the namespace may use together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceQuota {
    /// Limits by resource, such as limits.memory: "40Gi" or pods: "20"; empty for no quota.
    pub hard: BTreeMap<QuotaName, Quantity>,
}

/// What containers get that say nothing of CPU and memory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LimitRange {
    /// Whether there is a LimitRange.
    pub enabled: bool,
    /// What such a container is taken to ask for, and what it may use at most.
    pub resources: Resources,
}

/// Limits for the whole namespace. Ask for them only where the release has the namespace for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NamespaceDefaults {
    /// What all pods of the namespace may use together.
    pub resource_quota: ResourceQuota,
    /// What containers get that say nothing of CPU and memory.
    pub limit_range: LimitRange,
}

impl Default for NamespaceDefaults {
    fn default() -> Self {
        Self {
            resource_quota: ResourceQuota::default(),
            limit_range: LimitRange { enabled: false, resources: Resources::of_others() },
        }
    }
}

/// The pods that `helm test` starts: they ask whether the Services answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tests {
    /// Whether the release has tests.
    pub enabled: bool,
    /// Their image, with sh and with nc or bash; empty repository for the image of what is tested.
    pub image: OptionalImage,
}

impl Default for Tests {
    fn default() -> Self {
        Self { enabled: true, image: OptionalImage::none() }
    }
}
