//! An entry that nobody mends any more.
//!
//! # What it does
//!
//! Finds `ingress.controller: nginx`.
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
    let ingress = &subject.values.ingress;
    let found = ingress.enabled && ingress.controller == IngressController::Nginx;
    let found = found.then(|| {
        Found::at("ingress.controller", "ingress-nginx was retired in March 2026: it gets no fixes")
            .help("gateway-api is what its makers name in its place")
    });
    found.into_iter().collect()
}
