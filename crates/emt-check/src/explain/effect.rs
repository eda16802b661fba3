//! What a change of a field does to pods that run.

use helmwright::impact::{FieldPath, Segment};
use helmwright_k8s::immutable_fields;

/// What a change does to what runs. The order is from light to grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing that runs notices before it starts anew.
    InPlace,
    /// An autoscaler, or the number of pods itself: pods come or go.
    Scales,
    /// The pods of the workload are replaced, wave after wave.
    ReplacesPods,
    /// Kubernetes refuses the change: the object has to be deleted first.
    Refused,
}

impl Effect {
    /// A word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::InPlace => "inPlace",
            Self::Scales => "scales",
            Self::ReplacesPods => "replacesPods",
            Self::Refused => "refused",
        }
    }

    /// What a change of a field of such an object does. A Job of this chart is no other one's successor: what changes it
    /// changes its name, or Helm deletes it before.
    #[must_use]
    pub fn of(kind: &str, field: &FieldPath) -> Self {
        let at = |keys: &[&str]| {
            let steps = field.0.iter().zip(keys);
            field.0.len() >= keys.len()
                && steps.into_iter().all(|(step, key)| matches!(step, Segment::Key(own) if own == key))
        };
        match kind {
            kind if kind != "Job" && immutable_fields(kind).any(at) => Self::Refused,
            "Deployment" | "StatefulSet" | "DaemonSet" if at(&["spec", "template"]) => Self::ReplacesPods,
            "Deployment" | "StatefulSet" if at(&["spec", "replicas"]) => Self::Scales,
            "HorizontalPodAutoscaler" if at(&["spec"]) => Self::Scales,
            _ => Self::InPlace,
        }
    }
}
