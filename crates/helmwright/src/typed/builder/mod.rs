//! Maps, lists and documents under construction; here the maps.

mod control;
mod documents;
mod list;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::panic::Location;

use super::fits::{Fits, ValueFits, WholeMap};
use super::helpers::Parameter;
use super::kinds::{Field, Kind, ListType, Map, MapType, ObjectType};
use crate::expression::{Condition, Emptiable, Expr, Expression, Symbol, TextExpression};
use crate::tree::{Control, ControlId, Entry, Key, Node};
use crate::values::{MapKey, Symbolic};

use control::unless_empty;
pub use documents::DocumentBuilder;
use list::items;
pub use list::{ListBuilder, ListFragment};

/// A map of type `T` under construction.
pub struct MapBuilder<T> {
    entries: Vec<Entry>,
    marker: PhantomData<fn() -> T>,
}

/// A finished map, or part of a map, of type `T`: to be used in several places.
pub struct Fragment<T> {
    entries: Vec<Entry>,
    marker: PhantomData<fn() -> T>,
}

/// A finished Kubernetes object.
#[derive(Clone)]
pub struct Object {
    entries: Vec<Entry>,
}

impl<T> Clone for Fragment<T> {
    fn clone(&self) -> Self {
        Self { entries: self.entries.clone(), marker: PhantomData }
    }
}

impl<T> Fragment<T> {
    /// Builds it.
    pub fn build(build: impl FnOnce(&mut MapBuilder<T>)) -> Self {
        Self { entries: entries(build), marker: PhantomData }
    }

    pub(crate) fn from_entries(entries: Vec<Entry>) -> Self {
        Self { entries, marker: PhantomData }
    }

    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

impl Object {
    /// Builds an object of kind `K`: `apiVersion` and `kind` come with it.
    pub fn build<K: Kind>(build: impl FnOnce(&mut MapBuilder<K>)) -> Self {
        let location = Location::caller();
        let constant = |key: &str, text: &str| Entry::Field {
            key: Key::Literal(key.to_owned()),
            node: Node::Scalar(Expression::Literal(text.into())),
            location,
        };
        let mut all = vec![constant("apiVersion", K::API_VERSION), constant("kind", K::KIND)];
        all.extend(entries(build));
        Self { entries: all }
    }
}

fn entries<T>(build: impl FnOnce(&mut MapBuilder<T>)) -> Vec<Entry> {
    let mut builder = MapBuilder { entries: Vec::new(), marker: PhantomData };
    build(&mut builder);
    builder.entries
}

impl<T> MapBuilder<T> {
    /// The fields of the type.
    #[must_use]
    pub fn fields(&self) -> &'static T
    where
        T: ObjectType,
    {
        T::FIELDS
    }

    fn push(&mut self, key: Key, node: Node, location: &'static Location<'static>) {
        self.entries.push(Entry::Field { key, node, location });
    }

    /// Sets a field to a value.
    #[track_caller]
    pub fn set<U>(&mut self, field: Field<U>, value: impl Fits<U>) {
        self.push(Key::Literal(field.name().to_owned()), value.into_node(), Location::caller());
    }

    /// Sets a field to a map.
    #[track_caller]
    pub fn map<U>(&mut self, field: Field<U>, build: impl FnOnce(&mut MapBuilder<U>)) {
        let location = Location::caller();
        self.push(Key::Literal(field.name().to_owned()), Node::Map(entries(build)), location);
    }

    /// Sets a field to a list.
    #[track_caller]
    pub fn list<L: ListType>(&mut self, field: Field<L>, build: impl FnOnce(&mut ListBuilder<L::Element>)) {
        let location = Location::caller();
        self.push(Key::Literal(field.name().to_owned()), Node::List(items(build)), location);
    }

    /// Entries under a condition.
    #[track_caller]
    pub fn when(&mut self, condition: impl Condition, build: impl FnOnce(&mut Self)) {
        self.choose(vec![(condition.condition(), entries(build))], Vec::new());
    }

    /// Entries by cases; the pieces come from [`branch`](Self::branch).
    #[track_caller]
    pub fn choose(&mut self, branches: Vec<(Expression, Vec<Entry>)>, otherwise: Vec<Entry>) {
        self.entries.push(Entry::Control(Control::If { id: ControlId::new(), branches, otherwise }));
    }

