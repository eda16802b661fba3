//! Paths of values as messages write them: keys with dots between.
//!
//! Must not know where values were written.

use helmwright_yaml::{PathSegment, parse_path};
use serde_json::Value;

/// The steps of a path as findings show it. A key that holds dots may stand without brackets: the longest one that there
/// is counts.
pub(crate) fn segments(values: &Value, path: &str) -> Vec<PathSegment> {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_key_with_dots_is_found_with_brackets_and_without() {
        let values = json!({ "secrets": { "tls.example": { "data": {} } } });
        let wanted = ["secrets", "tls.example", "data"].map(PathSegment::from);
        assert_eq!(segments(&values, "secrets.tls.example.data"), wanted);
        assert_eq!(segments(&values, "secrets[\"tls.example\"].data"), wanted);
        assert_eq!(segments(&values, "a.b"), ["a", "b"].map(PathSegment::from));
    }
}
