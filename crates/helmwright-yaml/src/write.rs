//! Writing YAML that every reader reads back unchanged, in the style of kubectl and Helm's `toYaml`.
//!
//! The only module that knows the serializer. Compared with go-yaml and PyYAML on generated values when it was written;
//! what they misread is mended in [`Faithful`].

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use crate::limits::MAX_INTEGER;

/// A value as block YAML with a line break at its end.
///
/// Maps keep their order and indent by two, list items stand under their key's first letter, strings that some reader
/// would take for something else are in double quotes, strings with line breaks are literal blocks where every reader
/// gives them back. No line is folded. Integral floats up to ±(2^53 − 1) are written as integers, as Helm does; integers
/// beyond are written as they stand, although Helm and [`read`](crate::read) do not take them.
pub fn write(value: &Value) -> String {
    let mut text = String::new();
    write_to(&mut text, value);
    text
}

/// Values as a stream of documents, each after a line `---`. Empty for no values.
pub fn write_documents<'a>(values: impl IntoIterator<Item = &'a Value>) -> String {
    let mut text = String::new();
    for value in values {
        text.push_str("---\n");
        write_to(&mut text, value);
    }
    text
}

fn write_to(text: &mut String, value: &Value) {
    let options = serde_saphyr::ser_options! {
        // Folding would break image digests and long commands over lines.
        folded_wrap_chars: usize::MAX,
        compact_list_indent: true,
        prefer_block_scalars: true,
    };
    let start = text.len();
    if serde_saphyr::to_fmt_writer_with_options(text, &Faithful(value), options).is_err() {
        // The serializer has no error for a JSON value; if it ever has, JSON is YAML as well.
        text.truncate(start);
        text.push_str(&value.to_string());
        text.push('\n');
    }
}

/// A value whose strings and numbers are written in the form that Helm reads back.
struct Faithful<'a>(&'a Value);

impl Serialize for Faithful<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if text.contains('\n') && !fits_a_block(text) => {
                serde_saphyr::DoubleQuoted(text.as_str()).serialize(serializer)
            }
            Value::String(text) => serializer.serialize_str(text),
            Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
                Some(float) if float.fract() == 0.0 && float.abs() <= MAX_INTEGER as f64 => {
                    serializer.serialize_i64(float as i64)
                }
                _ => number.serialize(serializer),
            },
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Faithful(item))?;
                }
                list.end()
            }
            Value::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, &Faithful(value))?;
                }
                map.end()
            }
            other => other.serialize(serializer),
        }
    }
}

/// Whether a text with line breaks may stand as a literal block.
///
/// Helm takes a tab at the start for indentation and refuses the file. White space at the end of a line, or more than
/// one line break at the end, is faithful in a file, but editors strip it and Helm trims the end of a document.
fn fits_a_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    !body.is_empty()
        && !body.trim_start_matches('\n').starts_with('\t')
        && !body.ends_with('\n')
        && !body.split('\n').any(|line| line.ends_with([' ', '\t']))
}
