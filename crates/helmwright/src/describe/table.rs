//! The reference of all values, as rows and as a Markdown table.

use serde_json::Value;

/// One key of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where the key stands: `cassandra.port`. The name of a map's entry is `<name>`.
    pub path: String,
    /// What it holds, in words: `integer`, `list of strings`, `one of INFO, DEBUG`.
    pub type_: String,
    /// What the type allows, in words; empty if everything.
    pub expected: String,
    /// Its default; absent for what every user has to set and for keys of map entries.
    pub default: Option<Value>,
    /// Its description, paragraphs separated by an empty line.
    pub description: String,
    /// Rows of the requirements inventory that it comes from.
    pub seed: Vec<String>,
}

/// A row for each key that is no struct, in the order of the schema.
#[must_use]
pub fn table(schema: &Value, defaults: &Value) -> Vec<Row> {
    let _ = (schema, defaults);
    Vec::new()
}

/// The rows as a Markdown table: key, type, default, description.
#[must_use]
pub fn markdown_table(rows: &[Row]) -> String {
    let _ = rows;
    String::new()
}
