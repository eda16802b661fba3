//! A variable that looks like a secret, in clear text.
//!
//! # What it does
//!
//! Looks at the names of the variables in `env` for words such as `PASSWORD`, `SECRET` and `TOKEN`. What they hold is
//! never shown.
//!
//! # Why it matters
//!
//! The value stands in the values, in the Deployment, in `kubectl describe` and in Helm's record of the release.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     env:
//!       BACKEND_PASSWORD: changeit  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     env: {}
//!     envRefs:
//!       BACKEND_PASSWORD: { kind: secret, name: backend, key: password }
//! ```

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "A002",
    level: Level::Recommended,
    rows: &["S1-042", "S1-267"],
    check: Check::Environment(check),
};

const WORDS: [&str; 7] = ["PASSWORD", "PASSPHRASE", "PASSWD", "SECRET", "TOKEN", "APIKEY", "CREDENTIAL"];

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, env) in subject.variables() {
        for (name, value) in env {
            let plain = name.as_str().replace(['_', '-'], "").to_uppercase();
            if !value.as_str().is_empty() && WORDS.iter().any(|word| plain.contains(word)) {
                let message = format!("the variable {name} looks like a secret and stands in clear text");
                found.push(
                    Found::at(format!("{path}.{name}"), message)
                        .conceal()
                        .help("read it from a Secret, by envRefs; or rename it if it is none"),
                );
            }
        }
    }
    found
}
