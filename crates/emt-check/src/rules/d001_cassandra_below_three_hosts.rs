//! Production with fewer than three Cassandra hosts.
//!
//! # What it does
//!
//! Counts `cassandra.hosts` of each group of an environment of production.
//!
//! # Why it matters
//!
//! Three nodes, one in each zone, keep a quorum when one is lost. With fewer, API Manager and the key property store
//! stand still.
//!
//! # Example
//!
//! ```yaml
//! cassandra:
//!   hosts: [cass-a.prod.example.com]  # found here
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
    id: "D001",
    level: Level::Required,
    rows: &["S0-025", "S1-065", "S1-261"],
    check: Check::Environment(check),
};

/// A quorum of these survives the loss of one.
const LEAST: usize = 3;

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let groups = subject.groups.iter().filter(|_| subject.is_production());
    let groups = groups.filter(|group| group.cassandra.enabled && group.cassandra.hosts.len() < LEAST);
    let found = |group: &super::Group| {
        let count = group.cassandra.hosts.len();
        let message = format!("production names {count} of at least {LEAST} Cassandra hosts");
        Found::at(format!("{}.cassandra.hosts", group.path), message).help("name one host in each zone")
    };
    groups.map(found).collect()
}
