//! One object with every function, in the places where expressions may stand.

use helmwright::expression::{
    Expr, add, all, any, before, contains, divide, either, equal, first_of, first_text, greater, index, join, length,
    less, maximum, maximum_of, minimum, multiply, not, not_empty, one_of, overlay, remainder, replace, sha256,
    subtract, sum_of, ternary, to_json, to_text, trim_suffix, truncate, word_of,
};
use helmwright::tree::File;
use helmwright::typed::{
    DocumentBuilder, Fragment, Map, Object, Text, TextHelper, bound, choose, text_function, text_helper,
};
use helmwright::{fragment, object, text};

use super::Common;
use crate::language::kinds::Sample;
use crate::language::values::{Exact, Labels, LimitsSymbol, Line, Sign, Worker};

pub(super) fn file(common: &Common) -> File {
    let documents = DocumentBuilder::documents(|documents| documents.object(functions(common)));
    File { name: "functions.yaml", purpose: "Every function.", documents }
}

fn functions(common: &Common) -> Object {
    let v = &common.values;
    let worker = overlay::<Worker>(&v.worker_defaults, &v.adjustment);
    let fast = equal(&v.mode, "fast");
    object!(Sample {
        metadata: common.metadata("functions"),
        texts: {
            ..composed(common),
            ..converted(common),
            "first-of": first_of(&v.line, &v.worker_defaults.title),
            "first-of-three": first_text(&v.any, first_text(&v.line, &v.text)),
            "first-of-two": first_text(first_text(&v.any, &v.line), &v.text),
            "ternary": ternary(all([&v.enabled, &fast]), &v.line, text!("not {v.mode}")),
            "ternary-word": ternary(&fast, "Quick", "Slow-ly"),
            "ternary-plain": ternary(&v.enabled, "on", "1e3"),
            if not_empty(&v.labels) { "index": index(&v.labels, "app"), }
            if not_empty(&v.labels) { "index-overlay": index(&overlay::<Labels>(&v.labels, &v.more), "app"), }
            "field-overlay": &worker.limits.r#type,
        },
        integers: {
            "small": &v.small,
            "million": &v.million,
            "exact": &v.exact,
            "whole": &v.whole,
            "constant": 12,
            "sum": add(add(&v.small, &v.million), 1),
            "difference": subtract(subtract(&v.exact, &v.small), subtract(&v.whole, 2)),
            "product": multiply(&v.small, multiply(&v.million, 3)),
            "quotient": divide(&v.exact, -7),
            "remainder": remainder(subtract(2, &v.small), 5),
            "either": either(&v.enabled, &v.exact, either(&v.other, 1, &v.small)),
            "largest": maximum(&v.small, maximum(&v.million, 7)),
            "smallest": minimum(minimum(&v.exact, &v.whole), &v.small),
            "length": length(&v.any),
            if not_empty(&v.numbers) { "index": index(&v.numbers, "ten"), }
            "overlay": &worker.weight,
        },
        booleans: {
            "value": &v.enabled,
            "constant": false,
            "equal-text": equal(&v.any, "on"),
            "equal-texts": equal(&v.line, &v.any),
            "equal-integer": equal(&v.exact, &9_007_199_254_740_991_i64),
            "not-equal": not(equal(&v.million, &1_000_000_i64)),
            "less": less(&v.small, &v.whole),
            "greater": greater(&v.exact, 0),
            "not-less": not(less(&v.small, &v.million)),
            "not-greater": not(greater(length(&v.line), 3)),
            "before": before(&v.any, &v.line),
            "contains": contains(&v.any, "o"),
            "one-of": one_of(&v.line, &v.lines),
            "not": not(&v.enabled),
            "and": all([&v.enabled, &v.other, &not_empty(&v.line)]),
            "or": any([&v.other, &not(not_empty(&v.labels)), &fast]),
            "not-and": not(all([&v.enabled, &any([&v.other, &fast])])),
            "not-empty": not_empty(&v.lines),
            "empty": not(not_empty(&v.any)),
        },
        either: { "share": &v.share, "overlay": &worker.share, "text": "1e3" },
        quantities: { "cpu": &v.sign, "memory": "2Gi" },
        json: {
            "anything": &v.json,
            "overlay": &worker,
            "boolean": &v.enabled,
            "integer": &v.exact,
            "text": &v.prose,
            "list": &v.limits,
        },
    })
}

