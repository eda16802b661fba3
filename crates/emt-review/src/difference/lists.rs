//! Lists, compared as Kubernetes reads them: by their keys, as sets, or by order.

use std::collections::BTreeSet;

use helmwright_k8s::table::ListKind;
use serde_json::Value;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::change::Change;
use super::fields::{Type, Walk, likeness};
use super::place::FieldPlace;
use super::secret;

/// Items of an ordered list that share less than this are not one item changed, but one removed and another added.
const ONE_ITEM: f64 = 0.5;

/// What differs between two lists.
pub(crate) fn compare(walk: &mut Walk, at: &FieldPlace, of: Type, old: &[Value], new: &[Value]) {
    match of.list() {
        ListKind::Map(keys) => match (names(old, keys), names(new, keys)) {
            (Some(before), Some(after)) => by_name(walk, at, of, (old, &before), (new, &after)),
            // Kubernetes would refuse such a list; what it would make of it cannot be said.
            _ => by_order(walk, at, of, old, new),
        },
        ListKind::Set => by_value(walk, at, old, new),
        ListKind::Atomic => by_order(walk, at, of, old, new),
    }
}

/// What names each item: the values of its keys. None if two items have one name.
fn names(items: &[Value], keys: &[&str]) -> Option<Vec<String>> {
    // Kubernetes fills in the protocol before it compares.
    let default = |key: &str| if key == "protocol" { "TCP" } else { "" };
    let text = |item: &Value, key: &str| match &item[key] {
        Value::Null => default(key).to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let name = |item: &Value| keys.iter().map(|key| text(item, key)).collect::<Vec<_>>().join("/");
    let names: Vec<String> = items.iter().map(name).collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    (distinct.len() == names.len()).then_some(names)
}

fn by_name(
    walk: &mut Walk,
    at: &FieldPlace,
    of: Type,
    (old, before): (&[Value], &[String]),
    (new, after): (&[Value], &[String]),
) {
    let place = |name: &str, item: &Value| at.item(name, item["name"].as_str());
    for (name, item) in after.iter().zip(new) {
        let former = before.iter().position(|known| known == name).map(|index| &old[index]);
        walk.compare(&place(name, item), of.item(), former, Some(item));
    }
    for (name, item) in before.iter().zip(old).filter(|(name, _)| !after.contains(name)) {
        walk.compare(&place(name, item), of.item(), Some(item), None);
    }
    if order_counts(at, old, new) {
        let common = |names: &[String], others: &[String]| -> Vec<String> {
            names.iter().filter(|name| others.contains(name)).cloned().collect()
        };
        if common(before, after) != common(after, before) {
            walk.push(at, Change::Order { old: before.to_vec(), new: after.to_vec() });
        }
    }
}

/// Whether the order counts although items have names: init containers run one after the other, and a variable that
/// refers to another one stands behind it.
fn order_counts(at: &FieldPlace, old: &[Value], new: &[Value]) -> bool {
    let refers = |item: &Value| item["value"].as_str().is_some_and(|text| text.contains("$("));
    match at.last_key() {
        "initContainers" => true,
        "env" => old.iter().chain(new).any(refers),
        _ => false,
    }
}

fn by_value(walk: &mut Walk, at: &FieldPlace, old: &[Value], new: &[Value]) {
    let place = |item: &Value| at.item(item.as_str().map_or_else(|| item.to_string(), str::to_owned), None);
    for item in new.iter().filter(|item| !old.contains(item)) {
        walk.push(&place(item), secret::shown(None, Some(item)));
    }
    for item in old.iter().filter(|item| !new.contains(item)) {
        walk.push(&place(item), secret::shown(Some(item), None));
    }
}

fn by_order(walk: &mut Walk, at: &FieldPlace, of: Type, old: &[Value], new: &[Value]) {
    let texts = |items: &[Value]| -> Vec<String> { items.iter().map(Value::to_string).collect() };
    let place = |items: &[Value], index: usize| {
        let name = items[index]["name"].as_str();
        at.item(index.to_string(), name)
    };
    for operation in capture_diff_slices(Algorithm::Myers, &texts(old), &texts(new)) {
        let (tag, before, after) = operation.as_tag_tuple();
        if tag == DiffTag::Equal {
            continue;
        }
        let (mut before, mut after) = (before.peekable(), after.peekable());
        while let (Some(&gone), Some(&come)) = (before.peek(), after.peek()) {
            if !is_one_item(&old[gone], &new[come]) {
                // The longer side gives way, so that what follows has a chance to match.
                if before.len() >= after.len() {
                    before.next();
                    walk.push(&place(old, gone), secret::shown(Some(&old[gone]), None));
                } else {
                    after.next();
                    walk.push(&place(new, come), secret::shown(None, Some(&new[come])));
                }
                continue;
            }
            before.next();
            after.next();
            walk.compare(&place(new, come), of.item(), Some(&old[gone]), Some(&new[come]));
        }
        before.for_each(|gone| walk.push(&place(old, gone), secret::shown(Some(&old[gone]), None)));
        after.for_each(|come| walk.push(&place(new, come), secret::shown(None, Some(&new[come]))));
    }
}

/// Whether two items in one place are one item that changed.
fn is_one_item(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(_), Value::Object(_)) => likeness(old, new) >= ONE_ITEM,
        (Value::Array(_), Value::Array(_)) => true,
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => false,
        _ => true,
    }
}
