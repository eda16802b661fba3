//! The walk over the tree that gathers, for all of it at once, which values are read where.

use std::collections::{BTreeMap, BTreeSet};

use super::{FieldPath, Paths, Refusal, Row, Segment, SharedKey};
use crate::expression::{Expression, Function, Variable};
use crate::tree::{
    Control, ControlId, Document, Entry, Helper, HelperBody, Item, Key, Line, Node, Tree, constant_field,
};

/// What the walk has gathered, and where it is.
#[derive(Default)]
pub(super) struct Walk {
    file: &'static str,
    kind: String,
    variables: BTreeMap<u32, Paths>,
    conditions: Vec<Around>,
    pub(super) rows: Vec<Row>,
    pub(super) decisions: Vec<(ControlId, Paths)>,
    pub(super) refusals: Vec<Refusal>,
    /// What the messages of refusals are made of.
    pub(super) messages: Paths,
    /// The maps around what is looked at, and in the end the one that it is in.
    maps: Vec<Map>,
    pub(super) shared: Vec<SharedKey>,
}

/// A condition around what is looked at.
struct Around {
    /// What must be true, or not empty, if that is one expression.
    holds: Option<Expression>,
    paths: Paths,
    /// Whether a condition within says it already: then it decides nothing by itself.
    implied: bool,
}

/// What stands in a map.
#[derive(Default)]
struct Map {
    keys: BTreeSet<String>,
    spliced: Paths,
}

impl Walk {
    /// The walk over all files.
    pub(super) fn over(tree: &Tree) -> Self {
        let mut walk = Self::default();
        for file in &tree.files {
            walk.file = file.name;
            walk.documents(&file.documents);
        }
        walk
    }

    fn paths(&mut self, expression: &Expression) -> Paths {
        match expression {
            Expression::Literal(_) => Paths::new(),
            Expression::Values => [String::new()].into(),
            Expression::Builtin(builtin) => [format!("@{}", builtin.path().trim_start_matches('.'))].into(),
            Expression::Variable(variable) => self.variables.get(&variable.id()).cloned().unwrap_or_default(),
            Expression::Field(base, key, _) => self.paths(base).iter().map(|base| below(base, key)).collect(),
            Expression::Call(Function::Index(_), arguments) => {
                let mut paths: Paths = self.paths(&arguments[0]).iter().map(|base| below(base, "*")).collect();
                paths.append(&mut self.paths(&arguments[1]));
                paths
            }
            Expression::Call(_, arguments) => arguments.iter().flat_map(|argument| self.paths(argument)).collect(),
            Expression::Fold(fold) => {
                let subject = self.paths(&fold.subject);
                self.bind(&fold.variable, subject.iter().map(|path| below(path, "*")).collect());
                let mut paths: Paths = subject.iter().map(|path| below(path, "*~key")).collect();
                for (variable, value) in &fold.bindings {
                    let value = self.paths(value);
                    self.bind(variable, value);
                }
                for inside in fold.condition.iter().chain([&fold.body]) {
                    paths.append(&mut self.paths(inside));
                }
                paths
            }
            Expression::Include(helper, arguments) => self.helper_text(helper, arguments),
        }
    }

    fn bind(&mut self, variable: &Variable, paths: Paths) {
        self.variables.insert(variable.id(), paths);
    }

    fn bind_parameters(&mut self, helper: &Helper, arguments: &[Expression]) {
        for (parameter, argument) in helper.parameters.iter().zip(arguments) {
            let paths = self.paths(argument);
            self.bind(parameter, paths);
        }
    }

    fn helper_text(&mut self, helper: &Helper, arguments: &[Expression]) -> Paths {
        self.bind_parameters(helper, arguments);
        match &helper.body {
            HelperBody::Value(choice) => {
                for (variable, value) in &choice.bindings {
                    let value = self.paths(value);
                    self.bind(variable, value);
                }
                let conditions = choice.branches.iter().map(|(condition, _)| condition);
                let conditions: Paths = conditions.flat_map(|condition| self.paths(condition)).collect();
                self.decide(choice.id, &conditions);
                // A name that no result and no condition uses decides nothing.
                let results = choice.branches.iter().map(|(_, result)| result).chain([&choice.otherwise]);
                results.flat_map(|result| self.paths(result)).chain(conditions).collect()
            }
            HelperBody::Lines(lines) => self.lines(lines),
            HelperBody::Fragment(_) => Paths::new(),
        }
    }

