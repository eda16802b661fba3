//! An upgrade of the chart: the working values over the defaults of a packaged chart, and over emt's own.
//!
//! Limit: the packaged chart's templates are not run. Its defaults are compared, and what they render to by the definition
//! of this emt; the review says so.

use helmwright_oci::ChartArtifact;
use serde_json::{Map, Value};

use super::{Kind, Pair, Review, ReviewError, former_names, reviewed};
use crate::description::defaults;
use crate::render::{CHART_VERSION, reader, reader_over};
use crate::workspace::{FormerKey, Workspace};

/// Most keys that a limit names; the rest is counted.
const MOST_KEYS: usize = 8;

pub(super) fn review(
    workspace: &mut Workspace,
    chart: &ChartArtifact,
    names: &[String],
) -> Result<Review, ReviewError> {
    let (name, version) = (chart.metadata().name.clone(), chart.metadata().version.clone());
    if name != emt_chart::NAME {
        return Err(ReviewError::Chart(format!("the packaged chart is {name:?}, not {:?}", emt_chart::NAME)));
    }
    let text =
        chart.archive().file("values.yaml").ok_or_else(|| ReviewError::Chart("it has no values.yaml".to_owned()))?;
    let mut sources = helmwright_diagnostics::SourceMap::new();
    let unreadable = |_| ReviewError::Chart("the values.yaml of the packaged chart cannot be read".to_owned());
    let migrated = reader().migrate_file(&mut sources, "values.yaml", text).map_err(unreadable)?;
    let read = helmwright_yaml::read_bytes(&mut sources, "values.yaml", &migrated.bytes).map_err(unreadable)?;
    let mut known = Keys::default();
    let former = laid_over(&defaults(), &read.root.to_json(), "", &mut known);
    let reader = reader_over(former);

    let all: Vec<String> = workspace.environments().map(|(name, _)| name.to_owned()).collect();
    let mut pairs = Vec::new();
    for name in all.into_iter().filter(|name| names.is_empty() || names.contains(name)) {
        let environment = workspace.environment(&name)?.clone();
        let new = workspace.input(&name)?;
        let old = workspace.input_over(&name, &reader)?.of_chart(version.clone());
        pairs.push(Pair { new: Some((environment.clone(), new)), old: Some(Ok((environment, old))), name });
    }
    let environments = reviewed(pairs)?;
    let mut limits = vec![format!(
        "the defaults of chart {version} are compared with those of {CHART_VERSION}; its templates are not run, so that a \
         change that only templates make is not seen"
    )];
    let renamed = |key| FormerKey { file: format!("values.yaml of chart {version}"), key };
    limits.extend(former_names(&migrated.keys.into_iter().map(renamed).collect::<Vec<_>>()));
    limits.extend(known.told(&version));
    Ok(Review {
        kind: Kind::Change,
        base: format!("chart {name} {version}"),
        head: workspace.display("."),
        limits,
        environments,
    })
}

/// Keys that only one of two charts has.
#[derive(Default)]
struct Keys {
    new: Vec<String>,
    gone: Vec<String>,
}

impl Keys {
    fn told(self, version: &str) -> Vec<String> {
        let list = |keys: &[String]| {
            let more = keys.len().saturating_sub(MOST_KEYS);
            let named = keys.iter().take(MOST_KEYS).cloned().collect::<Vec<_>>().join(", ");
            if more > 0 { format!("{named} and {more} more") } else { named }
        };
        let mut told = Vec::new();
        if !self.new.is_empty() {
            told.push(format!(
                "chart {version} does not know {}: taken to be as it is by default now",
                list(&self.new)
            ));
        }
        if !self.gone.is_empty() {
            told.push(format!("only chart {version} knows {}: not compared", list(&self.gone)));
        }
        told
    }
}

/// The defaults of this emt with those of another chart, where both have the key.
fn laid_over(own: &Value, other: &Value, path: &str, keys: &mut Keys) -> Value {
    let (Value::Object(own), Value::Object(other)) = (own, other) else { return other.clone() };
    let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let mut merged = Map::new();
    for (key, value) in own {
        merged.insert(
            key.clone(),
            match other.get(key) {
                Some(other) => laid_over(value, other, &at(key), keys),
                None => {
                    keys.new.push(at(key));
                    value.clone()
                }
            },
        );
    }
    // An empty map by default may have any entries.
    for (key, value) in other.iter().filter(|(key, _)| !own.contains_key(*key)) {
        if own.is_empty() {
            merged.insert(key.clone(), value.clone());
        } else {
            keys.gone.push(at(key));
        }
    }
    Value::Object(merged)
}
