//! Decoding values into their type, stricter than serde: a struct is a map, never a list of its fields in order.
//!
//! Must not know where the values come from.

use std::fmt;

use helmwright_yaml::PathSegment;
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;

/// The largest integer that is exact as a float.
const LARGEST_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Decodes merged values. Integral floats count as integers, as for Helm.
///
/// # Errors
///
/// The first fault, in the decoder's words. [`Reader`](super::Reader) names all of them, each at its place.
pub fn decode<V: DeserializeOwned>(values: &Value) -> Result<V, DecodeError> {
    V::deserialize(Strict(values)).map_err(|mut error| {
        error.path.reverse();
        error
    })
}

/// A value that its type refuses.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct DecodeError {
    message: String,
    /// From the value outwards, until the decoder is done.
    path: Vec<PathSegment>,
}

impl DecodeError {
    /// Where the value stands.
    #[must_use]
    pub fn path(&self) -> &[PathSegment] {
        &self.path
    }

    fn below(mut self, segment: PathSegment) -> Self {
        self.path.push(segment);
        self
    }
}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), path: Vec::new() }
    }
}

/// A value as serde reads it.
#[derive(Clone, Copy)]
struct Strict<'de>(&'de Value);

impl<'de> Deserializer<'de> for Strict<'de> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(integer), _) => visitor.visit_i64(integer),
                (None, Some(float)) if float.fract() == 0.0 && float.abs() <= LARGEST_INTEGER => {
                    visitor.visit_i64(float as i64)
                }
                (None, float) => visitor.visit_f64(float.unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter().enumerate())),
            Value::Object(entries) => visitor.visit_map(Entries { entries: entries.iter(), current: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if self.0.is_array() {
            return Err(de::Error::invalid_type(Unexpected::Seq, &visitor));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Object(entries) => {
                let entries = Entries { entries: entries.iter(), current: None };
                MapAccessDeserializer::new(entries).deserialize_enum(name, variants, visitor)
            }
            Value::String(word) => BorrowedStrDeserializer::new(word).deserialize_enum(name, variants, visitor),
            Value::Null => Err(de::Error::invalid_type(Unexpected::Unit, &visitor)),
            Value::Bool(value) => Err(de::Error::invalid_type(Unexpected::Bool(*value), &visitor)),
            Value::Number(_) => Err(de::Error::invalid_type(Unexpected::Other("number"), &visitor)),
            Value::Array(_) => Err(de::Error::invalid_type(Unexpected::Seq, &visitor)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

struct Items<'de>(std::iter::Enumerate<std::slice::Iter<'de, Value>>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Self::Error> {
        let Some((index, item)) = self.0.next() else { return Ok(None) };
        seed.deserialize(Strict(item)).map(Some).map_err(|error| error.below(PathSegment::Index(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'de> {
    entries: serde_json::map::Iter<'de>,
    current: Option<(&'de String, &'de Value)>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        self.current = self.entries.next();
        let Some((key, _)) = self.current else { return Ok(None) };
        let below = |error: DecodeError| error.below(PathSegment::Key(key.clone()));
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some).map_err(below)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Self::Error> {
        // serde asks for a value only after its key.
        let Some((key, value)) = self.current else { return seed.deserialize(Strict(&Value::Null)) };
        seed.deserialize(Strict(value)).map_err(|error| error.below(PathSegment::Key(key.clone())))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::decode;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Pair {
        one: i64,
        two: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Plain,
        Pair(Pair),
    }

    #[test]
    fn a_struct_is_no_list() {
        assert_eq!(decode(&json!({ "one": 3.0 })).ok(), Some(Pair { one: 3, two: None }));
        assert!(decode::<Pair>(&json!([3, "x"])).is_err());
        assert!(decode::<Vec<Pair>>(&json!([[3, "x"]])).is_err());
        assert!(decode::<Pair>(&json!({ "one": 3.5 })).is_err());
        assert!(decode::<Pair>(&json!({ "one": 1e300 })).is_err());
    }

    #[test]
    fn a_refused_value_has_a_path() {
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "only errors are looked at")]
        struct Pairs {
            pairs: Vec<Pair>,
        }
        let path = |value| decode::<Pairs>(&value).err().map(|error| helmwright_yaml::display_path(error.path()));
        assert_eq!(path(json!({ "pairs": [{ "one": 1 }, { "one": "x" }] })).as_deref(), Some("pairs[1].one"));
        assert_eq!(path(json!({ "pairs": [{}] })).as_deref(), Some("pairs[0]"));
        assert_eq!(path(json!({ "pairs": [{ "one": 1, "three": 3 }] })).as_deref(), Some("pairs[0].three"));
        assert_eq!(path(json!([])).as_deref(), Some(""));
    }

    #[test]
    fn enumerations() {
        assert_eq!(decode(&json!("plain")).ok(), Some(Kind::Plain));
        assert_eq!(decode(&json!({ "pair": { "one": 1 } })).ok(), Some(Kind::Pair(Pair { one: 1, two: None })));
        assert!(decode::<Kind>(&json!({ "pair": [1, "x"] })).is_err());
    }

    #[test]
    fn json_passes_through() {
        let value = json!({ "a": [null, true, 1, -1, 0.5, "x", { "b": {} }] });
        assert_eq!(decode::<serde_json::Value>(&value).ok(), Some(value));
    }
}
