//! An Admin Node Manager outside the release on a port that network policies close.
//!
//! # What it does
//!
//! Finds `topology.externalAdminNodeManagers` on another port than `adminNodeManager.ports.management.port` where the
//! release has network policies.
//!
//! # Why it matters
//!
//! The policies let gateways reach `topology.peers` on that port alone. A gateway that cannot register takes no part in the
//! topology (S1-202).
//!
//! # Example
//!
//! ```yaml
//! topology:
//!   externalAdminNodeManagers: ["anm.example.com:8190"]  # found here
//!   peers:
//!     datacentre: { cidrs: [10.9.0.0/24] }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! topology:
//!   externalAdminNodeManagers: ["anm.example.com:8090"]
//!   peers:
//!     datacentre: { cidrs: [10.9.0.0/24] }
//! ```

use emt_model::names::HostAndPort;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N011",
    level: Level::Recommended,
    rows: &["S1-125"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let values = &subject.values;
    let open = values.admin_node_manager.ports.management.port.get();
    let closed = values.topology.external_admin_node_managers.iter().filter(|host| {
        let port = host.as_str().rsplit_once(':').and_then(|(_, port)| port.parse::<i64>().ok());
        values.network_policy.enabled && port.is_some_and(|port| port != open)
    });
    let found = |host: &HostAndPort| {
        let message = format!("network policies open port {open} on the way to Admin Node Managers outside, not {host}");
        Found::at("topology.externalAdminNodeManagers", message)
            .help("let it listen there, or open its port under networkPolicy.egress.backends")
    };
    closed.map(found).collect()
}
