//! Network policies on rendered objects: each component has one, Kubernetes takes them, and no rule is open by accident.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap is a failed test")]

use emt::{Input, Manifests, Release, SUPPORTED_VERSIONS, render};
use serde_json::{Value, json};

const FULL: &str = include_str!("../ci/full-values.yaml");

fn rendered(files: &[&str]) -> Manifests {
    let named = files.iter().enumerate().map(|(index, text)| (format!("{index}.yaml"), *text));
    render(&Input::from_files(named, Release::new("apim", "apim-prod").unwrap()).unwrap()).unwrap()
}

fn policies(manifests: &Manifests) -> Vec<&Value> {
    manifests.objects().filter(|object| object["kind"] == "NetworkPolicy").collect()
}

/// The rules of a direction that concern a port.
fn rules(policy: &Value, direction: &str, port: &Value) -> Vec<Value> {
    let all = policy["spec"][direction].as_array().cloned().unwrap_or_default();
    let has = |rule: &Value| rule["ports"].as_array().is_some_and(|ports| ports.iter().any(|one| one["port"] == *port));
    all.into_iter().filter(has).collect()
}

#[test]
fn there_is_none_by_default() {
    let without = FULL.replace("networkPolicy:\n  enabled: true", "networkPolicy:\n  enabled: false");
    assert!(policies(&rendered(&[&without])).is_empty());
}

#[test]
fn each_component_has_one_and_every_version_takes_it() {
    let manifests = rendered(&[FULL]);
    let policies = policies(&manifests);
    let mut names: Vec<_> = policies.iter().map(|policy| policy["metadata"]["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let expected = [
        "apim-anm",
        "apim-dbsetup",
        "apim-default-deny",
        "apim-first-manager",
        "apim-first-traffic",
        "apim-second-traffic",
        "apim-test",
    ];
    assert_eq!(names, expected);
    for policy in policies {
        for version in SUPPORTED_VERSIONS {
            assert!(helmwright_k8s::validate(policy, version).is_empty(), "{policy}");
        }
    }
}

#[test]
fn the_default_denies_both_directions_for_all_pods_of_the_release() {
    let manifests = rendered(&[FULL]);
    let spec = &manifests.find("NetworkPolicy", "apim-default-deny").unwrap()["spec"];
    assert_eq!(spec["policyTypes"], json!(["Ingress", "Egress"]));
    assert_eq!((&spec["ingress"], &spec["egress"]), (&Value::Null, &Value::Null));
    let labels = spec["podSelector"]["matchLabels"].as_object().unwrap();
    for deployment in manifests.objects().filter(|object| object["kind"] == "Deployment") {
        let pod = &deployment["spec"]["template"]["metadata"]["labels"];
        assert!(labels.iter().all(|(key, value)| pod[key] == *value), "{pod}");
    }
}

#[test]
fn databases_are_reached_where_they_are_declared_and_else_on_their_port_alone() {
    let manifests = rendered(&[FULL]);
    let policy = manifests.find("NetworkPolicy", "apim-first-traffic").unwrap();
    let cassandra = rules(policy, "egress", &json!(9042));
    assert_eq!(cassandra.len(), 1);
    assert_eq!(cassandra[0]["to"], json!([{ "ipBlock": { "cidr": "10.30.0.0/24" } }]));

    let open = FULL.replace("  networks:\n    data: { cidrs: [10.30.0.0/24] }\n", "");
    let manifests = rendered(&[&open]);
    let policy = manifests.find("NetworkPolicy", "apim-first-traffic").unwrap();
    let cassandra = rules(policy, "egress", &json!(9042));
    assert_eq!(cassandra, [json!({ "ports": [{ "protocol": "TCP", "port": 9042 }] })]);
}

#[test]
fn management_is_for_the_node_manager_and_peers() {
    let manifests = rendered(&[FULL]);
    let policy = manifests.find("NetworkPolicy", "apim-first-traffic").unwrap();
    let from: Vec<_> = rules(policy, "ingress", &json!(8085)).into_iter().map(|rule| rule["from"].clone()).collect();
    assert_eq!(from.len(), 3);
    let labels = &from[0][0]["podSelector"]["matchLabels"];
    assert_eq!(labels["app.kubernetes.io/component"], "admin-node-manager");
    assert_eq!(labels["app.kubernetes.io/instance"], "apim");
    assert!(from[1..].iter().all(|from| from[0]["namespaceSelector"].is_object() || from[0]["ipBlock"].is_object()));
}

#[test]
fn only_monitoring_may_call_every_port_and_no_rule_is_for_everybody() {
    let manifests = rendered(&[FULL]);
    for policy in policies(&manifests) {
        for rule in policy["spec"]["ingress"].as_array().into_iter().flatten() {
            let from = rule["from"].as_array().unwrap();
            assert!(!from.is_empty());
            if rule["ports"].as_array().is_none_or(Vec::is_empty) {
                let namespace = &from[0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"];
                assert_eq!(namespace, "monitoring");
            }
        }
        for rule in policy["spec"]["egress"].as_array().into_iter().flatten() {
            assert!(!rule["ports"].as_array().unwrap().is_empty(), "{rule}");
        }
    }
}

#[test]
fn who_names_nobody_is_refused() {
    let nobody = "networkPolicy:\n  ingressControllers:\n    nobody: {}\n";
    let named = [("full.yaml", FULL), ("nobody.yaml", nobody)];
    let input = Input::from_files(named, Release::new("apim", "apim-prod").unwrap()).unwrap();
    let refused = render(&input).unwrap_err().to_string();
    assert!(refused.contains("say who that is"), "{refused}");
}
