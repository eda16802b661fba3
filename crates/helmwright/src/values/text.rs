//! Text newtypes of values: each states its pattern and the characters that it can hold.
//!
//! The pattern is written once. The schema publishes it and the reader matches it; both follow the syntax that Go's, the
//! JSON schema validators' and Rust's engines share: explicit classes, no `\d`, `\w` or look-around.

use std::sync::OnceLock;

use super::name_pattern::NamePattern;
use crate::expression::{Charset, Interpolated, YAML_WORDS};
use crate::values::{InvalidValue, Symbolic};

/// A type of values that is a text.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` are no texts",
    note = "an integer becomes one by `to_text(x)` or inside `text!(\"{{x}}\")`"
)]
pub trait TextValue: Symbolic {
    /// The characters that it can hold.
    const CHARSET: Charset;
}

impl TextValue for String {
    const CHARSET: Charset = Charset::Any;
}
impl Interpolated for String {}

/// A type that may be the key of a map of values.
pub trait MapKey: TextValue {
    /// What the schema says of such a key: its pattern, the words that are taken, and in words what is expected.
    fn property_names() -> serde_json::Value;
}

/// A newtype's pattern, compiled when first used.
#[doc(hidden)]
pub struct CompiledPattern(OnceLock<Option<Compiled>>);

/// What a pattern is matched by.
enum Compiled {
    Name(NamePattern),
    Engine(regex_lite::Regex),
}

impl Compiled {
    fn new(pattern: &str) -> Option<Self> {
        let engine = || regex_lite::Regex::new(pattern).ok().map(Self::Engine);
        NamePattern::new(pattern).map(Self::Name).or_else(engine)
    }

    fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Name(pattern) => pattern.is_match(text),
            Self::Engine(pattern) => pattern.is_match(text),
        }
    }
}

impl CompiledPattern {
    /// Not compiled yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }
}

impl Default for CompiledPattern {
    fn default() -> Self {
        Self::new()
    }
}

/// Checks a text newtype: its length, its pattern, its reserved words.
#[doc(hidden)]
pub fn check_text(
    text: &str,
    pattern: &str,
    compiled: &CompiledPattern,
    expected: &str,
    charset: Charset,
    reserved: &[&str],
) -> Result<(), InvalidValue> {
    let matches = match compiled.0.get_or_init(|| Compiled::new(pattern)) {
        Some(compiled) => compiled.is_match(text),
        None => {
            return Err(InvalidValue::new(format!("the pattern {pattern} of this type is not a regular expression")));
        }
    };
    if !matches {
        return Err(InvalidValue::new(format!("{text:?} is not {expected}")));
    }
    if reserved.contains(&text) {
        return Err(InvalidValue::new(format!("{text:?} is taken: it is not {expected}")));
    }
    if charset == Charset::Label && YAML_WORDS.contains(&text) {
        return Err(InvalidValue::new(format!("{text:?} is a word that YAML reads as a boolean or null")));
    }
    Ok(())
}

/// What the schema says of a text newtype besides that it is a string.
#[doc(hidden)]
#[must_use]
pub fn text_rules(pattern: &str, expected: &str, charset: Charset, reserved: &[&str]) -> serde_json::Value {
    let mut taken = reserved.to_vec();
    if charset == Charset::Label {
        taken.extend(YAML_WORDS);
    }
    if taken.is_empty() {
        serde_json::json!({ "pattern": pattern, "x-expected": expected })
    } else {
        serde_json::json!({ "pattern": pattern, "not": { "enum": taken }, "x-expected": expected })
    }
}

/// A definition of this name tells the newtypes that [`describe::schema`](crate::describe::schema) is at work.
pub(crate) const DESCRIBING: &str = "helmwright:describing";

/// The schema of a text newtype with the given rules.
///
/// `schemars` takes nothing but the pattern of a map's keys into the schema of the map. So `describe::schema` gets all
/// rules in the pattern's place, and unpacks them where they belong.
#[doc(hidden)]
#[must_use]
pub fn text_schema(
    generator: &schemars::SchemaGenerator,
    name: &str,
    mut rules: serde_json::Value,
) -> schemars::Schema {
    let mut schema = schemars::json_schema!({ "type": "string" });
    if generator.definitions().contains_key(DESCRIBING) {
        rules["x-type"] = name.into();
        schema.insert("pattern".to_owned(), rules.to_string().into());
    } else if let serde_json::Value::Object(rules) = rules {
        schema.ensure_object().extend(rules);
    }
    schema
}

