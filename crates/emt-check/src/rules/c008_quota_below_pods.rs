//! A quota that the release's own pods do not fit into.
//!
//! # What it does
//!
//! Adds up the pods at their largest number, while all of them are replaced, and compares the sums with
//! `namespaceDefaults.resourceQuota.hard`: pods, and requests and limits of CPU and memory.
//!
//! # Why it matters
//!
//! Kubernetes makes no pod beyond the quota, and tells nobody but the ReplicaSet: the autoscaler stops short of its
//! largest number, and a rollout waits until its time is over.
//!
//! # Example
//!
//! ```yaml
//! namespaceDefaults:
//!   resourceQuota:
//!     hard:
//!       pods: "8"  # found here
//!       limits.memory: 8Gi  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! namespaceDefaults:
//!   resourceQuota:
//!     hard:
//!       pods: "80"
//!       limits.memory: 1Ti
//! ```

use helmwright_yaml::{PathSegment, display_path};

use super::{Check, Definition, Found, Level, Subject};
use crate::plan::{Demand, demand};
use crate::quantity::billionths;

pub(super) const RULE: Definition = Definition {
    id: "C008",
    level: Level::Recommended,
    rows: &["S1-074", "S1-142"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let demand = demand(&subject.rendered.objects);
    let hard = &subject.values.namespace_defaults.resource_quota.hard;
    let found = hard.iter().filter_map(|(name, quantity)| {
        let wanted = wanted(&demand, name.as_str())?;
        let path = ["namespaceDefaults", "resourceQuota", "hard", name.as_str()].map(PathSegment::from);
        let message = format!("the pods at their largest number need {wanted} while they are replaced");
        (billionths(quantity.as_str())? < billionths(&wanted)?)
            .then(|| Found::at(display_path(&path), message).set(display_path(&path), wanted))
    });
    found.collect()
}

/// What the pods need of what a quota limits, as a quantity; none for what pods do not use.
fn wanted(demand: &Demand, name: &str) -> Option<String> {
    Some(match name {
        "pods" | "count/pods" => demand.pods.to_string(),
        "cpu" | "requests.cpu" => format!("{}m", demand.requests.millicores),
        "memory" | "requests.memory" => format!("{}Mi", demand.requests.mebibytes),
        "limits.cpu" => format!("{}m", demand.limits.millicores),
        "limits.memory" => format!("{}Mi", demand.limits.mebibytes),
        _ => return None,
    })
}
