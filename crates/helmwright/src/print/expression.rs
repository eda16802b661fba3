//! Expressions as Go templates write them.

use serde_json::Value;

use super::Printer;
use super::scalar::{constant, escape_braces, go_quoted};
use super::scope::Dot;
use crate::expression::{Charset, Expression, Fold, FoldOperation, Function, Magnitude, ValueType};
use crate::tree::visit::Part;
use crate::tree::{Helper, HelperBody};

impl Printer {
    /// A pipeline: what stands between `{{` and `}}`, or behind `if` and `:=`.
    pub(super) fn pipeline(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::Literal(Value::String(text)) => go_quoted(text),
            Expression::Literal(value) => value.to_string(),
            Expression::Values => self.scope.below_root(".Values"),
            Expression::Builtin(builtin) => self.scope.below_root(builtin.path()),
            Expression::Variable(variable) => self.scope.name(variable).unwrap_or_else(|| {
                self.problem(format!("the variable {} is used where it is not bound", variable.name));
                ".".to_owned()
            }),
            Expression::Field(base, key, _) => {
                let base = match &**base {
                    // A path goes on; only a call has to be closed first.
                    Expression::Field(..) => self.pipeline(base),
                    _ => self.operand(base),
                };
                if !key.chars().all(|character| character.is_ascii_alphanumeric() || character == '_') {
                    format!("index {base} {}", go_quoted(key))
                } else if base == "." {
                    format!(".{key}")
                } else {
                    format!("{base}.{key}")
                }
            }
            Expression::Call(function, arguments) => self.call(*function, arguments),
            Expression::Fold(fold) => match self.scope.fold(&fold.variable) {
                Some(name) => name.to_owned(),
                None => {
                    self.problem(format!(
                        "the fold {} stands outside a helper's text: give it a text_helper",
                        fold.name
                    ));
                    "0".to_owned()
                }
            },
            Expression::Include(helper, arguments) => self.include(helper, arguments),
        }
    }

    /// An operand of a function: calls stand in parentheses.
    pub(super) fn operand(&mut self, expression: &Expression) -> String {
        let pipeline = self.pipeline(expression);
        let single = matches!(expression, Expression::Literal(_)) || !pipeline.contains(' ');
        if single || is_one_operand(&pipeline) { pipeline } else { format!("({pipeline})") }
    }

    /// An integer operand of a comparison, which Go wants to be an integer and not a float.
    fn integer_operand(&mut self, expression: &Expression) -> String {
        let operand = self.operand(expression);
        match expression.value_type() {
            ValueType::Integer(Magnitude::Exact) => operand,
            _ => format!("(int64 {operand})"),
        }
    }

    /// A condition: only its truth matters.
    pub(super) fn condition(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::Call(Function::NotEmpty, arguments) => self.pipeline(&arguments[0]),
            Expression::Call(Function::Not, arguments) => match &arguments[0] {
                Expression::Call(Function::Less | Function::Equal, _) => self.pipeline(expression),
                inner => format!("not {}", self.condition_operand(inner)),
            },
            Expression::Call(Function::And, arguments) => self.conditions("and", arguments),
            Expression::Call(Function::Or, arguments) => self.conditions("or", arguments),
            other => self.pipeline(other),
        }
    }

    fn conditions(&mut self, function: &str, arguments: &[Expression]) -> String {
        let operands: Vec<_> = arguments.iter().map(|argument| self.condition_operand(argument)).collect();
        format!("{function} {}", operands.join(" "))
    }

    fn condition_operand(&mut self, expression: &Expression) -> String {
        let condition = self.condition(expression);
        if !condition.contains(' ') || is_one_operand(&condition) { condition } else { format!("({condition})") }
    }

    fn call(&mut self, function: Function, arguments: &[Expression]) -> String {
        let infix = |name: &str, left: String, right: String| format!("{name} {left} {right}");
        match function {
            Function::Concat => self.printf(arguments),
            Function::FirstOf if matches!(&arguments[1], Expression::Call(Function::FirstOf, _)) => {
                let mut candidates = Vec::new();
                flatten(function, arguments, &mut candidates);
                let mut operands: Vec<_> = candidates.into_iter().map(|candidate| self.operand(candidate)).collect();
                // `coalesce` alone gives nothing at all, instead of an empty text, where everything is empty.
                let last = operands.pop().unwrap_or_default();
                format!("coalesce {} | default {last}", operands.join(" "))
            }
            Function::FirstOf => {
                let (first, second) = (self.operand(&arguments[0]), self.operand(&arguments[1]));
                format!("{first} | default {second}")
            }
            Function::Truncate(count) => {
                if arguments[0].value_type().charset() < Charset::Token {
                    self.problem(
                        "a text that may hold more than ASCII is truncated: Helm counts bytes, not characters",
                    );
                }
                format!("{} | trunc {count}", self.piped(&arguments[0]))
            }
            Function::TrimSuffix(suffix) => format!("{} | trimSuffix {}", self.piped(&arguments[0]), go_quoted(suffix)),
            Function::Replace(from, to) => {
                format!("{} | replace {} {}", self.piped(&arguments[0]), go_quoted(from), go_quoted(to))
            }
            Function::Sha256 => format!("{} | sha256sum", self.piped(&arguments[0])),
            Function::ToJson => format!("{} | toJson", self.piped(&arguments[0])),
            Function::Join(separator, _) => format!("join {} {}", go_quoted(separator), self.operand(&arguments[0])),
            Function::ToText => match arguments[0].value_type() {
                ValueType::Integer(Magnitude::Wide) => format!("int64 {} | toString", self.operand(&arguments[0])),
                _ => format!("{} | toString", self.piped(&arguments[0])),
            },
            Function::Add => {
                let mut terms = Vec::new();
                flatten(function, arguments, &mut terms);
                let operands: Vec<_> = terms.into_iter().map(|term| self.operand(term)).collect();
                format!("add {}", operands.join(" "))
            }
            Function::Subtract => infix("sub", self.operand(&arguments[0]), self.operand(&arguments[1])),
            Function::Multiply => infix("mul", self.operand(&arguments[0]), self.operand(&arguments[1])),
            Function::Divide | Function::Remainder => {
                if matches!(&arguments[1], Expression::Literal(divisor) if divisor.as_i64() == Some(0)) {
                    self.problem("a division by zero");
                }
                let name = if function == Function::Divide { "div" } else { "mod" };
                infix(name, self.operand(&arguments[0]), self.operand(&arguments[1]))
            }
            Function::Maximum => infix("max", self.operand(&arguments[0]), self.operand(&arguments[1])),
            Function::Minimum => infix("min", self.operand(&arguments[0]), self.operand(&arguments[1])),
            Function::Length => format!("len {}", self.operand(&arguments[0])),
            Function::Equal => self.comparison("eq", arguments),
            // A constant reads better on the right.
            Function::Less if matches!(arguments[0], Expression::Literal(_)) => {
                infix("gt", self.integer_operand(&arguments[1]), self.integer_operand(&arguments[0]))
            }
            Function::Less => infix("lt", self.integer_operand(&arguments[0]), self.integer_operand(&arguments[1])),
            Function::Before => infix("lt", self.operand(&arguments[0]), self.operand(&arguments[1])),
            Function::Contains => infix("contains", self.operand(&arguments[1]), self.operand(&arguments[0])),
            Function::OneOf => infix("has", self.operand(&arguments[0]), self.operand(&arguments[1])),
            Function::Not => match &arguments[0] {
                Expression::Call(Function::Equal, sides) => self.comparison("ne", sides),
                Expression::Call(Function::Less, sides) if matches!(sides[0], Expression::Literal(_)) => {
                    infix("le", self.integer_operand(&sides[1]), self.integer_operand(&sides[0]))
                }
                Expression::Call(Function::Less, sides) => {
                    infix("ge", self.integer_operand(&sides[0]), self.integer_operand(&sides[1]))
                }
                inner => format!("not {}", self.condition_operand(inner)),
            },
            Function::And | Function::Or => {
                let name = if function == Function::And { "and" } else { "or" };
                let operands: Vec<_> = arguments.iter().map(|argument| self.operand(argument)).collect();
                format!("{name} {}", operands.join(" "))
            }
            Function::NotEmpty => format!("not (empty {})", self.operand(&arguments[0])),
            Function::Ternary => {
                let (first, second) = (self.operand(&arguments[1]), self.operand(&arguments[2]));
                format!("ternary {first} {second} {}", self.operand(&arguments[0]))
            }
            Function::Overlay => {
                format!("mergeOverwrite (deepCopy {}) {}", self.operand(&arguments[0]), self.operand(&arguments[1]))
            }
            Function::Index(_) => infix("index", self.operand(&arguments[0]), self.operand(&arguments[1])),
        }
    }

    fn comparison(&mut self, name: &str, sides: &[Expression]) -> String {
        match sides[0].value_type() {
            ValueType::Integer(_) => {
                format!("{name} {} {}", self.integer_operand(&sides[0]), self.integer_operand(&sides[1]))
            }
            _ => format!("{name} {} {}", self.operand(&sides[0]), self.operand(&sides[1])),
        }
    }

    /// What stands left of a `|`.
    fn piped(&mut self, expression: &Expression) -> String {
        self.pipeline(expression)
    }

    fn printf(&mut self, parts: &[Expression]) -> String {
        let (mut format, mut arguments) = (String::new(), Vec::new());
        for part in parts {
            match part {
                Expression::Literal(Value::String(text)) => format.push_str(&text.replace('%', "%%")),
                Expression::Call(Function::ToText, inner) if matches!(inner[0].value_type(), ValueType::Integer(_)) => {
                    format.push_str("%d");
                    arguments.push(self.integer_operand(&inner[0]));
                }
                part if matches!(part.value_type(), ValueType::Integer(_)) => {
                    format.push_str("%d");
                    arguments.push(self.integer_operand(part));
                }
                part => {
                    format.push_str("%s");
                    arguments.push(self.operand(part));
                }
            }
        }
        format!("printf {} {}", go_quoted(&format), arguments.join(" "))
    }

    pub(super) fn include(&mut self, helper: &std::sync::Arc<Helper>, arguments: &[Expression]) -> String {
        // Helpers of one name may differ, which is a problem that is found when they are printed.
        if !self.helpers.iter().any(|known| std::sync::Arc::ptr_eq(known, helper)) {
            self.helpers.push(helper.clone());
        }
        let name = go_quoted(helper.name);
        if helper.parameters.is_empty() {
            return format!("include {name} {}", self.scope.root());
        }
        if let Some(argument) = self.same_argument(helper, arguments) {
            return format!("include {name} {argument}");
        }
        let mut dict = String::from("dict");
        if needs_root(helper) {
            dict.push_str(&format!(" \"root\" {}", self.scope.root()));
        }
        for (parameter, argument) in helper.parameters.iter().zip(arguments) {
            if argument.value_type().charset() < parameter.value_type.charset()
                && !matches!(parameter.value_type, ValueType::Map)
            {
                self.problem(format!(
                    "{} is called with a {} that may hold more than its type allows",
                    helper.name, parameter.name
                ));
            }
            dict.push_str(&format!(" {} {}", go_quoted(&parameter.name), self.operand(argument)));
        }
        format!("include {name} ({dict})")
    }

    /// The helper's own argument, when it is passed on as it is.
    fn same_argument(&self, helper: &Helper, arguments: &[Expression]) -> Option<&'static str> {
        let passed_on = self.scope.root_in_dict
            && helper.parameters.iter().zip(arguments).all(|(parameter, argument)| match argument {
                Expression::Variable(variable) => {
                    let name = format!(".{}", parameter.name);
                    self.scope.name(variable).is_some_and(|here| here == name || here == format!("${name}"))
                }
                _ => false,
            });
        passed_on.then_some(if self.scope.dot == Dot::Argument { "." } else { "$" })
    }

    /// A text with its interpolations, without quotes.
    pub(super) fn interpolated(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::Literal(Value::String(text)) => escape_braces(text),
            Expression::Literal(value) => value.to_string(),
            Expression::Call(Function::Concat, parts) => {
                let mut text = String::new();
                for (position, part) in parts.iter().enumerate() {
                    text.push_str(&self.interpolated(part));
                    // A brace would join those of the action behind it.
                    if text.ends_with('{') && position + 1 < parts.len() {
                        text.pop();
                        text.push_str("{{ \"{\" }}");
                    }
                }
                text
            }
            Expression::Call(Function::ToText, arguments) => self.interpolated(&arguments[0]),
            other => {
                let pipeline = match other.value_type() {
                    ValueType::Integer(Magnitude::Wide) => format!("int64 {}", self.operand(other)),
                    _ => self.pipeline(other),
                };
                format!("{{{{ {pipeline} }}}}")
            }
        }
    }

    /// A scalar behind a key.
    pub(super) fn scalar(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::Literal(Value::String(text)) => return constant(text),
            Expression::Literal(value) => return value.to_string(),
            _ => {}
        }
        match expression.value_type() {
            ValueType::Boolean | ValueType::Integer(_) | ValueType::IntegerOrPercentage | ValueType::Word => {
                self.interpolated(expression)
            }
            ValueType::Text(charset) => {
                if is_plain(expression) {
                    self.interpolated(expression)
                } else if charset >= Charset::Token && matches!(expression, Expression::Call(Function::Concat, _)) {
                    format!("\"{}\"", self.interpolated(expression))
                } else {
                    let text = match expression {
                        Expression::Call(Function::ToText, arguments) => match arguments[0].value_type() {
                            ValueType::Integer(Magnitude::Wide) => format!("int64 {}", self.operand(&arguments[0])),
                            _ => self.pipeline(&arguments[0]),
                        },
                        other => self.pipeline(other),
                    };
                    format!("{{{{ {text} | quote }}}}")
                }
            }
            ValueType::List | ValueType::Map | ValueType::Json => {
                self.problem("a list or map stands where a scalar is printed");
                "null".to_owned()
            }
        }
    }

    /// Prints the loops of the folds in an expression; their accumulators stand for them from then on. Whether there were any.
    pub(super) fn folds(&mut self, expression: &Expression, trim_after: bool) -> bool {
        let mut folds = Vec::new();
        expression.walk(&mut |inner| {
            if let Expression::Fold(fold) = inner
                && self.scope.fold(&fold.variable).is_none()
                && !folds.contains(fold)
            {
                folds.push(fold.clone());
            }
        });
        let count = folds.len();
        for (position, fold) in folds.iter().enumerate() {
            self.fold_loop(fold, trim_after && position + 1 == count);
        }
        count > 0
    }

    fn fold_loop(&mut self, fold: &Fold, trim_after: bool) {
        let name = self.scope.declare_fold(&fold.variable, fold.name);
        self.control_line(0, &format!("{name} := 0"));
        let subject = self.pipeline(&fold.subject);
        self.control_line(0, &format!("range {subject}"));
        let outside = self.scope.clone();
        self.scope.dot = Dot::Variable(fold.variable.id());
        for (variable, value) in &fold.bindings {
            let value = self.pipeline(value);
            let name = self.scope.declare(variable);
            self.control_line(0, &format!("{name} := {value}"));
        }
        if let Some(condition) = &fold.condition {
            let condition = self.condition(condition);
            self.control_line(0, &format!("if {condition}"));
        }
        let mut terms = Vec::new();
        match (fold.operation, &fold.body) {
            (FoldOperation::Sum, Expression::Call(Function::Add, arguments)) => {
                flatten(Function::Add, arguments, &mut terms);
            }
            (_, body) => terms.push(body),
        }
        let body = terms.into_iter().map(|term| self.operand(term)).collect::<Vec<_>>().join(" ");
        let function = match fold.operation {
            FoldOperation::Sum => "add",
            FoldOperation::Maximum => "max",
        };
        self.control_line(0, &format!("{name} = {function} {name} {body}"));
        if fold.condition.is_some() {
            self.control_line(0, "end");
        }
        self.scope = outside;
        self.line(0, if trim_after { "{{- end -}}" } else { "{{- end }}" });
    }
}

