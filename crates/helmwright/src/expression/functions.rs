//! The functions of the expression language, typed.
//!
//! Each is one [`Function`], has one printed form and one evaluation, and is tried against real Helm.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Condition, Emptiable, Expr, Expression, Fold, FoldOperation, Function, IntegerExpression, Symbol, TextExpression,
    Variable,
};
use crate::typed::Parameter;
use crate::values::{IntegerValue, Layered, MapKey, Symbolic, TextValue};

fn call<T>(function: Function, arguments: impl Into<Arc<[Expression]>>) -> Expr<T> {
    Expr::new(Expression::call(function, arguments))
}

/// The sum of two integers.
#[must_use]
pub fn add(left: impl IntegerExpression, right: impl IntegerExpression) -> Expr<i64> {
    call(Function::Add, [left.integer(), right.integer()])
}

/// The difference of two integers.
#[must_use]
pub fn subtract(left: impl IntegerExpression, right: impl IntegerExpression) -> Expr<i64> {
    call(Function::Subtract, [left.integer(), right.integer()])
}

/// The product of two integers.
#[must_use]
pub fn multiply(left: impl IntegerExpression, right: impl IntegerExpression) -> Expr<i64> {
    call(Function::Multiply, [left.integer(), right.integer()])
}

/// The quotient of two integers, towards zero.
#[must_use]
pub fn divide(dividend: impl IntegerExpression, divisor: i64) -> Expr<i64> {
    call(Function::Divide, [dividend.integer(), divisor.integer()])
}

/// The remainder of a division of two integers.
#[must_use]
pub fn remainder(dividend: impl IntegerExpression, divisor: i64) -> Expr<i64> {
    call(Function::Remainder, [dividend.integer(), divisor.integer()])
}

/// `first` if the condition holds, else `second`: as [`ternary`], for integers.
#[must_use]
pub fn either(condition: impl Condition, first: impl IntegerExpression, second: impl IntegerExpression) -> Expr<i64> {
    call(Function::Ternary, [condition.condition(), first.integer(), second.integer()])
}

/// The larger of two integers.
#[must_use]
pub fn maximum(left: impl IntegerExpression, right: impl IntegerExpression) -> Expr<i64> {
    call(Function::Maximum, [left.integer(), right.integer()])
}

/// The smaller of two integers.
#[must_use]
pub fn minimum(left: impl IntegerExpression, right: impl IntegerExpression) -> Expr<i64> {
    call(Function::Minimum, [left.integer(), right.integer()])
}

/// The first integer is smaller than the second.
#[must_use]
pub fn less(left: impl IntegerExpression, right: impl IntegerExpression) -> Expr<bool> {
    call(Function::Less, [left.integer(), right.integer()])
}

/// The first integer is larger than the second.
#[must_use]
pub fn greater(left: impl IntegerExpression, right: impl IntegerExpression) -> Expr<bool> {
    less(right, left)
}

/// The first text sorts before the second, by bytes.
#[must_use]
pub fn before(left: impl TextExpression, right: impl TextExpression) -> Expr<bool> {
    call(Function::Before, [left.text(), right.text()])
}

/// The text contains the other.
#[must_use]
pub fn contains(text: impl TextExpression, part: impl TextExpression) -> Expr<bool> {
    call(Function::Contains, [text.text(), part.text()])
}

/// Number of bytes of a text.
#[must_use]
pub fn length(text: impl TextExpression) -> Expr<i64> {
    call(Function::Length, [text.text()])
}

/// The negation of a condition.
#[must_use]
pub fn not(condition: impl Condition) -> Expr<bool> {
    match condition.condition() {
        Expression::Call(Function::Not, inner) => Expr::new(inner[0].clone()),
        other => call(Function::Not, [other]),
    }
}

/// Every condition holds. Those behind the first that does not are not evaluated.
#[must_use]
pub fn all<const N: usize>(conditions: [&dyn Condition; N]) -> Expr<bool> {
    composed(Function::And, conditions.iter().map(|condition| condition.condition()), true)
}

/// At least one condition holds. Those behind the first that does are not evaluated.
#[must_use]
pub fn any<const N: usize>(conditions: [&dyn Condition; N]) -> Expr<bool> {
    composed(Function::Or, conditions.iter().map(|condition| condition.condition()), false)
}

