//! Autoscaling by memory that the Java heap alone keeps high.
//!
//! # What it does
//!
//! Finds groups that scale by memory where the heap is at least the targeted share of the request.
//!
//! # Why it matters
//!
//! A JVM gives no memory back. Once the heap was touched the pods stay above the target: the group grows to its largest
//! number and never shrinks.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     heapSizeMiB: 2400
//!     autoscaling:
//!       targetMemoryUtilizationPercentage: 75  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     autoscaling:
//!       targetMemoryUtilizationPercentage: 0
//! ```

use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::mebibytes;

pub(super) const RULE: Definition = Definition {
    id: "C005",
    level: Level::Recommended,
    rows: &["S1-153", "S1-154"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for group in &subject.groups {
        let (traffic, path) = (&group.values.traffic, format!("{}.traffic.autoscaling", group.path));
        let target = traffic.autoscaling.target_memory_utilization_percentage.get();
        let Some(request) = mebibytes(traffic.resources.requests.memory.as_str()) else { continue };
        let heap = traffic.heap_size_mib.get();
        if traffic.autoscaling.enabled && target > 0 && heap * 100 >= request * target {
            let path = format!("{path}.targetMemoryUtilizationPercentage");
            let share = heap * 100 / request.max(1);
            let message = format!("the heap alone is {share} % of the request, and the target {target} %");
            found.push(Found::at(&path, message).set(&path, 0));
        }
    }
    found
}
