//! What leads where: entries to Services, Services to workloads, workloads to what stores data.
//!
//! Read from the objects of both sides, so that what goes is in the drawing too. Limit: stores outside the cluster are those
//! that the gateways' own variables name.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::difference::Fate;
use crate::rendering::Rendering;
use crate::review::ObjectReview;
use crate::risk::Class;
use crate::stores::{Store, Stores};

/// Nodes and the ways between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topology {
    /// The nodes, column by column.
    pub nodes: Vec<Node>,
    /// Ways between nodes, by their numbers.
    pub edges: Vec<(usize, usize)>,
}

/// Something that calls come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it stands on the way of a call.
    pub column: Column,
    /// What it is: `Ingress`, `Cassandra`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What happens to it: in a word, and the gravest class; none if nothing does.
    pub mark: Option<(&'static str, Class)>,
}

/// Where a node stands on the way of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Calls come into the cluster.
    Entry,
    /// They have a name within it.
    Service,
    /// Pods answer them.
    Workload,
    /// Data is kept.
    Store,
}

/// The drawing of an environment's objects, with what happens to them.
pub(crate) fn topology(
    before: &Rendering<'_>,
    after: &Rendering<'_>,
    stores: &Stores,
    changes: &[ObjectReview],
) -> Topology {
    let mut drawing = Drawing { stores, found: BTreeMap::new(), edges: Vec::new() };
    // What is there after the change comes first: what is gone stands below it.
    for rendering in [after, before] {
        let objects: Vec<&Value> = rendering.objects.iter().map(|rendered| &rendered.object).collect();
        drawing.add(&objects);
    }
    drawing.finish(changes)
}

type Key = (Column, String, String);

struct Drawing<'a> {
    stores: &'a Stores,
    /// The nodes with the order in which they were found.
    found: BTreeMap<Key, usize>,
    edges: Vec<(Key, Key)>,
}

impl Drawing<'_> {
    fn node(&mut self, column: Column, kind: &str, name: &str) -> Key {
        let key = (column, kind.to_owned(), name.to_owned());
        let next = self.found.len();
        self.found.entry(key.clone()).or_insert(next);
        key
    }

    fn edge(&mut self, from: &Key, to: &Key) {
        let edge = (from.clone(), to.clone());
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }

    fn add(&mut self, objects: &[&Value]) {
        let name = |object: &Value| object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        for object in objects {
            let kind = object["kind"].as_str().unwrap_or_default();
            match kind {
                "Ingress" | "HTTPRoute" | "TLSRoute" | "Route" => {
                    let entry = self.node(Column::Entry, kind, &name(object));
                    for service in backends(object) {
                        let service = self.node(Column::Service, "Service", &service);
                        self.edge(&entry, &service);
                    }
                }
                "Service" => {
                    let service = self.node(Column::Service, kind, &name(object));
                    let selected = objects.iter().filter(|workload| selects(object, workload));
                    for workload in selected {
                        let workload =
                            self.node(Column::Workload, workload["kind"].as_str().unwrap_or_default(), &name(workload));
                        self.edge(&service, &workload);
                    }
                }
                "Deployment" | "StatefulSet" => {
                    let workload = self.node(Column::Workload, kind, &name(object));
                    self.stores(&workload, &object["spec"]["template"]["spec"]);
                }
                _ => {}
            }
        }
    }

    fn stores(&mut self, workload: &Key, pod: &Value) {
        let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
        for volume in list(&pod["volumes"]) {
            if let Some(claim) = volume["persistentVolumeClaim"]["claimName"].as_str() {
                let claim = self.node(Column::Store, "PersistentVolumeClaim", claim);
                self.edge(workload, &claim);
            }
        }
        for variable in list(&pod["containers"]).iter().flat_map(|container| list(&container["env"])) {
            let title = match variable["name"].as_str().and_then(|name| self.stores.named(name)) {
                Some(Store::CassandraHosts) => "Cassandra",
                Some(Store::MetricsDatabase) => "Metrics database",
                _ => continue,
            };
            if let Some(address) = variable["value"].as_str() {
                let store = self.node(Column::Store, title, &host(address));
                self.edge(workload, &store);
            }
        }
    }

    fn finish(self, changes: &[ObjectReview]) -> Topology {
        let mut keys: Vec<(Key, usize)> = self.found.into_iter().collect();
        keys.sort_by_key(|((column, ..), found)| (*column, *found));
        let mark = |kind: &str, name: &str| {
            let change = changes.iter().find(|change| change.identity.kind == kind && change.identity.name == name)?;
            let word = match change.fate {
                Fate::Added => "new",
                Fate::Removed => "gone",
                Fate::Changed => "changed",
                Fate::Renamed { .. } => "renamed",
            };
            Some((word, change.class))
        };
        let nodes = keys
            .iter()
            .map(|((column, kind, name), _)| Node {
                column: *column,
                kind: kind.clone(),
                name: name.clone(),
                mark: mark(kind, name),
            })
            .collect();
        let number = |key: &Key| keys.iter().position(|(known, _)| known == key);
        let edges = self.edges.iter().filter_map(|(from, to)| Some((number(from)?, number(to)?))).collect();
        Topology { nodes, edges }
    }
}

/// The Services that an entry leads to.
fn backends(entry: &Value) -> Vec<String> {
    fn walk(value: &Value, key: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                let name = match key {
                    "service" => Some(&value["name"]),
                    "backendRefs" => Some(&value["name"]),
                    "to" if value["kind"] == "Service" => Some(&value["name"]),
                    _ => None,
                };
                if let Some(name) = name.and_then(Value::as_str)
                    && !found.iter().any(|known| known == name)
                {
                    found.push(name.to_owned());
                }
                entries.iter().for_each(|(key, entry)| walk(entry, key, found));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, key, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&entry["spec"], "spec", &mut found);
    found
}

/// Whether a Service leads to a workload's pods.
fn selects(service: &Value, workload: &Value) -> bool {
    let labels = &workload["spec"]["template"]["metadata"]["labels"];
    let selector = service["spec"]["selector"].as_object();
    let is_workload = matches!(workload["kind"].as_str(), Some("Deployment" | "StatefulSet"));
    is_workload
        && selector
            .is_some_and(|selector| !selector.is_empty() && selector.iter().all(|(key, value)| labels[key] == *value))
}

/// The first host of an address: a URL's, or the first of a list.
fn host(address: &str) -> String {
    // Oracle's URLs have `@//` where others have `://`.
    let after_scheme = address.split_once("//").map_or(address, |(_, rest)| rest);
    let end = after_scheme.find(['/', ':', ',', '?', ';']).unwrap_or(after_scheme.len());
    let (first, rest) = after_scheme.split_at(end);
    let more = rest.split(',').count() - 1;
    if more > 0 { format!("{first} and {more} more") } else { first.to_owned() }
}
