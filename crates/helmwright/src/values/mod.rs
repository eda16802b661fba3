//! Values: what a chart's users set. Traits and newtypes with which a Rust struct describes them once.
//!
//! A values struct derives `serde::Serialize`, `serde::Deserialize` and `schemars::JsonSchema` for its data and schema,
//! and [`Values`](crate::Values) for its symbolic twin and its partial form. The merge of layers is Helm's own
//! ([`merge`]).
//!
//! This module knows neither templates nor Kubernetes.

mod carried;
mod integer;
mod invalid;
mod layered;
pub mod merge;
mod name_pattern;
mod renamed;
mod symbolic;
mod text;

pub use carried::check_carried;
pub use integer::IntegerValue;
pub use invalid::InvalidValue;
pub use layered::{Layered, PartialOf, present};
pub use renamed::{Renamed, Renames};
pub use symbolic::{Symbolic, release, values};
pub(crate) use text::DESCRIBING;
pub use text::{Label, MapKey, Name, TextValue, Token};

/// The pieces that the newtype macros expand to.
#[doc(hidden)]
pub mod support {
    pub use super::integer::check_range;
    pub use super::text::{CompiledPattern, check_text, text_rules, text_schema};
    pub use crate::expression::{is_word, is_yaml_word};
    pub use {schemars, serde, serde_json};
}
