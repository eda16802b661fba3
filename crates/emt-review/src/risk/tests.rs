//! Each rule on objects that the chart does not make as well: whole kinds come in by `extraObjects`.

use helmwright_yaml::PathSegment;
use serde_json::{Value, json};

use super::*;
use crate::difference::{Matching, difference};
use crate::rendering::{Origin, Rendered, Rendering};

fn rendering<'a>(objects: &[Value], values: &'a Value) -> Rendering<'a> {
    let by_default = |_: &[PathSegment]| Origin::Default { version: "1".to_owned() };
    Rendering {
        release: "r",
        namespace: "n",
        chart_version: "1",
        values,
        origin: Box::new(by_default),
        layers: Vec::new(),
        objects: objects.iter().map(|object| Rendered { template: String::new(), object: object.clone() }).collect(),
        nodes: &[],
    }
}

/// The gravest class of a change of one object.
fn class(before: Option<Value>, after: Option<Value>) -> Class {
    let values = Value::Null;
    let (before, after): (Vec<Value>, Vec<Value>) = (before.into_iter().collect(), after.into_iter().collect());
    let (before, after) = (rendering(&before, &values), rendering(&after, &values));
    let differences = difference(&before, &after, Matching::OneRelease);
    let [object] = differences.as_slice() else { unreachable!("{differences:?}") };
    let (whole, fields) = risks(object, &Stores::of(&[&before, &after]));
    whole.iter().chain(fields.iter().flatten()).map(|risk| risk.class).max().unwrap()
}

fn object(api_version: &str, kind: &str, rest: Value) -> Value {
    let mut object = json!({ "apiVersion": api_version, "kind": kind, "metadata": { "name": "a" } });
    object.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    object
}

fn changed(api_version: &str, kind: &str, before: Value, after: Value) -> Class {
    class(Some(object(api_version, kind, before)), Some(object(api_version, kind, after)))
}

#[test]
fn an_autoscaled_workload_may_end_as_a_whole() {
    let spec = |unavailable: &str| json!({ "spec": { "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxUnavailable": unavailable } } } });
    assert_eq!(changed("apps/v1", "Deployment", spec("25%"), spec("100%")), Class::Outage);
    assert_ne!(changed("apps/v1", "Deployment", spec("25%"), spec("50%")), Class::Outage);
}

#[test]
fn what_callers_lose_is_an_outage() {
    let ingress = |scheme: &str| json!({ "metadata": { "name": "a", "annotations": { "alb.ingress.kubernetes.io/scheme": scheme } } });
    let changed = |old, new| changed("networking.k8s.io/v1", "Ingress", ingress(old), ingress(new));
    assert_eq!(changed("internet-facing", "internal"), Class::Outage);
    assert_eq!(changed("internal", "internet-facing"), Class::Exposure);
}

#[test]
fn annotations_are_judged_one_by_one_also_where_there_were_none() {
    let kept = |rest: Value| object("v1", "PersistentVolumeClaim", rest);
    let keep = json!({ "metadata": { "name": "a", "annotations": { "helm.sh/resource-policy": "keep" } } });
    assert_eq!(class(Some(kept(keep)), Some(kept(json!({})))), Class::Data);
    let role = json!({ "metadata": { "name": "a", "annotations": { "eks.amazonaws.com/role-arn": "arn:x" } } });
    assert_eq!(changed("v1", "ServiceAccount", json!({}), role), Class::Exposure);
}

#[test]
fn the_same_in_another_order_is_no_risk() {
    let ingress = |ranges: &str| json!({ "metadata": { "name": "a", "annotations": { "alb.ingress.kubernetes.io/inbound-cidrs": ranges } } });
    let changed = |old, new| changed("networking.k8s.io/v1", "Ingress", ingress(old), ingress(new));
    assert_eq!(changed("10.1.0.0/16,10.2.0.0/16", "10.2.0.0/16, 10.1.0.0/16"), Class::Cosmetic);
    assert_eq!(changed("10.1.0.0/16,10.2.0.0/16", "10.2.0.0/16"), Class::Exposure);
}

#[test]
fn the_database_is_written_by_another_version_only_if_it_is_another() {
    let job = |image: &str| {
        let labels = json!({ "app.kubernetes.io/component": "database-setup" });
        let spec = json!({ "template": { "spec": { "containers": [{ "name": "a", "image": image }] } } });
        json!({ "metadata": { "name": "a", "labels": labels, "annotations": { "helm.sh/hook": "pre-install" } }, "spec": spec })
    };
    let changed = |old, new| changed("batch/v1", "Job", job(old), job(new));
    assert_eq!(changed("a.example.com:5000/x/m:1", "b.example.com/m:2"), Class::Data);
    assert_ne!(changed("a.example.com:5000/x/m:1", "b.example.com/m:1"), Class::Data);
    assert_eq!(changed("a.example.com/m:1", "a.example.com/n:1"), Class::Data);
    assert_eq!(changed("a.example.com/m", "a.example.com/n"), Class::Data);
}

