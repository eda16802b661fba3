//! Where a finding points: a value, a key, or the nearest thing that is written anywhere.
//!
//! Must not know what is wrong there.

use helmwright_diagnostics::{Finding, Span};
use helmwright_yaml::PathSegment;

use super::layers::Layers;

/// A place in the values files, or none.
pub(super) enum Place {
    /// In a file.
    At(Span),
    /// No file sets the value: the chart's defaults do.
    Default,
    /// There is no file.
    Nowhere,
}

impl Place {
    /// The value at `path`.
    pub(super) fn of_value(layers: &Layers, path: &[PathSegment]) -> Self {
        layers.node(path).map_or(Self::Default, |node| Self::At(node.span))
    }

    /// The key at `path`.
    pub(super) fn of_key(layers: &Layers, path: &[PathSegment]) -> Self {
        layers.key(path).map_or(Self::Default, Self::At)
    }

    /// The innermost key around `path` that some file has; else the start of the last file.
    pub(super) fn around(layers: &Layers, path: &[PathSegment]) -> Self {
        let mut around = path;
        while let Some((_, parent)) = around.split_last() {
            around = parent;
            if let Some(span) = layers.key(around) {
                return Self::At(span);
            }
        }
        let last = layers.files().next_back();
        last.map_or(Self::Nowhere, |file| Self::At(Span::new(file.document().source, 0, 0)))
    }

    /// Puts the place into a finding.
    pub(super) fn mark(self, finding: Finding, label: impl Into<String>) -> Finding {
        match self {
            Self::At(span) => finding.at(span, label),
            Self::Default => finding.note("the chart's defaults set this value"),
            Self::Nowhere => finding,
        }
    }
}
