//! The typed builder: maps and lists under construction whose fields and values rustc checks.
//!
//! A Kubernetes type is a struct of [`Field`]s (see `helmwright-k8s`); [`MapBuilder<T>`] builds a map of that type. The
//! [`object!`](crate::object) macro expands to calls of this module, and what it cannot say can be said here directly:
//!
//! ```ignore
//! let probe = Fragment::<Probe>::build(|map| {
//!     let fields = map.fields();
//!     map.set(fields.periodSeconds, 10);
//! });
//! ```
//!
//! A field that does not exist is rustc's own error, with its hint of a similar name; a value that does not fit is an
//! error of [`Fits`]. Nothing here knows Kubernetes or values.

mod builder;
mod fits;
mod helpers;
mod kinds;

pub use builder::{DocumentBuilder, Fragment, ListBuilder, ListFragment, MapBuilder, Object};
pub use fits::{BlockText, Fits, IntOrStringValue, ValueFits, WholeList, WholeMap, WholeObject, block};
pub use helpers::{
    Choices, FragmentHelper, Lines, Parameter, Parameters, TextHelper, bound, choose, fragment_helper, lines_helper,
    text_function, text_helper,
};
pub use kinds::{
    Boolean, Field, IntOrString, Integer, Json, Kind, List, ListType, Map, MapType, ObjectType, Quantity, Text,
};
