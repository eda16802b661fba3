//! Writing YAML that every reader reads back unchanged, in the style of kubectl and Helm's `toYaml`.
//!
//! The block structure of maps and lists is written here; what a key or scalar looks like is the serializer's business, in
//! [`scalar`]. A test holds that both together write what the serializer alone would, which is several times slower: it
//! looks at every key again.

mod scalar;

use std::collections::HashMap;

use serde_json::Value;

use scalar::{as_list_item, as_map_value, key, serialized};

/// A value as block YAML with a line break at its end.
///
/// Maps keep their order and indent by two, list items stand under their key's first letter, strings that some reader
/// would take for something else are in double quotes, strings with line breaks are literal blocks where every reader
/// gives them back. No line is folded. Integral floats up to ±(2^53 − 1) are written as integers, as Helm does; integers
/// beyond are written as they stand, although Helm and [`read`](crate::read) do not take them.
pub fn write(value: &Value) -> String {
    let mut writer = Writer::default();
    writer.document(value);
    writer.text
}

/// Values as a stream of documents, each after a line `---`. Empty for no values.
pub fn write_documents<'a>(values: impl IntoIterator<Item = &'a Value>) -> String {
    let mut writer = Writer::default();
    for value in values {
        writer.text.push_str("---\n");
        writer.document(value);
    }
    writer.text
}

/// Writes documents one behind the other.
#[derive(Default)]
struct Writer<'a> {
    text: String,
    /// Keys as they are written.
    keys: HashMap<&'a str, String>,
    /// Strings as they are written behind a key.
    strings: HashMap<&'a str, String>,
}

impl<'a> Writer<'a> {
    fn document(&mut self, value: &'a Value) {
        match value {
            Value::Object(map) if !map.is_empty() => self.map(value, 0, false),
            Value::Array(list) if !list.is_empty() => self.list(value, 0, false),
            _ => self.text.push_str(&serialized(value)),
        }
    }

    /// The entries of a map, each on its line; the first one behind what stands there already if `inline`.
    fn map(&mut self, value: &'a Value, indent: usize, mut inline: bool) {
        for (name, value) in value.as_object().into_iter().flatten() {
            self.start(indent, &mut inline);
            let name = self.keys.entry(name).or_insert_with(|| key(name));
            self.text.push_str(name);
            self.text.push(':');
            match value {
                Value::Object(map) if !map.is_empty() => {
                    self.text.push('\n');
                    self.map(value, indent + 2, false);
                }
                Value::Array(list) if !list.is_empty() => {
                    self.text.push('\n');
                    self.list(value, indent, false);
                }
                Value::String(string) => {
                    let written = self.strings.entry(string).or_insert_with(|| as_map_value(value));
                    indented(&mut self.text, written, indent);
                }
                _ => self.text.push_str(&as_map_value(value)),
            }
        }
    }

    /// The items of a list, each on its line; the first one behind what stands there already if `inline`.
    fn list(&mut self, value: &'a Value, indent: usize, mut inline: bool) {
        for value in value.as_array().into_iter().flatten() {
            self.start(indent, &mut inline);
            self.text.push('-');
            match value {
                Value::Object(map) if !map.is_empty() => {
                    self.text.push(' ');
                    self.map(value, indent + 2, true);
                }
                Value::Array(list) if !list.is_empty() => {
                    self.text.push(' ');
                    self.list(value, indent + 2, true);
                }
                _ => indented(&mut self.text, &as_list_item(value), indent),
            }
        }
    }

    /// The start of a line.
    fn start(&mut self, indent: usize, inline: &mut bool) {
        if !std::mem::take(inline) {
            self.text.extend(std::iter::repeat_n(' ', indent));
        }
    }
}

/// Adds lines, all but the first and empty ones with so much more indentation.
fn indented(text: &mut String, lines: &str, indent: usize) {
    for (number, line) in lines.split_inclusive('\n').enumerate() {
        if number > 0 && line != "\n" {
            text.extend(std::iter::repeat_n(' ', indent));
        }
        text.push_str(line);
    }
}
