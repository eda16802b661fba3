//! A hook that needs what comes after it.
//!
//! # What it does
//!
//! Looks at the pods of hooks before installation and upgrade: Secrets, ConfigMaps, claims and ServiceAccounts that
//! they name may not be objects of the release itself, unless these are hooks of a lower weight.
//!
//! # Why it matters
//!
//! Helm runs hooks before it makes the rest. The hook's pod waits for an object that is made when the hook is done, and
//! the installation fails.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! extraObjects:
//!   settings:
//!     apiVersion: v1
//!     kind: ConfigMap
//!     metadata: { name: settings }
//!     data: { url: "https://example.com" }
//!   prepare:  # found here
//!     apiVersion: batch/v1
//!     kind: Job
//!     metadata: { name: prepare, annotations: { helm.sh/hook: "pre-install,pre-upgrade" } }
//!     spec:
//!       template:
//!         spec:
//!           restartPolicy: Never
//!           containers:
//!             - name: prepare
//!               image: registry.example.com/prepare:1.0.0
//!               envFrom: [{ configMapRef: { name: settings } }]
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! extraObjects:
//!   settings:
//!     apiVersion: v1
//!     kind: ConfigMap
//!     metadata: { name: settings, annotations: { helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-weight: "-5" } }
//!     data: { url: "https://example.com" }
//!   prepare:
//!     apiVersion: batch/v1
//!     kind: Job
//!     metadata: { name: prepare, annotations: { helm.sh/hook: "pre-install,pre-upgrade" } }
//!     spec:
//!       template:
//!         spec:
//!           restartPolicy: Never
//!           containers:
//!             - name: prepare
//!               image: registry.example.com/prepare:1.0.0
//!               envFrom: [{ configMapRef: { name: settings } }]
//! ```

use serde_json::Value;

use super::{Check, Definition, Found, Level, Subject, objects};

pub(super) const RULE: Definition = Definition {
    id: "O003",
    level: Level::Required,
    rows: &["S1-120", "S1-276"],
    check: Check::Environment(check),
};

/// Where a pod names objects: the kind, and the key of the map that holds the name.
const REFERENCES: [(&str, &str, &str); 7] = [
    ("secretKeyRef", "name", "Secret"),
    ("secretRef", "name", "Secret"),
    ("secret", "secretName", "Secret"),
    ("configMapKeyRef", "name", "ConfigMap"),
    ("configMapRef", "name", "ConfigMap"),
    ("configMap", "name", "ConfigMap"),
    ("persistentVolumeClaim", "claimName", "PersistentVolumeClaim"),
];

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (hook, pod) in objects::pods(&subject.rendered.objects) {
        let Some(weight) = weight(hook) else { continue };
        let mut names = Vec::new();
        named(&pod["spec"], &mut names);
        if let Some(account) = pod["spec"]["serviceAccountName"].as_str() {
            names.push(("ServiceAccount", account.to_owned()));
        }
        names.sort();
        names.dedup();
        for (kind, name) in names {
            let later = |object: &Value| self::weight(object).is_none_or(|other| other >= weight);
            if subject.objects(kind).any(|object| object["metadata"]["name"] == name.as_str() && later(object)) {
                let message = format!("{} runs before the {kind} {name} is made", objects::title(hook));
                found.push(
                    Found::at(objects::path_of(subject, hook), message)
                        .help(format!("make the {kind} a hook of a lower weight, or the hook an object of the release")),
                );
            }
        }
    }
    found
}

/// The weight of a hook that runs before the release's objects are made; none for all else.
fn weight(object: &Value) -> Option<i64> {
    let annotations = &object["metadata"]["annotations"];
    let mut events = annotations["helm.sh/hook"].as_str()?.split(',');
    events.any(|event| event.trim().starts_with("pre-")).then(|| {
        annotations["helm.sh/hook-weight"].as_str().and_then(|weight| weight.parse().ok()).unwrap_or(0)
    })
}

/// The objects that a part of a pod names.
fn named(value: &Value, names: &mut Vec<(&'static str, String)>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                for (reference, name, kind) in REFERENCES {
                    if key == reference && let Some(name) = inner[name].as_str() {
                        names.push((kind, name.to_owned()));
                    }
                }
                named(inner, names);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| named(inner, names)),
        _ => {}
    }
}
