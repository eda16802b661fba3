//! The values of a release: the root that all others hang under.

use std::collections::BTreeMap;

use helmwright::Values as DeriveValues;
use helmwright::values::{Layered, PartialOf};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::accept::Accepted;
use crate::access::{NamespaceDefaults, Rbac, Tests};
use crate::admin_node_manager::AdminNodeManager;
use crate::choices::{PrecheckMode, PullPolicy, UsageLogDestination};
use crate::databases::{Cassandra, MetricsDatabase};
use crate::events::Events;
use crate::extra_objects::ExtraObject;
use crate::global::Global;
use crate::group::GatewayGroup;
use crate::image::ImageSource;
use crate::ingress::Ingress;
use crate::logging::Logging;
use crate::monitoring::Monitoring;
use crate::names::{
    DataKey, FullnameOverride, GroupName, HostAndPort, LicenseKey, LineText, MountPath, ObjectName, OptionalDomain,
    OptionalObjectName, Registry,
};
use crate::network::{NetworkPolicies, Networks};
use crate::numbers::{PositiveSeconds, UsageLogInterval};
use crate::pod::{Annotations, Labels, PodDefaults, Resources, Security};
use crate::secrets::Secret;

/// How gateways take part in the topology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Topology {
    /// Admin Node Managers outside the release that gateways register with too, as host:port.
    ///
    /// Seed: S1-229.
    pub external_admin_node_managers: Vec<HostAndPort>,
    /// Releases that share the topology, by a name of yours: network policies let them register and manage, on the port of
    /// adminNodeManager.ports.management.
    pub peers: Networks,
    /// Seconds between two registrations of a gateway.
    pub poll_interval_seconds: PositiveSeconds,
    /// Seconds without registration after which the Admin Node Manager drops a gateway.
    pub registration_ttl_seconds: PositiveSeconds,
    /// Host that usage records name; empty for the node that the pod runs on.
    pub parent_host: LineText,
    /// Certificate with which components of the topology trust one another.
    pub domain_certificate: DomainCertificate,
    /// Usage records of the topology.
    pub usage_log: UsageLog,
}

/// Certificate with which components of the topology trust one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DomainCertificate {
    /// Secret with certificate and key; empty for the images' own, which everybody has.
    pub existing_secret: OptionalObjectName,
    /// Its key with the certificate.
    pub certificate_key: DataKey,
    /// Its key with the private key.
    pub private_key_key: DataKey,
}

/// Usage records of the topology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UsageLog {
    /// Whether the Admin Node Manager writes usage records.
    pub enabled: bool,
    /// Seconds between two records, at most 3600.
    pub interval_seconds: UsageLogInterval,
    /// topologyLog, traceLog or both.
    pub destination: UsageLogDestination,
    /// Directory of the topology log.
    pub directory: MountPath,
}

/// So many gateway groups a release may have: each is tens of objects, and Helm keeps a release in one Secret of 1 MiB.
const MOST_GROUPS: usize = 100;

fn few_groups<'de, D>(deserializer: D) -> Result<BTreeMap<GroupName, PartialOf<GatewayGroup>>, D::Error>
where
    D: serde::Deserializer<'de>,
{
    let groups = BTreeMap::deserialize(deserializer)?;
    if groups.len() > MOST_GROUPS {
        return Err(serde::de::Error::custom(format!("more than {MOST_GROUPS} gateway groups")));
    }
    Ok(groups)
}

/// The product's licence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct License {
    /// Secret with the licence; empty where the images hold it.
    ///
    /// Seed: S1-205, S1-223.
    pub existing_secret: OptionalObjectName,
    /// Its key; ends in .lic.
    pub key: LicenseKey,
}

impl Default for License {
    fn default() -> Self {
        Self { existing_secret: OptionalObjectName::constant(""), key: LicenseKey::constant("license.lic") }
    }
}

/// What components wait for before they start. Admin Node Manager: the metrics database. API Manager: that, the Admin Node
/// Manager of the release, Cassandra. Traffic gateways: these and, while strict, API Manager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prechecks {
    /// strict: all must answer: the metrics database; for gateways also Cassandra and the release's Admin Node Manager; for
    /// traffic also its group's API Manager. soft: a majority of the Cassandra hosts is enough, API Manager is not waited
    /// for, and when the time is over the component starts all the same. none: no waiting. While it is not none, the
    /// database setup waits as in strict; the tests of the release always do.
    ///
    /// Seed: S1-213, S1-232 to S1-234, S1-249 to S1-252.
    pub mode: PrecheckMode,
    /// Seconds to wait at most; while strict, the pod's start then fails and is tried again.
    pub timeout_seconds: PositiveSeconds,
    /// CPU and memory of the waiting container.
    pub resources: Resources,
}

impl Default for Prechecks {
    fn default() -> Self {
        Self {
            mode: PrecheckMode::Strict,
            timeout_seconds: PositiveSeconds::constant(120),
            resources: Resources::waiting(),
        }
    }
}

impl Default for Topology {
    fn default() -> Self {
        Self {
            external_admin_node_managers: Vec::new(),
            peers: Networks::new(),
            poll_interval_seconds: PositiveSeconds::constant(30),
            registration_ttl_seconds: PositiveSeconds::constant(120),
            parent_host: LineText::constant(""),
            domain_certificate: DomainCertificate {
                existing_secret: OptionalObjectName::constant(""),
                certificate_key: DataKey::constant("domaincert.pem"),
                private_key_key: DataKey::constant("domainkey.pem"),
            },
            usage_log: UsageLog {
                enabled: false,
                interval_seconds: UsageLogInterval::constant(60),
                destination: UsageLogDestination::TopologyLog,
                directory: MountPath::constant("/opt/Axway/apigateway/logs"),
            },
        }
    }
}

