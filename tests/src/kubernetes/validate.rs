//! `kubernetes-validate`: one Python process for any number of objects and Kubernetes versions.
//!
//! Limit: the schemas are looked up by `validate.py`, because the package's own function reads all definitions anew for
//! each object.

use serde_json::{Value, json};

use super::{Finding, Validation, ValidationError, converse, parsed, text};
use crate::differences::identity;
use crate::tools::{KUBERNETES_VALIDATE, Tools};

const DRIVER: &str = include_str!("validate.py");

/// Judges objects with `kubernetes-validate` against each Kubernetes version (`1.33` … `1.37`).
///
/// `strict` refuses fields that no schema has. `Ok(None)`: the tool is missing, and this run does not require it.
///
/// # Errors
///
/// If the tool does not answer, or has no schemas of a version.
///
/// # Panics
///
/// If the tool is missing although this run requires it; see [`Tools::need`].
pub fn kubernetes_validate(
    objects: &[Value],
    versions: &[&str],
    strict: bool,
) -> Result<Option<Validation>, ValidationError> {
    let Some(tool) = Tools::locate().need(&KUBERNETES_VALIDATE) else { return Ok(None) };
    let program = KUBERNETES_VALIDATE.name;
    let request = json!({"versions": versions, "strict": strict, "objects": objects}).to_string();
    let output = converse(&KUBERNETES_VALIDATE, &tool.program, &["-c", DRIVER], request)?;
    let answers: Value = parsed(program, &output)?;
    let mut validation = Validation::default();
    for answer in answers.as_array().into_iter().flatten() {
        let index = answer["object"].as_u64().and_then(|index| usize::try_from(index).ok());
        let Some(object) = index.and_then(|index| objects.get(index)) else {
            return Err(ValidationError::Answer { program, message: format!("an answer about no object: {answer}") });
        };
        if answer["known"] == false {
            validation.add_unknown(object);
            continue;
        }
        validation.checked += 1;
        validation.findings.extend(answer["errors"].as_array().into_iter().flatten().map(|error| Finding {
            version: text(&answer["version"]),
            object: identity(object),
            path: text(&error["path"]),
            message: text(&error["message"]),
        }));
    }
    Ok(Some(validation))
}
