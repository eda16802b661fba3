//! An events volume without room for the pods of a rollout.
//!
//! # What it does
//!
//! Compares `events.headroomReplicas` with the pods that a rollout adds to each group. The reference architecture's
//! formula has no room for them.
//!
//! # Why it matters
//!
//! While pods are replaced there are more of them than the largest number, and each fills its share of the volume.
//! Events are lost when it is full.
//!
//! # Example
//!
//! ```yaml
//! events:
//!   headroomReplicas: 0  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! events:
//!   headroomReplicas: 1
//! ```

use emt_model::choices::EventsStorage;

use super::{Check, Component, Definition, Found, Level, Rounding, Subject, pods_of};

pub(super) const RULE: Definition = Definition {
    id: "D004",
    level: Level::Recommended,
    rows: &["S1-086", "S1-089", "S1-090"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let events = &subject.values.events;
    let computed = events.storage.kind == EventsStorage::Claim && events.storage.size.as_str().is_empty();
    let surges = subject.pods().into_iter().filter(|pod| pod.component == Component::Traffic);
    let surge = surges.map(|pod| pods_of(pod.rollout.max_surge, pod.most, Rounding::Up)).max().unwrap_or(0);
    let room = events.headroom_replicas.get();
    let found = (computed && surge > room).then(|| {
        let message = format!("a rollout adds {surge} pods to a group, and the volume has room for {room}");
        Found::at("events.headroomReplicas", message).set("events.headroomReplicas", surge)
    });
    found.into_iter().collect()
}
