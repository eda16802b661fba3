//! A Java heap that does not fit into the memory limit.
//!
//! # What it does
//!
//! Compares `heapSizeMiB` of each component with its memory limit.
//!
//! # Why it matters
//!
//! The JVM takes the heap it was promised, and the kernel kills the container as soon as it passes the limit: the pod
//! restarts under load, again and again.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     heapSizeMiB: 4096  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     heapSizeMiB: 2048
//! ```

use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::mebibytes;

pub(super) const RULE: Definition = Definition {
    id: "C001",
    level: Level::Required,
    rows: &["S1-140", "S1-141"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let (path, limit) = (&pod.path, &pod.resources.limits.memory);
        if mebibytes(limit.as_str()).is_some_and(|limit| limit <= pod.heap.get()) {
            let message = format!("a heap of {} MiB does not fit into a memory limit of {limit}", pod.heap.get());
            // Beside the heap the JVM needs about a third of it: threads, code, buffers.
            let wanted = format!("{}Mi", pod.heap.get() * 4 / 3);
            found.push(
                Found::at(format!("{path}.heapSizeMiB"), message)
                    .set(format!("{path}.resources.limits.memory"), wanted.clone())
                    .set(format!("{path}.resources.requests.memory"), wanted),
            );
        }
    }
    found
}
