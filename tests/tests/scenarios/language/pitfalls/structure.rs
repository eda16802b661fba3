//! Structure: order, keys, maps, lists, the dot.

use emt_tests::helms;
use helmwright::expression::{equal, sha256, text_of};
use helmwright::print::print;
use helmwright::shapes;
use helmwright::tree::{File, Tree};
use helmwright::typed::{DocumentBuilder, fragment_helper, lines_helper};
use helmwright::values::values;
use helmwright::{fragment, object, text};
use helmwright_k8s::Kubernetes;
use helmwright_k8s::types::ConfigMap;
use serde_json::json;

use super::{chart, object as rendered, template, tree};
use crate::language::values::{LanguageValues, LanguageValuesSymbol, Line};

/// A range goes by bytes, `toYaml` takes digits for numbers; what is made from a map depends on the former alone.
#[test]
fn p17_ranges_go_in_byte_order() {
    let chart = chart(|map, v| {
        let lines = lines_helper("pitfall.keys", "Keys.", [], |lines, ()| {
            lines.line("keys");
            lines.range(["key", "value"], &v.labels, |lines, key, value| lines.line(text!("{key}={value}")));
        });
        map.map(map.fields().texts, |map| map.set_key("keys", lines.call(())));
        map.list(map.fields().words, |list| {
            list.push("first");
            list.range(["key", "value"], &v.labels, |list, key, _| list.push(key));
        });
    });
    for helm in helms() {
        let object = rendered(
            &chart,
            &helm,
            json!({ "labels": { "9": "b", "10": "a", "B": "c", "a9": "d", "a10": "e", "-": "f" } }),
        );
        assert_eq!(object["texts"]["keys"], "keys\n-=f\n10=a\n9=b\nB=c\na10=e\na9=d\napp=language");
        assert_eq!(object["words"], json!(["first", "-", "10", "9", "B", "a10", "a9", "app"]));
    }
}

/// Helm prints a key twice where a map of the values repeats a literal one; the last wins when it is read.
#[test]
fn p18_a_repeated_key_is_the_last() {
    let chart = chart(|map, v| {
        map.map(map.fields().texts, |map| {
            map.set_key("app", "literal");
            map.splice(&v.labels);
        });
        map.map(map.fields().booleans, |map| {
            map.set_key("app", true);
            map.when(&v.enabled, |map| map.set_key("app", false));
        });
    });
    for helm in helms() {
        let object = rendered(&chart, &helm, json!({ "labels": { "app": "spliced" } }));
        assert_eq!((&object["texts"]["app"], &object["booleans"]["app"]), (&json!("spliced"), &json!(false)));
    }
}

fn config_map(build: impl FnOnce(&LanguageValuesSymbol) -> helmwright::typed::Object) -> Tree {
    let documents = DocumentBuilder::documents(|documents| documents.object(build(&values::<LanguageValues>())));
    Tree { files: vec![File { name: "only.yaml", purpose: "One object.", documents }], notes: Vec::new() }
}

/// `key:` with nothing below is null for Helm; the check for all values refuses a map that can lose all keys, or have
/// one twice.
#[test]
fn p19_a_map_keeps_a_key() {
    let report = shapes::check(
        &config_map(|v| {
            object!(ConfigMap {
                metadata: { name: "a" },
                data: { if &v.enabled { "a": "b", } if &v.other { "c": "d", } },
            })
        }),
        &Kubernetes,
    );
    assert_eq!(
        report.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["only.yaml: ConfigMap.data: no key may stand: it is printed as null. Put its conditions around it"]
    );
    let report = shapes::check(
        &config_map(|v| {
            object!(ConfigMap {
                metadata: { name: "a" },
                data: { "a": "b", if &v.enabled { "a": "c", } },
            })
        }),
        &Kubernetes,
    );
    assert_eq!(
        report.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["only.yaml: ConfigMap.data: `a` is set twice"]
    );
    let sound = config_map(|v| {
        object!(ConfigMap {
            metadata: { name: "a" },
            if &v.enabled { data: { "a": "b", if &v.other { "c": "d", } }, }
        })
    });
    assert_eq!(shapes::check(&sound, &Kubernetes).problems, []);
}

