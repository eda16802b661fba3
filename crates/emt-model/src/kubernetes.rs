//! Kubernetes blocks that values pass through, checked against Kubernetes' own types.
//!
//! This is the only module of the model that knows Kubernetes.

helmwright_k8s::passed_through! {
    /// A taint of nodes that pods tolerate.
    pub struct Toleration: helmwright_k8s::types::Toleration;
    /// Rules on which nodes pods stand.
    pub struct Affinity: helmwright_k8s::types::Affinity;
    /// A container beside the component's own; its name is the key of its entry.
    pub struct ExtraContainer: helmwright_k8s::types::Container, keyed by "name";
    /// A volume beside the component's own; its name is the key of its entry.
    pub struct ExtraVolume: helmwright_k8s::types::Volume, keyed by "name";
}

impl Affinity {
    /// No rules.
    #[must_use]
    pub fn none() -> Self {
        Self::trusted(serde_json::json!({}))
    }
}
