//! Files, objects, maps and lists as YAML with control lines.

use super::Printer;
use super::scalar::{escape_braces, go_quoted};
use super::scope::Dot;
use crate::expression::{Charset, Expression, Function, ValueType, Variable};
use crate::impact::Row;
use crate::tree::visit::Part;
use crate::tree::{Control, Document, Entry, File, HelperBody, Item, Key, Line, Node, Segment, constant_field};

/// Spaces of one level of YAML.
const STEP: usize = 2;

/// What the value of a `with` or `range` is called in its body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Naming {
    /// The dot.
    Dot,
    /// A variable.
    Named,
    /// Nothing: only the key is used, beside which a variable has to stand.
    Ignored,
}

impl Naming {
    /// For a range; `key` is given if the body uses it.
    pub(super) fn of<T: Part>(key: Option<&Variable>, value: &Variable, body: &[T]) -> Self {
        match key {
            Some(_) if !T::uses(body, value) => Self::Ignored,
            Some(_) => Self::Named,
            None if T::uses_below(body, value) => Self::Named,
            None => Self::Dot,
        }
    }
}

impl Printer {
    /// A template file.
    pub(super) fn file(&mut self, file: &File) -> String {
        self.out.clear();
        self.scope = super::Scope::default();
        self.purpose(file.purpose);
        self.line(0, &format!("{{{{- /* {} */}}}}", file.purpose));
        self.documents(&file.documents, false);
        std::mem::take(&mut self.out)
    }

    /// Documents; `separated` where one may stand before them.
    fn documents(&mut self, documents: &[Document], separated: bool) {
        for (position, document) in documents.iter().enumerate() {
            let separated = separated || position > 0;
            match document {
                Document::Object(entries) => {
                    if separated {
                        self.line(0, "---");
                    }
                    self.of_kind(constant_field(entries, "kind").unwrap_or_default());
                    self.entries(0, "", entries);
                }
                Document::Whole(expression) => {
                    if separated {
                        self.line(0, "---");
                    }
                    let operand = self.operand(expression);
                    self.of_kind(Row::ANY_KIND);
                    self.recorded(true, |printer| printer.line(0, &format!("{{{{ toYaml {operand} }}}}")));
                }
                Document::Control(control) => {
                    let separated = separated || matches!(control, Control::Range { .. });
                    self.control(0, control, &mut |printer, parts| printer.documents(parts, separated));
                }
                Document::Refuse(refusal) => {
                    let condition = self.condition(&refusal.condition);
                    self.control_line(0, &format!("if {condition}"));
                    let message = self.operand(&refusal.message);
                    self.control_line(0, &format!("fail {message}"));
                    self.control_line(0, "end");
                }
            }
        }
    }

    /// A control node around parts that `body` prints.
    fn control<T: Part>(&mut self, indent: usize, control: &Control<T>, body: &mut dyn FnMut(&mut Self, &[T])) {
        let outside = self.scope.clone();
        match control {
            Control::If { branches, otherwise, .. } => {
                for (position, (condition, parts)) in branches.iter().enumerate() {
                    let word = if position == 0 { "if" } else { "else if" };
                    let condition = self.condition(condition);
                    self.control_line(indent, &format!("{word} {condition}"));
                    body(self, parts);
                    self.scope = outside.clone();
                }
                if !otherwise.is_empty() {
                    self.control_line(indent, "else");
                    body(self, otherwise);
                }
                self.control_line(indent, "end");
            }
            Control::With { subject, variable, body: parts, .. } => {
                let named = T::uses_below(parts, variable);
                self.open(indent, "with", subject, None, variable, if named { Naming::Named } else { Naming::Dot });
                body(self, parts);
                self.control_line(indent, "end");
            }
            Control::Range { subject, key, value, body: parts, .. } => {
                let key = key.as_ref().filter(|key| T::uses(parts, key));
                self.open(indent, "range", subject, key, value, Naming::of(key, value, parts));
                body(self, parts);
                self.control_line(indent, "end");
            }
            Control::Let { variable, value, body: parts } => {
                let value = self.pipeline(value);
                let name = self.scope.declare(variable);
                self.control_line(indent, &format!("{name} := {value}"));
                body(self, parts);
            }
        }
        self.scope = outside;
    }

