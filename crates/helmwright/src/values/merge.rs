//! Helm's own ways of laying one map over another, ported and tried against it.
//!
//! There are two: [`coalesce`] puts a user's values over the chart's defaults before templates run; [`overlay`] is
//! `mergeOverwrite` inside them. They differ in what `null` does.
//!
//! | a user's `null` over | Helm 3.17 | Helm 4.1 |
//! |---|---|---|
//! | a default | removes the key | removes the key |
//! | a default that is `null` | removes the key | removes it at the root, keeps `null` below |
//! | nothing | stays `null` | stays `null` |
//!
//! [`coalesce`] does what Helm 3.17 does. The difference needs a default that is `null`, which no chart of ours has; values
//! with a `null` are refused when they are read.

use serde_json::{Map, Value};

/// The user's values over the chart's defaults: maps merge, everything else replaces, `null` removes a default and stays
/// where there is none.
///
/// Several files are merged by [`layer`] first, the last one wins.
#[must_use]
pub fn coalesce(defaults: &Value, user: &Value) -> Value {
    match (defaults, user) {
        (Value::Object(defaults), Value::Object(user)) => {
            let mut merged = Map::with_capacity(defaults.len() + user.len());
            for (key, default) in defaults {
                match user.get(key) {
                    None => {
                        merged.insert(key.clone(), default.clone());
                    }
                    Some(Value::Null) => {}
                    Some(value) => {
                        merged.insert(key.clone(), coalesce(default, value));
                    }
                }
            }
            for (key, value) in user {
                if !defaults.contains_key(key) {
                    merged.insert(key.clone(), value.clone());
                }
            }
            Value::Object(merged)
        }
        (_, user) => user.clone(),
    }
}

/// One values file over those before it: maps merge, everything else replaces, `null` included.
pub fn layer(below: &mut Value, above: &Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                match below.get_mut(key) {
                    Some(lower) if lower.is_object() && value.is_object() => layer(lower, value),
                    Some(lower) => *lower = value.clone(),
                    None => {
                        below.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (below, above) => *below = above.clone(),
    }
}

/// `mergeOverwrite (deepCopy defaults) entry`: maps merge, everything else replaces, what is empty or false included.
#[must_use]
pub fn overlay(defaults: &Value, entry: &Value) -> Value {
    let mut merged = defaults.clone();
    layer(&mut merged, entry);
    merged
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn falsy_values_of_an_entry_count() {
        let defaults = json!({"replicas": 3, "enabled": true, "name": "x", "list": [1], "map": {"a": 1}});
        let entry = json!({"replicas": 0, "enabled": false, "name": "", "list": [], "map": {}});
        assert_eq!(
            overlay(&defaults, &entry),
            json!({"replicas": 0, "enabled": false, "name": "", "list": [], "map": {"a": 1}})
        );
    }

    #[test]
    fn null_removes_a_default_and_stays_where_there_is_none() {
        assert_eq!(
            coalesce(&json!({"a": 1, "b": {"c": 2}}), &json!({"a": null, "d": null})),
            json!({"b": {"c": 2}, "d": null})
        );
    }
}
