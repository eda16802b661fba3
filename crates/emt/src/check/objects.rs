//! What Kubernetes would say against objects: names that stand twice, and fields that some version does not take.

use std::collections::BTreeMap;

use helmwright_diagnostics::{Finding, Level};
use helmwright_k8s::{Problem, Reason, SUPPORTED, Version, table, validate};
use serde_json::Value;

use crate::manifests::{Manifest, Manifests};
use crate::places::{Place, place};
use crate::render::Input;
use crate::rules::{COLLISION, OBJECT, UNKNOWN_KIND};

/// Everything that is to be said against the objects of an input, for a cluster of `version` if that is known. What comes
/// from an entry of `extraObjects` is told there.
pub(super) fn findings(input: &Input, manifests: &Manifests, version: Option<Version>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (manifest, finding) in collisions(manifests, input.release().namespace.as_str()) {
        findings.push(in_extra_objects(input, manifest, "", finding));
    }
    for manifest in manifests {
        let found = match foreign(manifest) {
            Some(finding) => vec![("/kind".to_owned(), finding)],
            None => object_findings(manifest, version),
        };
        for (pointer, finding) in found {
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

/// The finding about an object of a kind that somebody else defined and that the table does not have. Kinds of Kubernetes
/// itself, and what looks like a misspelt kind of a group that the table has, are not among them.
fn foreign(manifest: &Manifest) -> Option<Finding> {
    let api_version = manifest.object()["apiVersion"].as_str().unwrap_or_default();
    let group = |api_version: &str| api_version.split_once('/').map_or("", |(group, _)| group).to_owned();
    let own = group(api_version);
    if !own.contains('.') || own.ends_with(".k8s.io") || table::kind(api_version, manifest.kind()).is_some() {
        return None;
    }
    let is_unknown = |problem: &Problem| problem.reason == Reason::UnknownKind;
    let problem = validate(manifest.object(), Version::NEWEST).into_iter().find(is_unknown)?;
    let has_group = table::kinds().filter_map(|found| found.kind.as_ref()).any(|kind| group(kind.api_version) == own);
    if has_group && problem.hint.is_some() {
        return None;
    }
    let message = format!("{} {}: emt does not know this kind of `{api_version}`", manifest.kind(), manifest.name());
    let help =
        format!("look at it with the definition of its kind, and accept {} in environments.yaml", UNKNOWN_KIND.id);
    Some(Finding::new(Level::Warning, UNKNOWN_KIND.id, message).help(help))
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
    fn kinds_that_others_define_are_left_to_them() {
        let known = |api_version: &str, kind: &str| {
            let object = json!({ "apiVersion": api_version, "kind": kind, "metadata": { "name": "a" } });
            manifests(&[object]).iter().all(|manifest| foreign(manifest).is_none())
        };
        assert!(!known("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy"));
        // Another one than that of Gateway API; and a kind of a group of which the table has others.
        assert!(!known("networking.istio.io/v1", "Gateway"));
        assert!(!known("external-secrets.io/v1", "PushSecret"));
        assert!(known("external-secrets.io/v1", "ExternalSecert"));
        assert!(known("external-secrets.io/v1", "ExternalSecret"));
        assert!(known("policy/v1beta1", "PodDisruptionBudget"));
        assert!(known("networking.k8s.io/v1", "Ingres"));
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
