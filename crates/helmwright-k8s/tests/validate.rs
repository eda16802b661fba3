//! Validation: what it accepts, and one refusal of each kind.

#![allow(clippy::unwrap_used, reason = "tests")]

use helmwright_k8s::{Problem, Reason, SUPPORTED, Version, table, validate, validate_as, validate_shape};
use serde_json::{Value, json};

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn deployment() -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {
            "name": "traffic",
            "labels": { "app.kubernetes.io/name": "traffic" },
            "creationTimestamp": "2030-01-31T12:00:00Z",
        },
        "spec": {
            "replicas": 3,
            "selector": { "matchLabels": { "app.kubernetes.io/name": "traffic" } },
            "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxSurge": "25%", "maxUnavailable": 0 } },
            "template": {
                "metadata": { "labels": { "app.kubernetes.io/name": "traffic" } },
                "spec": {
                    "terminationGracePeriodSeconds": 75,
                    "securityContext": { "runAsNonRoot": true, "fsGroup": 1000 },
                    "tolerations": [{ "key": "apim", "operator": "Exists", "effect": "" }],
                    "containers": [{
                        "name": "gateway",
                        "image": "registry.example.com/gateway:1",
                        "imagePullPolicy": "IfNotPresent",
                        "env": [{ "name": "XMX", "value": "1512m" }],
                        "ports": [{ "name": "http", "containerPort": 8080, "protocol": "TCP" }],
                        "resources": { "requests": { "cpu": "500m", "memory": "0.5Gi" }, "limits": { "cpu": 2, "memory": "2Gi" } },
                        "readinessProbe": { "httpGet": { "path": "/healthcheck", "port": "http", "scheme": "HTTP" } },
                        "volumeMounts": [{ "name": "events", "mountPath": "/events" }],
                    }],
                    "volumes": [{ "name": "events", "persistentVolumeClaim": { "claimName": "events" } }, { "name": "tmp", "emptyDir": {} }],
                },
            },
        },
    })
}

/// Validates the deployment after one change.
fn changed(pointer: &str, value: Value) -> Vec<Problem> {
    let mut object = deployment();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = object.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => other[key] = value,
    }
    validate(&object, version("1.35"))
}

#[track_caller]
fn only(problems: Vec<Problem>, pointer: &str, reason: Reason, text: &str) {
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!((problems[0].pointer.as_str(), problems[0].reason), (pointer, reason), "{}", problems[0]);
    assert!(problems[0].to_string().contains(text), "{}", problems[0]);
}

const CONTAINER: &str = "/spec/template/spec/containers/0";

#[test]
fn a_good_object_passes_in_every_version() {
    for version in SUPPORTED {
        assert_eq!(validate(&deployment(), version), [], "{version}");
    }
}

#[test]
fn every_kind_is_known_and_passes_when_minimal() {
    let minimal = [
        json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "a" }, "data": { "k": "v" } }),
        json!({ "apiVersion": "v1", "kind": "Secret", "metadata": {}, "type": "Opaque", "data": { "k": "YQ==" }, "stringData": { "l": "b" } }),
        json!({ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": {}, "automountServiceAccountToken": false }),
        json!({ "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {}, "spec": {
            "accessModes": ["ReadWriteMany"], "resources": { "requests": { "storage": "13Gi" } } } }),
        json!({ "apiVersion": "batch/v1", "kind": "CronJob", "metadata": {}, "spec": { "schedule": "* * * * *", "jobTemplate": {} } }),
        json!({ "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {}, "spec": {
            "maxReplicas": 12, "scaleTargetRef": { "kind": "Deployment", "name": "traffic" },
            "metrics": [{ "type": "Resource", "resource": { "name": "cpu", "target": { "type": "Utilization", "averageUtilization": 75 } } }] } }),
        json!({ "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {}, "spec": { "maxUnavailable": 1 } }),
        json!({ "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {}, "spec": {
            "podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{ "ports": [{ "port": "http", "endPort": 1, "protocol": "TCP" }] }] } }),
        json!({ "apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {}, "spec": { "rules": [{ "http": { "paths": [
            { "pathType": "Prefix", "path": "/", "backend": { "service": { "name": "a", "port": { "number": 80 } } } }] } }] } }),
        json!({ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {},
            "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "a" }, "subjects": [{ "kind": "User", "name": "u" }] }),
        json!({ "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {}, "spec": {
            "serviceName": "a", "selector": {}, "template": {}, "volumeClaimTemplates": [
                { "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": { "name": "data" }, "spec": {} }] } }),
    ];
    for object in minimal {
        for version in SUPPORTED {
            assert_eq!(validate(&object, version), [], "{object} in {version}");
        }
    }
    let kinds: Vec<&str> = table::kinds().filter_map(|found| found.kind).map(|kind| kind.kind).collect();
    for kind in [
        "Deployment",
        "DaemonSet",
        "Job",
        "Pod",
        "Service",
        "PersistentVolume",
        "IngressClass",
        "Role",
        "ClusterRole",
        "ClusterRoleBinding",
        "ResourceQuota",
        "LimitRange",
        "Namespace",
        "StorageClass",
        "PriorityClass",
    ] {
        assert!(kinds.contains(&kind), "{kind}");
    }
}

