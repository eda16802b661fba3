//! JSON as text for people: indented by two, short lists and references on one line.
//!
//! Must not know what the JSON means.

use std::fmt::Write as _;

use serde_json::Value;

/// Columns that a list on one line may reach.
const WIDTH: usize = 120;

/// A value as text with a line break at its end. Characters that an editor does not show are written as escapes.
pub(super) fn json_text(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value, 0, 0);
    text.push('\n');
    text.chars().fold(String::new(), |mut written, character| {
        if is_hidden(character) && character != '\n' {
            // All of them have four digits; writing to a string cannot fail.
            let _ = write!(written, "\\u{:04x}", u32::from(character));
        } else {
            written.push(character);
        }
        written
    })
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}')
        || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

/// `taken`: columns before the value on its line.
fn write_value(text: &mut String, value: &Value, level: usize, taken: usize) {
    if is_small(value) {
        let line = on_one_line(value);
        if taken + line.chars().count() < WIDTH || !has_children(value) {
            text.push_str(&line);
            return;
        }
    }
    let indent = "  ".repeat(level + 1);
    let end = "  ".repeat(level);
    match value {
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "\n" } else { ",\n" });
                text.push_str(&indent);
                write_value(text, item, level + 1, indent.len());
            }
            let _ = write!(text, "\n{end}]");
        }
        Value::Object(members) => {
            text.push('{');
            for (index, (key, member)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "\n" } else { ",\n" });
                let start = format!("{indent}{}: ", Value::from(key.as_str()));
                text.push_str(&start);
                write_value(text, member, level + 1, start.chars().count());
            }
            let _ = write!(text, "\n{end}}}");
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

fn has_children(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => false,
    }
}

/// A scalar, a list of scalars, or a chain of such with one member each.
fn is_small(value: &Value) -> bool {
    match value {
        Value::Array(items) => match items.as_slice() {
            [only] => is_small(only),
            items => !items.iter().any(has_children),
        },
        Value::Object(members) => members.len() <= 1 && members.values().all(is_small),
        _ => true,
    }
}

fn on_one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let member =
                |(key, member): (&String, &Value)| format!("{}: {}", Value::from(key.as_str()), on_one_line(member));
            format!("{{ {} }}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::json_text;

    #[test]
    fn short_things_stand_on_one_line() {
        let value = json!({
            "a": { "allOf": [{ "$ref": "#/definitions/A" }] },
            "b": { "x": 1, "y": [1, 2] },
            "c": ["one", "two"],
            "d": [{ "x": 1, "y": 2 }],
            "e": {}, "f": [], "hidden": "\u{85}\u{feff}ü\n",
        });
        insta::assert_snapshot!(json_text(&value), @r##"
        {
          "a": { "allOf": [{ "$ref": "#/definitions/A" }] },
          "b": {
            "x": 1,
            "y": [1, 2]
          },
          "c": ["one", "two"],
          "d": [
            {
              "x": 1,
              "y": 2
            }
          ],
          "e": {},
          "f": [],
          "hidden": "\u0085\ufeffü\n"
        }
        "##);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json_text(&value)).unwrap(), value);
    }

    #[test]
    fn long_lists_are_broken() {
        let value = json!({ "list": vec!["0123456789"; 12] });
        assert_eq!(json_text(&value).lines().count(), 16);
    }
}
