//! The types of values as the template printer needs them: what a Go template could misread.
//!
//! This module knows nothing of Rust's types; `values` maps those to these.

use serde_json::Value;

/// Helm reads every number of a values file as `float64`, which prints as `1e+06` from a million on.
pub const PLAIN_LIMIT: i64 = 1_000_000;

/// The type of an expression's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// A boolean.
    Boolean,
    /// An integer.
    Integer(Magnitude),
    /// An integer or a percentage such as `25%`: below [`PLAIN_LIMIT`], printed as it is.
    IntegerOrPercentage,
    /// A text.
    Text(Charset),
    /// One of a few words, none of which YAML reads as anything but a text.
    Word,
    /// A list.
    List,
    /// A map, open or of known keys.
    Map,
    /// Anything.
    Json,
}

/// How an integer has to be printed, from the easiest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Magnitude {
    /// The result of integer arithmetic in the template: never a float.
    Exact,
    /// A number of a values file whose type keeps it below [`PLAIN_LIMIT`].
    Small,
    /// A number of a values file that may be larger: printed through `int64`.
    Wide,
}

/// Which characters a text can hold, by its type; from any text to the narrowest set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Charset {
    /// Any text.
    Any,
    /// Any text without characters that a block of YAML cannot hold: no control characters but line feeds and tabs, no
    /// U+0085, U+2028, U+2029, U+FEFF, U+FFFE and U+FFFF.
    Printable,
    /// Printable ASCII without `"` and `\`: safe inside double quotes.
    Token,
    /// `a-z`, `0-9`, `-` and `.`: a part of an object's name.
    Name,
    /// A name that begins with a letter and is none of [`YAML_WORDS`]: safe without quotes.
    Label,
}

/// The lower case words that YAML 1.1 reads as a boolean or as null.
pub const YAML_WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

impl Charset {
    /// The narrowest set that holds all of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.') {
            if text.starts_with(|first: char| first.is_ascii_lowercase()) && !YAML_WORDS.contains(&text) {
                Self::Label
            } else {
                Self::Name
            }
        } else if text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\') {
            Self::Token
        } else if text.chars().all(|character| !is_unprintable(character)) {
            Self::Printable
        } else {
            Self::Any
        }
    }
}

/// Whether a block of YAML cannot hold the character.
fn is_unprintable(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

impl ValueType {
    /// The type of a constant.
    #[must_use]
    pub fn of_literal(value: &Value) -> Self {
        match value {
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Integer(Magnitude::Exact),
            Value::String(text) => Self::Text(Charset::of(text)),
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Map,
            Value::Null => Self::Json,
        }
    }

    /// The type of what is of one of two types.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (first, second) if first == second => first,
            (Self::Integer(first), Self::Integer(second)) => Self::Integer(first.max(second)),
            (Self::Text(_) | Self::Word, Self::Text(_) | Self::Word) => Self::Text(self.charset().min(other.charset())),
            _ => Self::Json,
        }
    }

    /// The characters that its text can hold.
    #[must_use]
    pub fn charset(self) -> Charset {
        match self {
            Self::Text(charset) => charset,
            Self::Integer(_) => Charset::Name,
            Self::Boolean | Self::IntegerOrPercentage | Self::Word => Charset::Token,
            Self::List | Self::Map | Self::Json => Charset::Any,
        }
    }
}

/// Whether every YAML reader takes the text, without quotes, for this text: a word that begins with a letter.
#[doc(hidden)]
#[must_use]
pub const fn is_word(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'-' | b'_' | b'.' | b'/')) {
            return false;
        }
        at += 1;
    }
    !bytes.is_empty() && bytes[0].is_ascii_alphabetic() && !is_yaml_word(text)
}

/// Whether YAML 1.1 reads the text as a boolean or null, whatever its case.
#[doc(hidden)]
#[must_use]
pub const fn is_yaml_word(text: &str) -> bool {
    let mut word = 0;
    while word < YAML_WORDS.len() {
        if text.eq_ignore_ascii_case(YAML_WORDS[word]) {
            return true;
        }
        word += 1;
    }
    false
}
