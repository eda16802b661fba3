//! Storage that stands beside the release: disks of databases and logs, by the reference architecture's numbers.
//!
//! The numbers are those of a first installation; what an environment's data needs is for its owners to say, and where they
//! said it, it counts. The reference architecture's asset table counts one node of each database (70 GB), its text all of
//! them: both are printed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{DedicatedStorage, Section, network};
use crate::Rendered;
use crate::quantity::{billionths, larger_quantity};

/// Disks of one kind.
pub(crate) struct Disks {
    /// Their key in `dedicatedStorage` of `environments.yaml`, and in calculations.
    pub(crate) key: &'static str,
    pub(crate) what: &'static str,
    row: &'static str,
    /// GB of each node.
    pub(crate) gigabytes: i64,
    /// Whether a database stands on them: the asset table counts one node of each.
    pub(super) is_database: bool,
    /// How many nodes there are.
    nodes: fn(&Rendered<'_>) -> i64,
    /// What the environment says of each.
    declared: fn(&DedicatedStorage) -> Option<&String>,
}

impl Disks {
    /// How many nodes have one.
    pub(super) fn nodes(&self, rendered: &Rendered<'_>) -> i64 {
        (self.nodes)(rendered)
    }

    /// The size of the reference architecture.
    pub(crate) fn reference(&self) -> String {
        format!("{}G", self.gigabytes)
    }

    /// The size that the environment says, if that is smaller than the reference architecture's.
    pub(crate) fn too_small<'a>(&self, storage: &'a DedicatedStorage) -> Option<&'a str> {
        let declared = (self.declared)(storage)?;
        larger_quantity(&self.reference(), declared).then_some(declared)
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
        declared: |storage| storage.cassandra.as_ref(),
    },
    // Two instances in two zones (S1-072).
    Disks {
        key: "metricsDatabase",
        what: "metrics database",
        row: "S1-100",
        gigabytes: 20,
        is_database: true,
        nodes: databases,
        declared: |storage| storage.metrics_database.as_ref(),
    },
    Disks {
        key: "logs",
        what: "logs",
        row: "S1-101",
        gigabytes: 100,
        is_database: false,
        nodes: |_| 1,
        declared: |storage| storage.logs.as_ref(),
    },
];

/// GB of one node of each database: the reference architecture's asset.
pub(crate) fn asset_gigabytes() -> i64 {
    DISKS.iter().filter(|disks| disks.is_database).map(|disks| disks.gigabytes).sum()
}

/// The hosts of the groups' clusters, each once.
fn cassandra_nodes(rendered: &Rendered<'_>) -> i64 {
    let clusters = network::clusters(rendered);
    let hosts = clusters.iter().flat_map(|one| one["hosts"].as_array().into_iter().flatten());
    let hosts: BTreeSet<&str> = hosts.filter_map(Value::as_str).collect();
    i64::try_from(hosts.len()).unwrap_or(i64::MAX)
}

fn databases(rendered: &Rendered<'_>) -> i64 {
    if rendered.values["metricsDatabase"]["enabled"] == true { 2 } else { 0 }
}

/// GB of so many billionths of a byte, to a tenth.
fn in_gigabytes(size: i128) -> String {
    const TENTH: i128 = 100_000_000 * 1_000_000_000;
    let tenths = (size + TENTH / 2) / TENTH;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} GB"),
        (whole, tenth) => format!("{whole}.{tenth} GB"),
    }
}

/// The disks of an environment.
pub(super) fn section(rendered: &Rendered<'_>, storage: &DedicatedStorage) -> Section {
    let mut lines = Vec::new();
    let mut total = 0;
    for disks in &DISKS {
        let nodes = disks.nodes(rendered);
        if nodes > 0 {
            let reference = disks.reference();
            let (size, source) = match (disks.declared)(storage) {
                Some(declared) => (declared, "environments.yaml"),
                None => (&reference, disks.row),
            };
            let size = billionths(size).unwrap_or(0);
            total += size * i128::from(nodes);
            lines.push(vec![disks.what.to_owned(), in_gigabytes(size), nodes.to_string(), source.to_owned()]);
        }
    }
    lines.push(vec!["total".to_owned(), in_gigabytes(total), String::new(), String::new()]);
    if DISKS.iter().any(|disks| disks.is_database && disks.nodes(rendered) > 0) {
        let assets = format!("{} GB", asset_gigabytes());
        lines.push(vec!["reference: one node of each database".to_owned(), assets, String::new(), "S1-066".to_owned()]);
    }
    Section { title: "Storage beside the release", columns: &["what", "each", "nodes", "source"], lines }
}
