//! Whether a values schema still takes all values that an earlier one took.
//!
//! Compares keyword by keyword. Limit: two different patterns, formats or conditions cannot be compared, and count as
//! narrower; so do alternatives of which none of the new ones takes all that an old one took.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What an earlier schema took and this one may refuse, one sentence for each path; empty if nothing. Of a definition that
/// contains itself the first level is told.
#[must_use]
pub fn narrowings(earlier: &Value, now: &Value) -> Vec<String> {
    let mut comparison = Comparison { earlier, now, found: Vec::new(), open: Vec::new(), sound: BTreeSet::new() };
    comparison.compare("", earlier, now);
    comparison.found
}

struct Comparison<'a> {
    earlier: &'a Value,
    now: &'a Value,
    found: Vec<String>,
    /// Pairs of definitions that are being compared: schemas may contain themselves.
    open: Vec<(String, String)>,
    /// Pairs of which nothing is to be told.
    sound: BTreeSet<(String, String)>,
}

/// Keywords whose larger number takes less, and those whose smaller number does.
const LOWER_BOUNDS: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const UPPER_BOUNDS: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
/// The mark of a key that is refused because it has another name.
pub(crate) const RENAMED_TO: &str = "x-renamed-to";
/// Keywords that are compared as they stand.
const OPAQUE: [&str; 10] = [
    "pattern",
    "format",
    "multipleOf",
    "uniqueItems",
    "not",
    "if",
    "then",
    "else",
    "dependencies",
    "patternProperties",
];

