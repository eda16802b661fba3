//! Restart: pods that are replaced, how many, and how long that takes.
//!
//! The time is the longest that probes and drains allow: waves of as many pods as surge and unavailability allow, each
//! until its startup probe gives up and `minReadySeconds` pass, and at the end one drain. Limit: pulling images, init
//! containers and waiting for room on nodes are not in it.

use emt_check::{Rounding, share};
use serde::Serialize;
use serde_json::Value;

use super::subject::Subject;
use super::{Class, Rule};
use crate::difference::{Fate, ObjectDifference};
use crate::rendering::Rendering;

pub(super) const RULE: Rule = Rule {
    class: Class::Restart,
    what: "the template of a workload's pods, and settings that pods read when they start",
    why: "the pods are replaced, wave after wave, or keep what they read until they are",
    advice: "apply the change when there is time to watch the rollout",
    judge,
};

fn judge(subject: &Subject<'_>) -> Option<String> {
    if let Some(fate) = subject.fate() {
        return match (subject.kind(), fate) {
            ("ConfigMap", Fate::Removed) => Some("pods that read it do not start without it".to_owned()),
            _ => None,
        };
    }
    if subject.is_workload() && subject.at(&["spec", "template"]) {
        return Some("its pods are replaced".to_owned());
    }
    match subject.kind() {
        "ConfigMap" if subject.at(&["data"]) || subject.at(&["binaryData"]) => {
            Some("pods read it when they start".to_owned())
        }
        "Secret" if subject.at(&["data"]) => {
            Some("pods read it when they start: those that run keep what they have".to_owned())
        }
        _ => None,
    }
}

/// The replacement of a workload's pods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rollout {
    /// The workload.
    pub workload: String,
    /// Pods, at least.
    pub fewest: i64,
    /// Pods, at most: another number where an autoscaler sets it.
    pub most: i64,
    /// Pods that are replaced at a time, at the largest number.
    pub at_a_time: i64,
    /// Seconds until the last pod is replaced, at the largest number, as far as probes and drains decide it.
    pub longest_seconds: i64,
    /// Whether all pods end before a new one starts.
    pub gap: bool,
}

/// The workloads whose pods the change replaces.
pub(crate) fn rollouts(differences: &[ObjectDifference<'_>], after: &Rendering<'_>) -> Vec<Rollout> {
    let is_replaced = |object: &&ObjectDifference<'_>| {
        object.fate == Fate::Changed
            && ["Deployment", "StatefulSet", "DaemonSet"].contains(&object.identity.kind.as_str())
            && object.fields.iter().any(|field| field.place.is_below(&["spec", "template"]))
    };
    let replaced = differences.iter().filter(is_replaced);
    replaced.map(|object| rollout(object.now(), after)).filter(|rollout| rollout.most > 0).collect()
}

fn rollout(workload: &Value, after: &Rendering<'_>) -> Rollout {
    let name = workload["metadata"]["name"].as_str().unwrap_or_default();
    let spec = &workload["spec"];
    let scaler =
        after.objects.iter().map(|rendered| &rendered.object).find(|object| {
            object["kind"] == "HorizontalPodAutoscaler" && object["spec"]["scaleTargetRef"]["name"] == name
        });
    let fixed = spec["replicas"].as_i64().unwrap_or(1);
    let bound = |key: &str| scaler.map_or(fixed, |scaler| scaler["spec"][key].as_i64().unwrap_or(1));
    let (fewest, most) = (bound("minReplicas"), bound("maxReplicas"));

    let gap = spec["strategy"]["type"] == "Recreate";
    let strategy = &spec["strategy"]["rollingUpdate"];
    let quarter = Value::from("25%");
    let of = |key: &str, rounding| {
        let value = if strategy[key].is_null() { &quarter } else { &strategy[key] };
        share(value, most, rounding)
    };
    let at_a_time = match workload["kind"].as_str() {
        Some("Deployment") if gap => most,
        Some("Deployment") => of("maxSurge", Rounding::Up) + of("maxUnavailable", Rounding::Down),
        _ => 1,
    };
    let at_a_time = at_a_time.clamp(1, most.max(1));
    let waves = (most + at_a_time - 1) / at_a_time;

    let pod = &spec["template"]["spec"];
    let ready = spec["minReadySeconds"].as_i64().unwrap_or(0);
    let starts = pod["containers"].as_array().into_iter().flatten().map(longest_start).max().unwrap_or(0);
    let drain = pod["terminationGracePeriodSeconds"].as_i64().unwrap_or(30);
    let longest_seconds = waves * (starts + ready) + drain;
    Rollout { workload: name.to_owned(), fewest, most, at_a_time, longest_seconds, gap }
}

/// Seconds until a container's probes say that it has started, or give up.
fn longest_start(container: &Value) -> i64 {
    let probe =
        ["startupProbe", "readinessProbe"].into_iter().map(|name| &container[name]).find(|probe| !probe.is_null());
    let Some(probe) = probe else { return 0 };
    let number = |key: &str, default: i64| probe[key].as_i64().unwrap_or(default);
    number("initialDelaySeconds", 0) + number("periodSeconds", 10) * number("failureThreshold", 3)
}
