//! Storage that stands beside the release: disks of databases and logs, by the reference architecture's numbers.
//!
//! The numbers are those of a first installation; what an environment's data needs is for its owners to say. The
//! reference architecture's asset table counts one node of each database (70 GB), its text all of them: both are printed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Section;
use crate::Rendered;

/// Disks of one kind.
pub(crate) struct Disks {
    /// How calculations call them.
    pub(crate) key: &'static str,
    pub(super) what: &'static str,
    row: &'static str,
    /// GB of each node.
    pub(crate) gigabytes: i64,
    /// Whether a database stands on them: the asset table counts one node of each.
    pub(super) is_database: bool,
    /// How many nodes there are.
    nodes: fn(&Rendered<'_>) -> i64,
}

impl Disks {
    /// How many nodes have one.
    pub(super) fn nodes(&self, rendered: &Rendered<'_>) -> i64 {
        (self.nodes)(rendered)
    }
}

pub(crate) const DISKS: [Disks; 3] = [
    Disks {
        key: "cassandra",
        what: "Cassandra",
        row: "S1-098",
        gigabytes: 50,
        is_database: true,
        nodes: cassandra_nodes,
    },
    // Two instances in two zones (S1-072).
    Disks { key: "sql", what: "metrics database", row: "S1-100", gigabytes: 20, is_database: true, nodes: databases },
    Disks { key: "logs", what: "logs", row: "S1-101", gigabytes: 100, is_database: false, nodes: |_| 1 },
];

/// GB of one node of each database: the reference architecture's asset.
pub(crate) fn asset_gigabytes() -> i64 {
    DISKS.iter().filter(|disks| disks.is_database).map(|disks| disks.gigabytes).sum()
}

/// The hosts of the root, and those of groups with a cluster of their own.
fn cassandra_nodes(rendered: &Rendered<'_>) -> i64 {
    let values = rendered.values;
    let entries = values["gatewayGroups"].as_object().into_iter().flat_map(|groups| groups.values());
    let clusters = [values, &values["gatewayGroupDefaults"]].into_iter().chain(entries);
    let hosts = clusters.flat_map(|one| one["cassandra"]["hosts"].as_array().into_iter().flatten());
    let hosts: BTreeSet<&str> = hosts.filter_map(Value::as_str).collect();
    if values["cassandra"]["enabled"] == true { i64::try_from(hosts.len()).unwrap_or(i64::MAX) } else { 0 }
}

fn databases(rendered: &Rendered<'_>) -> i64 {
    if rendered.values["metricsDatabase"]["enabled"] == true { 2 } else { 0 }
}

/// The disks of an environment.
pub(super) fn section(rendered: &Rendered<'_>) -> Section {
    let mut lines = Vec::new();
    let mut total = 0;
    for disks in &DISKS {
        let nodes = disks.nodes(rendered);
        if nodes > 0 {
            total += nodes * disks.gigabytes;
            let row = disks.row.to_owned();
            lines.push(vec![disks.what.to_owned(), format!("{} GB", disks.gigabytes), nodes.to_string(), row]);
        }
    }
    lines.push(vec!["total".to_owned(), format!("{total} GB"), String::new(), String::new()]);
    if DISKS.iter().any(|disks| disks.is_database && disks.nodes(rendered) > 0) {
        let assets = format!("{} GB", asset_gigabytes());
        lines.push(vec!["one node of each database".to_owned(), assets, String::new(), "S1-066".to_owned()]);
    }
    Section { title: "Storage beside the release", columns: &["what", "each", "nodes", "row"], lines }
}