#[test]
fn unknown_fields() {
    only(changed("/spec/replcias", json!(1)), "/spec/replcias", Reason::UnknownField, "did you mean `replicas`?");
    only(
        changed("/spec/strategy/maxSurge", json!(1)),
        "/spec/strategy/maxSurge",
        Reason::UnknownField,
        "its fields are `rollingUpdate`, `type`",
    );
    only(changed("/status", json!({})), "/status", Reason::UnknownField, "written by the cluster");
    let pointer = "/metadata/a~1b";
    let mut object = deployment();
    object["metadata"]["a/b"] = json!(1);
    only(validate(&object, Version::OLDEST), pointer, Reason::UnknownField, "no field of ObjectMeta");
}

#[test]
fn unknown_kinds() {
    only(changed("/kind", json!("Deploymnet")), "/kind", Reason::UnknownKind, "did you mean `Deployment`?");
    only(
        changed("/apiVersion", json!("extensions/v1beta1")),
        "/kind",
        Reason::UnknownKind,
        "`Deployment` is a kind of `apps/v1`",
    );
    only(validate(&json!({ "kind": "Pod" }), Version::OLDEST), "", Reason::Missing, "`apiVersion` is required");
    only(validate(&json!([]), Version::OLDEST), "", Reason::WrongType, "found a list");
}

#[test]
fn wrong_types() {
    let types = [
        ("/spec/replicas", json!("3"), "expected an integer, found a string"),
        ("/spec/replicas", json!(1.5), "expected an integer, found a fraction"),
        ("/metadata/labels/n", json!(1), "expected a string, found an integer"),
        ("/metadata/labels", json!(["a"]), "expected a map, found a list"),
        ("/spec/template", json!("x"), "expected a PodTemplateSpec, found a string"),
        ("/spec/template/spec/securityContext/runAsNonRoot", json!("true"), "expected a boolean, found a string"),
        ("/spec/template/spec/volumes", json!({}), "expected a list, found a map"),
        ("/spec/strategy/rollingUpdate/maxSurge", json!([]), "expected an integer or a string, found a list"),
        ("/spec/template/spec/containers/0/resources/limits/cpu", json!({}), "expected a quantity, found a map"),
    ];
    for (pointer, value, text) in types {
        only(changed(pointer, value), pointer, Reason::WrongType, text);
    }
    assert_eq!(changed("/spec/replicas", json!(3.0)), []);
}

#[test]
fn nulls_and_ranges() {
    only(changed("/spec/replicas", Value::Null), "/spec/replicas", Reason::Null, "leave the field out");
    only(
        changed("/spec/template/spec/volumes/1/emptyDir", Value::Null),
        "/spec/template/spec/volumes/1/emptyDir",
        Reason::Null,
        "found null",
    );
    only(changed("/spec/replicas", json!(3_000_000_000_u32)), "/spec/replicas", Reason::OutOfRange, "32 bits");
    assert_eq!(changed("/spec/template/spec/securityContext/fsGroup", json!(3_000_000_000_u32)), []);
}

#[test]
fn missing_fields() {
    let mut object = deployment();
    object["spec"].as_object_mut().unwrap().remove("selector");
    only(validate(&object, Version::OLDEST), "/spec", Reason::Missing, "`selector` is required in DeploymentSpec");
    only(
        changed(&format!("{CONTAINER}/ports/0"), json!({})),
        &format!("{CONTAINER}/ports/0"),
        Reason::Missing,
        "`containerPort`",
    );
}

