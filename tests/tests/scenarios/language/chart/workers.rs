//! Documents under controls: ranges, conditions, names, `with`, refusals.

use std::collections::BTreeMap;

use helmwright::expression::{Expr, Expression, Symbol, ValueType, Variable, all, greater, not_empty, overlay};
use helmwright::tree::{Control, ControlId, Document, File};
use helmwright::typed::{DocumentBuilder, Fragment, Object};
use helmwright::{fragment, object, text};

use super::Common;
use crate::language::kinds::Sample;
use crate::language::values::{Key, Prose, WholeObject, Worker, WorkerSymbol};

pub(super) fn file(common: &Common) -> File {
    let v = &common.values;
    let mut documents = DocumentBuilder::documents(|documents| {
        documents.refuse(&v.refused, "refused: set refused to false");
        documents.refuse(
            all([&greater(&v.small, 999_998), &v.other]),
            text!("small: {v.small} is too large beside \"other\" (100%), say {v.line}"),
        );
        documents.range(["name", "entry"], &v.workers, |documents, name, entry| {
            documents.bind("worker", &overlay::<Worker>(&v.worker_defaults, &entry), |documents, worker| {
                documents.when(&worker.enabled, |documents| {
                    documents.object(object!(Sample {
                        metadata: {
                            name: text!("{common.fullname}-{name}"),
                            labels: common.labels.call((v.word.clone(), worker.title.clone())),
                        },
                        ..of_worker(&worker),
                    }));
                    documents.when(not_empty(&worker.words), |documents| {
                        documents.object(object!(Sample {
                            metadata: { name: text!("{name}-{v.part}.words") },
                            words: &worker.words,
                        }));
                    });
                });
            });
        });
    });
    documents.extend(chosen(common));
    documents.extend(passed_through(common));
    File { name: "workers.yaml", purpose: "Documents under controls.", documents }
}

/// Objects of the values; the typed builder has no loop over a list of documents.
fn passed_through(common: &Common) -> Vec<Document> {
    let object = Variable::new("object", ValueType::Map);
    let body = DocumentBuilder::documents(|documents| {
        documents.whole::<WholeObject>(&Expr::new(Expression::Variable(object.clone())));
    });
    let subject = common.values.objects.expression();
    vec![Document::Control(Control::Range { id: ControlId::new(), subject, key: None, value: object, body })]
}

fn of_worker(worker: &WorkerSymbol) -> Fragment<Sample> {
    fragment!(Sample {
        integers: { "count": &worker.count, "weight": &worker.weight },
        either: { "share": &worker.share },
        texts: {
            "title": &worker.title,
            for (key, value) in &worker.labels { (text!("of {key}")): value, }
        },
        json: { "all": worker, "words": &worker.words },
    })
}

/// Documents by cases and under a `with`, which the tree has and the typed builder has no need of.
fn chosen(common: &Common) -> Vec<Document> {
    let v = &common.values;
    let documents = |object: Object| DocumentBuilder::documents(|documents| documents.object(object));
    let named = |name: &'static str| documents(object!(Sample { metadata: common.metadata(name), words: [name] }));
    let choice = Control::If {
        id: ControlId::new(),
        branches: vec![(v.enabled.expression(), named("first")), (not_empty(&v.lines).expression(), named("second"))],
        otherwise: named("third"),
    };
    let variable = Variable::new("files", ValueType::Map);
    let files: Expr<BTreeMap<Key, Prose>> = Expr::new(Expression::Variable(variable.clone()));
    let body = documents(object!(Sample { metadata: common.metadata("with"), maps: { "files": &files } }));
    let with = Control::With { id: ControlId::new(), subject: v.files.expression(), variable, body };
    vec![Document::Control(choice), Document::Control(with)]
}
