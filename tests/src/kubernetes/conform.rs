//! `kubeconform`: one process for any number of objects.
//!
//! It would fetch schemas; instead it gets those of the Python package, rewritten so that their references stay within
//! a throw-away directory.
//!
//! Limit: one Kubernetes version per call.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Finding, Validation, ValidationError, converse, parsed, text};
use crate::differences::identity;
use crate::scratch;
use crate::tools::{KUBECONFORM, KUBERNETES_VALIDATE, Tools};

/// The schema that the package's other schemas refer to.
const DEFINITIONS: &str = "_definitions";

/// What `kubeconform` says of a place whose parts say more.
const FAILED: &str = "validation failed";

/// Judges objects with `kubeconform` against one Kubernetes version (`1.33` … `1.37`).
///
/// `strict` refuses fields that no schema has. `Ok(None)`: kubeconform or the package with the schemas is missing, and
/// this run does not require it.
///
/// # Errors
///
/// If the tool does not answer, or there are no schemas of the version.
///
/// # Panics
///
/// If a tool is missing although this run requires it; see [`Tools::need`].
pub fn kubeconform(objects: &[Value], version: &str, strict: bool) -> Result<Option<Validation>, ValidationError> {
    let tools = Tools::locate();
    let (Some(tool), Some(python)) = (tools.need(&KUBECONFORM), tools.need(&KUBERNETES_VALIDATE)) else {
        return Ok(None);
    };
    let program = KUBECONFORM.name;
    let suffix = if strict { "-strict" } else { "" };
    let schemas = package_schemas(&python.program)?.join(format!("v{version}.0-local{suffix}"));
    if !schemas.is_dir() {
        return Err(ValidationError::Answer { program, message: format!("no schemas of Kubernetes {version}") });
    }
    let failed = |source| ValidationError::Scratch { program, source };
    let scratch = scratch::directory().map_err(failed)?;
    for name in objects.iter().map(schema_name).chain([DEFINITIONS.to_owned()]).collect::<BTreeSet<_>>() {
        let file = format!("{name}.json");
        if let Ok(schema) = fs::read_to_string(schemas.join(&file)) {
            let schema = local(&schema).map_err(|error| failed(error.into()))?;
            scratch::write(&scratch.path().join(&file), &schema).map_err(failed)?;
        }
    }
    let location = format!("{}/{{{{ .ResourceKind }}}}{{{{ .KindSuffix }}}}.json", scratch.path().display());
    let mut arguments = vec!["-output", "json", "-verbose", "-ignore-missing-schemas", "-schema-location", &location];
    if strict {
        arguments.push("-strict");
    }
    let request: String = objects.iter().map(|object| format!("---\n{object}\n")).collect();
    let output = converse(&KUBECONFORM, &tool.program, &arguments, request)?;
    let answers: Value = parsed(program, &output)?;
    let answers = answers["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
    if answers.len() != objects.len() {
        let message = format!("{} answers for {} objects", answers.len(), objects.len());
        return Err(ValidationError::Answer { program, message });
    }
    let mut validation = Validation::default();
    for answer in answers {
        let named = |object: &&Value| {
            object["kind"] == answer["kind"]
                && object["apiVersion"] == answer["version"]
                && object["metadata"]["name"] == answer["name"]
        };
        let Some(object) = objects.iter().find(named) else {
            return Err(ValidationError::Answer { program, message: format!("about no object: {answer}") });
        };
        match answer["status"].as_str() {
            Some("statusSkipped") => validation.add_unknown(object),
            Some("statusValid") => validation.checked += 1,
            _ => {
                validation.checked += 1;
                validation.findings.extend(places(&text(&answer["msg"])).into_iter().map(|(path, message)| {
                    let version = version.to_owned();
                    Finding { version, object: identity(object), path, message }
                }));
            }
        }
    }
    Ok(Some(validation))
}

/// The file name of a kind's schema in the package, which `kubeconform` makes in the same way.
fn schema_name(object: &Value) -> String {
    let version = text(&object["apiVersion"]);
    let version = match version.split_once('/') {
        Some((group, version)) => format!("{}-{version}", group.split('.').next().unwrap_or_default()),
        None => version,
    };
    format!("{}-{version}", text(&object["kind"]).to_lowercase())
}

/// A schema of the package, with references that stay within its directory.
fn local(schema: &str) -> serde_json::Result<String> {
    let mut schema: Value = serde_json::from_str(schema)?;
    if let Some(map) = schema.as_object_mut() {
        map.remove("$id");
    }
    Ok(schema.to_string().replace("\"/api/_definitions.json#", "\"_definitions.json#"))
}

/// The places and reasons in a message such as `… - at '/spec': validation failed   - at '/spec/replicas': got string`.
fn places(message: &str) -> Vec<(String, String)> {
    let found = message.split("- at '").skip(1).filter_map(|part| part.split_once("': "));
    let found: Vec<_> = found
        .map(|(path, reason)| (path.to_owned(), reason.trim().to_owned()))
        .filter(|(_, reason)| reason != FAILED)
        .collect();
    if found.is_empty() { vec![(String::new(), message.to_owned())] } else { found }
}

/// The folder of schemas of the package that a Python can import.
fn package_schemas(python: &Path) -> Result<PathBuf, ValidationError> {
    let ask = "import os, kubernetes_validate as k; print(os.path.join(os.path.dirname(k.__file__), 'kubernetes-json-schema'))";
    let output = converse(&KUBERNETES_VALIDATE, python, &["-c", ask], String::new())?;
    let path = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    if fs::metadata(&path).is_ok_and(|data| data.is_dir()) {
        return Ok(path);
    }
    let message = format!("no folder of schemas: {}", String::from_utf8_lossy(&output.stderr));
    Err(ValidationError::Answer { program: KUBERNETES_VALIDATE.name, message })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn schemas_are_named_as_in_the_package() {
        let name = |version: &str| schema_name(&json!({"kind": "Ingress", "apiVersion": version}));
        assert_eq!(name("v1"), "ingress-v1");
        assert_eq!(name("apps/v1"), "ingress-apps-v1");
        assert_eq!(name("networking.k8s.io/v1"), "ingress-networking-v1");
    }

    #[test]
    fn places_are_read_from_the_message() {
        let message =
            "failed with 'x' - at '/a': validation failed   - at '/a/b': got string, want integer   - at '': no";
        let expected = [("/a/b", "got string, want integer"), ("", "no")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(places(message), expected);
        assert_eq!(places("broken"), [(String::new(), "broken".to_owned())]);
    }
}
