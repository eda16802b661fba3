//! What can be said of an environment beyond its objects: what the rules find, conformance with the reference
//! architecture, and its plan.
//!
//! Everything here reads finished objects and merged values; nothing is rendered, read or written. What the chart computes
//! is read from its objects, never computed a second time.

mod conformance;
mod explain;
mod plan;
mod quantity;
pub mod rules;

pub use conformance::{
    Answer, Check, Conformance, Level, Mutants, Needless, Row, TableError, conformance, mutants, needless,
    reference_page, rows,
};
pub use explain::{
    Decides, Effect, FieldSource, NoSuchField, Sources, ValueExplanation, explain_value, field_at, sources_of,
    written_at,
};
pub use plan::{
    Capacity, Cloud, DedicatedStorage, Infrastructure, Line, NodeGroup, NodeType, Plan, PromotionStop, Rounding,
    Section, UnknownNodeType, capacity, images_of, node_types, plan, share,
};

pub use quantity::{larger_quantity, same_quantity};

use serde_json::Value;

/// What was rendered for an environment.
#[derive(Clone, Debug)]
pub struct Rendered<'a> {
    /// Name of the release.
    pub release: &'a str,
    /// Its namespace.
    pub namespace: &'a str,
    /// The values after the merge.
    pub values: &'a Value,
    /// All objects, hooks included.
    pub objects: Vec<&'a Value>,
}
