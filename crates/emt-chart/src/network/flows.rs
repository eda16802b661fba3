//! The flows of the architecture: the reference architecture's firewall table, and what pods say to one another.
//!
//! One table. The network policies are written from the flows that have a component at an end; `emt plan` prints all of
//! them. A flow that is missing here is denied.

/// An end of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// The Admin Node Manager.
    AdminNodeManager,
    /// API Manager of a group.
    Manager,
    /// The traffic gateways of a group.
    Traffic,
    /// The job that brings the metrics database's schema.
    DatabaseSetup,
    /// The pods of `helm test`.
    Tests,
    /// Ingress controllers, and load balancers that speak to pods.
    IngressControllers,
    /// Callers beside the ingress, such as a portal or agents.
    Clients,
    /// Monitoring tools in the cluster.
    Monitoring,
    /// Releases that share the topology.
    Peers,
    /// Apache Cassandra.
    Cassandra,
    /// The metrics database.
    MetricsDatabase,
    /// The cluster's DNS.
    Dns,
    /// Any address: identity providers, back ends.
    Anywhere,
    /// The mail relay.
    MailRelay,
    /// Systems that gateways call, as the values name them.
    Backends,
    /// Directories of administrators, as the values name them.
    Directories,
    /// Consumers of APIs.
    Consumers,
    /// The load balancer in front of the cluster.
    LoadBalancer,
    /// The bastion host.
    Bastion,
    /// Administrators' own network.
    Administrators,
    /// Nodes of the cluster.
    Nodes,
    /// The registry of images and charts.
    Registry,
    /// Kubernetes' control plane.
    ControlPlane,
}

impl Endpoint {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AdminNodeManager => "Admin Node Manager",
            Self::Manager => "API Manager",
            Self::Traffic => "traffic gateways",
            Self::DatabaseSetup => "database setup",
            Self::Tests => "helm test",
            Self::IngressControllers => "ingress controllers",
            Self::Clients => "clients beside the ingress",
            Self::Monitoring => "monitoring",
            Self::Peers => "peer releases",
            Self::Cassandra => "Cassandra",
            Self::MetricsDatabase => "metrics database",
            Self::Dns => "DNS",
            Self::Anywhere => "any address",
            Self::MailRelay => "mail relay",
            Self::Backends => "back ends",
            Self::Directories => "directories",
            Self::Consumers => "API consumers",
            Self::LoadBalancer => "load balancer",
            Self::Bastion => "bastion",
            Self::Administrators => "administrators",
            Self::Nodes => "nodes",
            Self::Registry => "registry",
            Self::ControlPlane => "control plane",
        }
    }

    /// The network zone that it stands in, as the reference architecture names them.
    #[must_use]
    pub fn zone(self) -> &'static str {
        match self {
            Self::AdminNodeManager
            | Self::DatabaseSetup
            | Self::Tests
            | Self::Manager
            | Self::Traffic
            | Self::Monitoring
            | Self::Nodes
            | Self::Dns => "worker",
            Self::IngressControllers | Self::LoadBalancer => "frontend",
            Self::Cassandra | Self::MetricsDatabase => "data",
            Self::Bastion => "bastion",
            Self::ControlPlane => "master",
            Self::Administrators => "intranet",
            Self::Clients | Self::Peers | Self::Backends | Self::Directories => "as declared",
            Self::Anywhere | Self::MailRelay | Self::Consumers | Self::Registry => "public or intranet",
        }
    }

    /// The label of the pods, of a component.
    #[must_use]
    pub fn component(self) -> Option<&'static str> {
        match self {
            Self::AdminNodeManager => Some("admin-node-manager"),
            Self::Manager => Some("manager"),
            Self::Traffic => Some("traffic"),
            Self::DatabaseSetup => Some("database-setup"),
            Self::Tests => Some("test"),
            _ => None,
        }
    }
}

