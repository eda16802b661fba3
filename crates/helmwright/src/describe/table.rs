//! The reference of all values, as rows and as a Markdown table.

use std::fmt::Write as _;

use helmwright_yaml::{PathSegment, display_path};
use serde_json::{Map, Value};

use super::view::View;
use super::words;

/// One key of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where the key stands: `cassandra.port`.
    pub path: String,
    /// What it holds, in words: `integer`, `list of strings`, `one of INFO, DEBUG`, `map of GatewayGroup`.
    pub type_: String,
    /// What the type allows beyond that, in words: `from 1 to 65535`. Empty if everything.
    pub expected: String,
    /// Its default, if it has one.
    pub default: Option<Value>,
    /// Whether every user has to set it.
    pub required: bool,
    /// Its description, paragraphs separated by an empty line.
    pub description: String,
    /// Rows of the requirements inventory that it comes from.
    pub seed: Vec<String>,
}

/// A row for each key in the order of the schema; structs have none, their keys have. What is below an entry of a map has
/// none either, nor what is below a struct that is empty by default: a partial one, whose keys stand in its full form, or a
/// block of Kubernetes.
#[must_use]
pub fn table(schema: &Value, defaults: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    walk(View::of(schema), Some(defaults), &mut Vec::new(), &mut |visited| rows.extend(visited.row()));
    rows
}

/// The rows of a struct that stands somewhere in the values, with paths from it on.
pub(super) fn rows_below(view: View<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    walk(view, None, &mut Vec::new(), &mut |visited| rows.extend(visited.row()));
    rows
}

/// The structs whose keys have rows of their own, with their paths.
pub(super) fn laid_out<'a>(schema: &'a Value, defaults: &Value, each: &mut dyn FnMut(&[PathSegment], View<'a>)) {
    walk(View::of(schema), Some(defaults), &mut Vec::new(), &mut |visited| {
        if visited.is_laid_out {
            each(visited.path, visited.view);
        }
    });
}

/// What has a row, below a struct.
pub(super) fn leaves<'a>(view: View<'a>, defaults: Option<&Value>, each: &mut dyn FnMut(View<'a>)) {
    walk(view, defaults, &mut Vec::new(), &mut |visited| {
        if !visited.is_laid_out {
            each(visited.view);
        }
    });
}

/// A key on the walk.
struct Visited<'p, 'a> {
    path: &'p [PathSegment],
    view: View<'a>,
    default: Option<&'p Value>,
    required: bool,
    /// Whether its keys have the rows.
    is_laid_out: bool,
}

impl Visited<'_, '_> {
    fn row(&self) -> Option<Row> {
        (!self.is_laid_out).then(|| describe(self.view, self.path, self.default, self.required))
    }
}

fn walk<'a>(
    view: View<'a>,
    defaults: Option<&Value>,
    path: &mut Vec<PathSegment>,
    each: &mut dyn FnMut(&Visited<'_, 'a>),
) {
    for (key, property) in view.properties() {
        path.push(PathSegment::from(key));
        let default = defaults.and_then(|defaults| defaults.get(key)).or_else(|| property.keyword("default"));
        let partial = words::is_partial(property);
        let empty = default.and_then(Value::as_object).is_some_and(Map::is_empty);
        let is_laid_out = property.is_struct() && !partial && !(empty && property.texts("required").is_empty());
        let required = default.is_none() && view.texts("required").contains(&key);
        each(&Visited { path, view: property, default, required, is_laid_out });
        if is_laid_out {
            walk(property, default, path, each);
        }
        path.pop();
    }
}

fn describe(view: View<'_>, path: &[PathSegment], default: Option<&Value>, required: bool) -> Row {
    let type_ = words::type_words(view);
    Row {
        path: display_path(path),
        type_: if words::is_partial(view) { format!("part of {type_}") } else { type_ },
        expected: words::constraint(view),
        default: default.cloned(),
        required,
        description: view.description().to_owned(),
        seed: view.texts("x-seed").into_iter().map(str::to_owned).collect(),
    }
}

/// A path that no value can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchPath {
    /// The longest beginning of the path that there is; empty for the root.
    pub known: String,
    /// The key that is not there.
    pub key: String,
    /// The keys that are.
    pub keys: Vec<String>,
}

/// The row of one path, at any depth: structs and what is below the entries of a map have one too. `*` stands for any key of
/// an open map.
///
/// # Errors
///
/// [`NoSuchPath`] with the keys that stand where the first unknown one was looked for.
pub fn row_at(schema: &Value, defaults: &Value, path: &[PathSegment]) -> Result<Row, NoSuchPath> {
    let (mut view, mut default, mut required) = (View::of(schema), Some(defaults), false);
    for (index, segment) in path.iter().enumerate() {
        let key = segment.to_string();
        let Some(next) = view.find(std::slice::from_ref(segment)) else {
            let keys = view.properties().map(|(key, _)| key.to_owned()).collect();
            return Err(NoSuchPath { known: display_path(&path[..index]), key, keys });
        };
        default = default.and_then(|default| default.get(&key));
        required = default.is_none() && view.texts("required").contains(&key.as_str());
        view = next;
    }
    Ok(describe(view, path, default, required))
}

/// The rows as a Markdown table: key, type, default, description.
#[must_use]
pub fn markdown_table(rows: &[Row]) -> String {
    let mut text = "| Key | Type | Default | Description |\n|---|---|---|---|\n".to_owned();
    for row in rows {
        let Row { path, type_, expected, default, required, description, .. } = row;
        let type_ = if expected.is_empty() { cell(type_) } else { format!("{}<br>{}", cell(type_), cell(expected)) };
        let default = match default {
            Some(value) => code(&value.to_string()),
            None if *required => "*required*".to_owned(),
            None => String::new(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} | {type_} | {default} | {} |", code(path), cell(description));
    }
    text
}

/// Text that Markdown shows as it is, on one line.
fn cell(text: &str) -> String {
    let mut written = String::new();
    for character in text.chars() {
        match character {
            '\n' => written.push_str("<br>"),
            '|' | '*' | '_' | '<' | '>' | '[' | ']' | '\\' | '$' => {
                written.push('\\');
                written.push(character);
            }
            other => written.push(other),
        }
    }
    written
}

/// Text as code: a table's bars are escaped even there, and a fence of backticks is longer than those inside.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
