//! The events volume, which all gateways write and the Admin Node Manager reads (seed rows S1-085 to S1-092, S1-209, S1-244).

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{AccessMode, EventsStorage};
use crate::names::{
    AttributeName, DriverName, LineText, MountOption, MountPath, OptionalObjectName, OptionalQuantity, StorageClass,
};
use crate::numbers::{Mebibytes, PodCount};

/// Secret with the login of a share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VolumeSecret {
    /// Its name; empty where the share needs no login.
    pub name: OptionalObjectName,
    /// Its namespace; empty for the release's.
    pub namespace: OptionalObjectName,
}

/// A share that exists, as a CSI driver mounts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StaticVolume {
    /// Name of the CSI driver, such as efs.csi.aws.com or file.csi.azure.com.
    pub driver: DriverName,
    /// What the driver calls the share; for EFS the file system, and its access point behind two colons.
    pub volume_handle: LineText,
    /// Attributes by name, as the driver's documentation has them.
    pub attributes: BTreeMap<AttributeName, LineText>,
    /// Options of the mount, such as uid=1000.
    pub mount_options: Vec<MountOption>,
    /// Secret with the share's login, which the nodes read.
    ///
    /// Seed: S1-179.
    pub secret: VolumeSecret,
}

impl Default for StaticVolume {
    fn default() -> Self {
        Self {
            driver: DriverName::constant(""),
            volume_handle: LineText::constant(""),
            attributes: BTreeMap::new(),
            mount_options: Vec::new(),
            secret: VolumeSecret {
                name: OptionalObjectName::constant(""),
                namespace: OptionalObjectName::constant(""),
            },
        }
    }
}

/// What holds the events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Storage {
    /// claim: a claim of the release. existing: a claim that exists. static: claim and volume, both of the release, on a
    /// share that exists. emptyDir: each pod's own, without metrics.
    #[serde(rename = "type")]
    pub kind: EventsStorage,
    /// Storage class of the claim; empty for the cluster's default. It has to allow several writers.
    pub class_name: StorageClass,
    /// ReadWriteMany; ReadWriteOnce on clusters of one node alone.
    ///
    /// Seed: S1-209, S1-244.
    pub access_mode: AccessMode,
    /// Size of the claim; empty to compute it: pods x maxDiskSpacePerGatewayMiB + reserveMiB, where pods are the largest
    /// number and headroomReplicas of each group, and gatewaysOfOtherReleases. A claim never shrinks, and grows only where
    /// its storage class allows expansion; that of a static volume never does. Name its size here before you change the
    /// largest number of a group, or add one, where it cannot follow: else the upgrade fails.
    ///
    /// Seed: S1-087 to S1-092: 13 GB.
    pub size: OptionalQuantity,
    /// A PersistentVolume that the claim is to bind to; empty for any.
    pub volume_name: OptionalObjectName,
    /// existing: name of the claim.
    pub existing_claim: OptionalObjectName,
    /// static: the share.
    #[serde(rename = "static")]
    pub static_volume: StaticVolume,
    /// Whether the claim stays when the release is uninstalled.
    pub keep_on_uninstall: bool,
}

/// The events of all gateways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Events {
    /// Disk that one gateway fills at most, in MiB. It sets no limit: the configuration of the gateways does.
    ///
    /// Seed: S1-086: 1 GB.
    #[serde(rename = "maxDiskSpacePerGatewayMiB")]
    pub max_disk_space_per_gateway_mib: Mebibytes,
    /// Disk beyond that, in MiB: for the files of API Managers, and those that wait for the Admin Node Manager.
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
                static_volume: StaticVolume::default(),
                keep_on_uninstall: true,
            },
        }
    }
}
