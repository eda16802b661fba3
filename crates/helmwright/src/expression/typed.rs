//! [`Expr`]: an expression with the Rust type of its result, and the classes of types that decide where it may stand.
//!
//! Everything that Go templates would let pass and then misread is missing here: a number is no [`Condition`], only
//! what can be empty is [`Emptiable`].

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::{Expression, Function};
use crate::values::{IntegerValue, Label, Name, Symbolic, TextValue};

/// An expression whose result has the type `T`.
pub struct Expr<T: ?Sized> {
    expression: Expression,
    marker: PhantomData<fn() -> Box<T>>,
}

impl<T: ?Sized> Clone for Expr<T> {
    fn clone(&self) -> Self {
        Self::new(self.expression.clone())
    }
}

impl<T: ?Sized> fmt::Debug for Expr<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expression.fmt(formatter)
    }
}

impl<T: ?Sized> Expr<T> {
    /// States the type of an expression. The author of a values type or function vouches for it.
    #[must_use]
    pub fn new(expression: Expression) -> Self {
        Self { expression, marker: PhantomData }
    }
}

/// What stands for a value of known structure: an [`Expr`], or the twin that `#[derive(Values)]` makes of a struct.
pub trait Symbol: Clone {
    /// The untyped expression.
    fn expression(&self) -> Expression;
}

impl<T: ?Sized> Symbol for Expr<T> {
    fn expression(&self) -> Expression {
        self.expression.clone()
    }
}

/// Anything that is an expression or a constant of type `T`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an expression of type `{T}`")]
pub trait AsExpression<T: ?Sized> {
    /// The untyped expression.
    fn as_expression(&self) -> Expression;
}

impl<T: ?Sized> AsExpression<T> for Expr<T> {
    fn as_expression(&self) -> Expression {
        self.expression.clone()
    }
}

impl<T: ?Sized> AsExpression<T> for &Expr<T> {
    fn as_expression(&self) -> Expression {
        self.expression.clone()
    }
}

impl AsExpression<String> for str {
    fn as_expression(&self) -> Expression {
        Expression::Literal(self.into())
    }
}

/// What may decide: a boolean. Numbers, texts, lists and maps may not: Go's idea of their truth differs from the reader's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition",
    label = "a condition is a boolean",
    note = "compare a number (`greater(x, 0)`), or ask whether a text, list or map is `not_empty(x)`"
)]
pub trait Condition {
    /// The boolean expression.
    fn condition(&self) -> Expression;
}

impl Condition for Expr<bool> {
    fn condition(&self) -> Expression {
        self.expression.clone()
    }
}

impl<C: Condition> Condition for &C {
    fn condition(&self) -> Expression {
        (**self).condition()
    }
}

/// What can be empty and is then "not set": texts, lists and maps. Zero is a number, so numbers are not.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be empty",
    label = "`with`, `not_empty` and `first_of` take a text, a list or a map",
    note = "0 and false are values, not the absence of one"
)]
pub trait Emptiable {
    /// What `with` binds: the same value, known not to be empty.
    type Inner: Symbol;
    /// The expression whose emptiness decides.
    fn subject(&self) -> Expression;
    /// The symbol for `expression`.
    fn inner(&self, expression: Expression) -> Self::Inner;
}

/// A type of values for which empty means "not set".
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be empty",
    label = "`with`, `not_empty` and `first_of` take a text, a list or a map",
    note = "0 and false are values, not the absence of one"
)]
pub trait CanBeEmpty {}

impl CanBeEmpty for String {}
impl<K, V> CanBeEmpty for BTreeMap<K, V> {}
impl<V> CanBeEmpty for Vec<V> {}

impl<T: CanBeEmpty> Emptiable for Expr<T> {
    type Inner = Self;
    fn subject(&self) -> Expression {
        self.expression.clone()
    }
    fn inner(&self, expression: Expression) -> Self {
        Self::new(expression)
    }
}

impl<E: Emptiable> Emptiable for &E {
    type Inner = E::Inner;
    fn subject(&self) -> Expression {
        (**self).subject()
    }
    fn inner(&self, expression: Expression) -> E::Inner {
        (**self).inner(expression)
    }
}

/// An integer: of the values, calculated, or a constant.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an integer")]
pub trait IntegerExpression {
    /// The untyped expression.
    fn integer(&self) -> Expression;
}

impl<T: IntegerValue> IntegerExpression for Expr<T> {
    fn integer(&self) -> Expression {
        self.expression.clone()
    }
}

