//! What a schema allows, in words.
//!
//! Must not know where the words are shown.

use serde_json::Value;

use super::view::View;

/// The type in a few words: `integer`, `list of strings`, `one of INFO, DEBUG`.
pub(crate) fn type_words(view: View<'_>) -> String {
    if let Some(words) = choices(view) {
        return match words.as_slice() {
            [only] => only.clone(),
            words => format!("one of {}", words.join(", ")),
        };
    }
    if view.is_struct() {
        return name(view);
    }
    match view.types().as_slice() {
        ["array"] => format!("list of {}", plural(view.items())),
        ["object"] => format!("map of {}", plural(view.entries())),
        [] => "any value".to_owned(),
        types => types.join(" or "),
    }
}

fn plural(view: Option<View<'_>>) -> String {
    match view {
        None => "any values".to_owned(),
        Some(view) if view.is_struct() => name(view),
        Some(view) => match view.types().as_slice() {
            ["array"] => "lists".to_owned(),
            ["object"] => "maps".to_owned(),
            [one] => format!("{one}s"),
            _ => "values".to_owned(),
        },
    }
}

/// The name of a struct. The partial form has the name of the whole.
pub(crate) fn name(view: View<'_>) -> String {
    let name = view.definition().unwrap_or("map");
    name.strip_suffix("Partial").unwrap_or(name).trim_start_matches("k8s.").to_owned()
}

/// Whether every key of the struct may be absent, since a layer below gives it.
pub(crate) fn is_partial(view: View<'_>) -> bool {
    view.is_struct() && view.definition().is_some_and(|name| name.ends_with("Partial"))
}

/// The only values that are allowed, if they are counted.
pub(crate) fn choices(view: View<'_>) -> Option<Vec<String>> {
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match (view.keyword("const"), view.keyword("enum")) {
        (Some(only), _) => Some(vec![shown(only)]),
        (None, Some(Value::Array(words))) => Some(words.iter().map(shown).collect()),
        _ => None,
    }
}

/// What a value has to be, to follow `expected`: `an integer from 1 to 1000`, `a quantity such as "2Gi"`.
pub(crate) fn expected(view: View<'_>) -> String {
    if let Some(words) = view.text("x-expected") {
        return words.to_owned();
    }
    if let Some(words) = choices(view) {
        return alternatives(&words);
    }
    let types = view.types();
    if types.is_empty() {
        return "any value but null".to_owned();
    }
    let types = types.into_iter().map(|one| match one {
        "integer" => format!("an integer{}", range(view)),
        "number" => format!("a number{}", range(view)),
        "boolean" => "true or false".to_owned(),
        "string" if view.keyword("minLength").is_some_and(|length| length != 0) => {
            "a string that is not empty".to_owned()
        }
        "string" => "a string".to_owned(),
        "array" => "a list".to_owned(),
        "object" => "a map".to_owned(),
        other => other.to_owned(),
    });
    types.collect::<Vec<_>>().join(" or ")
}

/// What the type allows beyond its name; empty if that says everything.
pub(crate) fn constraint(view: View<'_>) -> String {
    if let Some(words) = view.text("x-expected") {
        return words.to_owned();
    }
    match view.types().as_slice() {
        ["integer" | "number"] => range(view).trim_start().to_owned(),
        ["array"] => view.items().map(|items| part("each", constraint(items))).unwrap_or_default(),
        ["object"] if !view.is_struct() => {
            let keys = part("keys", view.keys().map(constraint).unwrap_or_default());
            let entries = part("values", view.entries().map(constraint).unwrap_or_default());
            let most = view.keyword("maxProperties").map(|most| format!("at most {most}")).unwrap_or_default();
            [most, keys, entries].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
        }
        _ => String::new(),
    }
}

fn part(which: &str, constraint: String) -> String {
    if constraint.is_empty() { constraint } else { format!("{which}: {constraint}") }
}

fn range(view: View<'_>) -> String {
    let bound = |name| view.keyword(name).filter(|bound| !is_limit_of_numbers(bound)).map(Value::to_string);
    match (bound("minimum"), bound("maximum")) {
        (Some(minimum), Some(maximum)) => format!(" from {minimum} to {maximum}"),
        (Some(minimum), None) => format!(" from {minimum}"),
        (None, Some(maximum)) => format!(" up to {maximum}"),
        (None, None) => String::new(),
    }
}

/// Bounds that say nothing but how wide a number may be.
fn is_limit_of_numbers(bound: &Value) -> bool {
    bound.as_i64().is_some_and(|bound| bound.unsigned_abs() >= (1 << 53) - 1)
        || bound.as_u64().is_some_and(|bound| bound > 1 << 53)
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn alternatives(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{constraint, expected, type_words};
    use crate::describe::view::View;

    #[test]
    fn types_in_words() {
        let says = |schema: serde_json::Value| {
            let view = View::of(&schema);
            format!("{} | {} | {}", type_words(view), expected(view), constraint(view))
        };
        let port = json!({ "type": "integer", "minimum": 1, "maximum": 65535 });
        assert_eq!(says(port), "integer | an integer from 1 to 65535 | from 1 to 65535");
        assert_eq!(says(json!({ "type": "integer", "minimum": i64::MIN })), "integer | an integer | ");
        assert_eq!(says(json!({ "type": "boolean", "const": true })), "true | true | ");
        assert_eq!(says(json!({ "enum": ["a", "b", "c"] })), "one of a, b, c | a, b or c | ");
        let names = json!({ "type": "array", "items": { "type": "string", "x-expected": "a name" } });
        assert_eq!(says(names), "list of strings | a list | each: a name");
        let map = json!({
            "type": "object", "propertyNames": { "x-expected": "a key" }, "additionalProperties": { "type": "string" },
        });
        assert_eq!(says(map), "map of strings | a map | keys: a key");
        assert_eq!(says(json!({ "type": ["integer", "string"] })), "integer or string | an integer or a string | ");
        assert_eq!(says(json!({})), "any value | any value but null | ");
    }
}
