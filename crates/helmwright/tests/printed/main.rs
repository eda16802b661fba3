//! How each construct of the language is printed, and what cannot be.
//!
//! The snapshots are read like a chart: what a careful maintainer would not write is a fault of the printer. That Helm
//! makes of them what the evaluator does is tried elsewhere, with Helm.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod documents;
mod expressions;
mod helpers;
mod nodes;
mod problems;
#[path = "../compile_fail/sample/mod.rs"]
mod sample;

use helmwright::print::{PrintProblem, Template, print};
use helmwright::tree::{Document, File, Line, Tree};
use helmwright::typed::{DocumentBuilder, Fragment, MapBuilder, Object};
use sample::{Queue, ValuesSymbol, values};

fn tree(documents: Vec<Document>, notes: Vec<Line>) -> Tree {
    Tree { files: vec![File { name: "queue.yaml", purpose: "A queue.", documents }], notes }
}

fn printed(tree: &Tree) -> Vec<Template> {
    print(tree).unwrap()
}

/// The text of a template file with these documents.
fn file(build: impl FnOnce(&mut DocumentBuilder, &ValuesSymbol)) -> String {
    let documents = DocumentBuilder::documents(|documents| build(documents, &values()));
    printed(&tree(documents, Vec::new())).remove(0).text
}

/// The lines of an object behind its `kind`.
fn object(build: impl FnOnce(&mut MapBuilder<Queue>, &ValuesSymbol)) -> String {
    let text = file(|documents, values| documents.object(Object::build::<Queue>(|map| build(map, values))));
    text.split_once("kind: Queue\n").unwrap().1.to_owned()
}

/// The same, of a fragment that the macro makes.
fn fragment(build: impl FnOnce(&ValuesSymbol) -> Fragment<Queue>) -> String {
    object(|map, values| map.splice(build(values)))
}

/// The text of `_helpers.tpl`.
fn helpers(build: impl FnOnce(&mut MapBuilder<Queue>, &ValuesSymbol)) -> String {
    let documents = DocumentBuilder::documents(|documents| {
        documents.object(Object::build::<Queue>(|map| build(map, &values())));
    });
    printed(&tree(documents, Vec::new())).into_iter().find(|template| template.path.ends_with(".tpl")).unwrap().text
}

/// Why a tree cannot be printed.
fn problems(build: impl FnOnce(&mut MapBuilder<Queue>, &ValuesSymbol)) -> Vec<String> {
    let documents = DocumentBuilder::documents(|documents| {
        documents.object(Object::build::<Queue>(|map| build(map, &values())));
    });
    print(&tree(documents, Vec::new())).err().unwrap_or_default().iter().map(PrintProblem::to_string).collect()
}
