//! Keys that the chart sets are taken: no map of the values that is put beside them may hold one.
//!
//! Helm would print the key twice; the API server refuses that, or takes the last one. So the type of the map's keys, and
//! with it the schema, excludes it.

use std::collections::BTreeSet;

use helmwright::impact::shared_keys;
use serde_json::Value;

use crate::chart::chart;

/// The schemas at a path of the values, references followed; `*` is any entry of a map.
fn schemas<'s>(root: &'s Value, at: &'s Value, steps: &[&str]) -> Vec<&'s Value> {
    if let Some(target) = at.get("$ref").and_then(Value::as_str) {
        return schemas(root, root.pointer(&target[1..]).unwrap(), steps);
    }
    if let Some(all) = at.get("allOf").and_then(Value::as_array) {
        return all.iter().flat_map(|part| schemas(root, part, steps)).collect();
    }
    match steps {
        [] => vec![at],
        ["*", rest @ ..] => at.get("additionalProperties").into_iter().flat_map(|at| schemas(root, at, rest)).collect(),
        [key, rest @ ..] => at["properties"].get(*key).into_iter().flat_map(|at| schemas(root, at, rest)).collect(),
    }
}

/// Whether the schema of a map refuses a key: it knows its fields, or excludes the name.
fn refuses(root: &Value, map: &Value, key: &str) -> bool {
    if map["additionalProperties"] == false && map["properties"].get(key).is_none() {
        return true;
    }
    let Some(names) = map.get("propertyNames") else { return false };
    let names = names.get("$ref").and_then(Value::as_str).map_or(names, |target| root.pointer(&target[1..]).unwrap());
    let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(names).unwrap();
    !validator.is_valid(&Value::from(key))
}

#[test]
fn keys_beside_maps_of_the_values_are_taken() {
    let chart = chart();
    let (mut open, mut checked) = (BTreeSet::new(), 0);
    for shared in shared_keys(chart.tree) {
        let key = match shared.field.0.last() {
            Some(helmwright::impact::Segment::Key(key)) => key,
            other => panic!("{other:?} is no key"),
        };
        for path in &shared.values {
            let steps: Vec<&str> = path.split('.').collect();
            let maps = schemas(&chart.schema, &chart.schema, &steps);
            assert!(!maps.is_empty(), "no schema at {path}");
            checked += 1;
            if !maps.iter().any(|map| refuses(&chart.schema, map, key)) {
                open.insert(format!("{path} may hold {key} of {}", shared.file));
            }
        }
    }
    println!("reserved: {checked} keys beside maps of the values, {} of them open", open.len());
    assert!(checked > 50);
    assert_eq!(open, BTreeSet::new());
}
