//! Who pods run as.

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Annotations;
use crate::choices::UserIds;
use crate::names::OptionalObjectName;
use crate::numbers::{SystemGroupId, UserId};

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

/// The ids and rights that containers run under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Security {
    /// fixed: the ids below. assigned: the platform assigns them (OpenShift); the images then have to let group 0 write
    /// into their installation.
    pub user_ids: UserIds,
    /// User id of the containers; emtuser in the vendor's images.
    pub run_as_user: UserId,
    /// Group id of the containers.
    pub run_as_group: SystemGroupId,
    /// Group id that owns mounted volumes.
    pub fs_group: SystemGroupId,
    /// Whether the containers' own file system is read-only. The vendor's images write into their installation.
    pub read_only_root_filesystem: bool,
}

impl Default for Security {
    fn default() -> Self {
        let group = SystemGroupId::constant(1000);
        Self {
            user_ids: UserIds::Fixed,
            run_as_user: UserId::constant(1000),
            run_as_group: group,
            fs_group: group,
            read_only_root_filesystem: false,
        }
    }
}
