//! Two gateway groups with one keyspace.
//!
//! # What it does
//!
//! Compares hosts and keyspace of the groups of an environment.
//!
//! # Why it matters
//!
//! API Manager and the key property store of both groups write into the same tables: what one group's configuration
//! brings, the other serves.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   partners:
//!     image: { tag: partners-1.0.0 }
//!     hosts: { manager: partners-apimgmt, traffic: partners }
//!     cassandra: { keyspace: apim }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   partners:
//!     image: { tag: partners-1.0.0 }
//!     hosts: { manager: partners-apimgmt, traffic: partners }
//!     cassandra: { keyspace: apim_partners }
//! ```

use std::collections::BTreeMap;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "D003",
    level: Level::Recommended,
    rows: &["S1-227"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let (mut first, mut found) = (BTreeMap::new(), Vec::new());
    for group in subject.groups.iter().filter(|group| group.cassandra.enabled) {
        let hosts: Vec<&str> = group.cassandra.hosts.iter().map(|host| host.as_str()).collect();
        let keyspace = group.cassandra.keyspace.as_str();
        match first.get(&(hosts.clone(), keyspace)) {
            Some(other) => {
                let message = format!("the groups {other} and {} share the keyspace {keyspace}", group.name);
                let path = format!("{}.cassandra.keyspace", group.path);
                let own = format!("{keyspace}_{}", group.name.replace('-', "_"));
                found.push(Found::at(&path, message).set(&path, own));
            }
            None => {
                first.insert((hosts, keyspace), &group.name);
            }
        }
    }
    found
}
