//! Expressions over values: the leaves and conditions of the tree.
//!
//! [`Expression`] is the untyped core that every reading walks. Authors never write it: they use [`Expr`], which carries
//! the Rust type of its result, so that what Go templates would accept and misread (a number as a condition, a default
//! for a boolean) does not compile. The language is small and pure: no clock, random, `lookup`, `tpl`, `.Capabilities`
//! or environment, because output depends on chart version, values, release name and namespace alone.
//!
//! This module knows neither YAML nor Kubernetes.

mod functions;
mod typed;
mod value_type;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

use crate::tree::{Helper, HelperBody, Line};

pub use functions::{
    Comparable, FirstOf, LayerOf, Loop, add, all, any, any_of, before, contains, divide, either, equal, first_of,
    first_text, greater, index, join, length, less, maximum, maximum_of, minimum, multiply, not, not_empty, one_of,
    overlay, remainder, replace, sha256, subtract, sum_of, ternary, to_json, to_text, trim_suffix, truncate, word_of,
};
pub use typed::Interpolated;
pub use typed::{
    AsExpression, CanBeEmpty, Condition, Emptiable, Expr, IntegerExpression, NameValue, Symbol, TextExpression,
    TextPart, text_of,
};
pub use value_type::{Charset, Magnitude, PLAIN_LIMIT, ValueType, YAML_WORDS};
#[doc(hidden)]
pub use value_type::{is_word, is_yaml_word};

/// An expression whose result depends on values, the release and the chart alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A constant.
    Literal(Value),
    /// `.Values`, after Helm has merged the user's files over the chart's defaults.
    Values,
    /// What Helm says of the release and the chart.
    Builtin(Builtin),
    /// The variable of a `range`, `with`, `let` or helper parameter.
    Variable(Variable),
    /// A key of a map whose type is known.
    Field(Arc<Expression>, &'static str, ValueType),
    /// A function of its arguments.
    Call(Function, Arc<[Expression]>),
    /// A calculation over the entries of a map.
    Fold(Arc<Fold>),
    /// The text of a named helper.
    Include(Arc<Helper>, Arc<[Expression]>),
}

/// Facts of the release and the chart that Helm provides and that no upgrade changes unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Builtin {
    /// `.Release.Name`: at most 53 characters; lower case letters, digits, `-` and `.`.
    ReleaseName,
    /// `.Release.Namespace`.
    ReleaseNamespace,
    /// `.Release.Service`: always `Helm`.
    ReleaseService,
    /// `.Chart.Version`.
    ChartVersion,
    /// `.Chart.AppVersion`.
    ChartAppVersion,
}

impl Builtin {
    /// Its path in a Go template, from the root.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::ReleaseName => ".Release.Name",
            Self::ReleaseNamespace => ".Release.Namespace",
            Self::ReleaseService => ".Release.Service",
            Self::ChartVersion => ".Chart.Version",
            Self::ChartAppVersion => ".Chart.AppVersion",
        }
    }
}

