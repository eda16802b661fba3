//! Which object an object is: what makes two renderings of it one and the same.

use serde::Serialize;
use serde_json::Value;

/// What tells an object of a rendering apart from all others. The version of the API does not: `autoscaling/v1` and `/v2`
/// are two views of one object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The kind, such as `Deployment`.
    pub kind: String,
    /// The API group, such as `apps`; empty for the core.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// The namespace; empty for objects of the cluster and, where two releases are compared, for those of the release's own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl Identity {
    /// The identity of an object; what it lacks is empty. Objects in the namespace `own` are told by name alone.
    pub(crate) fn of(object: &Value, own: Option<&str>) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let group = object["apiVersion"].as_str().and_then(|version| version.split_once('/'));
        let namespace = text(&object["metadata"]["namespace"]);
        Self {
            kind: text(&object["kind"]),
            group: group.map(|(group, _)| group.to_owned()).unwrap_or_default(),
            namespace: if own == Some(namespace.as_str()) { String::new() } else { namespace },
            name: text(&object["metadata"]["name"]),
        }
    }

    /// Whether the object makes pods that stay.
    pub(crate) fn is_workload(&self) -> bool {
        ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].contains(&self.kind.as_str())
    }

    /// Kind and name, as people write them: `Deployment apim-anm`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}
