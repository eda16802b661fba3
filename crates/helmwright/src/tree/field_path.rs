//! Places of fields in objects, as a tree knows them before values are.

use std::fmt;

use super::{Entry, Key, Node};

/// The place of a field in an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct FieldPath(pub Vec<Segment>);

/// A step to a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// This key of a map.
    Key(String),
    /// A key that comes from values.
    AnyKey,
    /// The element of a list with this name.
    Element(String),
    /// An element of a list.
    AnyElement,
}

impl fmt::Display for FieldPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.0 {
            match segment {
                Segment::Key(key) => write!(formatter, ".{key}")?,
                Segment::AnyKey => formatter.write_str(".*")?,
                Segment::Element(name) => write!(formatter, "[{name}]")?,
                Segment::AnyElement => formatter.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

impl FieldPath {
    /// Whether the field of an evaluated object lies at or below this place.
    #[must_use]
    pub fn covers(&self, concrete: &Self) -> bool {
        self.0.len() <= concrete.0.len()
            && self.0.iter().zip(&concrete.0).all(|(pattern, step)| match (pattern, step) {
                (Segment::AnyKey, Segment::Key(_))
                | (Segment::AnyElement, Segment::Element(_) | Segment::AnyElement) => true,
                (Segment::Element(_), Segment::AnyElement) => true,
                (pattern, step) => pattern == step,
            })
    }

    /// The place one step further.
    pub(crate) fn then(&self, segment: Segment) -> Self {
        let mut path = self.clone();
        path.0.push(segment);
        path
    }
}

impl Segment {
    /// The step to an element of a list: by its name, if that is constant.
    pub(crate) fn to_element(node: &Node) -> Self {
        let name = match node {
            Node::Map(entries) => constant_field(entries, "name"),
            _ => None,
        };
        name.map_or(Self::AnyElement, |name| Self::Element(name.to_owned()))
    }
}

/// The constant text that a map has under this key.
pub(crate) fn constant_field<'e>(entries: &'e [Entry], wanted: &str) -> Option<&'e str> {
    entries.iter().find_map(|entry| match entry {
        Entry::Field { key: Key::Literal(key), node: Node::Scalar(expression), .. } if key == wanted => {
            expression.as_literal_text()
        }
        _ => None,
    })
}
