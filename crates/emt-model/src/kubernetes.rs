//! Kubernetes blocks that values pass through, checked against Kubernetes' own types.
//!
//! This is the only module of the model that knows Kubernetes.

helmwright_k8s::passed_through! {
    /// A taint of nodes that pods tolerate.
    pub struct Toleration: helmwright_k8s::types::Toleration;
}
