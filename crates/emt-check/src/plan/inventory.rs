//! What the release refers to: storage, Secrets that others create, images, names in DNS.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Line, Section};
use crate::quantity::mebibytes;

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The pod of a workload; none for other objects.
fn pod(object: &Value) -> Option<&Value> {
    match object["kind"].as_str()? {
        "Pod" => Some(&object["spec"]),
        "CronJob" => Some(&object["spec"]["jobTemplate"]["spec"]["template"]["spec"]),
        _ => object["spec"]["template"].get("spec"),
    }
}

fn containers(pod: &Value) -> impl Iterator<Item = &Value> {
    elements(&pod["initContainers"]).chain(elements(&pod["containers"]))
}

/// Claims of the release and their sum.
pub(super) fn storage(objects: &[&Value]) -> Section {
    let claims: Vec<&&Value> = objects.iter().filter(|object| object["kind"] == "PersistentVolumeClaim").collect();
    let mut lines: Vec<Line> = Vec::new();
    let mut total = 0;
    for claim in claims {
        let spec = &claim["spec"];
        let size = text(&spec["resources"]["requests"]["storage"]);
        total += mebibytes(&size).unwrap_or(0);
        let class = spec["storageClassName"].as_str().unwrap_or("the cluster's default").to_owned();
        let modes: Vec<String> = elements(&spec["accessModes"]).map(text).collect();
        lines.push(vec![text(&claim["metadata"]["name"]), size, class, modes.join(", ")]);
    }
    if !lines.is_empty() {
        lines.push(vec!["total".to_owned(), format!("{total}Mi"), String::new(), String::new()]);
    }
    Section { title: "Storage", columns: &["claim", "size", "class", "access"], lines }
}

/// Secrets that pods refer to and the release does not make, with their keys and who reads them.
pub(super) fn secrets(objects: &[&Value]) -> Section {
    let made: BTreeSet<String> = objects
        .iter()
        .flat_map(|object| match object["kind"].as_str() {
            Some("Secret") => vec![&object["metadata"]["name"]],
            // What an operator makes of the release's own objects.
            Some("ExternalSecret") => vec![made_by(object)],
            Some("SealedSecret") => vec![&object["spec"]["template"]["metadata"]["name"], &object["metadata"]["name"]],
            Some("SecretProviderClass") => {
                elements(&object["spec"]["secretObjects"]).map(|made| &made["secretName"]).collect()
            }
            Some("Certificate") => vec![&object["spec"]["secretName"]],
            _ => Vec::new(),
        })
        .map(text)
        .collect();
    let mut wanted: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for object in objects {
        let Some(pod) = pod(object) else { continue };
        let user = text(&object["metadata"]["name"]);
        let mut want = |name: &Value, key: &str| {
            if let Some(name) = name.as_str().filter(|name| !made.contains(*name)) {
                let (keys, users) = wanted.entry(name.to_owned()).or_default();
                if !key.is_empty() {
                    keys.insert(key.to_owned());
                }
                users.insert(user.clone());
            }
        };
        for reference in elements(&pod["imagePullSecrets"]) {
            want(&reference["name"], ".dockerconfigjson");
        }
        let mut volumes = BTreeMap::new();
        for volume in elements(&pod["volumes"]) {
            want(&volume["secret"]["secretName"], "");
            volumes.insert(text(&volume["name"]), &volume["secret"]["secretName"]);
        }
        for container in containers(pod) {
            for variable in elements(&container["env"]) {
                let reference = &variable["valueFrom"]["secretKeyRef"];
                want(&reference["name"], reference["key"].as_str().unwrap_or_default());
            }
            for source in elements(&container["envFrom"]) {
                want(&source["secretRef"]["name"], "");
            }
            for mount in elements(&container["volumeMounts"]) {
                if let Some(name) = volumes.get(&text(&mount["name"])) {
                    want(name, mount["subPath"].as_str().unwrap_or_default());
                }
            }
        }
    }
    let join = |words: BTreeSet<String>| words.into_iter().collect::<Vec<_>>().join(", ");
    let lines = wanted.into_iter().map(|(name, (keys, users))| vec![name, join(keys), join(users)]).collect();
    Section { title: "Secrets to create before the release", columns: &["secret", "keys", "read by"], lines }
}