#[test]
fn immutable_fields() {
    let spec = |api: &str, kind: &str, key: &str, before: Value, after: Value| {
        changed(api, kind, json!({ "spec": { key: before } }), json!({ "spec": { key: after } }))
    };
    let labels = |value: &str| json!({ "matchLabels": { "a": value } });
    let claim = |size: &str| json!([{ "metadata": { "name": "d" }, "spec": { "resources": { "requests": { "storage": size } } } }]);
    let found = [
        spec("apps/v1", "Deployment", "selector", labels("x"), labels("y")),
        spec("apps/v1", "StatefulSet", "volumeClaimTemplates", claim("1Gi"), claim("2Gi")),
        spec("apps/v1", "StatefulSet", "serviceName", json!("x"), json!("y")),
        spec("v1", "Service", "clusterIP", json!("None"), json!("")),
        spec("batch/v1", "Job", "template", json!({ "spec": { "x": 1 } }), json!({ "spec": { "x": 2 } })),
        spec("v1", "PersistentVolumeClaim", "accessModes", json!(["ReadWriteOnce"]), json!(["ReadWriteMany"])),
        changed("storage.k8s.io/v1", "StorageClass", json!({ "provisioner": "x" }), json!({ "provisioner": "y" })),
        changed(
            "rbac.authorization.k8s.io/v1",
            "RoleBinding",
            json!({ "roleRef": { "name": "x" } }),
            json!({ "roleRef": { "name": "y" } }),
        ),
        changed(
            "v1",
            "ConfigMap",
            json!({ "immutable": true, "data": { "a": "1" } }),
            json!({ "immutable": true, "data": { "a": "2" } }),
        ),
    ];
    assert_eq!(found, [Class::Recreate; 9]);
}

#[test]
fn claims() {
    let size = |size: &str| json!({ "spec": { "resources": { "requests": { "storage": size } } } });
    let of = |before: &str, after: &str| changed("v1", "PersistentVolumeClaim", size(before), size(after));
    assert_eq!((of("1Gi", "2Gi"), of("2Gi", "1Gi")), (Class::Capacity, Class::Recreate));
    let claim = || Some(object("v1", "PersistentVolumeClaim", size("1Gi")));
    assert_eq!((class(claim(), None), class(None, claim())), (Class::Data, Class::Data));
}

fn deployment(key: &str, before: Value, after: Value) -> Class {
    let spec = |value: Value| json!({ "spec": { "replicas": 2, key: value } });
    changed("apps/v1", "Deployment", spec(before), spec(after))
}

#[test]
fn pods_that_end() {
    let rolling =
        |unavailable: Value| json!({ "type": "RollingUpdate", "rollingUpdate": { "maxUnavailable": unavailable } });
    assert_eq!(deployment("replicas", json!(2), json!(0)), Class::Outage);
    assert_eq!(deployment("replicas", json!(2), json!(1)), Class::Capacity);
    assert_eq!(deployment("strategy", rolling(json!(1)), json!({ "type": "Recreate" })), Class::Outage);
    assert_eq!(deployment("strategy", rolling(json!(1)), rolling(json!("100%"))), Class::Outage);
    assert_eq!(deployment("strategy", rolling(json!(0)), rolling(json!(1))), Class::Capacity);
    let grace = |seconds: u32| json!({ "spec": { "terminationGracePeriodSeconds": seconds } });
    assert_eq!(deployment("template", grace(60), grace(30)), Class::Outage);
    assert_eq!(deployment("template", grace(30), grace(60)), Class::Restart);
    assert_eq!(class(Some(object("apps/v1", "Deployment", json!({ "spec": {} }))), None), Class::Outage);
}

#[test]
fn disruption_budgets() {
    let budget = |key: &str, before: Value, after: Value| {
        changed(
            "policy/v1",
            "PodDisruptionBudget",
            json!({ "spec": { key: before } }),
            json!({ "spec": { key: after } }),
        )
    };
    assert_eq!(budget("minAvailable", json!(2), json!(1)), Class::Outage);
    assert_eq!(budget("maxUnavailable", json!("25%"), json!("50%")), Class::Outage);
    assert_ne!(budget("maxUnavailable", json!(2), json!(1)), Class::Outage);
}

