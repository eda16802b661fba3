//! What a value means and does, and where a field of an object comes from.
//!
//! What decides what is read off the impact map by `emt-check`; here the values' descriptions, and the files that set them,
//! join it.

mod report;

use std::sync::OnceLock;

use emt_check::rules::rules_about;
use emt_check::{FieldSource, NoSuchField, Sources, ValueExplanation, field_at, sources_of, written_at};
use emt_model::layers::layer_below;
use emt_model::secrecy;
use helmwright::describe::{NoSuchPath, Row, row_at};
use helmwright::impact::{self, impact};
use helmwright::print::{Written, written};
use helmwright::values::Renamed;
use helmwright_diagnostics::similar;
use helmwright_yaml::{PathSegment, display_path, parse_path, value_at};
use serde_json::Value;

use crate::description::{RENAMES, defaults, schema};
use crate::refused::Refused;
use crate::render::{Input, render, tree};

/// What a value means and does.
#[derive(Clone, Debug)]
pub struct ExplainedValue {
    /// Its description.
    pub row: Row,
    /// For a key of an entry: the value that holds for all entries which say nothing, with its path.
    pub shared_default: Option<(String, Value)>,
    /// What it is in the values that were asked about.
    pub here: Option<Here>,
    /// The rules of `emt check` that judge it: id and title.
    pub rules: Vec<(&'static str, String)>,
    /// Why values are refused because of it; `*` stands for what comes from values.
    pub refusals: Vec<String>,
    /// The objects and fields that it decides, and what a change does to them.
    pub explanation: ValueExplanation,
}

/// A value in merged values.
#[derive(Clone, Debug)]
pub struct Here {
    /// What it is; `***` for a secret. None if it is not set.
    pub value: Option<Value>,
    /// Where it stands, if the path that was asked about says nothing and the values below it hold: those for all groups,
    /// or the root's.
    pub inherited: Option<String>,
    /// File, line and column that set it; none for a default.
    pub place: Option<String>,
}

impl Here {
    /// What holds at a path of an input.
    fn of(input: &Input, segments: &[PathSegment], layers: &[String]) -> Self {
        let shown = input.shown();
        let at = |segments: &[PathSegment]| value_at(&shown, segments).cloned();
        if let Some(value) = at(segments) {
            return Self { value: Some(value), inherited: None, place: input.place(segments) };
        }
        let inherited = layers.iter().find_map(|layer| {
            let segments = parse_path(layer)?;
            Some(Self { value: Some(at(&segments)?), inherited: Some(layer.clone()), place: input.place(&segments) })
        });
        inherited.unwrap_or(Self { value: None, inherited: None, place: None })
    }
}

/// Where a field of an object comes from.
#[derive(Clone, Debug)]
pub struct ExplainedField {
    /// The object's kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The template that makes it.
    pub template: String,
    /// The lines of the template that write it. Several where the template has several branches; none for the object as a
    /// whole.
    pub written: Vec<TemplateLine>,
    /// The field; empty for the object as a whole.
    pub field: String,
    /// What it holds; `***` for the content of a Secret.
    pub value: Value,
    /// The values that it is made of.
    pub content: Vec<DecidingValue>,
    /// The values for which it stands there.
    pub conditions: Vec<DecidingValue>,
    /// The values for which there is such an object.
    pub existence: Vec<DecidingValue>,
    /// What else it is made of: `Release.Name`.
    pub facts: Vec<String>,
}

/// A line of a template of the chart, or several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// Its number in the file, from 1.
    pub line: usize,
    /// What stands there, without the indentation.
    pub text: String,
}

/// A value that decides a field.
#[derive(Clone, Debug)]
pub struct DecidingValue {
    /// Its path.
    pub path: String,
    /// What it is; `***` for a secret. None for an entry of a map of which only its name counts.
    pub value: Option<Value>,
    /// File, line and column that set it; none for a default.
    pub place: Option<String>,
}

/// Why nothing can be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The text shows no path.
    #[error("`{0}` is no path: write keys with dots between them, such as gatewayGroups.main.traffic.replicas")]
    NoPath(String),
    /// No value has this path.
    #[error("there is no value `{key}`{place}", key = .0.key, place = below(&.0.known))]
    NoSuchValue(NoSuchPath),
    /// No object has this kind and name.
    #[error("there is no {kind} {name}")]
    NoSuchObject {
        /// The kind that was asked for.
        kind: String,
        /// The name that was asked for.
        name: String,
        /// The objects that there are, of this kind if there are any.
        known: Vec<String>,
    },
    /// The object has no such field.
    #[error("there is no field `{key}`{place}", key = .0.key, place = below(&.0.known))]
    NoSuchField(NoSuchField),
    /// The values are refused.
    #[error("the values are refused")]
    Refused(#[from] Refused),
}

