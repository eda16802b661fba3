//! Who finds the faults of refused values: the type's schema, and a validator that follows it.
//!
//! Without the feature `diagnose` there is no validator, and no fault is found here.

use serde_json::Value;

use super::faults::Faults;
use super::layers::Layers;

/// A schema and its validator.
#[derive(Debug)]
pub(super) struct Judge {
    schema: Value,
    /// None if the schema is none, which the tests of its author find.
    #[cfg(feature = "diagnose")]
    validator: Option<jsonschema::Validator>,
}

impl Judge {
    /// Compiles a schema.
    pub(super) fn new(schema: Value) -> Self {
        Self {
            #[cfg(feature = "diagnose")]
            validator: super::diagnose::compile(&schema),
            schema,
        }
    }

    pub(super) fn schema(&self) -> &Value {
        &self.schema
    }

    /// All faults that the schema finds.
    #[cfg(feature = "diagnose")]
    pub(super) fn faults(&self, layers: &Layers, merged: &Value) -> Faults {
        let found = self.validator.as_ref();
        found.map(|validator| super::diagnose::faults(&self.schema, validator, layers, merged)).unwrap_or_default()
    }

    /// All faults that the schema finds: none without a validator.
    #[cfg(not(feature = "diagnose"))]
    pub(super) fn faults(&self, _: &Layers, _: &Value) -> Faults {
        Faults::default()
    }
}