#[test]
fn what_can_be_reached() {
    let spec = |key: &str, value: Value| json!({ "spec": { key: value } });
    assert_eq!(
        changed("v1", "Service", spec("type", json!("ClusterIP")), spec("type", json!("LoadBalancer"))),
        Class::Exposure
    );
    let security = |root: bool| json!({ "spec": { "securityContext": { "runAsNonRoot": root } } });
    assert_eq!(deployment("template", security(true), security(false)), Class::Exposure);
    let tls =
        |text: &str| json!({ "spec": { "containers": [{ "name": "c", "env": [{ "name": "DB", "value": text }] }] } });
    assert_eq!(deployment("template", tls("jdbc:x?useSSL=true"), tls("jdbc:x?useSSL=false")), Class::Exposure);
    assert_eq!(deployment("template", tls("jdbc:x?useSSL=true"), tls("jdbc:y?useSSL=true")), Class::Restart);
    let rules = |verb: &str| json!({ "rules": [{ "verbs": [verb], "resources": ["pods"], "apiGroups": [""] }] });
    assert_eq!(changed("rbac.authorization.k8s.io/v1", "Role", rules("get"), rules("delete")), Class::Exposure);
    let ports = |ports: Value| json!({ "spec": { "ports": ports } });
    let (one, two) = (json!({ "port": 1 }), json!({ "port": 2 }));
    assert_eq!(changed("v1", "Service", ports(json!([one, two])), ports(json!([one]))), Class::Outage);
}

#[test]
fn what_is_only_told() {
    let labels = |value: &str| json!({ "metadata": { "name": "a", "labels": { "x": value } } });
    assert_eq!(changed("apps/v1", "Deployment", labels("1"), labels("2")), Class::Cosmetic);
    let unknown = |value: u32| json!({ "spec": { "size": value } });
    assert_eq!(changed("example.com/v1", "Thing", unknown(1), unknown(2)), Class::Cosmetic);
    assert_eq!(
        changed("v1", "Secret", json!({ "data": { "a": "eA==" } }), json!({ "data": { "a": "eQ==" } })),
        Class::Restart
    );
}

#[test]
fn a_rollout_takes_as_long_as_its_waves() {
    let template = |image: &str| {
        json!({ "spec": {
            "terminationGracePeriodSeconds": 100,
            "containers": [{ "name": "c", "image": image, "startupProbe": { "periodSeconds": 10, "failureThreshold": 60 } }],
        } })
    };
    let workload = |image: &str, strategy: Value| {
        object(
            "apps/v1",
            "Deployment",
            json!({ "spec": {
            "replicas": 3, "minReadySeconds": 60, "strategy": strategy, "template": template(image),
        } }),
        )
    };
    let scaler = object(
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        json!({ "spec": {
        "minReplicas": 3, "maxReplicas": 12, "scaleTargetRef": { "name": "a" },
    } }),
    );
    let of = |strategy: Value, scaled: bool| {
        let values = Value::Null;
        let with = |image: &str| -> Vec<Value> {
            let scaler = scaled.then(|| scaler.clone());
            scaler.into_iter().chain([workload(image, strategy.clone())]).collect()
        };
        let (before, after) = (rendering(&with("one"), &values), rendering(&with("two"), &values));
        let found = rollouts(&difference(&before, &after, Matching::OneRelease), &after);
        let [rollout] = found.as_slice() else { unreachable!("{found:?}") };
        (rollout.fewest, rollout.most, rollout.at_a_time, rollout.longest_seconds, rollout.gap)
    };
    let rolling = |surge: Value, unavailable: Value| json!({ "rollingUpdate": { "maxSurge": surge, "maxUnavailable": unavailable } });
    // Three waves of one pod, each 600 s of startup and 60 s of readiness, then the last pod's drain.
    assert_eq!(of(rolling(json!(1), json!(0)), false), (3, 3, 1, 3 * 660 + 100, false));
    assert_eq!(of(rolling(json!("25%"), json!(1)), true), (3, 12, 4, 3 * 660 + 100, false));
    assert_eq!(of(rolling(json!(0), json!("10%")), false), (3, 3, 1, 3 * 660 + 100, false), "never nothing at a time");
    assert_eq!(of(json!({ "type": "Recreate" }), false), (3, 3, 3, 660 + 100, true));
}

#[test]
fn every_class_has_its_rule() {
    assert_eq!(RULES.map(|rule| rule.class), Class::ALL);
    assert!(Class::ALL.is_sorted_by(|graver, less| graver > less));
    for rule in RULES {
        assert!(!rule.what.is_empty() && !rule.why.is_empty() && !rule.advice.is_empty());
        assert_eq!(Class::named(rule.class.name()), Some(rule.class));
    }
}
