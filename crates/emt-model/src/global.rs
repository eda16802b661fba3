//! Values that a parent chart shares with all its charts: typed where this chart reads them, open besides.

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::OptionalRegistry;

/// Values of a parent chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase")]
pub struct Global {
    /// Registry for the images of all charts. It replaces image.registry and the registry of every single image, path
    /// included; empty for these.
    pub image_registry: OptionalRegistry,
}

impl Default for Global {
    fn default() -> Self {
        Self { image_registry: OptionalRegistry::constant("") }
    }
}
