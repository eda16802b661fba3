//! The reader and the schema accept the same values.
//!
//! A valid document is changed in one place at a time: each value is replaced by values of every kind, each key is removed,
//! misspelt and joined by others. Whatever one of the two refuses, the other has to refuse.

mod document;
mod replacements;

use std::collections::HashSet;

use emt_model::Values;
use emt_model::names::Registry;
use helmwright::describe;
use helmwright::read::decode;
use serde_json::{Map, Value};

use document::{filled, resolved, texts_of};
use replacements::{FEW, KEYS, SEVERAL, replacements};

type Failure = Box<dyn std::error::Error>;

/// Set by `cargo xtask test --full`.
const FULL: &str = "EMT_FULL";

#[test]
fn reader_and_schema_agree() -> Result<(), Failure> {
    let extent = if std::env::var_os(FULL).is_some() { Extent::Full } else { Extent::Usual };
    println!("{}", compare(extent)?);
    Ok(())
}

/// How much is tried.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    /// Where a schema is met for the first time, values of every type and all of its type; a few where it stands again.
    Usual,
    /// All values everywhere, which takes minutes.
    Full,
}

/// Compares all changes, and says how many.
fn compare(extent: Extent) -> Result<String, Failure> {
    let defaults = serde_json::to_value(Values::new(Registry::new("registry.example.com/apim")?))?;
    let mut schema = describe::schema::<Values>("values", None);
    describe::add_defaults(&mut schema, &defaults);
    let mut comparison = Comparison { validator: None, accepted: 0, refused: 0, lost: 0, disagreements: Vec::new() };
    let mut tried = Tried { extent, nodes: Vec::new(), contents: HashSet::new() };
    for key in defaults.as_object().into_iter().flatten().map(|(key, _)| key) {
        // One key of the root is filled up at a time, and stands first: what is refused is then refused early.
        let property = &schema["properties"][key];
        let mut document = first(&defaults, key);
        document[key] = filled(&schema, property, defaults.get(key), false);
        let mut reordered = schema.clone();
        reordered["properties"] = first(&schema["properties"], key);
        let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&reordered)?;
        assert!(validator.is_valid(&document), "{:?}", validator.validate(&document));
        assert_eq!(decode::<Values>(&document).err().map(|error| error.to_string()), None);
        comparison.validator = Some(validator);
        comparison.change_all(&mut document, &format!("/{key}"), &schema, property, &mut tried);
    }
    let entries = defaults.as_object().cloned().unwrap_or_default();
    comparison.change_keys(&mut defaults.clone(), "", &entries, false);
    let Comparison { accepted, refused, lost, disagreements, .. } = comparison;
    let shown = disagreements.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(disagreements.is_empty(), "{} disagreements:\n{shown}", disagreements.len());
    assert!(accepted > 1000 && refused > 1000 && lost > 0);
    Ok(format!("{} documents compared, {accepted} accepted, {refused} refused", accepted + refused))
}

/// What was tried. What a schema node says holds wherever it is referred to, and so does what a Rust type says: each is
/// tried in one place.
struct Tried<'a> {
    extent: Extent,
    /// Schema nodes, told apart by where they stand.
    nodes: Vec<&'a Value>,
    /// What they say, without words.
    contents: HashSet<String>,
}

impl<'a> Tried<'a> {
    /// The values to try at a node; none where it was tried before.
    fn next(&mut self, schema: &Value, node: &'a Value) -> Option<Vec<Value>> {
        if self.nodes.iter().any(|tried| std::ptr::eq(*tried, node)) {
            return None;
        }
        self.nodes.push(node);
        let mut content = resolved(schema, node).clone();
        if let Value::Object(content) = &mut content {
            content.retain(|keyword, _| keyword != "description" && keyword != "default" && !keyword.starts_with("x-"));
        }
        let new = self.contents.insert(content.to_string());
        let all = replacements();
        let mut values = match (self.extent, new) {
            (Extent::Full, _) => all.to_vec(),
            (Extent::Usual, true) => {
                let (every, others) = all.split_at(SEVERAL);
                every.iter().chain(others.iter().filter(|value| is_of_type(value, &content))).cloned().collect()
            }
            (Extent::Usual, false) => all[..FEW].to_vec(),
        };
        if let Some(pattern) = content.get("pattern").and_then(Value::as_str).filter(|_| new) {
            values.extend(texts_of(pattern).into_iter().map(Value::from));
        }
        Some(values)
    }
}