impl Comparison<'_> {
    fn compare(&mut self, path: &str, earlier: &Value, now: &Value) {
        if earlier == now && reference(earlier).is_none() && !earlier.to_string().contains("\"$ref\"") {
            return;
        }
        let pair = reference(earlier).zip(reference(now)).map(|(a, b)| (a.to_owned(), b.to_owned()));
        let Some(pair) = pair else { return self.contents(path, earlier, now) };
        if self.open.contains(&pair) || self.sound.contains(&pair) {
            return;
        }
        let before = self.found.len();
        self.open.push(pair.clone());
        self.contents(path, earlier, now);
        self.open.pop();
        if self.found.len() == before {
            self.sound.insert(pair);
        }
    }

    fn contents(&mut self, path: &str, earlier: &Value, now: &Value) {
        let (earlier, now) = (flattened(earlier, self.earlier), flattened(now, self.now));
        if let (Some(name), None) = (now.get(RENAMED_TO).and_then(Value::as_str), earlier.get(RENAMED_TO)) {
            return self.say(path, &format!("is called {name} now"));
        }
        if now.get("").is_some() && earlier.get("").is_none() {
            return self.say(path, "takes no value any more");
        }
        self.scalars(path, &earlier, &now);
        self.alternatives(path, &earlier, &now);
        self.members(path, &earlier, &now);
        for keyword in ["items", "propertyNames"] {
            match (earlier.get(keyword), now.get(keyword)) {
                (Some(a), Some(b)) => self.compare(&format!("{path}[]"), a, b),
                (None, Some(b)) if *b != Value::Bool(true) => self.say(path, &format!("has {keyword} of one kind now")),
                _ => {}
            }
        }
    }

    fn say(&mut self, path: &str, what: &str) {
        let place = if path.is_empty() { "the values" } else { path };
        self.found.push(format!("{place} {what}"));
    }

    fn scalars(&mut self, path: &str, earlier: &Map<String, Value>, now: &Map<String, Value>) {
        if let Some(types) = now.get("type") {
            let takes = |kind: &str| {
                let known = names(types);
                known.iter().any(|known| known == kind || (known == "number" && kind == "integer"))
            };
            match earlier.get("type") {
                Some(before) if names(before).iter().all(|kind| takes(kind)) => {}
                Some(before) => self.say(path, &format!("was {before} and is {types}")),
                None if earlier.contains_key("enum") || earlier.contains_key("const") => {}
                None => self.say(path, &format!("is {types} now")),
            }
        }
        if let Some(allowed) = choices(now) {
            match choices(earlier) {
                Some(before) => {
                    for gone in before.iter().filter(|value| !allowed.contains(value)) {
                        self.say(path, &format!("no longer takes {gone}"));
                    }
                }
                None => self.say(path, "takes a few choices only now"),
            }
        }
        let number = |map: &Map<String, Value>, keyword: &str| map.get(keyword).and_then(Value::as_f64);
        for (keywords, sign) in [(LOWER_BOUNDS, 1.0), (UPPER_BOUNDS, -1.0)] {
            for keyword in keywords {
                let Some(bound) = number(now, keyword) else { continue };
                // A length or count is at least 0 anyway.
                let before =
                    number(earlier, keyword).or((keyword.starts_with("min") && keyword != "minimum").then_some(0.0));
                if before.is_none_or(|before| bound * sign > before * sign) {
                    self.say(path, &format!("has the {keyword} {bound} now"));
                }
            }
        }
        for keyword in OPAQUE {
            if now.contains_key(keyword) && now.get(keyword) != earlier.get(keyword) {
                self.say(path, &format!("has another {keyword}"));
            }
        }
    }

    fn alternatives(&mut self, path: &str, earlier: &Map<String, Value>, now: &Map<String, Value>) {
        for keyword in ["anyOf", "oneOf"] {
            let Some(Value::Array(alternatives)) = now.get(keyword) else { continue };
            let Some(Value::Array(before)) = earlier.get(keyword) else {
                self.say(path, &format!("has {keyword} now"));
                continue;
            };
            for old in before {
                let takes = |new: &Value| {
                    let mut inner = Comparison {
                        earlier: self.earlier,
                        now: self.now,
                        found: Vec::new(),
                        open: self.open.clone(),
                        sound: BTreeSet::new(),
                    };
                    inner.compare(path, old, new);
                    inner.found.is_empty()
                };
                if !alternatives.iter().any(takes) {
                    self.say(path, &format!("no longer takes one of {keyword}"));
                }
            }
        }
    }

    fn members(&mut self, path: &str, earlier: &Map<String, Value>, now: &Map<String, Value>) {
        let required = |map: &Map<String, Value>| map.get("required").map(names).unwrap_or_default();
        let before = required(earlier);
        for name in required(now).iter().filter(|name| !before.contains(name)) {
            self.say(&join(path, name), "must be set now");
        }
        let empty = Map::new();
        let properties = |map: &'_ Map<String, Value>| map.get("properties").and_then(Value::as_object).cloned();
        let (old, new) = (properties(earlier), properties(now));
        let (old, new) = (old.as_ref().unwrap_or(&empty), new.as_ref().unwrap_or(&empty));
        let others = now.get("additionalProperties");
        for (name, schema) in old {
            match (new.get(name), others) {
                (Some(counterpart), _) => self.compare(&join(path, name), schema, counterpart),
                (None, Some(Value::Bool(false))) => self.say(&join(path, name), "is gone"),
                (None, Some(counterpart)) => self.compare(&join(path, name), schema, counterpart),
                (None, None) => {}
            }
        }
        let before = earlier.get("additionalProperties").unwrap_or(&Value::Bool(true));
        let is_object = earlier.get("type").is_none_or(|kind| names(kind).iter().any(|kind| kind == "object"));
        if *before == Value::Bool(false) || !is_object {
            return;
        }
        for (name, schema) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            self.compare(&join(path, name), before, schema);
        }
        match others {
            Some(Value::Bool(false)) => self.say(path, "takes no further keys now"),
            Some(others) => self.compare(&join(path, "*"), before, others),
            None => {}
        }
    }
}

pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

pub(crate) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref").or_else(|| schema.get("allOf")?.get(0)?.get("$ref"))?.as_str()
}

/// A keyword's text or list of texts.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.clone()],
        Value::Array(list) => list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

fn choices(map: &Map<String, Value>) -> Option<Vec<Value>> {
    match (map.get("enum"), map.get("const")) {
        (Some(Value::Array(list)), _) => Some(list.clone()),
        (_, Some(value)) => Some(vec![value.clone()]),
        _ => None,
    }
}