impl IntegerExpression for i64 {
    fn integer(&self) -> Expression {
        Expression::Literal((*self).into())
    }
}

impl IntegerExpression for i32 {
    fn integer(&self) -> Expression {
        Expression::Literal((*self).into())
    }
}

impl<I: IntegerExpression> IntegerExpression for &I {
    fn integer(&self) -> Expression {
        (**self).integer()
    }
}

/// A text: of the values, composed, or a constant.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text",
    note = "an integer becomes one by `to_text(x)` or inside `text!(\"{{x}}\")`"
)]
pub trait TextExpression {
    /// The untyped expression.
    fn text(&self) -> Expression;
}

impl<T: TextValue> TextExpression for Expr<T> {
    fn text(&self) -> Expression {
        self.expression.clone()
    }
}

impl TextExpression for str {
    fn text(&self) -> Expression {
        Expression::Literal(self.into())
    }
}

impl TextExpression for String {
    fn text(&self) -> Expression {
        Expression::Literal(self.as_str().into())
    }
}

impl<T: TextExpression + ?Sized> TextExpression for &T {
    fn text(&self) -> Expression {
        (**self).text()
    }
}

/// What `text!("…{part}…")` may interpolate: texts and integers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand inside a text",
    note = "texts and integers can; a list by `join(x, \",\")`, a boolean by `word_of(x)`"
)]
pub trait TextPart {
    /// The untyped expression.
    fn part(&self) -> Expression;
}

impl<T: Symbolic<Symbol = Expr<T>> + Interpolated> TextPart for Expr<T> {
    fn part(&self) -> Expression {
        self.expression.clone()
    }
}

impl TextPart for str {
    fn part(&self) -> Expression {
        Expression::Literal(self.into())
    }
}

impl<T: TextPart + ?Sized> TextPart for &T {
    fn part(&self) -> Expression {
        (**self).part()
    }
}

/// Types whose values may be interpolated in a text.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` cannot stand inside a text",
    note = "texts and integers can; a list by `join(x, \",\")`, a boolean by `word_of(x)`"
)]
pub trait Interpolated {}

/// A text composed of parts; what `text!` expands to.
#[must_use]
pub fn text_of(parts: &[&dyn TextPart]) -> Expr<String> {
    let mut joined: Vec<Expression> = Vec::with_capacity(parts.len());
    for part in parts {
        match part.part() {
            Expression::Call(Function::Concat, inner) => joined.extend(inner.iter().cloned()),
            Expression::Literal(Value::String(text)) => {
                if let Some(Expression::Literal(Value::String(last))) = joined.last_mut() {
                    last.push_str(&text);
                } else {
                    joined.push(Expression::Literal(text.into()));
                }
            }
            other => joined.push(other),
        }
    }
    match joined.as_slice() {
        [] => Expr::new(Expression::Literal("".into())),
        [only] if matches!(only.value_type(), super::ValueType::Text(_)) => Expr::new(only.clone()),
        _ => Expr::new(Expression::call(Function::Concat, joined)),
    }
}

/// A type of values whose texts hold nothing but what may stand in a name: lower case letters, digits, `-` and `.`.
#[diagnostic::on_unimplemented(
    message = "texts of type `{Self}` may hold characters that no name has",
    note = "a type of names is declared with the characters `Name` or `Label`: `pub struct X: Name, …`"
)]
pub trait NameValue: TextValue {}

/// States that a text newtype holds names, if it does.
#[doc(hidden)]
#[macro_export]
macro_rules! name_value {
    (Name $name:ident) => {
        impl $crate::expression::NameValue for $name {}
    };
    (Label $name:ident) => {
        impl $crate::expression::NameValue for $name {}
    };
    ($other:ident $name:ident) => {};
}

impl<T> Expr<T> {
    /// The same text as part of a name.
    #[must_use]
    pub fn as_name(&self) -> Expr<Name>
    where
        T: NameValue,
    {
        Expr::new(self.expression.clone())
    }
}

impl From<&'static str> for Expr<Name> {
    /// A constant part of a name. One that is no name is reported when the chart is assembled.
    fn from(name: &'static str) -> Self {
        Self::new(Expression::Literal(name.into()))
    }
}

impl From<&'static str> for Expr<Label> {
    /// A constant label. One that is none is reported when the chart is assembled.
    fn from(label: &'static str) -> Self {
        Self::new(Expression::Literal(label.into()))
    }
}

impl From<bool> for Expr<bool> {
    /// A condition that always or never holds.
    fn from(condition: bool) -> Self {
        Self::new(Expression::Literal(condition.into()))
    }
}