    /// The line that opens a `with` or `range`, and the scope behind it.
    pub(super) fn open(
        &mut self,
        indent: usize,
        word: &str,
        subject: &Expression,
        key: Option<&Variable>,
        value: &Variable,
        naming: Naming,
    ) {
        let subject = self.pipeline(subject);
        let key = key.map(|key| self.scope.declare(key));
        let (name, dot) = match naming {
            Naming::Dot => (None, Dot::Variable(value.id())),
            Naming::Named => (Some(self.scope.declare(value)), Dot::Elsewhere),
            Naming::Ignored => (Some("$_".to_owned()), Dot::Elsewhere),
        };
        let action = match (key, name) {
            (Some(key), Some(value)) => format!("{word} {key}, {value} := {subject}"),
            (None, Some(value)) => format!("{word} {value} := {subject}"),
            _ => format!("{word} {subject}"),
        };
        self.control_line(indent, &action);
        self.scope.dot = dot;
    }

    /// The parts of a map. `lead` is what stands before the first key: `- ` in a list.
    pub(super) fn entries(&mut self, indent: usize, lead: &str, entries: &[Entry]) {
        let inner = indent + lead.len();
        let mut lead = lead;
        for entry in entries {
            match entry {
                // A text of several lines goes wrong below its key.
                Entry::Field { key, node: Node::Whole(value), .. }
                    if value.value_type() == ValueType::Json && lead.is_empty() =>
                {
                    let step = step_to(key);
                    let key = match key {
                        Key::Literal(key) => go_quoted(key),
                        Key::Computed(expression) => self.operand(expression),
                    };
                    let value = self.operand(value);
                    let action = format!("toYaml (dict {key} {value}) | nindent {inner}");
                    self.step(step, true, |printer| printer.control_line(inner, &action));
                }
                Entry::Field { key, node, .. } => {
                    let step = step_to(key);
                    let key = match key {
                        Key::Literal(key) => super::scalar::constant(key),
                        Key::Computed(expression) => self.scalar(expression),
                    };
                    let at = if lead.is_empty() { inner } else { indent };
                    let is_whole = !matches!(node, Node::Map(_) | Node::List(_));
                    self.step(step, is_whole, |printer| printer.field(at, inner, &format!("{lead}{key}"), node));
                }
                Entry::Comment(comment) => {
                    self.comment(if lead.is_empty() { inner } else { indent }, comment);
                    continue;
                }
                _ if !lead.is_empty() => {
                    self.problem(
                        "the first entry of a list's element is not a plain field: put a fixed field (its name) first",
                    );
                    return;
                }
                Entry::Control(control) => {
                    self.control(inner, control, &mut |printer, parts| printer.entries(inner, "", parts));
                }
                Entry::Splice(expression) => {
                    self.step(Segment::AnyKey, true, |printer| printer.whole(inner, expression));
                }
                Entry::Include(helper, arguments) => {
                    let call = self.include(helper, arguments);
                    self.included(helper, |printer| printer.piece(inner, &call));
                }
            }
            lead = "";
        }
    }

    /// `{{- call | nindent n }}`, or the call alone where nothing has to be indented.
    fn piece(&mut self, indent: usize, call: &str) {
        let line =
            if indent == 0 { format!("{{{{ {call} }}}}") } else { format!("{{{{- {call} | nindent {indent} }}}}") };
        self.wrapped(indent, &line);
    }

    fn whole(&mut self, indent: usize, expression: &Expression) {
        let operand = self.operand(expression);
        self.piece(indent, &format!("toYaml {operand}"));
    }

    fn comment(&mut self, indent: usize, comment: &str) {
        for line in comment.lines() {
            self.line(indent, &format!("# {}", escape_braces(line)));
        }
    }

    /// Checks what a comment of Go templates is to say.
    pub(super) fn purpose(&mut self, purpose: &str) {
        if purpose.contains("*/") {
            self.problem("a purpose holds */, which ends the comment");
        }
    }