/// A schema with what `$ref` and `allOf` bring, in one map. A schema that takes nothing has the key `""`.
fn flattened(schema: &Value, root: &Value) -> Map<String, Value> {
    let mut all = Map::new();
    let mut pending = vec![schema.clone()];
    // A definition that refers to itself alone would never end.
    for _ in 0..64 {
        let Some(schema) = pending.pop() else { break };
        match schema {
            Value::Bool(false) => {
                all.insert(String::new(), Value::Bool(false));
            }
            Value::Object(map) => {
                for (keyword, value) in map {
                    match (keyword.as_str(), &value) {
                        ("$ref", Value::String(pointer)) => {
                            pending.extend(root.pointer(pointer.trim_start_matches('#')).cloned());
                        }
                        ("allOf", Value::Array(parts)) => pending.extend(parts.iter().cloned()),
                        _ => {
                            all.entry(keyword).or_insert(value);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(earlier: &Value, now: &Value) -> Vec<String> {
        let schema = |value: &Value| {
            json!({
                "type": "object", "additionalProperties": false, "properties": { "value": value },
                "definitions": { "Port": { "type": "integer", "minimum": 1, "maximum": 65535 } }
            })
        };
        narrowings(&schema(earlier), &schema(now))
    }

    #[test]
    fn what_takes_less_is_told() {
        let port = json!({ "allOf": [{ "$ref": "#/definitions/Port" }], "description": "A port." });
        for (earlier, now, expected) in [
            (json!({ "type": "number" }), json!({ "type": "integer" }), r#"value was "number" and is "integer""#),
            (
                json!({ "type": "integer", "minimum": 1 }),
                json!({ "type": "integer", "minimum": 2 }),
                "value has the minimum 2 now",
            ),
            (json!({ "type": "integer" }), port, "value has the minimum 1 now"),
            (json!({ "enum": ["a", "b"] }), json!({ "enum": ["a"] }), r#"value no longer takes "b""#),
            (json!({ "type": "string" }), json!({ "type": "string", "pattern": "^a" }), "value has another pattern"),
            (json!({ "type": "string" }), json!({ "type": "string", "minLength": 1 }), "value has the minLength 1 now"),
            (json!({ "type": "object" }), json!({ "type": "object", "required": ["a"] }), "value.a must be set now"),
            (
                json!({ "type": "object" }),
                json!({ "type": "object", "additionalProperties": false }),
                "value takes no further keys now",
            ),
            (
                json!({ "type": "object", "additionalProperties": false, "properties": { "a": {} } }),
                json!({ "type": "object", "additionalProperties": false, "properties": { "b": {} } }),
                "value.a is gone",
            ),
            (
                json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
                json!({ "anyOf": [{ "type": "string" }] }),
                "value no longer takes one of anyOf",
            ),
            (
                json!({ "type": "array" }),
                json!({ "type": "array", "items": { "type": "string" } }),
                "value has items of one kind now",
            ),
        ] {
            let found = told(&earlier, &now);
            assert!(found.iter().any(|line| line == expected), "{earlier} -> {now}: {found:?}");
            // What takes less one way round takes more the other way round.
            assert!(told(&now, &now).is_empty(), "{now}");
        }
    }

    #[test]
    fn a_shared_definition_is_told_at_each_path() {
        let schema = |least: u32| {
            let port = json!({ "$ref": "#/definitions/Port" });
            json!({
                "properties": { "a": port, "b": { "properties": { "c": port } }, "same": { "$ref": "#/definitions/List" } },
                "definitions": {
                    "Port": { "type": "integer", "minimum": least },
                    "List": { "properties": { "next": { "$ref": "#/definitions/List" } } },
                },
            })
        };
        assert_eq!(narrowings(&schema(1), &schema(2)), ["a has the minimum 2 now", "b.c has the minimum 2 now"]);
        assert!(narrowings(&schema(2), &schema(1)).is_empty());
    }

    #[test]
    fn a_key_that_is_refused_for_its_new_name_is_told_so() {
        let renamed = json!({ "x-renamed-to": "other", "const": "renamed to other", "maxLength": 0 });
        assert_eq!(told(&json!({ "type": "integer" }), &renamed), ["value is called other now"]);
        assert!(told(&renamed, &renamed).is_empty());
    }

    #[test]
    fn what_takes_more_is_fine() {
        for (earlier, now) in [
            (json!({ "type": "integer", "maximum": 3 }), json!({ "type": ["number", "null"], "maximum": 4 })),
            (json!({ "enum": ["a"] }), json!({ "enum": ["b", "a"] })),
            (json!({ "type": "object", "required": ["a"] }), json!({ "type": "object" })),
            (
                json!({ "type": "object", "additionalProperties": false, "properties": { "a": { "type": "string" } } }),
                json!({ "type": "object", "additionalProperties": false, "properties": { "a": { "type": "string" }, "b": { "type": "integer" } } }),
            ),
            (
                json!({ "anyOf": [{ "type": "string" }] }),
                json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }] }),
            ),
            (
                json!({ "type": "string", "description": "One." }),
                json!({ "type": "string", "description": "Another." }),
            ),
        ] {
            assert_eq!(told(&earlier, &now), Vec::<String>::new(), "{earlier} -> {now}");
        }
    }
}
