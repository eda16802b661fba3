//! Kubernetes objects for helmwright: a typed facade and one closed schema table for all supported versions.
//!
//! - [`types`]: a Rust struct for each Kubernetes type, whose members name its fields. Authors write objects with them; a
//!   field that does not exist is a compile error.
//! - [`table`]: the same types as data, with what the facade cannot say: required fields, allowed values, keys of lists,
//!   first and last version.
//! - [`validate`] and [`validate_as`]: structural validation of finished objects, closed (a field that Kubernetes does not
//!   know is a problem) and for one [`Version`].
//! - [`immutable_fields`]: what the API server lets nobody change.
//! - [`json_schema`]: the draft-07 schema of one type, for values that pass a Kubernetes block through.
//!
//! Facade and table are generated from one snapshot, by `cargo xtask codegen`; custom resources join it by
//! `cargo xtask k8s add-crd FILE`.
//!
//! ```
//! use helmwright_k8s::{Version, validate};
//!
//! let object = serde_json::json!({
//!     "apiVersion": "apps/v1",
//!     "kind": "Deployment",
//!     "metadata": { "name": "web" },
//!     "spec": { "replcias": 2, "selector": {}, "template": {} },
//! });
//! let problems = validate(&object, Version::OLDEST);
//! assert_eq!(problems[0].to_string(), "/spec/replcias: `replcias` is no field of DeploymentSpec (did you mean `replicas`?)");
//! ```
//!
//! Limits: the table states structure. Names, label syntax, rules between fields and what admission controllers say are
//! no part of it. `status` belongs to the cluster and is left out of every kind.

mod immutable;
#[doc(hidden)]
pub mod passed_through;
mod schema;
mod suggest;
pub mod table;
mod type_system;
mod validate;
mod version;

#[path = "generated/types/mod.rs"]
pub mod types;

pub use immutable::immutable_fields;
pub use schema::{json_schema, json_schema_of, json_schema_terse};
pub use type_system::{Kubernetes, KubernetesType};
pub use validate::{Problem, Reason, validate, validate_as, validate_shape};
pub use version::{SUPPORTED, UnsupportedVersion, Version, Versions};
