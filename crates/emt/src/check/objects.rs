//! What Kubernetes would say against objects: names that stand twice, and fields that some version does not take.

use std::collections::BTreeMap;

use helmwright_diagnostics::{Finding, Level};
use helmwright_k8s::{SUPPORTED, Version, validate};

use crate::manifests::{Manifest, Manifests};
use crate::rules::{COLLISION, OBJECT};

/// Everything that is to be said against the objects, for a cluster of `version` if that is known.
pub(super) fn findings(manifests: &Manifests, version: Option<Version>) -> Vec<Finding> {
    let mut findings = collisions(manifests);
    findings.extend(manifests.iter().flat_map(|manifest| object_findings(manifest, version)));
    findings
}

/// Objects of one kind, namespace and name.
fn collisions(manifests: &Manifests) -> Vec<Finding> {
    let mut seen = BTreeMap::new();
    for manifest in manifests {
        let object = manifest.object();
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or_default();
        let group = object["apiVersion"].as_str().unwrap_or_default();
        let group = group.split_once('/').map_or("", |(group, _)| group);
        *seen.entry((group, manifest.kind(), namespace, manifest.name())).or_insert(0) += 1;
    }
    let several = seen.into_iter().filter(|(_, count)| *count > 1);
    let finding = |((_, kind, _, name), count)| {
        Finding::error(COLLISION.id, format!("{count} objects are called {kind} {name}"))
            .help("rename one of the values that give the name")
    };
    several.map(finding).collect()
}

/// What some supported version of Kubernetes would say against an object. For a cluster of a known version, what only
/// other versions say is a warning.
fn object_findings(manifest: &Manifest, version: Option<Version>) -> Vec<Finding> {
    let mut problems: Vec<(String, Vec<Version>)> = Vec::new();
    for version in SUPPORTED {
        for problem in validate(manifest.object(), version) {
            // Messages name the version that they are of, which would tell equal problems apart.
            let said = problem.to_string().replace(&format!(", not in {version}"), "");
            match problems.iter_mut().find(|(known, _)| *known == said) {
                Some((_, versions)) => versions.push(version),
                None => problems.push((said, vec![version])),
            }
        }
    }
    let finding = |(said, versions): (String, Vec<Version>)| {
        let level = match version {
            Some(version) if !versions.contains(&version) => Level::Warning,
            _ => Level::Error,
        };
        let message = format!("{} {}: {said}", manifest.kind(), manifest.name());
        let finding = Finding::new(level, OBJECT.id, message);
        if versions.len() == SUPPORTED.len() {
            return finding;
        }
        let versions: Vec<String> = versions.iter().map(Version::to_string).collect();
        finding.note(format!("in Kubernetes {}", versions.join(", ")))
    };
    problems.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn manifests(objects: &[Value]) -> Manifests {
        Manifests::new(objects.iter().map(|object| ("a.yaml".to_owned(), object.clone())))
    }

    #[test]
    fn an_unknown_field_is_told_once_for_all_versions() {
        let service =
            json!({ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "a" }, "spec": { "prots": [] } });
        let manifests = manifests(&[service]);
        let findings: Vec<Finding> =
            manifests.iter().flat_map(|manifest| object_findings(manifest, Some(Version::NEWEST))).collect();
        let [finding] = findings.as_slice() else { unreachable!("{findings:?}") };
        assert_eq!(finding.level, Level::Error);
        assert_eq!(
            finding.message,
            "Service a: /spec/prots: `prots` is no field of ServiceSpec (did you mean `ports`?)"
        );
        assert!(finding.notes.is_empty());
    }

    #[test]
    fn two_objects_of_one_name_are_told() {
        let object =
            |kind: &str, group: &str| json!({ "apiVersion": group, "kind": kind, "metadata": { "name": "a" } });
        let same = manifests(&[object("Role", "rbac/v1"), object("Role", "rbac/v2"), object("Service", "v1")]);
        assert_eq!(collisions(&same).len(), 1);
        let different = manifests(&[object("Gateway", "a/v1"), object("Gateway", "b/v1")]);
        assert!(collisions(&different).is_empty());
    }
}
