//! Network policies that let API Manager send no mail.
//!
//! # What it does
//!
//! Finds `networkPolicy.enabled` without `egress.smtpCidrs` where a gateway group has an API Manager.
//!
//! # Why it matters
//!
//! API Manager confirms registrations, resets passwords and tells approvals by mail. They are lost without a word to who
//! waits for them.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! networkPolicy:
//!   enabled: true
//!   ingressControllers:
//!     load-balancer: { cidrs: [10.21.0.0/20] }
//!   egress:
//!     smtpCidrs: []  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! networkPolicy:
//!   enabled: true
//!   ingressControllers:
//!     load-balancer: { cidrs: [10.21.0.0/20] }
//!   egress:
//!     smtpCidrs: [10.21.40.0/24]
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N013",
    level: Level::Advisory,
    rows: &["S1-053", "S1-N02"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let policies = &subject.values.network_policy;
    let has_manager = subject.groups.iter().any(|group| group.values.manager.enabled);
    let found = policies.enabled && policies.egress.smtp_cidrs.is_empty() && has_manager;
    let found = found.then(|| {
        Found::at("networkPolicy.egress.smtpCidrs", "no policy lets API Manager reach a mail relay")
            .help("name the relay's address ranges, or accept it where nobody waits for mails")
    });
    found.into_iter().collect()
}
