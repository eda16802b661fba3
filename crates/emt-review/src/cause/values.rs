//! Which values differ, and who set them.
//!
//! Values that a Secret is made of are told without what they hold: the impact map says which these are.

use std::collections::BTreeSet;

use helmwright_yaml::{PathSegment, display_path};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::difference::{Change, SecretChange};
use crate::rendering::{Origin, Rendering};

use super::map::ImpactMap;

/// What stands where a secret would.
const BLOTTED: &str = "(secret)";

/// A value that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValueChange {
    /// Its path, as the impact map writes it.
    #[serde(skip)]
    pub(crate) dotted: String,
    /// Its path, as people write it.
    pub path: String,
    /// What happens to it.
    #[serde(flatten)]
    pub change: Change,
    /// Who sets it now; none if nobody does any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Who set it before; none if nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_origin: Option<Origin>,
    /// What it does.
    pub effect: Effect,
}

/// What a changed value does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "has", rename_all = "camelCase")]
pub enum Effect {
    /// So many objects differ because of it, possibly together with other values.
    Objects {
        /// How many.
        count: usize,
    },
    /// No object differs because of it.
    None,
    /// It is overridden, so that the merged values stay the same.
    Overridden {
        /// Who sets the value instead.
        by: Origin,
    },
}

impl ValueChange {
    /// The place that a reader looks at first: where the value is set now, or where it was.
    #[must_use]
    pub fn place(&self) -> Option<&Origin> {
        self.origin.as_ref().or(self.former_origin.as_ref())
    }
}

/// Every merged value that differs, in the order of the new values. An entry that comes or goes is one change.
pub(super) fn changes(map: &ImpactMap, before: &Rendering<'_>, after: &Rendering<'_>) -> Vec<ValueChange> {
    let mut walk = Walk { map, before, after, path: Vec::new(), changes: Vec::new() };
    walk.compare(before.values, after.values);
    let mut changes = walk.changes;
    changes.extend(overridden(map, before, after));
    changes
}

struct Walk<'a> {
    map: &'a ImpactMap,
    before: &'a Rendering<'a>,
    after: &'a Rendering<'a>,
    path: Vec<PathSegment>,
    changes: Vec<ValueChange>,
}

impl Walk<'_> {
    fn compare(&mut self, old: &Value, new: &Value) {
        match (old, new) {
            (Value::Object(old), Value::Object(new)) => {
                for key in union(old, new) {
                    self.path.push(PathSegment::from(key));
                    match (old.get(key), new.get(key)) {
                        (Some(old), Some(new)) => self.compare(old, new),
                        (old, new) => self.push(old, new),
                    }
                    self.path.pop();
                }
            }
            (old, new) if same(old, new) => {}
            (old, new) => self.push(Some(old), Some(new)),
        }
    }

    fn push(&mut self, old: Option<&Value>, new: Option<&Value>) {
        let change = shown(self.map, [self.before.values, self.after.values], &self.path, old, new);
        self.changes.push(ValueChange {
            dotted: dotted(&self.path),
            path: display_path(&self.path),
            change,
            origin: new.map(|_| (self.after.origin)(&self.path)),
            former_origin: old.map(|_| (self.before.origin)(&self.path)),
            effect: Effect::None,
        });
    }
}

/// The keys of both maps: those of the new one in its order, then the others.
fn union<'a>(old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> Vec<&'a str> {
    new.keys().chain(old.keys().filter(|key| !new.contains_key(*key))).map(String::as_str).collect()
}

fn same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Number(old), Value::Number(new)) => {
            old == new || (old.as_f64() == new.as_f64() && old.is_f64() != new.is_f64())
        }
        _ => old == new,
    }
}

fn dotted(path: &[PathSegment]) -> String {
    let text = |segment: &PathSegment| match segment {
        PathSegment::Key(key) => key.clone(),
        PathSegment::Index(index) => index.to_string(),
    };
    path.iter().map(text).collect::<Vec<_>>().join(".")
}

