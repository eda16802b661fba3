//! Expressions in the places where they stand.

use helmwright::expression::{
    add, all, any, before, contains, divide, either, equal, first_of, first_text, greater, index, join, length, less,
    maximum, minimum, multiply, not, not_empty, one_of, overlay, remainder, replace, sha256, subtract, ternary,
    to_json, to_text, trim_suffix, truncate, word_of,
};
use helmwright::text;
use helmwright::values::release;

use crate::object;
use crate::sample::WorkerValues;

/// `key: …` for each expression.
macro_rules! labels {
    ($values:ident, $($key:literal: $value:expr),* $(,)?) => {
        object(|map, $values| map.map(map.fields().metadata, |map| map.map(map.fields().labels, |map| {
            $( map.set_key($key, $value); )*
        })))
    };
}

#[test]
fn texts() {
    insta::assert_snapshot!(labels!(values,
        "constant": "back-end",
        "constant-quoted": "on",
        "constant-number": "1.0",
        "constant-braces": "{{ x }}",
        "value": &values.line,
        "release": release::name(),
        "composed": text!("{values.line} of {values.replicas}"),
        "composed-of-signs": text!("{release::chart_version()}: {values.replicas}"),
        "composed-of-names": text!("{release::name()}-gw-{values.replicas}"),
        "composed-of-digits": text!("{release::name()}-{values.replicas}"),
        "braces": text!("{{{values.replicas}}} {{{{"),
        "integer": to_text(&values.replicas),
        "sum": to_text(add(&values.replicas, 1)),
        "boolean": word_of(&values.enabled),
    ));
}

#[test]
fn functions_of_texts() {
    insta::assert_snapshot!(labels!(values,
        "default": first_of(&values.line, &values.worker.line),
        "default-of-three": first_text(&values.line, first_text(&values.worker.line, "none")),
        "truncate": truncate(release::name(), 20),
        "cut": trim_suffix(replace(truncate(release::name(), 20), ".", "-"), "-"),
        "hash": truncate(sha256(text!("{values.line}-{values.replicas}")), 6),
        "json": to_json(&values.worker),
        "join": join(&values.words, ","),
        "ternary": ternary(&values.enabled, "yes", &values.line),
        "ternary-of-words": ternary(equal(&values.line, "x"), "Always", "Never"),
        "index": index(&values.labels, "tier"),
        "piped": sha256(first_of(&values.line, &values.worker.line)),
        "nested": sha256(ternary(not(&values.enabled), join(&values.words, " "), trim_suffix(&values.line, "."))),
    ));
}

#[test]
fn integers() {
    let text = object(|map, values| {
        let replicas = &values.replicas;
        for value in [
            add(add(replicas, &values.worker.replicas), 10),
            subtract(replicas, multiply(replicas, 2)),
            divide(add(replicas, 1), 2),
            remainder(replicas, 2),
            maximum(replicas, minimum(&values.worker.replicas, 5)),
            length(&values.line),
            either(&values.enabled, replicas, 0),
        ] {
            map.set(map.fields().replicas, value);
        }
        map.set(map.fields().replicas, replicas);
        map.set(map.fields().replicas, 3);
    });
    insta::assert_snapshot!(text);
}

#[test]
fn conditions() {
    let text = object(|map, values| {
        let (enabled, replicas, line) = (&values.enabled, &values.replicas, &values.line);
        for condition in [
            all([enabled, &not_empty(line)]),
            any([&not(enabled), &not(not_empty(&values.words)), &not_empty(&values.labels)]),
            not(all([enabled, &any([&greater(replicas, 0), &less(replicas, &values.worker.replicas)])])),
            equal(line, "x"),
            not(equal(line, &values.worker.line)),
            equal(replicas, &3),
            not(equal(replicas, &3)),
            greater(replicas, 3),
            not(greater(replicas, 3)),
            not(less(replicas, 3)),
            before(line, "a"),
            contains(line, "."),
            one_of(line, &values.words),
            greater(length(line), 30),
            not_empty(first_of(line, &values.worker.line)),
        ] {
            map.when(&condition, |map| map.set(map.fields().paused, &condition));
        }
    });
    insta::assert_snapshot!(text);
}

#[test]
fn overlays() {
    let text = object(|map, values| {
        let entry = helmwright::expression::Expr::new(
            helmwright::expression::Expression::Values.field("entry", helmwright::expression::ValueType::Map),
        );
        let worker = overlay::<WorkerValues>(&values.worker, &entry);
        map.set(map.fields().replicas, &worker.replicas);
        map.bind("worker", &worker, |map, worker| map.set(map.fields().replicas, add(&worker.replicas, 1)));
    });
    insta::assert_snapshot!(text);
}
