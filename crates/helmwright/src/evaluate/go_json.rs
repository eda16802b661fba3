//! JSON as Go's encoder writes it, which `toJson` of Helm prints and checksums are taken of.
//!
//! Keys are sorted by bytes; `<`, `>`, `&`, U+2028 and U+2029 are escaped; numbers are 64-bit floats, as Helm reads them.

use serde_json::{Number, Value};

/// Compact JSON.
pub(super) fn go_json(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_bytes());
            text.push('{');
            for (position, (key, value)) in entries.into_iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                write_string(text, key);
                text.push(':');
                write(text, value);
            }
            text.push('}');
        }
        Value::Array(list) => {
            text.push('[');
            for (position, value) in list.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                write(text, value);
            }
            text.push(']');
        }
        Value::String(string) => write_string(text, string),
        Value::Number(number) => text.push_str(&go_number(number)),
        Value::Bool(_) | Value::Null => text.push_str(&value.to_string()),
    }
}

fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

/// The shortest decimal that stands for the float; with an exponent below 1e-6 and from 1e21 on.
fn go_number(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => {
            // Rust's shortest form with an exponent has the digits that Go's has: `-1.5e-7`.
            if float != 0.0 && !(1e-6..1e21).contains(&float.abs()) {
                let text = format!("{float:e}");
                match text.split_once('e') {
                    Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
                    _ => text,
                }
            } else {
                float.to_string()
            }
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::go_json;

    #[test]
    fn json_is_written_as_go_writes_it() {
        let value = json!({"b": "<&>\u{2028}", "a": [1, 2.5, 3.0, true, null, "\u{1}é\n"]});
        assert_eq!(go_json(&value), r#"{"a":[1,2.5,3,true,null,"\u0001é\n"],"b":"\u003c\u0026\u003e\u2028"}"#);
    }

    #[test]
    fn floats_have_an_exponent_where_go_gives_them_one() {
        let value = json!([1e16, 1e20, 1e21, -1.5e300, 1e-6, 1e-7, 1.25e-10, -0.0, 0.1, 123_456_789_012_345_680_000.0]);
        let text = "[10000000000000000,100000000000000000000,1e+21,-1.5e+300,0.000001,1e-7,1.25e-10,-0,0.1,123456789012345680000]";
        assert_eq!(go_json(&value), text);
    }
}
