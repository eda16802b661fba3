//! What this chart's refusals want: generated values are brought to it, so that most of them render.
//!
//! The only file of the generator that knows the chart. Where a new refusal makes many values invalid, the share of
//! valid values tells.

use helmwright::values::merge::overlay;
use serde_json::{Map, Value, json};

use super::leaves::{set, unset};
use super::random::Random;
use crate::chart::chart;

/// Sets what all users have to set, and mends what makes no sense together.
pub(crate) fn repair(values: &mut Value, random: &mut Random) {
    required(values, random);
    let merged = chart().merged(values);
    if is_empty(&merged["topology"]["externalAdminNodeManagers"]) {
        set(values, &["topology", "externalAdminNodeManagers"], json!(["anm.example.com:8090"]));
    }
    if merged["metricsDatabase"]["enabled"] == true && is_empty(&merged["metricsDatabase"]["host"]) {
        set(values, &["metricsDatabase", "host"], json!("metrics.example.com"));
    }
    if is_empty(&merged["gatewayGroups"]) {
        set(values, &["gatewayGroups", "main"], json!({}));
    }
    let groups = values["gatewayGroups"].as_object().map(|groups| groups.keys().cloned().collect::<Vec<_>>());
    for group in groups.into_iter().flatten() {
        repair_group(values, &group, random);
    }
}

/// What has no default. Acceptance is wanted of the user; the registry is any.
pub(crate) fn required(values: &mut Value, random: &mut Random) {
    set(values, &["acceptGeneralConditions"], json!(true));
    if is_empty(&values["image"]["registry"]) {
        let registry = *random.pick(&["registry.example.com/apim", "localhost:5000", "10.0.0.1/a/b_c", "1e3"]);
        set(values, &["image", "registry"], json!(registry));
    }
}

fn repair_group(values: &mut Value, name: &str, random: &mut Random) {
    let merged = chart().merged(values);
    let group = overlay(&merged["gatewayGroupDefaults"], &merged["gatewayGroups"][name]);
    if is_empty(&group["image"]["tag"]) {
        set(values, &["gatewayGroups", name, "image", "tag"], json!("1.4.2"));
    }
    let autoscaling = &group["traffic"]["autoscaling"];
    let at = |key| ["gatewayGroups", name, "traffic", "autoscaling", key];
    let (minimum, maximum) = (&autoscaling["minReplicas"], &autoscaling["maxReplicas"]);
    if minimum.as_i64() > maximum.as_i64() {
        set(values, &at("minReplicas"), maximum.clone());
        set(values, &at("maxReplicas"), minimum.clone());
    }
    if group["policyStudioDeployment"] == true {
        if random.chance(50) {
            set(values, &at("enabled"), json!(false));
            set(values, &["gatewayGroups", name, "traffic", "replicas"], json!(1));
        } else {
            set(values, &["gatewayGroups", name, "policyStudioDeployment"], json!(false));
        }
    }
    let cassandra = overlay(&merged["cassandra"], &group["cassandra"]);
    if cassandra["enabled"] == true && is_empty(&cassandra["keyspace"]) {
        set(values, &["gatewayGroups", name, "cassandra", "keyspace"], json!(format!("ks_{}", name.replace('-', "_"))));
    }
    if cassandra["enabled"] == true && is_empty(&cassandra["hosts"]) {
        // An empty list of the group's would hide those of the root.
        unset(values, &["gatewayGroups", name, "cassandra", "hosts"]);
        unset(values, &["gatewayGroupDefaults", "cassandra", "hosts"]);
        if is_empty(&values["cassandra"]["hosts"]) {
            set(values, &["cassandra", "hosts"], json!(["cass-a.example.com", "1e3"]));
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        other => other.as_object().is_some_and(Map::is_empty),
    }
}
