//! The plan of an environment: what has to be there beside the release, and whether it fits.
//!
//! Everything is read from rendered objects and from the table of flows. Limit: a plan asks no cluster.

mod administration;
mod builds;
mod capacity;
pub(crate) mod dedicated;
mod infrastructure;
mod inventory;
mod network;
mod nodes;
mod promotion;
mod recovery;
mod report;
mod subnets;

use serde_json::Value;

use crate::Rendered;

pub(crate) use administration::{controllers, is_of as is_of_controller};
pub use capacity::{Capacity, NodeGroup, Rounding, capacity, share};
pub(crate) use capacity::{Demand, demand, seed_capacity};
pub(crate) use infrastructure::UNKNOWN_INFRASTRUCTURE;
pub use infrastructure::{DedicatedStorage, Infrastructure};
pub use inventory::images_of;
pub use nodes::{Cloud, NodeType, UnknownNodeType, node_types};
pub use promotion::PromotionStop;

/// One line of a section: a cell for each of its columns.
pub type Line = Vec<String>;

/// A table of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name, for people and as a key.
    pub title: &'static str,
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// Its lines.
    pub lines: Vec<Line>,
}

/// The plan of an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Capacity on the nodes, where nodes are named.
    pub capacity: Option<Capacity>,
    /// The tables, in order. None is empty.
    pub sections: Vec<Section>,
}

/// The plan of what was rendered, on this infrastructure. `promotion` is the way of a change through the environments, this
/// one included; empty where that is not known.
#[must_use]
pub fn plan(rendered: &Rendered<'_>, infrastructure: &Infrastructure, promotion: &[PromotionStop]) -> Plan {
    let nodes = &infrastructure.nodes;
    let capacity = (!nodes.is_empty()).then(|| capacity::capacity(&rendered.objects, nodes));
    let mut sections = vec![workloads(&rendered.objects), node_section(infrastructure)];
    if let Some(capacity) = &capacity {
        sections.push(capacity_section(capacity, nodes));
    }
    sections.extend([
        inventory::storage(&rendered.objects),
        dedicated::section(rendered, &infrastructure.dedicated_storage),
        subnets::section(rendered, nodes),
        network::flows(rendered),
        inventory::secrets(&rendered.objects),
        inventory::stores(&rendered.objects),
        inventory::images(&rendered.objects),
        builds::section(rendered),
        inventory::names(&rendered.objects),
        administration::section(rendered),
        recovery::section(rendered),
        promotion::section(promotion),
    ]);
    sections.retain(|section| !section.lines.is_empty());
    Plan { capacity, sections }
}

/// Traffic pods at their largest number.
pub(crate) fn most_traffic_pods(objects: &[&Value]) -> i64 {
    capacity::workloads(objects).iter().filter(|pods| pods.scales).map(|pods| pods.count).sum()
}

fn workloads(objects: &[&Value]) -> Section {
    let line = |pods: capacity::Pods| {
        vec![
            pods.name,
            pods.count.to_string(),
            pods.surge.to_string(),
            format!("{}m", pods.requests.millicores),
            format!("{}Mi", pods.requests.mebibytes),
            if pods.apart { "one a node" } else { "as they fit" }.to_owned(),
        ]
    };
    Section {
        title: "Pods at their largest number",
        columns: &["workload", "pods", "more while rolling", "CPU each", "memory each", "placement"],
        lines: capacity::workloads(objects).into_iter().map(line).collect(),
    }
}

fn node_section(infrastructure: &Infrastructure) -> Section {
    let of_release = infrastructure.nodes.iter().map(|group| (group, "the release"));
    let monitoring = infrastructure.monitoring_nodes.iter().map(|group| (group, "monitoring"));
    let line = |(group, holds): (&NodeGroup, &str)| {
        let node = group.node;
        vec![
            holds.to_owned(),
            node.name.to_owned(),
            group.count.to_string(),
            format!("{} vCPU, {} GiB", node.cores, node.gibibytes),
            format!("{}m, {}Mi", node.allocatable_millicores(), node.allocatable_mebibytes()),
            format!("{}m, {}Mi", nodes::AGENTS_MILLICORES, nodes::AGENTS_MEBIBYTES),
            node.pods.to_string(),
        ]
    };
    Section {
        title: "Nodes",
        columns: &["for", "type", "count", "size", "left by the kubelet", "taken by agents", "most pods"],
        lines: of_release.chain(monitoring).map(line).collect(),
    }
}

fn capacity_section(capacity: &Capacity, nodes: &[NodeGroup]) -> Section {
    let kind = nodes.first().map_or("", |group| group.node.name);
    let needed = |count: Option<i64>| match count {
        Some(count) => format!("{count} x {kind}"),
        None => format!("a pod asks for more than a {kind} has"),
    };
    let line = |what: &str, answer: String| vec![what.to_owned(), answer];
    Section {
        title: "Capacity",
        columns: &["question", "answer"],
        lines: vec![
            line(
                "traffic pods that fit beside all others",
                format!("{} of {}", capacity.traffic_pods_that_fit, capacity.traffic_pods),
            ),
            line("nodes for all pods at their largest number", needed(capacity.nodes_at_maximum)),
            line("nodes while every workload is replaced at once", needed(capacity.nodes_while_rolling)),
        ],
    }
}