/// A map with one of its keys in front.
fn first(map: &Value, key: &str) -> Value {
    let own = map.as_object().into_iter().flatten();
    let (one, others): (Vec<_>, Vec<_>) = own.partition(|(name, _)| *name == key);
    one.into_iter().chain(others).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Whether a value has a type that a schema names.
fn is_of_type(value: &Value, schema: &Value) -> bool {
    let name = match value {
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        _ => return false,
    };
    match schema.get("type") {
        Some(Value::Array(types)) => types.contains(&Value::from(name)),
        other => other.is_none_or(|only| only == name),
    }
}

struct Comparison {
    validator: Option<jsonschema::Validator>,
    accepted: usize,
    refused: usize,
    /// Documents with a character that Helm loses, which the reader alone refuses.
    lost: usize,
    disagreements: Vec<String>,
}

impl Comparison {
    fn compare(&mut self, document: &Value, change: impl FnOnce() -> String) {
        match (
            decode::<Values>(document),
            self.validator.as_ref().is_some_and(|validator| validator.is_valid(document)),
        ) {
            (Ok(_), true) => self.accepted += 1,
            (Err(_), false) => self.refused += 1,
            (Ok(_), false) => self.disagreements.push(format!("only the schema refuses {}", change())),
            // No keyword of a schema looks into all texts of an open block.
            (Err(error), true) if error.to_string().contains("leave the character out") => self.lost += 1,
            (Err(error), true) => self.disagreements.push(format!("only the reader refuses {}: {error}", change())),
        }
    }

    /// Every change at `pointer` and below it.
    fn change_all<'a>(
        &mut self,
        document: &mut Value,
        pointer: &str,
        schema: &'a Value,
        node: &'a Value,
        tried: &mut Tried<'a>,
    ) {
        let Some(replacements) = tried.next(schema, node) else { return };
        let original = document.pointer(pointer).cloned().unwrap_or_default();
        for replacement in &replacements {
            set(document, pointer, replacement.clone());
            self.compare(document, || format!("{pointer} = {replacement}"));
        }
        if let Value::Object(entries) = &original {
            let is_struct = resolved(schema, node).get("properties").is_some();
            self.change_keys(document, pointer, entries, is_struct && tried.extent == Extent::Usual);
        }
        set(document, pointer, original.clone());
        let node = resolved(schema, node);
        match &original {
            Value::Object(entries) => {
                for key in entries.keys() {
                    let property = node.get("properties").and_then(|properties| properties.get(key));
                    if let Some(below) = property.or(node.get("additionalProperties")) {
                        let key = key.replace('~', "~0").replace('/', "~1");
                        self.change_all(document, &format!("{pointer}/{key}"), schema, below, tried);
                    }
                }
            }
            Value::Array(items) => {
                for index in 0..items.len() {
                    if let Some(below) = node.get("items") {
                        self.change_all(document, &format!("{pointer}/{index}"), schema, below, tried);
                    }
                }
            }
            _ => {}
        }
    }

    /// Changes of the keys of the map at `pointer`; few, if all wrong keys are alike to it.
    fn change_keys(&mut self, document: &mut Value, pointer: &str, entries: &Map<String, Value>, few: bool) {
        for key in entries.keys() {
            let without: Map<String, Value> = entries.clone().into_iter().filter(|(name, _)| name != key).collect();
            set(document, pointer, Value::Object(without.clone()));
            self.compare(document, || format!("{pointer} without {key}"));
            let others = [key.to_uppercase(), format!("{key}x"), key.replace('e', "")];
            for other in others.into_iter().take(if few { 1 } else { 3 }) {
                let mut misspelt = without.clone();
                misspelt.insert(other.clone(), entries.get(key).cloned().unwrap_or_default());
                set(document, pointer, Value::Object(misspelt));
                self.compare(document, || format!("{pointer}: {other} in place of {key}"));
            }
        }
        let entry = entries.values().next().cloned().unwrap_or_default();
        for key in KEYS.iter().take(if few { 2 } else { KEYS.len() }) {
            let mut more = entries.clone();
            more.insert((*key).to_owned(), entry.clone());
            set(document, pointer, Value::Object(more));
            self.compare(document, || format!("{pointer} with {key:?}"));
        }
    }
}

fn set(document: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = document.pointer_mut(pointer) {
        *place = value;
    }
}
