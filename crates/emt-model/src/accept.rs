//! The one answer that the vendor's general conditions allow.

use helmwright::expression::ValueType;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Consent to the vendor's general conditions: `true`, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted;

impl Serialize for Accepted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

impl<'de> Deserialize<'de> for Accepted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if bool::deserialize(deserializer)? {
            Ok(Self)
        } else {
            Err(D::Error::custom("only true is possible: no gateway starts without the vendor's general conditions"))
        }
    }
}

impl JsonSchema for Accepted {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Accepted".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "boolean", "const": true })
    }
}

impl helmwright::values::Symbolic for Accepted {
    type Symbol = helmwright::expression::Expr<bool>;
    const TYPE: ValueType = ValueType::Boolean;
    fn symbol(expression: helmwright::expression::Expression) -> Self::Symbol {
        helmwright::expression::Expr::new(expression)
    }
}

helmwright::layered_whole!([] Accepted);
