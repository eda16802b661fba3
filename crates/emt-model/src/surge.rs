//! A number of pods, or a percentage of them.

use helmwright::expression::ValueType;
use helmwright::values::Symbolic;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number of pods, or a percentage of them such as `25%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountOrPercentage {
    number: u16,
    percent: bool,
}

// No pods are 0, not 0%: what is compared has one spelling.
const PATTERN: &str = "^([1-9][0-9]?|100)%$";
const LARGEST: u16 = 1000;
const EXPECTED: &str = "a number of pods (0 to 1000), or a percentage (1% to 100%) such as \"25%\"";

impl CountOrPercentage {
    /// So many pods.
    #[must_use]
    pub const fn count(number: u16) -> Self {
        Self { number, percent: false }
    }

    /// So many of a hundred pods.
    #[must_use]
    pub const fn percentage(number: u16) -> Self {
        Self { number, percent: true }
    }
}

impl Serialize for CountOrPercentage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.percent {
            serializer.serialize_str(&format!("{}%", self.number))
        } else {
            serializer.serialize_u16(self.number)
        }
    }
}

impl<'de> Deserialize<'de> for CountOrPercentage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let found = match &value {
            serde_json::Value::Number(number) => number
                .as_u64()
                .and_then(|number| u16::try_from(number).ok())
                .filter(|number| *number <= LARGEST)
                .map(Self::count),
            serde_json::Value::String(text) => text
                .strip_suffix('%')
                .filter(|digits| !digits.is_empty() && !digits.starts_with('0'))
                .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|digits| digits.parse().ok())
                .filter(|number| *number <= 100)
                .map(Self::percentage),
            _ => None,
        };
        found.ok_or_else(|| D::Error::custom(format!("{value} is not {EXPECTED}")))
    }
}

impl JsonSchema for CountOrPercentage {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CountOrPercentage".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["integer", "string"], "minimum": 0, "maximum": LARGEST, "pattern": PATTERN, "x-expected": EXPECTED
        })
    }
}

impl Symbolic for CountOrPercentage {
    type Symbol = helmwright::expression::Expr<Self>;
    const TYPE: ValueType = ValueType::IntegerOrPercentage;
    fn symbol(expression: helmwright::expression::Expression) -> Self::Symbol {
        helmwright::expression::Expr::new(expression)
    }
}

impl helmwright::values::Layered for CountOrPercentage {
    type Partial = Self;
}

impl helmwright::typed::IntOrStringValue for CountOrPercentage {}
