//! Outage: what stops answering, or may.

use emt_check::{Rounding, share};
use serde_json::Value;

use super::subject::Subject;
use super::{Class, Rule};
use crate::difference::{Change, Fate};

pub(super) const RULE: Rule = Rule {
    class: Class::Outage,
    what: "no replicas, strategies that take all pods at once, weaker disruption budgets, probes, a shorter drain, ports and \
           selectors of Services, published hosts, and workloads, Services or entries that go",
    why: "for a while or for good nobody answers where somebody answered before, or requests are cut",
    advice: "tell the callers, and apply the change when few call",
    judge,
};

/// Kinds that lead callers in.
const ENTRIES: [&str; 5] = ["Ingress", "HTTPRoute", "TLSRoute", "Route", "Gateway"];

fn judge(subject: &Subject<'_>) -> Option<String> {
    if let Some(fate) = subject.fate() {
        return whole(subject, fate);
    }
    if subject.is_workload() {
        return workload(subject);
    }
    match subject.kind() {
        "HorizontalPodAutoscaler" if subject.at(&["spec", "maxReplicas"]) && subject.now() == 0 => {
            Some("no pod is left".to_owned())
        }
        "PodDisruptionBudget" => budget(subject),
        "Service" if subject.at(&["spec", "selector"]) => Some("the Service leads to other pods".to_owned()),
        "Service" if subject.at(&["spec", "ports"]) => match subject.field?.change {
            Change::Added { .. } => None,
            Change::Removed { .. } => Some("a port is gone: who calls it gets no answer".to_owned()),
            _ => Some("a port leads elsewhere".to_owned()),
        },
        kind if ENTRIES.contains(&kind) => entry(subject),
        _ => None,
    }
}

fn whole(subject: &Subject<'_>, fate: &Fate) -> Option<String> {
    if subject.is_hook() || *fate != Fate::Removed {
        return None;
    }
    match subject.kind() {
        "PodDisruptionBudget" => Some("nothing keeps a node's drain from ending all pods at once".to_owned()),
        "Service" => Some("its name is gone: who calls it gets no answer".to_owned()),
        kind if ENTRIES.contains(&kind) => Some("its hosts are no longer published".to_owned()),
        _ if subject.is_workload() => Some("its pods end, and none takes their place".to_owned()),
        _ => None,
    }
}

fn workload(subject: &Subject<'_>) -> Option<String> {
    let spec = &subject.object.now()["spec"];
    if subject.at(&["spec", "replicas"]) {
        return (subject.now() == 0).then(|| "no pod is left".to_owned());
    }
    if subject.at(&["spec", "strategy"]) {
        return strategy(subject, spec);
    }
    let place = &subject.field?.place;
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        if subject.passes(probe) && subject.in_pod(&["containers"]) {
            return Some(match (&subject.field?.change, place.last_key() == probe) {
                (Change::Removed { .. }, true) => format!("nothing asks any more: the {probe} is gone"),
                _ => format!(
                    "pods are judged otherwise: a {probe} that fails takes them out of service or restarts them"
                ),
            });
        }
    }
    let drains =
        subject.at(&["spec", "template", "spec", "terminationGracePeriodSeconds"]) || subject.passes("preStop");
    let is_shorter =
        subject.is_less() || (subject.passes("preStop") && matches!(subject.field?.change, Change::Removed { .. }));
    (drains && is_shorter).then(|| "pods have less time to end: requests that take longer are cut".to_owned())
}

fn strategy(subject: &Subject<'_>, spec: &Value) -> Option<String> {
    if spec["strategy"]["type"] == "Recreate" {
        return Some("all pods end before a new one starts".to_owned());
    }
    // The number is the one that the workload has at least; what the autoscaler adds comes on top.
    let replicas = spec["replicas"].as_i64().unwrap_or(1);
    let unavailable = share(&spec["strategy"]["rollingUpdate"]["maxUnavailable"], replicas, Rounding::Down);
    if !subject.passes("maxUnavailable") {
        return None;
    }
    if spec["replicas"].is_null() {
        // An autoscaler decides: what is a share of a hundred pods is one of any number.
        let is_all = spec["strategy"]["rollingUpdate"]["maxUnavailable"].is_string()
            && share(&spec["strategy"]["rollingUpdate"]["maxUnavailable"], 100, Rounding::Down) >= 100;
        return is_all.then(|| "a rollout may end all pods at once".to_owned());
    }
    (unavailable >= replicas).then(|| format!("a rollout may end all {replicas} pods at once"))
}

fn budget(subject: &Subject<'_>) -> Option<String> {
    let weaker = "fewer pods have to stay while nodes are drained";
    let number = |value: &Value| match value {
        Value::String(text) => text.trim_end_matches('%').parse::<f64>().ok(),
        other => other.as_f64(),
    };
    let (old, new) = (number(subject.old()), number(subject.now()));
    if !subject.old().is_null() && !subject.now().is_null() && subject.old().is_string() != subject.now().is_string() {
        return Some("the budget counts pods otherwise: a share instead of a number, or the reverse".to_owned());
    }
    if subject.at(&["spec", "minAvailable"]) && new.unwrap_or(0.0) < old.unwrap_or(0.0) {
        return Some(weaker.to_owned());
    }
    if subject.at(&["spec", "maxUnavailable"]) && new > old {
        return Some(weaker.to_owned());
    }
    subject.at(&["spec", "selector"]).then(|| "the budget protects other pods".to_owned())
}

fn entry(subject: &Subject<'_>) -> Option<String> {
    let is_scheme = subject.annotation() == Some("alb.ingress.kubernetes.io/scheme");
    if is_scheme && subject.old() == "internet-facing" {
        return Some("callers from the internet do not reach it any more".to_owned());
    }
    let is_host = subject.field.is_some_and(|field| matches!(field.place.last_key(), "host" | "hostnames"));
    let goes = !subject.old().is_null();
    if is_host && goes {
        return Some(match subject.old().as_str() {
            Some(host) => format!("{host} is no longer published here"),
            None => "a host is no longer published here".to_owned(),
        });
    }
    let is_backend = subject.passes("backend") || subject.passes("backendRefs") || subject.at(&["spec", "to"]);
    if is_backend {
        return Some("calls are led elsewhere".to_owned());
    }
    let is_rule = subject.passes("rules") || subject.passes("listeners");
    (is_rule && goes && subject.now().is_null()).then(|| "a rule is gone: what it led in gets no answer".to_owned())
}