/// Defines text newtypes: data, schema and symbol in one.
///
/// Each gives its [`Charset`], its pattern (anchored, explicit classes), and in words what it expects.
///
/// ```
/// helmwright::texts! {
///     /// Name of a worker.
///     pub struct WorkerName: Name, "^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", "a lower case name of at most 20 characters";
/// }
/// assert!(WorkerName::new("mail").is_ok());
/// let error = WorkerName::new("Mail").unwrap_err();
/// assert_eq!(error.to_string(), "\"Mail\" is not a lower case name of at most 20 characters");
/// ```
#[macro_export]
macro_rules! texts {
    ($( $(#[$meta:meta])* $visibility:vis struct $name:ident : $charset:ident, $pattern:expr, $expected:expr $(, reserved $reserved:expr)? ; )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(String);

        impl $name {
            /// What the text has to match.
            pub const PATTERN: &'static str = $pattern;
            /// The same in words.
            pub const EXPECTED: &'static str = $expected;

            #[doc = concat!("The text, if it is ", $expected, ".")]
            ///
            /// # Errors
            ///
            /// A message that says what is expected.
            pub fn new(text: impl Into<String>) -> Result<Self, $crate::values::InvalidValue> {
                static COMPILED: $crate::values::support::CompiledPattern = $crate::values::support::CompiledPattern::new();
                let text = text.into();
                #[allow(unused_mut, unused_assignments)]
                let mut reserved: &[&str] = &[];
                $( reserved = $reserved; )?
                $crate::values::support::check_text(&text, Self::PATTERN, &COMPILED, Self::EXPECTED, $crate::expression::Charset::$charset, reserved)?;
                Ok(Self(text))
            }

            /// A constant of the program, taken as it is. The chart's defaults are read like every other file, which
            /// checks it.
            #[must_use]
            pub fn constant(text: &'static str) -> Self {
                Self(text.to_owned())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::values::InvalidValue;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl $crate::values::support::serde::Serialize for $name {
            fn serialize<S: $crate::values::support::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> $crate::values::support::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::values::support::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as $crate::values::support::serde::Deserialize>::deserialize(deserializer)?;
                Self::new(text).map_err(<D::Error as $crate::values::support::serde::de::Error>::custom)
            }
        }

        impl $crate::values::support::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut $crate::values::support::schemars::SchemaGenerator) -> $crate::values::support::schemars::Schema {
                $crate::values::support::text_schema(generator, stringify!($name), <Self as $crate::values::MapKey>::property_names())
            }
        }

        impl $crate::expression::CanBeEmpty for $name {}
        $crate::name_value!($charset $name);
        $crate::symbolic_leaf!([] $name, $crate::expression::ValueType::Text($crate::expression::Charset::$charset));
        $crate::layered_whole!([] $name);
        impl $crate::expression::Interpolated for $name {}
        impl $crate::values::TextValue for $name {
            const CHARSET: $crate::expression::Charset = $crate::expression::Charset::$charset;
        }
        impl $crate::values::MapKey for $name {
            fn property_names() -> $crate::values::support::serde_json::Value {
                #[allow(unused_mut, unused_assignments)]
                let mut reserved: &[&str] = &[];
                $( reserved = $reserved; )?
                $crate::values::support::text_rules($pattern, $expected, $crate::expression::Charset::$charset, reserved)
            }
        }
    )* };
}

/// Defines enumerations of values: each variant is written as the given word.
///
/// A word that YAML reads as a boolean or null, such as `on` or `no`, does not compile: users would write it without
/// quotes.
///
/// ```
/// helmwright::choices! {
///     /// How much the gateway traces.
///     pub enum TraceLevel { Info = "INFO", Debug = "DEBUG" }
/// }
/// assert_eq!(TraceLevel::Debug.as_str(), "DEBUG");
/// ```
#[macro_export]
macro_rules! choices {
    ($( $(#[$meta:meta])* $visibility:vis enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal ),+ $(,)? } )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $name { $( $(#[$variant_meta])* #[doc = concat!("`", $word, "`.")] $variant ),+ }

        const _: () = { $(
            assert!(
                !$crate::values::support::is_yaml_word($word),
                concat!("YAML reads the word `", $word, "` as a boolean or null: choose another, such as `none` or `always`")
            );
        )+ };

        impl $name {
            /// All words.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word in a values file.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word ),+ }
            }
        }

        impl $crate::values::support::serde::Serialize for $name {
            fn serialize<S: $crate::values::support::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::values::support::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::values::support::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <String as $crate::values::support::serde::Deserialize>::deserialize(deserializer)?;
                match word.as_str() {
                    $( $word => Ok(Self::$variant), )+
                    other => Err(<D::Error as $crate::values::support::serde::de::Error>::unknown_variant(other, Self::WORDS)),
                }
            }
        }

        impl $crate::values::support::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut $crate::values::support::schemars::SchemaGenerator) -> $crate::values::support::schemars::Schema {
                $crate::values::support::schemars::json_schema!({ "type": "string", "enum": Self::WORDS })
            }
        }

        // A word that looks like a number, such as a version, needs quotes.
        $crate::symbolic_leaf!([] $name, if $( $crate::values::support::is_word($word) )&&+ {
            $crate::expression::ValueType::Word
        } else {
            $crate::expression::ValueType::Text($crate::expression::Charset::Token)
        });
        $crate::layered_whole!([] $name);
        impl $crate::expression::Interpolated for $name {}
        impl $crate::values::TextValue for $name {
            const CHARSET: $crate::expression::Charset = $crate::expression::Charset::Token;
        }
    )* };
}

texts! {
    /// Part of an object's name: lower case letters, digits, `-` and `.`.
    pub struct Name: Name, "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", "lower case letters, digits, '-' and '.'";
    /// A name that begins with a letter and is no word of YAML such as `on`: it needs no quotes.
    pub struct Label: Label, "^[a-z]([a-z0-9.-]{0,251}[a-z0-9])?$", "lower case letters, digits, '-' and '.', beginning with a letter";
    /// A text of printable ASCII without quotes and backslashes.
    pub struct Token: Token, "^[ !#-\\[\\]-~]*$", "printable ASCII characters other than \" and \\";
}
