//! Network policies: who may speak to the pods of the release, and to whom they may speak (seed rows S1-N01 to S1-N07,
//! S1-124 to S1-129).
//!
//! Policies know addresses and labels, never host names: where a database or a peer lives is said here once more, as an
//! address range or a namespace. Which flows there are is no value: the table stands in `emt-chart`.

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::ClientPort;
use crate::names::{Cidr, LabelValue, NamespaceName, OptionalNamespace, PeerName, SelectorKey};
use crate::numbers::Port;

/// Labels that select pods.
pub type PodSelector = BTreeMap<SelectorKey, LabelValue>;

/// Pods or addresses that call the release. It names one of the three at least.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Callers {
    /// Namespace of the pods; empty for the release's own.
    #[serde(default = "anywhere")]
    pub namespace: OptionalNamespace,
    /// Labels of the pods; {} for all pods of the namespace.
    #[serde(default)]
    pub pod_labels: PodSelector,
    /// Address ranges, for callers outside the cluster or with the addresses of nodes.
    #[serde(default)]
    pub cidrs: Vec<Cidr>,
}

/// Callers inside or beside the cluster that come around the ingress: a portal, agents, batch jobs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Client {
    /// Namespace of the pods; empty for the release's own.
    #[serde(default = "anywhere")]
    pub namespace: OptionalNamespace,
    /// Labels of the pods; {} for all pods of the namespace.
    #[serde(default)]
    pub pod_labels: PodSelector,
    /// Address ranges.
    #[serde(default)]
    pub cidrs: Vec<Cidr>,
    /// Names of the ports that they may call, of every gateway group: traffic, plain, sample, secure, oauth, manager.
    pub ports: Vec<ClientPort>,
}

/// Where something that the release calls, or a release that shares the topology, lives. It names one of the two at
/// least.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Network {
    /// Namespace of its pods; empty for none.
    #[serde(default = "anywhere")]
    pub namespace: OptionalNamespace,
    /// Address ranges.
    #[serde(default)]
    pub cidrs: Vec<Cidr>,
}

/// A system beside the release that its pods call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct System {
    /// Namespace of its pods; empty for none.
    #[serde(default = "anywhere")]
    pub namespace: OptionalNamespace,
    /// Address ranges.
    #[serde(default)]
    pub cidrs: Vec<Cidr>,
    /// Its TCP ports.
    pub ports: Vec<Port>,
}

fn anywhere() -> OptionalNamespace {
    OptionalNamespace::constant("")
}

/// Networks by a name of yours.
pub type Networks = BTreeMap<PeerName, Network>;

/// Where the pods of the release may speak to, beside the databases and one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Egress {
    /// Whether gateways may call any address on port 443: back ends, identity providers.
    ///
    /// Seed: S1-N01.
    pub any_https: bool,
    /// Address ranges of the mail relay, which API Manager calls on ports 465 and 587; [] for no mail.
    ///
    /// Seed: S1-N02, S1-053.
    pub smtp_cidrs: Vec<Cidr>,
    /// Systems that gateways call, by a name of yours: back ends, directories, message brokers.
    ///
    /// Seed: S1-022.
    pub backends: BTreeMap<PeerName, System>,
    /// Directories that the Admin Node Manager calls to log administrators in, by a name of yours: LDAP, Active Directory.
    ///
    /// Seed: S1-P04d.
    pub directories: BTreeMap<PeerName, System>,
    /// Namespace of the cluster's DNS.
    pub dns_namespace: NamespaceName,
    /// Port of the DNS pods: 53, on OpenShift 5353.
    pub dns_port: Port,
    /// Address range of the DNS cache on each node, such as 169.254.20.10/32; [] where there is none.
    pub node_local_dns_cidrs: Vec<Cidr>,
}

impl Default for Egress {
    fn default() -> Self {
        Self {
            any_https: true,
            smtp_cidrs: Vec::new(),
            backends: BTreeMap::new(),
            directories: BTreeMap::new(),
            dns_namespace: NamespaceName::constant("kube-system"),
            dns_port: Port::constant(53),
            node_local_dns_cidrs: Vec::new(),
        }
    }
}

/// Network policies of the release's pods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkPolicies {
    /// Whether there are policies. The cluster's network has to enforce them.
    ///
    /// Seed: S1-124 to S1-129: none on a dedicated cluster, needed on a shared one.
    pub enabled: bool,
    /// Ingress controllers and load balancers in front of the release, by a name of yours: who is not named reaches nothing.
    /// Load balancers that speak to pods directly come from their subnets: name those as cidrs.
    ///
    /// Seed: S1-N04, S1-127.
    pub ingress_controllers: BTreeMap<PeerName, Callers>,
    /// Callers that come around the ingress, by a name of yours.
    ///
    /// Seed: S1-127.
    pub clients: BTreeMap<PeerName, Client>,
    /// Namespaces of monitoring tools, which may call every port.
    ///
    /// Seed: S1-128.
    pub monitoring_namespaces: Vec<NamespaceName>,
    /// Where the pods may speak to, beside the databases and one another.
    pub egress: Egress,
}

impl helmwright::typed::IntOrStringValue for ClientPort {}
