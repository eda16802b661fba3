//! What a rule looks at: an environment's values with their types, its groups as templates see them, and its objects.
//!
//! Must not know any rule.

use std::collections::BTreeMap;

use emt_model::Values;
use emt_model::choices::{CertificateSource, Exposure, IngressController, TraceLevel};
use emt_model::configuration::Configuration;
use emt_model::databases::Cassandra;
use emt_model::group::GatewayGroup;
use emt_model::hatches::Env;
use emt_model::ingress::{AdminNodeManagerHosts, GroupHosts, Ingress, Parent, SessionAffinity, TrafficIngress};
use emt_model::names::{Cidr, HostLabel};
use emt_model::numbers::{Mebibytes, PositiveSeconds, Threshold};
use emt_model::pod::{DisruptionBudget, Drain, Jvm, Resources, Rollout, TopologySpread};
use emt_model::stage::Stage;
use emt_model::surge::CountOrPercentage;
use helmwright::values::merge::overlay;
use serde_json::Value;

use crate::plan::{Rounding, share};
use crate::{Infrastructure, Rendered};

/// An environment to look at.
#[derive(Debug)]
pub struct Subject<'a> {
    /// Its name; none for values that belong to no environment.
    pub environment: Option<&'a str>,
    /// What it is for, where that is known.
    pub stage: Option<Stage>,
    /// Whether it takes over when the environment that it is promoted from is lost.
    pub standby: bool,
    /// The Kubernetes version of its cluster, where that is known.
    pub kubernetes_version: Option<helmwright_k8s::Version>,
    /// What it runs on, as far as that is known.
    pub infrastructure: &'a Infrastructure,
    /// What was rendered.
    pub rendered: &'a Rendered<'a>,
    /// The values.
    pub values: Values,
    /// The gateway groups that run.
    pub groups: Vec<Group>,
    /// The Admin Node Manager's ingress: its own keys over the root's.
    pub admin_ingress: Ingress,
}

/// A gateway group, as templates see it: its own keys over those of `gatewayGroupDefaults`.
#[derive(Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// `gatewayGroups` and the name.
    pub path: String,
    /// The group.
    pub values: GatewayGroup,
    /// Its Cassandra: its own keys over the root's.
    pub cassandra: Cassandra,
    /// The ingress of its API Manager.
    pub manager_ingress: Ingress,
    /// The ingress of its traffic gateways.
    pub traffic_ingress: TrafficIngress,
}

impl Group {
    /// Whether its API Manager has a host.
    #[must_use]
    pub fn publishes_manager(&self) -> bool {
        self.values.manager.enabled && self.manager_ingress.enabled && has_any(&[&self.values.hosts.manager])
    }

    /// Whether a port of its traffic gateways has a host.
    #[must_use]
    pub fn publishes_traffic(&self) -> bool {
        let GroupHosts { manager: _, traffic, plain, sample, secure, oauth } = &self.values.hosts;
        self.traffic_ingress.enabled && has_any(&[traffic, plain, sample, secure, oauth])
    }
}

fn has_any(hosts: &[&HostLabel]) -> bool {
    hosts.iter().any(|host| !host.as_str().is_empty())
}

/// Which component pods are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Component {
    /// The Admin Node Manager.
    AdminNodeManager,
    /// API Manager of a group.
    Manager,
    /// The traffic gateways of a group.
    Traffic,
}

/// A probe, of whichever port.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    period: PositiveSeconds,
    threshold: Threshold,
}

impl Probe {
    /// Seconds until a pod that never answers counts as failed.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.period.get() * self.threshold.get()
    }

    /// Failures in a row until Kubernetes acts.
    #[must_use]
    pub fn threshold(&self) -> i64 {
        self.threshold.get()
    }
}

