//! More pods than the nodes hold.
//!
//! # What it does
//!
//! Places the pods at their largest number on the `nodes` that `environments.yaml` names, beside what the kubelet and
//! agents take. Three m5.large hold 7 of the reference architecture's 12 traffic pods.
//!
//! # Why it matters
//!
//! The autoscaler asks for pods that stay pending, just when the load is highest.
//!
//! # Example
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   prod:
//!     nodes:
//!       gateways: { type: m5.xlarge, count: 3 }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   prod:
//!     nodes:
//!       gateways: { type: m5.xlarge, count: 18 }
//! ```

use super::{Check, Definition, Found, Level, Subject};
use crate::plan::{NodeGroup, capacity};

pub(super) const RULE: Definition = Definition {
    id: "C006",
    level: Level::Recommended,
    rows: &["S1-074", "S1-078", "S1-088", "S1-106"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let nodes = &subject.infrastructure.nodes;
    if nodes.is_empty() {
        return Vec::new();
    }
    let capacity = capacity(&subject.rendered.objects, nodes);
    let (fit, wanted) = (capacity.traffic_pods_that_fit, capacity.traffic_pods);
    if fit >= wanted {
        return Vec::new();
    }
    let words = |group: &NodeGroup| format!("{} x {}", group.count, group.node.name);
    let named: Vec<String> = nodes.iter().map(words).collect();
    let found = Found::of_environment(subject, "nodes", format!("{fit} of {wanted} traffic pods fit on {}", named.join(" and ")));
    let found = match (capacity.nodes_at_maximum, nodes.first()) {
        (Some(count), Some(group)) => found.help(format!("name {count} x {} as its nodes", group.node.name)),
        _ => found.note("one of the pods asks for more than a node has"),
    };
    vec![found.help("lower autoscaling.maxReplicas, or the requests").help("`emt plan` says what stands where")]
}
