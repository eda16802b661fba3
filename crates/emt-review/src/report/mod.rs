//! A review, written down: one file for each format.
//!
//! Must not decide anything: what a report says stands in the review.

mod headline;
mod html;
mod human;
mod json;
mod markdown;
mod merged;
mod sarif;
mod words;

use crate::matrix::{Matrix, MatrixRow};

pub use html::{PageError, page};
pub use human::{human, human_matrix};
pub use json::{json, json_matrix};
pub use markdown::{MOST_OF_A_COMMENT, markdown, markdown_matrix};
pub use sarif::sarif;

/// Each value of a row with the environments that have it, in the order of the environments.
fn matrix_groups(matrix: &Matrix, row: &MatrixRow, longest: usize) -> Vec<(String, String)> {
    let mut groups: Vec<(&Option<serde_json::Value>, Vec<&str>)> = Vec::new();
    for (name, value) in matrix.environments.iter().zip(&row.values) {
        match groups.iter_mut().find(|(known, _)| *known == value) {
            Some((_, names)) => names.push(name),
            None => groups.push((value, vec![name])),
        }
    }
    let shown = |value: &Option<serde_json::Value>| match value {
        Some(value) => words::value(value, longest),
        None => "not set".to_owned(),
    };
    groups.into_iter().map(|(value, names)| (shown(value), names.join(", "))).collect()
}
