//! One field of one object: the values that it is made of, and those that it stands there for.

use std::collections::BTreeSet;

use helmwright::impact::{FieldPath, Paths, Row, Segment, existence};
use helmwright::print::Written;
use helmwright_yaml::{PathSegment, display_path};
use serde_json::Value;

/// A value that decides something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldSource {
    /// Its path in the merged values.
    pub path: Vec<PathSegment>,
    /// Whether it is there: a key that an entry may have and does not is laid over defaults that speak for themselves.
    pub present: bool,
    /// Whether all that counts is that there is such an entry.
    pub entry: bool,
}

/// The values that decide a field.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sources {
    /// What it is made of.
    pub content: Vec<FieldSource>,
    /// What decides whether it stands there.
    pub conditions: Vec<FieldSource>,
    /// What decides whether there is such an object.
    pub existence: Vec<FieldSource>,
    /// What it is made of and no value: facts of the release and the chart.
    pub facts: Vec<String>,
}

/// A field that an object does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchField {
    /// The longest beginning of the path that there is; empty for the object.
    pub known: String,
    /// The key that is not there.
    pub key: String,
    /// The keys, or names of elements, that are.
    pub keys: Vec<String>,
}

/// What an object holds at a path, and the path as the impact map writes it. An element of a list is named by its `name`,
/// else by its number.
///
/// # Errors
///
/// [`NoSuchField`] with the keys that stand where the first unknown one was looked for.
pub fn field_at<'o>(object: &'o Value, path: &[PathSegment]) -> Result<(&'o Value, FieldPath), NoSuchField> {
    let (mut value, mut field) = (object, Vec::new());
    for (index, segment) in path.iter().enumerate() {
        let found = match (value, segment) {
            (Value::Array(items), PathSegment::Index(number)) => items.get(*number).map(|item| (item, element(item))),
            (Value::Array(items), PathSegment::Key(name)) => {
                let named = items.iter().find(|item| item["name"] == name.as_str());
                named.map(|item| (item, element(item)))
            }
            (Value::Object(entries), segment) => {
                let key = segment.to_string();
                entries.get(&key).map(|entry| (entry, Segment::Key(key)))
            }
            _ => None,
        };
        let Some((next, step)) = found else {
            return Err(NoSuchField {
                known: display_path(&path[..index]),
                key: segment.to_string(),
                keys: keys(value),
            });
        };
        (value, field) = (next, {
            field.push(step);
            field
        });
    }
    Ok((value, FieldPath(field)))
}

fn element(item: &Value) -> Segment {
    item["name"].as_str().map_or(Segment::AnyElement, |name| Segment::Element(name.to_owned()))
}

fn keys(value: &Value) -> Vec<String> {
    match value {
        Value::Object(entries) => entries.keys().cloned().collect(),
        Value::Array(items) => {
            let name = |(index, item): (usize, &Value)| item["name"].as_str().map_or(index.to_string(), str::to_owned);
            items.iter().enumerate().map(name).collect()
        }
        _ => Vec::new(),
    }
}

/// The values that decide a field of an object that a template made. Of the entries of a map those count whose names stand
/// in the object's, if there are any.
#[must_use]
pub fn sources_of(rows: &[Row], template: &str, object: &Value, field: &FieldPath, merged: &Value) -> Sources {
    let kind = object["kind"].as_str().unwrap_or_default();
    let of_object: Vec<&Row> =
        rows.iter().filter(|row| row.file == template && (row.kind == kind || row.kind == Row::ANY_KIND)).collect();
    let existence = existence(&of_object);
    let decides = |row: &&&Row| row.field.covers(field) || field.covers(&row.field);
    let (mut content, mut conditions) = (Paths::new(), Paths::new());
    for row in of_object.iter().filter(decides) {
        content.extend(row.content.iter().cloned());
        conditions.extend(row.conditions.difference(&existence).cloned());
    }
    let conditions: Paths = conditions.difference(&content).cloned().collect();
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    let values = |paths: &Paths| {
        let paths = paths.iter().filter(|path| !path.starts_with('@') && !path.is_empty());
        let found: BTreeSet<FieldSource> = paths.flat_map(|path| concrete(path, name, merged)).collect();
        found.into_iter().collect()
    };
    Sources {
        content: values(&content),
        conditions: values(&conditions),
        existence: values(&existence),
        facts: content.iter().filter_map(|path| path.strip_prefix('@')).map(str::to_owned).collect(),
    }
}

/// The lines of a template that write a field of an object that it made: those of the field itself, else of what it stands
/// in. Several where the template has several branches.
#[must_use]
pub fn written_at<'w>(written: &'w [Written], template: &str, object: &Value, field: &FieldPath) -> Vec<&'w Written> {
    let kind = object["kind"].as_str().unwrap_or_default();
    let of_object = |line: &&Written| line.file == template && (line.kind == kind || line.kind == Row::ANY_KIND);
    let all: Vec<&Written> = written.iter().filter(of_object).filter(|line| line.field.covers(field)).collect();
    // A key of its own is nearer than one of any name.
    let nearness = |line: &Written| {
        let of_any = |step: &&Segment| matches!(step, Segment::AnyKey | Segment::AnyElement);
        (line.field.0.len(), usize::MAX - line.field.0.iter().filter(of_any).count())
    };
    let nearest = all.iter().map(|line| nearness(line)).max();
    all.into_iter().filter(|line| Some(nearness(line)) == nearest).collect()
}

/// The places of the merged values that a path of the impact map stands for.
fn concrete(path: &str, name: &str, merged: &Value) -> Vec<FieldSource> {
    let (path, entry) = path.strip_suffix("~key").map_or((path, false), |path| (path, true));
    let mut found: Vec<(Vec<PathSegment>, Option<&Value>)> = vec![(Vec::new(), Some(merged))];
    for step in path.split('.') {
        found = found.into_iter().flat_map(|(path, value)| below(path, value, step, name)).collect();
    }
    found.into_iter().map(|(path, value)| FieldSource { path, present: value.is_some(), entry }).collect()
}

fn below<'v>(
    path: Vec<PathSegment>,
    value: Option<&'v Value>,
    step: &str,
    name: &str,
) -> Vec<(Vec<PathSegment>, Option<&'v Value>)> {
    let then = |key: &str, value: Option<&'v Value>| {
        let mut path = path.clone();
        path.push(PathSegment::from(key));
        (path, value)
    };
    if step != "*" {
        return vec![then(step, value.and_then(|value| value.get(step)))];
    }
    let Some(Value::Object(entries)) = value else { return Vec::new() };
    // An object of one of several entries is called by it: `apim-banking-traffic`.
    let called = |key: &&String| {
        name.split('-').collect::<Vec<_>>().windows(key.split('-').count()).any(|part| part.join("-") == **key)
    };
    let own: Vec<&String> = entries.keys().filter(called).collect();
    let keys = if own.is_empty() { entries.keys().collect() } else { own };
    keys.into_iter().map(|key| then(key, entries.get(key))).collect()
}
