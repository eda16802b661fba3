//! From violations of the schema to findings that say what to do, each at its place.
//!
//! The only module that knows the validator. It trusts the validator on what is wrong, and reads the schema itself for the
//! words.

mod keys;
mod meant;
mod places;
mod scalars;

use std::cell::OnceCell;
use std::collections::HashSet;

use helmwright_yaml::{MAX_FINDINGS, PathSegment};
use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::Location;
use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::Value;

use super::faults::{Fault, Faults};
use super::hidden::Secrets;
use super::layers::Layers;
use super::rules;
use crate::describe::view::View;
use crate::values::Renames;
use keys::KeyPlaces;

/// A validator for a schema.
pub(super) fn compile(schema: &Value) -> Option<Validator> {
    // The engine without look-around, as Go's.
    let options = jsonschema::options().with_draft(Draft::Draft7).with_pattern_options(PatternOptions::regex());
    options.build(schema).ok()
}

/// All faults of merged values.
pub(super) fn faults(
    schema: &Value,
    renames: Renames,
    secrets: Secrets,
    validator: &Validator,
    layers: &Layers,
    merged: &Value,
) -> Faults {
    let places = OnceCell::new();
    let case = Case { schema: View::of(schema), renames, secrets, layers, merged, places: &places };
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(merged).take(MOST_ERRORS).collect();
    // What is of another type matches no pattern and is no choice either.
    let of_another_type: HashSet<&str> = errors
        .iter()
        .filter(|error| matches!(error.kind(), ValidationErrorKind::Type { .. }))
        .map(|error| error.instance_path().as_str())
        .collect();
    let mut faults = Faults::default();
    for error in &errors {
        let is_type = matches!(error.kind(), ValidationErrorKind::Type { .. });
        if is_type || !of_another_type.contains(error.instance_path().as_str()) {
            case.explain(error, &mut faults);
        }
        if faults.has_more() {
            break;
        }
    }
    faults
}

/// What the validator is asked for: a few violations may be told as one fault.
const MOST_ERRORS: usize = 4 * MAX_FINDINGS;

/// What the explanations draw on.
#[derive(Clone, Copy)]
struct Case<'a> {
    schema: View<'a>,
    renames: Renames,
    secrets: Secrets,
    layers: &'a Layers,
    merged: &'a Value,
    /// The structs that have a key, by its name; made at the first unknown key.
    places: &'a OnceCell<KeyPlaces>,
}

impl<'a> Case<'a> {
    fn explain(self, error: &ValidationError<'_>, faults: &mut Faults) {
        let (path, found) = self.path(error.instance_path());
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                // One more than are told, so that it is known that there are more.
                let keys = unexpected.iter().take(MAX_FINDINGS + 1);
                keys.for_each(|key| faults.push(self.unknown_key(&path, key)));
            }
            ValidationErrorKind::FalseSchema => faults.push(match path.split_last() {
                Some((PathSegment::Key(key), parent)) => self.unknown_key(parent, key),
                _ => self.other(&path, error),
            }),
            ValidationErrorKind::Required { property } => {
                faults.push(self.missing_key(&path, property.as_str().unwrap_or_default()));
            }
            ValidationErrorKind::PropertyNames { error: inner } => {
                let name = inner.instance().as_str().unwrap_or_default();
                let taken = matches!(inner.kind(), ValidationErrorKind::Not { .. });
                faults.push(self.entry_name(&path, name, taken));
            }
            ValidationErrorKind::Type { .. } => faults.push(self.wrong_type(&path, found)),
            ValidationErrorKind::Pattern { .. }
            | ValidationErrorKind::MinLength { .. }
            | ValidationErrorKind::MaxLength { .. } => faults.push(self.text(&path, found)),
            ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => {
                faults.push(self.choice(&path, found));
            }
            ValidationErrorKind::Minimum { .. } | ValidationErrorKind::ExclusiveMinimum { .. } => {
                faults.push(self.range(&path, "too small"));
            }
            ValidationErrorKind::Maximum { .. } | ValidationErrorKind::ExclusiveMaximum { .. } => {
                faults.push(self.range(&path, "too large"));
            }
            ValidationErrorKind::MaxProperties { limit } => faults.push(self.too_many(&path, found, *limit)),
            ValidationErrorKind::Not { .. } if found.is_string() => faults.push(self.taken(&path, found)),
            _ => faults.push(self.other(&path, error)),
        }
    }

    /// A map with more entries than it may have.
    fn too_many(self, path: &[PathSegment], found: &Value, limit: u64) -> Fault {
        let count = found.as_object().map_or(0, serde_json::Map::len);
        let finding =
            rules::RANGE.finding(format!("{} has {count} entries, and at most {limit} are possible", short(path)));
        Fault::new(path, self.layers.mark(path, finding, ""))
    }

    /// A violation for which there is no explanation of ours.
    fn other(self, path: &[PathSegment], error: &ValidationError<'_>) -> Fault {
        let finding = rules::OTHER.finding(error.to_string());
        Fault::new(path, self.layers.mark(path, finding, ""))
    }

    /// The validator's path as ours, and what stands there.
    fn path(self, location: &Location) -> (Vec<PathSegment>, &'a Value) {
        let (mut path, mut value) = (Vec::new(), self.merged);
        for segment in location.segments() {
            let step = segment.to_string();
            let below = match value {
                Value::Array(items) => step.parse().ok().and_then(|index: usize| {
                    path.push(PathSegment::Index(index));
                    items.get(index)
                }),
                other => {
                    let below = other.get(&step);
                    path.push(PathSegment::Key(step));
                    below
                }
            };
            value = below.unwrap_or(&Value::Null);
        }
        (path, value)
    }
}

/// The end of a path by which people know a value: its key, with the index in a list.
fn short(path: &[PathSegment]) -> String {
    let start = path.iter().rposition(|segment| matches!(segment, PathSegment::Key(_))).unwrap_or_default();
    let shown = helmwright_yaml::display_path(path.get(start..).unwrap_or_default());
    // A key that is no plain word stands in brackets and quotes, which a single key does not need.
    match path.get(start..) {
        Some([PathSegment::Key(key)]) => key.clone(),
        _ => shown,
    }
}
