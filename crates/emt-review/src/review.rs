//! A review: what a change does to each environment. All reports are made of it.

use emt_check::{Capacity, capacity};
use serde::Serialize;

use crate::cause::{Cause, Causes, ImpactMap, ValueChange};
use crate::difference::{Fate, FieldChange, Identity, Matching, ObjectDifference, difference};
use crate::rendering::Rendering;
use crate::risk::{Class, Risk, Rollout, risks, rollouts};
use crate::stores::Stores;
use crate::topology::{Topology, topology};

/// What a change does.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// What is compared.
    pub kind: Kind,
    /// What is compared with: a revision, a directory, a chart, an environment.
    pub base: String,
    /// What is compared: the working values, or an environment.
    pub head: String,
    /// What the comparison cannot show.
    pub limits: Vec<String>,
    /// The environments, in the order of `environments.yaml`.
    pub environments: Vec<EnvironmentReview>,
}

/// What a review compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Environments with what they were: pods are replaced when the change is applied.
    Change,
    /// One environment with another.
    Environments,
}

/// What a change does to one environment.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentReview {
    /// Its name.
    pub name: String,
    /// Whether there is anything to compare.
    pub state: State,
    /// How many objects were compared, of both sides.
    pub compared: usize,
    /// Values that differ.
    pub values: Vec<ValueChange>,
    /// Objects that differ, the gravest first.
    pub objects: Vec<ObjectReview>,
    /// Workloads whose pods are replaced.
    pub rollouts: Vec<Rollout>,
    /// What fits on the nodes, where they are known and the change matters to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<CapacityChange>,
    /// What leads where, for a drawing.
    #[serde(skip)]
    pub topology: Topology,
}

/// Whether an environment could be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum State {
    /// It is there before and after.
    Compared,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It could not be compared.
    NotCompared {
        /// Why.
        reason: String,
    },
}

/// An object that differs.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectReview {
    /// Which object.
    #[serde(flatten)]
    pub identity: Identity,
    /// What happens to it.
    #[serde(flatten)]
    pub fate: Fate,
    /// The architecture's component that it belongs to; empty if it says none.
    pub component: String,
    /// The gravest class of all that happens to it.
    pub class: Class,
    /// The risks of what happens to it as a whole.
    pub risks: Vec<Risk>,
    /// Why it comes or goes.
    pub causes: Vec<Cause>,
    /// The fields that differ.
    pub fields: Vec<FieldReview>,
}

/// A field that differs.
#[derive(Clone, Debug, Serialize)]
pub struct FieldReview {
    /// Where, and what happens.
    #[serde(flatten)]
    pub field: FieldChange,
    /// Its risks, the gravest first: at least one.
    pub risks: Vec<Risk>,
    /// Why.
    pub causes: Vec<Cause>,
}

/// What fits on an environment's nodes, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CapacityChange {
    /// Nodes that all pods at their largest number need, before; none if a pod fits no node.
    pub nodes_before: Option<i64>,
    /// And after.
    pub nodes_after: Option<i64>,
    /// Traffic pods that fit at most, before.
    pub traffic_pods_before: i64,
    /// And after.
    pub traffic_pods_after: i64,
    /// Traffic pods at their largest number, after.
    pub traffic_pods_wanted: i64,
    /// Nodes that there are.
    pub nodes: i64,
}

