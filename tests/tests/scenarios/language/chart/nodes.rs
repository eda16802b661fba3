//! Objects with every node and every control, in maps and in lists.

use helmwright::expression::{
    Expr, all, any, equal, first_of, greater, less, not, not_empty, overlay, sha256, to_json, to_text,
};
use helmwright::tree::File;
use helmwright::typed::{
    DocumentBuilder, Fragment, FragmentHelper, ListFragment, Map, Object, Text, block, fragment_helper,
};
use helmwright::{fragment, list, object, text};

use super::Common;
use crate::language::kinds::{Element, Sample};
use crate::language::values::{Labels, LimitsSymbol, Line, Worker, WorkerName};

pub(super) fn files(common: &Common) -> Vec<File> {
    let file = |name, purpose, objects: Vec<Object>| {
        let documents = DocumentBuilder::documents(|documents| {
            for object in objects {
                documents.object(object);
            }
        });
        File { name, purpose, documents }
    };
    vec![
        file("nodes.yaml", "Nodes, and controls in maps.", vec![nodes(common), maps(common)]),
        file("lists.yaml", "Controls in lists.", vec![lists(common)]),
    ]
}

/// Every node.
fn nodes(common: &Common) -> Object {
    let v = &common.values;
    object!(Sample {
        metadata: common.metadata("nodes"),
        # "A comment before a map; its {{ braces }} are text."
        texts: {
            # "A comment.\nOf two lines."
            "on": "on",
            "a key: with\tugly # \"things\"": "x",
            "block": block(&v.prose),
            "block-of-one": block(text!("{v.line}")),
            "block-with-start": block(text!("start {v.line}")),
            ..&v.labels,
            "after": "the splice",
        },
        maps: {
            "whole": &v.labels,
            "overlay": overlay::<Labels>(&v.labels, &v.more),
            "of-constants": { "a": "b" },
        },
        json: { "empty-map": {} },
        words: &v.lines,
        elements: [{ data: &v.labels }, { name: "only" }],
        only: {
            args: ["one", &v.line, "on"],
            data: {},
            inner: { elements: [] },
        },
    })
}

/// Every control in maps.
fn maps(common: &Common) -> Object {
    let v = &common.values;
    object!(Sample {
        metadata: {
            ..common.metadata("maps"),
            with sign = &v.sign { namespace: sign, }
        },
        texts: {
            "first": "fixed",
            if &v.enabled { "if": "enabled", }
            if equal(&v.mode, "fast") {
                "choice": "fast",
            } else if all([&v.other, &greater(&v.exact, 5)]) {
                "choice": text!("other {v.exact}"),
            } else {
                "choice": "slow",
            }
            if not(&v.enabled) { "not": "enabled", } else { "not": &v.line, }
            with line = &v.line { "with": &line, "with-root": text!("{line}/{v.sign}"), }
            with outer = first_of(&v.text, &v.text) {
                "outer": &outer,
                with inner = &v.any {
                    "inner": &inner,
                    "outer-inside": &outer,
                    if not_empty(&v.line) { "outer-deeper": text!("{outer}{inner}"), }
                    with labels = &v.labels { "innermost": text!("{inner}{outer}{sha256(to_json(&labels))}"), }
                }
                "outer-again": &outer,
            }
            for (key, value) in &v.more { (text!("range-{key}")): value, }
            for (key, number) in &v.numbers {
                (text!("number-{key}")): to_text(&number),
                if less(&number, 1_000_000) { (text!("small-{key}")): text!("{number}"), }
                with line = &v.line { (text!("with-{key}")): text!("{line}{number}{v.part}"), }
            }
            let other = overlay::<Worker>(&v.worker_defaults, &v.adjustment);
            "let": &other.title,
            ..cased(common).call((other.limits.clone(), other.title.clone())),
            let title = other.title;
            "let-let": text!("{title}{other.limits.r#type}"),
        },
        booleans: {
            "fixed": true,
            for (key, worker) in &v.workers {
                let merged = overlay::<Worker>(&v.worker_defaults, &worker);
                (text!("runs-{key}")): any([&merged.enabled, &merged.limits.strict]),
            }
        },
    })
}

/// Its parameters.
type Cased = (LimitsSymbol, Expr<Line>);

/// A fragment with controls and a block, included with parameters.
fn cased(common: &Common) -> FragmentHelper<Cased, Map<Text>> {
    let (enabled, prose) = (common.values.enabled.clone(), common.values.prose.clone());
    fragment_helper("language.cased", "Entries by case.", ["limits", "title"], move |map, (limits, title): Cased| {
        map.splice(fragment!(Map<Text> {
            if &enabled { "cased": &title, "cased-block": block(&prose), }
            with title = &title { "cased-title": text!("{title}: {limits.r#type}"), }
            if &limits.strict { "strict": "yes", }
        }));
    })
}

/// Every control in lists.
fn lists(common: &Common) -> Object {
    let v = &common.values;
    object!(Sample {
        metadata: common.metadata("lists"),
        words: [
            # "A comment in a list."
            "fixed",
            if &v.enabled { &v.line, }
            if equal(&v.mode, "fast") { "fast", } else if &v.other { "other", "second", } else { text!("{v.part}-x"), }
            with line = &v.line { &line, text!("{line}{v.sign}"), }
            for line in &v.lines { &line, text!("[{line}]"), }
            for (key, value) in &v.labels { &key, &value, }
            ..&v.lines,
            for limits in &v.limits {
                text!("{limits.r#type}"),
                with line = &v.line { text!("{line}: {limits.max_cpu}"), }
            }
            let half = first_of(&v.line, &v.line);
            &half,
        ],
        elements: [
            { name: "fixed", port: &v.small, inner: { name: &v.line } },
            # "Another comment in a list."
            for (name, worker) in &v.workers {
                let merged = overlay::<Worker>(&v.worker_defaults, &worker);
                {
                    # "A comment in an element."
                    name: &name,
                    port: &merged.count,
                    args: &merged.words,
                    if &merged.enabled { value: &merged.title, }
                    type: &merged.limits.r#type,
                    with labels = &merged.labels { data: labels, }
                },
                if &merged.limits.strict { strict(&name, common), }
            }
            for limits in &v.limits { { type: &limits.r#type, port: &limits.max_cpu }, }
            ..common_elements(common),
        ],
    })
}

fn strict(name: &Expr<WorkerName>, common: &Common) -> Fragment<Element> {
    let fullname = &common.fullname;
    fragment!(Element { name: text!("{fullname}-{name}"), elements: [{ inner: { name: name } }] })
}

fn common_elements(common: &Common) -> ListFragment<Element> {
    let v = &common.values;
    list!(Element [
        if &v.other { { data: { "block": block(&v.prose) }, name: "with a block" }, }
        { name: &v.sign, data: { "last": &v.any } },
    ])
}