/// The pods of a component that runs: what all components have.
#[derive(Debug)]
pub struct Pod<'s> {
    /// Path of the component's values.
    pub path: String,
    /// Which component.
    pub component: Component,
    /// Smallest number of pods, and the path that says so.
    pub least: (i64, String),
    /// Largest number of pods.
    pub most: i64,
    /// Java heap.
    pub heap: Mebibytes,
    /// `resources`.
    pub resources: &'s Resources,
    /// `rollout`.
    pub rollout: &'s Rollout,
    /// `drain`.
    pub drain: &'s Drain,
    /// `disruptionBudget`.
    pub disruption_budget: &'s DisruptionBudget,
    /// `topologySpread`; the only pod of the Admin Node Manager has none.
    pub topology_spread: Option<&'s TopologySpread>,
    /// `probes.startup`.
    pub startup: Probe,
    /// `probes.readiness`.
    pub readiness: Probe,
    /// `probes.liveness`.
    pub liveness: Probe,
    /// `traceLevel`.
    pub trace_level: TraceLevel,
    /// `jvm`.
    pub jvm: &'s Jvm,
    /// `env`.
    pub env: &'s Env,
    /// Seconds that the entry waits for an answer; none where nothing is published.
    pub request_seconds: Option<i64>,
    /// Seconds after which the entry gives up a request that nothing was answered to, and the path that says so; none
    /// where nothing is published.
    pub entry_timeout: Option<(i64, String)>,
}

/// What all components have, of one of them.
macro_rules! pod {
    ($values:expr, $path:expr, $component:ident, $least:expr, $most:expr, $spread:expr, $ingress:expr, $is_published:expr) => {{
        let (values, ingress, path) = ($values, $ingress, $path);
        let probe = |period, threshold| Probe { period, threshold };
        let (startup, readiness, liveness) =
            (&values.probes.startup, &values.probes.readiness, &values.probes.liveness);
        let request = ingress.limits.request_seconds.get();
        // An AWS load balancer knows no limit for a request, only one for silence.
        let (key, seconds) = match ingress.controller {
            IngressController::Alb => ("idleSeconds", ingress.limits.idle_seconds.get()),
            _ => ("requestSeconds", request),
        };
        Pod {
            request_seconds: $is_published.then_some(request),
            entry_timeout: $is_published.then(|| (seconds, format!("{path}.ingress.limits.{key}"))),
            path,
            component: Component::$component,
            least: $least,
            most: $most,
            heap: values.heap_size_mib,
            resources: &values.resources,
            rollout: &values.rollout,
            drain: &values.drain,
            disruption_budget: &values.disruption_budget,
            topology_spread: $spread,
            startup: probe(startup.period_seconds, startup.failure_threshold),
            readiness: probe(readiness.period_seconds, readiness.failure_threshold),
            liveness: probe(liveness.period_seconds, liveness.failure_threshold),
            trace_level: values.trace_level,
            jvm: &values.jvm,
            env: &values.env,
        }
    }};
}

/// How the hosts of a component are published: what entries for administrators and for callers have in common.
#[derive(Debug)]
pub struct Entry<'s> {
    /// Path of the component's ingress.
    pub path: String,
    /// Whether the hosts are for administrators.
    pub is_administration: bool,
    /// `controller`.
    pub controller: IngressController,
    /// `exposure`.
    pub exposure: Exposure,
    /// `parent`.
    pub parent: &'s Parent,
    /// The key of the ranges that may call; none where everybody may who gets there.
    pub ranges: Option<&'static str>,
    /// `http2`.
    pub http2: bool,
    /// `certificate.source`.
    pub certificate_source: CertificateSource,
    /// `sessionAffinity`.
    pub session_affinity: &'s SessionAffinity,
}

/// What all entries have in common, of one of them.
macro_rules! entry {
    ($path:expr, $ingress:expr, $is_administration:expr, $ranges:expr) => {{
        let ingress = $ingress;
        Entry {
            path: $path,
            is_administration: $is_administration,
            controller: ingress.controller,
            exposure: ingress.exposure,
            parent: &ingress.parent,
            ranges: $ranges,
            http2: ingress.http2,
            certificate_source: ingress.certificate.source,
            session_affinity: &ingress.session_affinity,
        }
    }};
}

/// From which addresses administrators may call, and the key that says so: their own ranges, else those of everybody.
pub(super) fn administrators_ranges(ingress: &Ingress) -> (&'static str, &[Cidr]) {
    if ingress.admin_allowed_cidrs.is_empty() {
        ("allowedCidrs", &ingress.allowed_cidrs)
    } else {
        ("adminAllowedCidrs", &ingress.admin_allowed_cidrs)
    }
}

