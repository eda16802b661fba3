//! Production with Cassandra inside the cluster.
//!
//! # What it does
//!
//! Finds Cassandra hosts of production that are names of Services: they end in `.svc`, or hold `.svc.`.
//!
//! # Why it matters
//!
//! The reference architecture keeps the data outside, on nodes and disks of its own: a cluster can then be made anew
//! from its values alone.
//!
//! # Example
//!
//! ```yaml
//! cassandra:
//!   hosts: [cass-0.cassandra.data.svc, cass-1.cassandra.data.svc, cass-2.cassandra.data.svc]  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! cassandra:
//!   hosts: [cass-a.prod.example.com, cass-b.prod.example.com, cass-c.prod.example.com]
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "D002",
    level: Level::Required,
    rows: &["S1-030", "S1-260"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for group in subject.groups.iter().filter(|group| subject.is_production() && group.cassandra.enabled) {
        let inside = |host: &str| host.ends_with(".svc") || host.contains(".svc.");
        if let Some(host) = group.cassandra.hosts.iter().find(|host| inside(host.as_str())) {
            let message = format!("{host} is a Service of the cluster, and production keeps its data outside");
            found.push(
                Found::at(format!("{}.cassandra.hosts", group.path), message)
                    .help("name hosts outside the cluster, three at least"),
            );
        }
    }
    found
}