    pub(super) fn lines(&mut self, lines: &[Line]) -> Paths {
        let mut paths = Paths::new();
        for line in lines {
            match line {
                Line::Text(expression) => paths.append(&mut self.paths(expression)),
                Line::If { id, branches, otherwise } => {
                    let conditions = branches.iter().flat_map(|(condition, _)| self.paths(condition)).collect();
                    self.decide(*id, &conditions);
                    for (condition, body) in branches {
                        paths.append(&mut self.paths(condition));
                        paths.append(&mut self.lines(body));
                    }
                    paths.append(&mut self.lines(otherwise));
                }
                Line::Range { id, subject, key, value, body } => {
                    let subject = self.paths(subject);
                    self.decide(*id, &subject);
                    self.bind_range(&subject, key.as_ref(), value);
                    paths.extend(subject);
                    paths.append(&mut self.lines(body));
                }
                Line::Let { variable, value, body } => {
                    let value = self.paths(value);
                    self.bind(variable, value);
                    paths.append(&mut self.lines(body));
                }
            }
        }
        paths
    }

    fn bind_range(&mut self, subject: &Paths, key: Option<&Variable>, value: &Variable) {
        self.bind(value, subject.iter().map(|path| below(path, "*")).collect());
        if let Some(key) = key {
            self.bind(key, subject.iter().map(|path| below(path, "*")).map(|path| format!("{path}~key")).collect());
        }
    }

    fn control<T>(&mut self, control: &Control<T>, parts: &mut dyn FnMut(&mut Self, &[T])) {
        match control {
            Control::If { id, branches, otherwise } => {
                let conditions = branches.iter().flat_map(|(condition, _)| self.paths(condition)).collect();
                self.decide(*id, &conditions);
                // A branch stands only if the conditions before it do not hold.
                let before = self.conditions.len();
                for (index, (condition, body)) in branches.iter().enumerate() {
                    let paths = self.paths(condition);
                    self.under((index == 0).then(|| condition.clone()), paths.clone(), body, parts);
                    self.conditions.push(Around { holds: None, paths, implied: false });
                }
                parts(self, otherwise);
                self.conditions.truncate(before);
            }
            Control::With { id, subject, variable, body } => {
                let paths = self.paths(subject);
                self.decide(*id, &paths);
                self.bind(variable, paths.clone());
                self.under(Some(subject.clone()), paths, body, parts);
            }
            Control::Range { id, subject, key, value, body } => {
                let subject = self.paths(subject);
                self.decide(*id, &subject);
                self.bind_range(&subject, key.as_ref(), value);
                let entries = subject.iter().map(|path| below(path, "*~key")).collect();
                self.under(None, entries, body, parts);
            }
            Control::Let { variable, value, body } => {
                let value = self.paths(value);
                self.bind(variable, value);
                parts(self, body);
            }
        }
    }

    fn under<T>(
        &mut self,
        holds: Option<Expression>,
        paths: Paths,
        body: &[T],
        parts: &mut dyn FnMut(&mut Self, &[T]),
    ) {
        let implied = |around: &Around| match (&around.holds, &holds) {
            (Some(around), Some(holds)) => implies(holds, around),
            _ => false,
        };
        let implied: Vec<usize> = (0..self.conditions.len())
            .filter(|index| !self.conditions[*index].implied && implied(&self.conditions[*index]))
            .collect();
        implied.iter().for_each(|index| self.conditions[*index].implied = true);
        self.conditions.push(Around { holds, paths, implied: false });
        parts(self, body);
        self.conditions.pop();
        implied.iter().for_each(|index| self.conditions[*index].implied = false);
    }

    /// A control node whose branch is decided by these paths and by the conditions around it.
    fn decide(&mut self, id: ControlId, paths: &Paths) {
        let mut around = self.condition_paths();
        around.extend(paths.iter().cloned());
        self.decisions.push((id, around));
    }

    /// What decides whether that which is looked at stands there.
    fn condition_paths(&self) -> Paths {
        self.conditions.iter().filter(|around| !around.implied).flat_map(|around| &around.paths).cloned().collect()
    }

    fn row(&mut self, field: &FieldPath, content: Paths) {
        let conditions = self.condition_paths();
        if !content.is_empty() || !conditions.is_empty() {
            self.rows.push(Row { file: self.file, kind: self.kind.clone(), field: field.clone(), content, conditions });
        }
    }