/// At least one condition of a list that is known at run time holds. None holds where the list is empty.
#[must_use]
pub fn any_of(conditions: impl IntoIterator<Item = Expr<bool>>) -> Expr<bool> {
    composed(Function::Or, conditions.into_iter().map(|condition| condition.condition()), false)
}

/// Conditions in a row, where those composed in the same way are taken apart and constants that decide nothing are left
/// out: both would only be noise in a template.
fn composed(function: Function, conditions: impl Iterator<Item = Expression>, neutral: bool) -> Expr<bool> {
    let mut parts: Vec<Expression> = conditions
        .flat_map(|condition| match condition {
            Expression::Literal(serde_json::Value::Bool(value)) if value == neutral => Vec::new(),
            Expression::Call(inner, parts) if inner == function => parts.to_vec(),
            other => vec![other],
        })
        .collect();
    match parts.len() {
        0 => Expr::from(neutral),
        1 => Expr::new(parts.remove(0)),
        _ => call(function, parts),
    }
}

/// A text, list or map is set: it has something in it.
#[must_use]
pub fn not_empty(subject: impl Emptiable) -> Expr<bool> {
    call(Function::NotEmpty, [subject.subject()])
}

/// What [`equal`] compares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not compared with `{Other}`",
    note = "a text is compared with a text, an integer with a constant; a boolean is a condition as it is"
)]
pub trait Comparable<Other: ?Sized> {
    /// Both sides, untyped.
    fn sides(&self, other: &Other) -> [Expression; 2];
}

impl<T: TextValue> Comparable<str> for Expr<T> {
    fn sides(&self, other: &str) -> [Expression; 2] {
        [self.text(), other.text()]
    }
}

impl<T: TextValue, U: TextValue> Comparable<Expr<U>> for Expr<T> {
    fn sides(&self, other: &Expr<U>) -> [Expression; 2] {
        [self.text(), other.text()]
    }
}

impl<T: IntegerValue> Comparable<i64> for Expr<T> {
    fn sides(&self, other: &i64) -> [Expression; 2] {
        [self.integer(), other.integer()]
    }
}

/// Two texts or two integers are the same.
#[must_use]
pub fn equal<L: Comparable<R>, R: ?Sized>(left: &L, right: &R) -> Expr<bool> {
    call(Function::Equal, left.sides(right))
}

/// The text is an element of the list.
#[must_use]
pub fn one_of<T: TextValue>(text: impl TextExpression, list: &Expr<Vec<T>>) -> Expr<bool> {
    call(Function::OneOf, [text.text(), list.expression()])
}

/// What [`first_of`] takes: texts, lists and maps, for which empty means "not set".
pub trait FirstOf: Emptiable {}

impl<E: Emptiable> FirstOf for E {}

/// The first, unless it is empty; else the second.
#[must_use]
pub fn first_of<E: FirstOf>(first: &E, second: &E) -> E::Inner {
    first.inner(Expression::call(Function::FirstOf, [first.subject(), second.subject()]))
}

/// `first` if the condition holds, else `second`.
#[must_use]
pub fn ternary(condition: impl Condition, first: impl TextExpression, second: impl TextExpression) -> Expr<String> {
    call(Function::Ternary, [condition.condition(), first.text(), second.text()])
}

/// The first `count` characters. Meant for names: the texts here are ASCII, where bytes and characters agree.
#[must_use]
pub fn truncate(text: impl TextExpression, count: u32) -> Expr<String> {
    call(Function::Truncate(count), [text.text()])
}

/// The text without `suffix` at its end.
#[must_use]
pub fn trim_suffix(text: impl TextExpression, suffix: &'static str) -> Expr<String> {
    call(Function::TrimSuffix(suffix), [text.text()])
}

/// The text with each `from` replaced by `to`.
#[must_use]
pub fn replace(text: impl TextExpression, from: &'static str, to: &'static str) -> Expr<String> {
    call(Function::Replace(from, to), [text.text()])
}

/// SHA-256 of the text's bytes: 64 lower case hexadecimal digits.
#[must_use]
pub fn sha256(text: impl TextExpression) -> Expr<String> {
    call(Function::Sha256, [text.text()])
}

