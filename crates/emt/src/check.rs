//! Checks of environments: that their values are accepted and make sense, and that Kubernetes would take the objects.
//!
//! Must not know how a report is printed. Limit: objects are checked by structure, see `helmwright-k8s`.

use std::collections::BTreeMap;

use helmwright_diagnostics::{Finding, Findings, Level, SourceMap};
use helmwright_k8s::{SUPPORTED, Version, validate};

use crate::description::schema;
use crate::environment::Environment;
use crate::manifests::{Manifest, Manifests};
use crate::refused::Refused;
use crate::render::{Input, render};
use crate::rules::{COLLISION, OBJECT, SCHEMA};
use crate::workspace::{LoadError, UnknownEnvironment, Workspace};

/// What a check found, and how much it looked at.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was found, without the warnings that an environment takes on.
    pub findings: Findings,
    /// The texts that findings point into.
    pub sources: SourceMap,
    /// How many sets of values were looked at.
    pub environments: usize,
    /// How many objects they gave together.
    pub objects: usize,
    /// How many warnings environments take on.
    pub accepted: usize,
}

impl Report {
    /// The Kubernetes versions that every object is checked against.
    pub const VERSIONS: &'static [Version] = &SUPPORTED;

    /// Whether nothing is wrong and something was looked at.
    #[must_use]
    pub fn passed(&self) -> bool {
        !self.findings.has_errors() && self.objects > 0
    }

    fn add(&mut self, result: Result<(Manifests, Findings), Findings>, environment: Option<(&str, &Environment)>) {
        self.environments += 1;
        let found = match result {
            Ok((manifests, found)) => {
                self.objects += manifests.len();
                found
            }
            Err(found) => found,
        };
        for finding in found {
            let is_accepted =
                |environment: &Environment| environment.accepted.keys().any(|rule| rule.as_str() == finding.rule);
            if finding.level != Level::Error && environment.is_some_and(|(_, environment)| is_accepted(environment)) {
                self.accepted += 1;
            } else {
                self.findings.push(match environment {
                    // A place says where it is; other findings say which environment they are of.
                    Some((name, _)) if finding.labels.is_empty() => finding.note(format!("in environment {name}")),
                    _ => finding,
                });
            }
        }
    }
}

/// Checks one set of values, for a cluster of `version` if that is known.
#[must_use]
pub fn check_input(input: &Input, version: Option<Version>) -> Report {
    let mut report = Report { sources: input.sources().cloned().unwrap_or_default(), ..Report::default() };
    report.add(check(input, version), None);
    report
}

impl Workspace {
    /// Checks these environments, or all if none is named.
    ///
    /// # Errors
    ///
    /// [`UnknownEnvironment`] for the first name that no environment has. What is wrong in an environment's files stands
    /// in the report.
    pub fn check<S: AsRef<str>>(&mut self, names: &[S]) -> Result<Report, UnknownEnvironment> {
        let mut chosen = Vec::new();
        for name in names.iter().map(AsRef::as_ref) {
            chosen.push((name.to_owned(), self.environment(name)?.clone()));
        }
        if names.is_empty() {
            chosen = self.environments().map(|(name, environment)| (name.to_owned(), environment.clone())).collect();
        }
        let mut report = Report::default();
        for (name, environment) in &chosen {
            let version = environment.kubernetes_version.map(|version| version.0);
            let result = match self.input(name) {
                Ok(input) => check(&input, version),
                Err(LoadError::Refused(Refused { findings, .. })) => Err(findings),
                Err(LoadError::UnknownEnvironment(unknown)) => return Err(unknown),
                // Only files named on a command line are read outside an environment.
                Err(LoadError::File { .. }) => Err(Findings::new()),
            };
            report.add(result, Some((name, environment)));
        }
        report.sources = self.sources().clone();
        // A fault in a file that several environments share is told once.
        report.findings.dedupe();
        Ok(report)
    }
}

/// The objects of an input with what is to be said of them, or why there are none.
fn check(input: &Input, version: Option<Version>) -> Result<(Manifests, Findings), Findings> {
    let mut findings = schema_findings(input);
    match render(input) {
        Ok(manifests) => {
            findings.extend(collisions(&manifests));
            findings.extend(manifests.iter().flat_map(|manifest| object_findings(manifest, version)));
            Ok((manifests, findings))
        }
        Err(refused) => {
            findings.extend(refused.findings);
            Err(findings)
        }
    }
}

/// What the chart's schema says against values that the reader has accepted: nothing, unless one of them is wrong.
fn schema_findings(input: &Input) -> Findings {
    let schema = schema();
    match jsonschema::draft7::new(&schema) {
        Ok(validator) => {
            let errors = validator.iter_errors(input.merged());
            let of = |error: &jsonschema::ValidationError<'_>| {
                Finding::error(SCHEMA.id, format!("the chart's schema refuses what emt accepts: {error}"))
                    .path(error.instance_path().to_string())
            };
            errors.map(|error| of(&error)).collect()
        }
        Err(error) => Finding::error(SCHEMA.id, format!("the chart's schema is no schema: {error}")).into(),
    }
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

    #[test]
    fn a_check_of_nothing_does_not_pass() {
        assert!(!Report::default().passed());
    }
}
