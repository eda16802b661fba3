//! Walks over everything in a tree once: control nodes and expressions, helpers' bodies included.

use std::collections::BTreeSet;
use std::panic::Location;

use super::{Control, ControlId, Document, Entry, Helper, HelperBody, Item, Key, Line, Node, Tree};
use crate::conditions::{Environment, Formula, possible};
use crate::expression::Expression;

/// What a walk meets.
pub enum Part<'t> {
    /// A control node.
    Control {
        /// Tells it from others.
        id: ControlId,
        /// The branches that values can take, as far as the conditions around the node tell; the last number is that of the
        /// branch where nothing holds.
        branches: Vec<usize>,
        /// Those of them in which nothing stands.
        bare: Vec<usize>,
        /// Whether it stands in a helper's body, of which there are as many copies as calls.
        in_helper: bool,
    },
    /// An expression; its parts are not met one by one.
    Expression(&'t Expression),
}

/// Calls `visit` for every control node and expression of the tree. A helper's body is walked at each call, since other
/// conditions hold around each, until all of its branches are known to be possible.
pub fn walk(tree: &Tree, visit: &mut dyn FnMut(Part<'_>)) {
    let mut walk = Walk {
        visit,
        helpers: BTreeSet::new(),
        possible: BTreeSet::new(),
        is_complete: true,
        in_helper: false,
        environment: Environment::default(),
        assumptions: Vec::new(),
    };
    for file in &tree.files {
        walk.documents(&file.documents);
    }
    walk.lines(&tree.notes);
}

struct Walk<'v> {
    visit: &'v mut dyn FnMut(Part<'_>),
    /// Helpers that need not be walked again.
    helpers: BTreeSet<&'static str>,
    /// Branches in helpers that some call makes possible.
    possible: BTreeSet<(&'static Location<'static>, usize)>,
    /// Whether all branches of the helper that is walked are possible.
    is_complete: bool,
    in_helper: bool,
    environment: Environment,
    /// The conditions around the node, all of which hold.
    assumptions: Vec<Formula>,
}

impl Walk<'_> {
    /// A control node whose branches stand under these formulas, each with whether nothing stands in it.
    fn control_node<'f>(&mut self, id: ControlId, branches: impl IntoIterator<Item = (&'f Formula, bool)>) {
        let mut found: Vec<(usize, bool)> = Vec::new();
        for (branch, (formula, bare)) in branches.into_iter().enumerate() {
            let known = self.in_helper && self.possible.contains(&(id.location, branch));
            if known || possible(&self.assumptions, formula) {
                found.push((branch, bare));
                if self.in_helper {
                    self.possible.insert((id.location, branch));
                }
            } else {
                self.is_complete = false;
            }
        }
        let bare = found.iter().filter(|(_, bare)| *bare).map(|(branch, _)| *branch).collect();
        let branches = found.iter().map(|(branch, _)| *branch).collect();
        (self.visit)(Part::Control { id, branches, bare, in_helper: self.in_helper });
    }

    /// Walks on with one more condition that holds.
    fn under(&mut self, formula: Formula, body: impl FnOnce(&mut Self)) {
        self.assumptions.push(formula);
        body(self);
        self.assumptions.pop();
    }

    fn expression(&mut self, expression: &Expression) {
        (self.visit)(Part::Expression(expression));
        let mut called = Vec::new();
        expression.walk(&mut |inner| {
            if let Expression::Include(helper, arguments) = inner {
                called.push((helper.clone(), arguments.clone()));
            }
        });
        for (helper, arguments) in called {
            self.helper(&helper, &arguments);
        }
    }

    fn helper(&mut self, helper: &Helper, arguments: &[Expression]) {
        if self.helpers.contains(helper.name) {
            return;
        }
        for (parameter, argument) in helper.parameters.iter().zip(arguments) {
            self.environment.bind(parameter, argument);
        }
        let outside = std::mem::replace(&mut self.in_helper, true);
        let outside_is_complete = std::mem::replace(&mut self.is_complete, true);
        match &helper.body {
            HelperBody::Value(choice) => {
                if !choice.branches.is_empty() {
                    let conditions = self.environment.choice(choice.branches.iter().map(|(condition, _)| condition));
                    self.control_node(choice.id, conditions.iter().map(|formula| (formula, false)));
                }
                for expression in choice.expressions() {
                    self.expression(expression);
                }
            }
            HelperBody::Lines(lines) => self.lines(lines),
            HelperBody::Fragment(entries) => self.entries(entries),
        }
        if self.is_complete {
            self.helpers.insert(helper.name);
        }
        self.is_complete = outside_is_complete && self.is_complete;
        self.in_helper = outside;
    }

    fn documents(&mut self, documents: &[Document]) {
        for document in documents {
            match document {
                Document::Object(entries) => self.entries(entries),
                Document::Whole(expression) => self.expression(expression),
                Document::Control(control) => self.control(control, &mut |walk, parts| walk.documents(parts)),
                Document::Refuse(refusal) => {
                    let formulas = self.environment.choice([&refusal.condition]);
                    self.control_node(refusal.id, formulas.iter().zip([false, true]));
                    self.expression(&refusal.condition);
                    self.expression(&refusal.message);
                }
            }
        }
    }

    fn control<T>(&mut self, control: &Control<T>, parts: &mut dyn FnMut(&mut Self, &[T])) {
        let (id, expressions): (_, Vec<&Expression>) = match control {
            Control::If { id, branches, .. } => (Some(id), branches.iter().map(|(condition, _)| condition).collect()),
            Control::With { id, subject, .. } | Control::Range { id, subject, .. } => (Some(id), vec![subject]),
            Control::Let { value, .. } => (None, vec![value]),
        };
        let branches = self.environment.branches(control);
        if let Some(id) = id {
            self.control_node(*id, branches.iter().map(|(formula, body)| (formula, body.is_empty())));
        }
        for expression in expressions {
            self.expression(expression);
        }
        for (formula, body) in branches {
            self.under(formula, |walk| parts(walk, body));
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
                    self.helper(helper, arguments);
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
                    let formulas = self.environment.choice(branches.iter().map(|(condition, _)| condition));
                    let bodies = branches.iter().map(|(_, body)| body).chain([otherwise]);
                    self.control_node(*id, formulas.iter().zip(bodies.clone().map(Vec::is_empty)));
                    for (formula, body) in formulas.into_iter().zip(bodies) {
                        self.under(formula, |walk| walk.lines(body));
                    }
                    branches.iter().for_each(|(condition, _)| self.expression(condition));
                }
                Line::Range { id, subject, body, .. } => {
                    let formula = self.environment.not_empty(subject);
                    self.control_node(*id, [(&formula, false), (&formula.clone().not(), true)]);
                    self.expression(subject);
                    self.under(formula, |walk| walk.lines(body));
                }
                Line::Let { variable, value, body } => {
                    self.expression(value);
                    self.environment.bind(variable, value);
                    self.lines(body);
                }
            }
        }
    }
}
