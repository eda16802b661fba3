//! Texts of several lines: blocks at every place of an object, and NOTES.txt.

use helmwright::expression::{Expr, equal, join, length, less, not, not_empty, overlay, sha256, sum_of, to_json};
use helmwright::tree::{File, Line as TextLine};
use helmwright::typed::{DocumentBuilder, Lines, Object, TextHelper, block, lines_helper};
use helmwright::values::release;
use helmwright::{object, text};

use super::Common;
use crate::language::kinds::Texts;
use crate::language::values::{LimitsSymbol, Worker};

pub(super) fn files(common: &Common) -> Vec<File> {
    let file = |name, purpose, object: Object| {
        let documents = DocumentBuilder::documents(|documents| documents.object(object));
        File { name, purpose, documents }
    };
    let v = &common.values;
    let config = || config(common).call((v.worker_defaults.limits.clone(),));
    vec![
        file(
            "block-last.yaml",
            "An object that ends in a block.",
            object!(Texts {
                metadata: common.metadata("block-last"),
                data: { "hash": sha256(config()), "config": block(config()), "prose": block(&v.prose) },
            }),
        ),
        file(
            "block-sometimes-last.yaml",
            "An object that may end in a block.",
            object!(Texts {
                metadata: common.metadata("block-sometimes-last"),
                data: {
                    "prose": block(&v.prose),
                    with line = &v.line { "line": line, }
                    if &v.other { "config": block(config()), }
                },
            }),
        ),
        file(
            "whole-last.yaml",
            "An object that ends in a map of the values.",
            object!(Texts { metadata: common.metadata("whole-last"), data: &v.files }),
        ),
        file(
            "splice-last.yaml",
            "An object that ends in a spliced map of the values.",
            object!(Texts { metadata: common.metadata("splice-last"), data: { "first": "x", ..&v.files } }),
        ),
        file(
            "not-empty-last.yaml",
            "An object whose end may be left out.",
            object!(Texts { metadata: common.metadata("not-empty-last"), with files = &v.files { data: files, } }),
        ),
    ]
}

/// Lines with conditions, loops, folds, names and other helpers.
fn config(common: &Common) -> TextHelper<(LimitsSymbol,), String> {
    let v = &common.values;
    lines_helper("language.config", "A file.", ["limits"], |lines, (limits,): (LimitsSymbol,)| {
        lines.line(text!("{v.prose}{v.word} = {limits.max_cpu} {{{{"));
        lines.line("");
        lines.line(text!("{v.line}"));
        lines.line(text!("\t{v.prose}|{{"));
        lines.when(&limits.strict, |lines| {
            lines.line("");
            lines.line("  strict");
        });
        lines.either(
            not_empty(&v.lines),
            |lines| lines.line(text!("lines = {join(&v.lines, \", \")};")),
            |lines| lines.line("no lines"),
        );
        lines.each("line", &v.lines, |lines, line| {
            lines.line(text!("line {line}"));
            lines.range(["key", "value"], &v.labels, |lines, key, value| {
                lines.line(text!("  {key} of {line}: {value}."));
            });
        });
        lines.range(["name", "worker"], &v.workers, |lines, name, worker| {
            lines.bind("merged", &overlay::<Worker>(&v.worker_defaults, &worker), |lines, merged| {
                lines.line(text!("[{name}]"));
                lines.line(text!("weight = {merged.weight}, {merged.limits.r#type}"));
                lines.when(less(&merged.count, 1), |lines| lines.line(text!("none of {v.million}")));
                lines.each("word", &merged.words, |lines, word| lines.line(text!("- {word}/{name}")));
            });
        });
        let total = sum_of("total", &v.numbers, |_, number| number);
        lines.line(text!("total = {total}"));
        lines.line(text!("of {total} as {sha256(to_json(&v.json))}"));
        lines.line("end");
    })
}

/// NOTES.txt.
pub(super) fn notes(common: &Common) -> Vec<TextLine> {
    let (v, fullname) = (&common.values, &common.fullname);
    let namespace: Expr<_> = release::namespace();
    Lines::build(|lines| {
        lines.line(text!("{fullname} runs in {namespace}. 100% \"{v.any}\" {{{{ }}}}"));
        lines.line("");
        lines.line(text!("  {v.prose}!"));
        lines.either(equal(&v.mode, "fast"), |lines| lines.line("fast"), |lines| lines.line(text!("slow: {v.exact}")));
        lines.range(["name", "worker"], &v.workers, |lines, name, worker| {
            lines.bind("merged", &overlay::<Worker>(&v.worker_defaults, &worker), |lines, merged| {
                lines.when(not(&merged.enabled), |lines| lines.line(text!("- {name} is off")));
                lines.when(not_empty(&merged.labels), |lines| {
                    lines.line(text!("- {name}: {merged.title} {merged.weight}"))
                });
            });
        });
        lines.each("limits", &v.limits, |lines, limits| lines.line(text!("{limits.r#type}: {limits.max_cpu}")));
        lines.line("");
        lines.line(text!("{length(&v.any)} {to_json(&v.json)}"));
    })
}