#[test]
fn enumerations() {
    let policy = format!("{CONTAINER}/imagePullPolicy");
    only(changed(&policy, json!("ifNotPresent")), &policy, Reason::NotAllowed, "did you mean `IfNotPresent`?");
    only(
        changed(&policy, json!("Sometimes")),
        &policy,
        Reason::NotAllowed,
        "allowed are `Always`, `IfNotPresent`, `Never`",
    );
    let claim = json!({ "accessModes": ["RWX"] });
    let claim = validate_as(table::object_type("PersistentVolumeClaimSpec").unwrap(), &claim, Version::OLDEST);
    only(claim, "/accessModes/0", Reason::NotAllowed, "`RWX` is no value of `accessModes`");
}

#[test]
fn malformed_texts() {
    let memory = format!("{CONTAINER}/resources/limits/memory");
    only(changed(&memory, json!("2GB")), &memory, Reason::Malformed, "did you mean `Gi`");
    only(
        changed("/metadata/creationTimestamp", json!("yesterday")),
        "/metadata/creationTimestamp",
        Reason::Malformed,
        "RFC 3339",
    );
    let secret = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": {}, "data": { "k": "s3cret!" } });
    let problems = validate(&secret, Version::OLDEST);
    assert!(!problems[0].to_string().contains("s3cret"), "a secret's text stands in no message");
    only(problems, "/data/k", Reason::Malformed, "base64");
}

#[test]
fn fields_and_values_know_their_versions() {
    // New in 1.34; gone after 1.35; required up to 1.34; a value since 1.35.
    let container = table::object_type("Container").unwrap();
    let young = json!({ "name": "a", "restartPolicyRules": [] });
    only(
        validate_as(container, &young, version("1.33")),
        "/restartPolicyRules",
        Reason::OtherVersion,
        "exists since Kubernetes 1.34, not in 1.33",
    );
    assert_eq!(validate_as(container, &young, version("1.34")), []);
    let pod = table::object_type("PodSpec").unwrap();
    let gone = json!({ "containers": [], "workloadRef": { "name": "a", "podGroup": "b" } });
    assert_eq!(validate_as(pod, &gone, version("1.35")), []);
    only(
        validate_as(pod, &gone, version("1.36")),
        "/workloadRef",
        Reason::OtherVersion,
        "exists up to Kubernetes 1.35",
    );
    let pattern = table::object_type("PodFailurePolicyOnPodConditionsPattern").unwrap();
    let pattern_value = json!({ "type": "DisruptionTarget" });
    only(validate_as(pattern, &pattern_value, version("1.34")), "", Reason::Missing, "`status`");
    assert_eq!(validate_as(pattern, &pattern_value, version("1.35")), []);
    let tolerations = &pod.field("tolerations").unwrap().shape;
    let value = json!([{ "key": "a", "operator": "Gt", "value": "1" }]);
    only(
        validate_shape(tolerations, &value, version("1.34")),
        "/0/operator",
        Reason::OtherVersion,
        "`Gt` is allowed since Kubernetes 1.35",
    );
    assert_eq!(validate_shape(tolerations, &value, version("1.35")), []);
}

#[test]
fn lists_know_their_keys() {
    let keys =
        |name: &str, field: &str| table::object_type(name).unwrap().field(field).unwrap().list_map_keys().join(" ");
    for (name, field, expected) in [
        ("PodSpec", "containers", "name"),
        ("PodSpec", "volumes", "name"),
        ("PodSpec", "imagePullSecrets", "name"),
        ("PodSpec", "hostAliases", "ip"),
        ("PodSpec", "tolerations", ""),
        ("PodSpec", "topologySpreadConstraints", "topologyKey whenUnsatisfiable"),
        ("Container", "env", "name"),
        ("Container", "ports", "containerPort protocol"),
        ("Container", "volumeMounts", "mountPath"),
        ("ServiceSpec", "ports", "port protocol"),
        ("StatefulSetSpec", "volumeClaimTemplates", ""),
    ] {
        assert_eq!(keys(name, field), expected, "{name}.{field}");
    }
    assert_eq!(table::object_type("ObjectMeta").unwrap().field("finalizers").unwrap().list, table::ListKind::Set);
}
