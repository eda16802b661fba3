//! Where in the files the value stands that a message names by its path.
//!
//! Must not know who says what of it.

use emt_model::layers::layer_below;
use helmwright::read::Origin;
use helmwright_diagnostics::Span;
use helmwright_yaml::value_at;

use crate::dotted::segments;
use crate::render::Input;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file sets it.
    Set(Span),
    /// Nobody sets it; a file sets the map that it would stand in.
    Inside(Span),
    /// No file says anything near it.
    Nowhere,
}

/// Where the value comes from that templates read at a path: its own place, else that of the layer below it. Also the path
/// at which it stands, in these values.
pub(crate) fn place(input: &Input, path: &str) -> (Place, String) {
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
