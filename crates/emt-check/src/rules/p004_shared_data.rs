//! Two environments with one database.
//!
//! # What it does
//!
//! Compares the keyspaces with their Cassandra hosts, and the metrics databases with their hosts, of the environments
//! that are checked together.
//!
//! # Why it matters
//!
//! What is tried in one changes what the other serves: APIs, applications, quotas, tokens.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! cassandra:
//!   hosts: [cass-a.prod.example.com]
//! ```
//!
//! ```yaml
//! cassandra:
//!   hosts: [cass-a.prod.example.com, cass-b.prod.example.com, cass-c.prod.example.com]  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! cassandra:
//!   hosts: [cass-a.prod.example.com, cass-b.prod.example.com, cass-c.prod.example.com]
//! ```

use super::{Check, Claim, Definition, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "P004",
    level: Level::Recommended,
    rows: &["S1-227", "S1-307"],
    check: Check::Claim(claims),
};

fn claims(subject: &Subject<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for group in subject.groups.iter().filter(|group| group.cassandra.enabled) {
        let (path, keyspace) = (format!("{}.cassandra.hosts", group.path), &group.cassandra.keyspace);
        let of = |host| Claim { what: format!("the keyspace {keyspace} on {host}"), path: path.clone() };
        claims.extend(group.cassandra.hosts.iter().map(of));
    }
    let database = &subject.values.metrics_database;
    if database.enabled {
        let what = format!("the metrics database {} on {}", database.name, database.host);
        claims.push(Claim { what, path: "metricsDatabase.host".to_owned() });
    }
    claims
}