/// The dash of a list's element stands before its first key, which has to be there.
#[test]
fn p20_an_element_begins_with_a_plain_key() {
    let problem = |tree: &Tree| print(tree).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>();
    let conditional = tree(|map, v| {
        map.list(map.fields().elements, |list| {
            list.map(|map| {
                map.when(&v.enabled, |map| map.set(map.fields().name, "a"));
                map.set(map.fields().value, "b");
            });
        });
    });
    let message =
        "only.yaml: the first entry of a list's element is not a plain field: put a fixed field (its name) first";
    assert_eq!(problem(&conditional), [message]);
}

/// The dot is what the nearest `with` or `range` is over; `$` is what the template was called with.
#[test]
fn p22_the_dot_and_the_root() {
    let build = |map: &mut helmwright::typed::MapBuilder<crate::language::kinds::Sample>, v: &LanguageValuesSymbol| {
        let root = v.clone();
        let helper = fragment_helper(
            "pitfall.dots",
            "Dots.",
            ["line"],
            move |map, (line,): (helmwright::expression::Expr<Line>,)| {
                map.splice(fragment!(helmwright::typed::Map<helmwright::typed::Text> {
                "helper": text!("{line}{root.word}"),
                with text = &root.any {
                    "helper-with": text!("{text}{line}{root.word}"),
                    for (key, value) in &root.labels { (text_of(&[&"helper-", &key])): text!("{text}{line}{value}{root.word}"), }
                }
            }));
            },
        );
        map.map(map.fields().texts, |map| {
            map.splice(fragment!(helmwright::typed::Map<helmwright::typed::Text> {
                "root": &v.word,
                with line = &v.line {
                    "with": text!("{line}{v.word}"),
                    with text = &v.text { "with-with": text!("{text}{line}{v.word}"), "hash": sha256(&text), }
                    "again": &line,
                    for (key, value) in &v.labels {
                        (text_of(&[&"range-", &key])): text!("{value}{line}{v.word}"),
                        if equal(&value, "x") { (text_of(&[&"if-", &key])): &line, }
                    }
                }
                ..helper.call((v.line.clone(),)),
            }));
        });
    };
    let printed = template(&tree(build));
    assert!(printed.contains("{{- with $line := .Values.line }}"), "{printed}");
    assert!(printed.contains("hash: {{ . | sha256sum | quote }}"), "{printed}");
    assert!(printed.contains("{{- range $key, $value := $.Values.labels }}"), "{printed}");
    let chart = chart(build);
    for helm in helms() {
        let texts = rendered(&chart, &helm, json!({ "labels": { "k": "x" } }))["texts"].clone();
        let line = "one line, \"quoted\"";
        assert_eq!(texts["with-with"], format!("text{line}blue"));
        assert_eq!((&texts["if-k"], &texts["range-k"]), (&json!(line), &json!(format!("x{line}blue"))));
        assert_eq!(texts["helper-k"], format!("any{line}xblue"));
    }
}

/// `helm template` prints hooks last and objects by kind, so objects are compared by what they are.
#[test]
fn p25_the_order_of_objects_does_not_count() {
    let template = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: hook\n  annotations: {helm.sh/hook: pre-install}\n---\n\
        apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: a}\n";
    for helm in helms() {
        let (_scratch, chart) = super::hand_written(template, &json!({}));
        let rendered = helm.template(&chart, "r", "ns", &[], &[]).unwrap().values();
        let kinds: Vec<_> = rendered.iter().map(|object| object["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["Secret", "Service", "Job"]);
        let mut turned = rendered.clone();
        turned.reverse();
        assert_eq!(emt_tests::differences(&rendered, &turned), [""; 0]);
        let without = helm.template(&chart, "r", "ns", &[], &["--no-hooks"]).unwrap();
        assert_eq!(without.objects.len(), 2);
    }
}
