//! The subnets of the network zones: what stands in each, and how many addresses that takes.
//!
//! Limit: how large a subnet is beyond that, for other tenants and for growth, is for its owners to say.

use emt_chart::network::Endpoint;

use super::capacity::Pods;
use super::{NodeGroup, Section, capacity, dedicated, network};
use crate::Rendered;

/// The zones of the reference architecture, with their rows; its tables add the frontend, its text does not.
const ZONES: [(&str, &str); 5] =
    [("bastion", "S1-N00b"), ("frontend", ""), ("master", "S1-N00a"), ("worker", "S1-N00c"), ("data", "S1-N00d")];

/// The zones in which something stands.
pub(super) fn section(rendered: &Rendered<'_>, nodes: &[NodeGroup]) -> Section {
    let mut ends: Vec<Endpoint> = Vec::new();
    for (flow, _) in network::flows_of(rendered) {
        for end in [flow.from, flow.to] {
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
    }
    let line = |(zone, row): (&str, &str)| {
        let holds: Vec<&str> = ends.iter().filter(|end| end.zone() == zone).map(|end| end.title()).collect();
        let addresses = match zone {
            "worker" => workers(rendered, nodes),
            "data" => databases(rendered),
            _ => String::new(),
        };
        (!holds.is_empty()).then(|| vec![zone.to_owned(), holds.join(", "), addresses, row.to_owned()])
    };
    Section {
        title: "Subnets",
        columns: &["zone", "holds", "addresses", "row"],
        lines: ZONES.into_iter().filter_map(line).collect(),
    }
}

fn workers(rendered: &Rendered<'_>, nodes: &[NodeGroup]) -> String {
    let pods: i64 = capacity::workloads(&rendered.objects).iter().map(|Pods { count, surge, .. }| count + surge).sum();
    let pods = format!("{pods} for pods while they roll, where these take addresses of the subnet");
    match nodes.iter().map(|group| group.count).sum::<i64>() {
        0 => pods,
        nodes => format!("{nodes} for nodes, {pods}"),
    }
}

fn databases(rendered: &Rendered<'_>) -> String {
    let disks = dedicated::DISKS.iter().filter(|disks| disks.is_database);
    let each = disks.map(|disks| (disks.nodes(rendered), disks.what)).filter(|(nodes, _)| *nodes > 0);
    each.map(|(nodes, what)| format!("{nodes} for {what}")).collect::<Vec<_>>().join(", ")
}
