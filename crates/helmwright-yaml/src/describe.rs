//! How readings and texts are put in words.

use crate::readings::Reading;

/// Texts in messages are cut after this many characters.
const SHOWN: usize = 60;

/// A text as messages show it: in backquotes, cut if it is long, on one line.
pub(crate) fn shown(text: &str) -> String {
    let line: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    match line.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("`{}…`", line.get(..cut).unwrap_or_default()),
        None => format!("`{line}`"),
    }
}

/// A text as a YAML string in double quotes, cut if it is long.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("\"{}…\"", text.get(..cut).unwrap_or_default()),
        // JSON's quoting is YAML's for every text without control characters.
        None => serde_json::Value::from(text).to_string(),
    }
}

/// A reading with its kind: `the boolean true`, `the number 15`, `the string "017"`.
pub(crate) fn reading(reading: Reading, text: &str) -> String {
    match reading {
        Reading::Null => "null".to_owned(),
        Reading::Bool(value) => format!("the boolean {value}"),
        Reading::Integer(_) | Reading::Float(_) => format!("the number {}", number(reading).unwrap_or_default()),
        Reading::String => format!("the string {}", quoted(text)),
        Reading::Special => "a scalar with a special role".to_owned(),
    }
}

/// A boolean or number as it would be written without doubt: `true`, `15`.
pub(crate) fn unambiguous(reading: Reading) -> Option<String> {
    match reading {
        Reading::Bool(value) => Some(value.to_string()),
        other => number(other),
    }
}

fn number(reading: Reading) -> Option<String> {
    match reading {
        Reading::Integer(value) => Some(value.to_string()),
        Reading::Float(value) if value.is_nan() => Some("not-a-number".to_owned()),
        Reading::Float(value) if value.is_infinite() => Some("infinity".to_owned()),
        Reading::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => Some(format!("{value}")),
        Reading::Float(value) => Some(format!("{value:?}")),
        _ => None,
    }
}
