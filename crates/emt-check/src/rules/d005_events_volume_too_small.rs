//! An events volume below what the gateways may fill.
//!
//! # What it does
//!
//! Compares `events.storage.size` with what the chart would compute: the largest number of gateways times their limit,
//! and the reserve.
//!
//! # Why it matters
//!
//! When the volume is full no gateway can write events: metrics and monitoring lose what happens.
//!
//! # Example
//!
//! ```yaml
//! events:
//!   storage: { size: 2Gi }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! events:
//!   storage: { size: 20Gi }
//! ```

use emt_model::choices::EventsStorage;
use helmwright::evaluate::{Release, evaluate};
use serde_json::{Value, json};

use super::{Check, Definition, Found, Level, Subject};
use crate::quantity::mebibytes;

pub(super) const RULE: Definition = Definition {
    id: "D005",
    level: Level::Recommended,
    rows: &["S1-073", "S1-089", "S1-090"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let storage = &subject.values.events.storage;
    if storage.kind != EventsStorage::Claim || storage.size.as_str().is_empty() {
        return Vec::new();
    }
    let Some(needed) = computed(subject) else { return Vec::new() };
    let is_small = mebibytes(storage.size.as_str()) < mebibytes(&needed);
    let found = is_small.then(|| {
        let message = format!("the gateways may fill {needed}, and the volume has {}", storage.size);
        Found::at("events.storage.size", message).set("events.storage.size", needed)
    });
    found.into_iter().collect()
}

/// The size that the chart computes where none is named: asked of the chart, not computed again.
fn computed(subject: &Subject<'_>) -> Option<String> {
    let mut values = subject.rendered.values.clone();
    values["events"]["storage"]["size"] = json!("");
    let (name, namespace) = (subject.rendered.release, subject.rendered.namespace);
    let release = Release { name, namespace, chart_version: "0.0.0", app_version: "" };
    let objects = evaluate(&emt_chart::tree(), &values, &release, &mut ()).ok()?;
    let size = |object: &Value| object["spec"]["resources"]["requests"]["storage"].as_str().map(str::to_owned);
    let claims = objects.iter().filter(|one| one.object["kind"] == "PersistentVolumeClaim");
    let mut events = claims.filter(|one| one.object["metadata"]["name"].as_str().is_some_and(|name| name.ends_with("-events")));
    events.find_map(|one| size(&one.object))
}
