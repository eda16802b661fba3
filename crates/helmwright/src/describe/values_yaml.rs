//! The commented `values.yaml`.

use serde_json::{Map, Value};

use super::example;
use super::prose::wrapped;
use super::view::View;

/// Columns that a comment may reach.
const WIDTH: usize = 100;

/// The default values as YAML, each key under its description, after a block with the keys that every user has to set.
///
/// `header` becomes a comment at the top; it may have several lines. An empty map or list shows the example that its field
/// gives by `#[schemars(example = …)]`, as a comment. Read as YAML, the text gives exactly `defaults`.
#[must_use]
pub fn values_yaml(schema: &Value, defaults: &Value, required: &[&[&str]], header: &str) -> String {
    let view = View::of(schema);
    let mut text = String::new();
    comment(&mut text, 0, header);
    if !required.is_empty() {
        text.push_str("\n# You must set, in a values file of your own:\n");
        let mut examples = Map::new();
        for path in required {
            require(view, path, &mut examples);
        }
        let mut block = String::new();
        write_keys(&mut block, Some(view), &examples, &Layout { level: 0, required: &[], examples: false });
        for line in block.lines() {
            push_comment(&mut text, 0, line);
        }
    }
    match defaults {
        Value::Object(defaults) if !defaults.is_empty() => {
            write_keys(&mut text, Some(view), defaults, &Layout { level: 0, required, examples: true });
        }
        other => text.push_str(&helmwright_yaml::write(other)),
    }
    text
}

/// Adds an example for a required key.
fn require(view: View<'_>, path: &[&str], examples: &mut Map<String, Value>) {
    let [first, rest @ ..] = path else { return };
    let Some(property) = view.property(first) else { return };
    if rest.is_empty() {
        examples.insert((*first).to_owned(), example::any(property));
        return;
    }
    let below = examples.entry(*first).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(below) = below {
        require(property, rest, below);
    }
}

/// How a map is written.
struct Layout<'a> {
    level: usize,
    /// Required keys of this map, which stand in the block at the top, by their paths from here.
    required: &'a [&'a [&'a str]],
    /// Whether empty maps and lists show their examples.
    examples: bool,
}

fn write_keys(text: &mut String, view: Option<View<'_>>, values: &Map<String, Value>, layout: &Layout<'_>) {
    let level = layout.level;
    for (key, value) in values {
        let property = view.and_then(|view| view.property(key));
        if level == 0 {
            text.push('\n');
        }
        let own = view.is_some_and(|view| view.is_struct());
        if let Some(property) = property.filter(|_| own) {
            comment(text, level, property.description());
        }
        match value {
            Value::Object(entries) if !entries.is_empty() => {
                let mapped = helmwright_yaml::write(&Value::from_iter([(key.clone(), Value::Object(Map::new()))]));
                indented(text, level, mapped.trim_end().trim_end_matches("{}").trim_end());
                let below = layout.required.iter().filter_map(|path| match path {
                    [first, rest @ ..] if first == key => Some(rest),
                    _ => None,
                });
                let below: Vec<&[&str]> = below.collect();
                for name in below.iter().filter_map(|path| if let [only] = path { Some(*only) } else { None }) {
                    required_key(text, level + 1, name, property.and_then(|property| property.property(name)));
                }
                let layout = Layout { level: level + 1, required: &below, examples: layout.examples };
                write_keys(text, property, entries, &layout);
            }
            value => {
                indented(text, level, &helmwright_yaml::write(&Value::from_iter([(key.clone(), value.clone())])));
                let empty = matches!(value, Value::Object(_) | Value::Array(_)) && layout.examples;
                if let Some(example) = property.and_then(example::given).filter(|_| empty && is_empty(value)) {
                    for line in helmwright_yaml::write(&example).lines() {
                        push_comment(text, level + 1, line);
                    }
                }
            }
        }
    }
}

