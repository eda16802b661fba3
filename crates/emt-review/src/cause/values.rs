//! Which values differ, and who set them.
//!
//! Secrets are told without what they hold.

use std::collections::HashMap;

use emt_model::secrecy::{hidden, hide_variables, is_secret, may_be_secret};
use helmwright_yaml::{PathSegment, display_path, keys, leaves, value_at};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::difference::{self, Change, SecretChange};
use crate::rendering::{Origin, Rendering};

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
pub(super) fn changes(before: &Rendering<'_>, after: &Rendering<'_>) -> Vec<ValueChange> {
    let mut walk = Walk { before, after, path: Vec::new(), changes: Vec::new() };
    walk.compare(before.values, after.values);
    let mut changes = walk.changes;
    changes.extend(overridden(before, after));
    changes
}

struct Walk<'a> {
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
        let [before, after] = [self.before.values, self.after.values];
        let change = shown(&self.path, old, new, |path| is_secret(before, path) || is_secret(after, path));
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
    path: &[PathSegment],
    old: Option<&Value>,
    new: Option<&Value>,
    is_secret: impl Fn(&[&str]) -> bool,
) -> Change {
    let path = keys(path);
    if is_secret(&path) {
        let now = match (old, new) {
            (None, _) => SecretChange::Added,
            (_, None) => SecretChange::Removed,
            _ => SecretChange::Changed,
        };
        return Change::Secret { now };
    }
    let [hidden_old, hidden_new] = [old, new].map(|value| value.map(|value| hidden(value, &path, &is_secret)));
    match (&hidden_old, &hidden_new) {
        (Some(one), Some(other)) if one == other => Change::Secret { now: SecretChange::Changed },
        (old, new) => difference::shown(old.as_ref(), new.as_ref()),
    }
}

/// A value of an environment as it may be shown.
pub(crate) fn shown_value(values: &Value, path: &[PathSegment], value: &Value) -> Value {
    let mut shown = hidden(value, &keys(path), |path| is_secret(values, path));
    hide_variables(&mut shown);
    shown
}

/// What values files say otherwise than before without the merged values noticing: a later file says something else.
fn overridden(before: &Rendering<'_>, after: &Rendering<'_>) -> Vec<ValueChange> {
    let mut changes = Vec::new();
    for layer in &after.layers {
        let Some(former) = before.layers.iter().find(|former| former.name == layer.name) else { continue };
        for (path, was, is) in differing_leaves(former.values, layer.values) {
            let by = (after.origin)(&path);
            let origin = is.and_then(|_| (layer.origin)(&path));
            let is_unnoticed = value_at(before.values, &path) == value_at(after.values, &path);
            // Set by this very line, it was set elsewhere before, to the same.
            if !is_unnoticed || origin.as_ref() == Some(&by) {
                continue;
            }
            let is_secret = |path: &[&str]| may_be_secret(former.values, path) || may_be_secret(layer.values, path);
            changes.push(ValueChange {
                dotted: dotted(&path),
                path: display_path(&path),
                change: shown(&path, was, is, is_secret),
                origin,
                former_origin: was.and_then(|_| (former.origin)(&path)),
                effect: Effect::Overridden { by },
            });
        }
    }
    changes
}

/// The leaves that are not the same in both: those of the new one in its order, then those that are gone.
fn differing_leaves<'v>(
    old: &'v Value,
    new: &'v Value,
) -> Vec<(Vec<PathSegment>, Option<&'v Value>, Option<&'v Value>)> {
    if old == new {
        return Vec::new();
    }
    let (mut was, mut differing) = (HashMap::new(), Vec::new());
    let mut order = Vec::new();
    leaves(old, &mut |path, value| {
        order.push(path.to_vec());
        was.insert(path.to_vec(), value);
    });
    leaves(new, &mut |path, value| {
        let former = was.remove(path);
        if former != Some(value) {
            differing.push((path.to_vec(), former, Some(value)));
        }
    });
    let gone = order.into_iter().filter_map(|path| was.remove(&path).map(|value| (path, Some(value), None)));
    differing.extend(gone);
    differing
}
