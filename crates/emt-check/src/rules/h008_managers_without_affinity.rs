//! Several pods of API Manager without session affinity.
//!
//! # What it does
//!
//! Finds groups with more than one pod of API Manager whose entry does not keep a client with one pod.
//!
//! # Why it matters
//!
//! Sessions live in the pod. A user who reaches another one with the next click is logged out.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   manager:
//!     replicas: 2
//!     ingress:
//!       sessionAffinity: { mode: none }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   manager:
//!     replicas: 2
//!     ingress:
//!       sessionAffinity: { mode: cookie }
//! ```

use emt_model::choices::AffinityMode;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H008",
    level: Level::Required,
    rows: &["S1-221", "S1-239"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for group in &subject.groups {
        let (manager, ingress) = (&group.values.manager, &group.manager_ingress);
        if group.publishes_manager() && manager.replicas.get() > 1 && ingress.session_affinity.mode == AffinityMode::None {
            let path = format!("{}.manager.ingress.sessionAffinity.mode", group.path);
            let message = format!("clients change between {} pods, and their sessions do not", manager.replicas.get());
            found.push(Found::at(&path, message).set(&path, AffinityMode::Cookie.as_str()));
        }
    }
    found
}