    /// The entries of one case.
    pub fn branch(&self, build: impl FnOnce(&mut Self)) -> Vec<Entry> {
        entries(build)
    }

    /// Entries that stand only when the subject is not empty.
    #[track_caller]
    pub fn with<E: Emptiable>(&mut self, name: &str, subject: E, build: impl FnOnce(&mut Self, E::Inner)) {
        self.entries.push(Entry::Control(control::with(name, subject, |inner| entries(|map| build(map, inner)))));
    }

    /// Entries for each entry of a map.
    #[track_caller]
    pub fn range<K: MapKey, V: Symbolic>(
        &mut self,
        names: [&str; 2],
        subject: &Expr<BTreeMap<K, V>>,
        build: impl FnOnce(&mut Self, Expr<K>, V::Symbol),
    ) {
        let parts = |key, value| entries(|map| build(map, key, value));
        self.entries.push(Entry::Control(control::range(names, subject, parts)));
    }

    /// Entries in which `name` stands for a value.
    pub fn bind<S: Parameter>(&mut self, name: &str, value: &S, build: impl FnOnce(&mut Self, S)) {
        self.entries.push(Entry::Control(control::bind(name, value, |symbol| entries(|map| build(map, symbol)))));
    }

    /// All entries of a finished piece.
    #[track_caller]
    pub fn splice(&mut self, fragment: impl Into<Fragment<T>>) {
        self.entries.extend(fragment.into().entries);
    }

    /// A comment for the reader of the chart.
    pub fn comment(&mut self, comment: &'static str) {
        self.entries.push(Entry::Comment(comment));
    }
}

impl<T> From<&Self> for Fragment<T> {
    fn from(fragment: &Self) -> Self {
        fragment.clone()
    }
}

impl<T, K, V: WholeMap<T>> From<Expr<BTreeMap<K, V>>> for Fragment<Map<T>> {
    #[track_caller]
    fn from(map: Expr<BTreeMap<K, V>>) -> Self {
        Self::from_entries(vec![unless_empty(map.expression(), Entry::Splice, Entry::Control)])
    }
}

impl<T, K, V: WholeMap<T>> From<&Expr<BTreeMap<K, V>>> for Fragment<Map<T>> {
    #[track_caller]
    fn from(map: &Expr<BTreeMap<K, V>>) -> Self {
        map.clone().into()
    }
}

impl<T: ObjectType, V: ValueFits<T>> From<Expr<V>> for Fragment<T> {
    #[track_caller]
    fn from(block: Expr<V>) -> Self {
        Self::from_entries(vec![unless_empty(block.expression(), Entry::Splice, Entry::Control)])
    }
}

impl<T: ObjectType, V: ValueFits<T>> From<&Expr<V>> for Fragment<T> {
    #[track_caller]
    fn from(block: &Expr<V>) -> Self {
        block.clone().into()
    }
}

impl<M> MapBuilder<M> {
    /// Sets a key of an open map.
    #[track_caller]
    pub fn set_key(&mut self, key: &str, value: impl Fits<M::Entry>)
    where
        M: MapType,
    {
        self.push(Key::Literal(key.to_owned()), value.into_node(), Location::caller());
    }

    /// Sets a key of an open map to a map.
    #[track_caller]
    pub fn map_key(&mut self, key: &str, build: impl FnOnce(&mut MapBuilder<M::Entry>))
    where
        M: MapType,
    {
        let location = Location::caller();
        self.push(Key::Literal(key.to_owned()), Node::Map(entries(build)), location);
    }

    /// Sets a key of an open map to a list.
    #[track_caller]
    pub fn list_key(&mut self, key: &str, build: impl FnOnce(&mut ListBuilder<<M::Entry as ListType>::Element>))
    where
        M: MapType,
        M::Entry: ListType,
    {
        let location = Location::caller();
        self.push(Key::Literal(key.to_owned()), Node::List(items(build)), location);
    }

    /// Sets a key that comes from values: the key of a `range`.
    #[track_caller]
    pub fn set_computed(&mut self, key: impl TextExpression, value: impl Fits<M::Entry>)
    where
        M: MapType,
    {
        self.push(Key::Computed(key.text()), value.into_node(), Location::caller());
    }
}
