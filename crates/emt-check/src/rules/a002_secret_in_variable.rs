//! A variable that looks like a secret, in clear text.
//!
//! # What it does
//!
//! Looks at the names of the variables in `env`, of settings in `envSettings`, and of the variables of containers of your
//! own for words such as `PASSWORD`, `SECRET` and `TOKEN`. What they hold is never shown.
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
//!     traffic:
//!       extraContainers:
//!         exporter:
//!           image: registry.example.com/exporter:1.2.3
//!           env: [{ name: EXPORTER_TOKEN, value: changeit }]  # found here
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
//!     traffic:
//!       extraContainers:
//!         exporter:
//!           image: registry.example.com/exporter:1.2.3
//!           env: [{ name: EXPORTER_TOKEN, valueFrom: { secretKeyRef: { name: exporter, key: token } } }]
//! ```

use emt_model::secrecy::looks_secret;

use super::{Check, Definition, Found, Level, Subject, objects};

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
    for (object, pod) in objects::pods(&subject.rendered.objects) {
        let is_extra = objects::is_extra(subject, object);
        for list in ["initContainers", "containers"] {
            let containers = pod["spec"][list].as_array().into_iter().flatten();
            // The first container of a component has the variables that were looked at above.
            for container in containers.skip(usize::from(list == "containers" && !is_extra)) {
                let container_name = container["name"].as_str().unwrap_or_default();
                let variables = container["env"].as_array().into_iter().flatten();
                let names = variables
                    .filter(|variable| variable["value"].as_str().is_some_and(|value| !value.is_empty()))
                    .filter_map(|variable| variable["name"].as_str());
                for name in names.filter(|name| looks_secret(name)) {
                    let path = objects::path_in_container(subject, object, list, container_name, "env");
                    let message = format!(
                        "the variable {name} of the container {container_name} looks like a secret and stands in clear text"
                    );
                    let help = "read it from a Secret, by valueFrom; or rename it if it is none";
                    found.push(Found::at(path, message).conceal().help(help));
                }
            }
        }
    }
    found
}
