//! One values file, read.

use helmwright_diagnostics::{Findings, SourceMap};
use helmwright_yaml::{Document, read_bytes};
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
        let document = read_bytes(sources, name, bytes)?;
        let value = document.root.to_json();
        Ok(Self { document, value })
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
}
