//! Random template files: objects, maps, lists and texts under random controls, whose names and dots get in each other's way.

use helmwright::expression::{Expr, Symbol, maximum_of, sum_of, text_of};
use helmwright::tree::File;
use helmwright::typed::{
    DocumentBuilder, Fragment, Lines, ListBuilder, ListFragment, Map, MapBuilder, Object, Text as TextField, block,
    bound, choose, fragment_helper, lines_helper, text_helper,
};
use helmwright::values::values;

use super::expressions::{Expressions, Integer, Labels, Scope, Text};
use crate::generate::Random;
use crate::language::kinds::{Element, Sample};
use crate::language::values::{LanguageValues, Worker};

/// Makes files.
pub(super) struct Generator {
    make: Expressions,
    number: usize,
}

/// Depth of controls.
const DEPTH: usize = 2;

impl Generator {
    pub(super) fn new(random: Random) -> Self {
        Self { make: Expressions::new(random), number: 0 }
    }

    /// A template file with one object.
    pub(super) fn file(mut self, number: usize) -> File {
        self.number = 1000 * number;
        let name = leak(format!("file{number}.yaml"));
        let scope = Scope::default();
        let object = Object::build::<Sample>(|map| {
            let fields = map.fields();
            map.map(fields.metadata, |map| map.set(map.fields().name, leak(format!("object{number}"))));
            map.map(fields.integers, |map| {
                for _ in 0..4 {
                    map.set_key(self.key(), self.make.integer(3, &scope));
                }
            });
            map.map(fields.booleans, |map| {
                for _ in 0..4 {
                    map.set_key(self.key(), self.make.boolean(3, &scope));
                }
            });
            map.list(fields.words, |list| self.words(list, DEPTH, &scope));
            map.list(fields.elements, |list| self.elements(list, DEPTH, &scope));
            map.map(fields.texts, |map| self.entries(map, DEPTH, &scope));
        });
        let documents = DocumentBuilder::documents(|documents| documents.object(object));
        File { name, purpose: "Random.", documents }
    }

    fn next(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    fn key(&mut self) -> &'static str {
        leak(format!("k{}", self.next()))
    }

    fn depth(&mut self) -> usize {
        self.make.random.below(4)
    }

    /// Entries of a map to texts; the first is plain.
    fn entries(&mut self, map: &mut MapBuilder<Map<TextField>>, depth: usize, scope: &Scope) {
        map.set_key(self.key(), "first");
        for _ in 0..2 + self.make.random.below(4) {
            let inner = self.depth();
            match self.make.random.below(if depth == 0 { 6 } else { 15 }) {
                0..=2 => map.set_key(self.key(), self.make.text(inner, scope)),
                3 => {
                    let text = self.make.printable(inner, scope);
                    map.set_key(self.key(), block(text));
                }
                4 => {
                    let text = self.helper_text(depth, scope);
                    map.set_key(self.key(), text);
                }
                5 => map.comment("A comment with {{ braces }}."),
                6 => {
                    let condition = self.make.boolean(inner, scope);
                    map.when(condition, |map| self.entries(map, depth - 1, scope));
                }
                7 => {
                    let conditions = [self.make.boolean(inner, scope), self.make.boolean(inner, scope)];
                    let branches = conditions
                        .iter()
                        .map(|condition| {
                            (condition.expression(), map.branch(|map| self.entries(map, depth - 1, scope)))
                        })
                        .collect();
                    let otherwise = map.branch(|map| self.entries(map, depth - 1, scope));
                    map.choose(branches, otherwise);
                }
                8 => {
                    let subject = self.make.text(inner, scope);
                    map.with("text", subject, |map, text| {
                        self.entries(map, depth - 1, &Scope { texts: pushed(&scope.texts, text), ..scope.clone() });
                    });
                }
                9 => {
                    let subject = self.make.labels(inner.min(2), scope);
                    map.with("labels", subject, |map, labels| {
                        self.entries(map, depth - 1, &Scope { labels: pushed(&scope.labels, labels), ..scope.clone() });
                    });
                }
                10 | 11 => {
                    let subject = self.make.labels(inner.min(2), scope);
                    map.range(["key", "value"], &subject, |map, key, value| {
                        let texts =
                            pushed(&pushed(&scope.texts, Expr::new(key.expression())), Expr::new(value.expression()));
                        map.set_computed(text_of(&[&leak(format!("c{}-", self.next())), &key]), &value);
                        self.entries(map, depth - 1, &Scope { texts, ..scope.clone() });
                    });
                }
                12 => {
                    let value = self.make.text(inner, scope);
                    map.bind("text", &value, |map, text| {
                        self.entries(map, depth - 1, &Scope { texts: pushed(&scope.texts, text), ..scope.clone() });
                    });
                }
                13 => {
                    let labels = self.make.labels(inner.min(2), scope);
                    map.splice(labels);
                }
                _ => {
                    let fragment = self.fragment(depth, scope);
                    map.splice(fragment);
                }
            }
        }
    }

