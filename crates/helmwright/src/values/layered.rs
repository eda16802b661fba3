//! [`Layered`]: a type whose values can be given in part and laid over defaults.
//!
//! A map of entries (gateway groups, workers) cannot have its defaults merged by Helm, which knows no defaults for an
//! entry that it has not seen. Such an entry is a [`PartialOf`] its type; the template lays it over the defaults.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A type with a partial form, in which every key may be absent, at every depth.
pub trait Layered {
    /// The partial form. What is not a struct is its own: a list or a scalar is replaced whole.
    type Partial;
}

/// The partial form of a type.
pub type PartialOf<T> = <T as Layered>::Partial;

/// A type that is replaced whole when one layer is laid over another.
#[macro_export]
#[doc(hidden)]
macro_rules! layered_whole {
    ([$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> $crate::values::Layered for $type {
            type Partial = $type;
        }
    };
}

layered_whole!([] bool);
layered_whole!([] String);
layered_whole!([] i64);
layered_whole!([] Value);
layered_whole!([V] Vec<V>);
layered_whole!([K, V] BTreeMap<K, V>);

/// Reads a key of a partial struct: it may be absent, never `null`.
///
/// # Errors
///
/// What reading a `T` gives.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
