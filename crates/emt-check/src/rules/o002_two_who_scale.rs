//! A Deployment whose number of pods two decide.
//!
//! # What it does
//!
//! Finds Deployments with `replicas` that an autoscaler aims at, and those that two autoscalers aim at. `extraObjects`
//! can bring one.
//!
//! # Why it matters
//!
//! Each sets the number that the other does not want: pods come and go for ever, and each upgrade throws the group
//! back.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! extraObjects:
//!   scaler:  # found here
//!     apiVersion: autoscaling/v2
//!     kind: HorizontalPodAutoscaler
//!     metadata: { name: manager }
//!     spec:
//!       minReplicas: 1
//!       maxReplicas: 3
//!       scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: apim-main-manager }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   main:
//!     manager: { replicas: 2 }
//! ```

use super::{Check, Definition, Found, Level, Subject, objects};

pub(super) const RULE: Definition = Definition {
    id: "O002",
    level: Level::Required,
    rows: &["S1-151", "S1-258"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let scalers: Vec<_> = subject.objects("HorizontalPodAutoscaler").collect();
    let mut found = Vec::new();
    for deployment in subject.objects("Deployment") {
        let aims = |scaler: &&&serde_json::Value| {
            scaler["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
        };
        // The chart's own comes first, and is alone where the Deployment has no number.
        let alone = usize::from(deployment["spec"]["replicas"].is_null());
        for scaler in scalers.iter().filter(aims).skip(alone) {
            let title = objects::title(deployment);
            let message = format!("{} decides the number of pods of {title}, and it is not alone", objects::title(scaler));
            found.push(Found::at(objects::path_of(subject, scaler), message).help("remove it"));
        }
    }
    found
}
