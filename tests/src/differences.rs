//! What two sets of Kubernetes objects do not agree on.
//!
//! Objects are matched by `apiVersion`, `kind`, namespace and name, then compared deeply. The order of objects and of
//! keys does not count, the order of lists does; the numbers 3 and 3.0 are equal.
//!
//! Limit: two objects of one identity within a set are paired in the order in which they stand.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value};

/// Longest value that a difference quotes in full, in characters.
const QUOTED: usize = 300;

/// One line per difference, in a fixed order; empty if the sets agree.
///
/// A line reads `Deployment apps/v1 NAMESPACE/NAME /spec/replicas: expected 3, actual 4`: the place is a JSON pointer.
pub fn differences(expected: &[Value], actual: &[Value]) -> Vec<String> {
    let (expected, actual) = (by_identity(expected), by_identity(actual));
    let mut lines = Vec::new();
    for identity in expected.keys().chain(actual.keys()).collect::<BTreeSet<_>>() {
        let none = Vec::new();
        let left = expected.get(identity).unwrap_or(&none);
        let right = actual.get(identity).unwrap_or(&none);
        for (left, right) in left.iter().zip(right) {
            compare(identity, "", left, right, &mut lines);
        }
        for _ in right.len()..left.len() {
            lines.push(format!("{identity}: expected, but not there"));
        }
        for _ in left.len()..right.len() {
            lines.push(format!("{identity}: there, but not expected"));
        }
    }
    lines
}

/// The objects under the text that identifies them.
fn by_identity(objects: &[Value]) -> BTreeMap<String, Vec<&Value>> {
    let mut map: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for object in objects {
        map.entry(identity(object)).or_default().push(object);
    }
    map
}

/// `Kind apiVersion namespace/name`, with `-` for what is missing.
pub(crate) fn identity(object: &Value) -> String {
    let text = |pointer| object.pointer(pointer).and_then(Value::as_str).unwrap_or("-");
    format!("{} {} {}/{}", text("/kind"), text("/apiVersion"), text("/metadata/namespace"), text("/metadata/name"))
}

/// Compares two values at one place and everything below.
fn compare(identity: &str, pointer: &str, left: &Value, right: &Value, lines: &mut Vec<String>) {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
                let below = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                pair(identity, &below, a.get(key), b.get(key), lines);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                pair(identity, &format!("{pointer}/{index}"), a.get(index), b.get(index), lines);
            }
        }
        (Value::Number(a), Value::Number(b)) if same_number(a, b) => {}
        _ if left == right => {}
        _ => pair_differs(identity, pointer, &quoted(left), &quoted(right), lines),
    }
}

/// Compares what both sides have at one place, where one of them may have nothing.
fn pair(identity: &str, pointer: &str, left: Option<&Value>, right: Option<&Value>, lines: &mut Vec<String>) {
    match (left, right) {
        (Some(left), Some(right)) => compare(identity, pointer, left, right, lines),
        (Some(left), None) => pair_differs(identity, pointer, &quoted(left), "nothing", lines),
        (None, Some(right)) => pair_differs(identity, pointer, "nothing", &quoted(right), lines),
        (None, None) => {}
    }
}

fn pair_differs(identity: &str, pointer: &str, left: &str, right: &str, lines: &mut Vec<String>) {
    lines.push(format!("{identity} {pointer}: expected {left}, actual {right}"));
}

/// Whether two numbers have one value: exact for integers, as 64-bit floats otherwise.
fn same_number(a: &Number, b: &Number) -> bool {
    let integer = |n: &Number| n.as_i64().map(i128::from).or_else(|| n.as_u64().map(i128::from));
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a.as_f64() == b.as_f64(),
    }
}

/// A value as JSON, cut where it is long.
fn quoted(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(spec: Value) -> Value {
        json!({"apiVersion": "v1", "kind": "Thing", "metadata": {"name": "a", "namespace": "n"}, "spec": spec})
    }

    #[test]
    fn order_of_keys_and_form_of_numbers_do_not_count() {
        let expected = [object(json!({"a": 3, "b": [1, 2]}))];
        let actual = [object(json!({"b": [1.0, 2], "a": 3.0}))];
        assert_eq!(differences(&expected, &actual), Vec::<String>::new());
    }

    #[test]
    fn a_difference_names_object_place_and_both_values() {
        let expected = [object(json!({"a/b": {"c": "3"}, "list": [1, 2], "only": true, "null": null}))];
        let actual = [object(json!({"a/b": {"c": 3}, "list": [2]}))];
        assert_eq!(
            differences(&expected, &actual),
            [
                "Thing v1 n/a /spec/a~1b/c: expected \"3\", actual 3",
                "Thing v1 n/a /spec/list/0: expected 1, actual 2",
                "Thing v1 n/a /spec/list/1: expected 2, actual nothing",
                "Thing v1 n/a /spec/null: expected null, actual nothing",
                "Thing v1 n/a /spec/only: expected true, actual nothing",
            ]
        );
    }

    #[test]
    fn integers_that_one_float_stands_for_differ() {
        let expected = [object(json!(9_007_199_254_740_993_u64))];
        let actual = [object(json!(9_007_199_254_740_992_u64))];
        assert_eq!(differences(&expected, &actual).len(), 1);
    }

    #[test]
    fn missing_doubled_and_unexpected_objects_are_named() {
        let (a, b) = (object(json!(1)), json!({"apiVersion": "v1", "kind": "Other", "metadata": {"name": "b"}}));
        assert_eq!(
            differences(&[a.clone(), a.clone()], &[a, b]),
            ["Other v1 -/b: there, but not expected", "Thing v1 n/a: expected, but not there"]
        );
    }
}
