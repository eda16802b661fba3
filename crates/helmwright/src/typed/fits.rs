//! [`Fits`]: which expression or constant may stand where Kubernetes wants a type.

use std::collections::BTreeMap;

use super::builder::{Fragment, ListFragment};
use super::kinds::{Boolean, IntOrString, Integer, Json, List, Map, Quantity, Text};
use crate::expression::{Condition, Expr, Expression, IntegerExpression, Symbol, TextExpression, ValueType};
use crate::tree::Node;
use crate::values::{IntegerValue, TextValue};

/// What may stand where a `T` is wanted.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit where Kubernetes wants `{T}`",
    label = "the field wants `{T}`"
)]
pub trait Fits<T> {
    /// The node of the tree.
    fn into_node(self) -> Node;
}

impl<T, V> Fits<T> for &V
where
    V: Fits<T> + Clone,
{
    fn into_node(self) -> Node {
        self.clone().into_node()
    }
}

macro_rules! text_constants {
    ($($marker:ty),*) => { $(
        impl Fits<$marker> for &'static str {
            fn into_node(self) -> Node {
                Node::Scalar(self.text())
            }
        }
        impl<T: TextValue> Fits<$marker> for Expr<T> {
            fn into_node(self) -> Node {
                Node::Scalar(self.text())
            }
        }
    )* };
}

text_constants!(Text, Quantity);

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

impl<T: IntegerValue> Fits<Integer> for Expr<T> {
    fn into_node(self) -> Node {
        Node::Scalar(self.integer())
    }
}

impl Fits<Integer> for i32 {
    fn into_node(self) -> Node {
        Node::Scalar(self.integer())
    }
}

impl Fits<Boolean> for bool {
    fn into_node(self) -> Node {
        Node::Scalar(Expression::Literal(self.into()))
    }
}

impl Fits<Boolean> for Expr<bool> {
    fn into_node(self) -> Node {
        Node::Scalar(self.condition())
    }
}

impl Fits<IntOrString> for i32 {
    fn into_node(self) -> Node {
        Node::Scalar(self.integer())
    }
}

impl Fits<IntOrString> for &'static str {
    fn into_node(self) -> Node {
        Node::Scalar(self.text())
    }
}

/// Types of values that fit a field which takes an integer or a string.
pub trait IntOrStringValue {}

impl<T: IntOrStringValue> Fits<IntOrString> for Expr<T> {
    fn into_node(self) -> Node {
        Node::Scalar(self.expression())
    }
}

impl<T> Fits<Json> for Expr<T> {
    fn into_node(self) -> Node {
        match self.expression().value_type() {
            ValueType::List | ValueType::Map | ValueType::Json => Node::Whole(self.expression()),
            _ => Node::Scalar(self.expression()),
        }
    }
}

impl<T> Fits<T> for Fragment<T> {
    fn into_node(self) -> Node {
        Node::Map(self.into_entries())
    }
}

impl<T> Fits<List<T>> for ListFragment<T> {
    fn into_node(self) -> Node {
        Node::List(self.into_items())
    }
}

/// A block of the values, such as an affinity, that may stand whole where Kubernetes wants a `T`.
pub trait WholeValue<T> {}

impl<T: super::kinds::ObjectType, V: WholeValue<T>> Fits<T> for Expr<V> {
    fn into_node(self) -> Node {
        Node::Whole(self.expression())
    }
}

/// A type of values that is a whole Kubernetes object, and checked as one when it is read.
#[diagnostic::on_unimplemented(message = "`{Self}` is no whole Kubernetes object")]
pub trait WholeObject {}

/// A list of values that may stand whole where Kubernetes wants a list of `T`.
#[diagnostic::on_unimplemented(message = "a list of `{Self}` is no list of `{T}`")]
pub trait WholeList<T> {}

impl<V: TextValue> WholeList<Text> for V {}

impl<T, V: WholeList<T>> Fits<List<T>> for Expr<Vec<V>> {
    fn into_node(self) -> Node {
        Node::Whole(self.expression())
    }
}

/// Entries of a map of values that may stand whole where Kubernetes wants a map to `T`.
#[diagnostic::on_unimplemented(message = "a map to `{Self}` is no map to `{T}`")]
pub trait WholeMap<T> {}

impl<V: TextValue> WholeMap<Text> for V {}
impl<V: TextValue> WholeMap<Quantity> for V {}

impl<T, K, V: WholeMap<T>> Fits<Map<T>> for Expr<BTreeMap<K, V>> {
    fn into_node(self) -> Node {
        Node::Whole(self.expression())
    }
}
