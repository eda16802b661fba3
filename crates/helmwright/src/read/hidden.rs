//! What of a values file no finding may show.
//!
//! Keys are shown: a fault has to be found. A file that is no YAML is hidden from the first key that may hold secrets to its
//! end, line by line behind the colon; of one that is, however much of it is refused, only the secrets are.

use helmwright_diagnostics::{SourceMap, Span};
use helmwright_yaml::{Key, Node, NodeValue};
use serde_json::Value;

/// Which values may be secrets.
#[derive(Clone, Copy, Debug)]
pub struct Secrets {
    /// Whether a file that is no YAML may hold them from this key on.
    pub may_follow: fn(&str) -> bool,
    /// Whether a file may hold one at a path: the file's values, and the keys that lead there. A list is one value.
    pub may_be: fn(&Value, &[&str]) -> bool,
}

impl Default for Secrets {
    /// None.
    fn default() -> Self {
        Self { may_follow: |_| false, may_be: |_, _| false }
    }
}

/// Hides the secrets of a file, which holds these values.
pub(super) fn hide(sources: &mut SourceMap, root: &Node, values: &Value, secrets: Secrets) {
    Hiding { sources, values, secrets, path: Vec::new() }.node(root, false);
}

struct Hiding<'a> {
    sources: &'a mut SourceMap,
    values: &'a Value,
    secrets: Secrets,
    path: Vec<&'a str>,
}

impl<'a> Hiding<'a> {
    /// Hides what stands between a key's colon and its value: an anchor, a tag.
    fn before(&mut self, key: &Key, entry: &Node) {
        let Span { source, start, .. } = entry.span;
        let Some(between) = self.sources.text(source).get(key.span.end..start) else { return };
        let colon = between.find(':').map_or(0, |colon| colon + 1);
        let written = between[colon..].trim();
        if !written.is_empty() {
            let start = key.span.end + colon + (between[colon..].len() - between[colon..].trim_start().len());
            self.sources.hide(Span::new(source, start, start + written.len()));
        }
    }

    /// Hides what stands in a node; `is_secret` for one whose own path may be that of a secret.
    fn node(&mut self, node: &'a Node, is_secret: bool) {
        match &node.value {
            NodeValue::Map(entries) => {
                for (key, entry) in entries.iter() {
                    self.path.push(&key.name);
                    let is_secret = (self.secrets.may_be)(self.values, &self.path);
                    if is_secret {
                        self.before(key, entry);
                    }
                    self.node(entry, is_secret);
                    self.path.pop();
                }
            }
            NodeValue::List(items) => items.iter().for_each(|item| self.node(item, is_secret)),
            _ if is_secret => self.sources.hide(node.span),
            _ => {}
        }
    }
}

/// Hides values in the text that was read last and that is no YAML.
pub(super) fn hide_in_last(sources: &mut SourceMap, secrets: Secrets) {
    let Some((id, source)) = sources.iter().last() else { return };
    let text = source.text();
    let is_in_key = |character: char| character.is_alphanumeric() || "._-".contains(character);
    let leads_to_secrets = |line: &str| {
        !line.trim_start().starts_with('#') && line.split(|character| !is_in_key(character)).any(secrets.may_follow)
    };
    let (mut spans, mut next, mut is_hidden) = (Vec::new(), 0, false);
    for line in text.split_inclusive('\n') {
        let start = next;
        next += line.len();
        is_hidden |= leads_to_secrets(line);
        if is_hidden {
            let value = line.find(':').map_or(0, |colon| colon + 1);
            let value = value + (line[value..].len() - line[value..].trim_start().len());
            spans.push(Span::new(id, start + value, start + line.trim_end().len()));
        }
    }
    spans.into_iter().for_each(|span| sources.hide(span));
}
