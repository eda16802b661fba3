//! Valid documents that use every key.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// A value in which no map or list is empty and every partial struct has every key: the default, filled up by what the
/// schema says. Kubernetes' own types nest without end and get their required fields only.
pub(crate) fn filled(schema: &Value, node: &Value, default: Option<&Value>, in_kubernetes: bool) -> Value {
    let in_kubernetes = in_kubernetes || node.get("$ref").is_some_and(|name| name.to_string().contains("/k8s."));
    let node = resolved(schema, node);
    let default = default.or(node.get("default"));
    if let Some(Value::Object(properties)) = node.get("properties") {
        let required = node.get("required").and_then(Value::as_array);
        let wanted =
            |key: &str| !in_kubernetes || required.is_some_and(|required| required.contains(&Value::from(key)));
        let wanted = properties.iter().filter(|(key, _)| wanted(key));
        let entries = wanted.map(|(key, property)| {
            let default = default.and_then(|default| default.get(key));
            (key.clone(), filled(schema, property, default, in_kubernetes))
        });
        return Value::Object(entries.collect());
    }
    match node.get("type").and_then(Value::as_str) {
        Some("object") => {
            let key = text(resolved(schema, node.get("propertyNames").unwrap_or(&Value::Null)));
            let entry = node.get("additionalProperties").filter(|entry| entry.is_object());
            json!({ key: entry.map_or(json!("a"), |entry| filled(schema, entry, None, in_kubernetes)) })
        }
        Some("array") => json!([filled(schema, node.get("items").unwrap_or(&Value::Null), None, in_kubernetes)]),
        Some("integer") => default.cloned().or(node.get("minimum").cloned()).unwrap_or(json!(1)),
        Some("boolean") => node.get("const").or(default).cloned().unwrap_or(json!(true)),
        Some("number") => json!(1),
        _ => default.cloned().unwrap_or_else(|| json!(text(node))),
    }
}

/// What a node refers to in the end.
pub(crate) fn resolved<'a>(schema: &'a Value, node: &'a Value) -> &'a Value {
    let reference = node.get("$ref").or_else(|| node.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    match reference.and_then(|reference| schema.pointer(reference.trim_start_matches('#'))) {
        Some(target) => resolved(schema, target),
        None => node,
    }
}

/// A text that the schema takes, not empty where it may be otherwise.
fn text(node: &Value) -> String {
    let word = node.get("enum").and_then(|words| words.get(0)).and_then(Value::as_str);
    if let Some(word) = word {
        return word.to_owned();
    }
    let validator = jsonschema::validator_for(node);
    let fits =
        |text: &String| validator.as_ref().is_ok_and(|validator| validator.is_valid(&Value::from(text.as_str())));
    let candidates = ["a", "A", "/a", "a:80"].map(str::to_owned).into_iter();
    let generated = texts_of(node.get("pattern").and_then(Value::as_str).unwrap_or("a")).into_iter();
    candidates.chain(generated).find(fits).unwrap_or_default()
}

/// Texts that match a pattern, always the same ones, not empty if possible.
pub(crate) fn texts_of(pattern: &str) -> Vec<String> {
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    let Ok(strategy) = proptest::string::string_regex(inner) else { return Vec::new() };
    let mut runner = TestRunner::deterministic();
    let trees = (0..16).filter_map(|_| strategy.new_tree(&mut runner).ok());
    let mut texts: Vec<String> = trees.map(|tree| tree.current()).collect();
    texts.sort_by_key(|text| (text.is_empty(), text.chars().count()));
    texts.dedup();
    texts
}
