//! Template files: documents, their separators, refusals, NOTES.txt.

use helmwright::expression::{all, greater, not, not_empty};
use helmwright::typed::{DocumentBuilder, Lines, Object};
use helmwright::{object, text};

use crate::sample::*;
use crate::{file, printed, tree};

fn queue(name: &'static str) -> Object {
    object!(Queue { metadata: { name: name } })
}

#[test]
fn separators() {
    insta::assert_snapshot!(file(|documents, values| {
        documents.object(queue("first"));
        documents.object(queue("second"));
        documents.when(&values.enabled, |documents| {
            documents.object(queue("third"));
            documents.object(queue("fourth"));
        });
    }));
}

#[test]
fn one_under_a_condition() {
    insta::assert_snapshot!(file(|documents, values| {
        documents.when(&values.enabled, |documents| documents.object(queue("only")));
    }));
}

#[test]
fn loops() {
    insta::assert_snapshot!(file(|documents, values| {
        documents.range(["name", "line"], &values.labels, |documents, name, line| {
            documents.bind("worker", &values.worker, |documents, worker| {
                documents.when(greater(&worker.replicas, 0), |documents| {
                    documents.object(object!(Queue {
                        metadata: { name: text!("{name}-queue"), labels: { "line": line } },
                        replicas: &worker.replicas,
                    }));
                });
            });
        });
    }));
}

#[test]
fn refusals() {
    insta::assert_snapshot!(file(|documents, values| {
        documents.refuse(not(not_empty(&values.words)), "words: name a \"word\"");
        documents.refuse(
            all([&values.enabled, &greater(&values.replicas, 3)]),
            text!("replicas: {values.replicas} are too many for 100% of {values.line}"),
        );
        documents.object(queue("mail"));
    }));
}

#[test]
fn notes() {
    let values = values();
    let notes = Lines::build(|lines| {
        lines.line(text!("{values.replicas} workers say {values.line}."));
        lines.line("");
        lines.line("They run:");
        lines.each("word", &values.words, |lines, word| lines.line(text!("  - {word}")));
        lines.when(&values.enabled, |lines| {
            lines.line("");
            lines.line("The queue is enabled.");
        });
    });
    let documents = DocumentBuilder::documents(|documents| documents.object(queue("mail")));
    insta::assert_snapshot!(printed(&tree(documents, notes)).pop().unwrap().text);
}

#[test]
fn long_calls_are_broken() {
    use helmwright::expression::Expr;
    use helmwright::typed::{Choices, text_function};
    let helper = text_function(
        "sample.aHelperWithAVeryLongName",
        "A text.",
        ["line", "another", "worker"],
        |(line, another, worker): (Expr<Line>, Expr<Line>, WorkerValuesSymbol)| {
            Choices::<String>::from(text!("{line}{another}{worker.line}"))
        },
    );
    insta::assert_snapshot!(file(|documents, values| {
        let text = helper.call((values.line.clone(), values.worker.line.clone(), values.worker.clone()));
        documents.object(object!(Queue { metadata: { name: text } }));
    }));
}
