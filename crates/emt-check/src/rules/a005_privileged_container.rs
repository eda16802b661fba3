//! A privileged container.
//!
//! # What it does
//!
//! Looks at the containers of all rendered pods, those of `extraContainers` and `extraObjects` included.
//!
//! # Why it matters
//!
//! It can do on the node what root can, and read every other pod's files and secrets.
//!
//! # Example
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       extraContainers:
//!         exporter:
//!           image: registry.example.com/exporter:1.2.3
//!           securityContext: { privileged: true }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       extraContainers:
//!         exporter:
//!           image: registry.example.com/exporter:1.2.3
//!           securityContext: { privileged: false }
//! ```

use super::{Check, Definition, Found, Level, Subject, objects};

pub(super) const RULE: Definition = Definition {
    id: "A005",
    level: Level::Required,
    rows: &["S1-270"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (object, pod) in objects::pods(&subject.rendered.objects) {
        for list in ["initContainers", "containers"] {
            for container in pod["spec"][list].as_array().into_iter().flatten() {
                if container["securityContext"]["privileged"] == true {
                    let name = container["name"].as_str().unwrap_or_default();
                    let path = objects::path_in_container(subject, object, list, name, "securityContext.privileged");
                    found.push(
                        Found::at(path, format!("the container {name} of {} is privileged", objects::title(object)))
                            .help("give it the capabilities that it needs, and no more"),
                    );
                }
            }
        }
    }
    found
}
