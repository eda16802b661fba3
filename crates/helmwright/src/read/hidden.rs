//! Which parts of a values file no finding may show: all values below the keys of the root that hold secrets.
//!
//! Keys are shown: a fault has to be found. A file that is no YAML is hidden from the first such key to its end, line by line
//! behind the colon.

use helmwright_diagnostics::{SourceMap, Span};
use helmwright_yaml::{Node, NodeValue};

/// The paths of secrets.
type SecretPaths = [&'static [&'static str]];

/// Hides what stands below the first keys of these paths.
pub(super) fn hide(sources: &mut SourceMap, root: &Node, paths: &SecretPaths) {
    for (_, node) in first_keys(paths).filter_map(|key| root.entry(key)) {
        hide_scalars(sources, node);
    }
}

fn first_keys(paths: &SecretPaths) -> impl Iterator<Item = &'static str> {
    paths.iter().filter_map(|path| path.first().copied())
}

fn hide_scalars(sources: &mut SourceMap, node: &Node) {
    match &node.value {
        NodeValue::List(items) => items.iter().for_each(|item| hide_scalars(sources, item)),
        NodeValue::Map(entries) => entries.iter().for_each(|(_, entry)| hide_scalars(sources, entry)),
        _ => sources.hide(node.span),
    }
}

/// Hides values in the text that was read last and that is no YAML.
pub(super) fn hide_in_last(sources: &mut SourceMap, paths: &SecretPaths) {
    let Some((id, source)) = sources.iter().last() else { return };
    let text = source.text();
    let Some(first) = first_keys(paths).filter_map(|key| text.find(key)).min() else { return };
    let mut spans = Vec::new();
    let mut start = text[..first].rfind('\n').map_or(0, |line_break| line_break + 1);
    for line in text[start..].split_inclusive('\n') {
        let value = line.find(':').map_or(0, |colon| colon + 1);
        let value = value + (line[value..].len() - line[value..].trim_start().len());
        spans.push(Span::new(id, start + value, start + line.trim_end().len()));
        start += line.len();
    }
    spans.into_iter().for_each(|span| sources.hide(span));
}