impl<'a> Subject<'a> {
    /// What was rendered, with its values typed.
    ///
    /// # Errors
    ///
    /// What the types refuse: nothing, where the values were rendered.
    pub fn new(rendered: &'a Rendered<'a>) -> Result<Self, serde_json::Error> {
        let merged = rendered.values;
        let values: Values = read(merged)?;
        let root = &merged["ingress"];
        let mut groups = Vec::new();
        for (name, entry) in merged["gatewayGroups"].as_object().into_iter().flatten() {
            let entry = overlay(&merged["gatewayGroupDefaults"], entry);
            let group = Group {
                name: name.clone(),
                path: format!("gatewayGroups.{name}"),
                values: read(&entry)?,
                cassandra: read(&overlay(&merged["cassandra"], &entry["cassandra"]))?,
                manager_ingress: read(&overlay(root, &entry["manager"]["ingress"]))?,
                traffic_ingress: read(&overlay(&callers(root), &entry["traffic"]["ingress"]))?,
            };
            if group.values.enabled {
                groups.push(group);
            }
        }
        let admin_ingress = read(&overlay(root, &merged["adminNodeManager"]["ingress"]))?;
        Ok(Self {
            environment: None,
            stage: None,
            standby: false,
            kubernetes_version: None,
            infrastructure: &crate::plan::UNKNOWN_INFRASTRUCTURE,
            rendered,
            values,
            groups,
            admin_ingress,
        })
    }

    /// Whether callers who matter depend on it.
    #[must_use]
    pub fn is_production(&self) -> bool {
        self.stage == Some(Stage::Production)
    }

    /// Whether it is known to be for more than development.
    #[must_use]
    pub fn is_beyond_development(&self) -> bool {
        matches!(self.stage, Some(Stage::Test | Stage::Production))
    }