/// The name of the Secret that an ExternalSecret makes: its own where it says no other.
fn made_by(object: &Value) -> &Value {
    let target = &object["spec"]["target"]["name"];
    if target.is_null() { &object["metadata"]["name"] } else { target }
}

/// What the stores outside have to hold, from which operators and drivers make the Secrets of the release.
pub(super) fn stores(objects: &[&Value]) -> Section {
    let mut lines = Vec::new();
    for object in objects {
        let spec = &object["spec"];
        match object["kind"].as_str() {
            Some("ExternalSecret") => {
                let store = &spec["secretStoreRef"];
                let kind = store["kind"].as_str().unwrap_or("SecretStore");
                let store = format!("{kind}/{}", text(&store["name"]));
                let made = text(made_by(object));
                lines.extend(elements(&spec["dataFrom"]).map(|all| {
                    let held = all["extract"]["key"].as_str().map_or_else(|| "what it finds".to_owned(), str::to_owned);
                    vec![made.clone(), "all".to_owned(), store.clone(), held]
                }));
                lines.extend(elements(&spec["data"]).map(|data| {
                    let remote = &data["remoteRef"];
                    let property = remote["property"].as_str().map(|property| format!(", property {property}"));
                    let held = format!("{}{}", text(&remote["key"]), property.unwrap_or_default());
                    vec![made.clone(), text(&data["secretKey"]), store.clone(), held]
                }));
            }
            Some("SecretProviderClass") => {
                let store = format!("CSI provider {}", text(&spec["provider"]));
                for made in elements(&spec["secretObjects"]) {
                    let line = |data: &Value| {
                        vec![text(&made["secretName"]), text(&data["key"]), store.clone(), text(&data["objectName"])]
                    };
                    lines.extend(elements(&made["data"]).map(line));
                }
            }
            _ => {}
        }
    }
    Section {
        title: "What stores of secrets have to hold",
        columns: &["secret", "key", "store", "held there as"],
        lines,
    }
}

/// Images and the workloads that run them.
#[must_use]
pub fn images_of<'a>(objects: impl IntoIterator<Item = &'a Value>) -> BTreeMap<String, BTreeSet<String>> {
    let mut images: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for object in objects {
        for container in pod(object).into_iter().flat_map(containers) {
            images.entry(text(&container["image"])).or_default().insert(text(&object["metadata"]["name"]));
        }
    }
    images
}

/// Images and the pods that run them.
pub(super) fn images(objects: &[&Value]) -> Section {
    let line = |(image, users): (String, BTreeSet<String>)| {
        let pinned = if image.contains("@sha256:") { "digest" } else { "tag" };
        vec![image, pinned.to_owned(), users.into_iter().collect::<Vec<_>>().join(", ")]
    };
    Section {
        title: "Images",
        columns: &["image", "pinned by", "run by"],
        lines: images_of(objects.iter().copied()).into_iter().map(line).collect(),
    }
}

/// Host names that have to lead to the entries of the cluster.
pub(super) fn names(objects: &[&Value]) -> Section {
    let mut names: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for object in objects {
        let spec = &object["spec"];
        let (hosts, entries) = match object["kind"].as_str().unwrap_or_default() {
            "Ingress" => {
                let hosts: Vec<String> = elements(&spec["rules"]).map(|rule| text(&rule["host"])).collect();
                (hosts, vec![entry_of_ingress(object)])
            }
            "HTTPRoute" | "TLSRoute" => {
                (elements(&spec["hostnames"]).map(text).collect(), elements(&spec["parentRefs"]).map(gateway).collect())
            }
            "Route" => (vec![text(&spec["host"])], vec!["OpenShift's router".to_owned()]),
            _ => continue,
        };
        for host in hosts.into_iter().filter(|host| !host.is_empty()) {
            let (leads_to, of) = names.entry(host).or_default();
            leads_to.extend(entries.iter().cloned());
            of.insert(format!("{}/{}", text(&object["kind"]), text(&object["metadata"]["name"])));
        }
    }
    let join = |words: BTreeSet<String>| words.into_iter().collect::<Vec<_>>().join(", ");
    let lines = names.into_iter().map(|(host, (leads_to, of))| vec![host, join(leads_to), join(of)]).collect();
    Section { title: "DNS records", columns: &["name", "leads to", "of"], lines }
}