fn below(known: &str) -> String {
    if known.is_empty() { String::new() } else { format!(" below {known}") }
}

impl ExplainError {
    /// What may be meant, and what there is.
    #[must_use]
    pub fn help(&self) -> Vec<String> {
        let (asked, known) = match self {
            Self::NoPath(_) | Self::Refused(_) => return Vec::new(),
            Self::NoSuchValue(unknown) => {
                let renamed = parse_path(&unknown.known).and_then(|parent| RENAMES.find(&parent, &unknown.key));
                if let Some(Renamed { to, since, .. }) = renamed {
                    return vec![format!("it was renamed to {to} in {since}")];
                }
                (&unknown.key, &unknown.keys)
            }
            Self::NoSuchField(unknown) => (&unknown.key, &unknown.keys),
            Self::NoSuchObject { kind, name, known } => {
                let asked = format!("{kind}/{name}");
                return suggestions(&asked, known);
            }
        };
        suggestions(asked, known)
    }
}

fn suggestions(asked: &str, known: &[String]) -> Vec<String> {
    let mut help = Vec::new();
    if let Some(near) = similar(asked, known.iter().map(String::as_str)) {
        help.push(format!("did you mean {near}?"));
    }
    if !known.is_empty() {
        help.push(format!("there are {}", known.join(", ")));
    }
    help
}

/// The rows of the impact map. They are made at the first call.
fn rows() -> &'static [impact::Row] {
    static ROWS: OnceLock<Vec<impact::Row>> = OnceLock::new();
    ROWS.get_or_init(|| impact(tree()))
}

/// Where the templates write each field; nowhere if they cannot be printed, which `emt chart` tells. Found at the first
/// call.
fn lines() -> &'static [Written] {
    static LINES: OnceLock<Vec<Written>> = OnceLock::new();
    LINES.get_or_init(|| written(tree()).unwrap_or_default())
}

/// What a value means and does, and what it is in the given values. In the path `*` stands for any entry of a map.
///
/// # Errors
///
/// [`ExplainError`] if the text shows no path or no value has it.
pub fn explain_value(path: &str, input: Option<&Input>) -> Result<ExplainedValue, ExplainError> {
    let segments = parse_path(path).filter(|path| !path.is_empty());
    let segments = segments.ok_or_else(|| ExplainError::NoPath(path.to_owned()))?;
    let (schema, defaults) = (schema(), defaults());
    let row = row_at(&schema, &defaults, &segments).map_err(ExplainError::NoSuchValue)?;
    // The map knows keys as they are, without brackets.
    let dotted = segments.iter().map(PathSegment::to_string).collect::<Vec<_>>().join(".");
    let layers: Vec<String> = std::iter::successors(layer_below(&dotted), |path| layer_below(path)).collect();
    let shared_default = layers.iter().find_map(|path| {
        let value = path.split('.').try_fold(&defaults, |value, key| value.get(key))?;
        Some((path.clone(), value.clone()))
    });
    if let Some(unknown) = input.and_then(|input| unknown_group(input, &segments)) {
        return Err(ExplainError::NoSuchValue(unknown));
    }
    let here = input.map(|input| Here::of(input, &segments, &layers));
    let rules = rules_about(&dotted).into_iter().map(|rule| (rule.id, rule.documentation.title.clone())).collect();
    let mut refusals: Vec<String> = Vec::new();
    for refusal in impact::refusals(tree()) {
        let is_read = refusal.reads.iter().any(|read| impact::at_or_below(read, &dotted));
        if is_read && !refusals.contains(&refusal.message) {
            refusals.push(refusal.message);
        }
    }
    let explanation = emt_check::explain_value(rows(), &dotted);
    Ok(ExplainedValue { row, shared_default, here, rules, refusals, explanation })
}

/// The gateway group that a path names and an input does not have.
fn unknown_group(input: &Input, segments: &[PathSegment]) -> Option<NoSuchPath> {
    let [root, name, ..] = segments else { return None };
    let (root, name) = (root.to_string(), name.to_string());
    let groups = input.merged()["gatewayGroups"].as_object().filter(|_| root == "gatewayGroups" && name != "*")?;
    let is_unknown = !groups.contains_key(&name);
    is_unknown.then(|| NoSuchPath { known: root, key: name, keys: groups.keys().cloned().collect() })
}

