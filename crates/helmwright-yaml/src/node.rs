//! The tree that reading gives: values with their places.
//!
//! Must not know how the tree was read.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::OnceLock;

use helmwright_diagnostics::{SourceId, Span};
use serde_json::{Map, Number, Value};

use crate::limits::MAX_INTEGER;
use crate::path::PathSegment;

/// One file as a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The text it was read from.
    pub source: SourceId,
    /// The top level: a [`NodeValue::Map`], empty if the file holds nothing but comments.
    pub root: Node,
}

/// A value and its place. A value that came through an alias has the place of its anchor.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// From the first to the last character of the value, quotes and brackets included. An absent value
    /// (`key:` and nothing more) has an empty span after the colon; a block scalar's span starts after its header.
    pub span: Span,
    /// The value.
    pub value: NodeValue,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeValue {
    /// `null`, `~`, or nothing after the colon.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer within ±(2^53 − 1).
    Integer(i64),
    /// A finite number that was not written as an integer; it may be integral (`3.0`, `1e3`).
    Float(f64),
    /// Text.
    String(String),
    /// A list in order.
    List(Vec<Node>),
    /// Keys and values in the order of the file; no key stands twice.
    Map(Entries),
}

/// The keys of a map with their values, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    list: Vec<(Key, Node)>,
    /// Where each key stands in the list; made when a long list is first asked.
    #[expect(clippy::box_collection, reason = "few maps have it, and each node of a tree has room for it")]
    places: OnceLock<Box<HashMap<String, usize>>>,
}

/// A list up to this length is searched as it is.
const SHORT: usize = 32;

impl Entries {
    /// The entry of a key.
    fn find(&self, name: &str) -> Option<&(Key, Node)> {
        if self.list.len() <= SHORT {
            return self.list.iter().find(|(key, _)| key.name == name);
        }
        let places = self.places.get_or_init(|| {
            Box::new(self.list.iter().enumerate().map(|(place, (key, _))| (key.name.clone(), place)).collect())
        });
        places.get(name).and_then(|place| self.list.get(*place))
    }
}

impl From<Vec<(Key, Node)>> for Entries {
    fn from(list: Vec<(Key, Node)>) -> Self {
        Self { list, places: OnceLock::new() }
    }
}

impl Deref for Entries {
    type Target = [(Key, Node)];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

/// A key and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key without quotes.
    pub name: String,
    /// From the first to the last character, quotes included.
    pub span: Span,
}

impl Key {
    /// What stands for a key that is no text, and was refused.
    pub(crate) fn nameless(span: Span) -> Self {
        Self { name: String::new(), span }
    }
}

impl Node {
    /// The value as JSON, in the order of the file. Integral floats up to ±(2^53 − 1) become integers, as Helm's
    /// reader has only one kind of number: `3.0` gives `3`.
    pub fn to_json(&self) -> Value {
        match &self.value {
            NodeValue::Null => Value::Null,
            NodeValue::Bool(value) => Value::Bool(*value),
            NodeValue::Integer(value) => Value::from(*value),
            NodeValue::Float(value) => float_to_json(*value),
            NodeValue::String(value) => Value::String(value.clone()),
            NodeValue::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            NodeValue::Map(entries) => {
                let entries = entries.iter().map(|(key, node)| (key.name.clone(), node.to_json()));
                Value::Object(entries.collect::<Map<String, Value>>())
            }
        }
    }

    /// What the value is, for messages: `null`, `a boolean`, `an integer`, `a number`, `a string`, `a list`,
    /// `a map`.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            NodeValue::Null => "null",
            NodeValue::Bool(_) => "a boolean",
            NodeValue::Integer(_) => "an integer",
            NodeValue::Float(_) => "a number",
            NodeValue::String(_) => "a string",
            NodeValue::List(_) => "a list",
            NodeValue::Map(_) => "a map",
        }
    }

    /// The text of a string node.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            NodeValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list, none for other nodes.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            NodeValue::List(items) => items,
            _ => &[],
        }
    }

    /// The keys and values of a map, none for other nodes.
    pub fn entries(&self) -> &[(Key, Node)] {
        match &self.value {
            NodeValue::Map(entries) => entries,
            _ => &[],
        }
    }

    /// A key of a map with its value.
    pub fn entry(&self, name: &str) -> Option<(&Key, &Node)> {
        match &self.value {
            NodeValue::Map(entries) => entries.find(name).map(|(key, node)| (key, node)),
            _ => None,
        }
    }

    /// The value of a key of a map.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entry(name).map(|(_, node)| node)
    }

    /// The node at a path; this node itself for the empty path.
    pub fn at(&self, path: &[PathSegment]) -> Option<&Node> {
        path.iter().try_fold(self, |node, segment| match segment {
            PathSegment::Key(name) => node.get(name),
            PathSegment::Index(index) => node.items().get(*index),
        })
    }

    /// The node at a JSON pointer (RFC 6901) such as `/gatewayGroups/banking/hosts/0`.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |node, token| match &node.value {
            NodeValue::Map(_) => node.get(&token.replace("~1", "/").replace("~0", "~")),
            NodeValue::List(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// This node and all below it with their paths, parents before children, in the order of the file.
    pub fn walk(&self) -> Walk<'_> {
        Walk { pending: vec![(Vec::new(), self)] }
    }
}

/// The nodes of a tree with their paths: see [`Node::walk`].
#[derive(Clone, Debug)]
pub struct Walk<'a> {
    /// The next node is the last.
    pending: Vec<(Vec<PathSegment>, &'a Node)>,
}

impl<'a> Iterator for Walk<'a> {
    type Item = (Vec<PathSegment>, &'a Node);

    fn next(&mut self) -> Option<Self::Item> {
        let (path, node) = self.pending.pop()?;
        let below = |segment| path.iter().cloned().chain([segment]).collect();
        let items = node.items().iter().enumerate().rev();
        self.pending.extend(items.map(|(index, item)| (below(PathSegment::Index(index)), item)));
        let entries = node.entries().iter().rev();
        self.pending.extend(entries.map(|(key, value)| (below(PathSegment::Key(key.name.clone())), value)));
        Some((path, node))
    }
}

fn float_to_json(value: f64) -> Value {
    // Exact: both bounds are integers that a float holds.
    if value.fract() == 0.0 && value.abs() <= MAX_INTEGER as f64 {
        return Value::from(value as i64);
    }
    // The reader refuses what is not finite, so there always is a number.
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}
