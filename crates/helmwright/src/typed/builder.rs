//! Maps, lists and documents under construction.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::panic::Location;

use super::fits::{Fits, ValueFits, WholeList, WholeMap, WholeObject};
use super::helpers::Parameter;
use super::kinds::{Field, Kind, ListType, Map, MapType, ObjectType};
use crate::expression::{Condition, Emptiable, Expr, Expression, Symbol, TextExpression, Variable};
use crate::tree::{Control, ControlId, Document, Entry, Item, Key, Node, Refusal};
use crate::values::{MapKey, Symbolic};

/// A map of type `T` under construction.
pub struct MapBuilder<T> {
    entries: Vec<Entry>,
    marker: PhantomData<fn() -> T>,
}

/// A list of `T` under construction.
pub struct ListBuilder<T> {
    items: Vec<Item>,
    marker: PhantomData<fn() -> T>,
}

/// Documents of a template file under construction.
#[derive(Default)]
pub struct DocumentBuilder {
    documents: Vec<Document>,
}

/// A finished map, or part of a map, of type `T`: to be used in several places.
pub struct Fragment<T> {
    entries: Vec<Entry>,
    marker: PhantomData<fn() -> T>,
}

/// A finished list, or part of a list, of `T`.
pub struct ListFragment<T> {
    items: Vec<Item>,
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

impl<T> Clone for ListFragment<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), marker: PhantomData }
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

impl<T> ListFragment<T> {
    /// Builds it.
    pub fn build(build: impl FnOnce(&mut ListBuilder<T>)) -> Self {
        Self { items: items(build), marker: PhantomData }
    }

