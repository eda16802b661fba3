//! The difference, case by case.

use serde_json::{Value, json};

use super::*;
use crate::rendering::Origin;

/// What differs between two sets of objects, a line each.
fn told(before: &[Value], after: &[Value]) -> Vec<String> {
    told_of((before, "n"), (after, "n"), Matching::OneRelease)
}

fn told_of(before: (&[Value], &str), after: (&[Value], &str), matching: Matching) -> Vec<String> {
    let values = Value::Null;
    let origin = |_: &[helmwright_yaml::PathSegment]| Origin::Default { version: "1".to_owned() };
    let rendering = |objects: &[Value], namespace: &'static str| Rendering {
        release: "r",
        namespace,
        chart_version: "1",
        values: &values,
        origin: Box::new(origin),
        layers: Vec::new(),
        objects: objects.iter().map(|object| Rendered { template: String::new(), object: object.clone() }).collect(),
        nodes: &[],
    };
    let namespaces = [before.1, after.1].map(|name| if name == "n" { "n" } else { "m" });
    let (before, after) = (rendering(before.0, namespaces[0]), rendering(after.0, namespaces[1]));
    let mut lines = Vec::new();
    for object in difference(&before, &after, matching) {
        match object.fate {
            Fate::Added => lines.push(format!("+ {}", object.identity.title())),
            Fate::Removed => lines.push(format!("- {}", object.identity.title())),
            Fate::Renamed { from } => lines.push(format!("{from} -> {}", object.identity.title())),
            Fate::Changed => {}
        }
        lines.extend(object.fields.iter().map(|field| format!("{}: {}", field.place, one_line(&field.change))));
    }
    lines
}

fn one_line(change: &Change) -> String {
    match change {
        Change::Added { new } => format!("+ {new}"),
        Change::Removed { old } => format!("- {old}"),
        Change::Changed { old, new } => format!("{old} -> {new}"),
        Change::Text { lines } => {
            lines.iter().map(|line| format!("{:?} {} {:?}; ", line.sign, line.number, line.text)).collect()
        }
        Change::Order { old, new } => format!("{} -> {}", old.join(","), new.join(",")),
        Change::Secret { now } => format!("{now:?}"),
    }
}

fn object(api_version: &str, kind: &str, name: &str, rest: Value) -> Value {
    let mut object = json!({ "apiVersion": api_version, "kind": kind, "metadata": { "name": name, "namespace": "n" } });
    let own = object.as_object_mut().unwrap();
    own.extend(rest.as_object().unwrap().clone());
    object
}

fn deployment(containers: Value) -> Value {
    object("apps/v1", "Deployment", "a", json!({ "spec": { "template": { "spec": containers } } }))
}

fn fields(before: Value, after: Value) -> Vec<String> {
    told(&[deployment(before)], &[deployment(after)])
}

const NOTHING: [&str; 0] = [];

#[test]
fn variables_that_look_secret_are_told_without_their_values() {
    let pod = |env: Value| {
        let container = json!({ "name": "c", "env": env });
        json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "d" },
            "spec": { "template": { "spec": { "containers": [container] } } },
        })
    };
    let secret = |value: &str| json!({ "name": "DB_PASSWORD", "value": value });
    let host = json!({ "name": "HOST", "value": "h" });
    for (before, after) in [
        (json!([secret("hunter1")]), json!([secret("hunter2")])),
        (json!([host]), json!([host, secret("hunter2")])),
        (json!([host, secret("hunter1")]), json!([host])),
        (json!([]), json!([secret("hunter2")])),
    ] {
        let changes = super::fields::changes(&pod(before), &pod(after));
        let told = format!("{changes:?}");
        assert!(!changes.is_empty() && told.contains("DB_PASSWORD") && !told.contains("hunter"), "{told}");
    }
    let settings = |value: &str, host: &str| {
        let text = format!("env.HOST={host}\nenv.DB.PASSWORD={value}\n");
        json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "c" }, "data": { "envSettings.props": text } })
    };
    for (old, new) in [("a", "a"), ("a", "b")] {
        let changes = super::fields::changes(&settings("hunter1", old), &settings("hunter2", new));
        assert_eq!(changes.len(), 1);
        assert!(!format!("{changes:?}").contains("hunter"), "{changes:?}");
    }
}

#[test]
fn lists_with_keys_may_be_reordered() {
    let container = |env: Value, ports: Value| json!({ "containers": [{ "name": "c", "env": env, "ports": ports }] });
    let before = container(
        json!([{ "name": "A", "value": "1" }, { "name": "B", "value": "2" }]),
        json!([{ "containerPort": 1, "protocol": "TCP" }, { "containerPort": 1, "protocol": "UDP" }]),
    );
    let after = container(
        json!([{ "name": "B", "value": "2" }, { "name": "A", "value": "1" }]),
        json!([{ "containerPort": 1, "protocol": "UDP" }, { "containerPort": 1, "protocol": "TCP" }]),
    );
    assert_eq!(fields(before, after), NOTHING);
}