    /// What a helper with parameters gives.
    fn fragment(&mut self, depth: usize, scope: &Scope) -> Fragment<Map<TextField>> {
        let name = leak(format!("random.fragment{}", self.next()));
        let arguments = (self.make.text(1, scope), self.make.integer(1, scope), self.make.labels(1, scope));
        let helper = fragment_helper(name, "Random.", ["text", "integer", "labels"], |map, parameters| {
            let (text, integer, labels): (Text, Integer, Labels) = parameters;
            let scope = Scope { texts: vec![text], integers: vec![integer], labels: vec![labels], words: Vec::new() };
            self.entries(map, depth - 1, &scope);
        });
        helper.call(arguments)
    }

    /// What a helper gives: a text by cases, or several lines.
    fn helper_text(&mut self, depth: usize, scope: &Scope) -> Text {
        let name = leak(format!("random.text{}", self.next()));
        let v = values::<LanguageValues>();
        if self.make.random.chance(50) {
            let scope = Scope::default();
            let total = match self.make.random.below(2) {
                0 => sum_of("total", &v.workers, |inside, worker| {
                    let worker =
                        inside.bind("worker", &helmwright::expression::overlay::<Worker>(&v.worker_defaults, &worker));
                    inside.only_if(self.make.boolean(1, &scope));
                    worker.count.clone()
                }),
                _ => maximum_of("text", &v.workers, |_, worker| {
                    helmwright::expression::overlay::<Worker>(&v.worker_defaults, &worker).count.clone()
                }),
            };
            let integers = Scope { integers: vec![total], ..Scope::default() };
            let value = self.make.text(1, &integers);
            text_helper(
                name,
                "Random.",
                bound("text", &value, |text| {
                    let scope = Scope { texts: vec![text], ..integers.clone() };
                    let (condition, first) = (self.make.boolean(2, &scope), self.make.framed(2, &scope));
                    choose::<String>(&[(&condition, &first)], &self.make.framed(2, &scope))
                }),
            )
        } else {
            let arguments = (self.make.text(1, scope), self.make.integer(1, scope), self.make.labels(1, scope));
            let helper = lines_helper(name, "Random.", ["text", "integer", "labels"], |lines, parameters| {
                let (text, integer, labels): (Text, Integer, Labels) = parameters;
                let scope =
                    Scope { texts: vec![text], integers: vec![integer], labels: vec![labels], words: Vec::new() };
                self.lines(lines, depth, &scope);
            });
            helper.call(arguments)
        }
    }