impl EnvironmentReview {
    /// An environment of which there is only a reason why it was not compared.
    #[must_use]
    pub fn not_compared(name: &str, reason: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            state: State::NotCompared { reason: reason.into() },
            compared: 0,
            values: Vec::new(),
            objects: Vec::new(),
            rollouts: Vec::new(),
            capacity: None,
            topology: Topology::default(),
        }
    }

    /// Compares two renderings of an environment, or two environments.
    #[must_use]
    pub fn new(
        name: &str,
        state: State,
        map: &ImpactMap,
        before: &Rendering<'_>,
        after: &Rendering<'_>,
        matching: Matching,
    ) -> Self {
        let differences = difference(before, after, matching);
        let mut causes = Causes::new(map, before, after);
        let stores = Stores::of(&[before, after]);
        let mut objects: Vec<ObjectReview> =
            differences.iter().map(|object| object_review(object, &stores, &mut causes)).collect();
        if state != State::Compared {
            // The environment itself comes or goes: no value is the cause.
            objects.iter_mut().for_each(|object| object.causes.clear());
        }
        // Stable: objects of one class keep their order.
        objects.sort_by_key(|object| std::cmp::Reverse(object.class));
        Self {
            name: name.to_owned(),
            compared: before.objects.len().max(after.objects.len()),
            values: causes.into_values(),
            rollouts: if state == State::Compared && matching == Matching::OneRelease {
                rollouts(&differences, after)
            } else {
                Vec::new()
            },
            capacity: capacity_change(before, after),
            topology: topology(before, after, &stores, &objects),
            state,
            objects,
        }
    }

    /// The gravest class of all that happens.
    #[must_use]
    pub fn gravest(&self) -> Option<Class> {
        self.objects.iter().map(|object| object.class).max()
    }

    /// Whether any object differs, or any value does.
    #[must_use]
    pub fn differs(&self) -> bool {
        !self.objects.is_empty() || !self.values.is_empty()
    }
}

fn object_review(object: &ObjectDifference<'_>, stores: &Stores, causes: &mut Causes<'_>) -> ObjectReview {
    let (risks, field_risks) = risks(object, stores);
    let (own, field_causes) = causes.of_object(object);
    let fields: Vec<FieldReview> = object
        .fields
        .iter()
        .zip(field_risks)
        .zip(field_causes)
        .map(|((field, risks), causes)| FieldReview { field: field.clone(), risks, causes })
        .collect();
    let all = risks.iter().chain(fields.iter().flat_map(|field| &field.risks));
    let label = &object.object()["metadata"]["labels"]["app.kubernetes.io/component"];
    ObjectReview {
        identity: object.identity.clone(),
        fate: object.fate.clone(),
        component: label.as_str().unwrap_or_default().to_owned(),
        class: all.map(|risk| risk.class).max().unwrap_or(Class::Cosmetic),
        risks,
        causes: own,
        fields,
    }
}

fn capacity_change(before: &Rendering<'_>, after: &Rendering<'_>) -> Option<CapacityChange> {
    if after.nodes.is_empty() {
        return None;
    }
    let of = |rendering: &Rendering<'_>| -> Capacity {
        capacity(&rendering.objects.iter().map(|rendered| &rendered.object).collect::<Vec<_>>(), after.nodes)
    };
    let (old, new) = (of(before), of(after));
    (old != new).then(|| CapacityChange {
        nodes_before: old.nodes_at_maximum,
        nodes_after: new.nodes_at_maximum,
        traffic_pods_before: old.traffic_pods_that_fit,
        traffic_pods_after: new.traffic_pods_that_fit,
        traffic_pods_wanted: new.traffic_pods,
        nodes: after.nodes.iter().map(|group| group.count).sum(),
    })
}

impl Review {
    /// The gravest class of all environments; none if no object differs.
    #[must_use]
    pub fn gravest(&self) -> Option<Class> {
        self.environments.iter().filter_map(EnvironmentReview::gravest).max()
    }

    /// How many objects were compared. Zero: nothing was reviewed, and no report may look as if all were well.
    #[must_use]
    pub fn compared(&self) -> usize {
        self.environments.iter().map(|environment| environment.compared).sum()
    }

    /// Whether every environment could be compared, and there was something to compare.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let was_compared = |environment: &EnvironmentReview| !matches!(environment.state, State::NotCompared { .. });
        self.compared() > 0 && self.environments.iter().all(was_compared)
    }
}
