//! Former names of keys in the schema: Helm shows nothing but a schema's own words, so the words say what to do.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::view::reference;
use crate::values::{Renamed, Renames};

/// Puts the former name of each renamed key beside its name of today, as a key that no value fits. Validators print its
/// `const`, which names the new key and the advice; without it they would call the key unknown.
///
/// Nothing is put where the schema does not have the name of today.
pub fn add_renames(schema: &mut Value, renames: &Renames) {
    for renamed in renames.keys {
        for pointer in holders(schema, renamed) {
            let Some(Value::Object(properties)) = schema.pointer_mut(&format!("{pointer}/properties")) else {
                continue;
            };
            if properties.contains_key(renamed.to) {
                properties.insert(renamed.from.to_owned(), former(renamed, renames.advice));
            }
        }
    }
}

fn former(Renamed { to, since, .. }: &Renamed, advice: &str) -> Value {
    json!({
        "description": format!("Renamed to {to} in {since}."),
        "x-renamed-to": to,
        "const": format!("renamed to {to} in {since}; {advice}"),
        // The text above is no value either.
        "maxLength": 0,
    })
}

/// The pointers of the structs that may hold the key.
fn holders(schema: &Value, renamed: &Renamed) -> BTreeSet<String> {
    let mut pointers = BTreeSet::from([target(schema, String::new())]);
    for step in renamed.within {
        let below = |pointer: &String| -> Vec<String> {
            let Some(node) = schema.pointer(pointer) else { return Vec::new() };
            let properties = node.get("properties").and_then(Value::as_object);
            let names: Vec<&String> = properties.into_iter().flat_map(|properties| properties.keys()).collect();
            let own = names.into_iter().filter(|name| *step == "*" || name == step);
            let mut found: Vec<String> = own.map(|name| format!("{pointer}/properties/{name}")).collect();
            if found.is_empty() && node.get("additionalProperties").is_some_and(Value::is_object) {
                found.push(format!("{pointer}/additionalProperties"));
            }
            found
        };
        pointers = pointers.iter().flat_map(below).map(|pointer| target(schema, pointer)).collect();
    }
    pointers
}

/// Where the references that begin at a pointer end.
fn target(schema: &Value, mut pointer: String) -> String {
    // Our schemas have no cycle of bare references; the bound is for others.
    for _ in 0..16 {
        let Some(next) = schema.pointer(&pointer).and_then(reference) else { break };
        pointer = next.to_owned();
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    const RENAMES: Renames = Renames {
        keys: &[Renamed { within: &["groups", "*", "*"], from: "old", to: "new", since: "2.0.0" }],
        advice: "rename it",
    };

    #[test]
    fn the_former_name_stands_beside_the_new_one_and_takes_nothing() {
        let mut schema = json!({
            "properties": { "groups": { "type": "object", "additionalProperties": { "$ref": "#/definitions/Group" } } },
            "definitions": {
                "Group": { "properties": {
                    "a": { "description": "a", "allOf": [{ "$ref": "#/definitions/A" }] },
                    "b": { "properties": { "other": {} }, "additionalProperties": false },
                } },
                "A": { "properties": { "new": { "type": "integer" } }, "additionalProperties": false },
            },
        });
        add_renames(&mut schema, &RENAMES);
        let former = &schema["definitions"]["A"]["properties"]["old"];
        assert_eq!(former["const"], "renamed to new in 2.0.0; rename it");
        assert!(schema["definitions"]["Group"]["properties"]["b"]["properties"].get("old").is_none());
        let validator = jsonschema::draft7::new(&schema).unwrap();
        let takes = |old: &Value| validator.is_valid(&json!({ "groups": { "main": { "a": { "old": old } } } }));
        for value in [json!(1), json!(""), json!({}), json!([]), json!(null), former["const"].clone()] {
            assert!(!takes(&value), "{value}");
        }
        assert!(validator.is_valid(&json!({ "groups": { "main": { "a": { "new": 1 } } } })));
    }
}
