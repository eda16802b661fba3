//! What a change does: the difference of two renderings by meaning, the lines that caused it, its risks, and reports.
//!
//! A review reads two renderings of each environment (merged values with who set them, objects) and the impact map of the
//! definition. It knows no files, no Git and no command line.
//!
//! The parts stand on one another: `difference` knows objects alone, `cause` and `risk` look at a difference each in its own
//! way, `review` puts them together, `report` writes that down.

mod cause;
mod difference;
mod matrix;
mod rendering;
mod report;
mod review;
mod risk;
mod stores;
mod topology;

pub use cause::{Cause, Effect, ImpactMap, ValueChange};
pub use difference::{
    Change, Fate, FieldChange, FieldPlace, Identity, Line, Matching, ObjectDifference, SecretChange, Sign, Step,
    difference,
};
pub use matrix::{Matrix, MatrixRow};
pub use rendering::{Ask, Layer, Origin, Rendered, Rendering};
pub use report::{
    MOST_OF_A_COMMENT, PageError, human, human_matrix, json, json_matrix, markdown, markdown_matrix, page, sarif,
};
pub use review::{CapacityChange, EnvironmentReview, FieldReview, Kind, ObjectReview, Review, State};
pub use risk::{Class, RULES, Risk, Rollout, Rule};
pub use topology::{Column, Node, Topology};
