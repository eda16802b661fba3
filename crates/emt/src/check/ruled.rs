//! What rules find, as findings with places.

use emt_check::Rendered;
use emt_check::rules::{Found, Rule, Subject};
use helmwright_diagnostics::Finding;
use helmwright_yaml::value_at;
use serde_json::Value;

use super::Situation;
use super::environments::Candidate;
use crate::dotted::segments;
use crate::places::{Place, place};
use crate::render::Input;

/// An environment's values with its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) input: &'a Input,
}

impl<'a> Named<'a> {
    /// Of an environment whose files could be read.
    pub(super) fn of(candidate: &'a Candidate) -> Option<Self> {
        candidate.input.as_ref().map(|input| Self { name: &candidate.name, input })
    }
}

/// What rules look at.
pub(super) fn subject<'a>(
    rendered: &'a Rendered<'a>,
    situation: &'a Situation<'a>,
) -> Result<Subject<'a>, serde_json::Error> {
    Ok(Subject {
        environment: situation.name,
        stage: situation.stage,
        standby: situation.standby,
        kubernetes_version: situation.version,
        infrastructure: &situation.infrastructure,
        ..Subject::new(rendered)?
    })
}

/// A finding of a rule, at its place in the files of the input; `other` is the environment that it points at too.
pub(super) fn finding(rule: &Rule, found: &Found, input: &Input, other: Option<Named<'_>>) -> Finding {
    let mut finding = Finding::new(rule.level.into(), rule.id, &found.message).path(&found.path);
    finding = match place(input, &found.path) {
        (Place::Set(span), _) => finding.at(span, ""),
        (Place::Inside(span), below) => by_default(finding.at(span, "in here"), input, &below),
        (Place::Nowhere, below) => by_default(finding, input, &below),
    };
    if let (Some(other), Some((_, path))) = (other, &found.other) {
        finding = match place(other.input, path) {
            (Place::Set(span) | Place::Inside(span), _) => finding.also(span, format!("{} says this", other.name)),
            (Place::Nowhere, _) => finding,
        };
    }
    finding.rows.extend(rule.rows);
    let notes = found.notes.iter().cloned();
    finding.notes.extend(notes);
    finding.help.extend(found.fixes.iter().map(|(path, value)| format!("set {path}: {}", written(value))));
    finding.help.extend(found.help.iter().cloned());
    finding
}

/// Says what the chart's default is, where that is what was found.
fn by_default(finding: Finding, input: &Input, path: &str) -> Finding {
    match value_of(input.merged(), path) {
        Some(value) if !value.is_object() => finding.note(format!("the chart's default is {path}: {}", written(value))),
        _ => finding,
    }
}

/// A value as a line of YAML.
fn written(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) => value.to_string(),
        scalar => helmwright_yaml::write(scalar).trim_end().to_owned(),
    }
}

/// The value at a dotted path.
fn value_of<'v>(values: &'v Value, path: &str) -> Option<&'v Value> {
    value_at(values, &segments(values, path))
}
