//! The reading of the tree that gives objects: its evaluation on concrete values.
//!
//! The values are those after the merge and already accepted: what a values type forbids does not occur here. A value
//! that is absent all the same evaluates as Go templates treat it, to nothing.
//!
//! This module reads the tree alone. It never looks at printed templates; that both agree is what the differential
//! test against real Helm shows.

mod ending;
mod functions;
mod go_json;
mod go_yaml;
mod memory;

use std::borrow::Cow;

use serde_json::{Map, Value};
use typed_arena::Arena;

use crate::expression::{Builtin, Expression, FoldOperation, Variable};
use crate::tree::{
    Choice, Control, ControlId, Document, Entry, Helper, HelperBody, Item, Key, Line, Node, Refusal, Tree,
};

use ending::Ending;
use functions::{integer, is_empty, text};
use memory::Memory;

/// What a release and its chart are called.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// The release's name.
    pub name: &'a str,
    /// The namespace that it is installed into.
    pub namespace: &'a str,
    /// The chart's version.
    pub chart_version: &'a str,
    /// The version of the application.
    pub app_version: &'a str,
}

/// One object, and the template file that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// The file's name below `templates/`.
    pub file: &'static str,
    /// The object.
    pub object: Value,
}

/// Is told which branches an evaluation takes.
pub trait Observer {
    /// At this control node, this branch was taken: 0 is the first, the number of branches means "none held".
    fn branch(&mut self, control: ControlId, branch: usize);
}

impl Observer for () {
    fn branch(&mut self, _: ControlId, _: usize) {}
}

/// Evaluates every template file.
///
/// # Errors
///
/// The messages of all refusals whose condition holds. Helm shows the first of them.
pub fn evaluate(
    tree: &Tree,
    values: &Value,
    release: &Release<'_>,
    observer: &mut dyn Observer,
) -> Result<Vec<Rendered>, Vec<String>> {
    let arena = Arena::new();
    let mut evaluator = Evaluator::new(&arena, values, release, observer);
    let (mut rendered, mut refused) = (Vec::new(), Vec::new());
    for file in &tree.files {
        let mut objects = Vec::new();
        evaluator.documents(&file.documents, &mut objects, &mut refused);
        rendered.extend(objects.into_iter().map(|object| Rendered { file: file.name, object }));
    }
    if refused.is_empty() { Ok(rendered) } else { Err(refused) }
}

/// Evaluates NOTES.txt.
pub fn notes(tree: &Tree, values: &Value, release: &Release<'_>, observer: &mut dyn Observer) -> String {
    let arena = Arena::new();
    let mut evaluator = Evaluator::new(&arena, values, release, observer);
    let mut lines = Vec::new();
    evaluator.lines(&tree.notes, &mut lines);
    lines.join("\n")
}

struct Evaluator<'a> {
    arena: &'a Arena<Value>,
    values: &'a Value,
    release: &'a Release<'a>,
    variables: Vec<(u32, &'a Value)>,
    observer: &'a mut dyn Observer,
    memory: Memory<'a>,
    ending: Ending<'a>,
}

static NULL: Value = Value::Null;
static TRUE: Value = Value::Bool(true);
static FALSE: Value = Value::Bool(false);

impl<'a> Evaluator<'a> {
    fn new(
        arena: &'a Arena<Value>,
        values: &'a Value,
        release: &'a Release<'a>,
        observer: &'a mut dyn Observer,
    ) -> Self {
        let (memory, ending) = (Memory::default(), Ending::default());
        Self { arena, values, release, variables: Vec::new(), observer, memory, ending }
    }