#[test]
fn an_item_with_keys_is_found_wherever_it_stands() {
    let before =
        json!({ "volumes": [{ "name": "a", "emptyDir": {} }, { "name": "b", "emptyDir": { "sizeLimit": "1Gi" } }] });
    let after =
        json!({ "volumes": [{ "name": "b", "emptyDir": { "sizeLimit": "2Gi" } }, { "name": "c", "emptyDir": {} }] });
    let at = "spec.template.spec.volumes";
    assert_eq!(
        fields(before, after),
        [
            format!(r#"{at}[b].emptyDir.sizeLimit: "1Gi" -> "2Gi""#),
            format!(r#"{at}[c]: + {{"name":"c","emptyDir":{{}}}}"#),
            format!(r#"{at}[a]: - {{"name":"a","emptyDir":{{}}}}"#),
        ]
    );
}

#[test]
fn order_counts_where_it_means_something() {
    let init = |names: [&str; 2]| json!({ "initContainers": names.map(|name| json!({ "name": name })) });
    assert_eq!(fields(init(["a", "b"]), init(["b", "a"])), ["spec.template.spec.initContainers: a,b -> b,a"]);
    let env = |first: Value, second: Value| json!({ "containers": [{ "name": "c", "env": [first, second] }] });
    let (home, path) = (json!({ "name": "HOME", "value": "/h" }), json!({ "name": "PATH", "value": "$(HOME)/bin" }));
    assert_eq!(
        fields(env(home.clone(), path.clone()), env(path, home)),
        ["spec.template.spec.containers[c].env: HOME,PATH -> PATH,HOME"]
    );
    let added = json!({ "initContainers": [{ "name": "z" }, { "name": "a" }, { "name": "b" }] });
    assert_eq!(
        fields(init(["a", "b"]), added),
        [r#"spec.template.spec.initContainers[z]: + {"name":"z"}"#],
        "those that stay keep their order"
    );
}

#[test]
fn lists_without_keys_are_compared_by_order() {
    let arguments = |arguments: Value| json!({ "containers": [{ "name": "c", "args": arguments }] });
    let at = "spec.template.spec.containers[c].args";
    assert_eq!(
        fields(arguments(json!(["a", "b"])), arguments(json!(["b", "a"]))),
        [format!(r#"{at}[0]: + "b""#), format!(r#"{at}[1]: - "b""#)]
    );
    assert_eq!(
        fields(arguments(json!(["a", "b", "c"])), arguments(json!(["a", "x", "c", "d"]))),
        [format!(r#"{at}[1]: "b" -> "x""#), format!(r#"{at}[3]: + "d""#)]
    );
}

#[test]
fn items_without_names_are_paired_by_likeness() {
    let rule = |cidr: &str, port: u16| json!({ "from": [{ "ipBlock": { "cidr": cidr } }], "ports": [{ "protocol": "TCP", "port": port }] });
    let policy = |rules: Vec<Value>| {
        object("networking.k8s.io/v1", "NetworkPolicy", "a", json!({ "spec": { "ingress": rules } }))
    };
    assert_eq!(
        told(
            &[policy(vec![rule("10.0.0.0/8", 80), rule("10.1.0.0/16", 443)])],
            &[policy(vec![rule("10.0.0.0/8", 80), rule("10.2.0.0/16", 443)])]
        ),
        [
            r#"spec.ingress[1].from[0]: - {"ipBlock":{"cidr":"10.1.0.0/16"}}"#,
            r#"spec.ingress[1].from[0]: + {"ipBlock":{"cidr":"10.2.0.0/16"}}"#
        ]
    );
    assert_eq!(
        told(&[policy(vec![rule("a", 1), rule("b", 2)])], &[policy(vec![rule("b", 2)])]),
        [format!("spec.ingress[0]: - {}", rule("a", 1))]
    );
}

#[test]
fn quantities_count_by_value() {
    let resources = |cpu: Value, memory: &str| json!({ "containers": [{ "name": "c", "resources": { "requests": { "cpu": cpu, "memory": memory } } }] });
    assert_eq!(fields(resources(json!("500m"), "1Gi"), resources(json!("0.5"), "1024Mi")), NOTHING);
    assert_eq!(fields(resources(json!("2"), "1Gi"), resources(json!(2), "1Gi")), NOTHING);
    assert_eq!(
        fields(resources(json!(1), "1Gi"), resources(json!(1), "1G")),
        [r#"spec.template.spec.containers[c].resources.requests.memory: "1Gi" -> "1G""#]
    );
    let label = |text: &str| object("v1", "Service", "a", json!({ "spec": { "selector": { "size": text } } }));
    assert_eq!(told(&[label("1Gi")], &[label("1024Mi")]), [r#"spec.selector.size: "1Gi" -> "1024Mi""#], "no quantity");
}

#[test]
fn numbers_count_by_value_and_texts_are_none() {
    let replicas = |replicas: Value| object("apps/v1", "Deployment", "a", json!({ "spec": { "replicas": replicas } }));
    assert_eq!(told(&[replicas(json!(3))], &[replicas(json!(3.0))]), NOTHING);
    assert_eq!(told(&[replicas(json!(3))], &[replicas(json!("3"))]), [r#"spec.replicas: 3 -> "3""#]);
    assert_eq!(told(&[replicas(json!(null))], &[object("apps/v1", "Deployment", "a", json!({ "spec": {} }))]), NOTHING);
}

#[test]
fn texts_are_compared_by_line() {
    let map = |script: &str| object("v1", "ConfigMap", "a", json!({ "data": { "run.sh": script } }));
    assert_eq!(
        told(&[map("a\nb\nc\n")], &[map("a\nB\nc\n")]),
        [r#"data["run.sh"]: Same 1 "a"; Removed 2 "b"; Added 2 "B"; Same 3 "c"; Same 4 ""; "#]
    );
}

#[test]
fn a_secret_is_told_without_its_value() {
    let secret = |rest: Value| object("v1", "Secret", "a", rest);
    let before = secret(json!({ "stringData": { "same": "x", "other": "hunter2", "gone": "hunter3" } }));
    let after = secret(json!({ "data": { "same": "eA==", "other": "aHVudGVyNA==", "new": "eA==" }, "type": "Opaque" }));
    assert_eq!(
        told(std::slice::from_ref(&before), std::slice::from_ref(&after)),
        [r#"type: + "Opaque""#, "data.gone: Removed", "data.new: Added", "data.other: Changed"]
    );
    assert_eq!(told(&[before], &[]), ["- Secret a"]);
    assert_eq!(told(&[], &[after]), ["+ Secret a"]);
}

#[test]
fn objects_are_matched_by_group_kind_namespace_and_name() {
    let of = |version: &str, namespace: &str| {
        let mut object = object(version, "HorizontalPodAutoscaler", "a", json!({ "spec": { "maxReplicas": 3 } }));
        object["metadata"]["namespace"] = namespace.into();
        object
    };
    assert_eq!(
        told(&[of("autoscaling/v1", "n")], &[of("autoscaling/v2", "n")]),
        [r#"apiVersion: "autoscaling/v1" -> "autoscaling/v2""#]
    );
    assert_eq!(
        told(&[of("autoscaling/v2", "n")], &[of("autoscaling/v2", "m")]),
        ["+ HorizontalPodAutoscaler a", "- HorizontalPodAutoscaler a"]
    );
    let two = |matching| told_of((&[of("autoscaling/v2", "n")], "n"), (&[of("autoscaling/v2", "m")], "m"), matching);
    assert_eq!(two(Matching::TwoReleases), NOTHING);
    assert_eq!(two(Matching::OneRelease).len(), 2);
}

#[test]
fn a_renamed_object_is_recognised() {
    let spec = json!({ "spec": { "ports": [{ "port": 80 }, { "port": 81 }], "selector": { "a": "b", "c": "d" }, "type": "ClusterIP" } });
    let (one, other) = (object("v1", "Service", "one", spec.clone()), object("v1", "Service", "other", spec));
    assert_eq!(
        told(std::slice::from_ref(&one), &[other]),
        ["one -> Service other", r#"metadata.name: "one" -> "other""#]
    );
    let stranger =
        object("v1", "Service", "stranger", json!({ "spec": { "externalName": "x", "type": "ExternalName" } }));
    assert_eq!(told(&[one], &[stranger]), ["+ Service stranger", "- Service one"]);
}

#[test]
fn of_several_likely_names_the_likeliest_is_taken() {
    let map = |name: &str, third: &str| {
        object(
            "v1",
            "ConfigMap",
            name,
            json!({ "data": { "a": "1", "b": "2", "c": third, "d": "4", "e": "5", "f": "6" } }),
        )
    };
    let told = told(&[map("x", "other"), map("y", "3")], &[map("z", "3")]);
    assert_eq!(told, ["y -> ConfigMap z", r#"metadata.name: "y" -> "z""#, "- ConfigMap x"]);
}

#[test]
fn a_group_of_objects_comes_and_goes() {
    let group = |name: &str| -> Vec<Value> {
        ["Service", "ServiceAccount"].map(|kind| object("v1", kind, name, json!({ "x": name }))).into()
    };
    let (one, both) = (group("one"), [group("one"), group("two")].concat());
    assert_eq!(told(&one, &both), ["+ Service two", "+ ServiceAccount two"]);
    assert_eq!(told(&both, &one), ["- Service two", "- ServiceAccount two"]);
    assert_eq!(told(&both, &[both[2].clone(), both[0].clone(), both[3].clone(), both[1].clone()]), NOTHING);
}

#[test]
fn what_kubernetes_does_not_know_is_compared_as_it_stands() {
    let thing =
        |items: Value| object("example.com/v1", "Thing", "a", json!({ "spec": { "items": items, "size": "1Gi" } }));
    assert_eq!(
        told(&[thing(json!([{ "name": "a" }, { "name": "b" }]))], &[thing(json!([{ "name": "b" }]))]),
        [r#"spec.items[0]: - {"name":"a"}"#]
    );
}
