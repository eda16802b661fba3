//! Where the configuration of a component comes from: the image, or files that it merges at its start.

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{ConfigurationMode, MergeVolume};
use crate::image::Image;
use crate::names::{
    DataKey, FilePath, ImageTag, LineText, MountPath, ObjectName, OptionalObjectName, OptionalRegistry, Quantity,
    Repository,
};

/// A file below /merge from a ConfigMap; its path is the key of the entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MergeFile {
    /// Name of the ConfigMap.
    pub config_map: ObjectName,
    /// Its key.
    pub key: DataKey,
}

/// What is mounted at /merge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfigurationVolume {
    /// files: an empty volume with the files below. claim: a volume that you fill. image: copied from an image, which needs
    /// sh and cp, and files that the pods' user may read.
    #[serde(rename = "type")]
    pub kind: MergeVolume,
    /// claim: name of the PersistentVolumeClaim.
    pub existing_claim: OptionalObjectName,
    /// image: the image that holds the configuration.
    pub image: Image,
    /// image: directory in the image that is copied to /merge.
    pub path: MountPath,
    /// files and image: largest size of the volume.
    pub size_limit: Quantity,
}

/// Where the configuration of a component comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Configuration {
    /// merge: a FED, YAML or single files below /merge go over the image's. baked: the image holds all.
    pub mode: ConfigurationMode,
    /// merge: what is mounted at /merge.
    pub volume: ConfigurationVolume,
    /// merge: files below /merge by their path there, such as fed or apigateway/ext/lib/driver.jar. A ConfigMap holds 1 MiB:
    /// larger files come by the volume.
    pub files: BTreeMap<FilePath, MergeFile>,
    /// Any text. A change replaces the pods: for what they do not notice by themselves, such as new content of a claim, of
    /// files below or of Secrets.
    pub revision: LineText,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            mode: ConfigurationMode::Merge,
            volume: ConfigurationVolume {
                kind: MergeVolume::Files,
                existing_claim: OptionalObjectName::constant(""),
                image: Image {
                    registry: OptionalRegistry::constant(""),
                    repository: Repository::constant("configuration"),
                    tag: ImageTag::constant(""),
                },
                path: MountPath::constant("/merge"),
                size_limit: Quantity::constant("512Mi"),
            },
            files: BTreeMap::new(),
            revision: LineText::constant(""),
        }
    }
}
