//! One typed definition that is both a Helm chart and its rendered manifests.

mod conditions;
pub mod coverage;
pub mod describe;
pub mod evaluate;
pub mod expression;
pub mod impact;
pub mod print;
pub mod read;
pub mod shapes;
pub mod tree;
pub mod typed;
pub mod values;

pub use helmwright_macros::{Values, fragment, list, object, text};
