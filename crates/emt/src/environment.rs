//! One environment, as `environments.yaml` describes it.
//!
//! Must not know where that file stands or what the values files say.

use std::borrow::Cow;
use std::collections::BTreeMap;

use emt_model::stage::Stage;
use helmwright::values::present;
use helmwright_k8s::{SUPPORTED, Version};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::release::{Namespace, Release, ReleaseName};

helmwright::texts! {
    /// Name of an environment, as commands take it.
    pub struct EnvironmentName: Token, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
        "the name of an environment: lower case letters, digits and '-', beginning and ending with a letter or digit";

    /// Path of a values file, relative to the directory of `environments.yaml`.
    pub struct RelativePath: Token, "^[A-Za-z0-9._][A-Za-z0-9._/-]*$",
        "a path relative to the directory of environments.yaml, of letters, digits, '.', '_', '-' and '/'";

    /// Size of a disk beside the release.
    pub struct DiskSize: Token, "^[1-9][0-9]{0,5}([.][0-9]{1,3})?(M|G|T|Mi|Gi|Ti)$",
        "the size of a disk, such as 100Gi, 100G or 1.5T: the units are M, G and T, or Mi, Gi and Ti";

    /// Id of a rule, such as `D009`.
    pub struct RuleId: Token, "^[A-Z]{1,8}[0-9]{3}$", "the id of a rule: capital letters and three digits";

    /// Id of a row of the reference architecture, such as `S1-256`.
    pub struct RowId: Token, "^S[01]-[A-Za-z0-9]{2,4}$", "the id of a row of the reference architecture";

    /// Name of a group of nodes.
    pub struct NodesName: Token, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "a name of lower case letters, digits and '-'";

    /// Type of nodes, as the cloud provider names it.
    pub struct NodesType: Token, "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", "the name of a node type, such as m5.large";

    /// Name of a decision to deviate from the reference architecture.
    pub struct DeviationName: Token, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
        "a name of lower case letters, digits and '-'";

    /// Why a warning or a deviation is taken on.
    pub struct Reason: Any, "^[^ \\x00-\\x1F][^\\x00-\\x1F]*$", "a reason of one line that begins with no blank";
}

helmwright::integers! {
    /// A number of nodes.
    pub struct NodeCount(1..=1000);
}

/// Nodes of one type that the environment's pods may stand on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Nodes {
    /// Their type.
    #[serde(rename = "type")]
    pub kind: NodesType,
    /// How many there are.
    pub count: NodeCount,
}

/// Disks that stand beside the release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Disks {
    /// Disk of each Cassandra node.
    ///
    /// Seed: S1-098: 50 GB.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "DiskSize")]
    pub cassandra: Option<DiskSize>,
    /// Disk of each node of the metrics database.
    ///
    /// Seed: S1-100: 20 GB.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "DiskSize")]
    pub metrics_database: Option<DiskSize>,
    /// Disk of the logs.
    ///
    /// Seed: S1-101: 100 GB.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "DiskSize")]
    pub logs: Option<DiskSize>,
}

/// A supported Kubernetes version, as the file writes it.
struct WrittenVersion(Version);

impl<'de> Deserialize<'de> for WrittenVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        SUPPORTED.into_iter().find(|version| version.to_string() == text).map(Self).ok_or_else(|| {
            let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
            D::Error::custom(format!("{text:?} is not a supported Kubernetes version, \"{oldest}\" to \"{newest}\""))
        })
    }
}

impl JsonSchema for WrittenVersion {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "KubernetesVersion".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": SUPPORTED.map(|version| version.to_string()) })
    }
}

fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Version>, D::Error> {
    let written: Option<WrittenVersion> = present(deserializer)?;
    Ok(written.map(|WrittenVersion(version)| version))
}

/// A warning that an environment takes on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Acceptance {
    /// Why the warning is taken on.
    pub reason: Reason,
}

/// An environment: which files make its values, and where it runs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Environment {
    /// Values files in order, the last wins. No other file is read.
    pub files: Vec<RelativePath>,
    /// Name of the release.
    pub release: ReleaseName,
    /// Namespace that it is installed into.
    pub namespace: Namespace,
    /// What it is for; production if nothing is said. Rules that speak of production are silent elsewhere.
    #[serde(default = "production")]
    pub stage: Stage,
    /// Kubernetes version of the cluster. What only other versions refuse is then a warning. It never changes what is
    /// rendered.
    #[serde(default, deserialize_with = "version")]
    #[schemars(with = "WrittenVersion")]
    pub kubernetes_version: Option<Version>,
    /// Environment whose changes come here next.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "EnvironmentName")]
    pub promotes_from: Option<EnvironmentName>,
    /// Whether it takes over when the environment that it is promoted from is lost.
    #[serde(default)]
    pub standby: bool,
    /// Warnings that are taken on, by the id of their rule. An error cannot be taken on.
    #[serde(default)]
    pub accepted: BTreeMap<RuleId, Acceptance>,
    /// Nodes that the pods may stand on, by a name of yours: what a plan is made for. It never changes what is rendered.
    #[serde(default)]
    pub nodes: BTreeMap<NodesName, Nodes>,
    /// Nodes that hold monitoring and the collection of logs, by a name of yours. No pod of the release stands on them.
    #[serde(default)]
    pub monitoring_nodes: BTreeMap<NodesName, Nodes>,
    /// Disks beside the release: those of the databases and of the logs. They are planned with these sizes, and compared
    /// with the reference architecture's.
    #[serde(default)]
    pub dedicated_storage: Disks,
    /// Rows of the reference architecture from which the environment deviates on purpose, each with the name
    /// of the decision and its reason.
    #[serde(skip)]
    pub deviations: BTreeMap<RowId, (DeviationName, Reason)>,
}

/// A decision to deviate from the reference architecture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Deviation {
    /// Why.
    pub(crate) reason: Reason,
    /// The rows that do not hold for this reason.
    pub(crate) rows: Vec<RowId>,
    /// The environments in which they do not.
    pub(crate) environments: Vec<EnvironmentName>,
}

/// An environment that does not say what it is for is held to the most.
fn production() -> Stage {
    Stage::Production
}

impl Environment {
    /// The release that the environment installs.
    #[must_use]
    pub fn release(&self) -> Release {
        Release { name: self.release.clone(), namespace: self.namespace.clone() }
    }
}

/// The environments, and how they deviate from the reference architecture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct EnvironmentsFile {
    /// The environments by name, the first change to the last.
    pub(crate) environments: BTreeMap<EnvironmentName, Environment>,
    /// Decisions to deviate from the reference architecture, by a name of yours. One that no row and environment needs is
    /// an error.
    #[serde(default)]
    pub(crate) deviations: BTreeMap<DeviationName, Deviation>,
}
