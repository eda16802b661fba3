//! Autoscaling by CPU without a CPU request.
//!
//! # What it does
//!
//! Finds groups that scale by CPU while their traffic gateways ask for no CPU.
//!
//! # Why it matters
//!
//! The target is a percentage of the request. Of nothing there is none: the autoscaler reports an error and never adds
//! a pod.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     resources:
//!       requests: { cpu: "0" }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     resources:
//!       requests: { cpu: "2" }
//! ```

use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::millicores;

pub(super) const RULE: Definition = Definition {
    id: "C007",
    level: Level::Required,
    rows: &["S1-153", "S1-155"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for group in &subject.groups {
        let traffic = &group.values.traffic;
        let by_cpu = traffic.autoscaling.enabled && traffic.autoscaling.target_cpu_utilization_percentage.get() > 0;
        if by_cpu && millicores(traffic.resources.requests.cpu.as_str()) == Some(0) {
            let path = format!("{}.traffic.resources.requests.cpu", group.path);
            let message = "the autoscaler aims at a percentage of the CPU request, and there is none";
            found.push(Found::at(&path, message).set(&path, traffic.resources.limits.cpu.as_str()));
        }
    }
    found
}
