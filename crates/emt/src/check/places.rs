//! Where in the files the value stands that a rule names by its path.

use emt_check::rules::layer_below;
use helmwright::read::Origin;
use helmwright_diagnostics::Span;
use helmwright_yaml::{PathSegment, parse_path, value_at};
use serde_json::Value;

use crate::render::Input;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file sets it.
    Set(Span),
    /// Nobody sets it; a file sets the map that it would stand in.
    Inside(Span),
    /// No file says anything near it.
    Nowhere,
}

/// Where the value comes from that templates read at a path: its own place, else that of the layer below it. Also the path
/// at which it stands, in these values.
pub(super) fn place(input: &Input, path: &str) -> (Place, String) {
    let mut at = path.to_owned();
    loop {
        let segments = segments(input.merged(), &at);
        if let Some(value) = value_at(input.merged(), &segments) {
            if let Some(Origin::File(span)) = input.origin(&segments) {
                // A map begins at its first entry: what names it is its key.
                let key = input.key(&segments).filter(|_| value.is_object());
                return (Place::Set(key.unwrap_or(span)), at);
            }
            break;
        }
        match layer_below(&at) {
            Some(below) => at = below,
            None => break,
        }
    }
    let segments = segments(input.merged(), path);
    let inside = (1..segments.len()).rev().find_map(|length| input.key(&segments[..length]));
    (inside.map_or(Place::Nowhere, Place::Inside), at)
}

/// The steps of a path as findings show it. A key that holds dots may stand without brackets: the longest one that there
/// is counts.
fn segments(values: &Value, path: &str) -> Vec<PathSegment> {
    if let Some(segments) = path.contains('[').then(|| parse_path(path)).flatten() {
        return segments;
    }
    let mut segments = Vec::new();
    let (mut at, mut rest) = (Some(values), path);
    while !rest.is_empty() {
        let ends: Vec<usize> = rest.match_indices('.').map(|(end, _)| end).chain([rest.len()]).collect();
        let known = ends.into_iter().rev().find(|end| at.is_some_and(|at| at.get(&rest[..*end]).is_some()));
        let end = known.or_else(|| rest.find('.')).unwrap_or(rest.len());
        let key = &rest[..end];
        let index = key.parse::<usize>().ok().filter(|_| at.is_some_and(Value::is_array));
        at = at.and_then(|at| index.map_or_else(|| at.get(key), |index| at.get(index)));
        segments.push(index.map_or_else(|| PathSegment::from(key), PathSegment::from));
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    segments
}

/// The value at a dotted path.
pub(super) fn value_of<'v>(values: &'v Value, path: &str) -> Option<&'v Value> {
    value_at(values, &segments(values, path))
}
