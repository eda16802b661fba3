//! Keys and scalars as the serializer writes them. The only module that knows it.
//!
//! Compared with go-yaml and PyYAML on generated values when it was written; what they misread is mended in [`Faithful`].

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use crate::limits::MAX_INTEGER;

/// A key of a map, without its colon.
pub(super) fn key(name: &str) -> String {
    let map = Value::Object([(name.to_owned(), Value::from(0))].into_iter().collect());
    let mut text = serialized(&map);
    text.truncate(text.trim_end_matches(": 0\n").len());
    text
}

/// What stands behind the colon of a key: a scalar, or an empty list or map. Its lines end in line breaks, those after the
/// first are indented by two.
pub(super) fn as_map_value(value: &Value) -> String {
    behind("k:", &Single::Entry(value))
}

/// What stands behind the dash of a list's item, likewise.
pub(super) fn as_list_item(value: &Value) -> String {
    behind("-", &Single::Item(value))
}

/// A whole value, with a line break at its end.
pub(super) fn serialized(value: &Value) -> String {
    text_of(&Faithful(value)).unwrap_or_else(|| format!("{value}\n"))
}

fn behind(prefix: &str, single: &Single<'_>) -> String {
    let (Single::Entry(value) | Single::Item(value)) = single;
    let text = text_of(single);
    match text.as_deref().and_then(|text| text.strip_prefix(prefix)) {
        Some(text) => text.to_owned(),
        // The serializer has no error for a JSON value; if it ever has, JSON is YAML as well.
        None => format!(" {value}\n"),
    }
}

fn text_of(value: &impl Serialize) -> Option<String> {
    let options = serde_saphyr::ser_options! {
        // Folding would break image digests and long commands over lines.
        folded_wrap_chars: usize::MAX,
        compact_list_indent: true,
        prefer_block_scalars: true,
    };
    let mut text = String::new();
    serde_saphyr::to_fmt_writer_with_options(&mut text, value, options).ok().map(|()| text)
}

/// A map with one entry, `k`, or a list with one item.
enum Single<'a> {
    Entry(&'a Value),
    Item(&'a Value),
}

impl Serialize for Single<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Entry(value) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("k", &Faithful(value))?;
                map.end()
            }
            Self::Item(value) => {
                let mut list = serializer.serialize_seq(Some(1))?;
                list.serialize_element(&Faithful(value))?;
                list.end()
            }
        }
    }
}

/// A value whose strings and numbers are written in the form that Helm reads back.
struct Faithful<'a>(&'a Value);

impl Serialize for Faithful<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if text.contains('\n') && !fits_a_block(text) => {
                serde_saphyr::DoubleQuoted(text.as_str()).serialize(serializer)
            }
            Value::String(text) => serializer.serialize_str(text),
            Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
                Some(float) if float.fract() == 0.0 && float.abs() <= MAX_INTEGER as f64 => {
                    serializer.serialize_i64(float as i64)
                }
                _ => number.serialize(serializer),
            },
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Faithful(item))?;
                }
                list.end()
            }
            Value::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, &Faithful(value))?;
                }
                map.end()
            }
            other => other.serialize(serializer),
        }
    }
}

/// Whether a text with line breaks may stand as a literal block.
///
/// Helm takes a tab at the start for indentation and refuses the file. White space at the end of a line, or more than
/// one line break at the end, is faithful in a file, but editors strip it and Helm trims the end of a document.
fn fits_a_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    !body.is_empty()
        && !body.trim_start_matches('\n').starts_with('\t')
        && !body.ends_with('\n')
        && !body.split('\n').any(|line| line.ends_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::write;

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            "[a-z]{0,3}",
            "[ -~]{0,8}",
            "(\\PC|\n| |\t|#|:|-){0,12}",
            "( {0,3}[a-z#:]{0,4}\n){0,4}[a-z ]{0,3}",
            Just("on".to_owned()),
            Just("1e3".to_owned()),
        ];
        let scalar = prop_oneof![
            text.clone().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            any::<f32>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
        ];
        scalar.prop_recursive(5, 40, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((text.clone(), inner), 0..4)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_structure_is_the_serializers(value in value()) {
            prop_assert_eq!(write(&value), serialized(&value));
        }
    }
}
