//! A rollout that counts as failed while pods may still start.
//!
//! # What it does
//!
//! Compares `rollout.progressDeadlineSeconds` with what a pod may take: the prechecks, the startup probe and
//! `minReadySeconds`.
//!
//! # Why it matters
//!
//! Pipelines and `helm --wait` give up on a rollout that would have succeeded, and roll back.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     rollout: { progressDeadlineSeconds: 300 }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroupDefaults:
//!   traffic:
//!     rollout: { progressDeadlineSeconds: 1200 }
//! ```

use emt_model::choices::PrecheckMode;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "H006",
    level: Level::Recommended,
    rows: &["S1-330", "S1-357"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let prechecks = &subject.values.prechecks;
    let waiting = if prechecks.mode == PrecheckMode::None { 0 } else { prechecks.timeout_seconds.get() };
    let mut found = Vec::new();
    for pod in subject.pods() {
        let (deadline, ready) = (pod.rollout.progress_deadline_seconds.get(), pod.rollout.min_ready_seconds.get());
        let needed = waiting + pod.startup.seconds() + ready;
        if deadline < needed {
            let path = format!("{}.rollout.progressDeadlineSeconds", pod.path);
            let message = format!("the rollout fails after {deadline} seconds, and a pod may take {needed}");
            found.push(Found::at(&path, message).set(path, needed));
        }
    }
    found
}