    fn keep(&self, value: impl Into<Value>) -> &'a Value {
        match value.into() {
            Value::Bool(true) => &TRUE,
            Value::Bool(false) => &FALSE,
            other => self.arena.alloc(other),
        }
    }

    /// Runs `body` with the variable bound.
    fn bound<R>(&mut self, variable: &Variable, value: &'a Value, body: impl FnOnce(&mut Self) -> R) -> R {
        self.variables.push((variable.id(), value));
        let result = body(self);
        self.variables.pop();
        result
    }

    fn variable(&self, variable: &Variable) -> &'a Value {
        self.variables.iter().rev().find(|(id, _)| *id == variable.id()).map_or(&NULL, |(_, value)| value)
    }

    fn expression(&mut self, expression: &'a Expression) -> &'a Value {
        match expression {
            Expression::Literal(value) => value,
            Expression::Values => self.values,
            Expression::Builtin(builtin) => self.keep(match builtin {
                Builtin::ReleaseName => self.release.name,
                Builtin::ReleaseNamespace => self.release.namespace,
                Builtin::ReleaseService => "Helm",
                Builtin::ChartVersion => self.release.chart_version,
                Builtin::ChartAppVersion => self.release.app_version,
            }),
            Expression::Variable(variable) => self.variable(variable),
            Expression::Field(base, key, _) => self.expression(base).get(key).unwrap_or(&NULL),
            Expression::Call(function, arguments) => self.call(*function, arguments),
            Expression::Fold(fold) => {
                let mut total = 0;
                for entry in self.expression(&fold.subject).as_object().into_iter().flat_map(Map::values) {
                    let before = self.variables.len();
                    self.variables.push((fold.variable.id(), entry));
                    for (variable, value) in &fold.bindings {
                        let value = self.expression(value);
                        self.variables.push((variable.id(), value));
                    }
                    let counts = fold.condition.as_ref().is_none_or(|condition| self.holds(condition));
                    let contribution = if counts { self.integer(&fold.body) } else { 0 };
                    self.variables.truncate(before);
                    total = match fold.operation {
                        FoldOperation::Sum => i64::wrapping_add(total, contribution),
                        FoldOperation::Maximum => total.max(contribution),
                    };
                }
                self.keep(total)
            }
            Expression::Include(helper, arguments) => {
                if let Some(known) = self.memory.text(helper, arguments) {
                    return known;
                }
                let text = self.included(helper, arguments, Self::helper_text);
                let text = self.keep(text);
                self.memory.keep_text(helper, arguments, text);
                text
            }
        }
    }

    fn integer(&mut self, expression: &'a Expression) -> i64 {
        integer(self.expression(expression))
    }

    fn text(&mut self, expression: &'a Expression) -> Cow<'a, str> {
        text(self.expression(expression))
    }

    fn holds(&mut self, condition: &'a Expression) -> bool {
        self.expression(condition).as_bool().unwrap_or(false)
    }

    /// Runs `body` on a helper with its parameters bound.
    fn included<R>(
        &mut self,
        helper: &'a Helper,
        arguments: &'a [Expression],
        body: impl FnOnce(&mut Self, &'a Helper) -> R,
    ) -> R {
        let values: Vec<_> = arguments.iter().map(|argument| self.expression(argument)).collect();
        let before = self.variables.len();
        self.variables.extend(helper.parameters.iter().map(Variable::id).zip(values));
        let result = body(self, helper);
        self.variables.truncate(before);
        result
    }

    fn helper_text(&mut self, helper: &'a Helper) -> Cow<'a, str> {
        match &helper.body {
            HelperBody::Value(choice) => self.choice(choice),
            HelperBody::Lines(lines) => {
                let mut result = Vec::new();
                self.lines(lines, &mut result);
                result.join("\n").into()
            }
            HelperBody::Fragment(_) => Cow::Borrowed(""),
        }
    }

    fn choice(&mut self, choice: &'a Choice) -> Cow<'a, str> {
        let before = self.variables.len();
        for (variable, value) in &choice.bindings {
            let value = self.expression(value);
            self.variables.push((variable.id(), value));
        }
        let taken = choice.branches.iter().position(|(condition, _)| self.holds(condition));
        if !choice.branches.is_empty() {
            self.observer.branch(choice.id, taken.unwrap_or(choice.branches.len()));
        }
        let result = taken.map_or(&choice.otherwise, |branch| &choice.branches[branch].1);
        let text = self.text(result);
        self.variables.truncate(before);
        text
    }

    fn lines(&mut self, lines: &'a [Line], result: &mut Vec<Cow<'a, str>>) {
        for line in lines {
            match line {
                Line::Text(expression) => result.push(self.text(expression)),
                Line::If { id, branches, otherwise } => {
                    let body = self.branch(*id, branches, otherwise);
                    self.lines(body, result);
                }
                Line::Range { id, subject, key, value, body } => {
                    self.range(*id, subject, key.as_ref(), value, &mut |inner| inner.lines(body, result));
                }
                Line::Let { variable, value, body } => {
                    let value = self.expression(value);
                    self.bound(variable, value, |inner| inner.lines(body, result));
                }
            }
        }
    }

    fn branch<T>(&mut self, id: ControlId, branches: &'a [(Expression, Vec<T>)], otherwise: &'a [T]) -> &'a [T] {
        let taken = branches.iter().position(|(condition, _)| self.holds(condition));
        self.observer.branch(id, taken.unwrap_or(branches.len()));
        taken.map_or(otherwise, |branch| &branches[branch].1)
    }

    fn range(
        &mut self,
        id: ControlId,
        subject: &'a Expression,
        key: Option<&Variable>,
        value: &Variable,
        body: &mut dyn FnMut(&mut Self),
    ) {
        let subject = self.expression(subject);
        self.observer.branch(id, usize::from(is_empty(subject)));
        match subject {
            Value::Object(map) => {
                let mut entries: Vec<_> = map.iter().collect();
                entries.sort_by_key(|(key, _)| key.as_bytes());
                for (name, entry) in entries {
                    let before = self.variables.len();
                    if let Some(key) = key {
                        let name = self.keep(name.as_str());
                        self.variables.push((key.id(), name));
                    }
                    self.variables.push((value.id(), entry));
                    body(self);
                    self.variables.truncate(before);
                }
            }
            Value::Array(list) => {
                for element in list {
                    self.bound(value, element, &mut *body);
                }
            }
            _ => {}
        }
    }

    /// Runs `body` on the parts of a control node that stand, each time they stand.
    fn control<T>(&mut self, control: &'a Control<T>, body: &mut dyn FnMut(&mut Self, &'a [T])) {
        match control {
            Control::If { id, branches, otherwise } => {
                let parts = self.branch(*id, branches, otherwise);
                body(self, parts);
            }
            Control::With { id, subject, variable, body: parts } => {
                let subject = self.expression(subject);
                let empty = is_empty(subject);
                self.observer.branch(*id, usize::from(empty));
                if !empty {
                    self.bound(variable, subject, |inner| body(inner, parts));
                }
            }
            Control::Range { id, subject, key, value, body: parts } => {
                self.range(*id, subject, key.as_ref(), value, &mut |inner| body(inner, parts));
            }
            Control::Let { variable, value, body: parts } => {
                let value = self.expression(value);
                self.bound(variable, value, |inner| body(inner, parts));
            }
        }
    }

    fn documents(&mut self, documents: &'a [Document], objects: &mut Vec<Value>, refused: &mut Vec<String>) {
        for document in documents {
            match document {
                Document::Object(entries) => {
                    self.ending = Ending::default();
                    let mut object = Map::new();
                    self.entries(entries, &mut object);
                    if let Some(again) = self.ending.trimmed() {
                        self.ending = again;
                        object.clear();
                        self.entries(entries, &mut object);
                    }
                    objects.push(Value::Object(object));
                }
                Document::Whole(expression) => {
                    let value = self.expression(expression);
                    self.ending = Ending::default();
                    self.ending.whole(value);
                    let trimmed = self.ending.trimmed().and_then(|mut again| again.whole(value));
                    objects.push(trimmed.unwrap_or_else(|| value.clone()));
                }
                Document::Control(control) => {
                    self.control(control, &mut |inner, parts| inner.documents(parts, objects, refused));
                }
                Document::Refuse(Refusal { id, condition, message }) => {
                    let refuse = self.holds(condition);
                    self.observer.branch(*id, usize::from(!refuse));
                    if refuse {
                        refused.push(self.text(message).into_owned());
                    }
                }
            }
        }
    }

    fn node(&mut self, node: &'a Node) -> Value {
        match node {
            Node::Map(entries) => {
                if entries.is_empty() {
                    self.ending.scalar();
                }
                let mut map = Map::new();
                self.entries(entries, &mut map);
                Value::Object(map)
            }
            Node::List(items) => {
                if items.is_empty() {
                    self.ending.scalar();
                }
                let mut list = Vec::new();
                self.items(items, &mut list);
                Value::Array(list)
            }
            Node::Scalar(Expression::Literal(value)) => {
                self.ending.scalar();
                value.clone()
            }
            Node::Scalar(expression) => {
                self.ending.scalar();
                self.expression(expression).clone()
            }
            Node::Whole(expression) => {
                let value = self.expression(expression);
                self.ending.whole(value).unwrap_or_else(|| value.clone())
            }
            Node::Block(expression) => {
                let mut text = self.text(expression).into_owned();
                let end = self.ending.block(&text).len();
                text.truncate(end);
                // A block scalar with the default chomping keeps one newline, if there is anything before it.
                if !text.is_empty() {
                    text.push('\n');
                }
                text.into()
            }
        }
    }

    fn entries(&mut self, entries: &'a [Entry], map: &mut Map<String, Value>) {
        for entry in entries {
            match entry {
                Entry::Field { key, node, .. } => {
                    let key = match key {
                        Key::Literal(key) => key.clone(),
                        Key::Computed(expression) => self.text(expression).into_owned(),
                    };
                    let value = self.node(node);
                    map.insert(key, value);
                }
                Entry::Control(control) => self.control(control, &mut |inner, parts| inner.entries(parts, map)),
                Entry::Splice(expression) => {
                    let value = self.expression(expression);
                    let trimmed = self.ending.whole(value);
                    if let Value::Object(spliced) = trimmed.as_ref().unwrap_or(value) {
                        map.extend(spliced.iter().map(|(key, value)| (key.clone(), value.clone())));
                    }
                }
                Entry::Include(helper, arguments) => self.included(helper, arguments, |inner, helper| {
                    if let HelperBody::Fragment(body) = &helper.body {
                        inner.entries(body, map);
                    }
                }),
                Entry::Comment(_) => self.ending.scalar(),
            }
        }
    }

    fn items(&mut self, items: &'a [Item], list: &mut Vec<Value>) {
        for item in items {
            match item {
                Item::Node(node) => list.push(self.node(node)),
                Item::Control(control) => self.control(control, &mut |inner, parts| inner.items(parts, list)),
                Item::Splice(expression) => {
                    let value = self.expression(expression);
                    let trimmed = self.ending.whole(value);
                    list.extend(trimmed.as_ref().unwrap_or(value).as_array().into_iter().flatten().cloned());
                }
                Item::Comment(_) => self.ending.scalar(),
            }
        }
    }
}
