//! Renaming keys in the text of a values file: everything else stays as it is, byte for byte.
//!
//! Must not know how files are found or written.

use std::collections::BTreeMap;

use helmwright_diagnostics::{Finding, Findings, SourceMap, Span};
use helmwright_yaml::{Document, Key, NodeValue, PathSegment, display_path};

use super::rules;
use crate::values::Renamed;

/// A values file with the names of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// The keys that were renamed, in the order of the file.
    pub keys: Vec<RenamedKey>,
    /// Whether the reader takes the rest of the YAML. What it refuses may hold further keys.
    pub is_readable: bool,
}

/// A key that was renamed in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenamedKey {
    /// Its path, with its former name.
    pub path: String,
    /// What became of it.
    pub renamed: Renamed,
    /// The line that it stands in, from 1.
    pub line: usize,
}

/// Renames the keys of a document that was read from `bytes`; `others` are the findings of reading.
pub(super) fn migrate(
    sources: &SourceMap,
    document: &Document,
    bytes: &[u8],
    others: &Findings,
    renamed: &[Renamed],
) -> Result<Migrated, Findings> {
    let sights = sights(document, renamed);
    let mut findings: Findings = sights.values().filter_map(Sight::obstacle).collect();
    if !findings.is_empty() {
        findings.sort(sources);
        return Err(findings);
    }
    let text = sources.text(document.source);
    // The mark at the start of a file is no part of the text.
    let mark = bytes.len() - text.len();
    let (mut migrated, mut copied) = (Vec::with_capacity(bytes.len() + 64), 0);
    let mut keys = Vec::new();
    for sight in sights.into_values() {
        let Some((renamed, path)) = sight.renamed.into_iter().next() else { continue };
        let (start, end) = (mark + sight.span.start, mark + sight.span.end);
        migrated.extend_from_slice(bytes.get(copied..start).unwrap_or_default());
        let quote = bytes.get(start).filter(|byte| matches!(byte, b'"' | b'\''));
        migrated.extend(quote.into_iter().chain(renamed.to.as_bytes()).chain(quote));
        copied = end;
        keys.push(RenamedKey { path: display_path(&path), renamed, line: sources.start(sight.span).line });
    }
    migrated.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    Ok(Migrated { bytes: migrated, keys, is_readable: others.is_empty() })
}

/// One place of the text that holds a former name, and what it is: an anchor's place is met under several paths.
struct Sight {
    span: Span,
    /// As a key that was renamed.
    renamed: Vec<(Renamed, Vec<PathSegment>)>,
    /// As a key or value that keeps its name.
    kept: Option<Vec<PathSegment>>,
    /// The key of today beside it.
    beside: Option<Key>,
}

impl Sight {
    /// Why the key cannot be renamed here.
    fn obstacle(&self) -> Option<Finding> {
        let (renamed, path) = self.renamed.first()?;
        let Renamed { from, to, since, .. } = renamed;
        let finding = |message: String| rules::RENAMED.finding(message).path(display_path(path));
        if let Some(beside) = &self.beside {
            let finding = finding(format!("`{from}` is called `{to}` since {since}, and both stand here"));
            let finding = finding.at(self.span, "the former name").also(beside.span, "the name of today");
            return Some(finding.help("remove one of the two"));
        }
        let kept = display_path(self.kept.as_ref()?);
        let message = format!("`{from}` is called `{to}` since {since}, but an alias has it at `{kept}` too");
        Some(finding(message).at(self.span, "").help("write the map out where the alias stands, then rename the key"))
    }
}

/// Every place with a former name at which a key was renamed in at least one path.
fn sights(document: &Document, renamed: &[Renamed]) -> BTreeMap<usize, Sight> {
    let mut sights: BTreeMap<usize, Sight> = BTreeMap::new();
    let is_name = |name: &str| renamed.iter().any(|renamed| renamed.from == name);
    let mut see = |span: Span, path: Vec<PathSegment>, found: Option<(Renamed, Option<Key>)>| {
        let new = Sight { span, renamed: Vec::new(), kept: None, beside: None };
        let sight = sights.entry(span.start).or_insert(new);
        match found {
            Some((renamed, beside)) => {
                sight.renamed.push((renamed, path));
                sight.beside = sight.beside.take().or(beside);
            }
            None => sight.kept = Some(path),
        }
    };
    for (path, node) in document.root.walk() {
        match &node.value {
            // The alias of a key's anchor.
            NodeValue::String(text) if is_name(text) => see(node.span, path, None),
            NodeValue::Map(entries) => {
                for (key, _) in entries.iter().filter(|(key, _)| is_name(&key.name)) {
                    let found = renamed.iter().find(|renamed| renamed.is(&path, &key.name));
                    let beside = |renamed: &Renamed| node.entry(renamed.to).map(|(key, _)| key.clone());
                    let below = path.iter().cloned().chain([PathSegment::from(key.name.as_str())]).collect();
                    see(key.span, below, found.map(|renamed| (*renamed, beside(renamed))));
                }
            }
            _ => {}
        }
    }
    sights.retain(|_, sight| !sight.renamed.is_empty());
    sights
}
