//! Two ports of one component with the same number.
//!
//! # What it does
//!
//! Finds ports of a component, of those that are open, that have one number.
//!
//! # Why it matters
//!
//! The product cannot listen on one port twice, and Kubernetes refuses a Service in which a port stands twice (S1-242,
//! S1-243).
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     ports:
//!       traffic: { port: 8080 }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     ports:
//!       traffic: { port: 8065 }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N017",
    level: Level::Required,
    rows: &["S1-242", "S1-243"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let node_manager = &subject.values.admin_node_manager;
    if node_manager.enabled {
        let ports = &node_manager.ports;
        let all = [
            ("management", ports.management.port.get(), true),
            ("ui", ports.ui.port.get(), ports.ui.enabled),
        ];
        found.extend(collisions("adminNodeManager.ports", &all));
    }
    for group in &subject.groups {
        let ports = &group.values.traffic.ports;
        let management = ("management", ports.management.port.get(), true);
        let all = [
            management,
            ("plain", ports.plain.port.get(), true),
            ("traffic", ports.traffic.port.get(), true),
            ("sample", ports.sample.port.get(), ports.sample.enabled),
            ("secure", ports.secure.port.get(), ports.secure.enabled),
            ("oauth", ports.oauth.port.get(), ports.oauth.enabled),
        ];
        found.extend(collisions(&format!("{}.traffic.ports", group.path), &all));
        let manager = &group.values.manager;
        let all = [management, ("manager", manager.ports.manager.port.get(), manager.enabled)];
        found.extend(collisions(&format!("{}.manager.ports", group.path), &all));
    }
    found
}

/// The open ports, each with its number, whose number an earlier one has.
fn collisions(path: &str, ports: &[(&str, i64, bool)]) -> Vec<Found> {
    let open: Vec<_> = ports.iter().filter(|(_, _, is_open)| *is_open).collect();
    let collision = |(index, (name, number, _)): (usize, &&(&str, i64, bool))| {
        let (other, ..) = open[..index].iter().find(|(_, earlier, _)| earlier == number)?;
        Some(Found::at(format!("{path}.{name}.port"), format!("{number} is the number of the {other} port too")))
    };
    open.iter().enumerate().filter_map(collision).collect()
}
