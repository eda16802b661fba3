//! Maps, lists, blocks and controls.

use helmwright::expression::{equal, greater};
use helmwright::fragment;
use helmwright::text;
use helmwright::typed::block;

use crate::fragment as printed;
use crate::sample::*;

#[test]
fn maps_and_lists() {
    insta::assert_snapshot!(printed(|values| fragment!(Queue {
        # "A comment\nof two lines, with {{ braces }}."
        metadata: {
            name: "mail",
            labels: { "a": "b", "on": "c", "a key": &values.line, (&values.line): "computed", },
        },
        replicas: &values.replicas,
        command: ["run", &values.line, "1"],
        workers: [
            { name: "first" },
            # "Of the second."
            { name: &values.line },
        ],
    })));
}

#[test]
fn empty() {
    insta::assert_snapshot!(printed(|_| fragment!(Queue { metadata: { labels: {} }, command: [], workers: [] })));
}

#[test]
fn passed_through() {
    insta::assert_snapshot!(printed(|values| fragment!(Queue {
        metadata: { name: "mail", labels: &values.labels },
        command: &values.words,
    })));
}

#[test]
fn spliced() {
    insta::assert_snapshot!(printed(|values| fragment!(Queue {
        metadata: { name: "mail", labels: { "own": "first", ..&values.labels } },
        command: ["first", ..&values.words],
    })));
}

#[test]
fn blocks() {
    insta::assert_snapshot!(printed(|values| fragment!(Queue {
        metadata: {
            name: "mail",
            labels: {
                "block": block(&values.line),
                "begun": block(text!("line: {values.line}")),
            },
        },
    })));
}

#[test]
fn choices() {
    insta::assert_snapshot!(printed(|values| fragment!(Queue {
        if &values.enabled { replicas: &values.replicas, }
        if equal(&values.line, "x") {
            paused: true,
        } else if greater(&values.replicas, 3) {
            paused: false,
        } else {
            paused: &values.enabled,
        }
        command: [
            "run",
            if &values.enabled { "now", } else { "later", }
        ],
    })));
}

#[test]
fn with() {
    insta::assert_snapshot!(printed(|values| fragment!(Queue {
        with labels = &values.labels { metadata: { labels: labels }, }
        with line = &values.line {
            metadata: {
                name: &line,
                with labels = &values.labels {
                    labels: { "line": &line, "replicas": text!("{values.replicas}"), ..&labels },
                }
            },
        }
    })));
}

#[test]
fn loops() {
    insta::assert_snapshot!(printed(|values| fragment!(Queue {
        metadata: {
            labels: {
                "first": "one",
                for (key, value) in &values.labels { (key): value, }
                for (key, value) in &values.labels {
                    (text!("{key}.again")): &value,
                    if equal(&value, "x") { (text!("{key}.x")): text!("{values.line}"), }
                }
            },
        },
        command: [
            "run",
            for word in &values.words { word, }
            for word in &values.words {
                with line = &values.line { text!("{word}{line}"), }
            }
            for (key, _value) in &values.labels { key, }
            for (_key, value) in &values.labels { value, }
        ],
        workers: [
            for (name, line) in &values.labels { { name: &name }, { name: text!("{name}-{line}") }, }
        ],
    })));
}

#[test]
fn names() {
    insta::assert_snapshot!(printed(|values| fragment!(Queue {
        let worker = &values.worker;
        replicas: &worker.replicas,
        with line = &worker.line {
            command: [
                let same = &worker.line;
                &same,
                &line,
                with line = &values.line { &line, for line in &values.words { &line, } }
            ],
        }
    })));
}
