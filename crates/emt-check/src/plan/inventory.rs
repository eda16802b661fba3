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
            Some("ExternalSecret") => vec![&object["spec"]["target"]["name"]],
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

/// Host names that have to lead to the entry of the cluster.
pub(super) fn names(objects: &[&Value]) -> Section {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for object in objects {
        let spec = &object["spec"];
        let hosts = match object["kind"].as_str().unwrap_or_default() {
            "Ingress" => elements(&spec["rules"]).map(|rule| text(&rule["host"])).collect(),
            "HTTPRoute" | "TLSRoute" => elements(&spec["hostnames"]).map(text).collect(),
            "Route" => vec![text(&spec["host"])],
            _ => Vec::new(),
        };
        for host in hosts.into_iter().filter(|host| !host.is_empty()) {
            let of = format!("{}/{}", text(&object["kind"]), text(&object["metadata"]["name"]));
            names.entry(host).or_default().insert(of);
        }
    }
    let line = |(host, of): (String, BTreeSet<String>)| {
        vec![host, "address of the load balancer".to_owned(), of.into_iter().collect::<Vec<_>>().join(", ")]
    };
    Section { title: "DNS records", columns: &["name", "leads to", "of"], lines: names.into_iter().map(line).collect() }
}
