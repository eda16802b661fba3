//! `null` in values files, which Helm lets through and we refuse.

use helmwright_yaml::{Node, NodeValue, PathSegment, display_path};
use serde_json::Value;

use super::faults::{Fault, Faults};
use super::layers::Layers;
use super::rules;
use crate::describe::view::View;
use crate::describe::words;

/// A fault for each `null` of each file.
pub(super) fn faults(layers: &Layers, schema: &Value, defaults: &Value) -> Faults {
    let mut faults = Faults::default();
    for file in layers.files() {
        for (path, node) in file.document().root.walk() {
            if faults.has_more() {
                return faults;
            }
            if node.value == NodeValue::Null {
                faults.push(fault(&path, node, View::of(schema), at(defaults, &path)));
            }
        }
    }
    faults
}

fn fault(path: &[PathSegment], node: &Node, schema: View<'_>, default: Option<&Value>) -> Fault {
    let absent = node.span.start == node.span.end;
    let label = if absent { "nothing stands here, which is null" } else { "" };
    let name = display_path(path);
    let finding = rules::NULL.finding(format!("`{name}` is null")).at(node.span, label);
    let view = schema.find(path);
    let finding = match (default, view, path.last()) {
        (Some(default), ..) if is_short(default) => {
            finding.help(format!("remove the line to keep the default: {default}"))
        }
        (Some(_), ..) => finding.help("remove the line to keep the default"),
        (None, _, Some(PathSegment::Index(_))) => finding.help("remove the item"),
        (None, Some(view), _) if is_required(schema, path) => finding.help(format!("write {}", words::expected(view))),
        _ => finding.help("remove the line"),
    };
    let empty = view.and_then(empty_value).filter(|empty| default.map(Value::to_string).as_deref() != Some(*empty));
    Fault::new(
        path,
        match empty {
            Some(empty) => finding.help(format!("write {empty} to set nothing")),
            None => finding,
        },
    )
}

fn is_required(schema: View<'_>, path: &[PathSegment]) -> bool {
    let Some((PathSegment::Key(key), parent)) = path.split_last() else { return false };
    schema.find(parent).is_some_and(|view| view.texts("required").contains(&key.as_str()))
}

fn is_short(value: &Value) -> bool {
    !matches!(value, Value::Object(entries) if !entries.is_empty()) && value.to_string().chars().count() <= 40
}

/// What sets nothing, where the type has it.
fn empty_value(view: View<'_>) -> Option<&'static str> {
    let allows_nothing = |pattern| regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(""));
    match view.types().as_slice() {
        ["string"] if view.keyword("enum").is_none() && view.text("pattern").is_none_or(allows_nothing) => Some("\"\""),
        ["array"] => Some("[]"),
        ["object"] if !view.is_struct() || words::is_partial(view) => Some("{}"),
        _ => None,
    }
}

fn at<'a>(value: &'a Value, path: &[PathSegment]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, segment| match segment {
        PathSegment::Key(key) => value.get(key),
        PathSegment::Index(index) => value.get(index),
    })
}
