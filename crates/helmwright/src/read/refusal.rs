//! The decoder's own words for values that it refuses: the last resort, where the schema names no fault.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decoder::decode;
use super::faults::Fault;
use super::layers::Layers;
use super::rules;

/// The first fault of values that the type `V` refuses.
pub(super) fn fault<V: DeserializeOwned>(layers: &Layers, merged: &Value) -> Fault {
    match decode::<V>(merged) {
        Err(error) => {
            Fault::new(error.path(), layers.mark(error.path(), rules::DECODER.finding(error.to_string()), ""))
        }
        Ok(_) => Fault::new(&[], rules::DECODER.finding("the values were refused, and are accepted now")),
    }
}