/// A required key in its place, as a comment.
fn required_key(text: &mut String, level: usize, name: &str, view: Option<View<'_>>) {
    comment(text, level, view.map(View::description).unwrap_or_default());
    let example = view.map_or(Value::String(String::new()), example::any);
    for line in helmwright_yaml::write(&Value::from_iter([(name.to_owned(), example)])).lines() {
        push_comment(text, level, line);
    }
    push_comment(text, level, "(required)");
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn indented(text: &mut String, level: usize, block: &str) {
    for line in block.lines() {
        if !line.is_empty() {
            text.push_str(&"  ".repeat(level));
            text.push_str(line);
        }
        text.push('\n');
    }
}

fn comment(text: &mut String, level: usize, prose: &str) {
    for line in wrapped(prose, WIDTH.saturating_sub(2 * level + 2)) {
        push_comment(text, level, &line);
    }
}

fn push_comment(text: &mut String, level: usize, line: &str) {
    text.push_str(&"  ".repeat(level));
    text.push('#');
    if !line.is_empty() {
        text.push(' ');
        text.push_str(line);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use helmwright_diagnostics::SourceMap;
    use serde_json::{Value, json};

    use super::values_yaml;

    fn read(text: &str) -> Value {
        let mut sources = SourceMap::new();
        let file = sources.add("values.yaml", text);
        helmwright_yaml::read(&sources, file).unwrap().root.to_json()
    }

    #[test]
    fn every_key_has_its_description_and_the_text_reads_back() {
        let schema = json!({
            "type": "object",
            "properties": {
                "accept": { "type": "boolean", "const": true, "description": "Accept." },
                "image": { "description": "Image.", "allOf": [{ "$ref": "#/definitions/Image" }] },
                "groups": {
                    "type": "object", "description": "Groups by name.\n\nEach has a tag.",
                    "examples": [{ "on": { "tag": "1.0" } }],
                    "additionalProperties": { "$ref": "#/definitions/Image" },
                },
                "hosts": { "type": "array", "items": { "type": "string" }, "examples": [["a.example.com"]] },
                "labels": { "type": "object", "additionalProperties": { "type": "string", "description": "no" } },
                "text": { "type": "string", "description": "A text of many words. ".repeat(8) },
            },
            "definitions": {
                "Image": {
                    "type": "object", "required": ["registry"],
                    "properties": {
                        "registry": { "type": "string", "description": "Registry.", "examples": ["r.example.com"] },
                        "tag": { "type": "string", "description": "Tag." },
                        "no": { "type": "array" },
                    },
                },
            },
        });
        let defaults = json!({
            "image": { "tag": "1.20", "no": [1, {"a": []}] }, "groups": {}, "hosts": [], "labels": { "y": "on" },
            "text": "a\n\nb\n",
        });
        let text = values_yaml(&schema, &defaults, &[&["accept"], &["image", "registry"]], "Values.\n\nOf a sample.");
        insta::assert_snapshot!(text, @r#"
        # Values.
        #
        # Of a sample.

        # You must set:
        #
        # # Accept.
        # accept: true
        #
        # # Image.
        # image:
        #   # Registry.
        #   registry: r.example.com

        # Image.
        image:
          # registry: see "You must set" above
          # Tag.
          tag: "1.20"
          "no":
          - 1
          - a: []

        # Groups by name.
        #
        # Each has a tag.
        groups: {}
          # "on":
          #   tag: "1.0"

        hosts: []
          # - a.example.com

        labels:
          "y": "on"

        # A text of many words. A text of many words. A text of many words. A text of many words. A text of
        # many words. A text of many words. A text of many words. A text of many words.
        text: |
          a

          b
        "#);
        assert_eq!(read(&text), defaults);
    }

    #[test]
    fn nothing_at_all() {
        assert_eq!(read(&values_yaml(&json!({}), &json!({}), &[], "")), json!({}));
    }
}
