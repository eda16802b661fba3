//! FIPS mode without a licence of the release's.
//!
//! # What it does
//!
//! Finds `fipsMode: true` without `license.existingSecret`.
//!
//! # Why it matters
//!
//! Gateways and the Admin Node Manager start without a licence, but not in FIPS mode. Images that hold a licence expire with
//! it, all at once, until they are built again.
//!
//! # Example
//!
//! ```yaml
//! fipsMode: true
//! license: { existingSecret: "" }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! fipsMode: true
//! license: { existingSecret: license }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "I005",
    level: Level::Recommended,
    rows: &["S1-205"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let values = &subject.values;
    let found = values.fips_mode && values.license.existing_secret.as_str().is_empty();
    let message = "FIPS mode starts with a licence alone, and only the images could hold one";
    let found = found.then(|| Found::at("license.existingSecret", message).help("name the Secret that holds it"));
    found.into_iter().collect()
}
