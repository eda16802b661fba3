//! The reader and the schema accept the same values.
//!
//! A valid document that uses every key is changed in one place at a time: each value is replaced by every other kind of
//! value, each key is removed, misspelt and joined by others. Whatever one of the two refuses, the other has to refuse.

use emt_model::Values;
use emt_model::names::Registry;
use helmwright::describe;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What stands in a place at a time. Integral floats are left out: the reader makes integers of them.
fn replacements() -> &'static [Value] {
    static VALUES: std::sync::LazyLock<Vec<Value>> = std::sync::LazyLock::new(make_replacements);
    &VALUES
}

fn make_replacements() -> Vec<Value> {
    let mut values =
        vec![json!(null), json!(true), json!(false), json!({}), json!([]), json!([null]), json!({ "a": null })];
    values.extend([
        json!([""]),
        json!(["a"]),
        json!([1]),
        json!([[]]),
        json!([{}]),
        json!({ "a": 1 }),
        json!({ "on": {} }),
    ]);
    values.extend([
        json!({ "": "" }),
        json!({ "name": "a" }),
        json!({ "é": "é" }),
        json!({ "a": "a" }),
        json!({ "a": {} }),
    ]);
    let integers =
        [0, 1, -1, 2, 63, 64, 100, 101, 1000, 1001, 1024, 1025, 1800, 65535, 65536, 86_400, 86_401, 1_000_000];
    values.extend(integers.map(Value::from));
    values.extend([i64::from(i32::MAX), i64::from(i32::MAX) + 1, (1 << 53) - 1, -(1 << 53) + 1].map(Value::from));
    values.extend([0.5, -2.5, 1e300].map(Value::from));
    let texts = [
        "",
        " ",
        "a",
        "A",
        "0",
        "1",
        "-1",
        "1.5",
        "on",
        "y",
        "null",
        "true",
        "~",
        "-",
        ".",
        "_",
        "/",
        "//",
        "a/",
        "/a",
        "/a b",
        "a b",
        "a-",
        "-a",
        "a.b",
        "a..b",
        "a_b",
        "A_B",
        "aB",
        "a/b",
        "a:1",
        "a:80",
        "a:80/b",
        "a:123456",
        "https://a",
        "1.2.3.4",
        "::1",
        "25%",
        "100%",
        "101%",
        "05%",
        "%",
        "500m",
        "2Gi",
        "2gi",
        "1e3",
        "0.5",
        ".5",
        "5.",
        "-Xmx1g",
        "-",
        "INFO",
        "info",
        "HTTP",
        "none",
        "off",
        "GROUP_ID",
        "app.kubernetes.io/name",
        "b/c",
        "A/b",
        "a@b",
        "é",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{7f}",
        "\0",
        "\n",
        "a\n",
        "\na",
        "a\nb",
        "a\r",
        "\t",
        "\"",
        "\\",
        "'",
        "{{ x }}",
        "${x}",
        "$",
        "#",
        "a #b",
        "*",
        "&a",
        "\u{1f600}",
        "t_1",
        "1.0@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "1.0@sha256:00",
        "10.0.0.0/8",
        "200",
        "2001:db8::/32",
        "arn:aws:acm:eu-west-1:111122223333:certificate/abc",
        "2030-01-01T00:00:00Z",
    ];
    values.extend(texts.map(Value::from));
    let lengths = [20, 21, 30, 31, 47, 48, 62, 63, 64, 65, 127, 128, 129, 252, 253, 254, 255, 1025];
    values.extend(lengths.map(|length| Value::from("a".repeat(length))));
    values
}

/// Keys that are put beside those of each map, or in their place.
const KEYS: &[&str] = &[
    "",
    "a",
    "A",
    "on",
    "1",
    "a-b",
    "a_b",
    "A_B",
    "a.b/c",
    "GROUP_ID",
    "helm.sh/chart",
    "é",
    "a b",
    "\n",
    "-",
    "name",
];

/// Schema nodes, told apart by where they stand.
#[derive(Default)]
struct Seen<'a>(Vec<&'a Value>);

impl<'a> Seen<'a> {
    fn insert(&mut self, node: &'a Value) -> bool {
        let new = !self.0.iter().any(|seen| std::ptr::eq(*seen, node));
        self.0.push(node);
        new
    }
}

struct Comparison {
    validator: jsonschema::Validator,
    accepted: usize,
    refused: usize,
    disagreements: Vec<String>,
}

impl Comparison {
    fn compare(&mut self, document: &Value, change: impl FnOnce() -> String) {
        let reader = Values::deserialize(document);
        let schema = self.validator.is_valid(document);
        match (reader, schema) {
            (Ok(_), true) => self.accepted += 1,
            (Err(_), false) => self.refused += 1,
            (Ok(_), false) => self.disagreements.push(format!("only the schema refuses {}", change())),
            (Err(error), true) => self.disagreements.push(format!("only the reader refuses {}: {error}", change())),
        }
    }

