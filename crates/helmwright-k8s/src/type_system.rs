//! Kubernetes' types for helmwright's check of all shapes.

use helmwright::expression::ValueType;
use helmwright::shapes::{Form, TypeSystem};
use serde_json::Value;

use crate::table::{self, FieldInfo, ObjectType, Shape};
use crate::validate::validate_shape;
use crate::version::{SUPPORTED, Version};

/// The types of all supported Kubernetes versions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kubernetes;

/// A type, with the words that a field of it allows.
#[derive(Clone, Debug)]
pub struct KubernetesType {
    shape: TypeShape,
    field: Option<&'static FieldInfo>,
}

#[derive(Clone, Debug)]
enum TypeShape {
    Object(&'static ObjectType),
    Shape(&'static Shape),
}

impl KubernetesType {
    fn of(shape: &'static Shape, field: Option<&'static FieldInfo>) -> Self {
        match shape {
            Shape::Object(object_type) => Self { shape: TypeShape::Object(object_type.get()), field },
            other => Self { shape: TypeShape::Shape(other), field },
        }
    }
}

impl TypeSystem for Kubernetes {
    type Type = KubernetesType;

    fn versions(&self) -> Vec<String> {
        SUPPORTED.iter().map(Version::to_string).collect()
    }

    fn kind(&self, api_version: &str, kind: &str) -> Option<KubernetesType> {
        table::kind(api_version, kind).map(|found| KubernetesType { shape: TypeShape::Object(found), field: None })
    }

    fn field(&self, of: &KubernetesType, key: &str, version: usize) -> Result<KubernetesType, String> {
        match &of.shape {
            TypeShape::Object(object_type) => match object_type.field(key) {
                Some(field) if field.versions.contains(SUPPORTED[version]) => {
                    Ok(KubernetesType::of(&field.shape, Some(field)))
                }
                Some(field) => Err(format!("`{key}` exists from {} on", field.since())),
                None => Err(format!("{} has no field `{key}`", object_type.name)),
            },
            TypeShape::Shape(Shape::Map(inner)) => Ok(KubernetesType::of(inner, of.field)),
            TypeShape::Shape(_) => Err(format!("`{key}` stands in what is no map")),
        }
    }

    fn any_field(&self, of: &KubernetesType) -> Option<KubernetesType> {
        match &of.shape {
            TypeShape::Shape(Shape::Map(inner)) => Some(KubernetesType::of(inner, of.field)),
            _ => None,
        }
    }

    fn element(&self, of: &KubernetesType) -> Option<KubernetesType> {
        match &of.shape {
            TypeShape::Shape(Shape::List(inner)) => Some(KubernetesType::of(inner, of.field)),
            _ => None,
        }
    }

    fn required(&self, of: &KubernetesType, version: usize) -> Vec<String> {
        match &of.shape {
            TypeShape::Object(object_type) => {
                let required = object_type.fields.iter().filter(|field| field.required_in(SUPPORTED[version]));
                required.map(|field| field.name.to_owned()).collect()
            }
            TypeShape::Shape(_) => Vec::new(),
        }
    }

    fn accepts(&self, of: &KubernetesType, form: &Form<'_>) -> Result<(), String> {
        let shape = match &of.shape {
            TypeShape::Object(object_type) => {
                return match form {
                    Form::Map | Form::Whole(ValueType::Map | ValueType::Json) => Ok(()),
                    _ => Err(object_type.name.to_owned()),
                };
            }
            TypeShape::Shape(shape) => *shape,
        };
        let fits = match (shape, form) {
            (Shape::Json, _) | (_, Form::Whole(ValueType::Json)) => true,
            (Shape::Map(_), Form::Map | Form::Whole(ValueType::Map)) => true,
            (Shape::List(_), Form::List | Form::Whole(ValueType::List)) => true,
            (Shape::Map(_) | Shape::List(_), _) | (_, Form::Map | Form::List | Form::Whole(_)) => false,
            (shape, Form::Literal(value)) => return literal(shape, of.field, value),
            (shape, Form::Scalar(value_type)) => matches!(
                (shape, value_type),
                (Shape::String | Shape::Bytes | Shape::Time, ValueType::Text(_) | ValueType::Word)
                    | (Shape::Integer { .. } | Shape::Number, ValueType::Integer(_))
                    | (Shape::Boolean, ValueType::Boolean)
                    | (
                        Shape::IntOrString,
                        ValueType::Integer(_) | ValueType::IntegerOrPercentage | ValueType::Text(_) | ValueType::Word
                    )
                    | (Shape::Quantity, ValueType::Text(_) | ValueType::Word | ValueType::Integer(_))
            ),
        };
        if fits { Ok(()) } else { Err(describe(shape)) }
    }
}

/// A constant is known in full: it is validated, and a word has to be one of those that the field allows.
fn literal(shape: &Shape, field: Option<&FieldInfo>, value: &Value) -> Result<(), String> {
    for version in SUPPORTED {
        if let Some(problem) = validate_shape_static(shape, value, version) {
            return Err(problem);
        }
        if let (Some(field), Some(word)) = (field, value.as_str()) {
            let words: Vec<_> =
                field.enumeration.iter().filter(|word| word.since <= version).map(|word| word.value).collect();
            if !words.is_empty() && !words.contains(&word) {
                return Err(format!("one of {}", words.join(", ")));
            }
        }
    }
    Ok(())
}

fn validate_shape_static(shape: &Shape, value: &Value, version: Version) -> Option<String> {
    validate_shape(shape, value, version).into_iter().next().map(|problem| format!("{}: {problem}", describe(shape)))
}

fn describe(shape: &Shape) -> String {
    match shape {
        Shape::Map(_) => "a map".to_owned(),
        Shape::List(_) => "a list".to_owned(),
        Shape::Integer { .. } => "an integer".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::IntOrString => "an integer or a text".to_owned(),
        Shape::Quantity => "a quantity".to_owned(),
        _ => "a text".to_owned(),
    }
}
