//! Values written as a file that Helm reads back unchanged.
//!
//! JSON is nearly YAML, but not for every string: surrogate pairs are no YAML escapes, and unescaped control
//! characters, U+0085, U+2028 or a byte order mark are refused or become spaces. So everything that is not printable
//! ASCII is escaped as YAML does it.
//!
//! Limit: Helm reads numbers of a values file as 64-bit floats.

use std::fmt::Write as _;

use serde_json::Value;

/// The value as one line of YAML, in flow style.
pub(crate) fn to_yaml(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

/// Whether a `null` stands anywhere in the value.
pub(crate) fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(map) => map.values().any(has_null),
        _ => false,
    }
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::String(string) => quote(string, text),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(map) => {
            text.push('{');
            for (index, (key, item)) in map.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                quote(key, text);
                text.push_str(": ");
                write(item, text);
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
}

/// A double-quoted YAML string in printable ASCII.
fn quote(string: &str, text: &mut String) {
    text.push('"');
    for c in string.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            ' '..='~' => text.push(c),
            // Writing to a String cannot fail.
            _ => drop(write!(text, "\\U{:08X}", u32::from(c))),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_printable_ascii_is_escaped_as_yaml_does() {
        let value = json!({"a\n": ["\"\\", "\u{85}\u{1F600}", 1.5, true, null, {}]});
        assert_eq!(to_yaml(&value), r#"{"a\U0000000A": ["\"\\", "\U00000085\U0001F600", 1.5, true, null, {}]}"#);
        assert!(has_null(&value) && !has_null(&json!({"a": [0, ""]})));
    }
}