    fn lines(&mut self, lines: &mut Lines, depth: usize, scope: &Scope) {
        lines.line(self.make.framed(1, scope));
        for _ in 0..1 + self.make.random.below(3) {
            match self.make.random.below(if depth == 0 { 2 } else { 7 }) {
                0 | 1 => lines.line(self.make.framed(2, scope)),
                2 => {
                    let condition = self.make.boolean(2, scope);
                    lines.when(condition, |lines| {
                        lines.line("");
                        self.lines(lines, depth - 1, scope);
                    });
                }
                3 => {
                    let condition = self.make.boolean(2, scope);
                    let mut other = Vec::new();
                    let texts = [self.make.framed(1, scope), self.make.framed(1, scope)];
                    other.extend(texts);
                    lines.either(condition, |lines| self.lines(lines, depth - 1, scope), |lines| lines.line(&other[0]));
                }
                4 => {
                    let subject = self.make.labels(1, scope);
                    lines.range(["key", "text"], &subject, |lines, key, value| {
                        let texts =
                            pushed(&pushed(&scope.texts, Expr::new(key.expression())), Expr::new(value.expression()));
                        self.lines(lines, depth - 1, &Scope { texts, ..scope.clone() });
                    });
                }
                5 => {
                    let subject = self.make.words(1, scope);
                    lines.each("text", &subject, |lines, word| {
                        let texts = pushed(&scope.texts, Expr::new(word.expression()));
                        self.lines(lines, depth - 1, &Scope { texts, ..scope.clone() });
                    });
                }
                _ => {
                    let value = self.make.text(2, scope);
                    lines.bind("text", &value, |lines, text| {
                        self.lines(lines, depth - 1, &Scope { texts: pushed(&scope.texts, text), ..scope.clone() });
                    });
                }
            }
        }
    }

    /// Elements that are texts.
    fn words(&mut self, list: &mut ListBuilder<TextField>, depth: usize, scope: &Scope) {
        list.push("first");
        for _ in 0..2 + self.make.random.below(3) {
            let inner = self.depth();
            match self.make.random.below(if depth == 0 { 2 } else { 8 }) {
                0 | 1 => list.push(self.make.text(inner, scope)),
                2 => {
                    let condition = self.make.boolean(inner, scope);
                    list.when(condition, |list| self.words(list, depth - 1, scope));
                }
                3 => {
                    let subject = self.make.text(inner, scope);
                    list.with("text", subject, |list, text| {
                        self.words(list, depth - 1, &Scope { texts: pushed(&scope.texts, text), ..scope.clone() });
                    });
                }
                4 => {
                    let subject = self.make.labels(1, scope);
                    list.range(["text", "value"], &subject, |list, key, value| {
                        let texts =
                            pushed(&pushed(&scope.texts, Expr::new(key.expression())), Expr::new(value.expression()));
                        self.words(list, depth - 1, &Scope { texts, ..scope.clone() });
                    });
                }
                5 => {
                    let subject = self.make.words(inner.min(2), scope);
                    list.each("word", &subject, |list, word| {
                        let texts = pushed(&scope.texts, Expr::new(word.expression()));
                        self.words(list, depth - 1, &Scope { texts, ..scope.clone() });
                    });
                }
                6 => {
                    let value = self.make.words(1, scope);
                    list.bind("words", &value, |list, words| {
                        self.words(list, depth - 1, &Scope { words: pushed(&scope.words, words), ..scope.clone() });
                    });
                }
                _ => list.splice(self.make.words(inner.min(2), scope)),
            }
        }
    }

    /// Elements that are maps.
    fn elements(&mut self, list: &mut ListBuilder<Element>, depth: usize, scope: &Scope) {
        let first = self.make.text(2, scope);
        list.map(|map| {
            let fields = map.fields();
            map.set(fields.name, first);
            if self.make.random.chance(50) {
                map.set(fields.port, self.make.integer(2, scope));
            }
            map.map(fields.data, |map| self.entries(map, depth.min(1), scope));
            if depth > 1 {
                map.list(fields.elements, |list| self.elements(list, depth - 1, scope));
            }
            let subject = self.make.text(1, scope);
            map.with("text", subject, |map, text| {
                let scope = Scope { texts: pushed(&scope.texts, text), ..scope.clone() };
                map.set(map.fields().value, self.make.text(2, &scope));
            });
        });
        if depth > 0 {
            let subject = self.make.labels(1, scope);
            list.range(["key", "text"], &subject, |list, key, value| {
                let texts = pushed(&pushed(&scope.texts, Expr::new(key.expression())), Expr::new(value.expression()));
                self.elements(list, depth - 1, &Scope { texts, ..scope.clone() });
            });
            let fragment = ListFragment::build(|list| self.elements(list, depth - 1, scope));
            list.splice(fragment);
        }
    }
}

fn pushed<T: Clone>(of: &[T], with: T) -> Vec<T> {
    let mut all = of.to_vec();
    all.push(with);
    all
}

/// Names of the tree live as long as the program.
fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}
