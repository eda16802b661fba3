//! An amount in the unit of another resource.
//!
//! # What it does
//!
//! Finds memory and local disk of less than a mebibyte, and a thousand CPUs or more, in requests and limits.
//!
//! # Why it matters
//!
//! A quantity without a unit counts bytes, `m` is a thousandth, and `Gi` multiplies: `memory: 512m` is half a byte, and
//! `cpu: 2Gi` two thousand million CPUs. Kubernetes takes both, and no such pod ever runs.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     resources:
//!       requests: { ephemeralStorage: 500m }  # found here
//!       limits: { cpu: 2Gi }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     resources:
//!       requests: { ephemeralStorage: 500Mi }
//!       limits: { cpu: "2" }
//! ```

use emt_model::pod::{ResourceAmounts, Resources};

use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::larger_quantity;

pub(super) const RULE: Definition = Definition {
    id: "C010",
    level: Level::Required,
    rows: &["S1-142", "S1-143"],
    check: Check::Environment(check),
};

/// No container of the architecture runs in less.
const LEAST_BYTES: &str = "1Mi";
/// No node has more.
const MOST_CPUS: &str = "999";

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, Resources { requests, limits }) in subject.resources() {
        for (part, ResourceAmounts { cpu, memory, ephemeral_storage }) in [("requests", requests), ("limits", limits)] {
            if larger_quantity(cpu.as_str(), MOST_CPUS) {
                let message = format!("{cpu} are more CPUs than any node has");
                let help = "write CPUs without a unit, or with m for thousandths: \"2\", 500m";
                found.push(Found::at(format!("{path}.{part}.cpu"), message).help(help));
            }
            for (key, bytes) in [("memory", memory), ("ephemeralStorage", ephemeral_storage)] {
                if larger_quantity(LEAST_BYTES, bytes.as_str()) && larger_quantity(bytes.as_str(), "0") {
                    let message = format!("{bytes} is less than a mebibyte: without a unit it counts bytes, and m is a thousandth");
                    let help = "name the unit: 512Mi, 2Gi";
                    found.push(Found::at(format!("{path}.{part}.{key}"), message).help(help));
                }
            }
        }
    }
    found
}
