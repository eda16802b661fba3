//! The tree of a chart: YAML's shape with control structure, written once and read in several ways.
//!
//! Authors do not build it by hand: the [`object!`](crate::object) macro and the [`typed`](crate::typed) builder below
//! it do. Every reading (evaluate, print, impact, shapes, coverage) walks these types and no others.
//!
//! This module knows neither Kubernetes nor how anything is printed.

mod field_path;
mod helper;
pub mod visit;
pub mod walk;

use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::expression::{Expression, Variable};

pub(crate) use field_path::constant_field;
pub use field_path::{FieldPath, Segment};
pub use helper::{Choice, Helper, HelperBody, Line};

/// A value in YAML.
#[derive(Clone, Debug)]
pub enum Node {
    /// A map.
    Map(Vec<Entry>),
    /// A list.
    List(Vec<Item>),
    /// A scalar: text, integer or boolean.
    Scalar(Expression),
    /// A text of several lines, as a block scalar that keeps one final newline.
    Block(Expression),
    /// A whole list or map of the values, passed through (`toYaml`).
    Whole(Expression),
}

/// A part of a map.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A key and its value.
    Field {
        /// The key.
        key: Key,
        /// The value.
        node: Node,
        /// Where the author wrote it.
        location: &'static Location<'static>,
    },
    /// Entries under a condition, for each entry of a map, …
    Control(Control<Entry>),
    /// All entries of a map of the values, passed through.
    Splice(Expression),
    /// The entries that a helper gives.
    Include(std::sync::Arc<Helper>, std::sync::Arc<[Expression]>),
    /// A comment for the reader of the chart.
    Comment(&'static str),
}

/// The key of a map's entry.
#[derive(Clone, Debug)]
pub enum Key {
    /// Written in the tree.
    Literal(String),
    /// Taken from values: the key of a `range`.
    Computed(Expression),
}

/// A part of a list.
#[derive(Clone, Debug)]
pub enum Item {
    /// One element.
    Node(Node),
    /// Elements under a condition, for each entry of a map, …
    Control(Control<Item>),
    /// All elements of a list of the values, passed through.
    Splice(Expression),
    /// A comment for the reader of the chart.
    Comment(&'static str),
}

/// A part of a template file.
#[derive(Clone, Debug)]
pub enum Document {
    /// One Kubernetes object.
    Object(Vec<Entry>),
    /// A whole object of the values, passed through (`toYaml`); its own type checks it.
    Whole(Expression),
    /// Documents under a condition, for each entry of a map, …
    Control(Control<Document>),
    /// Values that are refused, with a message, when the condition holds.
    Refuse(Refusal),
}

/// Values that no schema can refuse.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Tells it from other refusals.
    pub id: ControlId,
    /// When it holds, the values are refused.
    pub condition: Expression,
    /// What is wrong, and how to mend it.
    pub message: Expression,
}

/// Control structure around parts of type `T`.
#[derive(Clone, Debug)]
pub enum Control<T> {
    /// The first branch whose condition holds, else `otherwise`.
    If {
        /// Tells it from other controls.
        id: ControlId,
        /// Conditions and what stands under them.
        branches: Vec<(Expression, Vec<T>)>,
        /// What stands where no condition holds.
        otherwise: Vec<T>,
    },
    /// The body, with the variable bound to the subject, unless that is empty.
    With {
        /// Tells it from other controls.
        id: ControlId,
        /// A text, list or map.
        subject: Expression,
        /// Stands for the subject in the body.
        variable: Variable,
        /// What stands where the subject is not empty.
        body: Vec<T>,
    },
    /// The body once for each entry of a map, in byte order of its keys, or for each element of a list.
    Range {
        /// Tells it from other controls.
        id: ControlId,
        /// The map or list.
        subject: Expression,
        /// Stands for the key of a map's entry; none for a list.
        key: Option<Variable>,
        /// Stands for the entry or element.
        value: Variable,
        /// What stands for each.
        body: Vec<T>,
    },
    /// The body, with the variable bound to the value.
    Let {
        /// Stands for the value in the body.
        variable: Variable,
        /// The value.
        value: Expression,
        /// Where the variable may be used.
        body: Vec<T>,
    },
}

impl<T> Control<T> {
    /// What stands in each of its branches.
    pub(crate) fn bodies(&self) -> Vec<&[T]> {
        match self {
            Self::If { branches, otherwise, .. } => {
                branches.iter().map(|(_, body)| body.as_slice()).chain([otherwise.as_slice()]).collect()
            }
            Self::With { body, .. } | Self::Range { body, .. } | Self::Let { body, .. } => vec![body],
        }
    }
}

/// Identity and place of a control node: coverage counts by it, messages name its place.
#[derive(Clone, Copy, Debug)]
pub struct ControlId {
    number: u32,
    /// Where the author wrote it.
    pub location: &'static Location<'static>,
}

impl ControlId {
    /// An identity different from every other, at the caller's place.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self { number: NEXT.fetch_add(1, Ordering::Relaxed), location: Location::caller() }
    }

    /// The number that tells it from others.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }
}

impl Default for ControlId {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

/// A template file of the chart.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name below `templates/`, such as `traffic-deployment.yaml`.
    pub name: &'static str,
    /// What it holds, for the reader: printed as a comment at its top.
    pub purpose: &'static str,
    /// What it renders.
    pub documents: Vec<Document>,
}

/// A chart's templates: the one definition.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The template files, in the order in which they are read.
    pub files: Vec<File>,
    /// What Helm prints after an installation (NOTES.txt).
    pub notes: Vec<Line>,
}
