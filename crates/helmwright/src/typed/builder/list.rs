//! Lists under construction.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::MapBuilder;
use super::control::unless_empty;
use super::{control, entries};
use crate::expression::{Condition, Emptiable, Expr, Expression, Symbol};
use crate::tree::{Control, ControlId, Item, Node};
use crate::typed::fits::{Fits, WholeList};
use crate::typed::helpers::Parameter;
use crate::typed::kinds::ListType;
use crate::values::{MapKey, Symbolic};

/// A list of `T` under construction.
pub struct ListBuilder<T> {
    items: Vec<Item>,
    marker: PhantomData<fn() -> T>,
}

/// A finished list, or part of a list, of `T`.
pub struct ListFragment<T> {
    items: Vec<Item>,
    marker: PhantomData<fn() -> T>,
}

impl<T> Clone for ListFragment<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), marker: PhantomData }
    }
}

impl<T> ListFragment<T> {
    /// Builds it.
    pub fn build(build: impl FnOnce(&mut ListBuilder<T>)) -> Self {
        Self { items: items(build), marker: PhantomData }
    }

    pub(crate) fn into_items(self) -> Vec<Item> {
        self.items
    }
}

pub(super) fn items<T>(build: impl FnOnce(&mut ListBuilder<T>)) -> Vec<Item> {
    let mut builder = ListBuilder { items: Vec::new(), marker: PhantomData };
    build(&mut builder);
    builder.items
}

impl<T> ListBuilder<T> {
    /// An element that is a map.
    pub fn map(&mut self, build: impl FnOnce(&mut MapBuilder<T>)) {
        self.items.push(Item::Node(Node::Map(entries(build))));
    }

    /// An element that is a list.
    pub fn list(&mut self, build: impl FnOnce(&mut ListBuilder<T::Element>))
    where
        T: ListType,
    {
        self.items.push(Item::Node(Node::List(items(build))));
    }

    /// An element.
    pub fn push(&mut self, value: impl Fits<T>) {
        self.items.push(Item::Node(value.into_node()));
    }

    /// Elements under a condition.
    #[track_caller]
    pub fn when(&mut self, condition: impl Condition, build: impl FnOnce(&mut Self)) {
        self.choose(vec![(condition.condition(), items(build))], Vec::new());
    }

    /// Elements by cases; the pieces come from [`branch`](Self::branch).
    #[track_caller]
    pub fn choose(&mut self, branches: Vec<(Expression, Vec<Item>)>, otherwise: Vec<Item>) {
        self.items.push(Item::Control(Control::If { id: ControlId::new(), branches, otherwise }));
    }

    /// The elements of one case.
    pub fn branch(&self, build: impl FnOnce(&mut Self)) -> Vec<Item> {
        items(build)
    }

    /// Elements that stand only when the subject is not empty.
    #[track_caller]
    pub fn with<E: Emptiable>(&mut self, name: &str, subject: E, build: impl FnOnce(&mut Self, E::Inner)) {
        self.items.push(Item::Control(control::with(name, subject, |inner| items(|list| build(list, inner)))));
    }

    /// Elements for each entry of a map.
    #[track_caller]
    pub fn range<K: MapKey, V: Symbolic>(
        &mut self,
        names: [&str; 2],
        subject: &Expr<BTreeMap<K, V>>,
        build: impl FnOnce(&mut Self, Expr<K>, V::Symbol),
    ) {
        let parts = |key, value| items(|list| build(list, key, value));
        self.items.push(Item::Control(control::range(names, subject, parts)));
    }

    /// Elements for each element of a list of values.
    #[track_caller]
    pub fn each<V: Symbolic>(&mut self, name: &str, subject: &Expr<Vec<V>>, build: impl FnOnce(&mut Self, V::Symbol)) {
        self.items.push(Item::Control(control::each(name, subject, |value| items(|list| build(list, value)))));
    }

    /// Elements in which `name` stands for a value.
    pub fn bind<S: Parameter>(&mut self, name: &str, value: &S, build: impl FnOnce(&mut Self, S)) {
        self.items.push(Item::Control(control::bind(name, value, |symbol| items(|list| build(list, symbol)))));
    }

    /// All elements of a finished piece, or of a list of values.
    #[track_caller]
    pub fn splice(&mut self, fragment: impl Into<ListFragment<T>>) {
        self.items.extend(fragment.into().items);
    }

    /// A comment for the reader of the chart.
    pub fn comment(&mut self, comment: &'static str) {
        self.items.push(Item::Comment(comment));
    }
}

impl<T> From<&Self> for ListFragment<T> {
    fn from(fragment: &Self) -> Self {
        fragment.clone()
    }
}

impl<T, V: WholeList<T>> From<Expr<Vec<V>>> for ListFragment<T> {
    #[track_caller]
    fn from(list: Expr<Vec<V>>) -> Self {
        let items = vec![unless_empty(list.expression(), Item::Splice, Item::Control)];
        Self { items, marker: PhantomData }
    }
}

impl<T, V: WholeList<T>> From<&Expr<Vec<V>>> for ListFragment<T> {
    #[track_caller]
    fn from(list: &Expr<Vec<V>>) -> Self {
        list.clone().into()
    }
}
