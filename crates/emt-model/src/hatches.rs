//! Ways to add to a pod what the architecture does not know: variables, files, volumes, containers.
//!
//! All are maps by Kubernetes' own key, so that a later values file can change one entry and leave the others.

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{EnvRefKind, EnvSourceKind};
use crate::kubernetes::{ExtraContainer, ExtraVolume};
use crate::names::{
    ContainerName, EnvironmentName, EnvironmentPrefix, ExtraVolumeName, LineText, MountPath, ObjectName,
    OptionalDataKey, RefKey, SubPath, VolumeName,
};

/// Where the value of an environment variable comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnvRef {
    /// secret or configMap.
    pub kind: EnvRefKind,
    /// Name of the Secret or ConfigMap.
    pub name: ObjectName,
    /// Its key.
    pub key: RefKey,
}

/// A Secret or ConfigMap all of whose keys become environment variables; its name is the key of the entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnvSource {
    /// secret or configMap.
    pub kind: EnvSourceKind,
    /// What the variables' names begin with; empty for nothing.
    #[serde(default = "no_prefix")]
    pub prefix: EnvironmentPrefix,
}

/// A Secret as files of the container; the path is the key of the entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecretMount {
    /// Name of the Secret.
    pub existing_secret: ObjectName,
    /// Its key, mounted as one file at the path; empty for all keys in a directory.
    #[serde(default = "all_keys")]
    pub key: OptionalDataKey,
}

/// A volume in the container; the path is the key of the entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExtraVolumeMount {
    /// Name of a volume of the pod.
    pub volume: VolumeName,
    /// Path inside the volume; empty for its root.
    #[serde(default = "root")]
    pub sub_path: SubPath,
    /// Whether the container may only read.
    #[serde(default)]
    pub read_only: bool,
}

fn no_prefix() -> EnvironmentPrefix {
    EnvironmentPrefix::constant("")
}

fn all_keys() -> OptionalDataKey {
    OptionalDataKey::constant("")
}

fn root() -> SubPath {
    SubPath::constant("")
}

/// Environment variables by name.
pub type Env = BTreeMap<EnvironmentName, LineText>;
/// Environment variables that are read from elsewhere, by name.
pub type EnvRefs = BTreeMap<EnvironmentName, EnvRef>;
/// Secrets and ConfigMaps that become environment variables, by name.
pub type EnvSources = BTreeMap<ObjectName, EnvSource>;
/// Secrets as files, by path.
pub type SecretMounts = BTreeMap<MountPath, SecretMount>;
/// Volumes by name.
pub type ExtraVolumes = BTreeMap<ExtraVolumeName, ExtraVolume>;
/// Containers by name.
pub type ExtraContainers = BTreeMap<ContainerName, ExtraContainer>;
/// Volumes in the container by path.
pub type ExtraVolumeMounts = BTreeMap<MountPath, ExtraVolumeMount>;