/// Where a field of an object comes from. `subject` is KIND/NAME, or KIND/NAME.FIELD, such as
/// `Deployment/apim-main-traffic.spec.replicas`; an element of a list is `[its name]` or `[its number]`.
///
/// # Errors
///
/// [`ExplainError`] if there is no such object or field, or the values are refused.
pub fn explain_field(input: &Input, subject: &str) -> Result<ExplainedField, ExplainError> {
    let (kind, rest) = subject.split_once('/').ok_or_else(|| ExplainError::NoPath(subject.to_owned()))?;
    let manifests = render(input)?;
    // Names hold dots too: the longest name that there is counts.
    let fits =
        |name: &str| rest.strip_prefix(name).is_some_and(|field| matches!(field.get(..1), None | Some("." | "[")));
    let own = manifests.iter().filter(|manifest| manifest.kind().eq_ignore_ascii_case(kind));
    let found = own.filter(|manifest| fits(manifest.name())).max_by_key(|manifest| manifest.name().len());
    let Some(manifest) = found else {
        let name = rest.split(['.', '[']).next().unwrap_or_default();
        let all = |of_kind: bool| {
            let wanted = manifests.iter().filter(|manifest| !of_kind || manifest.kind().eq_ignore_ascii_case(kind));
            wanted.map(|manifest| format!("{}/{}", manifest.kind(), manifest.name())).collect::<Vec<_>>()
        };
        let known = if all(true).is_empty() { all(false) } else { all(true) };
        return Err(ExplainError::NoSuchObject { kind: kind.to_owned(), name: name.to_owned(), known });
    };
    let field = rest[manifest.name().len()..].trim_start_matches('.');
    let segments = parse_path(field).ok_or_else(|| ExplainError::NoPath(field.to_owned()))?;
    let object = secrecy::object_without_secrets(manifest.object());
    let (value, place) = field_at(&object, &segments).map_err(ExplainError::NoSuchField)?;
    let Sources { content, conditions, existence, facts } =
        sources_of(rows(), manifest.template(), manifest.object(), &place, input.merged());
    let lines = written_at(lines(), manifest.template(), manifest.object(), &place);
    let shown = input.shown();
    let deciding = |sources: Vec<FieldSource>| deciding(input, &shown, sources);
    Ok(ExplainedField {
        kind: manifest.kind().to_owned(),
        name: manifest.name().to_owned(),
        template: manifest.template().to_owned(),
        written: lines.into_iter().map(|line| TemplateLine { line: line.line, text: line.text.clone() }).collect(),
        field: field.to_owned(),
        value: value.clone(),
        content: deciding(content),
        conditions: deciding(conditions),
        existence: deciding(existence),
        facts,
    })
}

/// The values that are there, with the places that set them.
fn deciding(input: &Input, shown: &Value, sources: Vec<FieldSource>) -> Vec<DecidingValue> {
    let present = sources.into_iter().filter(|source| source.present);
    let deciding = present.filter_map(|FieldSource { path, entry, .. }| {
        let value = value_at(shown, &path)?.clone();
        let place = input.place(&path);
        Some(DecidingValue { path: display_path(&path), value: (!entry).then_some(value), place })
    });
    deciding.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::conformance::reference_input;

    /// The path of every field that holds no others.
    fn leaves(value: &Value, at: &[PathSegment], found: &mut Vec<Vec<PathSegment>>) {
        let below = |segment: PathSegment| [at, &[segment]].concat();
        match value {
            Value::Object(entries) if !entries.is_empty() => {
                entries.iter().for_each(|(key, value)| leaves(value, &below(PathSegment::from(key.as_str())), found));
            }
            Value::Array(items) if !items.is_empty() => {
                let items = items.iter().enumerate();
                items.for_each(|(index, value)| leaves(value, &below(PathSegment::from(index)), found));
            }
            _ => found.push(at.to_vec()),
        }
    }

    #[test]
    fn the_line_of_every_field_stands_in_the_template() {
        let templates = helmwright::print::print(tree()).unwrap();
        let templates: BTreeMap<&str, Vec<&str>> =
            templates.iter().map(|template| (template.path.as_str(), template.text.lines().collect())).collect();
        let manifests = render(&reference_input().unwrap()).unwrap();
        let mut own_lines = 0;
        for manifest in &manifests {
            let mut fields = Vec::new();
            leaves(manifest.object(), &[], &mut fields);
            for field in fields {
                let (_, place) = field_at(manifest.object(), &field).unwrap();
                let found = written_at(lines(), manifest.template(), manifest.object(), &place);
                let field = format!("{}.{}", manifest.template(), display_path(&field));
                assert!(!found.is_empty(), "{field} is written nowhere");
                for written in found {
                    let file = &templates[format!("templates/{}", written.file).as_str()];
                    let first = written.text.lines().next().unwrap();
                    assert_eq!(file[written.line - 1].trim_start(), first, "{field}");
                    if let (impact::Segment::Key(key), true) = (place.0.last().unwrap(), written.field == place) {
                        let is_key = first.trim_start_matches("- ").trim_matches('"').starts_with(key.as_str());
                        assert!(is_key || first.starts_with("{{"), "{field}: {first}");
                        own_lines += 1;
                    }
                }
            }
        }
        assert!(own_lines > 500, "{own_lines}");
    }
}
