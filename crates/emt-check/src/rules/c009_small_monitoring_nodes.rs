//! Nodes for monitoring below the reference architecture's.
//!
//! # What it does
//!
//! Compares the nodes that `monitoringNodes` of `environments.yaml` names with the 2 vCPU and 8 GB of the reference
//! architecture.
//!
//! # Why it matters
//!
//! Collectors of logs and metrics take memory with each pod that they watch. Where they are evicted, an incident leaves no
//! trace.
//!
//! # Example
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   prod:
//!     monitoringNodes:
//!       logs: { type: t3.medium, count: 1 }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   prod:
//!     monitoringNodes:
//!       logs: { type: m5.large, count: 1 }
//! ```

use super::{Check, Definition, Found, Level, Subject};
use crate::plan::NodeGroup;

pub(super) const RULE: Definition = Definition {
    id: "C009",
    level: Level::Recommended,
    rows: &["S1-079"],
    check: Check::Environment(check),
};

/// vCPU and GiB of the reference architecture's.
const LEAST: (i64, i64) = (2, 8);

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let is_small = |group: &&NodeGroup| group.node.cores < LEAST.0 || group.node.gibibytes < LEAST.1;
    let found = |NodeGroup { node, .. }: &NodeGroup| {
        let message = format!("{} has {} vCPU and {} GiB for monitoring", node.name, node.cores, node.gibibytes);
        let wanted = format!("name a type of {} vCPU and {} GiB or more, such as m5.large", LEAST.0, LEAST.1);
        Found::of_environment(subject, "monitoringNodes", message).help(wanted)
    };
    subject.infrastructure.monitoring_nodes.iter().filter(is_small).map(found).collect()
}
