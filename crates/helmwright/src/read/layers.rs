//! Several values files, one over the other: what they give together, and which of them set a value.
//!
//! Must not know the type of the values.

use std::sync::Arc;

use helmwright_diagnostics::{Finding, Span};
use helmwright_yaml::{Node, PathSegment};
use serde_json::{Map, Value};

use super::file::ValuesFile;
use crate::values::merge::{coalesce, layer};

/// Who set a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A values file; the span is the value's, in the last file that sets it.
    File(Span),
    /// The chart's defaults.
    Default,
}

/// Values files in order: the last one wins.
#[derive(Clone, Debug)]
pub(super) struct Layers {
    files: Vec<Arc<ValuesFile>>,
}

impl Layers {
    pub(super) fn new(files: &[Arc<ValuesFile>]) -> Self {
        Self { files: files.to_vec() }
    }

    pub(super) fn files(&self) -> impl DoubleEndedIterator<Item = &ValuesFile> {
        self.files.iter().map(Arc::as_ref)
    }

    /// The values over the chart's defaults, as Helm merges them.
    pub(super) fn merged(&self, defaults: &Value) -> Value {
        match self.files.as_slice() {
            [] => coalesce(defaults, &Value::Object(Map::new())),
            [only] => coalesce(defaults, only.value()),
            [first, rest @ ..] => {
                let mut user = first.value().clone();
                rest.iter().for_each(|file| layer(&mut user, file.value()));
                coalesce(defaults, &user)
            }
        }
    }

    /// The same as if no file had a key that is `null`.
    pub(super) fn merged_without_nulls(&self, defaults: &Value) -> Value {
        let mut user = Value::Object(Map::new());
        self.files.iter().for_each(|file| layer(&mut user, &file.value_without_nulls()));
        coalesce(defaults, &user)
    }

    /// The node that set what stands at `path`: for a map, the last one of those that were merged.
    pub(super) fn node(&self, path: &[PathSegment]) -> Option<&Node> {
        self.files().rev().find_map(|file| file.node(path))
    }

    /// The start of the last file, where findings point that are about no single value.
    pub(super) fn start(&self) -> Option<Span> {
        self.files().next_back().map(|file| Span::new(file.document().source, 0, 0))
    }

    pub(super) fn origin(&self, path: &[PathSegment]) -> Origin {
        self.node(path).map_or(Origin::Default, |node| Origin::File(node.span))
    }

    /// Puts into a finding who set the value at `path`.
    pub(super) fn mark(&self, path: &[PathSegment], finding: Finding, label: impl Into<String>) -> Finding {
        match self.origin(path) {
            Origin::File(span) => finding.at(span, label),
            Origin::Default => finding.note("the chart's defaults set this value"),
        }
    }
}
