//! Characters that Helm does not carry through a block that templates print with `toYaml`.
//!
//! Helm 3 refuses the whole values file because of them; Helm 4 leaves the field or the object out without a word.

use serde_json::Value;

use super::InvalidValue;

/// Checks every text and key of a block.
///
/// # Errors
///
/// The first character that Helm would not carry.
pub fn check_carried(block: &Value) -> Result<(), InvalidValue> {
    match block {
        Value::String(text) => check_text(text),
        Value::Array(items) => items.iter().try_for_each(check_carried),
        Value::Object(entries) => entries.iter().try_for_each(|(key, entry)| {
            check_text(key)?;
            check_carried(entry)
        }),
        _ => Ok(()),
    }
}

fn check_text(text: &str) -> Result<(), InvalidValue> {
    let is_lost =
        |character: &char| matches!(character, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    match text.chars().find(is_lost) {
        Some(character) => Err(InvalidValue::new(format!(
            "a text holds the character U+{:04X}, with which Helm 4 leaves out what it stands in and Helm 3 refuses the \
             values: leave the character out",
            u32::from(character)
        ))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::check_carried;

    #[test]
    fn characters_that_helm_loses_are_found_at_any_depth() {
        assert!(check_carried(&json!({ "a": [{ "b": "ä\t\n\u{85}\u{a0}\u{2028}" }] })).is_ok());
        for lost in ["\u{7f}", "\u{84}", "\u{9f}", "\u{fffe}", "\u{ffff}"] {
            assert!(check_carried(&json!({ "a": [{ "b": format!("x{lost}") }] })).is_err());
            assert!(check_carried(&json!({ format!("x{lost}"): 1 })).unwrap_err().to_string().contains("U+"));
        }
    }
}
