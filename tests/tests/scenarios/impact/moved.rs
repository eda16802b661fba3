//! Which fields differ between two sets of objects of one template.

use std::collections::{BTreeMap, BTreeSet};

use helmwright::evaluate::Rendered;
use helmwright::impact::{FieldPath, Segment};
use serde_json::{Map, Value};

/// The kinds and fields that differ. An object that comes or goes moves all of its fields.
pub(super) fn moved(before: &[Rendered], after: &[Rendered]) -> BTreeSet<(String, FieldPath)> {
    let (before, after) = (by_kind(before), by_kind(after));
    let kinds: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let none = Vec::new();
    let mut found = BTreeSet::new();
    for kind in kinds {
        let (before, after) = (before.get(kind).unwrap_or(&none), after.get(kind).unwrap_or(&none));
        let mut fields = BTreeSet::new();
        for (left, right) in pairs(before, after) {
            compare(left, right, &mut Vec::new(), &mut fields);
        }
        found.extend(fields.into_iter().map(|field| (kind.to_owned(), field)));
    }
    found
}

fn by_kind(objects: &[Rendered]) -> BTreeMap<&str, Vec<&Value>> {
    let mut kinds: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for rendered in objects {
        kinds.entry(rendered.object["kind"].as_str().unwrap_or_default()).or_default().push(&rendered.object);
    }
    kinds
}

/// Objects of a kind side by side: by their order where there are as many, else by name.
fn pairs<'o>(before: &[&'o Value], after: &[&'o Value]) -> Vec<(Option<&'o Value>, Option<&'o Value>)> {
    if before.len() == after.len() {
        return before.iter().zip(after).map(|(left, right)| (Some(*left), Some(*right))).collect();
    }
    let named = |objects: &[&'o Value]| -> BTreeMap<String, &'o Value> {
        objects.iter().map(|object| (object["metadata"]["name"].to_string(), *object)).collect()
    };
    side_by_side(&named(before), &named(after))
}

fn side_by_side<'o>(
    before: &BTreeMap<String, &'o Value>,
    after: &BTreeMap<String, &'o Value>,
) -> Vec<(Option<&'o Value>, Option<&'o Value>)> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().map(|name| (before.get(name).copied(), after.get(name).copied())).collect()
}

/// Adds the fields that differ.
fn compare(left: Option<&Value>, right: Option<&Value>, at: &mut Vec<Segment>, found: &mut BTreeSet<FieldPath>) {
    if left == right {
        return;
    }
    let below =
        |segment: Segment, left: Option<&Value>, right: Option<&Value>, at: &mut Vec<Segment>, found: &mut _| {
            at.push(segment);
            compare(left, right, at, found);
            at.pop();
        };
    match (left, right) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            for key in left.keys().chain(right.keys().filter(|key| !left.contains_key(*key))) {
                below(Segment::Key(key.clone()), left.get(key), right.get(key), at, found);
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => match (named(left), named(right)) {
            (Some(left), Some(right)) if left.len() != right.len() => {
                for name in left.keys().chain(right.keys()).collect::<BTreeSet<_>>() {
                    let (left, right) = (left.get(name).copied(), right.get(name).copied());
                    below(Segment::Element(name.clone()), left, right, at, found);
                }
            }
            _ => {
                for (left, right) in aligned(left, right) {
                    let name = left.or(right).and_then(|item| item["name"].as_str()).map(str::to_owned);
                    below(name.map_or(Segment::AnyElement, Segment::Element), left, right, at, found);
                }
            }
        },
        (Some(Value::Object(map)), None) | (None, Some(Value::Object(map))) if !map.is_empty() => {
            all(map, at, found);
        }
        (Some(Value::Array(items)), None) | (None, Some(Value::Array(items))) if !items.is_empty() => {
            for item in items {
                let name = item["name"].as_str().map(str::to_owned);
                below(name.map_or(Segment::AnyElement, Segment::Element), Some(item), None, at, found);
            }
        }
        _ => drop(found.insert(FieldPath(at.clone()))),
    }
}

fn all(map: &Map<String, Value>, at: &mut Vec<Segment>, found: &mut BTreeSet<FieldPath>) {
    for (key, value) in map {
        at.push(Segment::Key(key.clone()));
        compare(Some(value), None, at, found);
        at.pop();
    }
}

/// Elements side by side, those left out that are the same at the beginning and at the end of both lists.
fn aligned<'o>(mut left: &'o [Value], mut right: &'o [Value]) -> Vec<(Option<&'o Value>, Option<&'o Value>)> {
    while let ([first, left_rest @ ..], [same, right_rest @ ..]) = (left, right)
        && first == same
    {
        (left, right) = (left_rest, right_rest);
    }
    while let ([left_rest @ .., last], [right_rest @ .., same]) = (left, right)
        && last == same
    {
        (left, right) = (left_rest, right_rest);
    }
    (0..left.len().max(right.len())).map(|index| (left.get(index), right.get(index))).collect()
}

/// Elements by name, if all have one and no two the same.
fn named(items: &[Value]) -> Option<BTreeMap<String, &Value>> {
    let names: Option<BTreeMap<String, &Value>> =
        items.iter().map(|item| Some((item.get("name")?.as_str()?.to_owned(), item))).collect();
    names.filter(|names| names.len() == items.len())
}
