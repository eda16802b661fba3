//! Helm's order of installation by kind.
//!
//! `helm template` prints objects in this order: by the kind's rank, kinds without one behind them by name, and within a
//! kind in the order of the template files. The list is Helm 4's `InstallOrder`; Helm 3.17 does not rank the two webhook
//! configurations and so prints them among the kinds without a rank.

use std::cmp::Ordering;

/// Kinds in the order in which they are installed.
const INSTALL_ORDER: &[&str] = &[
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The kind's place in the order, from one; none for a kind that comes behind all of them.
pub(crate) fn rank(kind: &str) -> Option<usize> {
    INSTALL_ORDER.iter().position(|known| *known == kind).map(|index| index + 1)
}

/// Which of two kinds is installed first.
pub(crate) fn by_kind(one: &str, other: &str) -> Ordering {
    match (rank(one), rank(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => one.cmp(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranked_kinds_come_first_and_others_by_name() {
        let mut kinds = ["Gateway", "Deployment", "Certificate", "Service", "ServiceAccount", "Namespace", "Ingress"];
        kinds.sort_by(|one, other| by_kind(one, other));
        let expected = ["Namespace", "ServiceAccount", "Service", "Deployment", "Ingress", "Certificate", "Gateway"];
        assert_eq!(kinds, expected);
    }
}
