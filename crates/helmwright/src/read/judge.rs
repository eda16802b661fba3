//! Who finds the faults of refused values: the type's schema, and a validator that follows it.
//!
//! Without the feature `diagnose` there is no validator, and no fault is found here.

use serde_json::Value;

use super::faults::Faults;
use super::hidden::Secrets;
use super::layers::Layers;
use crate::values::Renames;

/// A schema and its validator.
#[derive(Debug)]
pub(super) struct Judge {
    schema: Value,
    #[cfg(feature = "diagnose")]
    renames: Renames,
    #[cfg(feature = "diagnose")]
    secrets: Secrets,
    /// None if the schema is none, which the tests of its author find.
    #[cfg(feature = "diagnose")]
    validator: Option<jsonschema::Validator>,
}

impl Judge {
    /// Compiles a schema.
    #[cfg_attr(not(feature = "diagnose"), expect(unused_variables, reason = "only a validator meets wrong keys"))]
    pub(super) fn new(schema: Value, renames: Renames, secrets: Secrets) -> Self {
        Self {
            #[cfg(feature = "diagnose")]
            renames,
            #[cfg(feature = "diagnose")]
            secrets,
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
        found
            .map(|validator| {
                super::diagnose::faults(&self.schema, self.renames, self.secrets, validator, layers, merged)
            })
            .unwrap_or_default()
    }

    /// All faults that the schema finds: none without a validator.
    #[cfg(not(feature = "diagnose"))]
    pub(super) fn faults(&self, _: &Layers, _: &Value) -> Faults {
        Faults::default()
    }
}
