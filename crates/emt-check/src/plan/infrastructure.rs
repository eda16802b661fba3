//! What an environment runs on, as far as somebody said it: nodes, and storage beside the release.
//!
//! Must not know where that is written, or what is asked of it.

use super::capacity::NodeGroup;

/// What an environment runs on. What nobody said is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Infrastructure {
    /// Nodes that the pods may stand on.
    pub nodes: Vec<NodeGroup>,
    /// Nodes that hold monitoring and the collection of logs, and no pod of the release.
    pub monitoring_nodes: Vec<NodeGroup>,
    /// Disks beside the release.
    pub dedicated_storage: DedicatedStorage,
}

/// Disks beside the release, each a quantity such as `50Gi`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DedicatedStorage {
    /// Of each Cassandra node.
    pub cassandra: Option<String>,
    /// Of each node of the metrics database.
    pub metrics_database: Option<String>,
    /// Of the logs.
    pub logs: Option<String>,
}

/// An infrastructure of which nobody said anything.
pub(crate) static UNKNOWN_INFRASTRUCTURE: Infrastructure = Infrastructure {
    nodes: Vec::new(),
    monitoring_nodes: Vec::new(),
    dedicated_storage: DedicatedStorage { cassandra: None, metrics_database: None, logs: None },
};
