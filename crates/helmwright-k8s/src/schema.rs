//! JSON schemas (draft-07) of Kubernetes types, for values that pass a Kubernetes block through.
//!
//! Purpose: the values schema of a chart refuses what Kubernetes would refuse. A schema accepts a value exactly when
//! [`crate::validate_as`] accepts it for every supported version: a field or a word that one of them does not know is left
//! out, and what one of them requires is required.
//!
//! The form is a reference and its definitions: `{"$ref": "#/definitions/k8s.Toleration", "definitions": {…}}`. To embed
//! it, move the definitions into the surrounding schema's and put the reference where the block stands.
//!
//! Limits: whole numbers that are written as floats (`1.0`) count as integers. Patterns use explicit character classes.

use crate::table::{FieldInfo, ObjectType, Shape};
use crate::validate::grammar;
use crate::version::{SUPPORTED, Versions};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The schema of a type, with descriptions.
#[must_use]
pub fn json_schema(object_type: &'static ObjectType) -> Value {
    let mut definitions = Definitions { found: BTreeMap::new(), descriptions: true };
    let reference = definitions.reference(object_type);
    definitions.finish(reference)
}

/// The schema of a type without descriptions: about a third of the size.
#[must_use]
pub fn json_schema_terse(object_type: &'static ObjectType) -> Value {
    let mut definitions = Definitions { found: BTreeMap::new(), descriptions: false };
    let reference = definitions.reference(object_type);
    definitions.finish(reference)
}

/// The schema of a shape, such as a list of volumes, with descriptions.
#[must_use]
pub fn json_schema_of(shape: &Shape) -> Value {
    let mut definitions = Definitions { found: BTreeMap::new(), descriptions: true };
    let schema = definitions.shape(shape, &[]);
    definitions.finish(schema)
}

struct Definitions {
    /// By type name; null while a type is being written.
    found: BTreeMap<&'static str, Value>,
    descriptions: bool,
}

impl Definitions {
    fn finish(self, mut schema: Map<String, Value>) -> Value {
        if !self.found.is_empty() {
            let named = self.found.into_iter().map(|(name, schema)| (format!("k8s.{name}"), schema));
            schema.insert("definitions".to_owned(), Value::Object(named.collect()));
        }
        Value::Object(schema)
    }

    /// A reference to a type, whose definition is written when it is first asked for.
    fn reference(&mut self, object_type: &'static ObjectType) -> Map<String, Value> {
        if !self.found.contains_key(object_type.name) {
            self.found.insert(object_type.name, Value::Null);
            let definition = self.definition(object_type);
            self.found.insert(object_type.name, definition);
        }
        members([("$ref", json!(format!("#/definitions/k8s.{}", object_type.name)))])
    }

    fn definition(&mut self, object_type: &'static ObjectType) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        if let Some(kind) = &object_type.kind {
            properties.insert("apiVersion".to_owned(), json!({ "const": kind.api_version }));
            properties.insert("kind".to_owned(), json!({ "const": kind.kind }));
        }
        for field in object_type.fields.iter().filter(|field| field.versions == Versions::ALL) {
            properties.insert(field.name.to_owned(), self.field(field));
            if field.required.is_some() {
                required.push(field.name);
            }
        }
        let mut schema = members([("type", json!("object")), ("additionalProperties", json!(object_type.open))]);
        if self.descriptions && !object_type.description.is_empty() {
            schema.insert("description".to_owned(), json!(object_type.description));
        }
        if object_type.open {
            self.refuse_other_versions(object_type, &mut properties);
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema.insert("properties".to_owned(), Value::Object(properties));
        Value::Object(schema)
    }

    /// In a type that takes unknown fields, a field that not every version has must be refused by name.
    fn refuse_other_versions(&self, object_type: &ObjectType, properties: &mut Map<String, Value>) {
        let status = object_type.kind.map(|_| "status");
        let young = object_type.fields.iter().filter(|field| field.versions != Versions::ALL).map(|field| field.name);
        for name in young.chain(status) {
            properties.insert(name.to_owned(), json!(false));
        }
    }

    fn field(&mut self, field: &FieldInfo) -> Value {
        let everywhere = |since| SUPPORTED.iter().all(|version| since <= *version);
        let values: Vec<&str> =
            field.enumeration.iter().filter(|allowed| everywhere(allowed.since)).map(|allowed| allowed.value).collect();
        let mut schema = self.shape(&field.shape, &values);
        // Draft-07 passes over what stands beside a reference; the definition has its own description.
        if self.descriptions && !field.description.is_empty() && !schema.contains_key("$ref") {
            schema.insert("description".to_owned(), json!(field.description));
        }
        Value::Object(schema)
    }

    fn shape(&mut self, shape: &Shape, values: &[&str]) -> Map<String, Value> {
        match shape {
            Shape::String if values.is_empty() => members([("type", json!("string"))]),
            Shape::String => members([("type", json!("string")), ("enum", json!(values))]),
            Shape::Bytes => members([("type", json!("string")), ("pattern", json!(grammar::BASE64))]),
            Shape::Time => members([("type", json!("string")), ("pattern", json!(grammar::TIME))]),
            Shape::Integer { bits: 32 } => bounded(json!("integer")),
            Shape::Integer { .. } => {
                members([("type", json!("integer")), ("minimum", json!(i64::MIN)), ("maximum", json!(i64::MAX))])
            }
            Shape::Number => members([("type", json!("number"))]),
            Shape::Boolean => members([("type", json!("boolean"))]),
            Shape::IntOrString => bounded(json!(["integer", "string"])),
            Shape::Quantity => members([("type", json!(["string", "number"])), ("pattern", json!(grammar::QUANTITY))]),
            Shape::Json => Map::new(),
            Shape::List(inner) => {
                let items = self.shape(inner, values);
                members([("type", json!("array")), ("items", Value::Object(items))])
            }
            Shape::Map(inner) => {
                let entries = self.shape(inner, values);
                members([("type", json!("object")), ("additionalProperties", Value::Object(entries))])
            }
            Shape::Object(object_type) => self.reference(object_type.get()),
        }
    }
}

fn bounded(kind: Value) -> Map<String, Value> {
    members([("type", kind), ("minimum", json!(i32::MIN)), ("maximum", json!(i32::MAX))])
}

fn members<const N: usize>(all: [(&str, Value); N]) -> Map<String, Value> {
    all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
