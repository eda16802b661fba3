//! Images: where they come from.

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::PullPolicy;
use crate::names::{ImageTag, ObjectName, OptionalRegistry, OptionalRepository, Registry, Repository};

/// Where all images of the release come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImageSource {
    /// Registry and path of the images, without scheme: registry.example.com/apim.
    ///
    /// Seed: S1-016, S1-020.
    #[schemars(example = "registry.example.com/apim")]
    pub registry: Registry,
    /// When images are pulled: IfNotPresent, Always or Never.
    pub pull_policy: PullPolicy,
    /// Names of the Secrets that hold the registry's login.
    ///
    /// Seed: S1-038, S1-176.
    pub pull_secrets: Vec<ObjectName>,
}

/// One image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Registry of this image; empty for that of all images.
    pub registry: OptionalRegistry,
    /// Repository below the registry.
    pub repository: Repository,
    /// Tag, with the digest where it is pinned: 1.4.2@sha256:…
    pub tag: ImageTag,
}

/// One image, or none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OptionalImage {
    /// Registry of this image; empty for that of all images.
    pub registry: OptionalRegistry,
    /// Repository below the registry; empty for no image of its own.
    pub repository: OptionalRepository,
    /// Tag, with the digest where it is pinned.
    pub tag: ImageTag,
}

impl OptionalImage {
    /// No image of its own.
    #[must_use]
    pub fn none() -> Self {
        Self {
            registry: OptionalRegistry::constant(""),
            repository: OptionalRepository::constant(""),
            tag: ImageTag::constant(""),
        }
    }
}

impl Image {
    /// An image of the common registry whose tag each entry sets.
    #[must_use]
    pub fn untagged(repository: &'static str) -> Self {
        Self {
            registry: OptionalRegistry::constant(""),
            repository: Repository::constant(repository),
            tag: ImageTag::constant(""),
        }
    }
}
