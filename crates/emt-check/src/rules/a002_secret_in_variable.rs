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

use emt_model::secrecy::looks_secret;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "A002",
    level: Level::Recommended,
    rows: &["S1-042", "S1-267"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, env) in subject.variables() {
        for (name, value) in env {
            if !value.as_str().is_empty() && looks_secret(name.as_str()) {
                let message = format!("the variable {name} looks like a secret and stands in clear text");
                found.push(
                    Found::at(format!("{path}.{name}"), message)
                        .conceal()
                        .help("read it from a Secret, by envRefs; or rename it if it is none"),
                );
            }
        }
    }
    for group in &subject.groups {
        for (name, value) in &group.values.env_settings.properties {
            if !value.as_str().is_empty() && looks_secret(name.as_str()) {
                let message = format!("the setting {name} looks like a secret and stands in clear text");
                let help = "keep it in the configuration's own encrypted store; or rename it if it is none";
                let path = format!("{}.envSettings.properties[{:?}]", group.path, name.as_str());
                found.push(Found::at(path, message).conceal().help(help));
            }
        }
    }
    found
}