/// A function of the expression language. Each has a case in the differential test against Helm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// Texts and integers, one behind the other.
    Concat,
    /// The first argument unless it is empty, else the second (`default`): texts, lists and maps only.
    FirstOf,
    /// The first characters of a text.
    Truncate(u32),
    /// A text without this ending.
    TrimSuffix(&'static str),
    /// A text with each occurrence of the first string replaced by the second.
    Replace(&'static str, &'static str),
    /// SHA-256 of a text, 64 lower case hexadecimal digits.
    Sha256,
    /// A value as compact JSON, as Go writes it: sorted keys, `<`, `>`, `&` escaped.
    ToJson,
    /// The texts of a list with a separator between them; what the texts can hold.
    Join(&'static str, Charset),
    /// An integer in decimal, or a boolean as `true` or `false`.
    ToText,
    /// Sum of two integers.
    Add,
    /// Difference of two integers.
    Subtract,
    /// Product of two integers.
    Multiply,
    /// Quotient of two integers, towards zero; the divisor is never zero.
    Divide,
    /// Remainder of a division of two integers.
    Remainder,
    /// The larger of two integers.
    Maximum,
    /// The smaller of two integers.
    Minimum,
    /// Number of bytes of a text.
    Length,
    /// Equality of texts, integers or booleans.
    Equal,
    /// The first integer is smaller than the second.
    Less,
    /// The first text sorts before the second, by bytes.
    Before,
    /// The first text contains the second.
    Contains,
    /// The text is an element of the list.
    OneOf,
    /// Negation.
    Not,
    /// Both conditions hold; the second is evaluated only if the first holds.
    And,
    /// One of the conditions holds; the second is evaluated only if the first does not.
    Or,
    /// A text, list or map has something in it.
    NotEmpty,
    /// The second argument if the first holds, else the third.
    Ternary,
    /// The second map laid over the first: maps merge, everything else replaces, `0`, `""` and `false` count.
    Overlay,
    /// The entry of a map with this key, which has this type.
    Index(ValueType),
}

/// A calculation over the entries of a map.
#[derive(Debug)]
pub struct Fold {
    /// How the results are combined.
    pub operation: FoldOperation,
    /// Name of the accumulator in the printed template.
    pub name: &'static str,
    /// The map.
    pub subject: Expression,
    /// Stands for each entry in what follows.
    pub variable: Variable,
    /// Names for values inside the loop, in order.
    pub bindings: Vec<(Variable, Expression)>,
    /// Entries for which it does not hold contribute nothing.
    pub condition: Option<Expression>,
    /// The integer that each entry contributes.
    pub body: Expression,
}

impl Fold {
    /// The expressions inside the loop, in order.
    pub fn inside(&self) -> impl Iterator<Item = &Expression> {
        self.bindings.iter().map(|(_, value)| value).chain(&self.condition).chain([&self.body])
    }
}

impl PartialEq for Fold {
    fn eq(&self, other: &Self) -> bool {
        self.operation == other.operation && self.variable == other.variable
    }
}

/// How a [`Fold`] combines the integers of its entries; an empty map gives 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldOperation {
    /// Their sum.
    Sum,
    /// The largest, at least 0.
    Maximum,
}

/// A variable bound by a control node, a fold or a helper's parameter.
#[derive(Clone, Debug)]
pub struct Variable {
    id: u32,
    /// Its name in the printed template, without `$`.
    pub name: Arc<str>,
    /// The type of what it stands for.
    pub value_type: ValueType,
    set: bool,
}

impl Variable {
    /// A variable different from every other.
    #[must_use]
    pub fn new(name: &str, value_type: ValueType) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self { id: NEXT.fetch_add(1, Ordering::Relaxed), name: lower_camel(name).into(), value_type, set: false }
    }

    /// The variable of a `with`: it stands for something that is not empty.
    #[must_use]
    pub fn set(name: &str, value_type: ValueType) -> Self {
        Self { set: true, ..Self::new(name, value_type) }
    }

    /// Whether it stands for something that is not empty.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.set
    }

    /// What tells it from other variables of the same name.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }
}

impl PartialEq for Variable {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// `gateway_group` → `gatewayGroup`: Rust's spelling of a name to Go's.
pub(crate) fn lower_camel(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    let mut upper = false;
    for character in name.trim_start_matches("r#").trim_start_matches('_').chars() {
        match character {
            '_' => upper = true,
            other if upper => {
                result.extend(other.to_uppercase());
                upper = false;
            }
            other => result.push(other),
        }
    }
    result
}

impl Expression {
    /// The key `name` of this map.
    #[must_use]
    pub fn field(&self, name: &'static str, value_type: ValueType) -> Self {
        Self::Field(Arc::new(self.clone()), name, value_type)
    }

    /// A call of `function`.
    #[must_use]
    pub fn call(function: Function, arguments: impl Into<Arc<[Self]>>) -> Self {
        Self::Call(function, arguments.into())
    }

