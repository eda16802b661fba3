//! The types that the reference of the values names and does not lay out: entries of maps, items of lists, partial structs.

use std::collections::BTreeMap;

use serde_json::Value;

use super::table::{Row, laid_out, leaves, markdown_table, rows_below};
use super::view::View;
use super::words;

/// A struct that stands at several places of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedType {
    /// Its name, as rows of the reference write it.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Its keys.
    pub keys: TypeKeys,
}

/// Where the keys of a type are told.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKeys {
    /// Here, with paths from the type on.
    Rows(Vec<Row>),
    /// Below this path of the values, which has the same type.
    At(String),
    /// In Kubernetes' own reference.
    Kubernetes,
}

/// Every type that the reference names, or another such type does, in the order in which they are named.
#[must_use]
pub fn types(schema: &Value, defaults: &Value) -> Vec<NamedType> {
    let mut known = BTreeMap::new();
    let mut waiting = Vec::new();
    let root = View::of(schema);
    laid_out(schema, defaults, &mut |path, view| {
        known.entry(words::name(view)).or_insert_with(|| helmwright_yaml::display_path(path));
    });
    add_named(root, Some(defaults), &mut waiting);
    let (mut types, mut next): (Vec<NamedType>, usize) = (Vec::new(), 0);
    while let Some(view) = waiting.get(next).copied() {
        next += 1;
        let name = words::name(view);
        if types.iter().any(|known| known.name == name) {
            continue;
        }
        let keys = match known.get(&name) {
            Some(path) => TypeKeys::At(path.clone()),
            None if is_kubernetes(view) => TypeKeys::Kubernetes,
            None => {
                add_named(view, None, &mut waiting);
                TypeKeys::Rows(rows_below(view))
            }
        };
        types.push(NamedType { name, description: view.definition_description().to_owned(), keys });
    }
    types
}

/// Kubernetes' types say nothing of their keys.
fn is_kubernetes(view: View<'_>) -> bool {
    view.properties().all(|(_, property)| property.description().is_empty())
}

/// The structs that the rows of a struct name.
fn add_named<'a>(view: View<'a>, defaults: Option<&Value>, named: &mut Vec<View<'a>>) {
    leaves(view, defaults, &mut |leaf| {
        let entry = leaf.entries().or_else(|| leaf.items()).unwrap_or(leaf);
        if entry.is_struct() && entry.definition().is_some() {
            named.push(entry);
        }
    });
}

/// The types as Markdown: a heading of the third level for each, with its keys.
#[must_use]
pub fn markdown_types(types: &[NamedType]) -> String {
    let sections = types.iter().map(|NamedType { name, description, keys }| {
        let mut parts = vec![format!("### {name}")];
        // What follows is said of the partial form.
        let what = description.split("\n\n").next().filter(|what| !what.is_empty());
        parts.extend(what.map(str::to_owned));
        parts.push(match keys {
            TypeKeys::At(path) => format!("The keys below `{path}`; those that are left out are taken from there."),
            TypeKeys::Kubernetes => "The keys are Kubernetes' own: see its API reference.".to_owned(),
            TypeKeys::Rows(rows) => markdown_table(rows).trim_end().to_owned(),
        });
        parts.join("\n\n")
    });
    sections.collect::<Vec<_>>().join("\n\n")
}