/// Texts that are composed and cut.
fn composed(common: &Common) -> Fragment<Map<Text>> {
    let v = &common.values;
    fragment!(Map<Text> {
        "concat-any": text!("{v.any}-{v.small}-{v.exact}-{v.mode}-100%"),
        "concat-quoted": text!("{v.sign} {v.million}: {v.mode}"),
        "concat-plain": text!("{v.word}-{v.small}"),
        "concat-name": text!("{v.part}-{v.part}"),
        "concat-braces": text!("{{{v.sign}}} {{{{ x }}}} {v.sign}{{"),
        "truncate": truncate(&v.sign, 5),
        "trim-suffix": trim_suffix(&v.any, "\n"),
        "replace": replace(&v.any, "\"", "{{"),
        "replace-empty": replace(&v.sign, "", "-"),
        "constant": "{{ .Values }} \"on\" \\ \u{85}\u{feff}\u{1F600}\t",
        "include": &common.fullname,
    })
}

/// Texts that are made of something else.
fn converted(common: &Common) -> Fragment<Map<Text>> {
    let v = &common.values;
    let worker = overlay::<Worker>(&v.worker_defaults, &v.adjustment);
    let total = sum_of("number", &v.numbers, |_, number| number);
    let heaviest = maximum_of("number", &v.workers, |inside, worker| {
        let worker = inside.bind("worker", &overlay::<Worker>(&v.worker_defaults, &worker));
        inside.only_if(any([&worker.enabled, &v.other]));
        worker.weight.clone()
    });
    fragment!(Map<Text> {
        "sha256": sha256(&v.any),
        "sha256-json": sha256(to_json(&v.json)),
        "to-json": to_json(&v.json),
        "to-json-map": to_json(&v.files),
        "to-json-text": to_json(&v.any),
        "to-json-overlay": to_json(&worker),
        "join": join(&v.lines, ", "),
        "join-hashed": truncate(sha256(join(&v.lines, "\n")), 8),
        "to-text-small": to_text(&v.small),
        "to-text-wide": to_text(&v.exact),
        "to-text-sum": to_text(add(&v.whole, 1)),
        "to-text-boolean": word_of(&v.enabled),
        "to-text-condition": word_of(not(&v.enabled)),
        "to-text-piped": sha256(to_text(&v.million)),
        "to-text-boolean-piped": sha256(word_of(equal(&v.million, &1_000_000_i64))),
        "to-text-inside": truncate(text!("{to_text(&v.million)}:{to_text(&v.small)}"), 6),
        "bound": text_helper(
            "language.bound",
            "A name in a text by cases.",
            bound("least", &minimum(&v.small, &v.whole), |least| {
                choose::<String>(&[(&less(&least, 0), &text!("{least} is less"))], &text!("{least}/{total}"))
            }),
        ),
        "total": text_helper("language.total", "The sum of all numbers.", text!("{total}/{total}")),
        "folds": text_helper("language.folds", "Two folds of one name.", text!("{heaviest} of {total}")),
        "by-case": by_case().call((v.exact.clone(), v.line.clone(), v.worker_defaults.limits.clone())),
        "by-case-of-overlay": by_case().call((worker.weight.clone(), worker.title.clone(), worker.limits.clone())),
        "indirect": indirect(common).call((v.exact.clone(), v.line.clone(), v.worker_defaults.limits.clone())),
    })
}

/// A helper with parameters and cases that reads no root.
fn by_case() -> TextHelper<(Expr<Exact>, Expr<Line>, LimitsSymbol), String> {
    text_function(
        "language.byCase",
        "A text by cases.",
        ["number", "line", "limits"],
        |(number, line, limits): (Expr<Exact>, Expr<Line>, LimitsSymbol)| {
            choose(
                &[
                    (&greater(&number, 1_000_000), &text!("many: {number}")),
                    (&not_empty(&line), &line),
                    (&limits.strict, &to_text(add(&limits.max_cpu, &number))),
                ],
                &"",
            )
        },
    )
}

/// A helper that passes its parameters on, and reads the root besides.
fn indirect(common: &Common) -> TextHelper<(Expr<Exact>, Expr<Line>, LimitsSymbol), String> {
    let sign: Expr<Sign> = common.values.sign.clone();
    text_function(
        "language.indirect",
        "A text of another helper.",
        ["number", "line", "limits"],
        |(number, line, limits): (Expr<Exact>, Expr<Line>, LimitsSymbol)| {
            let same = by_case().call((number.clone(), line.clone(), limits.clone()));
            let other = by_case().call((limits.max_cpu.clone(), line, limits));
            choose(&[(&greater(&number, 3), &text!("{same}|{other}|{sign}"))], &other)
        },
    )
}