/// The ports of a flow; TCP unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ports {
    /// Ports of the endpoint called, by their names in the values.
    Named(&'static [&'static str]),
    /// Fixed numbers.
    Numbers(&'static [u16]),
    /// Those that the values name for each entry below this key of `networkPolicy.egress`.
    Declared(&'static str),
    /// All.
    All,
}

/// A flow that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Who opens the connection.
    pub from: Endpoint,
    /// Who is called.
    pub to: Endpoint,
    /// On which ports.
    pub ports: Ports,
    /// What for.
    pub purpose: &'static str,
    /// Rows of the seed inventory.
    pub rows: &'static [&'static str],
}

const fn flow(
    from: Endpoint,
    to: Endpoint,
    ports: Ports,
    purpose: &'static str,
    rows: &'static [&'static str],
) -> Flow {
    Flow { from, to, ports, purpose, rows }
}

/// Every flow of the architecture.
pub const FLOWS: &[Flow] = {
    use Endpoint::{
        AdminNodeManager, Administrators, Anywhere, Backends, Bastion, Cassandra, Clients, Consumers, ControlPlane,
        DatabaseSetup, Directories, Dns, IngressControllers, LoadBalancer, MailRelay, Manager, MetricsDatabase,
        Monitoring, Nodes, Peers, Registry, Tests, Traffic,
    };
    use Ports::{All, Declared, Named, Numbers};
    const API: Ports = Named(&["traffic", "plain", "sample", "secure", "oauth"]);
    const MANAGEMENT: Ports = Named(&["management"]);
    &[
        // From outside to the entry of the cluster.
        flow(Consumers, LoadBalancer, Numbers(&[443]), "API calls", &["S1-N03"]),
        flow(Bastion, LoadBalancer, Numbers(&[443]), "administration by browser", &["S1-N07"]),
        flow(LoadBalancer, IngressControllers, Numbers(&[443]), "what the load balancer lets in", &["S1-N04"]),
        // From the entry to pods.
        flow(IngressControllers, Traffic, API, "API calls", &["S1-N04", "S1-242", "S1-243"]),
        flow(
            IngressControllers,
            Manager,
            Named(&["manager"]),
            "API Manager's pages and REST API",
            &["S1-N04", "S1-220"],
        ),
        flow(
            IngressControllers,
            AdminNodeManager,
            Named(&["management", "ui"]),
            "pages of the Admin Node Manager",
            &["S1-N04", "S1-N07", "S1-202"],
        ),
        flow(Clients, Traffic, API, "API calls from inside the cluster", &["S1-127"]),
        flow(Clients, Manager, Named(&["manager"]), "API Manager's REST API from inside the cluster", &["S1-127"]),
        // Between pods.
        flow(AdminNodeManager, Traffic, MANAGEMENT, "monitoring and runtime settings", &["S0-017", "S0-018"]),
        flow(AdminNodeManager, Manager, MANAGEMENT, "monitoring and runtime settings", &["S0-017", "S0-018"]),
        flow(Traffic, AdminNodeManager, MANAGEMENT, "registration in the topology", &["S0-020", "S1-251"]),
        flow(Manager, AdminNodeManager, MANAGEMENT, "registration in the topology", &["S1-229", "S1-234"]),
        flow(Traffic, Manager, Named(&["manager"]), "precheck: API Manager answers", &["S1-252"]),
        // Pods that run once.
        flow(Tests, Traffic, Named(&["traffic"]), "helm test: the Service answers", &["S1-338"]),
        flow(Tests, Manager, Named(&["manager"]), "helm test: the Service answers", &["S1-338"]),
        flow(Tests, AdminNodeManager, MANAGEMENT, "helm test: the Service answers", &["S1-338"]),
        flow(Tests, Dns, Named(&["dns"]), "names (UDP and TCP)", &["S1-136"]),
        flow(DatabaseSetup, Dns, Named(&["dns"]), "names (UDP and TCP)", &["S1-136"]),
        flow(DatabaseSetup, MetricsDatabase, Named(&["database"]), "the schema", &["S1-N05", "S1-276"]),
        // Releases that share the topology.
        flow(Peers, AdminNodeManager, MANAGEMENT, "registration of other releases' gateways", &["S0-018"]),
        flow(Peers, Traffic, MANAGEMENT, "monitoring by another release", &["S0-018"]),
        flow(Peers, Manager, MANAGEMENT, "monitoring by another release", &["S0-018"]),
        flow(AdminNodeManager, Peers, MANAGEMENT, "monitoring of other releases' gateways", &["S0-018"]),
        flow(Traffic, Peers, MANAGEMENT, "registration with another release", &["S1-229"]),
        flow(Manager, Peers, MANAGEMENT, "registration with another release", &["S1-229"]),
        // Monitoring.
        flow(Monitoring, AdminNodeManager, All, "metrics", &["S1-128"]),
        flow(Monitoring, Manager, All, "metrics", &["S1-128"]),
        flow(Monitoring, Traffic, All, "metrics", &["S1-128"]),
        // Names.
        flow(AdminNodeManager, Dns, Named(&["dns"]), "names (UDP and TCP)", &["S1-136"]),
        flow(Manager, Dns, Named(&["dns"]), "names (UDP and TCP)", &["S1-136"]),
        flow(Traffic, Dns, Named(&["dns"]), "names (UDP and TCP)", &["S1-136"]),
        // Databases.
        flow(AdminNodeManager, MetricsDatabase, Named(&["database"]), "metrics", &["S1-N05", "S1-210"]),
        flow(Manager, MetricsDatabase, Named(&["database"]), "metrics", &["S1-N05", "S1-230"]),
        flow(Traffic, MetricsDatabase, Named(&["database"]), "precheck, policies", &["S1-N05", "S1-250"]),
        flow(Manager, Cassandra, Named(&["cql"]), "API Manager's data", &["S1-N05", "S1-227"]),
        flow(Traffic, Cassandra, Named(&["cql"]), "API Manager's data, tokens, quotas", &["S1-N05", "S1-249"]),
        // Other systems.
        flow(Manager, Anywhere, Numbers(&[443]), "identity providers", &["S1-N01"]),
        flow(Traffic, Anywhere, Numbers(&[443]), "identity providers, back ends", &["S1-N01"]),
        flow(Manager, MailRelay, Numbers(&[465, 587]), "mail of API Manager", &["S1-N02", "S1-053"]),
        flow(Manager, Backends, Declared("backends"), "imports of API definitions", &["S1-022"]),
        flow(Traffic, Backends, Declared("backends"), "back ends", &["S1-022"]),
        flow(AdminNodeManager, Directories, Declared("directories"), "log-in of administrators", &["S1-P04d"]),
        // Outside of pods: for the firewalls of the subnets.
        flow(Bastion, ControlPlane, Numbers(&[8001]), "Kubernetes Dashboard by kube-proxy", &["S1-N06"]),
        flow(Bastion, Cassandra, Named(&["cql"]), "administration of the database", &["S1-N08"]),
        flow(Bastion, MetricsDatabase, Named(&["database"]), "administration of the database", &["S1-N08"]),
        flow(Administrators, Bastion, Numbers(&[3389, 22]), "access to the bastion", &["S1-N09"]),
        flow(Nodes, Registry, Numbers(&[443]), "images", &["S1-N10"]),
        flow(Bastion, Registry, Numbers(&[443]), "charts", &["S1-N11"]),
        flow(ControlPlane, ControlPlane, Numbers(&[443]), "API server, both ways", &["S1-N12"]),
    ]
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_of_the_firewall_table_has_a_flow() {
        let rows: BTreeSet<&str> = FLOWS.iter().flat_map(|flow| flow.rows).copied().collect();
        for number in 1..=12 {
            let row = format!("S1-N{number:02}");
            assert!(rows.contains(row.as_str()), "{row}");
        }
    }

    #[test]
    fn no_flow_stands_twice() {
        for (index, flow) in FLOWS.iter().enumerate() {
            let same = |other: &&Flow| other.from == flow.from && other.to == flow.to;
            assert!(FLOWS[index + 1..].iter().find(same).is_none(), "{flow:?}");
        }
    }
}
