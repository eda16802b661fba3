//! What of a values file no finding may show.
//!
//! Keys are shown: a fault has to be found. A file that is no YAML is hidden from the first key that may hold secrets to its
//! end, line by line behind the colon.

use helmwright_diagnostics::{SourceMap, Span};
use helmwright_yaml::{Node, NodeValue};
use serde_json::Value;

/// Which values may be secrets.
#[derive(Clone, Copy, Debug)]
pub struct Secrets {
    /// Keys from which on a file that is no YAML may hold them.
    pub keys: &'static [&'static str],
    /// Whether a file may hold one at a path: the file's values, and the keys that lead there. A list is one value.
    pub may_be: fn(&Value, &[&str]) -> bool,
}

impl Default for Secrets {
    /// None.
    fn default() -> Self {
        Self { keys: &[], may_be: |_, _| false }
    }
}

/// Hides the secrets of a file, which holds these values.
pub(super) fn hide(sources: &mut SourceMap, root: &Node, values: &Value, secrets: Secrets) {
    if !secrets.keys.is_empty() {
        Hiding { sources, values, secrets, path: Vec::new() }.node(root);
    }
}

struct Hiding<'a> {
    sources: &'a mut SourceMap,
    values: &'a Value,
    secrets: Secrets,
    path: Vec<&'a str>,
}

impl<'a> Hiding<'a> {
    fn node(&mut self, node: &'a Node) {
        match &node.value {
            NodeValue::Map(entries) => {
                for (key, entry) in entries.iter() {
                    self.path.push(&key.name);
                    self.node(entry);
                    self.path.pop();
                }
            }
            NodeValue::List(items) => items.iter().for_each(|item| self.node(item)),
            _ if (self.secrets.may_be)(self.values, &self.path) => self.sources.hide(node.span),
            _ => {}
        }
    }
}

/// Hides values in the text that was read last and that is no YAML.
pub(super) fn hide_in_last(sources: &mut SourceMap, secrets: Secrets) {
    let Some((id, source)) = sources.iter().last() else { return };
    let text = source.text();
    let Some(first) = secrets.keys.iter().filter_map(|key| text.find(key)).min() else { return };
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
