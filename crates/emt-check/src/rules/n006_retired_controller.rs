//! An entry that nobody mends any more.
//!
//! # What it does
//!
//! Finds `controller: nginx` where something is published.
//!
//! # Why it matters
//!
//! ingress-nginx was retired in March 2026. What is found in it now stays open.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   controller: nginx  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! ingress:
//!   controller: gateway-api
//!   parent: { name: apim }
//!   backendTls: { trust: configMap, existingConfigMap: apim-backend-ca }
//! ```

use emt_model::choices::IngressController;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "N006",
    level: Level::Recommended,
    rows: &["S1-173"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let nginx = |controller| controller == IngressController::Nginx;
    let in_root = nginx(subject.values.ingress.controller);
    let paths = subject.ingress_paths("controller", in_root, |entry| nginx(entry.controller));
    let found = |path| {
        Found::at(path, "ingress-nginx was retired in March 2026: it gets no fixes")
            .help("gateway-api is what its makers name in its place")
    };
    paths.into_iter().map(found).collect()
}
