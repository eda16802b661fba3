//! What is done to the tree, and where: every way in which an author could break an object's structure.
//!
//! A place counts where Kubernetes' types make the change wrong: keys that values or users choose, and fields that take
//! anything, are left out by construction.

use std::collections::BTreeSet;
use std::sync::Arc;

use helmwright::expression::Expression;
use helmwright::tree::{Control, Document, Entry, File, Helper, HelperBody, Item, Key, Node};
use helmwright_k8s::SUPPORTED;
use helmwright_k8s::table::{self, Allowed, ObjectType, Shape};
use serde_json::{Value, json};

/// A template with one place changed.
pub(super) struct Mutant {
    /// What was done.
    pub(super) operator: &'static str,
    /// Where, as keys from the object's kind on.
    pub(super) place: String,
    /// The whole template.
    pub(super) file: File,
}

/// Every so many-th mutant of a template, made one by one.
pub(super) fn mutants(file: &File, stride: usize) -> impl Iterator<Item = Mutant> {
    (0..).step_by(stride).map_while(|target| {
        let mut changed = file.clone();
        let mut change = Change { target, seen: 0, helpers: BTreeSet::new(), done: None };
        change.documents(&mut changed.documents);
        change.done.map(|(operator, place)| Mutant { operator, place, file: changed })
    })
}

/// The type of what stands at a place.
#[derive(Clone, Copy)]
struct Typed {
    shape: TypedShape,
    words: &'static [Allowed],
}