    /// A key and its value. `key` may carry the dash of a list's element; `inner` is where the key itself stands.
    fn field(&mut self, at: usize, inner: usize, key: &str, node: &Node) {
        match node {
            Node::Scalar(expression) => {
                let scalar = self.scalar(expression);
                self.wrapped(at, &format!("{key}: {scalar}"));
            }
            Node::Whole(expression) => {
                self.line(at, &format!("{key}:"));
                self.whole(inner + STEP, expression);
            }
            Node::Block(expression) => self.block(at, inner, &format!("{key}:"), expression),
            Node::Map(entries) if entries.is_empty() => self.line(at, &format!("{key}: {{}}")),
            Node::Map(entries) => {
                self.line(at, &format!("{key}:"));
                self.entries(inner + STEP, "", entries);
            }
            Node::List(items) if items.is_empty() => self.line(at, &format!("{key}: []")),
            Node::List(items) => {
                self.line(at, &format!("{key}:"));
                self.items(inner + STEP, items);
            }
        }
    }

    /// A text of several lines behind a key, or the dash of a list's element, which stands at `inner`.
    fn block(&mut self, at: usize, inner: usize, before: &str, expression: &Expression) {
        if expression.value_type().charset() < Charset::Printable {
            self.problem("a block may hold characters that YAML cannot carry in one: leave `block` away");
        }
        // YAML takes white space at the start of a block for its indentation, unless told how wide that is.
        let width = if begins_with_text(expression) { String::new() } else { STEP.to_string() };
        self.line(at, &format!("{before} |{width}"));
        let pipeline = self.pipeline(expression);
        self.control_line(inner + STEP, &format!("{pipeline} | nindent {}", inner + STEP));
    }

    fn items(&mut self, indent: usize, items: &[Item]) {
        for item in items {
            match item {
                Item::Node(node) => {
                    let is_whole = !matches!(node, Node::Map(_));
                    self.step(Segment::to_element(node), is_whole, |printer| printer.element(indent, node));
                }
                Item::Control(control) => {
                    self.control(indent, control, &mut |printer, parts| printer.items(indent, parts));
                }
                Item::Splice(expression) => {
                    self.step(Segment::AnyElement, true, |printer| printer.whole(indent, expression));
                }
                Item::Comment(comment) => self.comment(indent, comment),
            }
        }
    }

    fn element(&mut self, indent: usize, node: &Node) {
        match node {
            Node::Map(entries) if !entries.is_empty() => self.entries(indent, "- ", entries),
            Node::Scalar(expression) => {
                let scalar = self.scalar(expression);
                self.wrapped(indent, &format!("- {scalar}"));
            }
            Node::Block(expression) => self.block(indent, indent, "-", expression),
            _ => self.problem("a list's element is neither a map nor a scalar nor a block"),
        }
    }
}

/// The step to a field with this key.
fn step_to(key: &Key) -> Segment {
    match key {
        Key::Literal(key) => Segment::Key(key.clone()),
        Key::Computed(_) => Segment::AnyKey,
    }
}

/// Whether the text surely begins with something else than white space.
fn begins_with_text(expression: &Expression) -> bool {
    match expression {
        Expression::Literal(serde_json::Value::String(text)) => text.starts_with(|first: char| !first.is_whitespace()),
        Expression::Call(Function::Concat, parts) => parts.first().is_some_and(begins_with_text),
        Expression::Builtin(_) | Expression::Call(Function::Sha256 | Function::ToText, _) => true,
        Expression::Include(helper, _) => match &helper.body {
            HelperBody::Value(choice) => {
                choice.branches.iter().map(|(_, result)| result).chain([&choice.otherwise]).all(begins_with_text)
            }
            HelperBody::Lines(lines) => first_line(lines).is_some_and(begins_with_text),
            HelperBody::Fragment(_) => false,
        },
        other => matches!(
            other.value_type(),
            ValueType::Boolean
                | ValueType::Integer(_)
                | ValueType::IntegerOrPercentage
                | ValueType::Word
                | ValueType::Text(Charset::Label)
        ),
    }
}

fn first_line(lines: &[Line]) -> Option<&Expression> {
    match lines.first()? {
        Line::Text(text) => Some(text),
        Line::Let { body, .. } => first_line(body),
        Line::If { .. } | Line::Range { .. } => None,
    }
}
