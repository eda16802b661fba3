//! One values file, read.

use helmwright_diagnostics::{Findings, SourceMap};
use helmwright_yaml::{Document, Node, NodeValue, PathSegment, read_bytes};
use serde_json::Value;

/// One values file: its tree with places, and the same as JSON.
#[derive(Clone, Debug)]
pub struct ValuesFile {
    document: Document,
    value: Value,
}

impl ValuesFile {
    /// Reads a file's bytes; `name` is what findings show. A `null` is accepted here and refused by the
    /// [`Reader`](super::Reader), which can say what the key's default is.
    ///
    /// # Errors
    ///
    /// What the YAML reader refuses, all at once: see [`helmwright_yaml::RULES`].
    pub fn read(sources: &mut SourceMap, name: &str, bytes: &[u8]) -> Result<Self, Findings> {
        read_bytes(sources, name, bytes).map(Self::of)
    }

    pub(super) fn of(document: Document) -> Self {
        let value = document.root.to_json();
        Self { document, value }
    }

    /// The tree with places.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The file's values.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The values without the keys that are `null`.
    pub(super) fn value_without_nulls(&self) -> Value {
        let mut value = self.value.clone();
        remove_null_keys(&mut value);
        value
    }

    /// The node at a path, if it holds anything.
    pub(super) fn node(&self, path: &[PathSegment]) -> Option<&Node> {
        self.document.root.at(path).filter(|node| node.value != NodeValue::Null)
    }

    /// Whether a `null` stands anywhere.
    pub(super) fn has_nulls(&self) -> bool {
        has_nulls(&self.value)
    }
}

fn has_nulls(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_nulls),
        Value::Object(entries) => entries.values().any(has_nulls),
        _ => false,
    }
}

/// A `null` in a list stays: without it the items after it would change their places.
fn remove_null_keys(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|_, entry| !entry.is_null());
            entries.values_mut().for_each(remove_null_keys);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_null_keys),
        _ => {}
    }
}