    pub(crate) fn into_items(self) -> Vec<Item> {
        self.items
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

fn items<T>(build: impl FnOnce(&mut ListBuilder<T>)) -> Vec<Item> {
    let mut builder = ListBuilder { items: Vec::new(), marker: PhantomData };
    build(&mut builder);
    builder.items
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
        let id = ControlId::new();
        let expression = subject.subject();
        let variable = Variable::set(name, expression.value_type());
        let inner = subject.inner(Expression::Variable(variable.clone()));
        let body = entries(|map| build(map, inner));
        self.entries.push(Entry::Control(Control::With { id, subject: expression, variable, body }));
    }

    /// Entries for each entry of a map.
    #[track_caller]
    pub fn range<K: MapKey, V: Symbolic>(
        &mut self,
        names: [&str; 2],
        subject: &Expr<BTreeMap<K, V>>,
        build: impl FnOnce(&mut Self, Expr<K>, V::Symbol),
    ) {
        let id = ControlId::new();
        let (key, value, key_symbol, value_symbol) = bind::<K, V>(names);
        let body = entries(|map| build(map, key_symbol, value_symbol));
        self.entries.push(Entry::Control(Control::Range {
            id,
            subject: subject.expression(),
            key: Some(key),
            value,
            body,
        }));
    }

    /// Entries in which `name` stands for a value.
    pub fn bind<S: Parameter>(&mut self, name: &str, value: &S, build: impl FnOnce(&mut Self, S)) {
        let (variable, symbol) = S::bound(name, &value.expression());
        let body = entries(|map| build(map, symbol));
        self.entries.push(Entry::Control(Control::Let { variable, value: value.expression(), body }));
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

/// An empty list or map printed by `toYaml` among others would break the YAML: it stands under a `with`.
#[track_caller]
fn unless_empty<T>(subject: Expression, splice: fn(Expression) -> T, control: fn(Control<T>) -> T) -> T {
    if matches!(&subject, Expression::Variable(variable) if variable.is_set()) {
        return splice(subject);
    }
    let variable = Variable::set("spliced", subject.value_type());
    let body = vec![splice(Expression::Variable(variable.clone()))];
    control(Control::With { id: ControlId::new(), subject, variable, body })
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

fn bind<K: MapKey, V: Symbolic>(names: [&str; 2]) -> (Variable, Variable, Expr<K>, V::Symbol) {
    let key = Variable::new(names[0], K::TYPE);
    let value = Variable::new(names[1], V::TYPE);
    let symbols = (Expr::new(Expression::Variable(key.clone())), V::symbol(Expression::Variable(value.clone())));
    (key, value, symbols.0, symbols.1)
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
        let id = ControlId::new();
        let expression = subject.subject();
        let variable = Variable::set(name, expression.value_type());
        let inner = subject.inner(Expression::Variable(variable.clone()));
        let body = items(|list| build(list, inner));
        self.items.push(Item::Control(Control::With { id, subject: expression, variable, body }));
    }

    /// Elements for each entry of a map.
    #[track_caller]
    pub fn range<K: MapKey, V: Symbolic>(
        &mut self,
        names: [&str; 2],
        subject: &Expr<BTreeMap<K, V>>,
        build: impl FnOnce(&mut Self, Expr<K>, V::Symbol),
    ) {
        let id = ControlId::new();
        let (key, value, key_symbol, value_symbol) = bind::<K, V>(names);
        let body = items(|list| build(list, key_symbol, value_symbol));
        self.items.push(Item::Control(Control::Range {
            id,
            subject: subject.expression(),
            key: Some(key),
            value,
            body,
        }));
    }

    /// Elements for each element of a list of values.
    #[track_caller]
    pub fn each<V: Symbolic>(&mut self, name: &str, subject: &Expr<Vec<V>>, build: impl FnOnce(&mut Self, V::Symbol)) {
        let id = ControlId::new();
        let value = Variable::new(name, V::TYPE);
        let symbol = V::symbol(Expression::Variable(value.clone()));
        let body = items(|list| build(list, symbol));
        self.items.push(Item::Control(Control::Range { id, subject: subject.expression(), key: None, value, body }));
    }

    /// Elements in which `name` stands for a value.
    pub fn bind<S: Parameter>(&mut self, name: &str, value: &S, build: impl FnOnce(&mut Self, S)) {
        let (variable, symbol) = S::bound(name, &value.expression());
        let body = items(|list| build(list, symbol));
        self.items.push(Item::Control(Control::Let { variable, value: value.expression(), body }));
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

impl DocumentBuilder {
    /// The documents that `build` adds.
    pub fn documents(build: impl FnOnce(&mut Self)) -> Vec<Document> {
        let mut builder = Self::default();
        build(&mut builder);
        builder.documents
    }

    /// An object.
    pub fn object(&mut self, object: Object) {
        self.documents.push(Document::Object(object.entries));
    }

    /// An object that comes whole from the values.
    pub fn whole<V: WholeObject>(&mut self, object: &Expr<V>) {
        self.documents.push(Document::Whole(object.expression()));
    }

    /// Documents under a condition.
    #[track_caller]
    pub fn when(&mut self, condition: impl Condition, build: impl FnOnce(&mut Self)) {
        let id = ControlId::new();
        let branches = vec![(condition.condition(), Self::documents(build))];
        self.documents.push(Document::Control(Control::If { id, branches, otherwise: Vec::new() }));
    }

    /// Documents for each entry of a map.
    #[track_caller]
    pub fn range<K: MapKey, V: Symbolic>(
        &mut self,
        names: [&str; 2],
        subject: &Expr<BTreeMap<K, V>>,
        build: impl FnOnce(&mut Self, Expr<K>, V::Symbol),
    ) {
        let id = ControlId::new();
        let (key, value, key_symbol, value_symbol) = bind::<K, V>(names);
        let body = Self::documents(|documents| build(documents, key_symbol, value_symbol));
        let control = Control::Range { id, subject: subject.expression(), key: Some(key), value, body };
        self.documents.push(Document::Control(control));
    }

    /// Documents in which `name` stands for a value.
    pub fn bind<S: Parameter>(&mut self, name: &str, value: &S, build: impl FnOnce(&mut Self, S)) {
        let (variable, symbol) = S::bound(name, &value.expression());
        let body = Self::documents(|documents| build(documents, symbol));
        self.documents.push(Document::Control(Control::Let { variable, value: value.expression(), body }));
    }

    /// Values that are refused when the condition holds.
    #[track_caller]
    pub fn refuse(&mut self, condition: impl Condition, message: impl TextExpression) {
        let refusal = Refusal { id: ControlId::new(), condition: condition.condition(), message: message.text() };
        self.documents.push(Document::Refuse(refusal));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::DocumentBuilder;
    use crate::evaluate::{Release, evaluate};
    use crate::expression::{Expr, Expression};
    use crate::tree::{File, Tree};
    use crate::typed::WholeObject;
    use crate::values::{Symbolic, Token};

    impl WholeObject for Value {}

    fn tree() -> Tree {
        type Objects = BTreeMap<Token, Value>;
        let objects: Expr<Objects> = Objects::symbol(Expression::Values.field("objects", Objects::TYPE));
        let documents = DocumentBuilder::documents(|documents| {
            documents.range(["name", "object"], &objects, |documents, _, object| documents.whole(&object));
        });
        Tree { files: vec![File { name: "a.yaml", purpose: "A.", documents }], notes: Vec::new() }
    }

    #[test]
    fn whole_objects_pass_as_they_are() {
        let object = json!({"text": "{{ x }}\n\n", "zone": "b", "kind": "B"});
        let release = Release { name: "r", namespace: "n", chart_version: "1", app_version: "1" };
        let values = json!({"objects": {"b": object.clone(), "a": {"kind": "A"}}});
        let rendered = evaluate(&tree(), &values, &release, &mut ()).unwrap();
        let objects: Vec<Value> = rendered.into_iter().map(|rendered| rendered.object).collect();
        assert_eq!(objects, [json!({"kind": "A"}), object]);
    }

    #[test]
    fn each_whole_object_is_a_document() {
        let printed = crate::print::print(&tree()).unwrap();
        let expected = "{{- /* A. */}}\n{{- range .Values.objects }}\n---\n{{ toYaml . }}\n{{- end }}\n";
        assert_eq!(printed[0].text, expected);
    }

    #[test]
    fn a_whole_object_is_moved_by_its_value() {
        let rows = crate::impact::impact(&tree());
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].kind, crate::impact::Row::ANY_KIND);
        assert!(rows[0].content.contains("objects.*"));
        assert!(rows[0].conditions.contains("objects.*~key"));
    }
}
