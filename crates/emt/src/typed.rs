//! Rendered objects as k8s-openapi's types.
//!
//! This library chooses no Kubernetes version: the program that uses it turns on one of k8s-openapi's version features.

use k8s_openapi::Resource;
use serde::de::DeserializeOwned;

use crate::manifests::{Manifest, Manifests};

/// A rendered object that does not decode as the type asked for.
#[derive(Debug, thiserror::Error)]
#[error("{kind} {name} does not decode as the type of this version of Kubernetes: {source}")]
pub struct TypedError {
    /// The object's kind.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// What does not fit.
    pub source: serde_json::Error,
}

impl Manifests {
    /// All objects of one type, such as `k8s_openapi::api::apps::v1::Deployment`, hooks included, in Helm's order.
    ///
    /// # Errors
    ///
    /// [`TypedError`] for the first object of the kind that does not decode. k8s-openapi passes over fields that its
    /// version does not know, so this is no check; see the crate's front page for that.
    pub fn typed<K: Resource + DeserializeOwned>(&self) -> Result<Vec<K>, TypedError> {
        let is_wanted = |manifest: &&Manifest| {
            manifest.kind() == K::KIND && manifest.object()["apiVersion"].as_str() == Some(K::API_VERSION)
        };
        let decode = |manifest: &Manifest| {
            K::deserialize(manifest.object()).map_err(|source| TypedError {
                kind: manifest.kind().to_owned(),
                name: manifest.name().to_owned(),
                source,
            })
        };
        self.iter().filter(is_wanted).map(decode).collect()
    }
}
