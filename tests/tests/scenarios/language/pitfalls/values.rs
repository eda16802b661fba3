//! Values: what is missing, falsy, merged, required.

use emt_tests::helms;
use helmwright::describe;
use helmwright::expression::overlay;
use serde_json::{Value, json};

use super::{by_hand, chart, hand_written, object, refusal};
use crate::language::values::{LanguageValues, Worker};

/// A missing value prints nothing, a missing parent is a template error; the schema refuses both with a clear word.
#[test]
fn p05_what_is_printed_is_required() {
    let chart = chart(|map, v| {
        map.map(map.fields().texts, |map| {
            map.set_key("word", &v.word);
            map.set_key("deep", &v.worker_defaults.limits.r#type);
        });
    });
    for helm in helms() {
        assert_eq!(
            by_hand(&helm, "a: {{ .Values.x | quote }}\nb: 1\n", &json!({})).unwrap(),
            json!({ "a": null, "b": 1 })
        );
        assert!(by_hand(&helm, "a: {{ .Values.x.y }}\n", &json!({})).unwrap_err().contains("nil pointer"));
        for values in [
            json!({ "word": null }),
            json!({ "workerDefaults": null }),
            json!({ "workerDefaults": { "limits": null } }),
        ] {
            let message = refusal(&chart, &helm, values);
            assert!(message.contains("word") || message.contains("workerDefaults"), "{message}");
            assert!(!message.contains("nil pointer"), "{message}");
        }
    }
}

/// `if`, `with` and `default` take 0 and false for "not set".
#[test]
fn p06_zero_and_false_are_values() {
    let chart = chart(|map, v| {
        let worker = overlay::<Worker>(&v.worker_defaults, &v.adjustment);
        map.map(map.fields().integers, |map| map.set_key("count", &worker.count));
        map.map(map.fields().booleans, |map| map.set_key("enabled", &worker.enabled));
    });
    for helm in helms() {
        assert_eq!(by_hand(&helm, "a: {{ .Values.n | default 5 }}\n", &json!({ "n": 0 })).unwrap(), json!({ "a": 5 }));
        let object = object(&chart, &helm, json!({ "adjustment": { "count": 0, "enabled": false } }));
        assert_eq!((&object["integers"]["count"], &object["booleans"]["enabled"]), (&json!(0), &json!(false)));
    }
}

/// Without `deepCopy` the first entry changes the defaults of the second.
#[test]
fn p08_entries_do_not_change_the_defaults() {
    let chart = chart(|map, v| {
        map.map(map.fields().texts, |map| {
            map.range(["name", "entry"], &v.workers, |map, name, entry| {
                map.set_computed(name, &overlay::<Worker>(&v.worker_defaults, &entry).limits.r#type);
            });
        });
    });
    let naive = "{{- range $k, $v := .Values.m }}\n{{ $k }}: {{ (mergeOverwrite $.Values.d $v).x.y }}\n{{- end }}\n";
    for helm in helms() {
        let shared =
            by_hand(&helm, naive, &json!({ "d": { "x": { "y": 1 } }, "m": { "a": { "x": { "y": 2 } }, "b": {} } }));
        assert_eq!(shared.unwrap(), json!({ "a": 2, "b": 2 }));
        let workers = json!({ "a": { "limits": { "type": "own" } }, "b": {}, "c": { "limits": { "type": "" } } });
        let object = object(&chart, &helm, json!({ "workers": workers }));
        assert_eq!(object["texts"], json!({ "a": "own", "b": "hard", "c": "" }));
    }
}

/// A user drops an entry of `values.yaml` by its name alone, so maps of entries have none.
#[test]
fn p09_defaults_of_maps_stay() {
    let chart = chart(|map, v| map.map(map.fields().json, |map| map.set_key("labels", &v.labels)));
    for helm in helms() {
        let labels = |values: Value| object(&chart, &helm, values)["json"]["labels"].clone();
        assert_eq!(labels(json!({ "labels": {} })), json!({ "app": "language" }));
        assert_eq!(labels(json!({ "labels": { "b": "c" } })), json!({ "app": "language", "b": "c" }));
        assert_eq!(labels(json!({ "labels": { "app": null, "b": "c" } })), json!({ "b": "c" }));
    }
    assert!(LanguageValues::default().workers.is_empty());
}

/// The schema sees merged values: all is required there. An entry is merged in templates: nothing is required in it.
#[test]
fn p10_required_after_the_merge() {
    let chart = chart(|map, v| map.map(map.fields().texts, |map| map.set_key("word", &v.word)));
    for helm in helms() {
        object(&chart, &helm, json!({ "workers": { "a": {}, "b": { "limits": {} } } }));
        assert!(refusal(&chart, &helm, json!({ "workers": { "a": { "unknown": 1 } } })).contains("unknown"));
        assert!(
            refusal(&chart, &helm, json!({ "workers": { "a": { "limits": { "strict": "yes" } } } })).contains("strict")
        );
        assert!(refusal(&chart, &helm, json!({ "workers": { "a": null } })).contains("workers"));
        assert!(refusal(&chart, &helm, json!({ "line": null })).contains("line"));
    }
}

/// Helm gives a subchart the key `global`, which closed values have to take.
#[test]
fn p11_global_is_taken() {
    let chart = chart(|map, v| map.map(map.fields().texts, |map| map.set_key("word", &v.word)));
    for helm in helms() {
        object(&chart, &helm, json!({ "global": { "any": "thing" } }));
        assert!(refusal(&chart, &helm, json!({ "globals": {} })).contains("globals"));
    }
}

/// Draft-07, references inside the document, no words that some validator does not know.
#[test]
fn p12_the_schema_is_portable() {
    let schema = describe::schema::<LanguageValues>("Values", None);
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let found = describe::unportable(&schema);
    assert!(found.iter().all(|found| found.contains("objects") || found.contains("WholeObject")), "{found:#?}");
    jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&schema).unwrap();
}

/// Go's engine knows no look-around: one such pattern, anywhere, and Helm refuses the chart whatever the values.
#[test]
fn p29_a_look_around_breaks_the_chart() {
    let schema = json!({ "type": "object", "properties": { "unused": { "type": "string", "pattern": "^(?!x)" } } });
    assert_eq!(describe::unportable(&schema).len(), 2, "the pattern, and the open struct");
    let (_scratch, chart) = hand_written("a: b\n", &json!({}));
    std::fs::write(chart.join("values.schema.json"), schema.to_string()).unwrap();
    for helm in helms() {
        let message = helm.template(&chart, "r", "ns", &[], &[]).unwrap_err().to_string();
        assert!(message.contains("pattern") || message.contains("regex"), "Helm {}: {message}", helm.version);
    }
    for pattern in [r"^\d+$", r"^\w$", "^(?=a)", "^(?:a)$"] {
        let schema = json!({ "type": "string", "pattern": pattern });
        assert_eq!(describe::unportable(&schema).is_empty(), pattern == "^(?:a)$", "{pattern}");
    }
}
