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
    let mut writer = Writer { text: String::new(), empty_examples: true };
    writer.comment(0, header);
    if !required.is_empty() {
        writer.text.push_str("\n# You must set, in a values file of your own:\n");
        let mut examples = Map::new();
        required.iter().for_each(|path| require(view, path, &mut examples));
        let mut block = Writer { text: String::new(), empty_examples: false };
        block.map(0, Some(view), &examples, &[]);
        block.text.lines().for_each(|line| writer.comment_line(0, line));
    }
    match defaults {
        Value::Object(defaults) if !defaults.is_empty() => writer.map(0, Some(view), defaults, required),
        other => writer.text.push_str(&helmwright_yaml::write(other)),
    }
    writer.text
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

struct Writer {
    text: String,
    /// Whether empty maps and lists show their examples.
    empty_examples: bool,
}

impl Writer {
    /// The keys of a map. `required` are the paths, from here, of keys that stand in the block at the top.
    fn map(&mut self, level: usize, view: Option<View<'_>>, values: &Map<String, Value>, required: &[&[&str]]) {
        for (key, value) in values {
            if level == 0 {
                self.text.push('\n');
            }
            let property = view.and_then(|view| view.property(key));
            // What is said of the entries of a map is said of each.
            if let Some(property) = property.filter(|_| view.is_some_and(View::is_struct)) {
                self.comment(level, property.description());
            }
            match value {
                Value::Object(entries) if !entries.is_empty() => {
                    let mapped = helmwright_yaml::write(&single(key, Value::Object(Map::new())));
                    self.indented(level, mapped.trim_end().trim_end_matches("{}").trim_end());
                    let below = required.iter().filter_map(|path| match path {
                        [first, rest @ ..] if first == key => Some(rest),
                        _ => None,
                    });
                    let below: Vec<&[&str]> = below.collect();
                    self.required_keys(level + 1, property, &below);
                    self.map(level + 1, property, entries, &below);
                }
                value => self.leaf(level, property, key, value),
            }
        }
    }

    fn leaf(&mut self, level: usize, property: Option<View<'_>>, key: &str, value: &Value) {
        self.indented(level, &helmwright_yaml::write(&single(key, value.clone())));
        let empty = match value {
            Value::Object(entries) => entries.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if let Some(example) = property.and_then(example::given).filter(|_| empty && self.empty_examples) {
            helmwright_yaml::write(&example).lines().for_each(|line| self.comment_line(level + 1, line));
        }
    }

    /// Required keys in their place, as comments.
    fn required_keys(&mut self, level: usize, view: Option<View<'_>>, paths: &[&[&str]]) {
        for name in paths.iter().filter_map(|path| if let [only] = path { Some(*only) } else { None }) {
            let Some(property) = view.and_then(|view| view.property(name)) else { continue };
            self.comment(level, &format!("Required. {}", property.description()));
            let lines = helmwright_yaml::write(&single(name, example::any(property)));
            lines.lines().for_each(|line| self.comment_line(level, line));
        }
    }

    fn indented(&mut self, level: usize, block: &str) {
        for line in block.lines() {
            if !line.is_empty() {
                self.text.push_str(&"  ".repeat(level));
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    fn comment(&mut self, level: usize, prose: &str) {
        for line in wrapped(prose, WIDTH.saturating_sub(2 * level + 2)) {
            self.comment_line(level, &line);
        }
    }

    fn comment_line(&mut self, level: usize, line: &str) {
        self.text.push_str(&"  ".repeat(level));
        self.text.push_str(if line.is_empty() { "#" } else { "# " });
        self.text.push_str(line);
        self.text.push('\n');
    }
}

fn single(key: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(key.to_owned(), value)]))
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

        # You must set, in a values file of your own:
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
          # Required. Registry.
          # registry: r.example.com
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