/// What an Ingress makes hosts reachable by.
fn entry_of_ingress(ingress: &Value) -> String {
    let annotation =
        |name: &str| ingress["metadata"]["annotations"][format!("alb.ingress.kubernetes.io/{name}")].as_str();
    match (annotation("group.name"), annotation("scheme")) {
        (Some(group), Some(scheme)) => format!("the {scheme} load balancer of the group {group}"),
        (Some(group), None) => format!("the load balancer of the group {group}"),
        (None, _) => format!("the controller of the class {}", text(&ingress["spec"]["ingressClassName"])),
    }
}

/// The Gateway that a route attaches to.
fn gateway(parent: &Value) -> String {
    let name = text(&parent["name"]);
    match parent["namespace"].as_str() {
        Some(namespace) => format!("the Gateway {namespace}/{name}"),
        None => format!("the Gateway {name}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_host_leads_to_what_publishes_it() {
        let annotations =
            json!({ "alb.ingress.kubernetes.io/group.name": "apim", "alb.ingress.kubernetes.io/scheme": "internal" });
        let objects = [
            json!({ "kind": "Ingress", "metadata": { "annotations": annotations }, "spec": { "rules": [{ "host": "alb" }] } }),
            json!({ "kind": "Ingress", "spec": { "ingressClassName": "nginx", "rules": [{ "host": "nginx" }] } }),
            json!({ "kind": "HTTPRoute", "spec": { "hostnames": ["gw"], "parentRefs": [{ "name": "edge", "namespace": "net" }] } }),
            json!({ "kind": "TLSRoute", "spec": { "hostnames": ["tls"], "parentRefs": [{ "name": "edge" }] } }),
            json!({ "kind": "Route", "spec": { "host": "route" } }),
        ];
        let names = names(&objects.iter().collect::<Vec<_>>());
        let told: Vec<[&str; 2]> = names.lines.iter().map(|line| [line[0].as_str(), line[1].as_str()]).collect();
        assert_eq!(
            told,
            [
                ["alb", "the internal load balancer of the group apim"],
                ["gw", "the Gateway net/edge"],
                ["nginx", "the controller of the class nginx"],
                ["route", "OpenShift's router"],
                ["tls", "the Gateway edge"],
            ]
        );
    }

    #[test]
    fn what_stores_have_to_hold_is_told_by_key() {
        let objects = [
            json!({ "kind": "ExternalSecret", "spec": {
                "secretStoreRef": { "kind": "ClusterSecretStore", "name": "vault" }, "target": { "name": "login" },
                "data": [
                    { "secretKey": "password", "remoteRef": { "key": "apim/login", "property": "password" } },
                    { "secretKey": "username", "remoteRef": { "key": "apim/user" } },
                ],
            } }),
            json!({ "kind": "SecretProviderClass", "spec": { "provider": "azure", "secretObjects": [
                { "secretName": "metrics", "data": [{ "key": "password", "objectName": "metrics-password" }] },
            ] } }),
        ];
        let stores = stores(&objects.iter().collect::<Vec<_>>());
        assert_eq!(
            stores.lines,
            [
                ["login", "password", "ClusterSecretStore/vault", "apim/login, property password"],
                ["login", "username", "ClusterSecretStore/vault", "apim/user"],
                ["metrics", "password", "CSI provider azure", "metrics-password"],
            ]
        );
    }
}
