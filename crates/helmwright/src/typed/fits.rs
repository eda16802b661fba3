//! [`Fits`]: which expression or constant may stand where Kubernetes wants a type.

use std::collections::BTreeMap;

use super::builder::{Fragment, ListFragment};
use super::kinds::{Boolean, IntOrString, Integer, Json, List, Map, Quantity, Text};
use crate::expression::{Expr, Expression, Symbol, TextExpression, ValueType};
use crate::tree::Node;
use crate::values::{IntegerValue, TextValue};

/// What may stand where a `T` is wanted.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit where `{T}` is wanted",
    label = "the field wants `{T}`"
)]
pub trait Fits<T> {
    /// The node of the tree.
    fn into_node(self) -> Node;
}

/// A type of values that may stand where a `T` is wanted.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` do not fit where `{T}` is wanted",
    label = "the field wants `{T}`"
)]
pub trait ValueFits<T> {}

impl<T, V: ValueFits<T>> Fits<T> for Expr<V> {
    fn into_node(self) -> Node {
        let expression = self.expression();
        match expression.value_type() {
            ValueType::List | ValueType::Map | ValueType::Json => Node::Whole(expression),
            _ => Node::Scalar(expression),
        }
    }
}

impl<T, V: ValueFits<T>> Fits<T> for &Expr<V> {
    fn into_node(self) -> Node {
        self.clone().into_node()
    }
}

impl ValueFits<Boolean> for bool {}
impl<V: TextValue> ValueFits<Text> for V {}
impl<V: TextValue> ValueFits<Quantity> for V {}
impl<V: IntegerValue> ValueFits<Integer> for V {}
impl<V: IntOrStringValue> ValueFits<IntOrString> for V {}
impl<V> ValueFits<Json> for V {}
impl<T, V: WholeList<T>> ValueFits<List<T>> for Vec<V> {}
impl<T, K, V: WholeMap<T>> ValueFits<Map<T>> for BTreeMap<K, V> {}

macro_rules! constants {
    ($($constant:ty => $($marker:ty),*;)*) => { $($(
        impl Fits<$marker> for $constant {
            fn into_node(self) -> Node {
                Node::Scalar(Expression::Literal(self.into()))
            }
        }
    )*)* };
}

constants! {
    &'static str => Text, Quantity, IntOrString;
    i32 => Integer, IntOrString;
    bool => Boolean;
}

/// A block of text, kept line by line.
#[derive(Clone, Debug)]
pub struct BlockText(pub(crate) Expression);

impl Fits<Text> for BlockText {
    fn into_node(self) -> Node {
        Node::Block(self.0)
    }
}

/// Prints a text of several lines as a block scalar: as it is read, with one newline at its end.
#[must_use]
pub fn block(text: impl TextExpression) -> BlockText {
    BlockText(text.text())
}

/// Types of values that fit a field which takes an integer or a string.
#[diagnostic::on_unimplemented(message = "values of type `{Self}` are neither integers nor strings")]
pub trait IntOrStringValue {}

impl<T> Fits<T> for Fragment<T> {
    fn into_node(self) -> Node {
        Node::Map(self.into_entries())
    }
}

impl<T> Fits<T> for &Fragment<T> {
    fn into_node(self) -> Node {
        self.clone().into_node()
    }
}

impl<T> Fits<List<T>> for ListFragment<T> {
    fn into_node(self) -> Node {
        Node::List(self.into_items())
    }
}

impl<T> Fits<List<T>> for &ListFragment<T> {
    fn into_node(self) -> Node {
        self.clone().into_node()
    }
}

/// A type of values that is a whole Kubernetes object, and checked as one when it is read.
#[diagnostic::on_unimplemented(message = "`{Self}` is no whole Kubernetes object")]
pub trait WholeObject {}

/// A list of values that may stand whole where Kubernetes wants a list of `T`.
#[diagnostic::on_unimplemented(message = "a list of `{Self}` is no list of `{T}`")]
pub trait WholeList<T> {}

impl<V: TextValue> WholeList<Text> for V {}

/// Entries of a map of values that may stand whole where Kubernetes wants a map to `T`.
#[diagnostic::on_unimplemented(message = "a map to `{Self}` is no map to `{T}`")]
pub trait WholeMap<T> {}

impl<V: TextValue> WholeMap<Text> for V {}
impl<V: TextValue> WholeMap<Quantity> for V {}
