//! An example of a value: what its author gave, else the simplest that the schema allows.
//!
//! Must not know how examples are shown.

use serde_json::{Map, Value, json};

use super::view::View;

/// The example that the author gave by `#[schemars(example = …)]`.
pub(crate) fn given(view: View<'_>) -> Option<Value> {
    view.keyword("examples").and_then(Value::as_array).and_then(|examples| examples.first()).cloned()
}

/// An example in any case. A text with a pattern may not match it: `""` then stands for something to be filled in.
pub(crate) fn any(view: View<'_>) -> Value {
    let known = given(view)
        .or_else(|| view.keyword("default").cloned())
        .or_else(|| view.keyword("const").cloned())
        .or_else(|| view.keyword("enum").and_then(|words| words.get(0)).cloned());
    if let Some(known) = known {
        return known;
    }
    if view.is_struct() {
        let required = view.texts("required");
        let keys = view.properties().filter(|(key, _)| required.contains(key));
        return Value::Object(keys.map(|(key, property)| (key.to_owned(), any(property))).collect::<Map<_, _>>());
    }
    match view.types().first() {
        Some(&"integer" | &"number") => view.keyword("minimum").cloned().unwrap_or_else(|| json!(0)),
        Some(&"boolean") => json!(true),
        Some(&"array") => json!([]),
        Some(&"object") => json!({}),
        _ => json!(""),
    }
}
