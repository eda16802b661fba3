//! What a release must not do to the values that an earlier release took.
//!
//! Limit: defaults are compared where the schema tells them; those inside the entries of a map are no defaults of the chart.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::compatibility::{RENAMED_TO, join, narrowings, reference};
use crate::facts::Change;

/// Narrower places that a refusal names; the rest is counted.
const MOST_PLACES: usize = 40;

/// The values that a version of a chart takes.
#[derive(Clone, Copy, Debug)]
pub struct VersionedSchema<'a> {
    /// The chart's version.
    pub version: &'a str,
    /// Its `values.schema.json`.
    pub schema: &'a Value,
}

/// One reason why a version must not be released after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseProblem {
    /// One sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A default that is another one.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultChange {
    /// The value's path, by its name of today.
    pub path: String,
    /// What it was.
    pub former: Value,
    /// What it is.
    pub new: Value,
}

/// Whether a version may refuse what the other one took: its first number is higher, or before 1.0.0 its second.
#[must_use]
pub fn is_major_step(before: &str, now: &str) -> bool {
    let step = |version: &str| {
        let mut numbers = version.split(['.', '-', '+']).map(|number| number.parse::<u64>().unwrap_or(0));
        let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        if major == 0 { (0, minor) } else { (major, 0) }
    };
    step(now) > step(before)
}

/// Why `now` must not be released after `before`: it takes fewer values without a major step, or has another default of
/// which `changes`, its entries in the changelog, do not say path, former and new value. Empty if it may.
#[must_use]
pub fn release_problems(
    before: VersionedSchema<'_>,
    now: VersionedSchema<'_>,
    changes: &[Change],
) -> Vec<ReleaseProblem> {
    let mut problems = Vec::new();
    if !is_major_step(before.version, now.version) {
        let narrower = narrowings(before.schema, now.schema);
        if !narrower.is_empty() {
            let mut places = narrower.iter().take(MOST_PLACES).map(String::as_str).collect::<Vec<_>>().join("; ");
            if narrower.len() > MOST_PLACES {
                places = format!("{places}; and {} more", narrower.len() - MOST_PLACES);
            }
            problems.push(ReleaseProblem {
                message: format!("the values of {} would be refused: {places}", before.version),
                help: "take them as before, or make a major step (before 1.0.0: of the second number)".to_owned(),
            });
        }
    }
    for DefaultChange { path, former, new } in default_changes(before.schema, now.schema) {
        let (former, new) = (plain(&former), plain(&new));
        let is_told = |change: &Change| [&path, &former, &new].iter().all(|word| says(&change.description, word));
        if !changes.iter().any(is_told) {
            problems.push(ReleaseProblem {
                message: format!(
                    "the default of {path} is {new} and was {former} in {}: the changelog of {} does not say so",
                    before.version, now.version
                ),
                help: format!("write one entry with {path}, {former} and {new}"),
            });
        }
    }
    problems
}

/// The values whose default is another one, by path. A renamed key is compared with what it was.
#[must_use]
pub fn default_changes(before: &Value, now: &Value) -> Vec<DefaultChange> {
    let (former, new) = (Defaults::of(before), Defaults::of(now));
    let mut changes = Vec::new();
    for (path, value) in &former.values {
        let path = new.renamed.get(path).unwrap_or(path);
        match new.values.get(path) {
            Some(today) if today != value => {
                changes.push(DefaultChange { path: path.clone(), former: value.clone(), new: today.clone() });
            }
            _ => {}
        }
    }
    changes
}

/// The defaults of a schema by path, and the paths that have another name.
#[derive(Default)]
struct Defaults {
    values: BTreeMap<String, Value>,
    renamed: BTreeMap<String, String>,
}

impl Defaults {
    fn of(schema: &Value) -> Self {
        let mut defaults = Self::default();
        defaults.visit(schema, schema, "", None, &mut Vec::new());
        defaults
    }