/// The terms of nested calls of a function that takes any number of them.
fn flatten<'e>(function: Function, arguments: &'e [Expression], terms: &mut Vec<&'e Expression>) {
    for argument in arguments {
        match argument {
            Expression::Call(inner, arguments) if *inner == function => flatten(function, arguments, terms),
            other => terms.push(other),
        }
    }
}

/// Whether the parenthesis that opens a pipeline closes at its end, or before a path that ends it: `(call …).key`.
fn is_one_operand(pipeline: &str) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (position, character) in pipeline.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            _ if quoted => {}
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    let path = &pipeline[position + 1..];
                    return path.is_empty() || path.starts_with('.') && !path.contains([' ', '(']);
                }
            }
            _ if depth == 0 => return false,
            _ => {}
        }
    }
    false
}

/// Whether the printed text, without quotes, can only be read as this text: it holds characters of names alone, and
/// either is a label or holds a hyphen together with a letter that no number, date or word of YAML has beside one.
fn is_plain(expression: &Expression) -> bool {
    match expression {
        Expression::Call(Function::Concat, parts) => {
            let labels = parts.iter().all(|part| part.value_type().charset() >= Charset::Name);
            let begins_with_letter = parts.first().is_some_and(|first| match first {
                Expression::Literal(Value::String(text)) => {
                    text.starts_with(|character: char| character.is_ascii_lowercase())
                }
                other => other.value_type() == ValueType::Text(Charset::Label),
            });
            let hyphen = parts.iter().any(|part| part.as_literal_text().is_some_and(|text| text.contains('-')));
            let telling = parts.iter().any(|part| {
                part.as_literal_text().is_some_and(|text| {
                    text.contains('-') && text.contains(|character| "gjklmpqrsuvwy".contains(character))
                })
            });
            labels && (telling || begins_with_letter && hyphen)
        }
        other => other.value_type() == ValueType::Text(Charset::Label),
    }
}

/// Whether a helper reads the root: values, release or chart, itself or through a helper that it calls.
fn needs_root(helper: &Helper) -> bool {
    let mut needed = false;
    helper_expressions(helper, &mut |expression| {
        expression.walk(&mut |inner| match inner {
            Expression::Values | Expression::Builtin(_) => needed = true,
            Expression::Include(called, _) => needed |= called.parameters.is_empty() || needs_root(called),
            _ => {}
        });
    });
    needed
}

fn helper_expressions(helper: &Helper, visit: &mut dyn FnMut(&Expression)) {
    match &helper.body {
        HelperBody::Value(choice) => choice.expressions().for_each(visit),
        HelperBody::Lines(lines) => Part::visit_all(lines, 0, &mut |expression, _| visit(expression)),
        HelperBody::Fragment(entries) => Part::visit_all(entries, 0, &mut |expression, _| visit(expression)),
    }
}
