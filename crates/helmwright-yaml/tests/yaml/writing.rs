//! How YAML is written.

use helmwright_yaml::{write, write_documents};
use serde_json::{Value, json};

use crate::accepted;

/// Strings that some reader takes for something else unless they are written with care.
pub(crate) const AWKWARD: &[&str] = &[
    "",
    " ",
    "on",
    "Off",
    "yes",
    "NO",
    "y",
    "N",
    "true",
    "False",
    "null",
    "~",
    "Null",
    "1",
    "-1",
    "+1",
    "0",
    "1.5",
    ".5",
    "5.",
    "1e3",
    "1E3",
    "1e",
    "0x1F",
    "0X1F",
    "0xg",
    "017",
    "08",
    "0o17",
    "0b11",
    "1_000",
    "_1",
    "0_",
    "<<",
    "=",
    ".inf",
    "-.INF",
    ".NaN",
    "inf",
    "nan",
    "1:30",
    "12:30:45",
    "22:22",
    "1:2.5",
    "2001-01-01",
    "2001-1-1",
    "2001-01-01T00:00:00Z",
    "2001-12-14 21:59:43.10 -5",
    "- a",
    "-",
    "-a",
    "--",
    "---",
    "--- a",
    "...",
    "? a",
    "?",
    "?a",
    ": a",
    ":",
    "a:",
    "a: b",
    "a:b",
    "# x",
    "a # b",
    "a#b",
    "#",
    "{{ .Values.x }}",
    "{a}",
    "[a]",
    "a, b",
    "\"",
    "'",
    "\"q\"",
    "'q'",
    "it's",
    "&a",
    "*a",
    "!x",
    "!",
    "|",
    ">",
    "%x",
    "@x",
    "`x`",
    " a",
    "a ",
    "\ta",
    "a\t",
    "\t",
    "\n",
    "\n\n",
    "a\n",
    "\na",
    "a\nb",
    "a\nb\n",
    "a\nb\n\n",
    " a\nb",
    "a\n b",
    "a \nb",
    "\ta\nb",
    "\n\ta\nb",
    "a\n\tb",
    "\n a\nb",
    "a\n ",
    "a\r\nb",
    "a\rb",
    "\r",
    "\u{85}",
    "a\u{85}b",
    "\u{2028}",
    "a\u{2029}b",
    "\u{feff}",
    "\u{feff}a",
    "\u{fffe}",
    "\u{7}",
    "\u{1b}[0m",
    "\u{7f}",
    "\u{9b}",
    "\u{a0}",
    "é",
    "😀",
    "😀\né",
    "\\",
    "\\n",
    "a\\b",
    "a\n#b",
    "a\n- b",
    "---\na",
    "a\n---\nb",
    "a\n...\n",
    "null\n",
    "9f86d081",
    "1e10",
    "123e4567",
    "0e1",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
];

#[test]
fn the_style_is_that_of_kubectl() {
    let value = json!({
        "apiVersion": "v1",
        "metadata": {"name": "a", "labels": {"y": "n", "app.kubernetes.io/name": "a"}, "annotations": {}},
        "spec": {
            "ports": [{"name": "http", "port": 80, "targets": [1, "2", [3]]}, {"name": "https"}],
            "script": "set -eu\necho \"$HOST\"\n",
            "clipped": "a\nb",
            "trailing": "a \nb\n",
            "image": format!("registry.example.com/apim/gateway@sha256:{}", "0".repeat(64)),
            "long": "word ".repeat(30).trim_end(),
            "none": [],
            "ratio": 0.5,
            "whole": 3.0,
            "absent": null
        }
    });
    insta::assert_snapshot!(write(&value), @r#"
    apiVersion: v1
    metadata:
      name: a
      labels:
        "y": "n"
        app.kubernetes.io/name: a
      annotations: {}
    spec:
      ports:
      - name: http
        port: 80
        targets:
        - 1
        - "2"
        - - 3
      - name: https
      script: |
        set -eu
        echo "$HOST"
      clipped: |-
        a
        b
      trailing: "a \nb\n"
      image: registry.example.com/apim/gateway@sha256:0000000000000000000000000000000000000000000000000000000000000000
      long: word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word
      none: []
      ratio: 0.5
      whole: 3
      absent: null
    "#);
}

#[test]
fn awkward_strings_as_values() {
    let text: String = AWKWARD.iter().map(|text| write(&json!([text]))).collect();
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("awkward", text) });
}

#[test]
fn awkward_strings_are_read_back_everywhere() {
    for text in AWKWARD {
        let entry = |value: Value| Value::Object([((*text).to_owned(), value)].into_iter().collect());
        for value in [
            entry(json!(text)),
            json!({"list": [text, [text, [text]], {"key": text}]}),
            json!({"map": entry(json!([entry(json!({"deep": text})), text]))}),
        ] {
            assert_eq!(accepted(&write(&value)), value, "{text:?}");
        }
    }
}

#[test]
fn top_level_values_that_are_no_maps() {
    for (value, text) in [
        (json!([]), "[]\n"),
        (json!({}), "{}\n"),
        (json!("on"), "\"on\"\n"),
        (json!(null), "null\n"),
        (json!([1, {"a": 2}]), "- 1\n- a: 2\n"),
    ] {
        assert_eq!(write(&value), text);
    }
}

#[test]
fn documents_each_follow_a_line() {
    let values = [json!({"a": 1}), json!({"b": "x\n"})];
    assert_eq!(write_documents(&values), "---\na: 1\n---\nb: |\n  x\n");
    assert_eq!(write_documents([]), "");
}
