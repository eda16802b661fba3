//! Where a finding points that is not about a value: at a key, or at the nearest thing that is written anywhere.
//!
//! Must not know what is wrong there.

use helmwright_diagnostics::Span;
use helmwright_yaml::PathSegment;

use crate::read::layers::Layers;

/// The place of the key at `path`, or of the item of a list, in the last file that has it.
pub(super) fn key(layers: &Layers, path: &[PathSegment]) -> Option<Span> {
    let (last, parent) = path.split_last()?;
    layers.files().rev().find_map(|file| {
        let node = file.node(path)?;
        match last {
            PathSegment::Index(_) => Some(node.span),
            PathSegment::Key(name) => file.node(parent)?.entry(name).map(|(key, _)| key.span),
        }
    })
}

/// The innermost key around `path` that some file has; else the start of the last file.
pub(super) fn around(layers: &Layers, path: &[PathSegment]) -> Option<Span> {
    let mut around = path;
    while let Some((_, parent)) = around.split_last() {
        around = parent;
        if let Some(span) = key(layers, around) {
            return Some(span);
        }
    }
    layers.start()
}
