//! A Service or disruption budget that selects no pod.
//!
//! # What it does
//!
//! Compares the selectors of the rendered Services and disruption budgets, those of `extraObjects` included, with the
//! labels of the rendered pods.
//!
//! # Why it matters
//!
//! It is there, looks right, and does nothing: a budget that covers no pod protects none, a Service without pods
//! refuses connections.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! extraObjects:
//!   budget:  # found here
//!     apiVersion: policy/v1
//!     kind: PodDisruptionBudget
//!     metadata: { name: traffic }
//!     spec:
//!       maxUnavailable: 1
//!       selector: { matchLabels: { app: traffic } }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! extraObjects:
//!   budget:
//!     apiVersion: policy/v1
//!     kind: PodDisruptionBudget
//!     metadata: { name: traffic }
//!     spec:
//!       maxUnavailable: 1
//!       selector: { matchLabels: { app.kubernetes.io/component: traffic } }
//! ```

use super::{Check, Definition, Found, Level, Subject, objects};

pub(super) const RULE: Definition = Definition {
    id: "O001",
    level: Level::Recommended,
    rows: &["S0-024"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let pods = objects::pods(&subject.rendered.objects);
    let services = subject.objects("Service").map(|service| (service, &service["spec"]["selector"]));
    let budgets = subject.objects("PodDisruptionBudget").map(|budget| (budget, &budget["spec"]["selector"]["matchLabels"]));
    let of_nothing = services.chain(budgets).filter(|(_, selector)| !pods.iter().any(|(_, pod)| objects::selects(selector, pod)));
    let found = |(object, _): (&serde_json::Value, _)| {
        Found::at(objects::path_of(subject, object), format!("{} selects no pod of the release", objects::title(object)))
            .help("write labels that the pods carry")
    };
    of_nothing.map(found).collect()
}
