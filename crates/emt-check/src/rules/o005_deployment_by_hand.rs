//! Policy Studio that deploys beyond development.
//!
//! # What it does
//!
//! Finds groups with `policyStudioDeployment: true` in environments of stage test and production.
//!
//! # Why it matters
//!
//! What is deployed to a running pod is gone when it restarts, and stands in no repository: nobody can say or repeat
//! what ran.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   main:
//!     policyStudioDeployment: true  # found here
//!     manager: { replicas: 1 }
//!     traffic:
//!       replicas: 1
//!       autoscaling: { enabled: false }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   main:
//!     policyStudioDeployment: false
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "O005",
    level: Level::Required,
    rows: &["S1-247", "S1-248"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let groups = subject.groups.iter().filter(|_| subject.is_beyond_development());
    let found = |group: &super::Group| {
        let path = format!("{}.policyStudioDeployment", group.path);
        Found::at(&path, "what Policy Studio deploys to a pod is gone when it restarts").set(&path, false)
    };
    groups.filter(|group| group.values.policy_studio_deployment).map(found).collect()
}
