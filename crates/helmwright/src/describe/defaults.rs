//! Default values as JSON, and in the schema.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::schema::in_order;
use super::view::View;

/// The default values: all of `values` but the keys that every user has to set. A `null` is left out, as Helm would.
///
/// # Errors
///
/// If `values` cannot be written as JSON, as a map with keys that are no strings cannot.
pub fn defaults<V: Serialize>(values: &V, required: &[&[&str]]) -> Result<Value, serde_json::Error> {
    let mut defaults = serde_json::to_value(values)?;
    drop_nulls(&mut defaults);
    for path in required {
        remove(&mut defaults, path);
    }
    Ok(defaults)
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|_, entry| !entry.is_null());
            entries.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

fn remove(value: &mut Value, path: &[&str]) {
    let Value::Object(entries) = value else { return };
    match path {
        [] => {}
        [last] => drop(entries.shift_remove(*last)),
        [first, rest @ ..] => {
            if let Some(entry) = entries.get_mut(*first) {
                remove(entry, rest);
            }
        }
    }
}

/// Puts the defaults into a schema: each key gets the `default` that it has in all places where its struct stands; a
/// struct whose keys differ from place to place gets its default as a whole, where it stands.
pub fn add_defaults(schema: &mut Value, defaults: &Value) {
    let mut found = Found::default();
    if let Value::Object(values) = defaults {
        found.visit(View::of(schema), "", values);
    }
    let chosen = found.chosen();
    for (pointer, default) in chosen {
        if let Some(Value::Object(node)) = schema.pointer_mut(&pointer) {
            node.insert("default".to_owned(), default);
            *node = in_order(std::mem::take(node));
        }
    }
}

/// One key of one struct: what it is in all places where the struct stands.
#[derive(Default)]
struct Key {
    /// What it has in each place; nothing where it has no default.
    values: Vec<Option<Value>>,
    /// The struct that it holds, if it holds one.
    holds: Option<String>,
}

impl Key {
    /// The default, if it is the same everywhere.
    fn common(&self) -> Option<&Value> {
        let first = self.values.first()?;
        if self.values.iter().all(|value| value == first) { first.as_ref() } else { None }
    }

    fn differs(&self) -> bool {
        self.values.iter().any(|value| Some(value) != self.values.first())
    }
}

/// The keys of each struct. A struct is named by the pointer of its definition.
#[derive(Default)]
struct Found {
    structs: BTreeMap<String, BTreeMap<String, Key>>,
}

impl Found {
    fn visit(&mut self, view: View<'_>, pointer: &str, values: &Map<String, Value>) {
        for (name, property) in view.properties() {
            let value = values.get(name);
            let below = if property.is_struct() { Some(place(property, pointer, name)) } else { None };
            let key = self.structs.entry(pointer.to_owned()).or_default().entry(name.to_owned()).or_default();
            key.values.push(value.cloned());
            key.holds.clone_from(&below);
            if let (Some(below), Some(Value::Object(values))) = (below, value) {
                self.visit(property, &below, values);
            }
        }
    }

    /// Whether keys of a struct still differ from place to place when those below have been told where they stand.
    fn varies(&self, pointer: &str) -> bool {
        self.structs.get(pointer).into_iter().flatten().any(|(_, key)| match &key.holds {
            Some(below) => self.varies(below) && key.differs(),
            None => key.differs(),
        })
    }

    /// Pointers of properties with their defaults.
    fn chosen(&self) -> Vec<(String, Value)> {
        let mut chosen = Vec::new();
        for (pointer, keys) in &self.structs {
            for (name, key) in keys {
                let told_below = key.holds.as_ref().is_some_and(|below| !self.varies(below));
                if let Some(default) = key.common().filter(|_| !told_below) {
                    chosen.push((format!("{pointer}/properties/{}", escaped(name)), default.clone()));
                }
            }
        }
        chosen
    }
}

fn place(property: View<'_>, parent: &str, name: &str) -> String {
    match property.definition() {
        Some(definition) => format!("/definitions/{}", escaped(definition)),
        None => format!("{parent}/properties/{}", escaped(name)),
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{add_defaults, defaults};

    #[test]
    fn required_keys_and_nulls_are_left_out() {
        let values = json!({ "a": { "b": 1, "c": null, "d": 2 }, "e": [null, { "f": null }], "g": "" });
        let found = defaults(&values, &[&["a", "b"], &["g"], &["x", "y"]]).unwrap();
        assert_eq!(found, json!({ "a": { "d": 2 }, "e": [null, {}] }));
    }

    #[test]
    fn a_default_stands_where_it_is_the_same_for_all() {
        let reference = |name: &str| json!({ "allOf": [{ "$ref": format!("#/definitions/{name}") }] });
        let mut schema = json!({
            "properties": { "a": reference("Port"), "b": reference("Port"), "c": { "type": "integer" } },
            "definitions": {
                "Port": { "properties": { "number": { "type": "integer" }, "scheme": { "type": "string" } } },
            },
        });
        add_defaults(
            &mut schema,
            &json!({ "a": { "number": 1, "scheme": "x" }, "b": { "number": 2, "scheme": "x" }, "c": 3 }),
        );
        let at = |pointer: &str| schema.pointer(pointer).cloned();
        assert_eq!(at("/properties/a/default"), Some(json!({ "number": 1, "scheme": "x" })));
        assert_eq!(at("/properties/c/default"), Some(json!(3)));
        assert_eq!(at("/definitions/Port/properties/number/default"), None);
        assert_eq!(at("/definitions/Port/properties/scheme/default"), Some(json!("x")));
    }
}
