//! The review for programs: fields are added, never renamed or removed within a major version.

use serde_json::{Value, json};

use super::headline::headline;
use crate::matrix::Matrix;
use crate::review::Review;

/// The review as JSON, with a line break at the end.
#[must_use]
pub fn json(review: &Review) -> String {
    let headline = headline(review);
    let objects = || review.environments.iter().flat_map(|environment| &environment.objects);
    let mut value = json!({
        "summary": {
            "text": [headline.extent, format!("gravest risk: {}", headline.risk), format!("cause: {}", headline.cause)],
            "gravest": review.gravest(),
            "whole": review.is_whole(),
            "objectsCompared": review.compared(),
            "objectsChanged": objects().count(),
            "fieldsChanged": objects().map(|object| object.fields.len()).sum::<usize>(),
        },
    });
    // All parts of a review are plain data: it can always be written.
    if let (Some(top), Ok(Value::Object(parts))) = (value.as_object_mut(), serde_json::to_value(review)) {
        top.extend(parts);
    }
    format!("{value:#}\n")
}

/// The matrix as JSON, with a line break at the end.
#[must_use]
pub fn json_matrix(matrix: &Matrix) -> String {
    format!("{:#}\n", json!(matrix))
}
