//! Kubernetes blocks that values pass through: a newtype whose data are JSON, checked as a Kubernetes type.
//!
//! The schema and the reader follow the same table, so both refuse what Kubernetes would refuse.

use serde_json::Value;

use crate::table::ObjectType;
use crate::version::SUPPORTED;

/// Checks a block for every supported version.
///
/// # Errors
///
/// The first problem.
#[doc(hidden)]
pub fn check(object_type: Option<&'static ObjectType>, value: &Value) -> Result<(), String> {
    let Some(object_type) = object_type else { return Err("the table does not know this Kubernetes type".to_owned()) };
    let problem =
        SUPPORTED.iter().find_map(|version| crate::validate_as(object_type, value, *version).into_iter().next());
    problem.map_or(Ok(()), |problem| Err(problem.to_string()))
}

/// The schema of a block: its definitions join those of the surrounding schema.
#[doc(hidden)]
#[must_use]
pub fn schema(
    object_type: Option<&'static ObjectType>,
) -> (serde_json::Map<String, Value>, serde_json::Map<String, Value>) {
    let mut schema = match object_type.map(crate::json_schema_terse) {
        Some(Value::Object(schema)) => schema,
        _ => serde_json::Map::new(),
    };
    let definitions = match schema.remove("definitions") {
        Some(Value::Object(definitions)) => definitions,
        _ => serde_json::Map::new(),
    };
    (schema, definitions)
}

/// Checks a block whose `key` is written elsewhere: as the key of the map that holds the block.
///
/// # Errors
///
/// The first problem.
#[doc(hidden)]
pub fn check_keyed(object_type: Option<&'static ObjectType>, key: &str, value: &Value) -> Result<(), String> {
    let Value::Object(map) = value else { return Err("this is no map".to_owned()) };
    if map.contains_key(key) {
        return Err(format!("`{key}` is the key of the entry and is not repeated in it"));
    }
    let mut whole = map.clone();
    whole.insert(key.to_owned(), "x".into());
    check(object_type, &Value::Object(whole))
}

/// The schema of a block whose `key` is written elsewhere.
#[doc(hidden)]
#[must_use]
pub fn schema_keyed(
    object_type: Option<&'static ObjectType>,
    key: &str,
) -> (serde_json::Map<String, Value>, serde_json::Map<String, Value>) {
    let (schema, mut definitions) = schema(object_type);
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next());
    let own = name.and_then(|name| definitions.remove(name));
    let Some(Value::Object(mut own)) = own else { return (schema, definitions) };
    if let Some(Value::Object(properties)) = own.get_mut("properties") {
        properties.remove(key);
    }
    if let Some(Value::Array(required)) = own.get_mut("required") {
        required.retain(|required| required != key);
    }
    if let Some(object_type) = object_type {
        let description = format!("Kubernetes' {} without its {key}, which is the key of the entry.", object_type.name);
        own.insert("description".to_owned(), description.into());
    }
    if own.get("required").is_some_and(|required| required.as_array().is_some_and(Vec::is_empty)) {
        own.remove("required");
    }
    (own, definitions)
}

/// Defines newtypes for Kubernetes blocks in values: `pub struct Toleration: helmwright_k8s::types::Toleration;`.
///
/// A block that stands under its own name in a map leaves that out: `pub struct Sidecar: types::Container, keyed by "name";`.
#[macro_export]
macro_rules! passed_through {
    ($( $(#[$meta:meta])* pub struct $name:ident : $type:path $(, keyed by $key:literal)? ; )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name(::serde_json::Value);

        impl $name {
            /// The block, if it is one in every supported version of Kubernetes.
            ///
            /// # Errors
            ///
            /// What is wrong with it first, or a character that Helm does not carry.
            pub fn new(value: ::serde_json::Value) -> Result<Self, ::helmwright::values::InvalidValue> {
                $crate::passed_through!(@check $type, value $(, $key)?).map_err(::helmwright::values::InvalidValue::new)?;
                ::helmwright::values::check_carried(&value)?;
                Ok(Self(value))
            }
        }

        impl $name {
            /// A constant of the program, taken as it is.
            #[allow(dead_code)]
            pub(crate) fn trusted(value: ::serde_json::Value) -> Self {
                Self(value)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                Self::new(value).map_err(<D::Error as ::serde::de::Error>::custom)
            }
        }

        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                $crate::passed_through!(@inline $($key)?)
            }
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let (schema, definitions) = $crate::passed_through!(@schema $type $(, $key)?);
                generator.definitions_mut().extend(definitions);
                schema.into()
            }
        }

        ::helmwright::symbolic_leaf!([] $name, ::helmwright::expression::ValueType::Map);
        ::helmwright::layered_whole!([] $name);
        impl ::helmwright::expression::CanBeEmpty for $name {}
        impl ::helmwright::typed::ValueFits<$type> for $name {}
        impl ::helmwright::typed::WholeList<$type> for $name {}
    )* };
    // Without a key the schema is a reference; with one it is a definition of its own.
    (@inline) => { true };
    (@inline $key:literal) => { false };
    (@check $type:ty, $value:ident) => { $crate::passed_through::check($crate::table::of::<$type>(), &$value) };
    (@check $type:ty, $value:ident, $key:literal) => {
        $crate::passed_through::check_keyed($crate::table::of::<$type>(), $key, &$value)
    };
    (@schema $type:ty) => { $crate::passed_through::schema($crate::table::of::<$type>()) };
    (@schema $type:ty, $key:literal) => { $crate::passed_through::schema_keyed($crate::table::of::<$type>(), $key) };
}