    /// The rendered objects of a kind.
    pub fn objects(&self, kind: &str) -> impl Iterator<Item = &'a Value> {
        self.rendered.objects.iter().copied().filter(move |object| object["kind"] == kind)
    }

    /// The pods of all components that run.
    #[must_use]
    pub fn pods(&self) -> Vec<Pod<'_>> {
        let mut pods = Vec::new();
        let node_manager = &self.values.admin_node_manager;
        if node_manager.enabled {
            let path = "adminNodeManager".to_owned();
            let least = (1, path.clone());
            pods.push(pod!(
                node_manager,
                path,
                AdminNodeManager,
                least,
                1,
                None,
                &self.admin_ingress,
                self.publishes_node_manager()
            ));
        }
        for group in &self.groups {
            let (manager, traffic) = (&group.values.manager, &group.values.traffic);
            if manager.enabled {
                let path = format!("{}.manager", group.path);
                let (count, spread) = (manager.replicas.get(), Some(&manager.topology_spread));
                let least = (count, format!("{path}.replicas"));
                let published = group.publishes_manager();
                pods.push(pod!(manager, path, Manager, least, count, spread, &group.manager_ingress, published));
            }
            let path = format!("{}.traffic", group.path);
            let scaling = &traffic.autoscaling;
            let (least, most) = if scaling.enabled {
                ((scaling.min_replicas.get(), format!("{path}.autoscaling.minReplicas")), scaling.max_replicas.get())
            } else {
                ((traffic.replicas.get(), format!("{path}.replicas")), traffic.replicas.get())
            };
            let spread = Some(&traffic.topology_spread);
            let published = group.publishes_traffic();
            pods.push(pod!(traffic, path, Traffic, least, most, spread, &group.traffic_ingress, published));
        }
        pods
    }

    /// What the chart's containers ask for, with its path: all components, the prechecks and the database job.
    #[must_use]
    pub fn resources(&self) -> Vec<(String, &Resources)> {
        let pods = self.pods().into_iter().map(|pod| (format!("{}.resources", pod.path), pod.resources));
        let values = &self.values;
        let others = [
            ("prechecks.resources", &values.prechecks.resources),
            ("metricsDatabase.setup.resources", &values.metrics_database.setup.resources),
        ];
        pods.chain(others.map(|(path, resources)| (path.to_owned(), resources))).collect()
    }

    /// How the hosts of each component that runs are published.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let ranges = |(key, ranges): (&'static str, &[Cidr])| (!ranges.is_empty()).then_some(key);
        let admin = self
            .administration()
            .into_iter()
            .map(|(path, ingress)| entry!(path, ingress, true, ranges(administrators_ranges(ingress))));
        let traffic = self.groups.iter().filter(|group| group.publishes_traffic());
        let path = |group: &Group| format!("{}.traffic.ingress", group.path);
        let traffic = traffic.map(|group| {
            let ingress = &group.traffic_ingress;
            entry!(path(group), ingress, false, ranges(("allowedCidrs", &ingress.allowed_cidrs)))
        });
        admin.chain(traffic).collect()
    }

    /// Namespace and name of the Gateway that an entry's routes attach to, where its controller is the Gateway API.
    #[must_use]
    pub fn gateway<'e>(&'e self, entry: &Entry<'e>) -> Option<(&'e str, &'e str)> {
        let Parent { name, namespace, .. } = entry.parent;
        let namespace = match namespace.as_str() {
            "" => self.rendered.namespace,
            namespace => namespace,
        };
        (entry.controller == IngressController::GatewayApi).then(|| (namespace, name.as_str()))
    }

    /// Where a key of `ingress` has what is looked for: the root's alone where it says so, since it says it for all, else
    /// those of the components whose entries have it.
    #[must_use]
    pub fn ingress_paths(&self, key: &str, in_root: bool, wanted: impl Fn(&Entry<'_>) -> bool) -> Vec<String> {
        let entries = self.entries();
        let mut paths: Vec<String> =
            entries.iter().filter(|entry| wanted(entry)).map(|entry| format!("{}.{key}", entry.path)).collect();
        if in_root && !paths.is_empty() {
            paths = vec![format!("ingress.{key}")];
        }
        paths
    }

    /// What publishes the hosts of administrators, with its path.
    #[must_use]
    pub fn administration(&self) -> Vec<(String, &Ingress)> {
        let node_manager = self.publishes_node_manager();
        let node_manager = node_manager.then(|| ("adminNodeManager.ingress".to_owned(), &self.admin_ingress));
        let managers = self.groups.iter().filter(|group| group.publishes_manager());
        let managers = managers.map(|group| (format!("{}.manager.ingress", group.path), &group.manager_ingress));
        node_manager.into_iter().chain(managers).collect()
    }

    /// Whether a port of the Admin Node Manager has a host.
    #[must_use]
    pub fn publishes_node_manager(&self) -> bool {
        let node_manager = &self.values.admin_node_manager;
        let AdminNodeManagerHosts { management, ui } = &node_manager.hosts;
        node_manager.enabled && self.admin_ingress.enabled && has_any(&[management, ui])
    }

    /// The configuration of each component that runs, with its path.
    #[must_use]
    pub fn configurations(&self) -> Vec<(String, &Configuration)> {
        let node_manager = &self.values.admin_node_manager;
        let path = || "adminNodeManager.configuration".to_owned();
        let node_manager = node_manager.enabled.then(|| (path(), &node_manager.configuration));
        let groups = self.groups.iter();
        let groups = groups.map(|group| (format!("{}.configuration", group.path), &group.values.configuration));
        node_manager.into_iter().chain(groups).collect()
    }

    /// Environment variables of the user's, with the path of the map that each stands in.
    #[must_use]
    pub fn variables(&self) -> BTreeMap<String, &Env> {
        let groups = self.groups.iter().map(|group| (format!("{}.env", group.path), &group.values.env));
        self.pods().into_iter().map(|pod| (format!("{}.env", pod.path), pod.env)).chain(groups).collect()
    }
}

/// A number of pods, or a share of `total`.
pub(super) fn pods_of(pods: CountOrPercentage, total: i64, rounding: Rounding) -> i64 {
    serde_json::to_value(pods).map_or(0, |pods| share(&pods, total, rounding))
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    T::deserialize(value)
}

/// The root's ingress without what only hosts for administrators have.
fn callers(root: &Value) -> Value {
    let mut root = root.clone();
    if let Some(keys) = root.as_object_mut() {
        keys.retain(|key, _| !key.starts_with("admin"));
    }
    root
}
