//! A standby that differs from what it takes over from.
//!
//! # What it does
//!
//! Compares an environment with `standby: true` with the one that it is promoted from, and takes over from: groups, images
//! with their digests, numbers of pods, heap, CPU and memory have to be equal.
//!
//! # Why it matters
//!
//! It stands in when the other is lost. What differs then runs for the first time, or breaks down under the load.
//!
//! # Example
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   prod: { standby: true }
//! ```
//!
//! ```yaml
//! gatewayGroups:
//!   main:
//!     traffic:
//!       autoscaling: { maxReplicas: 8 }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   prod: { standby: true }
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::images::{self, Image};
use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::same_quantity;

/// Of a digest: the name of its algorithm and twelve digits, as other reports show it.
const SHOWN_OF_A_DIGEST: usize = 19;

pub(super) const RULE: Definition = Definition {
    id: "P003",
    level: Level::Recommended,
    rows: &["S1-369"],
    check: Check::Promotion(check),
};

fn check(subject: &Subject<'_>, before: &Subject<'_>) -> Vec<Found> {
    if !subject.standby {
        return Vec::new();
    }
    let environment = before.environment.unwrap_or_default();
    let (own, first) = (facts(subject), facts(before));
    let mut found = Vec::new();
    for path in own.keys().chain(first.keys()).collect::<BTreeSet<_>>() {
        let (here, there) = (own.get(path), first.get(path));
        // What a missing group has need not be told beside it.
        let is_of_both = |facts: &Facts| group_of(path).is_none_or(|group| group == path || facts.contains_key(group));
        let is_same = here == there || matches!((here, there), (Some(here), Some(there)) if same_quantity(here, there));
        if is_same || !is_of_both(&own) || !is_of_both(&first) {
            continue;
        }
        let said = |fact: Option<&String>| fact.map_or("nothing", String::as_str).to_owned();
        let message = format!("{} here, and {} in {environment}, from which it takes over", said(here), said(there));
        let help = "give both the same, in a file that both read";
        found.push(Found::at(path, message).other(environment, path).help(help));
    }
    found
}

type Facts = BTreeMap<String, String>;

/// The path of the gateway group that a path lies in.
fn group_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("gatewayGroups.")?;
    let end = inside.find('.').unwrap_or(inside.len());
    path.get(.."gatewayGroups.".len() + end)
}

/// What has to be equal, by path.
fn facts(subject: &Subject<'_>) -> Facts {
    let mut facts = Facts::new();
    facts.extend(subject.groups.iter().map(|group| (group.path.clone(), "a group".to_owned())));
    for pod in subject.pods() {
        let (path, resources) = (&pod.path, pod.resources);
        let (least, least_path) = pod.least;
        let scales = least_path.ends_with(".minReplicas");
        facts.insert(least_path, least.to_string());
        facts.insert(format!("{path}.heapSizeMiB"), pod.heap.get().to_string());
        for (side, amounts) in [("requests", &resources.requests), ("limits", &resources.limits)] {
            facts.insert(format!("{path}.resources.{side}.cpu"), amounts.cpu.to_string());
            facts.insert(format!("{path}.resources.{side}.memory"), amounts.memory.to_string());
        }
        if scales {
            facts.insert(format!("{path}.autoscaling.maxReplicas"), pod.most.to_string());
        }
    }
    let tag = |image: Image| match image.digest {
        Some(digest) => (image.path, format!("{}@{}", image.tag, digest.get(..SHOWN_OF_A_DIGEST).unwrap_or(&digest))),
        None => (image.path, image.tag),
    };
    facts.extend(images::all(subject).into_iter().map(tag));
    facts
}