    /// Every change at `pointer` and below it. What a schema node says holds wherever it is referred to, and so does what
    /// a Rust type says: each is tried in one place.
    fn change_all<'a>(
        &mut self,
        document: &mut Value,
        pointer: &str,
        schema: &'a Value,
        node: &'a Value,
        seen: &mut Seen<'a>,
    ) {
        if !seen.insert(node) {
            return;
        }
        let original = document.pointer(pointer).cloned().unwrap_or_default();
        for replacement in replacements() {
            set(document, pointer, replacement.clone());
            self.compare(document, || format!("{pointer} = {replacement}"));
        }
        if let Value::Object(entries) = &original {
            self.change_keys(document, pointer, entries);
        }
        set(document, pointer, original.clone());
        let node = resolved(schema, node);
        match &original {
            Value::Object(entries) => {
                for key in entries.keys() {
                    let property = node.get("properties").and_then(|properties| properties.get(key));
                    if let Some(below) = property.or(node.get("additionalProperties")) {
                        self.change_all(document, &format!("{pointer}/{}", escaped(key)), schema, below, seen);
                    }
                }
            }
            Value::Array(items) => {
                for index in 0..items.len() {
                    if let Some(below) = node.get("items") {
                        self.change_all(document, &format!("{pointer}/{index}"), schema, below, seen);
                    }
                }
            }
            _ => {}
        }
    }

    fn change_keys(&mut self, document: &mut Value, pointer: &str, entries: &Map<String, Value>) {
        for key in entries.keys() {
            let without: Map<String, Value> = entries.clone().into_iter().filter(|(name, _)| name != key).collect();
            set(document, pointer, Value::Object(without.clone()));
            self.compare(document, || format!("{pointer} without {key}"));
            for other in [format!("{key}x"), key.to_uppercase(), key.chars().skip(1).collect(), key.replace('e', "")] {
                let mut misspelt = without.clone();
                misspelt.insert(other.clone(), entries.get(key).cloned().unwrap_or_default());
                set(document, pointer, Value::Object(misspelt));
                self.compare(document, || format!("{pointer}: {other} in place of {key}"));
            }
        }
        let entry = entries.values().next().cloned().unwrap_or_default();
        for key in KEYS {
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

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A document in which no map or list is empty and every partial struct has every key: the defaults, filled up by what the
/// schema says. Kubernetes' own types nest without end and get their required fields only.
fn filled(schema: &Value, node: &Value, default: Option<&Value>, in_kubernetes: bool) -> Value {
    let in_kubernetes = in_kubernetes || node.get("$ref").is_some_and(|name| name.to_string().contains("/k8s."));
    let node = resolved(schema, node);
    if let Some(Value::Object(properties)) = node.get("properties") {
        let required = node.get("required").and_then(Value::as_array);
        let wanted =
            |key: &str| !in_kubernetes || required.is_some_and(|required| required.contains(&Value::from(key)));
        let wanted = properties.iter().filter(|(key, _)| wanted(key));
        let entries = wanted.map(|(key, property)| {
            let default = default.and_then(|default| default.get(key));
            (key.clone(), filled(schema, property, default, in_kubernetes))
        });
        return Value::Object(entries.collect());
    }
    match node.get("type").and_then(Value::as_str) {
        Some("object") => {
            let key = text(resolved(schema, node.get("propertyNames").unwrap_or(&Value::Null)));
            let entry = node.get("additionalProperties").map(|entry| filled(schema, entry, None, in_kubernetes));
            json!({ key: entry.filter(|entry| !entry.is_boolean()).unwrap_or(json!("a")) })
        }
        Some("array") => json!([filled(schema, node.get("items").unwrap_or(&Value::Null), None, in_kubernetes)]),
        Some("integer") => default.cloned().or(node.get("minimum").cloned()).unwrap_or(json!(1)),
        Some("boolean") => node.get("const").or(default).cloned().unwrap_or(json!(true)),
        Some("number") => json!(1),
        _ => default.cloned().unwrap_or_else(|| json!(text(node))),
    }
}

fn resolved<'a>(schema: &'a Value, node: &'a Value) -> &'a Value {
    let reference = node.get("$ref").or_else(|| node.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    match reference.and_then(|reference| schema.pointer(reference.trim_start_matches('#'))) {
        Some(target) => resolved(schema, target),
        None => node,
    }
}

/// A text that the schema takes, not empty where it may be otherwise.
fn text(node: &Value) -> String {
    let candidates = [
        "a",
        "A",
        "X_A",
        "1",
        "25%",
        "500m",
        "/a",
        "-Xa",
        "a:80",
        "a.example.com",
        "10.0.0.0/8",
        "200",
        "2030-01-01T00:00:00Z",
        "YQ==",
        "",
    ];
    let validator = jsonschema::validator_for(node);
    let fits = |text: &&&str| validator.as_ref().is_ok_and(|validator| validator.is_valid(&Value::from(**text)));
    let words = node.get("enum").and_then(|words| words.get(0)).and_then(Value::as_str);
    words.unwrap_or_else(|| candidates.iter().find(fits).unwrap_or(&"")).to_owned()
}

#[test]
fn reader_and_schema_agree() -> Result<(), Box<dyn std::error::Error>> {
    let defaults = serde_json::to_value(Values::new(Registry::new("registry.example.com/apim")?))?;
    let schema = describe::schema::<Values>("values", None);
    let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&schema)?;
    let mut comparison = Comparison { validator, accepted: 0, refused: 0, disagreements: Vec::new() };
    let mut document = filled(&schema, &schema, Some(&defaults), false);
    for document in [&defaults, &document] {
        assert!(comparison.validator.is_valid(document), "{:?}", comparison.validator.validate(document));
        assert_eq!(Values::deserialize(document).err().map(|error| error.to_string()), None);
    }
    let mut seen = Seen::default();
    comparison.change_all(&mut document, "", &schema, &schema, &mut seen);
    let Comparison { accepted, refused, disagreements, .. } = comparison;
    println!("{} documents compared, {accepted} accepted, {refused} refused", accepted + refused);
    let shown = disagreements.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(disagreements.is_empty(), "{} disagreements:\n{shown}", disagreements.len());
    assert!(accepted > 1000 && refused > 1000);
    Ok(())
}