/// A change as it may be shown.
fn shown(
    map: &ImpactMap,
    merged: [&Value; 2],
    path: &[PathSegment],
    old: Option<&Value>,
    new: Option<&Value>,
) -> Change {
    let is_secret =
        |path: &[PathSegment]| map.is_secret(&dotted(path)) || merged.iter().any(|values| in_secret(values, path));
    if is_secret(path) {
        let now = match (old, new) {
            (None, _) => SecretChange::Added,
            (_, None) => SecretChange::Removed,
            _ => SecretChange::Changed,
        };
        return Change::Secret { now };
    }
    let blot = |value: &Value| {
        let mut value = value.clone();
        blot(&mut value, &mut path.to_vec(), &is_secret);
        value
    };
    let (old, new) = (old.map(blot), new.map(blot));
    match (&old, &new) {
        (Some(Value::String(old)), Some(Value::String(new))) if old.contains('\n') || new.contains('\n') => {
            Change::text(old, new)
        }
        _ => Change::of(old.as_ref(), new.as_ref()),
    }
}

/// A value of an environment as it may be shown.
pub(crate) fn shown_value(map: &ImpactMap, values: &Value, path: &[PathSegment], value: &Value) -> Value {
    let is_secret = |path: &[PathSegment]| map.is_secret(&dotted(path)) || in_secret(values, path);
    let mut value = value.clone();
    blot(&mut value, &mut path.to_vec(), &is_secret);
    value
}

/// Puts a word in the place of every secret in a value.
fn blot(value: &mut Value, path: &mut Vec<PathSegment>, is_secret: &dyn Fn(&[PathSegment]) -> bool) {
    match value {
        Value::Object(entries) => {
            for (key, entry) in entries.iter_mut() {
                path.push(PathSegment::from(key.as_str()));
                blot(entry, path, is_secret);
                path.pop();
            }
        }
        scalar if is_secret(path) => *scalar = Value::from(BLOTTED),
        _ => {}
    }
}

/// Whether a path lies within the content of a Secret that stands whole in the values: `extraObjects.login.data.user`.
fn in_secret(values: &Value, path: &[PathSegment]) -> bool {
    let mut at = values;
    for (index, segment) in path.iter().enumerate() {
        let PathSegment::Key(key) = segment else { return false };
        at = &at[key.as_str()];
        if at["kind"] == "Secret" && at["apiVersion"] == "v1" {
            let below = path.get(index + 1);
            return matches!(below, Some(PathSegment::Key(key)) if !matches!(key.as_str(), "apiVersion" | "kind" | "metadata" | "type" | "immutable"));
        }
    }
    false
}

/// What values files say otherwise than before without the merged values noticing: a later file says something else.
fn overridden(map: &ImpactMap, before: &Rendering<'_>, after: &Rendering<'_>) -> Vec<ValueChange> {
    let mut changes = Vec::new();
    for layer in &after.layers {
        let Some(former) = before.layers.iter().find(|former| former.name == layer.name) else { continue };
        let (mut old, mut new) = (Vec::new(), Vec::new());
        leaves(former.values, &mut Vec::new(), &mut |path, value| old.push((path.to_vec(), value.clone())));
        leaves(layer.values, &mut Vec::new(), &mut |path, value| new.push((path.to_vec(), value.clone())));
        let paths: BTreeSet<&Vec<PathSegment>> = old.iter().chain(&new).map(|(path, _)| path).collect();
        for path in paths {
            let value_in = |leaves: &[(Vec<PathSegment>, Value)]| {
                leaves.iter().find(|(known, _)| known == path).map(|(_, value)| value.clone())
            };
            let (was, is) = (value_in(&old), value_in(&new));
            let is_unnoticed = at(before.values, path) == at(after.values, path);
            if was == is || !is_unnoticed {
                continue;
            }
            let by = (after.origin)(path);
            let origin = is.as_ref().and_then(|_| (layer.origin)(path));
            let former_origin = was.as_ref().and_then(|_| (former.origin)(path));
            if origin.as_ref() == Some(&by) {
                // It was set elsewhere before, to the same.
                continue;
            }
            changes.push(ValueChange {
                dotted: dotted(path),
                path: display_path(path),
                change: shown(map, [former.values, layer.values], path, was.as_ref(), is.as_ref()),
                origin,
                former_origin,
                effect: Effect::Overridden { by },
            });
        }
    }
    changes
}

fn at<'a>(values: &'a Value, path: &[PathSegment]) -> Option<&'a Value> {
    path.iter().try_fold(values, |at, segment| match segment {
        PathSegment::Key(key) => at.get(key.as_str()),
        PathSegment::Index(index) => at.get(*index),
    })
}

fn leaves(value: &Value, path: &mut Vec<PathSegment>, each: &mut impl FnMut(&[PathSegment], &Value)) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            for (key, entry) in entries {
                path.push(PathSegment::from(key.as_str()));
                leaves(entry, path, each);
                path.pop();
            }
        }
        other => each(path, other),
    }
}
