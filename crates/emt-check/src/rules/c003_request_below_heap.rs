//! A memory request below the Java heap.
//!
//! # What it does
//!
//! Compares the memory request of each component with its heap. The reference architecture itself asks for 0.5 GB under
//! a heap of 1512 MB.
//!
//! # Why it matters
//!
//! The scheduler reserves the request, the JVM uses the heap: a node takes more pods than its memory holds, and when
//! they are busy it kills some.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     resources:
//!       requests: { memory: 512Mi }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     resources:
//!       requests: { memory: 3Gi }
//! ```

use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::mebibytes;

pub(super) const RULE: Definition = Definition {
    id: "C003",
    level: Level::Recommended,
    rows: &["S1-141", "S1-143"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pod in subject.pods() {
        let (path, heap) = (format!("{}.resources.requests.memory", pod.path), pod.heap.get());
        let (request, limit) = (&pod.resources.requests.memory, &pod.resources.limits.memory);
        let below = |memory: &str| mebibytes(memory).is_some_and(|memory| memory < heap);
        // A heap that does not fit at all is told by another rule.
        if below(request.as_str()) && !below(limit.as_str()) {
            let message = format!("a request of {request} reserves less than the heap of {heap} MiB");
            found.push(Found::at(&path, message).set(&path, format!("{heap}Mi")));
        }
    }
    found
}