/// Values of Axway Amplify API Management in externally managed topology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Values {
    /// Values of a parent chart, shared by all its charts.
    pub global: Global,
    /// DNS domain of all hosts, such as example.com; needed while ingress is on. A gateway group may have its own.
    ///
    /// Seed: S1-158, S1-163.
    pub domain: OptionalDomain,
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
    /// The product's licence.
    pub license: License,
    /// Secrets that the release makes, by their names, and where their content comes from. A Secret that is not listed here
    /// has to exist already. With secretDefaults.source externalSecret and a store, one from there takes a line:
    /// axway-license: { data: { license.lic: { remoteKey: apim/license } } }.
    ///
    /// Seed: S1-174 to S1-181.
    pub secrets: BTreeMap<ObjectName, PartialOf<Secret>>,
    /// What a Secret of the release has where its entry says nothing else.
    pub secret_defaults: Secret,
    /// Whether values may hold Secrets in clear text. For development alone.
    pub allow_inline_secrets: bool,
    /// Whether gateways and Admin Node Manager run in FIPS mode; the licence has to allow it.
    pub fips_mode: bool,
    /// The Admin Node Manager: monitoring and runtime settings of the topology.
    pub admin_node_manager: AdminNodeManager,
    /// The gateway groups by name: one image and one configuration each. Every key of gatewayGroupDefaults may stand here.
    ///
    /// Seed: S0-010, S1-023.
    #[serde(deserialize_with = "few_groups")]
    #[schemars(extend("maxProperties" = MOST_GROUPS))]
    pub gateway_groups: BTreeMap<GroupName, PartialOf<GatewayGroup>>,
    /// What a gateway group has where it says nothing else.
    pub gateway_group_defaults: GatewayGroup,
    /// How gateways take part in the topology.
    pub topology: Topology,
    /// Apache Cassandra, outside the release.
    pub cassandra: Cassandra,
    /// The metrics database outside the release.
    pub metrics_database: MetricsDatabase,
    /// How hosts reach the ports, whatever controller does it. Components may lay keys over it.
    ///
    /// Seed: S1-157 to S1-173.
    pub ingress: Ingress,
    /// The events of all gateways, which the Admin Node Manager turns into metrics.
    pub events: Events,
    /// Where logs go.
    pub logging: Logging,
    /// What components wait for before they start.
    pub prechecks: Prechecks,
    /// Network policies: everything is denied, and what the architecture needs is allowed.
    pub network_policy: NetworkPolicies,
    /// What lies under every pod of the release.
    pub pod_defaults: PodDefaults,
    /// The ids and rights that containers run under.
    pub security: Security,
    /// Scraping by Prometheus.
    pub monitoring: Monitoring,
    /// Roles for people, in the release's namespace.
    ///
    /// Seed: S1-132, S1-264.
    pub rbac: Rbac,
    /// Limits for the whole namespace.
    pub namespace_defaults: NamespaceDefaults,
    /// The pods that helm test starts: they ask whether the Services answer.
    pub tests: Tests,
    /// Whether objects carry annotations that tell the linters kube-score and checkov why a check of theirs does not hold.
    pub linter_exceptions: bool,
    /// Whole Kubernetes objects of yours by a name of your choice, printed as they are and never templated.
    pub extra_objects: BTreeMap<ObjectName, ExtraObject>,
}

impl Values {
    /// The values with every default, where nothing but the two keys without a default is set.
    #[must_use]
    pub fn new(registry: Registry) -> Self {
        Self {
            global: Global::default(),
            domain: OptionalDomain::constant(""),
            accept_general_conditions: Accepted,
            image: ImageSource { registry, pull_policy: PullPolicy::IfNotPresent, pull_secrets: Vec::new() },
            fullname_override: FullnameOverride::constant(""),
            common_labels: Labels::new(),
            common_annotations: Annotations::new(),
            license: License::default(),
            secrets: BTreeMap::new(),
            secret_defaults: Secret::default(),
            allow_inline_secrets: false,
            fips_mode: false,
            admin_node_manager: AdminNodeManager::default(),
            gateway_groups: BTreeMap::new(),
            gateway_group_defaults: GatewayGroup::default(),
            topology: Topology::default(),
            cassandra: Cassandra::default(),
            metrics_database: MetricsDatabase::default(),
            ingress: Ingress::default(),
            events: Events::default(),
            logging: Logging::default(),
            prechecks: Prechecks::default(),
            network_policy: NetworkPolicies::default(),
            pod_defaults: PodDefaults::default(),
            security: Security::default(),
            monitoring: Monitoring::default(),
            rbac: Rbac::default(),
            namespace_defaults: NamespaceDefaults::default(),
            tests: Tests::default(),
            linter_exceptions: true,
            extra_objects: BTreeMap::new(),
        }
    }
}

/// Keys without a default, which every user has to set.
pub const REQUIRED: &[&[&str]] = &[&["acceptGeneralConditions"], &["image", "registry"]];

/// The partial form of the root, for tools that build layers in code.
pub type ValuesLayer = <Values as Layered>::Partial;