#[derive(Clone, Copy)]
enum TypedShape {
    Object(&'static ObjectType),
    Shape(&'static Shape),
}

impl Typed {
    fn of(shape: &'static Shape, words: &'static [Allowed]) -> Self {
        let shape = match shape {
            Shape::Object(object_type) => TypedShape::Object(object_type.get()),
            other => TypedShape::Shape(other),
        };
        Self { shape, words }
    }

    /// The type below a key.
    fn below(self, key: &Key) -> Option<Self> {
        match (self.shape, key) {
            (TypedShape::Object(object_type), Key::Literal(key)) => {
                object_type.field(key).map(|field| Self::of(&field.shape, field.enumeration))
            }
            (TypedShape::Shape(Shape::Map(inner)), _) => Some(Self::of(inner, self.words)),
            _ => None,
        }
    }

    /// The type of a list's elements.
    fn element(self) -> Option<Self> {
        match self.shape {
            TypedShape::Shape(Shape::List(inner)) => Some(Self::of(inner, self.words)),
            _ => None,
        }
    }

    /// Whether the keys of the map are Kubernetes' own.
    fn is_fixed(self) -> bool {
        matches!(self.shape, TypedShape::Object(object_type) if !object_type.open)
    }

    /// Whether objects of every version must have the key.
    fn requires(self, key: &str) -> bool {
        let TypedShape::Object(object_type) = self.shape else { return false };
        object_type.field(key).is_some_and(|field| SUPPORTED.iter().all(|version| field.required_in(*version)))
    }

    /// Something that may not stand here; none where anything may.
    fn wrong(self) -> Option<Value> {
        match self.shape {
            TypedShape::Object(_) => Some(json!("x")),
            TypedShape::Shape(Shape::Json) => None,
            TypedShape::Shape(Shape::Integer { .. } | Shape::Number | Shape::Boolean) => Some(json!("x")),
            TypedShape::Shape(_) => Some(json!(true)),
        }
    }
}

/// Looks for the place with this number and changes it.
struct Change {
    target: usize,
    seen: usize,
    /// Helpers that were looked into: their body is one place, however often it is called.
    helpers: BTreeSet<&'static str>,
    /// What was done, and where.
    done: Option<(&'static str, String)>,
}

impl Change {
    /// Whether this is the change to make.
    fn here(&mut self, operator: &'static str, place: &str) -> bool {
        let found = self.done.is_none() && self.seen == self.target;
        self.seen += 1;
        if found {
            self.done = Some((operator, place.to_owned()));
        }
        found
    }

    fn control<T>(&mut self, control: &mut Control<T>, parts: &mut dyn FnMut(&mut Self, &mut Vec<T>)) {
        match control {
            Control::If { branches, otherwise, .. } => {
                branches.iter_mut().for_each(|(_, body)| parts(self, body));
                parts(self, otherwise);
            }
            Control::With { body, .. } | Control::Range { body, .. } | Control::Let { body, .. } => parts(self, body),
        }
    }

    fn documents(&mut self, documents: &mut [Document]) {
        for document in documents {
            match document {
                Document::Object(entries) => self.object(entries),
                Document::Control(control) => self.control(control, &mut |change, parts| change.documents(parts)),
                Document::Whole(_) | Document::Refuse(_) => {}
            }
        }
    }

    fn object(&mut self, entries: &mut Vec<Entry>) {
        let constant = |wanted: &str| {
            entries.iter().find_map(|entry| match entry {
                Entry::Field { key: Key::Literal(key), node: Node::Scalar(Expression::Literal(value)), .. }
                    if key == wanted =>
                {
                    value.as_str()
                }
                _ => None,
            })
        };
        let kind = constant("kind").unwrap_or_default().to_owned();
        let Some(object_type) = table::kind(constant("apiVersion").unwrap_or_default(), &kind) else { return };
        for name in ["apiVersion", "kind"] {
            if self.here("wrong kind", &format!("{kind}.{name}")) {
                let named =
                    |entry: &&mut Entry| matches!(entry, Entry::Field { key: Key::Literal(key), .. } if key == name);
                if let Some(Entry::Field { node, .. }) = entries.iter_mut().find(named) {
                    *node = Node::Scalar(Expression::Literal(json!("x")));
                }
                return;
            }
        }
        self.entries(&kind, entries, Typed { shape: TypedShape::Object(object_type), words: &[] });
    }

    fn entries(&mut self, at: &str, entries: &mut Vec<Entry>, of: Typed) {
        for index in 0..entries.len() {
            if self.done.is_some() || self.field(at, entries, index, of) || self.moved(at, entries, index) {
                return;
            }
            match &mut entries[index] {
                Entry::Field { key, node, .. } => {
                    if let Some(below) = of.below(key) {
                        let at = format!("{at}.{}", if let Key::Literal(key) = key { key } else { "*" });
                        self.node(&at, node, below);
                    }
                }
                Entry::Control(control) => self.control(control, &mut |change, parts| change.entries(at, parts, of)),
                Entry::Include(helper, _) => self.helper(at, helper, of),
                Entry::Splice(_) | Entry::Comment(_) => {}
            }
        }
    }

    /// A key of its own: renamed, left out, set twice.
    fn field(&mut self, at: &str, entries: &mut Vec<Entry>, index: usize, of: Typed) -> bool {
        let entry = entries[index].clone();
        let Entry::Field { key: Key::Literal(key), .. } = &entry else { return false };
        let at = format!("{at}.{key}");
        if of.is_fixed() && self.here("rename key", &at) {
            if let Entry::Field { key: Key::Literal(key), .. } = &mut entries[index] {
                key.push('x');
            }
        } else if of.requires(key) && self.here("drop required", &at) {
            entries.remove(index);
        } else if self.here("set twice", &at) {
            entries.push(entry);
        }
        self.done.is_some()
    }

    /// A key of the map below, moved beside that map.
    fn moved(&mut self, at: &str, entries: &mut Vec<Entry>, index: usize) -> bool {
        let Entry::Field { key: Key::Literal(above), node: Node::Map(below), .. } = &mut entries[index] else {
            return false;
        };
        for place in 0..below.len() {
            let Entry::Field { key: Key::Literal(key), .. } = &below[place] else { continue };
            if self.here("move up", &format!("{at}.{above}.{key}")) {
                let entry = below.remove(place);
                entries.insert(index + 1, entry);
                return true;
            }
        }
        false
    }

    fn node(&mut self, at: &str, node: &mut Node, of: Typed) {
        if let Some(wrong) = of.wrong()
            && self.here("wrong type", at)
        {
            *node = Node::Scalar(Expression::Literal(wrong));
            return;
        }
        match node {
            Node::Map(entries) => {
                if self.here("list for map", at) {
                    *node = Node::List(vec![Item::Node(Node::Map(std::mem::take(entries)))]);
                    return;
                }
                self.entries(at, entries, of);
            }
            Node::List(items) => {
                if self.here("map for list", at) {
                    *node = Node::Map(Vec::new());
                    return;
                }
                if let Some(element) = of.element() {
                    self.items(&format!("{at}[]"), items, element);
                }
            }
            Node::Scalar(Expression::Literal(Value::String(word))) => {
                if !of.words.is_empty() && self.here("wrong word", at) {
                    word.push('x');
                }
            }
            Node::Scalar(_) | Node::Block(_) | Node::Whole(_) => {}
        }
    }

    fn items(&mut self, at: &str, items: &mut [Item], of: Typed) {
        for item in items {
            match item {
                Item::Node(node) => self.node(at, node, of),
                Item::Control(control) => self.control(control, &mut |change, parts| change.items(at, parts, of)),
                Item::Splice(_) | Item::Comment(_) => {}
            }
        }
    }

    fn helper(&mut self, at: &str, helper: &mut Arc<Helper>, of: Typed) {
        let HelperBody::Fragment(body) = &helper.body else { return };
        if !self.helpers.insert(helper.name) {
            return;
        }
        let mut body = body.clone();
        self.entries(at, &mut body, of);
        if self.done.is_some() {
            let Helper { name, purpose, .. } = **helper;
            let parameters = helper.parameters.clone();
            *helper = Arc::new(Helper { name, purpose, parameters, body: HelperBody::Fragment(body) });
        }
    }
}
