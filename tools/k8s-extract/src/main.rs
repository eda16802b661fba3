//! Prints the schemas of the supported Kubernetes kinds, for one Kubernetes version, as JSON on standard output.
//!
//! Purpose: the only place of the project that knows the crate `k8s-openapi`'s types. `cargo xtask k8s extract` runs it
//! once for each version and merges the results into `crates/helmwright-k8s/snapshot`.
//!
//! Limits: it prints what `k8s-openapi` says and decides nothing; keys of lists are not in these schemas (xtask reads
//! them from the crate's merge code).
//!
//! Output: `{"version": "1.33", "kinds": [{"apiVersion", "kind", "type"}], "types": {name: JSON schema}}`.

use k8s_openapi::api;
use serde_json::{Value, json};

/// Kinds that are asked for; types reached from them follow.
macro_rules! kinds {
    ($($kind:ty),* $(,)?) => {{
        let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
        let mut kinds = Vec::new();
        $(
            generator.subschema_for::<$kind>();
            kinds.push(json!({
                "apiVersion": <$kind as k8s_openapi::Resource>::API_VERSION,
                "kind": <$kind as k8s_openapi::Resource>::KIND,
                "type": <$kind as schemars::JsonSchema>::schema_name(),
            }));
        )*
        (kinds, Value::Object(generator.take_definitions(true)))
    }};
}

fn main() {
    let (kinds, types) = kinds![
        api::apps::v1::DaemonSet,
        api::apps::v1::Deployment,
        api::apps::v1::StatefulSet,
        api::autoscaling::v2::HorizontalPodAutoscaler,
        api::batch::v1::CronJob,
        api::batch::v1::Job,
        api::core::v1::ConfigMap,
        api::core::v1::LimitRange,
        api::core::v1::Namespace,
        api::core::v1::PersistentVolume,
        api::core::v1::PersistentVolumeClaim,
        api::core::v1::Pod,
        api::core::v1::ResourceQuota,
        api::core::v1::Secret,
        api::core::v1::Service,
        api::core::v1::ServiceAccount,
        api::networking::v1::Ingress,
        api::networking::v1::IngressClass,
        api::networking::v1::NetworkPolicy,
        api::policy::v1::PodDisruptionBudget,
        api::rbac::v1::ClusterRole,
        api::rbac::v1::ClusterRoleBinding,
        api::rbac::v1::Role,
        api::rbac::v1::RoleBinding,
        api::scheduling::v1::PriorityClass,
        api::storage::v1::StorageClass,
    ];
    println!("{:#}", json!({ "version": VERSION, "kinds": kinds, "types": types }));
}

#[cfg(feature = "v1_33")]
const VERSION: &str = "1.33";
#[cfg(feature = "v1_34")]
const VERSION: &str = "1.34";
#[cfg(feature = "v1_35")]
const VERSION: &str = "1.35";
#[cfg(feature = "v1_36")]
const VERSION: &str = "1.36";
#[cfg(feature = "v1_37")]
const VERSION: &str = "1.37";
