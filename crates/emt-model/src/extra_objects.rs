//! Whole Kubernetes objects of the user, passed through.
//!
//! Only what every object has is checked here; the rest is Kubernetes' business, or that of whoever defined the kind.

use helmwright::expression::ValueType;
use helmwright::values::{InvalidValue, check_carried};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A Kubernetes object: a map with apiVersion, kind and metadata.name.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraObject(Value);

impl ExtraObject {
    /// The object, if it has what every object has.
    ///
    /// # Errors
    ///
    /// What it lacks.
    pub fn new(object: Value) -> Result<Self, InvalidValue> {
        let named = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
        if !named(&object["apiVersion"]) || !named(&object["kind"]) || !named(&object["metadata"]["name"]) {
            return Err(InvalidValue::new("a Kubernetes object needs texts apiVersion, kind and metadata.name"));
        }
        check_carried(&object)?;
        if let Some(hook) = unknown_hook(&object["metadata"]["annotations"]["helm.sh/hook"]) {
            return Err(InvalidValue::new(format!(
                "{hook:?} is no hook of Helm, which leaves the object out: write one or several of {}, with commas between",
                HOOKS.join(", ")
            )));
        }
        Ok(Self(object))
    }
}

/// The words of the annotation `helm.sh/hook`.
const HOOKS: [&str; 9] = [
    "pre-install",
    "post-install",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "pre-delete",
    "post-delete",
    "test",
];

/// The first word of the annotation that Helm does not know. The former name of `test` counts as one that it knows.
fn unknown_hook(annotation: &Value) -> Option<&str> {
    let is_known = |word: &&str| {
        let word = word.trim().to_lowercase();
        HOOKS.contains(&word.as_str()) || word == "test-success"
    };
    annotation.as_str()?.split(',').find(|word| !is_known(word))
}

impl Serialize for ExtraObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ExtraObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for ExtraObject {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ExtraObject".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A whole Kubernetes object, printed as it is.",
            "type": "object",
            "required": ["apiVersion", "kind", "metadata"],
            "properties": {
                "apiVersion": { "type": "string", "minLength": 1 },
                "kind": { "type": "string", "minLength": 1 },
                "metadata": {
                    "type": "object",
                    "required": ["name"],
                    "properties": { "name": { "type": "string", "minLength": 1 } },
                    "additionalProperties": true,
                },
            },
            "additionalProperties": true,
        })
    }
}

helmwright::symbolic_leaf!([] ExtraObject, ValueType::Json);
helmwright::layered_whole!([] ExtraObject);
impl helmwright::typed::WholeObject for ExtraObject {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ExtraObject;

    #[test]
    fn an_object_has_a_kind_and_a_name() {
        let object =
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"k": "{{ x }}"}});
        assert!(ExtraObject::new(object).is_ok());
        for wrong in [
            json!({}),
            json!([]),
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {}}),
            json!({"apiVersion": "v1", "kind": "", "metadata": {"name": "a"}}),
            json!({"apiVersion": 1, "kind": "ConfigMap", "metadata": {"name": "a"}}),
        ] {
            assert!(ExtraObject::new(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
