//! All environments beside one another, by value path.

use std::collections::BTreeMap;

use helmwright_yaml::{PathSegment, display_path, leaves, value_at};
use serde::Serialize;
use serde_json::Value;

use crate::cause::shown_value;

/// The values in which environments differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Matrix {
    /// The environments, the columns.
    pub environments: Vec<String>,
    /// The rows, in the order of the values.
    pub rows: Vec<MatrixRow>,
    /// How many values all environments have in common.
    pub common: usize,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixRow {
    /// Its path.
    pub path: String,
    /// What it is in each environment; none where it is not set.
    pub values: Vec<Option<Value>>,
}

impl Matrix {
    /// The matrix of merged values by environment.
    #[must_use]
    pub fn new(environments: &[(&str, &Value)]) -> Self {
        let mut order: Vec<Vec<PathSegment>> = Vec::new();
        let mut found: BTreeMap<Vec<PathSegment>, Vec<Option<&Value>>> = BTreeMap::new();
        for (index, (_, values)) in environments.iter().enumerate() {
            leaves(values, &mut |path, value| {
                let row = found.entry(path.to_vec()).or_insert_with(|| {
                    order.push(path.to_vec());
                    vec![None; environments.len()]
                });
                row[index] = Some(value);
            });
        }
        // Keys that one environment adds stand with their neighbours.
        order.sort_by(|one, other| {
            position(environments, one).cmp(&position(environments, other)).then_with(|| one.cmp(other))
        });
        let (mut rows, mut common) = (Vec::new(), 0);
        for path in order {
            let Some(values) = found.get(&path) else { continue };
            if values.windows(2).all(|pair| pair[0] == pair[1]) {
                common += 1;
                continue;
            }
            let shown = |(index, value): (usize, &Option<&Value>)| {
                value.map(|value| shown_value(environments[index].1, &path, value))
            };
            let values = values.iter().enumerate().map(shown).collect();
            rows.push(MatrixRow { path: display_path(&path), values });
        }
        Self { environments: environments.iter().map(|(name, _)| (*name).to_owned()).collect(), rows, common }
    }
}

/// Where the keys of a path stand in the first environment that has each; those that none has come last.
fn position(environments: &[(&str, &Value)], path: &[PathSegment]) -> Vec<usize> {
    let mut position = Vec::new();
    for length in 1..=path.len() {
        let (above, last) = (&path[..length - 1], &path[length - 1]);
        let PathSegment::Key(last) = last else { continue };
        let index = environments
            .iter()
            .find_map(|(_, values)| value_at(values, above)?.as_object()?.keys().position(|key| key == last));
        position.push(index.unwrap_or(usize::MAX));
    }
    position
}
