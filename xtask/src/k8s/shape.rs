//! The type of one field, as the snapshot writes it.
//!
//! Purpose: reading and printing of `string`, `int32`, `list<map<quantity>>`, `core/v1/Container` … Limits: no enumerations,
//! no bounds; those belong to fields.

use anyhow::{Context, Result, bail};
use std::fmt;

/// The type of a field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    String,
    /// Text in base64.
    Bytes,
    /// A point in time, RFC 3339.
    Time,
    Int32,
    Int64,
    Number,
    Boolean,
    IntOrString,
    Quantity,
    /// Anything.
    Json,
    List(Box<Shape>),
    Map(Box<Shape>),
    /// The name of a type of the snapshot, such as `core/v1/PodSpec`.
    Object(String),
}

impl Shape {
    /// The type inside of lists and maps.
    pub(crate) fn innermost(&self) -> &Shape {
        match self {
            Shape::List(inner) | Shape::Map(inner) => inner.innermost(),
            other => other,
        }
    }

    /// Prints the shape with the names of objects replaced.
    pub(crate) fn render(&self, name: &dyn Fn(&str) -> String) -> String {
        match self {
            Shape::String => "string".to_owned(),
            Shape::Bytes => "bytes".to_owned(),
            Shape::Time => "time".to_owned(),
            Shape::Int32 => "int32".to_owned(),
            Shape::Int64 => "int64".to_owned(),
            Shape::Number => "number".to_owned(),
            Shape::Boolean => "boolean".to_owned(),
            Shape::IntOrString => "int-or-string".to_owned(),
            Shape::Quantity => "quantity".to_owned(),
            Shape::Json => "json".to_owned(),
            Shape::List(inner) => format!("list<{}>", inner.render(name)),
            Shape::Map(inner) => format!("map<{}>", inner.render(name)),
            Shape::Object(object) => name(object),
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&|name| name.to_owned()))
    }
}

impl std::str::FromStr for Shape {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let inner = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
        if let Some(inner) = inner("list<") {
            return Ok(Shape::List(Box::new(inner.parse()?)));
        }
        if let Some(inner) = inner("map<") {
            return Ok(Shape::Map(Box::new(inner.parse()?)));
        }
        Ok(match text {
            "string" => Shape::String,
            "bytes" => Shape::Bytes,
            "time" => Shape::Time,
            "int32" => Shape::Int32,
            "int64" => Shape::Int64,
            "number" => Shape::Number,
            "boolean" => Shape::Boolean,
            "int-or-string" => Shape::IntOrString,
            "quantity" => Shape::Quantity,
            "json" => Shape::Json,
            object if object.contains('/') => Shape::Object(object.to_owned()),
            other => bail!("unknown type `{other}`"),
        })
    }
}

/// Reads a shape out of a snapshot's JSON.
pub(crate) fn of_json(value: Option<&serde_json::Value>) -> Result<Shape> {
    value.and_then(serde_json::Value::as_str).context("a field has no `type`")?.parse()
}
