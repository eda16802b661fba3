//! JSON as Go's encoder writes it: what Helm pushes, to the byte.
//!
//! Compact, fields in the order of the type, maps sorted by key, and `<`, `>`, `&`, U+2028 and U+2029 escaped.

use serde::Serialize;

use crate::error::OciError;

/// The text of a value.
pub(crate) fn to_vec(value: &impl Serialize) -> Result<Vec<u8>, OciError> {
    let text = serde_json::to_string(value).map_err(|error| OciError::input(format!("cannot be JSON: {error}")))?;
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // These stand inside strings only.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => escaped.push_str(&format!("\\u{:04x}", u32::from(character))),
            other => escaped.push(other),
        }
    }
    Ok(escaped.into_bytes())
}
