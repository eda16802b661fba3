//! Whatever is written is read back: for generated values, with any characters in strings and keys.

use helmwright_yaml::{MAX_INTEGER, write};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::accepted;
use crate::writing::AWKWARD;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(AWKWARD).prop_map(str::to_owned),
        // Characters that mean something to YAML, close together.
        r#"[ \n\t:#?\[\]{}&*!|>%@`"',\\=<~.+_0-9abenoyxTE/\-\r]{0,10}"#,
        // Lines and indentation.
        r"( {0,3}(- |a|b:|#|\t)? ?\n?){0,5}",
        any::<String>(),
        r"\PC{0,20}",
    ]
}

fn number() -> impl Strategy<Value = Value> {
    let float = any::<f64>().prop_filter("JSON has no such number, or two zeros", |value| {
        value.is_finite() && !(*value == 0.0 && value.is_sign_negative())
    });
    prop_oneof![(-MAX_INTEGER..=MAX_INTEGER).prop_map(Value::from), float.prop_map(whole_as_integer)]
}

/// The reader gives whole numbers as integers, so that is what is expected.
fn whole_as_integer(value: f64) -> Value {
    let whole = value.fract() == 0.0 && value.abs() <= MAX_INTEGER as f64;
    if whole { Value::from(value as i64) } else { Value::from(value) }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        text().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((text(), inner), 0..5)
                .prop_map(|entries| Value::from(entries.into_iter().collect::<Map<String, Value>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn writing_then_reading_changes_nothing(entries in proptest::collection::vec((text(), value()), 0..6)) {
        let value = Value::from(entries.into_iter().collect::<Map<String, Value>>());
        let written = write(&value);
        prop_assert_eq!(accepted(&written), value.clone(), "{}", written);
        // The order as well, which comparing maps does not see.
        prop_assert_eq!(accepted(&written).to_string(), value.to_string());
    }

    #[test]
    fn reading_never_panics(text in prop_oneof![text(), r"([a-c]: |- |\n|  |[\[\]{},]|&a |\*a|'|\x22|\||>|!|\t|#){0,30}"]) {
        let _ = crate::read_file(text.as_bytes());
    }
}
