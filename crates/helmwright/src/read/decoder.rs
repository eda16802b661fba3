//! The decoder's own words for values that it refuses: the last resort, where the schema names no fault.

use helmwright_yaml::PathSegment;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::faults::Fault;
use super::layers::Layers;
use super::rules;

/// The first fault of values that the type `V` refuses.
pub(super) fn fault<V: DeserializeOwned>(layers: &Layers, merged: &Value) -> Fault {
    match serde_path_to_error::deserialize::<_, V>(merged) {
        Err(error) => {
            let path = error.path().iter().map_while(segment).collect::<Vec<_>>();
            let finding = rules::DECODER.finding(error.inner().to_string());
            Fault::new(&path, layers.mark(&path, finding, ""))
        }
        Ok(_) => Fault::new(&[], rules::DECODER.finding("the values were refused, and are accepted now")),
    }
}

fn segment(segment: &Segment) -> Option<PathSegment> {
    match segment {
        Segment::Seq { index } => Some(PathSegment::Index(*index)),
        Segment::Map { key } => Some(PathSegment::Key(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}
