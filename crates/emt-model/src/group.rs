//! A gateway group: one image and one configuration, which scale and roll by themselves (seed rows S0-010, S1-246).

use std::collections::BTreeMap;

use helmwright::Values;
use helmwright::values::PartialOf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::configuration::Configuration;
use crate::databases::Cassandra;
use crate::hatches::{Env, EnvRefs};
use crate::image::Image;
use crate::ingress::GroupHosts;
use crate::manager::Manager;
use crate::names::{GroupId, LineText, OptionalDomain, SettingName};
use crate::traffic::{HealthCheck, Traffic};

/// Settings that the configuration reads as `${env.NAME}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnvSettings {
    /// Whether the release brings envSettings.props: the port numbers and the properties below. It replaces the image's. A
    /// change restarts the pods of API Manager and the traffic gateways of the group.
    pub enabled: bool,
    /// Further settings by name, read as ${env.NAME}.
    pub properties: BTreeMap<SettingName, LineText>,
}

/// A gateway group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatewayGroup {
    /// Whether the group runs; lets a later file switch it off.
    pub enabled: bool,
    /// API Gateway group id in the topology; empty for the group's name.
    ///
    /// Seed: S1-224.
    pub group_id: GroupId,
    /// DNS domain of the group's hosts; empty for the root's.
    pub domain: OptionalDomain,
    /// Hosts below the domain by port; a port without one is not published. No two ports of the release share a host.
    ///
    /// Seed: S1-158, S1-161, S1-162.
    pub hosts: GroupHosts,
    /// Image of the group: it holds the group's configuration, or the configuration is merged into it.
    ///
    /// Seed: S0-010, S1-246.
    pub image: Image,
    /// Where the group's configuration comes from.
    ///
    /// Seed: S1-226.
    pub configuration: Configuration,
    /// Keys of cassandra that differ for this group; its keyspace at least.
    pub cassandra: PartialOf<Cassandra>,
    /// Environment variables of yours, for all pods of the group.
    pub env: Env,
    /// Environment variables of yours that are read from a Secret or ConfigMap, for all pods of the group.
    pub env_refs: EnvRefs,
    /// Settings that the configuration reads as ${env.NAME}.
    pub env_settings: EnvSettings,
    /// The path that load balancers and probes ask for; such calls do not count as traffic.
    pub health_check: HealthCheck,
    /// Whether Policy Studio may deploy to running pods; needs one traffic pod, one of API Manager, no autoscaling. The
    /// two are deployed to one by one, and lose it when they restart. Never in production.
    ///
    /// Seed: S1-247.
    pub policy_studio_deployment: bool,
    /// API Manager.
    pub manager: Manager,
    /// The traffic gateways.
    pub traffic: Traffic,
}

impl Default for GatewayGroup {
    fn default() -> Self {
        Self {
            enabled: true,
            group_id: GroupId::constant(""),
            domain: OptionalDomain::constant(""),
            hosts: GroupHosts::default(),
            image: Image::untagged("gateway"),
            cassandra: PartialOf::<Cassandra>::default(),
            configuration: Configuration::default(),
            env: Env::new(),
            env_refs: EnvRefs::new(),
            env_settings: EnvSettings::default(),
            health_check: HealthCheck::default(),
            policy_studio_deployment: false,
            manager: Manager::default(),
            traffic: Traffic::default(),
        }
    }
}
