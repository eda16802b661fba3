//! The hand tables: what Kubernetes' published schemas do not say.
//!
//! Purpose: `hand/enumerations.txt` (allowed values) and `hand/list-keys.txt` (keys of lists that `k8s-openapi` gives in part),
//! read and laid over the snapshot. Each entry stands below a `source` line, and names a field that exists.
//!
//! Limits: an entry cannot remove anything; a field that is gone makes codegen fail, so that the tables do not rot.

use super::VERSIONS;
use super::shape::Shape;
use super::snapshot::{Field, List, Snapshot};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// One entry of a hand table: type, field, words.
#[derive(Debug, PartialEq)]
struct Entry {
    type_name: String,
    field: String,
    words: Vec<String>,
}

/// Allowed values of text fields.
pub(crate) struct Enumerations(Vec<Entry>);

impl Enumerations {
    /// Reads the table.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        read(path).map(Enumerations)
    }

    /// Lays it over the snapshot.
    pub(crate) fn apply(&self, snapshot: &mut Snapshot) -> Result<()> {
        for entry in &self.0 {
            let field = field(snapshot, entry)?;
            if *field.shape.innermost() != Shape::String {
                bail!("{}.{} is no text", entry.type_name, entry.field);
            }
            field.enumeration = entry.words.iter().map(|word| value(word)).collect::<Result<_>>()?;
        }
        Ok(())
    }
}

/// `Lt@1.35`: the value `Lt`, allowed from 1.35 on. `""`: the empty text.
fn value(word: &str) -> Result<(String, Option<String>)> {
    let (value, since) = word.split_once('@').map_or((word, None), |(value, since)| (value, Some(since)));
    if let Some(since) = since.filter(|since| !VERSIONS.contains(since)) {
        bail!("unknown version in `{word}`: {since}");
    }
    Ok((if value == "\"\"" { String::new() } else { value.to_owned() }, since.map(str::to_owned)))
}

/// Keys of lists.
pub(crate) struct ListKeys(Vec<Entry>);

impl ListKeys {
    /// Reads the table.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        read(path).map(ListKeys)
    }

    /// Lays it over the snapshot; the word `atomic` alone makes a list atomic.
    pub(crate) fn apply(&self, snapshot: &mut Snapshot) -> Result<()> {
        for entry in &self.0 {
            let field = field(snapshot, entry)?;
            if !matches!(field.shape, Shape::List(_)) {
                bail!("{}.{} is no list", entry.type_name, entry.field);
            }
            let keys = List::Map(entry.words.clone());
            field.list = if entry.words == ["atomic"] { List::Atomic } else { keys };
        }
        Ok(())
    }
}

fn field<'a>(snapshot: &'a mut Snapshot, entry: &Entry) -> Result<&'a mut Field> {
    let Entry { type_name, field, .. } = entry;
    let found = snapshot.types.get_mut(type_name).with_context(|| format!("the snapshot has no type {type_name}"))?;
    found.fields.get_mut(field).with_context(|| format!("{type_name} has no field {field}"))
}

fn read(path: &Path) -> Result<Vec<Entry>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| format!("in {}", path.display()))
}

fn parse(text: &str) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut sourced = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with("source https://") {
            sourced = true;
            continue;
        }
        let at = format!("line {}", index + 1);
        if !sourced {
            bail!("{at}: no `source` line before the first entry");
        }
        let (name, words) = line.split_once(':').with_context(|| format!("{at}: no colon"))?;
        let (type_name, field) = name.split_once('.').with_context(|| format!("{at}: `{name}` is no type.field"))?;
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        let entry = Entry { type_name: type_name.to_owned(), field: field.to_owned(), words };
        if entry.words.is_empty() {
            bail!("{at}: nothing after the colon");
        }
        if entries.iter().any(|other| (&other.type_name, &other.field) == (&entry.type_name, &entry.field)) {
            bail!("{at}: {name} stands there twice");
        }
        entries.push(entry);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_need_a_source() {
        assert!(parse("core/v1/X.y: A").is_err());
        let entries = parse("# why\nsource https://kubernetes.io/docs/\ncore/v1/X.y: A \"\" B@1.35").unwrap();
        assert_eq!(entries[0].field, "y");
        let values: Vec<_> = entries[0].words.iter().map(|word| value(word).unwrap()).collect();
        assert_eq!(values, [("A".into(), None), (String::new(), None), ("B".into(), Some("1.35".into()))]);
        assert!(value("C@1.2").is_err());
    }
}
