//! The events volume, which all gateways write and the Admin Node Manager reads (seed rows S1-085 to S1-092, S1-209, S1-244).

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{AccessMode, EventsStorage};
use crate::names::{MountPath, OptionalObjectName, OptionalQuantity, StorageClass};
use crate::numbers::{Mebibytes, PodCount};

/// What holds the events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Storage {
    /// claim: a claim of the release. existing: a claim that exists. emptyDir: each pod's own, without metrics.
    #[serde(rename = "type")]
    pub kind: EventsStorage,
    /// Storage class of the claim; empty for the cluster's default. It has to allow several writers.
    pub class_name: StorageClass,
    /// ReadWriteMany; ReadWriteOnce on clusters of one node alone.
    ///
    /// Seed: S1-209, S1-244.
    pub access_mode: AccessMode,
    /// Size of the claim; empty to compute it: largest number of gateways times their limit, and the reserve.
    ///
    /// Seed: S1-087 to S1-092: 13 GB.
    pub size: OptionalQuantity,
    /// A PersistentVolume that the claim is to bind to; empty for any.
    pub volume_name: OptionalObjectName,
    /// existing: name of the claim.
    pub existing_claim: OptionalObjectName,
    /// Whether the claim stays when the release is uninstalled.
    pub keep_on_uninstall: bool,
}

/// The events of all gateways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Events {
    /// Disk that one gateway fills at most, in MiB; as the configuration limits it.
    ///
    /// Seed: S1-086: 1 GB.
    #[serde(rename = "maxDiskSpacePerGatewayMiB")]
    pub max_disk_space_per_gateway_mib: Mebibytes,
    /// Disk beyond that, in MiB.
    ///
    /// Seed: S1-089: 1 GB.
    #[serde(rename = "reserveMiB")]
    pub reserve_mib: Mebibytes,
    /// Pods of each group beyond its largest number, such as those of a rolling update.
    pub headroom_replicas: PodCount,
    /// Gateways of other releases that write to the same volume.
    pub gateways_of_other_releases: PodCount,
    /// Where the product keeps events.
    pub mount_path: MountPath,
    /// What holds the events.
    pub storage: Storage,
}

impl Default for Events {
    fn default() -> Self {
        Self {
            max_disk_space_per_gateway_mib: Mebibytes::constant(1024),
            reserve_mib: Mebibytes::constant(1024),
            headroom_replicas: PodCount::constant(0),
            gateways_of_other_releases: PodCount::constant(0),
            mount_path: MountPath::constant("/opt/Axway/apigateway/events"),
            storage: Storage {
                kind: EventsStorage::Claim,
                class_name: StorageClass::constant(""),
                access_mode: AccessMode::ReadWriteMany,
                size: OptionalQuantity::constant(""),
                volume_name: OptionalObjectName::constant(""),
                existing_claim: OptionalObjectName::constant(""),
                keep_on_uninstall: true,
            },
        }
    }
}
