//! The values of a release: the root that all others hang under.

use std::collections::BTreeMap;

use helmwright::Values as DeriveValues;
use helmwright::values::{Layered, PartialOf};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::accept::Accepted;
use crate::choices::{OpenTrafficOutput, PullPolicy};
use crate::databases::{Cassandra, MetricsDatabase};
use crate::global::Global;
use crate::group::GatewayGroup;
use crate::image::ImageSource;
use crate::names::{FullnameOverride, GroupName, HostAndPort, Registry};
use crate::numbers::PositiveSeconds;
use crate::pod::{Annotations, Labels, PodDefaults, Security};

/// How gateways take part in the topology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Topology {
    /// Admin Node Managers that gateways register with, as host:port.
    ///
    /// Seed: S1-229.
    pub external_admin_node_managers: Vec<HostAndPort>,
    /// Seconds between two registrations of a gateway.
    pub poll_interval_seconds: PositiveSeconds,
}

impl Default for Topology {
    fn default() -> Self {
        Self { external_admin_node_managers: Vec::new(), poll_interval_seconds: PositiveSeconds::constant(30) }
    }
}

/// Where logs go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Logging {
    /// Whether traces are also written to files in the pod.
    pub trace_to_file: bool,
    /// Whether traces go to standard output as JSON, for a collector on the node.
    ///
    /// Seed: S1-211, S1-245.
    pub trace_json_to_stdout: bool,
    /// Where open traffic logs go: stdout or file.
    pub open_traffic_output: OpenTrafficOutput,
}

impl Default for Logging {
    fn default() -> Self {
        Self { trace_to_file: false, trace_json_to_stdout: true, open_traffic_output: OpenTrafficOutput::Stdout }
    }
}

/// Values of Axway Amplify API Management in externally managed topology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Values {
    /// Values of a parent chart, shared by all its charts.
    pub global: Global,
    /// Set it to true to accept the vendor's general conditions; no gateway starts without.
    pub accept_general_conditions: Accepted,
    /// Where all images of the release come from.
    pub image: ImageSource,
    /// Name that objects begin with; empty for the release's name.
    ///
    /// Seed: S1-137.
    pub fullname_override: FullnameOverride,
    /// Labels on all objects.
    pub common_labels: Labels,
    /// Annotations on all objects.
    pub common_annotations: Annotations,
    /// The gateway groups by name: one image and one configuration each. Every key of gatewayGroupDefaults may stand here.
    ///
    /// Seed: S0-010, S1-023.
    pub gateway_groups: BTreeMap<GroupName, PartialOf<GatewayGroup>>,
    /// What a gateway group has where it says nothing else.
    pub gateway_group_defaults: GatewayGroup,
    /// How gateways take part in the topology.
    pub topology: Topology,
    /// Apache Cassandra, outside the release.
    pub cassandra: Cassandra,
    /// The metrics database, a MySQL or MariaDB outside the release.
    pub metrics_database: MetricsDatabase,
    /// Where logs go.
    pub logging: Logging,
    /// What lies under every pod of the release.
    pub pod_defaults: PodDefaults,
    /// The ids and rights that containers run under.
    pub security: Security,
}

impl Values {
    /// The values with every default, where nothing but the two keys without a default is set.
    #[must_use]
    pub fn new(registry: Registry) -> Self {
        Self {
            global: Global::default(),
            accept_general_conditions: Accepted,
            image: ImageSource { registry, pull_policy: PullPolicy::IfNotPresent, pull_secrets: Vec::new() },
            fullname_override: FullnameOverride::constant(""),
            common_labels: Labels::new(),
            common_annotations: Annotations::new(),
            gateway_groups: BTreeMap::new(),
            gateway_group_defaults: GatewayGroup::default(),
            topology: Topology::default(),
            cassandra: Cassandra::default(),
            metrics_database: MetricsDatabase::default(),
            logging: Logging::default(),
            pod_defaults: PodDefaults::default(),
            security: Security::default(),
        }
    }
}

/// Keys without a default, which every user has to set.
pub const REQUIRED: &[&[&str]] = &[&["acceptGeneralConditions"], &["image", "registry"]];

/// The partial form of the root, for tools that build layers in code.
pub type ValuesLayer = <Values as Layered>::Partial;
