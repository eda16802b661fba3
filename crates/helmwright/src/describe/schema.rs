//! The JSON schema of a values type.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::json_text::json_text;
use super::pattern;
use super::prose::Prose;
use crate::values::DESCRIBING;

/// The largest integer that Helm carries faithfully: 2^53 − 1.
const LARGEST_INTEGER: i64 = (1 << 53) - 1;

/// The draft-07 schema of values after Helm's merge with the chart's `values.yaml`.
///
/// Structs are closed, and what has to be there after the merge is required; partial structs require nothing. References
/// stay inside the document. The root takes a key `global`, which Helm adds for subcharts. Patterns are in the dialect
/// that Go, JavaScript and Rust share. Beside the words of the draft stand `x-expected`, what a text has to be in words,
/// and `x-seed`, the requirements that a value comes from.
///
/// `title` is shown by editors; `id` is the address under which the schema is published.
#[must_use]
pub fn schema<V: JsonSchema>(title: &str, id: Option<&str>) -> Value {
    let mut generator = SchemaSettings::draft07().into_generator();
    generator.definitions_mut().insert(DESCRIBING.to_owned(), Value::Bool(true));
    let mut root = match generator.into_root_schema_for::<V>().to_value() {
        Value::Object(root) => root,
        // A schema of one word, `true` or `false`.
        other => Map::from_iter([("allOf".to_owned(), Value::Array(vec![other]))]),
    };
    if let Some(Value::Object(definitions)) = root.get_mut("definitions") {
        definitions.remove(DESCRIBING);
        definitions.sort_keys();
        if definitions.is_empty() {
            root.remove("definitions");
        }
    }
    let mut named = Map::new();
    mend(&mut root, &mut named);
    if !named.is_empty() {
        let definitions = root.entry("definitions").or_insert_with(|| json!({}));
        if let Value::Object(definitions) = definitions {
            definitions.extend(named);
            definitions.sort_keys();
        }
    }
    share_with_partials(&mut root);
    root.insert("title".to_owned(), json!(title));
    if let Some(id) = id {
        root.insert("$id".to_owned(), json!(id));
    }
    if let Some(Value::Object(properties)) = root.get_mut("properties")
        && !properties.contains_key("global")
    {
        let global = json!({ "description": "Values of a parent chart, shared by all its charts.", "type": "object" });
        properties.insert("global".to_owned(), global);
    }
    Value::Object(in_order(root))
}

/// A schema as the text of `values.schema.json`: indented by two, with a line break at its end. Characters that an editor
/// does not show are written as escapes.
#[must_use]
pub fn schema_text(schema: &Value) -> String {
    json_text(schema)
}

/// What would keep some reader from using the schema: a pattern or keyword that not all of them know, a reference to
/// another document, a struct that takes unknown keys without saying so (the root's `global` may). Empty for a sound schema;
/// meant for tests.
#[must_use]
pub fn unportable(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if let Value::Object(root) = schema {
        let open = root.get("properties").and_then(|properties| properties.get("global"));
        let open =
            open.and_then(|global| global.pointer("/allOf/0/$ref").or(global.get("$ref"))).and_then(Value::as_str);
        inspect(root, "#", open.unwrap_or("#/properties/global"), &mut found);
    }
    found
}

/// Brings a schema and all below it into our form. Text types that stand for keys, entries or items join `named`.
fn mend(schema: &mut Map<String, Value>, named: &mut Map<String, Value>) {
    let format = schema.remove("format");
    schema.remove("title");
    // Defaults are those of the chart: see `add_defaults`.
    schema.remove("default");
    if matches!(&format, Some(Value::String(format)) if format.ends_with("int64")) {
        schema.entry("minimum").or_insert(json!(-LARGEST_INTEGER));
        schema.entry("maximum").or_insert(json!(LARGEST_INTEGER));
    }
    if let Some(Value::String(comment)) = schema.get("description") {
        let Prose { description, seed } = Prose::of(comment);
        schema.insert("description".to_owned(), json!(description));
        if !seed.is_empty() {
            schema.insert("x-seed".to_owned(), json!(seed));
        }
    }
    name_keys(schema);
    if let Some(Value::String(pattern)) = schema.get("pattern") {
        let rules = rules(pattern);
        schema.extend(rules);
    }
    for (step, below) in subschemas_mut(schema) {
        let Value::Object(content) = below else { continue };
        mend(content, named);
        *content = in_order(std::mem::take(content));
        // A key's own description keeps it in its place.
        let name = content.shift_remove("x-type");
        if let Some(Value::String(name)) = name.filter(|_| step != "properties")
            && named.entry(&name).or_insert_with(|| below.clone()) == below
        {
            *below = json!({ "$ref": format!("#/definitions/{name}") });
        }
    }
}

/// The rules that stand in a pattern's place, if they do: see `values::text`. Otherwise the pattern is the only one.
fn rules(pattern: &str) -> Map<String, Value> {
    let mut rules = match serde_json::from_str(pattern) {
        Ok(Value::Object(rules)) => rules,
        _ => Map::from_iter([("pattern".to_owned(), json!(pattern))]),
    };
    if let Some(Value::String(pattern)) = rules.get("pattern") {
        let pattern = pattern::portable(pattern);
        rules.insert("pattern".to_owned(), json!(pattern));
    }
    rules
}

