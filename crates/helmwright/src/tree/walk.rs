//! Walks over everything in a tree once: control nodes and expressions, helpers' bodies included.

use std::collections::BTreeSet;

use super::{Control, ControlId, Document, Entry, Helper, HelperBody, Item, Key, Line, Node, Tree};
use crate::expression::{Expression, Variable};

/// What a walk meets.
pub enum Part<'t> {
    /// A control node.
    Control {
        /// Tells it from others.
        id: ControlId,
        /// How many branches it has, the one where nothing holds included. A range directly over what a `with` around it
        /// found not empty has one.
        branches: usize,
        /// Whether it stands in a helper's body, of which there are as many copies as calls.
        in_helper: bool,
    },
    /// An expression; its parts are not met one by one.
    Expression(&'t Expression),
}

/// Calls `visit` for every control node and expression of the tree. A helper's body is walked once.
pub fn walk(tree: &Tree, visit: &mut dyn FnMut(Part<'_>)) {
    let mut walk = Walk { visit, helpers: BTreeSet::new(), in_helper: false, not_empty: BTreeSet::new() };
    for file in &tree.files {
        walk.documents(&file.documents);
    }
    walk.lines(&tree.notes);
}

struct Walk<'v> {
    visit: &'v mut dyn FnMut(Part<'_>),
    helpers: BTreeSet<&'static str>,
    in_helper: bool,
    /// Variables of `with`s: what they stand for is not empty.
    not_empty: BTreeSet<u32>,
}

impl Walk<'_> {
    fn control_node(&mut self, id: ControlId, branches: usize) {
        (self.visit)(Part::Control { id, branches, in_helper: self.in_helper });
    }

    /// How many branches a range has.
    fn range_branches(&self, subject: &Expression) -> usize {
        match subject {
            Expression::Variable(variable) if self.not_empty.contains(&variable.id()) => 1,
            _ => 2,
        }
    }

    fn expression(&mut self, expression: &Expression) {
        (self.visit)(Part::Expression(expression));
        let mut called = Vec::new();
        expression.walk(&mut |inner| {
            if let Expression::Include(helper, _) = inner {
                called.push(helper.clone());
            }
        });
        for helper in called {
            self.helper(&helper);
        }
    }

    fn helper(&mut self, helper: &Helper) {
        if !self.helpers.insert(helper.name) {
            return;
        }
        let outside = std::mem::replace(&mut self.in_helper, true);
        match &helper.body {
            HelperBody::Value(choice) => {
                if !choice.branches.is_empty() {
                    self.control_node(choice.id, choice.branches.len() + 1);
                }
                for expression in choice.expressions() {
                    self.expression(expression);
                }
            }
            HelperBody::Lines(lines) => self.lines(lines),
            HelperBody::Fragment(entries) => self.entries(entries),
        }
        self.in_helper = outside;
    }

    fn documents(&mut self, documents: &[Document]) {
        for document in documents {
            match document {
                Document::Object(entries) => self.entries(entries),
                Document::Whole(expression) => self.expression(expression),
                Document::Control(control) => self.control(control, &mut |walk, parts| walk.documents(parts)),
                Document::Refuse(refusal) => {
                    self.control_node(refusal.id, 2);
                    self.expression(&refusal.condition);
                    self.expression(&refusal.message);
                }
            }
        }
    }

    fn control<T>(&mut self, control: &Control<T>, parts: &mut dyn FnMut(&mut Self, &[T])) {
        match control {
            Control::If { id, branches, otherwise } => {
                self.control_node(*id, branches.len() + 1);
                for (condition, body) in branches {
                    self.expression(condition);
                    parts(self, body);
                }
                parts(self, otherwise);
            }
            Control::With { id, subject, variable, body } => {
                self.control_node(*id, 2);
                self.expression(subject);
                self.not_empty.insert(Variable::id(variable));
                parts(self, body);
            }
            Control::Range { id, subject, body, .. } => {
                self.control_node(*id, self.range_branches(subject));
                self.expression(subject);
                parts(self, body);
            }
            Control::Let { value, body, .. } => {
                self.expression(value);
                parts(self, body);
            }
        }
    }

    fn entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            match entry {
                Entry::Field { key, node, .. } => {
                    if let Key::Computed(key) = key {
                        self.expression(key);
                    }
                    self.node(node);
                }
                Entry::Control(control) => self.control(control, &mut |walk, parts| walk.entries(parts)),
                Entry::Splice(expression) => self.expression(expression),
                Entry::Include(helper, arguments) => {
                    for argument in arguments.iter() {
                        self.expression(argument);
                    }
                    self.helper(helper);
                }
                Entry::Comment(_) => {}
            }
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Map(entries) => self.entries(entries),
            Node::List(items) => self.items(items),
            Node::Scalar(expression) | Node::Block(expression) | Node::Whole(expression) => self.expression(expression),
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Node(node) => self.node(node),
                Item::Control(control) => self.control(control, &mut |walk, parts| walk.items(parts)),
                Item::Splice(expression) => self.expression(expression),
                Item::Comment(_) => {}
            }
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        for line in lines {
            match line {
                Line::Text(expression) => self.expression(expression),
                Line::If { id, branches, otherwise } => {
                    self.control_node(*id, branches.len() + 1);
                    for (condition, body) in branches {
                        self.expression(condition);
                        self.lines(body);
                    }
                    self.lines(otherwise);
                }
                Line::Range { id, subject, body, .. } => {
                    self.control_node(*id, self.range_branches(subject));
                    self.expression(subject);
                    self.lines(body);
                }
                Line::Let { value, body, .. } => {
                    self.expression(value);
                    self.lines(body);
                }
            }
        }
    }
}
