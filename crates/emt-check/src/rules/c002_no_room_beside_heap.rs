//! A memory limit with little room beside the Java heap.
//!
//! # What it does
//!
//! Finds components whose heap takes more than 80 % of the memory limit. The reference architecture's 1512 MiB of 2 GB
//! are 74 %.
//!
//! # Why it matters
//!
//! Threads, code and buffers live beside the heap. Where they have no room the kernel kills the container, while the
//! JVM believes that all is well.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     heapSizeMiB: 2900  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     heapSizeMiB: 2300
//! ```

use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::mebibytes;

pub(super) const RULE: Definition = Definition {
    id: "C002",
    level: Level::Recommended,
    rows: &["S1-140", "S1-141"],
    check: Check::Environment(check),
};

/// Percent of the limit that a heap takes at most.
const MOST: i64 = 80;

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let (path, heap) = (&pod.path, pod.heap.get());
        let Some(limit) = mebibytes(pod.resources.limits.memory.as_str()) else { continue };
        if heap < limit && heap * 100 > limit * MOST {
            let message = format!("a heap of {heap} MiB leaves {} MiB of the limit for all else", limit - heap);
            found.push(
                Found::at(format!("{path}.heapSizeMiB"), message)
                    .set(format!("{path}.resources.limits.memory"), format!("{}Mi", heap * 4 / 3)),
            );
        }
    }
    found
}