/// A map whose keys have one pattern says so by `propertyNames`, in which words can be taken, and whose violation is told
/// as a wrong name instead of as an unknown key.
fn name_keys(schema: &mut Map<String, Value>) {
    let Some(Value::Object(patterns)) = schema.get("patternProperties") else { return };
    let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
    let mut patterns = patterns.iter();
    let (Some((pattern, entry)), None, true) = (patterns.next(), patterns.next(), closed) else { return };
    let (names, entry) = (json!({ "type": "string", "pattern": pattern }), entry.clone());
    schema.remove("patternProperties");
    schema.insert("propertyNames".to_owned(), names);
    schema.insert("additionalProperties".to_owned(), entry);
}

/// A key of `FooPartial` that is the same in `Foo` refers to it there, so that everything is said once.
fn share_with_partials(root: &mut Map<String, Value>) {
    let Some(Value::Object(definitions)) = root.get_mut("definitions") else { return };
    let full = definitions.clone();
    for (name, definition) in definitions.iter_mut() {
        let Some(whole) = name.strip_suffix("Partial") else { continue };
        let Some(Value::Object(properties)) = definition.get_mut("properties") else { continue };
        for (key, property) in properties.iter_mut() {
            let same = full.get(whole).and_then(|whole| whole.get("properties")).and_then(|keys| keys.get(key));
            if same == Some(&*property) {
                *property = json!({ "$ref": format!("#/definitions/{whole}/properties/{key}") });
            }
        }
    }
}

/// Keywords in the order in which people read them; others follow.
const ORDER: &[&str] = &[
    "$schema",
    "$id",
    "title",
    "description",
    "x-seed",
    "x-expected",
    "x-renamed-to",
    "$ref",
    "allOf",
    "type",
    "const",
    "enum",
    "pattern",
    "not",
    "minimum",
    "maximum",
    "default",
    "examples",
    "properties",
    "required",
    "maxProperties",
    "propertyNames",
    "additionalProperties",
    "items",
    "definitions",
];

/// A schema with its keywords in order.
pub(super) fn in_order(mut schema: Map<String, Value>) -> Map<String, Value> {
    let first = ORDER.iter().filter_map(|name| schema.shift_remove_entry(*name)).collect::<Vec<_>>();
    first.into_iter().chain(schema).collect()
}

/// The schemas directly below a schema.
pub(super) fn subschemas(schema: &Map<String, Value>) -> impl Iterator<Item = (String, &Value)> {
    schema.iter().flat_map(|(keyword, value)| {
        let below: Vec<(String, &Value)> = match (keyword.as_str(), value) {
            ("properties" | "patternProperties" | "definitions", Value::Object(named)) => {
                named.iter().map(|(name, schema)| (format!("{keyword}/{name}"), schema)).collect()
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                schemas.iter().enumerate().map(|(index, schema)| (format!("{keyword}/{index}"), schema)).collect()
            }
            ("additionalProperties" | "propertyNames" | "items" | "not", schema) => vec![(keyword.clone(), schema)],
            _ => Vec::new(),
        };
        below
    })
}

/// The same, to be changed, each with the keyword that it stands under.
fn subschemas_mut(schema: &mut Map<String, Value>) -> impl Iterator<Item = (&str, &mut Value)> {
    schema.iter_mut().flat_map(|(keyword, value)| {
        let keyword = keyword.as_str();
        let below: Vec<(&str, &mut Value)> = match (keyword, value) {
            ("properties" | "patternProperties" | "definitions", Value::Object(named)) => {
                named.iter_mut().map(|(_, schema)| (keyword, schema)).collect()
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                schemas.iter_mut().map(|schema| (keyword, schema)).collect()
            }
            ("additionalProperties" | "propertyNames" | "items" | "not", schema) => vec![(keyword, schema)],
            _ => Vec::new(),
        };
        below
    })
}

fn inspect(schema: &Map<String, Value>, place: &str, open: &str, found: &mut Vec<String>) {
    if let Some(Value::String(pattern)) = schema.get("pattern")
        && let Some(reason) = pattern::unportable(pattern)
    {
        found.push(format!("{place}: the pattern {pattern} {reason}"));
    }
    if schema.get("properties").is_some()
        && !schema.get("additionalProperties").is_some_and(Value::is_boolean)
        && place != open
    {
        found.push(format!("{place}: the struct takes unknown keys"));
    }
    for keyword in ["format", "patternProperties", "nullable", "$defs", "anyOf", "oneOf", "unevaluatedProperties"] {
        if schema.contains_key(keyword) {
            found.push(format!("{place}: the keyword {keyword}"));
        }
    }
    let null = match schema.get("type") {
        Some(Value::Array(types)) => types.contains(&json!("null")),
        other => other == Some(&json!("null")),
    };
    if null {
        found.push(format!("{place}: null is allowed"));
    }
    if let Some(Value::String(target)) = schema.get("$ref")
        && !target.starts_with("#/")
    {
        found.push(format!("{place}: the reference {target} leads to another document"));
    }
    for (step, below) in subschemas(schema) {
        if let Value::Object(below) = below {
            inspect(below, &format!("{place}/{step}"), open, found);
        }
    }
}
