//! What Kubernetes would say against objects: names that stand twice, and fields that some version does not take.

use std::collections::BTreeMap;

use helmwright_diagnostics::{Finding, Level};
use helmwright_k8s::{SUPPORTED, Version, validate};
use serde_json::Value;

use super::places::{Place, place};
use crate::manifests::{Manifest, Manifests};
use crate::render::Input;
use crate::rules::{COLLISION, OBJECT};

/// Everything that is to be said against the objects of an input, for a cluster of `version` if that is known. What comes
/// from an entry of `extraObjects` is told there.
pub(super) fn findings(input: &Input, manifests: &Manifests, version: Option<Version>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (manifest, finding) in collisions(manifests, input.release().namespace.as_str()) {
        findings.push(in_extra_objects(input, manifest, "", finding));
    }
    for manifest in manifests {
        for (pointer, finding) in object_findings(manifest, version) {
            findings.push(in_extra_objects(input, manifest, &pointer, finding));
        }
    }
    findings
}

/// Puts a finding at the entry of `extraObjects` that an object comes from, if it comes from one.
fn in_extra_objects(input: &Input, manifest: &Manifest, pointer: &str, finding: Finding) -> Finding {
    let object = manifest.object();
    let same =
        |other: &Value| other["kind"] == object["kind"] && other["metadata"]["name"] == object["metadata"]["name"];
    let mut entries = input.merged()["extraObjects"].as_object().into_iter().flatten();
    let Some((name, _)) = entries.find(|(_, other)| same(other)) else { return finding };
    let steps = pointer.split('/').skip(1).map(|step| format!(".{}", step.replace("~1", "/").replace("~0", "~")));
    let path = format!("extraObjects.{name}{}", steps.collect::<String>());
    let finding = finding.path(&path);
    match place(input, &path).0 {
        Place::Set(span) => finding.at(span, ""),
        Place::Inside(span) => finding.at(span, "in here"),
        Place::Nowhere => finding,
    }
}

/// Objects of one kind, namespace and name; without a namespace they go into that of the release.
fn collisions<'m>(manifests: &'m Manifests, of_release: &str) -> Vec<(&'m Manifest, Finding)> {
    let mut seen = BTreeMap::new();
    for manifest in manifests {
        let object = manifest.object();
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or(of_release);
        let group = object["apiVersion"].as_str().unwrap_or_default();
        let group = group.split_once('/').map_or("", |(group, _)| group);
        // The last of them: those of extraObjects come behind the chart's own of their kind.
        let entry = seen.entry((group, manifest.kind(), namespace, manifest.name())).or_insert((manifest, 0));
        *entry = (manifest, entry.1 + 1);
    }
    let several = seen.into_iter().filter(|(_, (_, count))| *count > 1);
    let finding = |((_, kind, _, name), (manifest, count))| {
        let finding = Finding::error(COLLISION.id, format!("{count} objects are called {kind} {name}"))
            .help("rename one of the values that give the name");
        (manifest, finding)
    };
    several.map(finding).collect()
}

/// What some supported version of Kubernetes would say against an object, with JSON pointers. For a cluster of a known
/// version, what only other versions say is a warning.
fn object_findings(manifest: &Manifest, version: Option<Version>) -> Vec<(String, Finding)> {
    let mut problems: Vec<((String, String), Vec<Version>)> = Vec::new();
    for version in SUPPORTED {
        for problem in validate(manifest.object(), version) {
            // Messages name the version that they are of, which would tell equal problems apart.
            let said = problem.to_string().replace(&format!(", not in {version}"), "");
            let problem = (problem.pointer, said);
            match problems.iter_mut().find(|(known, _)| *known == problem) {
                Some((_, versions)) => versions.push(version),
                None => problems.push((problem, vec![version])),
            }
        }
    }
    let finding = |((pointer, said), versions): ((String, String), Vec<Version>)| {
        let level = match version {
            Some(version) if !versions.contains(&version) => Level::Warning,
            _ => Level::Error,
        };
        let message = format!("{} {}: {said}", manifest.kind(), manifest.name());
        let finding = Finding::new(level, OBJECT.id, message);
        if versions.len() == SUPPORTED.len() {
            return (pointer, finding);
        }
        let versions: Vec<String> = versions.iter().map(Version::to_string).collect();
        (pointer, finding.note(format!("in Kubernetes {}", versions.join(", "))))
    };
    problems.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn manifests(objects: &[Value]) -> Manifests {
        Manifests::new(objects.iter().map(|object| ("a.yaml".to_owned(), object.clone())))
    }

    #[test]
    fn an_unknown_field_is_told_once_for_all_versions() {
        let service =
            json!({ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "a" }, "spec": { "prots": [] } });
        let manifests = manifests(&[service]);
        let findings: Vec<(String, Finding)> =
            manifests.iter().flat_map(|manifest| object_findings(manifest, Some(Version::NEWEST))).collect();
        let [(pointer, finding)] = findings.as_slice() else { unreachable!("{findings:?}") };
        assert_eq!(finding.level, Level::Error);
        assert_eq!(
            finding.message,
            "Service a: /spec/prots: `prots` is no field of ServiceSpec (did you mean `ports`?)"
        );
        assert!(finding.notes.is_empty());
        assert_eq!(pointer, "/spec/prots");
    }

    #[test]
    fn two_objects_of_one_name_are_told() {
        let object =
            |kind: &str, group: &str| json!({ "apiVersion": group, "kind": kind, "metadata": { "name": "a" } });
        let same = manifests(&[object("Role", "rbac/v1"), object("Role", "rbac/v2"), object("Service", "v1")]);
        assert_eq!(collisions(&same, "a").len(), 1);
        let different = manifests(&[object("Gateway", "a/v1"), object("Gateway", "b/v1")]);
        assert!(collisions(&different, "a").is_empty());
    }
}
