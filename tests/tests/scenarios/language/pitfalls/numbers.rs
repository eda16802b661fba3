//! Numbers: floats by nature, integers by schema.

use emt_tests::helms;
use helmwright::describe;
use helmwright::expression::{equal, greater, less, to_json, to_text};
use helmwright::text;
use serde_json::json;

use super::{by_hand, chart, object, refusal, template, tree};
use crate::language::values::{LARGEST, LanguageValues};

/// Every number of a values file is a float, which prints as `1e+06` from a million on.
#[test]
fn p01_integers_print_as_integers() {
    let chart = chart(|map, v| {
        map.map(map.fields().texts, |map| {
            map.set_key("text", text!("{v.exact} and {v.million}"));
            map.set_key("quoted", to_text(&v.exact));
            map.set_key("printf", text!("{v.any}{v.exact}"));
        });
        map.map(map.fields().integers, |map| {
            map.set_key("exact", &v.exact);
            map.set_key("small", &v.small);
        });
    });
    for helm in helms() {
        let naive = "a: {{ .Values.n }}\nb: {{ .Values.n | quote }}\nc: {{ printf \"%v\" .Values.n | quote }}\n";
        let naive = by_hand(&helm, naive, &json!({ "n": 1_000_000 })).unwrap();
        assert_eq!(naive, json!({ "a": 1_000_000, "b": "1e+06", "c": "1e+06" }));
        let object = object(&chart, &helm, json!({ "exact": 1_000_000, "small": 999_999 }));
        assert_eq!(
            object["texts"],
            json!({ "text": "1000000 and 1000000", "quoted": "1000000", "printf": "any1000000" })
        );
        assert_eq!(object["integers"], json!({ "exact": 1_000_000, "small": 999_999 }));
    }
    let printed = template(&tree(|map, v| {
        map.map(map.fields().integers, |map| {
            map.set_key("exact", &v.exact);
            map.set_key("small", &v.small);
        })
    }));
    assert!(printed.contains("exact: {{ int64 .Values.exact }}") && printed.contains("small: {{ .Values.small }}"));
}

/// Beyond 2^53 floats have no odd integers.
#[test]
fn p02_the_largest_integer_survives_everywhere() {
    let chart = chart(|map, v| {
        map.map(map.fields().integers, |map| map.set_key("exact", &v.exact));
        map.map(map.fields().texts, |map| map.set_key("json", to_json(&v.json)));
        map.map(map.fields().json, |map| map.set_key("whole", &v.json));
    });
    for helm in helms() {
        let object = object(&chart, &helm, json!({ "exact": LARGEST, "json": { "any": LARGEST } }));
        assert_eq!(object["integers"]["exact"], LARGEST);
        assert_eq!(object["texts"]["json"], format!("{{\"any\":{LARGEST}}}"));
        assert_eq!(object["json"]["whole"]["any"], LARGEST);
        let lost = by_hand(&helm, "a: {{ int64 .Values.n | quote }}\n", &json!({ "n": LARGEST + 2 })).unwrap();
        assert_eq!(lost["a"], (LARGEST + 1).to_string());
        assert!(refusal(&chart, &helm, json!({ "exact": LARGEST + 1 })).contains("exact"));
        assert!(refusal(&chart, &helm, json!({ "whole": LARGEST + 1 })).contains("whole"), "an integer without a type");
    }
    let schema = describe::schema::<LanguageValues>("Values", None);
    assert_eq!(schema["properties"]["whole"]["maximum"], LARGEST);
}

/// The schema takes `3.0` for an integer, and templates print it as one.
#[test]
fn p03_integral_floats_are_integers() {
    let chart = chart(|map, v| map.map(map.fields().integers, |map| map.set_key("whole", &v.whole)));
    for helm in helms() {
        assert_eq!(object(&chart, &helm, json!({ "whole": 3.0 }))["integers"]["whole"], 3);
        assert!(refusal(&chart, &helm, json!({ "whole": 2.5 })).contains("whole"));
    }
}

/// `eq .x 3` fails on a number of the values.
#[test]
fn p04_comparisons_are_of_integers() {
    let chart = chart(|map, v| {
        map.map(map.fields().booleans, |map| {
            map.set_key("equal", equal(&v.small, &3_i64));
            map.set_key("greater", greater(&v.whole, 3));
            map.set_key("less", less(&v.small, &v.exact));
        });
    });
    for helm in helms() {
        let naive = by_hand(&helm, "a: {{ eq .Values.n 3 }}\n", &json!({ "n": 3 }));
        assert!(naive.unwrap_err().contains("incompatible types for comparison"));
        let object = object(&chart, &helm, json!({ "small": 3, "whole": 4 }));
        assert_eq!(object["booleans"], json!({ "equal": true, "greater": true, "less": true }));
    }
}