    /// The literal text, if this is one.
    #[must_use]
    pub fn as_literal_text(&self) -> Option<&str> {
        match self {
            Self::Literal(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The type of the result, as narrow as the tree knows it.
    #[must_use]
    pub fn value_type(&self) -> ValueType {
        match self {
            Self::Literal(value) => ValueType::of_literal(value),
            Self::Values => ValueType::Map,
            Self::Builtin(Builtin::ReleaseName | Builtin::ReleaseNamespace) => ValueType::Text(Charset::Name),
            Self::Builtin(Builtin::ReleaseService) => ValueType::Word,
            Self::Builtin(Builtin::ChartVersion | Builtin::ChartAppVersion) => ValueType::Text(Charset::Token),
            Self::Variable(variable) => variable.value_type,
            Self::Field(_, _, value_type) => *value_type,
            Self::Fold(_) => ValueType::Integer(Magnitude::Exact),
            Self::Include(helper, _) => helper.value_type(),
            Self::Call(function, arguments) => match function {
                // A part of a label, or labels in a row, need not be one: it may end up as a word.
                Function::Concat => ValueType::Text(
                    arguments
                        .iter()
                        .map(|part| part.value_type().charset())
                        .min()
                        .unwrap_or(Charset::Any)
                        .min(Charset::Name),
                ),
                Function::Truncate(_) | Function::TrimSuffix(_) => {
                    ValueType::Text(arguments[0].value_type().charset().min(Charset::Name))
                }
                Function::Replace(_, to) => {
                    ValueType::Text(arguments[0].value_type().charset().min(Charset::of(to)).min(Charset::Name))
                }
                Function::FirstOf => arguments[0].value_type().or(arguments[1].value_type()),
                Function::Ternary
                    if arguments[1..].iter().all(|word| word.as_literal_text().is_some_and(value_type::is_word)) =>
                {
                    ValueType::Word
                }
                Function::Ternary => arguments[1].value_type().or(arguments[2].value_type()),
                Function::Sha256 | Function::ToText => ValueType::Text(Charset::Name),
                Function::ToJson => ValueType::Text(Charset::Any),
                Function::Join(separator, charset) => {
                    ValueType::Text((*charset).min(Charset::of(separator)).min(Charset::Name))
                }
                Function::Add
                | Function::Subtract
                | Function::Multiply
                | Function::Divide
                | Function::Remainder
                | Function::Maximum
                | Function::Minimum
                | Function::Length => ValueType::Integer(Magnitude::Exact),
                Function::Equal
                | Function::Less
                | Function::Before
                | Function::Contains
                | Function::OneOf
                | Function::Not
                | Function::And
                | Function::Or
                | Function::NotEmpty => ValueType::Boolean,
                Function::Overlay => ValueType::Map,
                Function::Index(value_type) => *value_type,
            },
        }
    }

    /// Calls `visit` with this expression and every one inside it, helpers' bodies excepted.
    pub fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match self {
            Self::Field(base, ..) => base.walk(visit),
            Self::Call(_, arguments) | Self::Include(_, arguments) => arguments.iter().for_each(|a| a.walk(visit)),
            Self::Fold(fold) => {
                fold.subject.walk(visit);
                fold.inside().for_each(|inner| inner.walk(visit));
            }
            Self::Literal(_) | Self::Values | Self::Builtin(_) | Self::Variable(_) => {}
        }
    }

    /// Whether the variable occurs in it.
    #[must_use]
    pub fn uses(&self, variable: &Variable) -> bool {
        let mut found = false;
        self.walk(&mut |expression| found |= matches!(expression, Self::Variable(v) if v == variable));
        found
    }

    /// Whether the variable occurs inside the loop of a fold.
    #[must_use]
    pub(crate) fn uses_in_fold(&self, variable: &Variable) -> bool {
        let mut found = false;
        self.walk(&mut |expression| {
            if let Self::Fold(fold) = expression {
                found |= fold.inside().any(|inside| inside.uses(variable));
            }
        });
        found
    }
}

impl Helper {
    /// The type of the text that the helper gives.
    #[must_use]
    pub fn value_type(&self) -> ValueType {
        match &self.body {
            HelperBody::Value(choice) => {
                let results = choice.branches.iter().map(|(_, result)| result).chain([&choice.otherwise]);
                ValueType::Text(results.map(|result| result.value_type().charset()).min().unwrap_or(Charset::Any))
            }
            HelperBody::Lines(lines) => {
                let (mut charset, mut several) = (Charset::Label, lines.len() > 1);
                Line::texts(lines, &mut |text, alone| {
                    charset = charset.min(text.value_type().charset());
                    several |= !alone;
                });
                ValueType::Text(if several { charset.min(Charset::Printable) } else { charset.min(Charset::Name) })
            }
            HelperBody::Fragment(_) => ValueType::Map,
        }
    }
}
