//! The fields in which two objects differ, read by their type.
//!
//! Quantities count by value, lists as `lists` says. Limit: fields of kinds that the schema table does not know are
//! compared as they stand, their lists by order.

use std::collections::BTreeSet;

use emt_check::same_quantity;
use emt_model::secrecy::{LAST_APPLIED, is_secret_key, is_secret_object, looks_secret};
use helmwright_k8s::table::{self, FieldInfo, ListKind, ObjectType, Shape};
use serde_json::{Map, Value};

use super::change::{Change, FieldChange};
use super::place::FieldPlace;
use super::{lists, secret};

/// The type of a value, as far as it is known.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    pub(crate) shape: Option<&'static Shape>,
    pub(crate) field: Option<&'static FieldInfo>,
}

impl Type {
    const UNKNOWN: Self = Self { shape: None, field: None };

    /// The type of a key of a map of this type.
    fn key(self, key: &str) -> Self {
        match self.shape {
            Some(Shape::Object(object_type)) => Self::field(object_type.get(), key),
            Some(Shape::Map(inner)) => Self { shape: Some(inner), field: None },
            _ => Self::UNKNOWN,
        }
    }

    fn field(object_type: &'static ObjectType, key: &str) -> Self {
        let field = object_type.field(key);
        Self { shape: field.map(|field| &field.shape), field }
    }

    /// The type of the items of a list of this type.
    pub(crate) fn item(self) -> Self {
        match self.shape {
            Some(Shape::List(inner)) => Self { shape: Some(inner), field: None },
            _ => Self::UNKNOWN,
        }
    }

    /// How the items of a list of this type are told apart.
    pub(crate) fn list(self) -> &'static ListKind {
        self.field.map_or(&ListKind::Atomic, |field| &field.list)
    }
}

/// The fields in which two objects of one identity differ, in the order of the new object's keys.
pub(crate) fn changes(before: &Value, after: &Value) -> Vec<FieldChange> {
    let (Some(old), Some(new)) = (before.as_object(), after.as_object()) else { return Vec::new() };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let object_type = table::kind(&text(&after["apiVersion"]), &text(&after["kind"]));
    let is_secret = is_secret_object(before) || is_secret_object(after);
    let mut walk = Walk { changes: Vec::new() };
    let top = FieldPlace::default();
    for key in keys(old, new) {
        if is_secret && is_secret_key(key) {
            continue;
        }
        let of = object_type.map_or(Type::UNKNOWN, |object_type| Type::field(object_type, key));
        walk.compare(&top.key(key), of, old.get(key), new.get(key));
    }
    if is_secret {
        walk.changes.extend(secret::changes(before, after));
    }
    walk.changes
}

/// The keys of both maps: those of the new one in its order, then those that only the old one has.
fn keys<'a>(old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> impl Iterator<Item = &'a str> {
    let gone = old.keys().filter(|key| !new.contains_key(*key));
    new.keys().chain(gone).map(String::as_str)
}

/// Collects what differs.
pub(crate) struct Walk {
    pub(crate) changes: Vec<FieldChange>,
}

impl Walk {
    /// What differs at a place and below. A field that holds null is not there.
    pub(crate) fn compare(&mut self, at: &FieldPlace, of: Type, old: Option<&Value>, new: Option<&Value>) {
        let there = |value: Option<&'_ Value>| value.is_some_and(|value| !value.is_null());
        match (old, new) {
            (Some(Value::Object(old)), Some(Value::Object(new))) => {
                for key in keys(old, new) {
                    self.compare(&at.key(key), of.key(key), old.get(key), new.get(key));
                }
            }
            (Some(Value::Array(old)), Some(Value::Array(new))) => lists::compare(self, at, of, old, new),
            (old, new) if !there(old) && !there(new) => {}
            (Some(old), Some(new)) if same(of, old, new) => {}
            // What the maps of annotations and labels hold is judged key by key, also where a map comes or goes.
            (Some(Value::Object(entries)), None) | (None, Some(Value::Object(entries)))
                if ["annotations", "labels"].contains(&at.last_key()) && !entries.is_empty() =>
            {
                for (key, entry) in entries {
                    let (old, new) = if old.is_some() { (Some(entry), None) } else { (None, Some(entry)) };
                    self.compare(&at.key(key), of.key(key), old, new);
                }
            }
            (old, new) => {
                let (old, new) = (old.filter(|value| !value.is_null()), new.filter(|value| !value.is_null()));
                let is_variable = at.last_key() == "value" && at.item_of("env").is_some_and(looks_secret);
                let is_secret = is_variable || at.last_key() == LAST_APPLIED;
                let change = secret::change(old, new).filter(|_| is_secret);
                self.push(at, change.unwrap_or_else(|| secret::shown(old, new)));
            }
        }
    }

    pub(crate) fn push(&mut self, at: &FieldPlace, change: Change) {
        self.changes.push(FieldChange { place: at.clone(), change });
    }
}

/// Whether two scalars, or a scalar and something else, mean the same.
fn same(of: Type, old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Number(a), Value::Number(b)) if a == b => true,
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => a.as_f64() == b.as_f64(),
        _ if old == new => true,
        _ if of.shape == Some(&Shape::Quantity) => same_quantity(&scalar(old), &scalar(new)),
        _ => false,
    }
}

/// A text as it is, a number as it is written.
fn scalar(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// How much two values have in common: 0 nothing, 1 all. What counts are the leaves, with the keys that lead to them.
pub(crate) fn likeness(one: &Value, other: &Value) -> f64 {
    let (one, other) = (leaves(one), leaves(other));
    let all = one.len() + other.len();
    if all == 0 { 1.0 } else { 2.0 * one.intersection(&other).count() as f64 / all as f64 }
}

fn leaves(value: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, path: &str, leaves: &mut BTreeSet<String>) {
        match value {
            Value::Object(entries) => {
                entries.iter().for_each(|(key, entry)| walk(entry, &format!("{path}/{key}"), leaves));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, &format!("{path}/"), leaves)),
            scalar => {
                leaves.insert(format!("{path}={scalar}"));
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(value, "", &mut found);
    found
}
