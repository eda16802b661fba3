//! Fields that the API server lets nobody change once the object is there.
//!
//! Limit: rules that look at values are no part of it, such as a claim that may grow and not shrink.

/// Kind, and the keys that lead to the field. Sources: the validation of updates in Kubernetes' registry packages, and the
/// reference pages of the kinds.
const IMMUTABLE: &[(&str, &[&str])] = &[
    ("Deployment", &["spec", "selector"]),
    ("ReplicaSet", &["spec", "selector"]),
    ("DaemonSet", &["spec", "selector"]),
    ("StatefulSet", &["spec", "selector"]),
    ("StatefulSet", &["spec", "serviceName"]),
    ("StatefulSet", &["spec", "podManagementPolicy"]),
    ("StatefulSet", &["spec", "volumeClaimTemplates"]),
    ("Job", &["spec", "selector"]),
    ("Job", &["spec", "template"]),
    ("Job", &["spec", "completionMode"]),
    ("Service", &["spec", "clusterIP"]),
    ("Service", &["spec", "clusterIPs"]),
    ("PersistentVolumeClaim", &["spec", "accessModes"]),
    ("PersistentVolumeClaim", &["spec", "storageClassName"]),
    ("PersistentVolumeClaim", &["spec", "volumeName"]),
    ("PersistentVolumeClaim", &["spec", "volumeMode"]),
    ("PersistentVolumeClaim", &["spec", "selector"]),
    ("PersistentVolumeClaim", &["spec", "dataSource"]),
    ("PersistentVolumeClaim", &["spec", "dataSourceRef"]),
    ("StorageClass", &["provisioner"]),
    ("StorageClass", &["parameters"]),
    ("StorageClass", &["reclaimPolicy"]),
    ("StorageClass", &["volumeBindingMode"]),
    ("RoleBinding", &["roleRef"]),
    ("ClusterRoleBinding", &["roleRef"]),
    ("PriorityClass", &["value"]),
    ("IngressClass", &["spec", "controller"]),
    ("Secret", &["type"]),
];

/// The fields that cannot change in objects of a kind, each as the keys that lead to it; what lies below cannot either.
pub fn immutable_fields(kind: &str) -> impl Iterator<Item = &'static [&'static str]> {
    IMMUTABLE.iter().filter(move |(of, _)| *of == kind).map(|(_, keys)| *keys)
}

#[cfg(test)]
mod tests {
    use super::IMMUTABLE;
    use crate::table::{self, Shape};

    #[test]
    fn the_table_names_fields_that_there_are() {
        for (kind, keys) in IMMUTABLE {
            let known = table::kinds().find(|own| own.kind.is_some_and(|own| own.kind == *kind));
            // Nobody writes a ReplicaSet: the table does not have it.
            let mut at = match (known, *kind) {
                (None, "ReplicaSet") => continue,
                (known, _) => known,
            };
            for key in *keys {
                let field = at.and_then(|object_type| object_type.field(key));
                assert!(field.is_some(), "{kind}: no {key} of {keys:?}");
                at = field.and_then(|field| match field.shape {
                    Shape::Object(object_type) => Some(object_type.get()),
                    _ => None,
                });
            }
        }
    }
}