/// A value as compact JSON, as Go's encoder writes it.
#[must_use]
pub fn to_json(value: &impl Symbol) -> Expr<String> {
    call(Function::ToJson, [value.expression()])
}

/// An integer in decimal.
#[must_use]
pub fn to_text(integer: impl IntegerExpression) -> Expr<String> {
    call(Function::ToText, [integer.integer()])
}

/// A boolean as `true` or `false`.
#[must_use]
pub fn word_of(condition: impl Condition) -> Expr<String> {
    call(Function::ToText, [condition.condition()])
}

/// The first text, unless it is empty; else the second. As [`first_of`], for texts of different types.
#[must_use]
pub fn first_text(first: impl TextExpression, second: impl TextExpression) -> Expr<String> {
    call(Function::FirstOf, [first.text(), second.text()])
}

/// The texts of a list with `separator` between them.
#[must_use]
pub fn join<T: TextValue>(list: &Expr<Vec<T>>, separator: &'static str) -> Expr<String> {
    call(Function::Join(separator, T::CHARSET), [list.expression()])
}

/// An entry laid over the defaults: maps merge, everything else replaces, and `0`, `""` and `false` of the entry count.
#[must_use]
pub fn overlay<T: Layered + Symbolic>(defaults: &T::Symbol, entry: &impl LayerOf<T>) -> T::Symbol {
    T::symbol(Expression::call(Function::Overlay, [defaults.expression(), entry.layer()]))
}

/// What may be laid over a `T`: a partial `T`.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be laid over `{T}`")]
pub trait LayerOf<T: ?Sized> {
    /// The untyped expression.
    fn layer(&self) -> Expression;
}

impl<T: Layered> LayerOf<T> for Expr<crate::values::PartialOf<T>> {
    fn layer(&self) -> Expression {
        self.expression()
    }
}

/// The entry of a map with this key. The caller knows that it exists.
#[must_use]
pub fn index<K: MapKey, V: Symbolic>(map: &Expr<BTreeMap<K, V>>, key: impl TextExpression) -> V::Symbol {
    V::symbol(Expression::call(Function::Index(V::TYPE), [map.expression(), key.text()]))
}

/// The inside of a loop over the entries of a map.
#[derive(Default)]
pub struct Loop {
    bindings: Vec<(Variable, Expression)>,
    condition: Option<Expression>,
}

impl Loop {
    /// A name for a value inside the loop.
    pub fn bind<S: Parameter>(&mut self, name: &str, value: &S) -> S {
        let (variable, symbol) = S::bound(name, &value.expression());
        self.bindings.push((variable, value.expression()));
        symbol
    }

    /// Entries for which the condition does not hold contribute nothing.
    pub fn only_if(&mut self, condition: impl Condition) {
        self.condition = Some(condition.condition());
    }
}

fn fold<K, V: Symbolic, I: IntegerExpression>(
    operation: FoldOperation,
    name: &'static str,
    map: &Expr<BTreeMap<K, V>>,
    body: impl FnOnce(&mut Loop, V::Symbol) -> I,
) -> Expr<i64> {
    let variable = Variable::new("entry", V::TYPE);
    let mut inside = Loop::default();
    let body = body(&mut inside, V::symbol(Expression::Variable(variable.clone()))).integer();
    let Loop { bindings, condition } = inside;
    let subject = map.expression();
    Expr::new(Expression::Fold(Arc::new(Fold { operation, name, subject, variable, bindings, condition, body })))
}

/// The sum of an integer over the entries of a map. May stand in a helper's text only; `name` is the accumulator's name there.
#[must_use]
pub fn sum_of<K, V: Symbolic, I: IntegerExpression>(
    name: &'static str,
    map: &Expr<BTreeMap<K, V>>,
    body: impl FnOnce(&mut Loop, V::Symbol) -> I,
) -> Expr<i64> {
    fold(FoldOperation::Sum, name, map, body)
}

/// The largest of an integer over the entries of a map, at least 0. As [`sum_of`], in a helper's text only.
#[must_use]
pub fn maximum_of<K, V: Symbolic, I: IntegerExpression>(
    name: &'static str,
    map: &Expr<BTreeMap<K, V>>,
    body: impl FnOnce(&mut Loop, V::Symbol) -> I,
) -> Expr<i64> {
    fold(FoldOperation::Maximum, name, map, body)
}
