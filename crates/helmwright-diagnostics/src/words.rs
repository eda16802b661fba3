//! How numbers of things are written in messages and reports.

/// A number of things: `1 object`, `2 objects`.
#[must_use]
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