    /// A map, and the keys that it shares with maps of the values.
    fn map(&mut self, at: &FieldPath, entries: &[Entry]) {
        if entries.is_empty() {
            // What stands there is the map itself.
            self.row(at, Paths::new());
        }
        self.maps.push(Map::default());
        self.entries(at, entries);
        let Map { keys, spliced } = self.maps.pop().unwrap_or_default();
        for key in keys.into_iter().filter(|_| !spliced.is_empty()) {
            let (kind, field) = (self.kind.clone(), at.then(Segment::Key(key)));
            self.shared.push(SharedKey { file: self.file, kind, field, values: spliced.clone() });
        }
    }

    fn documents(&mut self, documents: &[Document]) {
        for document in documents {
            match document {
                Document::Object(entries) => {
                    self.kind = constant_field(entries, "kind").unwrap_or_default().to_owned();
                    self.map(&FieldPath::default(), entries);
                }
                Document::Whole(expression) => {
                    self.kind = Row::ANY_KIND.to_owned();
                    let content = self.paths(expression);
                    self.row(&FieldPath::default(), content);
                }
                Document::Control(control) => self.control(control, &mut |walk, parts| walk.documents(parts)),
                Document::Refuse(refusal) => {
                    let paths = self.paths(&refusal.condition);
                    self.decide(refusal.id, &paths);
                    self.refusals.push(Refusal { message: pattern(&refusal.message), reads: paths });
                    let mut message = self.paths(&refusal.message);
                    self.messages.append(&mut message);
                }
            }
        }
    }

    fn node(&mut self, at: &FieldPath, node: &Node) {
        match node {
            Node::Map(entries) => self.map(at, entries),
            Node::List(items) => self.items(at, items),
            Node::Scalar(expression) | Node::Block(expression) | Node::Whole(expression) => {
                let content = self.paths(expression);
                self.row(at, content);
            }
        }
    }

    fn entries(&mut self, at: &FieldPath, entries: &[Entry]) {
        for entry in entries {
            match entry {
                Entry::Field { key: Key::Literal(key), node, .. } => {
                    if let Some(map) = self.maps.last_mut() {
                        map.keys.insert(key.clone());
                    }
                    self.node(&at.then(Segment::Key(key.clone())), node);
                }
                Entry::Field { key: Key::Computed(key), node, .. } => {
                    let paths = self.paths(key);
                    self.conditions.push(Around { holds: None, paths, implied: false });
                    self.node(&at.then(Segment::AnyKey), node);
                    self.conditions.pop();
                }
                Entry::Control(control) => self.control(control, &mut |walk, parts| walk.entries(at, parts)),
                Entry::Splice(expression) => {
                    let content = self.paths(expression);
                    if let Some(map) = self.maps.last_mut() {
                        map.spliced.extend(content.iter().cloned());
                    }
                    self.row(&at.then(Segment::AnyKey), content);
                }
                Entry::Include(helper, arguments) => {
                    self.bind_parameters(helper, arguments);
                    if let HelperBody::Fragment(body) = &helper.body {
                        self.entries(at, body);
                    }
                }
                Entry::Comment(_) => {}
            }
        }
    }

    fn items(&mut self, at: &FieldPath, items: &[Item]) {
        for item in items {
            match item {
                Item::Node(node) => {
                    self.node(&at.then(Segment::to_element(node)), node);
                }
                Item::Control(control) => self.control(control, &mut |walk, parts| walk.items(at, parts)),
                Item::Splice(expression) => {
                    let content = self.paths(expression);
                    self.row(&at.then(Segment::AnyElement), content);
                }
                Item::Comment(_) => {}
            }
        }
    }
}

/// A text with `*` for what is not constant.
fn pattern(text: &Expression) -> String {
    match text {
        Expression::Call(Function::Concat, parts) => parts.iter().map(pattern).collect(),
        constant => constant.as_literal_text().unwrap_or("*").to_owned(),
    }
}

/// Whether the second condition holds wherever the first does, as their texts tell: `or a b` wherever `a` or `and a c` does.
fn implies(holds: &Expression, around: &Expression) -> bool {
    match (holds, around) {
        (_, Expression::Call(Function::Or, any)) => any.iter().any(|one| implies(holds, one)),
        (Expression::Call(Function::And, all), _) => all.iter().any(|one| implies(one, around)),
        _ => bare(holds) == bare(around),
    }
}

/// What has to hold something, if that is the condition.
fn bare(condition: &Expression) -> &Expression {
    match condition {
        Expression::Call(Function::NotEmpty, arguments) => &arguments[0],
        _ => condition,
    }
}

fn below(base: &str, key: &str) -> String {
    if base.is_empty() {
        key.to_owned()
    } else if base.starts_with('@') || base.ends_with("~key") {
        base.to_owned()
    } else {
        format!("{base}.{key}")
    }
}