    /// `default` is what a struct above says of this place.
    fn visit<'a>(
        &mut self,
        root: &'a Value,
        node: &'a Value,
        path: &str,
        default: Option<&'a Value>,
        open: &mut Vec<&'a str>,
    ) {
        let (mut default, mut node, opened) = (default, node, open.len());
        loop {
            default = default.or_else(|| node.get("default"));
            let Some(pointer) = reference(node) else { break };
            let Some(target) = root.pointer(pointer.trim_start_matches('#')).filter(|_| !open.contains(&pointer))
            else {
                break;
            };
            open.push(pointer);
            node = target;
        }
        match node.get("properties").and_then(Value::as_object) {
            // A struct's default is that of its keys.
            Some(properties) if default.is_none_or(Value::is_object) => {
                for (name, property) in properties {
                    let below = join(path, name);
                    if let Some(today) = property.get(RENAMED_TO).and_then(Value::as_str) {
                        self.renamed.insert(below, join(path, today));
                    } else {
                        self.visit(root, property, &below, default.and_then(|default| default.get(name)), open);
                    }
                }
            }
            _ => {
                if let Some(default) = default {
                    self.values.insert(path.to_owned(), default.clone());
                }
            }
        }
        open.truncate(opened);
    }
}

/// A default as a changelog writes it: texts without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() => text.clone(),
        other => other.to_string(),
    }
}

/// Whether a sentence has these words, and not as a part of longer ones.
fn says(sentence: &str, words: &str) -> bool {
    let joins = |character: Option<char>| character.is_some_and(|character| character.is_alphanumeric());
    sentence.match_indices(words).any(|(start, _)| {
        let (before, after) = (&sentence[..start], &sentence[start + words.len()..]);
        !joins(before.chars().next_back()) && !joins(after.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::facts::ChangeKind;

    fn schema(replicas: u32, name: &str, least: u32) -> Value {
        json!({
            "type": "object", "additionalProperties": false,
            "properties": {
                "web": { "description": "Of the web.", "default": { "replicas": replicas }, "allOf": [{ "$ref": "#/definitions/Pods" }] },
                "name": { "type": "string", "default": name },
                "pods": { "$ref": "#/definitions/Pods" },
            },
            "definitions": {
                "Pods": { "properties": { "replicas": { "type": "integer", "minimum": least, "default": 7 } }, "additionalProperties": false },
            },
        })
    }

    fn told(before: (&str, &Value), now: (&str, &Value), changelog: &[&str]) -> Vec<String> {
        let of = |(version, schema)| VersionedSchema { version, schema };
        let change = |text: &&str| Change { kind: ChangeKind::Changed, description: (*text).to_owned() };
        let changes: Vec<Change> = changelog.iter().map(change).collect();
        release_problems(of(before), of(now), &changes).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn a_narrowing_takes_a_major_step() {
        let (before, now) = (schema(1, "a", 0), schema(1, "a", 1));
        for (from, to) in [("0.1.0", "0.1.1"), ("1.2.3", "1.3.0"), ("1.0.0", "1.0.1-rc.1")] {
            let found = told((from, &before), (to, &now), &[]);
            let expected = format!(
                "the values of {from} would be refused: web.replicas has the minimum 1 now; pods.replicas has the minimum 1 now"
            );
            assert_eq!(found, [expected], "{from} -> {to}");
        }
        for (from, to) in [("0.1.0", "0.2.0"), ("0.9.0", "1.0.0"), ("1.9.9", "2.0.0-rc.1")] {
            assert!(told((from, &before), (to, &now), &[]).is_empty(), "{from} -> {to}");
        }
        assert!(told(("0.1.0", &now), ("0.1.1", &before), &[]).is_empty(), "a widening is no major step");
    }

    #[test]
    fn a_changed_default_is_told_in_the_changelog() {
        let (before, now) = (schema(1, "a", 0), schema(12, "b", 0));
        let found =
            told(("0.1.0", &before), ("0.2.0", &now), &["name is b; it was a.", "web.replicas: 12 instead of 11"]);
        assert_eq!(
            found,
            ["the default of web.replicas is 12 and was 1 in 0.1.0: the changelog of 0.2.0 does not say so"]
        );
        let both = ["`name` is `b`, and was `a`.", "`web.replicas` is 12 instead of 1"];
        assert!(told(("0.1.0", &before), ("0.1.1", &now), &both).is_empty());
    }

    #[test]
    fn a_renamed_key_keeps_its_default_or_says_so() {
        let key = |value: u32| json!({ "type": "integer", "default": value });
        let before = json!({ "properties": { "old": key(1) } });
        let now =
            |value: u32| json!({ "properties": { "new": key(value), "old": { "x-renamed-to": "new", "const": "" } } });
        assert!(default_changes(&before, &now(1)).is_empty());
        let change = DefaultChange { path: "new".to_owned(), former: json!(1), new: json!(2) };
        assert_eq!(default_changes(&before, &now(2)), [change]);
    }
}
