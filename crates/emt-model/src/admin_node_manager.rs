//! The Admin Node Manager: monitoring and runtime settings of the topology (seed rows S1-200 to S1-219).

use helmwright::Values;
use helmwright::values::PartialOf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{AdminNodeManagerPort, Scheme};
use crate::configuration::Configuration;
use crate::image::Image;
use crate::ingress::{AdminNodeManagerHosts, Ingress, IngressPartial};
use crate::names::{DataKey, OptionalObjectName};
use crate::numbers::Port;
use crate::pod::{Resources, Rollout, pod};
use crate::probes::AdminNodeManagerProbes;
use crate::traffic::{OpenPort, OptionalPort};

/// The ports of the Admin Node Manager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdminNodeManagerPorts {
    /// User interface, management, and registration of gateways.
    pub management: OpenPort,
    /// A second listener of the user interface, with a public certificate.
    pub ui: OptionalPort,
}

impl Default for AdminNodeManagerPorts {
    fn default() -> Self {
        Self {
            management: OpenPort { port: Port::constant(8090), scheme: Scheme::Https },
            ui: OptionalPort { enabled: false, port: Port::constant(8091), scheme: Scheme::Https },
        }
    }
}

/// Users of the Admin Node Manager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdminUsers {
    /// Secret with the users' file; empty for the image's own, or LDAP.
    pub existing_secret: OptionalObjectName,
    /// Its key.
    pub key: DataKey,
}

impl Default for AdminUsers {
    fn default() -> Self {
        Self { existing_secret: OptionalObjectName::constant(""), key: DataKey::constant("adminUsers.json") }
    }
}

pod! {
    /// The Admin Node Manager: always one pod.
    ///
    /// Seed: S1-218, S1-219: 1 pod, no autoscaling.
    pub struct AdminNodeManager as AdminNodeManagerSymbol {
        /// Whether the release has an Admin Node Manager; without one, topology.externalAdminNodeManagers names others.
        pub enabled: bool,
        /// Image of the Admin Node Manager.
        pub image: Image,
        /// Where its configuration comes from.
        pub configuration: Configuration,
        /// Users of the Admin Node Manager.
        pub admin_users: AdminUsers,
        /// Ports of the Admin Node Manager; the names are those of the container's and the Service's ports.
        pub ports: AdminNodeManagerPorts,
        /// Hosts below the domain by port; a port without one is not published.
        ///
        /// Seed: S1-158, S1-160.
        pub hosts: AdminNodeManagerHosts,
        /// Keys of the root's ingress that differ for the Admin Node Manager.
        pub ingress: PartialOf<Ingress>,
    }
    default {
        heap_size_mib: 1024,
        resources: Resources::admin_node_manager(),
        probes: AdminNodeManagerProbes AdminNodeManagerProbes::of("/login", AdminNodeManagerPort::Management),
        rollout: Rollout::one_by_one(),
        enabled: true,
        image: Image::untagged("admin-nodemanager"),
        configuration: Configuration::default(),
        admin_users: AdminUsers::default(),
        ports: AdminNodeManagerPorts::default(),
        hosts: AdminNodeManagerHosts::default(),
        ingress: IngressPartial::of_administrators(),
    }
}
