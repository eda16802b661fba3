//! An Admin Node Manager of production with the users of its image.
//!
//! # What it does
//!
//! Finds environments of production whose `adminNodeManager.adminUsers` names no Secret.
//!
//! # Why it matters
//!
//! An image that nobody gave users has those of the vendor, whose passwords are known.
//!
//! # Example
//!
//! ```yaml
//! adminNodeManager:
//!   adminUsers: { existingSecret: "" }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! adminNodeManager:
//!   adminUsers: { existingSecret: admin-users }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "A004",
    level: Level::Recommended,
    rows: &["S1-203", "S1-267"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let node_manager = &subject.values.admin_node_manager;
    let found = subject.is_production()
        && node_manager.enabled
        && node_manager.admin_users.existing_secret.as_str().is_empty();
    let found = found.then(|| {
        Found::at("adminNodeManager.adminUsers.existingSecret", "the users are those of the image")
            .help("name a Secret with the users' file, or accept it where a directory holds the users")
    });
    found.into_iter().collect()
}
