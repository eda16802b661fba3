//! Values that the schema lets pass and that could not work: each is refused with its place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use emt_model::Values;
use emt_model::names::Registry;
use helmwright::evaluate::{Release, evaluate};
use helmwright::values::merge::layer;
use serde_json::{Value, json};

/// What the chart says against values that would render but for these.
fn told(above: &Value) -> Vec<String> {
    let release = Release { name: "apim", namespace: "prod", chart_version: "1.0.0", app_version: "7.7" };
    let mut values = serde_json::to_value(Values::new(Registry::new("registry.example.com").unwrap())).unwrap();
    layer(
        &mut values,
        &json!({
            "adminNodeManager": {"image": {"tag": "1"}},
            "gatewayGroups": {"main": {"image": {"tag": "1"}, "cassandra": {"keyspace": "ks"}}},
            "cassandra": {"hosts": ["c1"]},
            "metricsDatabase": {"host": "db"},
            "ingress": {"enabled": false},
        }),
    );
    layer(&mut values, above);
    serde_json::from_value::<Values>(values.clone()).unwrap();
    evaluate(&emt_chart::tree(), &values, &release, &mut ()).err().unwrap_or_default()
}

fn group(values: &Value) -> Value {
    json!({"gatewayGroups": {"main": values}})
}

/// Each is refused with exactly this message.
#[test]
fn what_cannot_work_is_refused_with_its_place() {
    let reference = json!({"kind": "secret", "name": "tokens", "key": "a"});
    let none = json!({"maxSurge": 0, "maxUnavailable": 0});
    let cases = [
        (
            json!({"adminNodeManager": {"configuration": {"volume": {"type": "image"}}}}),
            "adminNodeManager.configuration.volume.image.tag: name the tag of the image",
        ),
        (
            group(&json!({"configuration": {"volume": {"type": "image"}}})),
            "gatewayGroups.main.configuration.volume.image.tag: name the tag of the image",
        ),
        (
            json!({"adminNodeManager": {"configuration": {"volume": {"type": "claim"}}}}),
            "adminNodeManager.configuration.volume.existingClaim: name the claim",
        ),
        (
            group(&json!({"configuration": {"volume": {"type": "claim"}}})),
            "gatewayGroups.main.configuration.volume.existingClaim: name the claim",
        ),
        (json!({"events": {"storage": {"type": "existing"}}}), "events.storage.existingClaim: name the claim"),
        (
            json!({"adminNodeManager": {"rollout": none}}),
            "adminNodeManager.rollout: maxSurge and maxUnavailable are both 0: no pod could ever be replaced",
        ),
        (
            group(&json!({"manager": {"rollout": none}})),
            "gatewayGroups.main.manager.rollout: maxSurge and maxUnavailable are both 0: no pod could ever be replaced",
        ),
        (
            group(&json!({"traffic": {"rollout": none}})),
            "gatewayGroups.main.traffic.rollout: maxSurge and maxUnavailable are both 0: no pod could ever be replaced",
        ),
        (
            json!({"cassandra": {"enabled": false}}),
            "gatewayGroups.main.manager.enabled: API Manager keeps its data in Cassandra: set cassandra.enabled too",
        ),
        (
            group(&json!({
                "policyStudioDeployment": true, "manager": {"replicas": 2},
                "traffic": {"replicas": 1, "autoscaling": {"enabled": false}},
            })),
            "gatewayGroups.main.policyStudioDeployment: needs autoscaling off, traffic.replicas 1 and manager.replicas 1",
        ),
        (
            group(&json!({"env": {"REGION": "a"}, "traffic": {"envRefs": {"REGION": reference}}})),
            "gatewayGroups.main.traffic.env: REGION stands in envRefs too",
        ),
        (
            json!({"adminNodeManager": {"env": {"REGION": "a"}, "envRefs": {"REGION": reference}}}),
            "adminNodeManager.env: REGION stands in envRefs too",
        ),
        (
            group(&json!({"traffic": {"env": {"CASS_HOST": "a"}}})),
            "gatewayGroups.main.traffic.env: CASS_HOST is one of cassandra.variables",
        ),
        (
            group(&json!({"manager": {"envRefs": {"CASS_PASS": reference}}})),
            "gatewayGroups.main.manager.envRefs: CASS_PASS is one of cassandra.variables",
        ),
        (
            json!({"cassandra": {"variables": {"username": "CASS_HOST"}}}),
            "gatewayGroups.main.cassandra.variables: CASS_HOST stands there twice",
        ),
        (
            json!({"adminNodeManager": {"probes": {"readiness": {"port": "ui"}}}}),
            "adminNodeManager.probes.readiness.port: the port ui is off",
        ),
        (
            group(&json!({"traffic": {"probes": {"liveness": {"port": "oauth"}}}})),
            "gatewayGroups.main.traffic.probes.liveness.port: the port oauth is off",
        ),
        (
            group(&json!({"healthCheck": {"port": "sample"}})),
            "gatewayGroups.main.healthCheck.port: the port sample is off",
        ),
        (
            group(&json!({"traffic": {"ports": {"plain": {"port": 80}}}})),
            "gatewayGroups.main.healthCheck.port: the number of the port plain is below 1025",
        ),
    ];
    for (values, message) in cases {
        assert_eq!(told(&values), [message], "{values}");
    }
}

/// What stands beside these and is fine.
#[test]
fn what_can_work_is_not_refused() {
    let off = json!({"rollout": {"maxSurge": 0, "maxUnavailable": 0}});
    for values in [
        json!({}),
        // What does not run may say what it likes.
        json!({
            "adminNodeManager": {"enabled": false, "configuration": {"volume": {"type": "image"}}, "rollout": off["rollout"]},
            "topology": {"externalAdminNodeManagers": ["anm:8090"]},
        }),
        json!({"cassandra": {"enabled": false}, "gatewayGroupDefaults": {"manager": {"enabled": false}}}),
        group(&json!({"configuration": {"mode": "baked", "volume": {"type": "claim"}}})),
        group(&json!({"traffic": {"rollout": {"maxSurge": "25%", "maxUnavailable": 0}}})),
        group(&json!({"traffic": {"env": {"CASS": "a", "HOST": "b"}}})),
        json!({"cassandra": {"variables": {"port": "", "keyspace": ""}}}),
        group(&json!({
            "cassandra": {"variables": {"host": "CASSANDRA"}}, "traffic": {"env": {"CASS_HOST": "a"}},
        })),
        group(&json!({
            "traffic": {"ports": {"sample": {"enabled": true}}, "probes": {"readiness": {"port": "sample"}}},
        })),
    ] {
        assert_eq!(told(&values), Vec::<String>::new(), "{values}");
    }
}

/// No pods are 0 alone, so that one comparison finds them.
#[test]
fn no_pods_are_not_a_percentage() {
    let expected = "a number of pods (0 to 1000), or a percentage (1% to 100%) such as \"25%\"";
    for text in ["0%", "00%", "101%"] {
        let error = serde_json::from_value::<emt_model::surge::CountOrPercentage>(json!(text)).unwrap_err().to_string();
        assert!(error.ends_with(expected), "{error}");
    }
}
