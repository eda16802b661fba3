//! A request above the limit.
//!
//! # What it does
//!
//! Compares requests and limits of CPU, memory and local disk, of all components, the prechecks and the database job.
//!
//! # Why it matters
//!
//! Kubernetes refuses the pods: the Deployment is there, and nothing starts.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     resources:
//!       requests: { cpu: "4" }  # found here
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

use emt_model::pod::Resources;

use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::larger_quantity;

pub(super) const RULE: Definition = Definition {
    id: "C004",
    level: Level::Required,
    rows: &["S1-142", "S1-143"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, Resources { requests, limits }) in subject.resources() {
        for (key, request, limit) in [
            ("cpu", &requests.cpu, &limits.cpu),
            ("memory", &requests.memory, &limits.memory),
            ("ephemeralStorage", &requests.ephemeral_storage, &limits.ephemeral_storage),
        ] {
            if larger_quantity(request.as_str(), limit.as_str()) {
                found.push(
                    Found::at(format!("{path}.requests.{key}"), format!("a request of {request} is above the limit of {limit}"))
                        .set(format!("{path}.limits.{key}"), request.as_str()),
                );
            }
        }
    }
    found
}
